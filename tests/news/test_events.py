"""Events: those to come before those that are over, each in its own time zone."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from publishing.addresses import in_language
from tests.factories import make_city, make_event, make_network, make_organisation, make_policy_area

pytestmark = pytest.mark.django_db

PAST = datetime(2021, 10, 21, 8, tzinfo=UTC)


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def coming(**more):
    return timezone.now() + timedelta(**more)


def test_coming_events_stand_first_and_the_next_one_on_top(client):
    make_event("Long ago", start=PAST)
    make_event("Lately", start=coming(days=-3))
    make_event("Next month", start=coming(days=30))
    make_event("Tomorrow", start=coming(days=1))
    make_event("Under way", start=coming(hours=-1))

    text = page(client, "/en/events/")

    places = [text.index(name) for name in ["Under way", "Tomorrow", "Next month", "Lately", "Long ago"]]
    assert places == sorted(places)
    assert text.index("Coming events") < places[0]
    assert places[2] < text.index("Past events") < places[3]


def test_the_list_says_plainly_that_nothing_is_coming(client):
    make_event("Long ago", start=PAST)

    assert "No event is coming up." in page(client, "/en/events/")
    assert "No coming event matches these filters." in page(client, "/en/events/?q=long")


def test_later_pages_go_on_with_the_past(client):
    for number in range(55):
        make_event(f"Meeting {number:02}", start=PAST + timedelta(days=number))

    first, second = page(client, "/en/events/"), page(client, "/en/events/?page=2")

    assert "Meeting 54" in first
    assert "Meeting 04" not in first
    assert "Meeting 04" in second
    assert "Coming events" not in second


def test_events_are_filtered_by_attendance_network_and_policy_area(client):
    make_event("In a hall", place="Town hall")
    make_event("On screens", online=True, networks=[make_network("Safe Harbours")])
    make_event("In both", online=True, place="Library", policy_areas=[make_policy_area("Arrival")])

    def shown(query):
        text = page(client, f"/en/events/?{query}")
        return [name for name in ["In a hall", "On screens", "In both"] if name in text]

    assert shown("attendance=in-person") == ["In a hall"]
    assert shown("attendance=online") == ["On screens"]
    assert shown("attendance=in-person&attendance=both") == ["In a hall", "In both"]
    assert shown("network=safe-harbours") == ["On screens"]
    assert shown("area=arrival") == ["In both"]


def test_an_event_says_when_it_is_on_the_clocks_of_its_own_place(client):
    make_event("Launch", start=PAST, end=PAST + timedelta(hours=4), timezone="Europe/Athens")

    english = page(client, "/en/events/launch/")
    polish = page(client, in_language("news:event_detail", "pl", slug="launch"))

    assert '<time datetime="2021-10-21T11:00:00+03:00">Thursday, 21 October 2021, 11:00</time>' in english
    assert '<time datetime="2021-10-21T15:00:00+03:00">15:00</time>' in english
    assert "Eastern European Summer Time (Europe/Athens)" in english
    assert "czwartek, 21 października 2021, 11:00" in polish


def test_an_event_of_several_days_names_its_last_day(client):
    make_event("Summer school", start=PAST, end=PAST + timedelta(days=2, hours=6))

    assert "Saturday, 23 October 2021, 16:00" in page(client, "/en/events/summer-school/")
    assert "23 October 2021" in page(client, "/en/events/")


def test_an_event_over_the_change_of_the_clocks_names_both_times(client):
    make_event(
        "Long weekend",
        start=datetime(2021, 10, 29, 8, tzinfo=UTC),
        end=datetime(2021, 11, 1, 8, tzinfo=UTC),
    )

    text = page(client, "/en/events/long-weekend/")

    assert "Central European Summer Time – Central European Standard Time" in text


def test_languages_are_named_in_the_readers_words(client):
    make_event("Launch", event_languages="de\nel")

    english = page(client, "/en/events/launch/")
    german = page(client, in_language("news:event_detail", "de", slug="launch"))

    assert "<dd>German</dd><dd>Greek</dd>" in english
    assert "<dd>Deutsch</dd><dd>Griechisch</dd>" in german


def test_registration_ends_with_the_event(client):
    make_event("Ahead", registration_url="https://register.example/ahead")
    make_event("Over", start=PAST, registration_url="https://register.example/over")

    assert "https://register.example/ahead" in page(client, "/en/events/ahead/")
    over = page(client, "/en/events/over/")
    assert "https://register.example/over" not in over
    assert "This event is over." in over


def test_an_organiser_with_a_page_is_a_link(client):
    make_organisation("Tesserae")
    make_organisation("Hidden circle", status="draft")
    make_event("Launch", organisers="Tesserae\nHidden circle\nSomebody else")

    text = page(client, "/en/events/launch/")

    assert '<dd><a href="/en/organisations/tesserae/">Tesserae</a></dd>' in text
    assert "<dd>Hidden circle</dd>" in text
    assert "<dd>Somebody else</dd>" in text


def test_what_is_not_known_of_an_event_is_called_so(client):
    make_event("Vague")

    text = page(client, "/en/events/vague/")

    assert (
        text.count('<dd><span class="not-known">not known</span></dd>') == 3
    )  # place, languages, organisers


def test_nothing_unpublished_shows_with_events(client):
    make_event("Secret", status="draft")
    make_event("Public", cities=[make_city("Hidden town", status="draft")])

    for address in ["/en/events/", "/en/events/public/"]:
        text = page(client, address)
        assert "Secret" not in text
        assert "Hidden town" not in text
    assert client.get("/en/events/secret/").status_code == 404
    assert client.get("/en/events/secret.ics").status_code == 404


def test_a_former_address_leads_to_the_page_and_to_the_calendar_entry(client):
    event = make_event("Old name")
    event.slug = "new-name"
    event.save()

    assert client.get("/en/events/old-name/").url == "/en/events/new-name/"
    moved = client.get("/en/events/old-name.ics")
    assert moved.status_code == 301
    assert moved.url == "/en/events/new-name.ics"


@pytest.mark.parametrize("records", [1, 20])
def test_the_list_takes_as_many_queries_for_one_event_as_for_twenty(
    client, records, django_assert_num_queries
):
    for _number in range(records):
        make_event(cities=[make_city()], networks=[make_network()], policy_areas=[make_policy_area()])
        make_event(start=PAST)

    with django_assert_num_queries(5):
        page(client, "/en/events/")


@pytest.mark.parametrize("records", [1, 20])
def test_a_page_takes_as_many_queries_for_one_subject_as_for_twenty(
    client, records, django_assert_num_queries
):
    make_event(
        "Meeting",
        organisers="\n".join(make_organisation().name for _number in range(records)),
        cities=[make_city() for _number in range(records)],
        networks=[make_network() for _number in range(records)],
    )

    with django_assert_num_queries(2):
        page(client, "/en/events/meeting/")
