"""Who may translate, and the ways to do so: `save_texts` for the desk, files and a machine, `confirm` and `approve`.

That a record's states follow whenever it is saved is the matter of `publishing.following`.
"""

import hashlib
from typing import NamedTuple

from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from publishing import notes
from publishing.following import State, release
from publishing.kinds import desk_kinds
from publishing.languages import LANGUAGES, in_language
from publishing.models import Edit, Translation, Translator

# Who may do what


def languages_of(user):
    """The languages into which a person may translate, as a tuple of codes."""
    if not user or not user.is_active or not user.has_perm("publishing.translate"):
        return ()
    if may_approve(user):
        return LANGUAGES
    chosen = Translator.objects.filter(user=user).values_list("languages", flat=True).first() or []
    return tuple(language for language in LANGUAGES if language in chosen)


def may_translate(user, language):
    return language in languages_of(user)


def may_approve(user):
    """Whether a person may translate into every language and approve what a machine wrote."""
    return bool(user) and user.has_perm("publishing.approve_translation")


def require_languages(user, languages):
    """Raise PermissionDenied unless a person may translate into all of these languages."""
    if not set(languages) <= set(languages_of(user)):
        raise PermissionDenied(_("This is not one of the languages into which you translate."))


def require_approval(user):
    if not may_approve(user):
        raise PermissionDenied(_("Only an editor can approve what a machine wrote."))


# Texts


def digest(text):
    """A short mark of a text, by which one notices that it has changed."""
    normal = (text or "").replace("\r\n", "\n").strip()
    return hashlib.sha256(normal.encode()).hexdigest()[:16]


# Confirming and approving


class Conflict(NamedTuple):
    """A text that could not be written, since it or its original is another than its author has seen."""

    field: str
    original: str
    theirs: str
    ours: str


def confirm(rows, user, seen=None):
    """Note that outdated texts are valid as they are; the texts that have changed meanwhile, as Conflicts.

    `seen` are the digests of original and translation that the person saw, by the key of the row; where one of them
    has changed, nothing is confirmed. PermissionDenied for a language that is not the person's, and for a text by a
    machine unless they may approve it: confirming it is approving it.
    """
    return make_valid(list(rows), user, seen)


def approve(rows, user, seen=None):
    """Note that a person answers for texts that a machine wrote; `seen` and the answer are those of `confirm`."""
    require_approval(user)
    return make_valid([row for row in rows if row.is_machine], user, seen)


def make_valid(rows, user, seen):
    """Make texts current that are outdated or written by a machine."""
    require_languages(user, {row.language for row in rows})
    with transaction.atomic():
        records = locked_records(rows)
        rows = list(
            Translation.objects.filter(pk__in=[row.pk for row in rows]).exclude(
                state__in=[State.CURRENT, State.MISSING]
            )
        )
        if any(row.is_machine for row in rows):
            require_approval(user)
        if conflicts := [found for row in rows if (found := conflict_of(row, records, seen))]:
            return conflicts
        for place, record in records.items():
            of_record = [row for row in rows if (row.kind, row.record) == place]
            if of_record:
                make_record_valid(record, of_record, user)
    return []


def make_record_valid(record, rows, user):
    moment = timezone.now()
    written = Translation.objects.filter(pk__in=[row.pk for row in rows])
    approved = written.filter(is_machine=True).update(
        is_machine=False, approved_at=moment, approved_by=user, state=State.CURRENT, rests_on=None
    )
    if approved < len(rows):
        written.exclude(state=State.CURRENT).update(
            state=State.CURRENT, rests_on=None, translated_at=moment, translated_by=user
        )
    release(rows[0].kind, [record.pk])
    notes.renew(type(record), [record.pk])
    note_history(user, record, [in_language(row.field, row.language) for row in rows])


def locked_records(rows):
    """The records of these rows by kind and key; nobody else changes them until the transaction is over."""
    keys = {}
    for row in rows:
        keys.setdefault(row.kind, set()).add(row.record)
    return {
        (kind, record.pk): record
        for kind in sorted(keys)
        for record in desk_kinds()[kind]
        .model._base_manager.select_for_update()
        .filter(pk__in=keys[kind])
        .order_by("pk")
    }


def conflict_of(row, records, seen):
    """The text of a row as a Conflict, if it or its original is not what the person has seen; else None."""
    record = records[row.kind, row.record]
    original, theirs = (
        text_in(record, row.field, record.original_language),
        text_in(record, row.field, row.language),
    )
    if seen is None or seen.get(row.pk) == (digest(original), digest(theirs)):
        return None
    return Conflict(row.field, original, theirs, theirs)


def text_in(record, field, language):
    return getattr(record, in_language(field, language)) or ""


# Writing


def save_texts(record, language, texts, user, seen=None, machine=False):
    """Write texts of a record in one language: {"summary": "…"}; those that could not be written, as Conflicts.

    `seen` are the digests of original and translation that the author saw, by field. Where one of them has changed,
    nothing at all is written, unless the others wrote the same. Nothing is said about texts that stay as they are:
    see `confirm`. A machine may write for nobody (`user` is None).

    Raises PermissionDenied for a language that is not the person's, or that is the original of the record, and
    ValidationError, by field, for a text that is too long or cannot be stored.
    """
    if user or not machine:
        require_languages(user, {language})
    with transaction.atomic():
        record = type(record)._base_manager.select_for_update().get(pk=record.pk)
        if language == record.original_language:
            raise PermissionDenied(_("The original is not changed here, but in the form of the entry."))
        texts = cleaned(record, language, texts)
        changed = {field: text for field, text in texts.items() if text != text_in(record, field, language)}
        if conflicts := conflicts_with(record, language, changed, seen):
            return conflicts
        if changed:
            write(
                record, {in_language(field, language): text for field, text in changed.items()}, user, machine
            )
    return []


def cleaned(record, language, texts):
    """The texts as the database would hold them; ValidationError says by field what is wrong."""
    clean_texts, errors = {}, {}
    for field, text in texts.items():
        if field not in desk_kinds()[record._meta.label_lower].field_names:
            raise ValidationError({field: _("There is no such text.")})
        column = record._meta.get_field(in_language(field, language))
        text = (text or "").replace("\r\n", "\n").strip()
        try:
            ProhibitNullCharactersValidator()(text)
            clean_texts[field] = column.clean(text, record) or "" if text else ""
        except ValidationError as error:
            errors[field] = error
    if errors:
        raise ValidationError(errors)
    return clean_texts


def conflicts_with(record, language, texts, seen):
    """Those of the texts whose original or translation is not what their author has seen."""
    conflicts = []
    for field, ours in texts.items():
        original = text_in(record, field, record.original_language)
        theirs = text_in(record, field, language)
        if seen is not None and seen.get(field) != (digest(original), digest(theirs)):
            conflicts.append(Conflict(field, original, theirs, ours))
    return conflicts


def write(record, columns, user, machine):
    for column, text in columns.items():
        setattr(record, column, text or None)
    record.edit = Edit(user, machine=machine)
    changed = {"updated_at"} & {field.name for field in record._meta.fields}
    record.save(update_fields=[*columns, *changed])
    if user:
        note_history(user, record, columns)


def note_history(user, record, columns):
    """Write into the history of an entry which of its texts, or of those of its part, a person has changed."""
    labels = [str(record._meta.get_field(column).verbose_name) for column in columns]
    change = {"fields": labels}
    entry = record
    if record.part_of:
        entry = getattr(record, record.part_of)
        change |= {"name": str(record._meta.verbose_name), "object": str(record)}
    LogEntry.objects.log_actions(user.pk, [entry], CHANGE, [{"changed": change}], single_object=True)
