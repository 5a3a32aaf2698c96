"""What a file for translators holds: one unit for each text, whatever the format."""

import re
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

IDENTIFIER = re.compile(r"([a-z_]+\.[a-z_]+):([0-9]{1,18}):([a-z_]+)")
VERSION = re.compile(r"([0-9a-z]*)-([0-9a-z]*)")
CONTROL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

MOST_UNITS = 20_000
LONGEST_TEXT = 100_000


class Unreadable(ValueError):
    """A file that cannot be taken at all; says why in a sentence for the person who sent it."""


@dataclass
class Unit:
    """One text of one record in one language: as the site has it, or as a file brings it back."""

    kind: str
    record: int
    field: str
    source_language: str
    language: str
    source: str
    target: str = ""
    # What the site knows of the translation when it writes the file: missing, current, outdated or machine.
    state: str = "missing"
    # What a file says of it: finished, not finished, or (None) nothing.
    is_finished: bool | None = None
    is_rich: bool = False
    # The digests of original and translation when the file was written: what the translator saw.
    version: str = ""
    entry: str = ""
    notes: list[str] = field(default_factory=list)
    max_length: int | None = None
    # Why the text cannot be taken, in a sentence.
    problem: str = ""

    @property
    def identifier(self):
        """The name of the text in files: "approaches.approach:12:summary"; fit for an NMTOKEN of XML."""
        return f"{self.kind}:{self.record}:{self.field}"

    @property
    def seen(self):
        """The digests of original and translation that the file was made from: two texts, empty where it lacks them."""
        match = VERSION.fullmatch(self.version)
        return match.groups() if match else ("", "")


def parse_identifier(text):
    """Kind, record and field of the name of a text, or None for any other text."""
    match = IDENTIFIER.fullmatch(text or "")
    return (match[1], int(match[2]), match[3]) if match else None


def language_of(tag):
    """The language of a language tag: "pl" of "pl-PL", as many programs have it."""
    return re.split("[-_]", (tag or "").strip().lower())[0]


def without_control(text):
    """The text without the characters that XML cannot hold."""
    return CONTROL.sub("", text)


def same_lines(text):
    """The text with line ends of one kind: browsers, spreadsheets and XML each have their own."""
    return (text or "").replace("\r\n", "\n").replace("\r", "\n")


def checked(units):
    """The units as a list.

    Raises Unreadable if there are none, too many, or two of the same text.
    """
    found = {}
    for unit in units:
        if len(found) == MOST_UNITS:
            raise Unreadable(_("The file has more than 20,000 texts. Divide it into smaller ones."))
        key = (unit.identifier, unit.language)
        if key in found:
            raise Unreadable(
                _("The file has two translations of the same text: “%(text)s”.") % {"text": unit.identifier}
            )
        found[key] = unit
    if not found:
        raise Unreadable(_("The file has no texts of this site."))
    return list(found.values())
