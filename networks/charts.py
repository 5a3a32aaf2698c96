"""Small pictures of memberships: how a network grew, where and how large its members are, when a membership held.

Plain data for templates. Each picture stands beside a table or a list that says the same.
"""

from collections import Counter
from typing import NamedTuple

from cities.models import Size

MOST_BARS = 10  # countries that have a bar of their own
GAP = 0.2  # of the width of a column


class Bar(NamedTuple):
    """A number with its bar."""

    label: object  # a text, or a Text in a language of its own
    key: str  # what a filter calls it; "" for the rest
    number: int
    width: str  # of the bar, as a percentage of the longest one; "" for what is no bar among the others


class Year(NamedTuple):
    """A year in which members joined or left, and how many the network had in it."""

    year: int
    joined: int
    left: int
    members: int


class Column(NamedTuple):
    """A year in the picture, in units of a picture that is 100 high and as many units wide as it has years."""

    x: str
    y: str
    height: str


class Growth(NamedTuple):
    """How a network grew, as far as it is known since when its members belong to it."""

    years: list  # those in which something changed
    columns: list  # one for every year, from the first change to the present
    first: int
    last: int
    most: int  # members in any year
    known: int  # members of whom it is known
    unknown: int  # members of whom it is not known

    @property
    def has_picture(self):
        """Whether so much changed that there is something to look at; one or two changes are told by the table."""
        return len(self.years) > 2


def growth(memberships, this_year):
    """The Growth out of rows of memberships; one that ended counts in the year of its end, too."""
    known = [row for row in memberships if row["since"] and row["since"] <= this_year]
    joined = Counter(row["since"] for row in known)
    left = Counter(row["until"] for row in known if row["until"] and row["until"] <= this_year)
    years, members, gone = [], 0, 0
    for year in range(min(joined, default=this_year), this_year + 1):
        members += joined[year] - gone
        gone = left[year]
        years.append(Year(year, joined[year], left[year], members))
    most = max((year.members for year in years), default=0)
    return Growth(
        years=[year for year in years if year.joined or year.left],
        columns=[column(number, year.members, most) for number, year in enumerate(years)],
        first=years[0].year,
        last=this_year,
        most=most,
        known=len(known),
        unknown=len(memberships) - len(known),
    )


def column(number, members, most):
    height = 100 * members / most if most else 0
    return Column(f"{number + GAP / 2:.1f}", f"{100 - height:.1f}", f"{height:.1f}")


def bars_of_countries(members, others):
    """The members of each country, most first; `others` is the label of those beyond the first ten countries."""
    numbers = Counter(row["country_code"] for row in members)
    names = {row["country_code"]: row["country"] for row in members}
    ranked = sorted(numbers.items(), key=lambda item: (-item[1], str(names[item[0]].value)))
    counted = bars([(names[code], code, number) for code, number in ranked[:MOST_BARS]])
    rest = sum(number for _code, number in ranked[MOST_BARS:])
    # All others together would dwarf each country.
    return [*counted, Bar(others, "", rest, "")] if rest else counted


def bars_of_sizes(members):
    """The members of each class of population that occurs, from small to large."""
    numbers = Counter(Size.of(row["population"]) for row in members)
    return bars([(size.label, size.value, numbers[size]) for size in Size if numbers[size]])


def bars(counted):
    """The Bars of (label, key, number)."""
    most = max((number for _label, _key, number in counted), default=0)
    return [Bar(label, key, number, f"{100 * number / most:.1f}%") for label, key, number in counted]


class Span(NamedTuple):
    """A membership on a line that goes from the first year known to the present."""

    start: str  # percentages of the line
    width: str
    open: bool  # whether it is not known when it began


def spans(memberships, this_year):
    """The Span of each of the memberships, None where no year of it is known; and the first year of the line."""
    years = [
        year for row in memberships for year in (row["since"], row["until"]) if year and year <= this_year
    ]
    first = min(years, default=this_year)
    return [span(row, first, this_year) for row in memberships], first


def span(row, first, this_year):
    if not row["since"] and not row["until"]:
        return None
    start, end = row["since"] or first, min(row["until"] or this_year, this_year)
    if start > end:
        return None
    # A year is as long as its number says, so that one that lasted a single year can be seen.
    length = this_year + 1 - first
    return Span(
        f"{100 * (start - first) / length:.1f}%", f"{100 * (end + 1 - start) / length:.1f}%", not row["since"]
    )
