"""From files for translators into the site: what a file would change, what speaks against it, and writing it."""

from dataclasses import asdict, dataclass
from functools import cached_property
from time import monotonic
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from publishing.formats import language_name
from publishing.kinds import desk_kinds, entry_of, text_field
from publishing.languages import LANGUAGES
from publishing.models import Translation
from publishing.text import clean
from publishing.translations import cleaned, confirm, digest, save_texts, text_in
from translating import differences, names
from translating.exports import records_of
from translating.files import inline, read
from translating.files.units import LONGEST_TEXT, Unit, Unreadable

State = Translation.State

# What becomes of a text of a file.
NEW, CHANGED, VALID, CONFLICT, SAME, UNFINISHED, REFUSED = (
    "new",
    "changed",
    "valid",
    "conflict",
    "same",
    "unfinished",
    "refused",
)
WRITTEN = (NEW, CHANGED, VALID)


class Meanwhile(Exception):
    """The site has changed since the preview: what was agreed to is not what would be written."""


# Reading


def is_rich(kind, field):
    """Whether a text has markup; what is unknown is plain."""
    known = desk_kinds().get(kind)
    return known is not None and field in known.field_names and text_field(known.model, field).is_rich


def units_in(data, language):
    """The units of a file (bytes) for one language.

    Raises Unreadable, also where the whole file is for another language.
    """
    units = read(data, is_rich)
    others = {unit.language for unit in units}
    if language not in others:
        found = others.pop()
        raise Unreadable(
            _("The file is for another language (%(found)s), not for this one (%(language)s).")
            % {
                "found": language_name(found) if found in LANGUAGES else found or "–",
                "language": language_name(language),
            }
        )
    return units


def stored(units):
    """Units as values for JSON; `restored` is the way back."""
    return [asdict(unit) for unit in units]


def restored(values):
    return [Unit(**value) for value in values]


# Comparing


@dataclass
class Item:
    """A text of a file beside what the site has now."""

    unit: Unit
    outcome: str = REFUSED
    reason: str = ""
    record: object = None
    row: Translation | None = None
    text: str = ""  # what would be written
    original: str = ""
    translation: str = ""
    entry_name: str = ""

    @property
    def key(self):
        return self.unit.identifier

    @property
    def id(self):
        """A name for the element on the page."""
        return self.key.replace(":", "-").replace(".", "-")

    @property
    def label(self):
        return capfirst(text_field(type(self.record), self.unit.field).label) if self.record else ""

    @property
    def now(self):
        """The digests of original and translation as the site has them."""
        return digest(self.original), digest(self.translation)

    @property
    def seen(self):
        """The digests of what the translator had: as the file says, else those of its own original and of nothing."""
        original, translation = self.unit.seen
        return original or digest(self.unit.source), translation or digest("")

    @property
    def original_has_changed(self):
        return self.seen[0] != self.now[0]

    # What the page shows

    @property
    def change_shown(self):
        """The text of the file, with the changes to the present translation marked, if there is one."""
        if not self.translation:
            return differences.shown(self.text, self.unit.is_rich)
        return differences.marked(self.translation, self.text, self.unit.is_rich)

    @property
    def translation_shown(self):
        return differences.shown(self.translation, self.unit.is_rich)

    @property
    def original_shown(self):
        """The original now, with its changes since the file was made marked."""
        if not self.original_has_changed:
            return differences.shown(self.original, self.unit.is_rich)
        former = clean(self.unit.source) if self.unit.is_rich else self.unit.source
        return differences.marked(former, self.original, self.unit.is_rich)


class Comparison:
    """The texts of a file (`items`, in its order) beside what the site has at this moment."""

    def __init__(self, units, language, takes_unfinished=False):
        self.language = language
        self.takes_unfinished = takes_unfinished
        self.records = records_of([unit for unit in units if unit.kind in desk_kinds()])
        self.rows = self.find_rows()
        self.items = [self.item(unit) for unit in units]

    def find_rows(self):
        keys = {}
        for kind, record in self.records:
            keys.setdefault(kind, []).append(record)
        rows = {}
        for kind, records in keys.items():
            of_kind = Translation.objects.filter(kind=kind, record__in=records, language=self.language)
            rows |= {(row.kind, row.record, row.field): row for row in of_kind}
        return rows

    def item(self, unit):
        item = Item(unit, row=self.rows.get((unit.kind, unit.record, unit.field)))
        if item.row:
            item.record = self.records[unit.kind, unit.record]
            item.original = text_in(item.record, unit.field, item.record.original_language)
            item.translation = text_in(item.record, unit.field, self.language)
        item.reason = self.reason_against(item)
        if not item.reason:
            item.outcome = self.outcome(item)
        return item

    def reason_against(self, item):
        """Why a text cannot be taken, in a sentence, or nothing. Finds out what would be written."""
        unit = item.unit
        if unit.language != self.language:
            return _("It is for another language.")
        if item.row is None:
            return _("The site has no such text to translate into this language.")
        if unit.problem or not unit.target:
            return unit.problem
        if len(unit.target) > LONGEST_TEXT:
            return _("It is longer than 100,000 characters.")
        if tag := self.foreign_tag(unit):
            return _("This markup is not allowed here: %(tags)s.") % {"tags": tag}
        try:
            item.text = cleaned(item.record, self.language, {unit.field: unit.target})[unit.field]
        except ValidationError as error:
            return " ".join(error.messages)
        return ""

    @staticmethod
    def foreign_tag(unit):
        """A tag that would not survive: one that is not allowed, or any in a plain text whose original has none."""
        if unit.is_rich:
            return inline.refused(unit.target)
        found = inline.TAG.search(unit.target)
        return found[0] if found and not inline.TAG.search(unit.source) else ""

    def outcome(self, item):
        unit = item.unit
        if not item.text or (unit.is_finished is False and not self.takes_unfinished):
            return UNFINISHED
        if digest(item.text) == item.now[1]:
            # A file never approves what a machine wrote.
            is_valid = unit.is_finished and not item.row.is_machine and not item.original_has_changed
            return VALID if is_valid and item.row.state == State.OUTDATED else SAME
        if item.seen != item.now:
            return CONFLICT
        return CHANGED if item.translation else NEW

    # What the page shows

    @cached_property
    def counts(self):
        """The number of texts of each outcome."""
        counts = dict.fromkeys((NEW, CHANGED, VALID, CONFLICT, SAME, UNFINISHED, REFUSED), 0)
        for item in self.items:
            counts[item.outcome] += 1
        return counts

    def of(self, *outcomes):
        return [item for item in self.items if item.outcome in outcomes]

    @property
    def mark(self):
        """A digest of all conflicts as they stand: whoever settles them has seen exactly these."""
        return digest("\n".join(f"{item.key} {item.now}" for item in self.of(CONFLICT)))


def name_entries(items):
    """Give items the names of the entries that they belong to."""
    entries = {item.key: entry_of(item.record) for item in items if item.record}
    facts = names.facts_of(set(entries.values()), desk_kinds())
    for item in items:
        item.entry_name = facts.get(entries.get(item.key), {}).get("name") or item.key


# Writing


class Writing(NamedTuple):
    """The number of texts that are written, and of those for which there was no time."""

    written: int
    left: int


def write(units, language, user, mark, chosen=(), takes_unfinished=False, seconds=None):
    """Write the texts of a file: what is new, changed or valid, and of the conflicts those that are chosen (keys).

    `mark` is that of the Comparison that the person has seen. After so many seconds no further record is begun; the
    rest can be written by calling this again. What one call writes it writes all or nothing: a Writing.

    Raises Meanwhile, and PermissionDenied for a language that is not the person's.
    """
    end = monotonic() + seconds if seconds else None
    with transaction.atomic():
        comparison = Comparison(units, language, takes_unfinished)
        if comparison.mark != mark:
            raise Meanwhile
        settled = [item for item in comparison.of(CONFLICT) if item.key in chosen]
        agreed = comparison.of(*WRITTEN) + settled
        written = 0
        for items in by_record(agreed).values():
            if end and monotonic() > end:
                break
            save_record(items, language, user)
            written += len(items)
    return Writing(written, len(agreed) - written)


def by_record(items):
    groups = {}
    for item in items:
        groups.setdefault((item.unit.kind, item.unit.record), []).append(item)
    return groups


def save_record(items, language, user):
    """Write the texts of a record, and confirm those that are valid as they are. Raises Meanwhile."""
    texts = {item.unit.field: item.text for item in items if item.outcome != VALID}
    seen = {item.unit.field: item.now for item in items}
    confirmed = {item.row.pk: item.now for item in items if item.outcome == VALID}
    rows = [item.row for item in items if item.outcome == VALID]
    if save_texts(items[0].record, language, texts, user, seen=seen) or confirm(rows, user, confirmed):
        raise Meanwhile
