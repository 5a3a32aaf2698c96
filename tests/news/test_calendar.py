"""An event in the reader's calendar, read back by a second parser."""

from datetime import UTC, datetime, timedelta

import pytest
import vobject

from news.calendar import plain
from publishing.addresses import in_language
from tests.factories import make_event

pytestmark = pytest.mark.django_db

START = datetime(2027, 3, 27, 9, 30, tzinfo=UTC)


def entry_at(client, address):
    """The calendar at an address and its one entry, as the second parser understands them."""
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = vobject.readOne(response.content.decode())
    (entry,) = calendar.vevent_list
    return calendar, entry


def test_another_program_reads_what_the_event_says(client):
    event = make_event(
        "Łódź, Αθήνα; and “others”",
        slug="meeting",
        title_pl="Spotkanie",
        description="<p>First part.</p><ul><li>one</li><li>two</li></ul><p>Tea &amp; bread.</p>",
        start=START,
        end=START + timedelta(days=2),  # over the night when the clocks change
        timezone="Europe/Warsaw",
        place="Town hall, Piotrkowska 104",
    )

    calendar, entry = entry_at(client, "/en/events/meeting.ics")

    assert entry.summary.value == "Łódź, Αθήνα; and “others”"
    assert entry.description.value == "First part.\n\n– one\n– two\n\nTea & bread."
    assert entry.location.value == "Town hall, Piotrkowska 104"
    assert entry.url.value == "http://testserver/en/events/meeting/"
    assert entry.dtstamp.value == event.updated_at.replace(microsecond=0)
    assert entry.dtstart.value.astimezone(UTC) == event.start
    assert entry.dtend.value.astimezone(UTC) == event.end
    assert entry.dtstart.value.isoformat() == "2027-03-27T10:30:00+01:00"
    assert entry.dtend.value.isoformat() == "2027-03-29T11:30:00+02:00"
    assert calendar.vtimezone.tzid.value == "Europe/Warsaw"
    assert "organizer" not in entry.contents


def test_the_entry_stays_the_same_one_in_every_language_and_under_a_new_address(client):
    event = make_event("Meeting", title_pl="Spotkanie")
    _calendar, english = entry_at(client, "/en/events/meeting.ics")
    _calendar, polish = entry_at(client, in_language("news:event_calendar", "pl", slug="meeting"))
    event.slug = "another-meeting"
    event.save()
    _calendar, moved = entry_at(client, "/en/events/another-meeting.ics")

    assert english.uid.value == polish.uid.value == moved.uid.value
    assert polish.summary.value == "Spotkanie"
    assert polish.summary.params["LANGUAGE"] == ["pl"]


def test_an_event_without_a_place_is_online_or_says_nothing(client):
    make_event("On screens", online=True)
    make_event("Somewhere")

    assert entry_at(client, "/en/events/on-screens.ics")[1].location.value == "Online"
    assert "location" not in entry_at(client, "/en/events/somewhere.ics")[1].contents


def test_an_event_in_universal_time_needs_no_rules_of_a_zone(client):
    make_event("Worldwide", start=START, timezone="UTC")

    calendar, entry = entry_at(client, "/en/events/worldwide.ics")

    assert entry.dtstart.value == START
    assert "vtimezone" not in calendar.contents


def test_the_address_of_the_site_is_the_configured_one(client, settings):
    settings.SITE_ADDRESS = "https://moving-cities.example"
    make_event("Meeting")

    _calendar, entry = entry_at(client, "/en/events/meeting.ics")

    assert entry.url.value == "https://moving-cities.example/en/events/meeting/"
    assert entry.uid.value.endswith("@moving-cities.example")


def test_lines_are_folded_and_end_as_the_standard_says(client):
    make_event("Meeting", description="Words " * 100)

    lines = client.get("/en/events/meeting.ics").content.split(b"\r\n")

    assert max(map(len, lines)) <= 75
    assert not any(b"\n" in line for line in lines)


def test_rich_text_becomes_plain_text():
    assert plain("<h2>Who</h2><p>You<br>and <a href='#'>me</a></p>") == "Who\n\nYou\nand me"
