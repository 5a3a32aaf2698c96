"""Ways on for a search that finds nothing."""

from dataclasses import dataclass

from django.utils.functional import cached_property

from publishing.languages import current_language
from publishing.sorting import without_marks
from search import finding, spelling
from search.query import FUNCTION_WORDS, parse
from search.rows import rows_of


@dataclass
class Way:
    """Another text to search for, the language it is in ("" if that does not matter), and the address that does."""

    text: str
    language: str
    address: str


class Nothing:
    """What the page of a search without results offers.

    Where filters are to blame it is the same search under others. Where no text has the words it is the nearest words
    that exist, together with what they find, and each word alone.
    """

    def __init__(self, form):
        self.form = form

    @cached_property
    def everywhere(self):
        """The number of results without any filter."""
        return self.form.findings.every_total if self.form.active else 0

    @cached_property
    def correction(self):
        """What may have been meant: other words, or the same ones where a phrase of them is nowhere."""
        sought = self.form.sought
        found = spelling.correct(sought.words, current_language())
        if not found.near and any(part.is_phrase and len(part.words) > 1 for part in sought.wanted):
            found = found._replace(text=" ".join(sought.words))
        return found._replace(text=self.with_exclusions(found.text)) if found else found

    def with_exclusions(self, text):
        return " ".join([text, *map(str, self.form.sought.excluded)])

    @cached_property
    def near(self):
        """Ways with the nearest words in place of those that do not exist, the best first.

        Where the other words have nothing in common with them, each of the nearest stands alone.
        """
        ways = [self.way(self.correction.text)] if self.corrected else []
        for typed, nearest in self.correction.near.items():
            for word in self.others(nearest):
                words = [word.written if each == typed else each for each in self.form.sought.words]
                words = words if self.corrected else [word.written]
                text = self.with_exclusions(" ".join(words))
                ways.append(self.way(text, word.language if text == word.written else ""))
        return list({way.text: way for way in reversed(ways)}.values())[::-1]

    def others(self, nearest):
        """Those of the words that are not just another name of what is found: Barcelone beside Barcelona."""
        found = self.corrected.results if self.corrected else []
        names = {without_marks(name) for result in found for name in result.names.values()}
        return [word for word in nearest if without_marks(word.written) not in names]

    @cached_property
    def alone(self):
        """Ways with each of several words that exist; articles and the like are no help."""
        words = [word for word in self.form.sought.words if word not in FUNCTION_WORDS]
        return (
            [self.way(word) for word in words if word not in self.correction.near] if len(words) > 1 else []
        )

    def way(self, text, language=""):
        return Way(text, language, self.form.searching(text))

    @cached_property
    def corrected(self):
        """The Findings for the nearest words, of which there are some; else None."""
        if self.everywhere or not self.correction:
            return None
        found = finding.find(parse(self.correction.text))
        return found if found.total else None

    @cached_property
    def rows(self):
        return rows_of(self.corrected, self.form.options["area"]) if self.corrected else []

    @property
    def total(self):
        """How many results the page shows instead."""
        return self.corrected.total if self.corrected else 0
