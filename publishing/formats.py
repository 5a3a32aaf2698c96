"""Dates and numbers as each language writes them, from the Unicode CLDR through Babel."""

from datetime import date
from decimal import Decimal
from functools import cache, lru_cache

from babel import Locale
from babel.dates import format_date, format_skeleton, get_timezone_name
from babel.numbers import format_currency, format_decimal, format_percent
from django.utils.translation import pgettext

from publishing.languages import current_language

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"


def number(value, language=None):
    """A number with the separators of the language: 466,631 in English, 466 631 in Polish."""
    return number_in(value, language or current_language())


@lru_cache(maxsize=10_000)
def number_in(value, language):
    # A list of cities writes a hundred numbers, mostly the same ones; Babel takes its time over each.
    return spaced(format_decimal(value, locale=language, group_separator=grouped(value, language)), language)


def grouped(value, language):
    """Whether thousands are set apart: Polish and Spanish write four digits together. Babel does not know it."""
    return language not in ("es", "pl") or abs(value) >= 10_000


def spaced(text, language):
    """Spanish separates thousands by a space, as its academy and the texts of this site do; CLDR has the point."""
    return text.replace(".", NO_BREAK_SPACE) if language == "es" else text


def exact(value):
    """The number as it was written: a row of JSON has it as a float."""
    return value if isinstance(value, Decimal) else Decimal(str(value))


def percentage(value, language=None):
    """A percentage given in percent: 25.4 becomes "25.4%" in English, "25,4 %" in German."""
    return format_percent(
        exact(value) / 100, locale=language or current_language(), decimal_quantization=False
    )


def amount(value, unit, language=None):
    """A value with its unit: none, "percent" or the code of a currency."""
    language = language or current_language()
    value = exact(value)
    if unit == "percent":
        return percentage(value, language)
    if not unit:
        return number(value, language)
    pattern = Locale(language).currency_formats["standard"].pattern
    if value == value.to_integral_value():
        pattern = pattern.replace(".00", "")  # whole euros need no cents
    text = format_currency(
        value,
        unit,
        pattern,
        locale=language,
        currency_digits=False,
        group_separator=grouped(value, language),
    )
    return spaced(text, language)


def partial_date(value, language=None):
    """A date as exactly as it is known: "2016", "June 2016", "30 June 2016" in the words of the language."""
    return partial_date_in(value, language or current_language())


@lru_cache(maxsize=10_000)
def partial_date_in(value, language):
    # As with numbers: Babel takes its time, and a list or the foot of each page says the same days again.
    parts = [int(part) for part in value.split("-")]
    if len(parts) == 1:
        return value
    if len(parts) == 2:
        return format_skeleton("yMMMM", date(*parts, 1), locale=english_as_in_europe(language))
    return format_date(date(*parts), "long", locale=english_as_in_europe(language))


def day(value, language=None):
    """A day in words: "Thursday, 21 October 2021"."""
    return format_date(value, "full", locale=english_as_in_europe(language or current_language()))


def time_of_day(value, language=None):
    """The time on the clock of the value's own zone: "10:00"."""
    return format_skeleton(
        "Hm", value, tzinfo=value.tzinfo, locale=english_as_in_europe(language or current_language())
    )


def zone_name(value, language=None):
    """The name of the value's time zone at that moment: "Central European Summer Time"."""
    return get_timezone_name(value, locale=english_as_in_europe(language or current_language()))


@cache
def english_as_in_europe(language):
    """The locale for dates: a European site writes 21 October, not October 21."""
    return Locale("en", "GB") if language == "en" else Locale(language)


def language_name(code, language=None):
    """The name of a language in the reader's words; the code itself where it is none."""
    return Locale(language or current_language()).languages.get(code, code)


def coordinates(latitude, longitude, language=None):
    """A place on Earth in degrees: "54.35° N, 18.65° E"."""
    language = language or current_language()
    north = pgettext("compass", "N") if latitude >= 0 else pgettext("compass", "S")
    east = pgettext("compass", "E") if longitude >= 0 else pgettext("compass", "W")
    return (
        f"{format_decimal(abs(latitude), '0.00', language)}°{NO_BREAK_SPACE}{north}, "
        f"{format_decimal(abs(longitude), '0.00', language)}°{NO_BREAK_SPACE}{east}"
    )
