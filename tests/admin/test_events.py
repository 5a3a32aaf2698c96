"""The times of an event in the admin."""

from datetime import UTC, datetime

import pytest

from tests.factories import make_event


@pytest.fixture
def event(db):
    return make_event(start=datetime(2027, 7, 1, 8, tzinfo=UTC), timezone="Europe/Berlin")


def change(event):
    return f"/admin/news/event/{event.pk}/change/"


def test_times_are_those_on_the_clock_of_the_events_zone(editing, event):
    page = editing.get(change(event)).content.decode()

    assert 'value="10:00:00"' in page
    assert 'value="12:00:00"' in page


def test_times_that_are_typed_are_those_of_the_events_zone(submit, event):
    submit(change(event), start_1="09:30", timezone="Europe/Athens")

    event.refresh_from_db()
    assert event.start == datetime(2027, 7, 1, 6, 30, tzinfo=UTC)
    assert event.end == datetime(2027, 7, 1, 9, tzinfo=UTC)


def test_a_zone_that_is_none_is_refused(submit, errors, event):
    response = submit(change(event), timezone="Berlin")

    assert errors(response) == {
        "timezone": ["“Berlin” is no time zone. Write a place such as Europe/Berlin."]
    }


def test_an_event_does_not_end_before_it_starts(submit, errors, event):
    response = submit(change(event), end_1="09:00")

    assert errors(response) == {"end": ["The end must not be before the start."]}
