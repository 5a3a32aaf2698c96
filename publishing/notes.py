"""What readers are told of single texts: older than the original, written by a machine.

Each record carries its own notes in the column `notes`, so that pages ask for nothing more; for most it is empty.
"""

import json
from datetime import datetime
from typing import NamedTuple

from django.db.models import Case, Q, Value, When

from publishing.models import Translation

BATCH = 500

# Which texts need a note.
NEEDED = Q(state=Translation.State.OUTDATED) | Q(is_machine=True)


class Note(NamedTuple):
    """What readers are told of a text."""

    original_language: str
    original_changed_at: datetime | None  # where the text is older than its original
    translated_at: datetime | None
    by_machine: bool


def note_on(notes, field, language):
    """The note on a text, read from the column `notes` of its record; None for a text that needs none."""
    if not notes:
        return None
    found = json.loads(notes).get(language, {}).get(field)
    if not found:
        return None
    original, changed, translated, by_machine = found
    return Note(original, as_moment(changed), as_moment(translated), by_machine)


def as_moment(written):
    return datetime.fromisoformat(written) if written else None


def renew(model, keys):
    """Write the notes of records anew from the states of their translations; the notes by key."""
    keys = list(keys)
    rows = Translation.objects.filter(kind=model._meta.label_lower, record__in=keys).filter(NEEDED)
    stored = model._base_manager.filter(pk__in=keys).values_list("pk", "notes", "original_language")
    stored_notes = {key: text for key, text, _language in stored}
    originals = {key: language for key, _text, language in stored}
    found = {key: {} for key in keys}
    for row in rows.order_by("language", "field"):
        note = written(row, originals[row.record])
        found[row.record].setdefault(row.language, {})[row.field] = note
    notes = {key: json.dumps(found[key]) if found[key] else "" for key in keys}
    changed = [key for key, stored in stored_notes.items() if stored != notes[key]]
    if changed:
        new = Case(*(When(pk=key, then=Value(notes[key])) for key in changed))
        model._base_manager.filter(pk__in=changed).update(notes=new)
    return notes


def renew_all(model):
    """Write the notes anew of all records of a model that have some or should."""
    noted = Translation.objects.filter(kind=model._meta.label_lower).filter(NEEDED).values("record")
    keys = list(model._base_manager.filter(~Q(notes="") | Q(pk__in=noted)).values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        renew(model, keys[start : start + BATCH])


def written(row, original):
    """A state as the column spells it."""
    outdated = row.state == Translation.State.OUTDATED
    return [
        original,
        row.original_changed_at.isoformat() if outdated else None,
        row.translated_at.isoformat() if outdated and row.translated_at else None,
        row.is_machine,
    ]
