"""What is counted and sorted of all documents, remembered: a search finds their keys, and the rest is arithmetic.

To group and sort what a frequent word finds, tens of thousands of rows, takes a database many times as long as to find
it. A document never changes (see `search.models`), so the facts of those that are known need never be asked again;
those of new ones are asked for when they are found for the first time. Nothing is remembered of documents that are
gone for longer than until the next reading of all.
"""

from functools import cached_property
from threading import Lock

import numpy as np

from search.models import Document

COLUMNS = ["id", "place", "since", "until", "kind", "countries", "areas", "languages"]
FACETS = ["kind", "country", "area", "lang"]
FEW = 300  # documents that are asked for by their keys; more are asked for with all others


class Combinations:
    """The combinations of values of all facets that occur, by number, and which values each of them has."""

    def __init__(self, numbers=()):
        self.numbers = dict(numbers)

    def number_of(self, combination):
        return self.numbers.setdefault(combination, len(self.numbers))

    def values(self):
        """For each facet, its values in order: {"kind": ["approaches", …], …}, and who has them: {"kind": array, …}."""
        values, having = {}, {}
        for place, facet in enumerate(FACETS):
            lists = [combination[place].split() for combination in self.numbers]
            values[facet] = sorted({value for row in lists for value in row})
            columns = {value: column for column, value in enumerate(values[facet])}
            having[facet] = np.zeros((len(lists), len(columns)), bool)
            for number, row in enumerate(lists):
                having[facet][number, [columns[value] for value in row]] = True
        return values, having


class Facts:
    """The facts of many documents, in the order of their keys."""

    def __init__(self, table=None, combinations=None):
        self.table = np.zeros((5, 0), np.int64) if table is None else table
        self.combinations = combinations or Combinations()
        self.keys, self.place, self.since, self.until, self.combination = self.table

    def with_rows(self, rows):
        """These facts and those of further documents, given as rows of COLUMNS."""
        combinations = Combinations(self.combinations.numbers)
        numbers = [(*row[:4], combinations.number_of(row[4:])) for row in rows]
        table = np.concatenate([self.table, np.array(numbers, np.int64).reshape(-1, 5).T], axis=1)
        return Facts(table[:, np.argsort(table[0])], combinations)

    @cached_property
    def values_and_having(self):
        return self.combinations.values()

    @property
    def values(self):
        return self.values_and_having[0]

    @property
    def having(self):
        return self.values_and_having[1]

    def missing(self, keys):
        """Those of the keys about which nothing is known."""
        return np.setdiff1d(keys, self.keys, assume_unique=True)

    def places_of(self, keys):
        """Where documents stand in these facts: those of the keys that are known."""
        if not len(self.keys):
            return np.zeros(0, np.int64)
        places = np.searchsorted(self.keys, keys)
        places[places == len(self.keys)] = 0
        return places[self.keys[places] == keys]

    def fitting(self, facet, chosen):
        """Which combinations have one of the chosen values of a facet."""
        columns = [place for place, value in enumerate(self.values[facet]) if value in chosen]
        return self.having[facet][:, columns].any(axis=1)

    def has(self, places, facet, value):
        """Which of the documents in those places have a value of a facet."""
        return self.fitting(facet, [value])[self.combination[places]]

    def counts(self, places, chosen):
        """How many of the documents have each value, each facet counted without its own choice: {"kind": {…}, …}."""
        numbers = np.bincount(self.combination[places], minlength=len(self.combinations.numbers))
        fits = {facet: self.fitting(facet, values) for facet, values in chosen.items() if values}
        counts = {}
        for facet in FACETS:
            counted = numbers
            for other, fit in fits.items():
                if other != facet:
                    counted = counted * fit
            totals = (counted @ self.having[facet]).tolist()
            counts[facet] = {
                value: number for value, number in zip(self.values[facet], totals, strict=True) if number
            }
        return counts

    def narrow(self, places, chosen):
        """Those of the places whose documents fit what is chosen."""
        for facet, values in chosen.items():
            if values:
                places = places[self.fitting(facet, values)[self.combination[places]]]
        return places


class Memory:
    """The facts that this process remembers."""

    def __init__(self):
        self.lock = Lock()
        self.facts = Facts()

    def of(self, keys):
        """Facts in which all documents are that have one of the keys, as far as there are such documents."""
        if len(self.facts.missing(keys)):
            with self.lock:
                self.learn(self.facts.missing(keys))
        return self.facts

    def learn(self, keys):
        rows = Document.objects.values_list(*COLUMNS).order_by()
        if len(keys) > FEW:
            self.facts = Facts().with_rows(rows)
        elif len(keys):
            self.facts = self.facts.with_rows(rows.filter(pk__in=keys.tolist()))

    def forget(self):
        """Remember nothing, as a process that has just started."""
        self.facts = Facts()


memory = Memory()
