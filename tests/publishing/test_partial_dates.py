"""A date is as exact as its source: a year, a month or a day."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from networks.models import Initiative
from publishing.fields import PartialDateField, validate_partial_date
from tests.factories import make_approach, make_commitment, make_initiative, make_network


@pytest.mark.parametrize("value", ["2016", "2016-06", "2016-06-30", "2016-02-29", "0962"])
def test_a_year_a_month_and_a_day_are_dates(value):
    validate_partial_date(value)


@pytest.mark.parametrize(
    "value",
    [
        "16",
        "2016-6",
        "2016-13",
        "2016-00",
        "2016-06-31",
        "2015-02-29",
        "2016-06-30T10:00",
        "2016/06",
        "June 2016",
        "2016-",
        "0000",
        "２０１６",
        "٢٠١٦",
        "2016\n",
        " 2016",
    ],
)
def test_anything_else_is_no_date_and_the_message_says_how_to_write_one(value):
    with pytest.raises(ValidationError) as caught:
        validate_partial_date(value)

    assert caught.value.messages == [
        f"“{value}” is no date. Write 2016, 2016-06 or 2016-06-30, as exactly as it is known."
    ]


def test_a_number_and_a_day_become_text():
    field = PartialDateField()

    assert field.to_python(2016) == "2016"
    assert field.to_python(date(2016, 6, 30)) == "2016-06-30"


@pytest.mark.django_db
def test_dates_sort_as_they_follow_each_other():
    dates = ["2015-12-31", "2016", "2016-01", "2016-01-01", "2016-06-30", "2016-11", "2017"]
    network = make_network()
    for value in reversed(dates):
        make_initiative(network=network, started=value)

    assert list(Initiative.objects.order_by("started").values_list("started", flat=True)) == dates


ORDERED = [
    ("", ""),
    ("2016", ""),
    ("", "2016"),
    ("2016", "2016"),
    ("2016", "2017"),
    ("2016-06", "2016"),  # ended in the year in which it started
    ("2016-06-30", "2016-06"),
    ("2016-06-30", "2016"),
    ("2016-06", "2016-06-01"),
    ("2016", "2016-01-01"),
]
REVERSED = [
    ("2017", "2016"),
    ("2016-06", "2016-05"),
    ("2016-06-30", "2016-06-29"),
    ("2016-06-30", "2016-05"),
    ("2016-06", "2015"),
    ("2016-01-01", "2015-12"),
]
MAKERS = [make_initiative, make_approach, make_commitment]


@pytest.mark.django_db
@pytest.mark.parametrize("make", MAKERS)
@pytest.mark.parametrize(("started", "ended"), ORDERED)
def test_what_ends_after_it_starts_is_accepted(make, started, ended):
    record = make(started=started, ended=ended)

    record.full_clean()
    assert record.pk


@pytest.mark.django_db
@pytest.mark.parametrize("make", MAKERS)
@pytest.mark.parametrize(("started", "ended"), REVERSED)
def test_the_database_refuses_an_end_before_the_start(make, started, ended):
    record = make()

    with pytest.raises(IntegrityError), transaction.atomic():
        type(record).objects.update(started=started, ended=ended)


@pytest.mark.django_db
@pytest.mark.parametrize("make", MAKERS)
@pytest.mark.parametrize(("started", "ended"), REVERSED)
def test_an_editor_is_told_of_an_end_before_the_start(make, started, ended):
    record = make()
    record.started, record.ended = started, ended

    with pytest.raises(ValidationError) as caught:
        record.full_clean()

    assert caught.value.messages == ["The end must not be before the start."]
