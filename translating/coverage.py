"""How much is translated: texts by language, kind of entry and state."""

from collections import Counter
from typing import NamedTuple

from django.db.models import Count, Q

from publishing.kinds import desk_kinds
from publishing.languages import LANGUAGES
from publishing.models import Publishable, Translation
from translating.models import Claim

State = Translation.State
TO_DO = (State.MISSING, State.OUTDATED, State.MACHINE)
STATES = (*TO_DO, State.CURRENT)


class Coverage(NamedTuple):
    """The texts of a language, or of one kind of entry in it: their number in each state."""

    language: str
    kind: str  # "" for all kinds
    numbers: dict
    open: int = 0  # the number of entries that somebody works on now

    @property
    def kind_name(self):
        return desk_kinds()[self.kind].plural

    @property
    def total(self):
        return sum(self.numbers.values())

    @property
    def share(self):
        """The share that is up to date in percent, rounded down: 100 means all."""
        return 100 * self.numbers[State.CURRENT] // self.total if self.total else 100

    @property
    def columns(self):
        """Pairs of a filter by state and the number of texts that it finds; of entries for what is in progress."""
        return [("all", self.total), *self.numbers.items(), ("progress", self.open)]

    @property
    def waiting(self):
        """Pairs of a state and the number of texts in it, of the states that ask for work."""
        return [(state, self.numbers[state]) for state in TO_DO if self.numbers[state]]

    @property
    def bars(self):
        """Where each state begins in a bar of 1000, and how long it is."""
        start, bars = 0, []
        for state in (State.CURRENT, State.MACHINE, State.OUTDATED, State.MISSING):
            length = 1000 * self.numbers[state] // max(self.total, 1)
            bars.append({"state": state, "start": start, "length": length})
            start += length
        return bars


def counted(condition=None):
    """The number of texts by language, kind and state, in one query."""
    rows = Translation.objects.filter(condition or Q()).order_by()
    return {
        (language, kind, state): number
        for language, kind, state, number in rows.values_list("language", "entry_kind", "state").annotate(
            number=Count("pk")
        )
    }


def entries_open():
    """The number of entries that somebody works on now, by language and kind; one query."""
    entries = Claim.objects.live().values_list("language", "kind", "entry").distinct()
    return Counter((language, kind) for language, kind, _entry in entries)


def of_languages(numbers, opened=()):
    """The coverage of each language over all kinds; `opened` is what `entries_open` gives."""
    totals, in_progress = Counter(), Counter()
    for (language, _kind, state), number in numbers.items():
        totals[language, state] += number
    for language, kind in opened:
        in_progress[language] += opened[language, kind]
    return [
        Coverage(language, "", {state: totals[language, state] for state in STATES}, in_progress[language])
        for language in LANGUAGES
    ]


def of_kinds(numbers, opened, language):
    """The coverage of each kind of entry that has texts to be translated into a language."""
    every = [
        Coverage(
            language,
            label,
            {state: numbers.get((language, label, state), 0) for state in STATES},
            opened[language, label],
        )
        for label in desk_kinds()
    ]
    return [coverage for coverage in every if coverage.total]


def public():
    """The coverage of each language, of what readers can see; one query."""
    condition = Q()
    for label, kind in desk_kinds().items():
        if not issubclass(kind.model, Publishable):
            condition |= Q(entry_kind=label)
        else:
            shown = kind.model._base_manager.filter(kind.model.public())
            condition |= Q(entry_kind=label, entry__in=shown.values("pk"))
    return of_languages(counted(condition))
