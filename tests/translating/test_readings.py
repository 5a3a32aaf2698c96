"""How often pages are read is counted, and nothing else about it."""

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError

from publishing import readings
from publishing.models import Reading
from publishing.readings import Counting, add_to_month
from tests.factories import (
    make_approach,
    make_city,
    make_commitment,
    make_country,
    make_declaration,
    make_event,
    make_initiative,
    make_network,
    make_news,
    make_organisation,
    make_page,
    make_policy_area,
    make_profile,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def counting(settings, monkeypatch):
    """Counting is switched on, and nothing is counted yet."""
    settings.COUNT_READINGS = True
    counting = Counting(add_to_month)
    monkeypatch.setattr(readings, "counting", counting)
    return counting


def counted(counting):
    """The numbers of readings by kind, after they have been written."""
    counting.write()
    return dict(Reading.objects.values_list("kind", "count"))


def test_each_reading_of_a_page_counts(client, counting):
    path = make_approach().get_absolute_url()

    client.get(path)
    client.get(path.replace("/en/", "/de/").replace("approaches", "ansaetze"))

    assert counted(counting) == {"approaches.approach": 2}


def test_the_page_of_a_featured_city_is_that_of_its_profile_as_well(client, counting):
    profile = make_profile()

    client.get(profile.get_absolute_url())

    assert counted(counting) == {"cities.city": 1, "cities.profile": 1}


@pytest.mark.parametrize(
    "make",
    [
        make_city,
        make_country,
        make_network,
        make_organisation,
        make_initiative,
        make_declaration,
        make_policy_area,
        make_approach,
        make_commitment,
        make_news,
        make_event,
        make_page,
    ],
)
def test_the_page_of_every_kind_of_entry_counts(client, counting, make):
    record = make()

    assert client.get(record.get_absolute_url()).status_code == 200

    assert counted(counting) == {record._meta.label_lower: 1}


@pytest.mark.parametrize(
    "headers",
    [
        {"user-agent": "Mozilla/5.0 (compatible; Examplebot/2.1)"},
        {"user-agent": "curl/8"},
        {"sec-purpose": "prefetch"},
    ],
)
def test_programs_do_not_count(client, counting, headers):
    client.get(make_approach().get_absolute_url(), headers=headers)

    assert counted(counting) == {}


def test_people_who_work_on_the_site_do_not_count(client, counting):
    client.force_login(User.objects.create_user("anna"))

    client.get(make_approach().get_absolute_url())

    assert counted(counting) == {}


def test_only_pages_that_are_shown_count(client, counting):
    draft = make_approach(status="draft")

    client.get(draft.get_absolute_url())
    client.head(make_approach().get_absolute_url())
    client.get("/en/approaches/")

    assert counted(counting) == {}


def test_who_does_not_count_readings_counts_none(client, counting, settings):
    settings.COUNT_READINGS = False

    client.get(make_approach().get_absolute_url())

    assert counted(counting) == {}


def test_a_page_that_is_read_costs_no_query_and_sets_no_cookie(client, counting, django_assert_num_queries):
    path = make_approach().get_absolute_url()
    client.get(path)
    with django_assert_num_queries(2):
        response = client.get(path)

    assert not response.cookies
    assert not Reading.objects.exists()


def test_counts_are_written_once_a_minute(counting, monkeypatch):
    approach = make_approach()
    counting.add([("approaches.approach", approach.pk)])
    counting.write_if_due()
    assert not Reading.objects.exists()

    counting.written_at -= 61
    counting.write_if_due()

    assert Reading.objects.get().count == 1


def test_the_counts_of_several_processes_add_up():
    place = ("approaches.approach", 1)
    add_to_month({place: 2, ("cities.city", 1): 1}, date(2026, 5, 1))
    add_to_month({place: 3}, date(2026, 5, 1))
    add_to_month({place: 4}, date(2026, 6, 1))

    rows = Reading.objects.order_by("month", "kind").values_list("kind", "record", "month", "count")
    assert list(rows) == [
        ("approaches.approach", 1, date(2026, 5, 1), 5),
        ("cities.city", 1, date(2026, 5, 1), 1),
        ("approaches.approach", 1, date(2026, 6, 1), 4),
    ]


def test_a_thousand_entries_are_written_with_few_queries(django_assert_max_num_queries):
    with django_assert_max_num_queries(60):
        add_to_month({("cities.city", number): number for number in range(1, 1001)}, date(2026, 5, 1))

    assert Reading.objects.get(record=777).count == 777


def test_what_the_database_cannot_take_is_kept(counting, monkeypatch):
    def refuse(*args):
        raise DatabaseError("busy")

    counting.add([("approaches.approach", make_approach().pk)])
    with monkeypatch.context() as patch:
        patch.setattr(counting, "store", refuse)
        counting.write()

    assert counted(counting) == {"approaches.approach": 1}


def test_the_readings_of_a_deleted_entry_are_gone(counting):
    approach = make_approach()
    counting.add([("approaches.approach", approach.pk)])
    counting.write()

    approach.delete()

    assert not Reading.objects.exists()
