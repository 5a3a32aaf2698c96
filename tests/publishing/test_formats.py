"""Numbers, dates and times read as each language writes them."""

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override

from publishing import formats
from publishing.languages import LANGUAGES

NARROW = "\N{NARROW NO-BREAK SPACE}"
NO_BREAK = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "466,631"),
        ("fr", f"466{NARROW}631"),
        ("de", "466.631"),
        ("el", "466.631"),
        ("it", "466.631"),
        ("pl", f"466{NO_BREAK}631"),
        ("es", f"466{NO_BREAK}631"),
    ],
)
def test_thousands_are_separated_as_the_language_does(language, expected):
    assert formats.number(466631, language) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", "1,234"), ("fr", f"1{NARROW}234"), ("de", "1.234"), ("pl", "1234"), ("es", "1234")],
)
def test_polish_and_spanish_write_four_digits_together(language, expected):
    assert formats.number(1234, language) == expected
    assert formats.number(Decimal(1234), language) == expected


def test_five_digits_are_separated_in_every_language():
    assert all(len(formats.number(10000, language)) == 6 for language in LANGUAGES)


def test_a_number_keeps_its_decimals():
    assert formats.number(Decimal("12.5"), "en") == "12.5"
    assert formats.number(Decimal("12.5000"), "de") == "12,5"
    assert formats.number(12.5, "es") == "12,5"


@pytest.mark.parametrize("value", [Decimal("4.1"), 4.1])
@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "4.1%"),
        ("fr", f"4,1{NO_BREAK}%"),
        ("de", f"4,1{NO_BREAK}%"),
        ("el", "4,1%"),
        ("it", "4,1%"),
        ("pl", "4,1%"),
        ("es", f"4,1{NO_BREAK}%"),
    ],
)
def test_a_percentage_has_the_decimals_of_its_source(value, language, expected):
    assert formats.percentage(value, language) == expected
    assert formats.amount(value, "percent", language) == expected


@pytest.mark.parametrize("value", [Decimal(1000000), Decimal("1000000.0000"), 1000000, 1000000.0])
@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "€1,000,000"),
        ("fr", f"1{NARROW}000{NARROW}000{NO_BREAK}€"),
        ("de", f"1.000.000{NO_BREAK}€"),
        ("el", f"1.000.000{NO_BREAK}€"),
        ("it", f"1.000.000{NO_BREAK}€"),
        ("pl", f"1{NO_BREAK}000{NO_BREAK}000{NO_BREAK}€"),
        ("es", f"1{NO_BREAK}000{NO_BREAK}000{NO_BREAK}€"),
    ],
)
def test_a_whole_amount_has_no_cents(value, language, expected):
    assert formats.amount(value, "EUR", language) == expected


def test_an_amount_with_cents_shows_both_of_them():
    assert formats.amount(Decimal("1234.5"), "EUR", "en") == "€1,234.50"
    assert formats.amount(Decimal("1234.5"), "CHF", "de") == f"1.234,50{NO_BREAK}CHF"
    assert formats.amount(Decimal("1234.5"), "EUR", "es") == f"1234,50{NO_BREAK}€"


@pytest.mark.parametrize("value", [Decimal("432556.0000"), 432556, 432556.0])
def test_a_count_is_a_plain_number(value):
    assert formats.amount(value, "", "en") == "432,556"


@pytest.mark.parametrize(
    ("language", "month", "day"),
    [
        ("en", "June 2016", "30 June 2016"),
        ("fr", "juin 2016", "30 juin 2016"),
        ("de", "Juni 2016", "30. Juni 2016"),
        ("el", "Ιούνιος 2016", "30 Ιουνίου 2016"),
        ("it", "giugno 2016", "30 giugno 2016"),
        ("pl", "czerwiec 2016", "30 czerwca 2016"),
        ("es", "junio de 2016", "30 de junio de 2016"),
    ],
)
def test_a_date_is_as_exact_as_it_is_known(language, month, day):
    assert formats.partial_date("2016", language) == "2016"
    assert formats.partial_date("2016-06", language) == month
    assert formats.partial_date("2016-06-30", language) == day


def test_formats_follow_the_language_of_the_page():
    with override("pl"):
        assert formats.partial_date("2016-06") == "czerwiec 2016"
        assert formats.number(12345) == f"12{NO_BREAK}345"
        assert formats.language_name("de") == "niemiecki"


@pytest.mark.parametrize(
    ("language", "day", "zone"),
    [
        ("en", "Thursday, 21 October 2021", "Central European Summer Time"),
        ("fr", "jeudi 21 octobre 2021", "heure d’été d’Europe centrale"),
        ("de", "Donnerstag, 21. Oktober 2021", "Mitteleuropäische Sommerzeit"),
        ("el", "Πέμπτη 21 Οκτωβρίου 2021", "Θερινή ώρα Κεντρικής Ευρώπης"),
        ("it", "giovedì 21 ottobre 2021", "Ora legale dell’Europa centrale"),
        ("pl", "czwartek, 21 października 2021", "czas środkowoeuropejski letni"),
        ("es", "jueves, 21 de octubre de 2021", "hora de verano de Europa central"),
    ],
)
def test_a_moment_is_told_in_words_and_in_its_own_zone(language, day, zone):
    moment = datetime(2021, 10, 21, 8, 0, tzinfo=ZoneInfo("UTC")).astimezone(ZoneInfo("Europe/Berlin"))

    assert formats.day(moment, language) == day
    assert formats.time_of_day(moment, language) == "10:00"
    assert formats.zone_name(moment, language) == zone


def test_an_unknown_language_is_named_by_its_code():
    assert formats.language_name("xx", "en") == "xx"
