"""What there is to translate into a language: entries of all kinds in one list, most read first, then longest waiting.

The texts of a language are grouped into their entries by the database; filters, counts and order are taken from these
groups, of which even ten thousand are few.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.core.paginator import Paginator
from django.db.models import Count, Min, Q, Sum
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from publishing.kinds import desk_kinds
from publishing.models import Publishable, Reading, Translation
from translating import names
from translating.coverage import STATES, TO_DO
from translating.models import Claim

State = Translation.State
YEAR = timedelta(days=365)
PAGE_SIZE = 50

# What the filter by state offers, the usual choice first.
CHOICES = {
    "todo": pgettext_lazy("translations", "to do"),
    **{state.value: state.label for state in STATES},
    "progress": pgettext_lazy("translations", "in progress"),
    "all": pgettext_lazy("translations", "all"),
}


@dataclass
class Row:
    """An entry in the list: how many of its texts are in which state, since when one waits, who reads it."""

    kind: str
    entry: int
    counts: dict
    todo: int  # the number of texts in a state that asks for work
    since: datetime | None
    readers: int = 0
    countries: set = field(default_factory=set)
    claims: list = field(default_factory=list)

    @property
    def key(self):
        return f"{self.kind}:{self.entry}"

    @property
    def badges(self):
        """Pairs of a state and the number of texts in it, without zeros."""
        return [(state, number) for state, number in self.counts.items() if number]

    @cached_property
    def choices(self):
        """The choices of the filter by state that find the entry."""
        found = [state for state, number in self.counts.items() if number]
        if self.todo:
            found.append("todo")
        if self.claims:
            found.append("progress")
        return [*found, "all"]

    @property
    def order(self):
        # Nothing waits in an entry without a date: it comes last.
        waiting = self.since.timestamp() if self.since else float("inf")
        return (-self.readers, waiting, self.kind, self.entry)


class WorkList:
    """The list of a language as the address filters it; a value that makes no sense is ignored and named."""

    def __init__(self, language, data):
        self.language = language
        self.data = data
        self.problems = []
        self.kinds = {label: kind for label, kind in desk_kinds().items() if not kind.owner}
        self.state = self.choose("state", CHOICES, _("State")) or "todo"
        self.kind = self.choose("kind", self.kinds, _("Kind"))
        self.country = self.choose("country", self.countries, _("Country"))

    def choose(self, name, known, label):
        """The value of a filter, if it is one that the filter offers."""
        value = self.data.get(name, "")
        if value and value not in known:
            self.problems.append(
                _("“%(value)s” is no value of the filter “%(filter)s” and was ignored.")
                % {"value": value[:100].replace("\0", "\N{REPLACEMENT CHARACTER}"), "filter": label}
            )
        return value if value in known else ""

    # What there is

    @cached_property
    def every(self):
        """A Row for each entry that has texts to be translated into the language, in no order."""
        rows = {row.key: row for row in self.grouped()}
        for kind, entry, number in self.readings():
            if row := rows.get(f"{kind}:{entry}"):
                row.readers = number
        for claim in Claim.objects.live().filter(language=self.language).select_related("user"):
            if row := rows.get(f"{claim.kind}:{claim.entry}"):
                row.claims.append(claim)
        for kind, entry, country in names.countries_of(self.kinds):
            if row := rows.get(f"{kind}:{entry}"):
                row.countries.add(str(country))
        return list(rows.values())

    def grouped(self):
        numbers = {f"number_{state}": Count("pk", filter=Q(state=state)) for state in STATES}
        groups = (
            Translation.objects.filter(language=self.language, entry_kind__in=self.kinds)
            .order_by()
            .values_list("entry_kind", "entry")
            .annotate(since=Min("original_changed_at", filter=Q(state__in=TO_DO)), **numbers)
        )
        for kind, entry, since, *counts in groups.iterator():
            yield Row(kind, entry, dict(zip(STATES, counts, strict=True)), sum(counts[: len(TO_DO)]), since)

    def readings(self):
        recent = Reading.objects.filter(month__gte=timezone.now().date() - YEAR)
        return recent.values_list("kind", "record").annotate(number=Sum("count")).order_by()

    @cached_property
    def countries(self):
        """The countries that entries lie in, by their keys, in alphabetical order."""
        return names.countries(self.kinds)

    @cached_property
    def progress(self):
        """The number of texts in each state, over all kinds and countries."""
        numbers = Counter()
        for row in self.every:
            for state, number in row.badges:
                numbers[state] += number
        return {state: numbers[state] for state in STATES}

    # What fits

    def fitting(self, **others):
        """The rows that fit the filter, or the filter with another value for one of its parts."""
        wanted = {"state": self.state, "kind": self.kind, "country": self.country} | others
        return [
            row
            for row in self.every
            if wanted["state"] in row.choices
            and wanted["kind"] in ("", row.kind)
            and (not wanted["country"] or wanted["country"] in row.countries)
        ]

    @cached_property
    def rows(self):
        return sorted(self.fitting(), key=lambda row: row.order)

    @cached_property
    def page(self):
        """The page of the list that the address asks for, its rows with their names."""
        page = Paginator(self.rows, PAGE_SIZE).get_page(self.data.get("page"))
        facts = names.facts_of({(row.kind, row.entry) for row in page.object_list}, self.kinds)
        for row in page.object_list:
            self.name(row, facts.get((row.kind, row.entry), {}))
        return page

    def name(self, row, facts):
        """Give a row the words that the page shows."""
        row.name = facts.get("name") or "–"
        row.kind_name = self.kinds[row.kind].name
        row.country_names = ", ".join(name for key, name in self.countries.items() if key in row.countries)
        status = facts.get("status", Publishable.Status.PUBLISHED)
        row.status_name = "" if status == Publishable.Status.PUBLISHED else Publishable.Status(status).label

    def after(self, kind, entry):
        """The row that follows an entry in the list; the first one if the entry is not in it; None at the end."""
        keys = [row.key for row in self.rows]
        place = keys.index(f"{kind}:{entry}") + 1 if f"{kind}:{entry}" in keys else 0
        return self.rows[place] if place < len(self.rows) else None

    # What the filter offers, each value with the number of entries that it would give

    @property
    def state_options(self):
        numbers = Counter(choice for row in self.fitting(state="all") for choice in row.choices)
        return [option(state, label, numbers[state], self.state) for state, label in CHOICES.items()]

    @property
    def kind_options(self):
        numbers = Counter(row.kind for row in self.fitting(kind=""))
        return [
            option(label, capfirst(kind.plural), numbers[label], self.kind)
            for label, kind in self.kinds.items()
        ]

    @property
    def country_options(self):
        numbers = Counter(country for row in self.fitting(country="") for country in row.countries)
        return [option(key, name, numbers[key], self.country) for key, name in self.countries.items()]


def option(key, label, number, chosen):
    return {"key": key, "label": label, "number": number, "chosen": key == chosen}
