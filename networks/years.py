"""What was true in a year: `?at=2019`.

Years of memberships are often unknown. What was true in a year is what the recorded years say; where they leave it
open, nothing is guessed: such memberships are counted, and the page states their number.
"""

import re
from dataclasses import dataclass

from django.db.models import Q
from django.http import HttpResponseBadRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from publishing.text import shown_again

EARLIEST = 1900
LONGEST = 20  # characters of a wrong year that are shown again
NOTHING = Q(pk__in=[])


def this_year():
    return timezone.localdate().year


@dataclass(frozen=True)
class At:
    """The year that a page speaks of: None is the present. `wrong` is what somebody gave for a year that is none."""

    year: int | None = None
    wrong: str = ""

    @classmethod
    def read(cls, data):
        """The year that an address names by `at`; one that makes no sense is `wrong`."""
        text = data.get("at", "").strip()
        if not text:
            return cls()
        if re.fullmatch("[0-9]{4}", text) and EARLIEST <= int(text) <= this_year():
            return cls(int(text))
        return cls(wrong=shown_again(text, LONGEST))

    @property
    def problem(self):
        """What a page says of a year that is none, beside what it shows of the present; nothing of a year."""
        if not self.wrong:
            return ""
        return self.filled(_("“%(value)s” is no year from %(first)s to %(last)s and was ignored."))

    @property
    def refusal(self):
        """The answer to whoever asks for a file of a year that is none, or None: a file has no room for a message."""
        if not self.wrong:
            return None
        text = self.filled(_("“%(value)s” is no year from %(first)s to %(last)s."))
        return HttpResponseBadRequest(text, content_type="text/plain; charset=utf-8")

    def filled(self, text):
        return text % {"value": self.wrong, "first": self.first, "last": self.last}

    @property
    def problems(self):
        """The problem as a list, as `partials/_problems.html` takes it."""
        return [self.problem] if self.problem else []

    @property
    def query(self):
        """The year as a part of an address: "at=2019", or nothing."""
        return f"at={self.year}" if self.year else ""

    @property
    def first(self):
        return EARLIEST

    @property
    def last(self):
        return this_year()


def held(year, prefix=""):
    """The condition that a membership held in a year, as far as its years say; None is now, which is without an end.

    One whose beginning is not known held in the year in which it ended, and, while it lasts, in the present one. The
    prefix leads to the membership: "memberships__".
    """
    unknown, lasting = Q(**{f"{prefix}since": None}), Q(**{f"{prefix}until": None})
    if year is None:
        return lasting
    begun = Q(**{f"{prefix}since__lte": year}) & (lasting | Q(**{f"{prefix}until__gte": year}))
    ended = unknown & Q(**{f"{prefix}until": year})
    return begun | ended | unknown & lasting if year == this_year() else begun | ended


def left_open(year, prefix=""):
    """The condition that its years leave open whether a membership held in a year; for the present none does."""
    unknown, lasting = Q(**{f"{prefix}since": None}), Q(**{f"{prefix}until": None})
    if year is None:
        return NOTHING
    later = Q(**{f"{prefix}until__gt": year})
    return unknown & later if year == this_year() else unknown & (lasting | later)


def held_in(queryset, year):
    """Those of the memberships, of municipalities or of organisations, that held in a year; None is now."""
    return queryset.filter(held(year))


def unknown_in(queryset, year):
    """Those of the memberships of which it is not known whether they held in a year."""
    return queryset.filter(left_open(year))


def holds(since, until, year):
    """Whether something with these years, None where unknown, held in a year: True, False, or None for not known."""
    if year is None:
        return until is None
    if until is not None and until < year:
        return False
    if since is not None:
        return since <= year
    ended_now, lasts_now = until == year, until is None and year == this_year()
    return True if ended_now or lasts_now else None
