"""What people search for and do not find is counted for editors, without any trace of who."""

from datetime import timedelta

import pytest
from django.test import RequestFactory
from django.utils import timezone

from publishing.readings import Counting
from search import misses
from search.models import Miss

pytestmark = pytest.mark.django_db

BROWSER = {"user-agent": "Mozilla/5.0 Firefox"}


@pytest.fixture(autouse=True)
def counting(settings, monkeypatch):
    settings.COUNT_MISSES = True
    counting = Counting(misses.write)
    monkeypatch.setattr(misses, "counting", counting)
    return counting


def visit(headers=BROWSER, **cookies):
    request = RequestFactory(headers=headers).get("/en/search/")
    request.COOKIES.update(cookies)
    return request


def counted(counting):
    counting.write()
    return list(Miss.objects.order_by("text").values_list("text", "language", "count", "results"))


def test_each_search_without_results_counts_once_for_its_language_and_day(counting):
    misses.note(visit(), "Qwertz", "en", 0)
    misses.note(visit(), " qwertz ", "en", 0)
    misses.note(visit(), "qwertz", "pl", 3)
    counting.write()
    misses.note(visit(), "qwertz", "en", 0)

    assert sorted(counted(counting)) == [("qwertz", "en", 3, 0), ("qwertz", "pl", 1, 3)]
    assert set(Miss.objects.values_list("day", flat=True)) == {timezone.localdate()}


@pytest.mark.parametrize(
    "text",
    ["anna@example.org", "48 123 456", "0176-1234567", "12345", "x" * 61, "", "  "],
)
def test_what_may_be_personal_is_not_kept(counting, text):
    misses.note(visit(), text, "en", 0)

    assert counted(counting) == []


def test_a_year_is_kept(counting):
    misses.note(visit(), "budget 2021", "en", 0)

    assert counted(counting) == [("budget 2021", "en", 1, 0)]


def test_programs_and_people_who_work_on_the_site_do_not_count(counting, settings):
    misses.note(visit({"user-agent": "Somebot/1.0"}), "qwertz", "en", 0)
    misses.note(visit(**{settings.SESSION_COOKIE_NAME: "abc"}), "qwertz", "en", 0)
    settings.COUNT_MISSES = False
    misses.note(visit(), "qwertz", "en", 0)

    assert counted(counting) == []


def test_counting_costs_no_query_until_a_minute_is_over(counting, django_assert_num_queries):
    with django_assert_num_queries(0):
        misses.note(visit(), "qwertz", "en", 0)
        misses.write_if_due()

    counting.written_at -= 61
    misses.write_if_due()

    assert Miss.objects.count() == 1


def test_a_day_has_a_limit_for_new_texts_and_goes_on_counting_those_it_has(counting, monkeypatch):
    monkeypatch.setattr(misses, "MOST", 2)
    misses.write({("a", "en", 0): 1, ("b", "en", 0): 1})

    misses.write({("b", "en", 0): 1, ("c", "en", 0): 1})

    assert counted(counting) == [("a", "en", 1, 0), ("b", "en", 2, 0)]


def test_memory_has_the_same_limit(counting, monkeypatch):
    monkeypatch.setattr(misses, "MOST", 2)
    for text in ["a", "b", "c"]:
        misses.note(visit(), text, "en", 0)

    assert len(counted(counting)) == 2


def test_everything_goes_after_a_year(counting):
    today = timezone.localdate()
    for age in [365, 366]:
        Miss.objects.create(text=f"{age} days", language="en", day=today - timedelta(days=age))

    misses.write({("qwertz", "en", 0): 1})

    assert [text for text, *_rest in counted(counting)] == ["365 days", "qwertz"]


def test_nothing_is_known_about_who_searched():
    assert {field.name for field in Miss._meta.fields} == {
        "id",
        "text",
        "language",
        "day",
        "count",
        "results",
    }
