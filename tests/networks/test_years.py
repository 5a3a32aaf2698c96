"""What was true in a year, as far as years are known."""

import pytest

from networks import years
from networks.models import Membership
from networks.years import At, held_in, holds, unknown_in
from tests.factories import make_membership

NOW = 2026
# Every way in which years can be known: since, until.
YEARS = [(None, None), (2015, None), (None, 2019), (2015, 2019), (2019, 2019), (2030, None)]


@pytest.fixture(autouse=True)
def present(monkeypatch):
    monkeypatch.setattr(years, "this_year", lambda: NOW)


@pytest.mark.parametrize(
    ("since", "until", "year", "expected"),
    [
        (2015, None, 2019, True),
        (2015, None, 2015, True),
        (2015, None, 2014, False),
        (2015, 2018, 2018, True),
        (2015, 2018, 2019, False),
        (None, None, 2019, None),
        (None, 2018, 2017, None),
        (None, 2018, 2019, False),
        # It was a member in the year in which it left, and whoever has not left is one this year.
        (None, 2018, 2018, True),
        (None, None, NOW, True),
        # Without a year: now.
        (None, None, None, True),
        (2015, 2018, None, False),
    ],
)
def test_a_membership_holds_in_the_years_that_are_recorded(since, until, year, expected):
    assert holds(since, until, year) is expected


@pytest.mark.django_db
@pytest.mark.parametrize("year", [None, 2014, 2015, 2018, 2019, 2020, NOW])
def test_the_database_says_the_same(year):
    for since, until in YEARS:
        make_membership(since=since, until=until)

    def expected(answer):
        return {(since, until) for since, until in YEARS if holds(since, until, year) is answer}

    every = Membership.objects.all()
    assert set(held_in(every, year).values_list("since", "until")) == expected(True)
    assert set(unknown_in(every, year).values_list("since", "until")) == expected(None)


@pytest.mark.parametrize("text", ["1900", "2019", "2026", " 2019 "])
def test_a_year_from_1900_to_this_one_is_read(text):
    assert At.read({"at": text}).year == int(text)
    assert At.read({"at": text}).problems == []


@pytest.mark.parametrize("text", ["1899", "2027", "x", "-5", "20190", "19", "²⁰¹⁹", "２０１９", "\0", "<b>"])
def test_a_year_that_is_none_is_ignored_and_named(text):
    at = At.read({"at": text})

    assert at.year is None
    assert at.query == ""
    assert "is no year from 1900 to 2026" in at.problem


def test_without_a_year_there_is_nothing_to_say():
    assert At.read({}) == At.read({"at": ""}) == At()
