"""How the states of translations follow what people write: whenever a record is saved or deleted."""

from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple

from django.db import DEFAULT_DB_ALIAS
from django.db.models.signals import post_delete, post_save, pre_save
from django.utils import timezone

from publishing import backfill, notes
from publishing.fields import RichTextField
from publishing.kinds import desk_kinds, entry_of, parts_of
from publishing.languages import LANGUAGES, in_language, translated_fields
from publishing.models import Edit, FormerOriginal, Reading, Translated, Translation
from publishing.text import clean

State = Translation.State
BATCH = 500


def listen():
    """Follow every record with translated texts."""
    for kind in desk_kinds().values():
        pre_save.connect(remember_former, sender=kind.model, dispatch_uid="publishing.following")
        post_save.connect(follow_save, sender=kind.model, dispatch_uid="publishing.following")
        post_delete.connect(follow_deletion, sender=kind.model, dispatch_uid="publishing.following")


def texts_of(record):
    """All texts of a record as the database holds them: {"summary": {"en": "…", "fr": ""}, …}."""
    texts = {}
    for name in translated_fields(type(record)):
        is_rich = isinstance(record._meta.get_field(name), RichTextField)
        written = {language: getattr(record, in_language(name, language)) or "" for language in LANGUAGES}
        texts[name] = {language: clean(text) if is_rich else text for language, text in written.items()}
    return texts


class Change(NamedTuple):
    """A record that has been saved, with what it was like before; None for a new one."""

    record: Translated
    former: dict | None
    former_language: str
    texts: dict
    edit: Edit

    @property
    def is_new(self):
        return self.former is None

    @property
    def is_one(self):
        """Whether anything has changed that matters here."""
        return self.is_new or self.has_moved or self.former != self.texts

    @property
    def has_moved(self):
        """Whether another language has become the original."""
        return not self.is_new and self.former_language != self.record.original_language

    def original(self, field):
        """The original of a field as it is now."""
        return self.texts[field][self.record.original_language]

    def has_changed(self, field, language):
        return self.is_new or self.former[field][language] != self.texts[field][language]

    def outdates(self, field):
        """Whether the translations of a field are older than its original now, unless they changed as well."""
        if self.is_new or self.has_moved or self.edit.minor:
            return False
        original = self.record.original_language
        # What had no original until now has not been made from another one.
        return bool(self.former[field][original]) and self.has_changed(field, original)


# Changes that are written down together at the end of `together`.
collected = ContextVar("collected", default=None)


@contextmanager
def together():
    """Saves inside write their states at the end, all at once: for imports, which save thousands of records."""
    changes = {}
    token = collected.set(changes)
    try:
        yield
    finally:
        collected.reset(token)
    write_collected(changes)


def write_collected(changes):
    by_model = {}
    for change in changes.values():
        by_model.setdefault(type(change.record), []).append(change)
    refresh([model for model, of_model in by_model.items() if any(change.is_new for change in of_model)])
    for model, of_model in by_model.items():
        old = [change._replace(texts=texts_of(change.record)) for change in of_model if not change.is_new]
        changed = [change for change in old if change.is_one]
        for start in range(0, len(changed), BATCH):
            follow(model, changed[start : start + BATCH])


def refresh(models=None):
    """Give states to records that have none, and take away those that belong to nothing: of these models, or of all.

    For what was not written by saving records, as an import does with new ones. Twice does no more than once.
    """
    for kind in desk_kinds().values():
        if models is None or kind.model in models:
            fields = translated_fields(kind.model)
            owner = {"entry_kind": kind.owner, "entry": f"{kind.model.part_of}_id"} if kind.owner else {}
            backfill.clear(kind.model, fields, DEFAULT_DB_ALIAS)
            backfill.fill(
                kind.model, fields, DEFAULT_DB_ALIAS, complete_without=kind.model.complete_without, **owner
            )
            notes.renew_all(kind.model)


def remember_former(sender, instance, raw=False, using=DEFAULT_DB_ALIAS, update_fields=None, **kwargs):
    """Before a record is saved: note what the database holds. Nobody else changes the record until the save is over."""
    instance.former_texts = None
    if raw or instance._state.adding or not touches_texts(sender, update_fields):
        return
    names = translated_fields(sender)
    columns = [in_language(name, language) for name in names for language in LANGUAGES]
    row = (
        sender._base_manager.using(using)
        .select_for_update()
        .filter(pk=instance.pk)
        .values("original_language", "notes", *columns)
        .first()
    )
    if row:
        instance.notes = row["notes"]
        instance.former_texts = (
            row["original_language"],
            {
                name: {language: row[in_language(name, language)] or "" for language in LANGUAGES}
                for name in names
            },
        )


def touches_texts(model, update_fields):
    """Whether saving these fields can change a text; None means all fields."""
    if update_fields is None:
        return True
    names = translated_fields(model)
    texts = {in_language(name, language) for name in names for language in LANGUAGES}
    return bool({"original_language", *texts, *names} & set(update_fields))


def follow_save(sender, instance, created, raw=False, update_fields=None, **kwargs):
    """After a record is saved: write down the states of its translations."""
    if raw or not (created or instance.former_texts):
        return
    language, former = (None, None) if created else instance.former_texts
    texts = texts_of(instance)
    if former and update_fields is not None:
        texts = only_saved(texts, former, update_fields)
    change = Change(instance, former, language, texts, instance.edit)
    changes = collected.get()
    if changes is not None:
        changes.setdefault((sender, instance.pk), change)
    elif change.is_one:
        follow(sender, [change])


def only_saved(texts, former, columns):
    """The texts that the database holds when only these columns have been saved."""
    return {
        field: {
            language: text if in_language(field, language) in columns else former[field][language]
            for language, text in of_field.items()
        }
        for field, of_field in texts.items()
    }


def follow_deletion(sender, instance, **kwargs):
    """After a record is deleted: so are the states of its translations, and how often it was read."""
    of_record = {"kind": sender._meta.label_lower, "record": instance.pk}
    Translation.objects.filter(**of_record).delete()
    FormerOriginal.objects.filter(**of_record).delete()
    Reading.objects.filter(**of_record).delete()


def follow(model, changes):
    """Write the states that follow from changes of records of a model, with a constant number of queries."""
    Following(model, changes).write()
    for change in changes:
        if change.has_moved:
            move_parts(change.record)


def move_parts(record):
    """Let the parts of a record have its original language."""
    for kind in parts_of(record._meta.label_lower):
        parts = kind.model._base_manager.filter(**{kind.model.part_of: record})
        for part in parts.exclude(original_language=record.original_language):
            part.original_language = record.original_language
            part.save()


class Following:
    """How the states of some records of one model follow their changes."""

    def __init__(self, model, changes):
        self.model = model
        self.kind = model._meta.label_lower
        self.changes = changes
        self.keys = [change.record.pk for change in changes]
        self.moment = timezone.now()
        self.rows = []  # to write
        self.gone = []  # to delete
        self.former = {}  # what was original before: (record, field) → FormerOriginal
        self.releases = False  # whether something rests on a former original no more
        self.has_notes = False  # whether readers have, or had, to be told of a text

    def write(self):
        known = self.known_rows()
        for change in self.changes:
            for field, language in self.texts_to_follow(change):
                if row := known.pop((change.record.pk, field, language), None):
                    self.follow(change, row)
                else:
                    self.begin(change, field, language)
        self.gone += known.values()
        self.store()

    def known_rows(self):
        """The rows that there are, by record, field and language."""
        old = [change.record.pk for change in self.changes if not change.is_new]
        if not old:
            return {}
        rows = Translation.objects.filter(kind=self.kind, record__in=old).select_related("rests_on")
        return {(row.record, row.field, row.language): row for row in rows}

    def texts_to_follow(self, change):
        """The field and language of each text that has a state."""
        original = change.record.original_language
        for field, texts in change.texts.items():
            for language in LANGUAGES if texts[original] else ():
                needless = not texts[language] and field in self.model.complete_without
                if language != original and not needless:
                    yield field, language

    def begin(self, change, field, language):
        """Give a text a state that had none."""
        entry_kind, entry = entry_of(change.record)
        row = Translation(
            kind=self.kind,
            record=change.record.pk,
            field=field,
            language=language,
            entry_kind=entry_kind,
            entry=entry,
            original_changed_at=self.moment,
        )
        if (
            change.texts[field][language]
            and change.outdates(field)
            and not change.has_changed(field, language)
        ):
            self.outdate(change, row)
        else:
            row.become_written(change.texts[field][language], change.edit, self.moment)
        self.keep(row)

    def follow(self, change, row):
        """Let a state follow the change of its original, or of the text itself."""
        before = row.standing()
        self.has_notes |= row.needs_note
        outdates = change.outdates(row.field)
        if outdates:
            row.original_changed_at = self.moment
        if change.has_changed(row.field, row.language):
            row.become_written(change.texts[row.field][row.language], change.edit, self.moment)
        elif change.has_moved:
            row.rests_on = None
        elif row.rests_on and row.rests_on.text == change.original(row.field):
            row.become_valid_again()
        elif outdates and row.state != State.MISSING:
            self.outdate(change, row)
        if row.standing() != before:
            self.keep(row)
        self.releases |= before[-1] not in (None, row.rests_on_id)

    def keep(self, row):
        self.has_notes |= row.needs_note
        self.rows.append(row)

    def outdate(self, change, row):
        """The original is another than the text rests upon."""
        row.become_outdated(row.rests_on or self.former_original(change, row.field))

    def former_original(self, change, field):
        place = change.record.pk, field
        if place not in self.former:
            self.former[place] = FormerOriginal(
                kind=self.kind,
                record=change.record.pk,
                field=field,
                text=change.former[field][change.record.original_language],
                changed_at=self.moment,
            )
        return self.former[place]

    def store(self):
        FormerOriginal.objects.bulk_create(self.former.values())
        for row in self.rows:
            row.rests_on = row.rests_on  # which has its key only now
        write_rows(self.rows)
        if self.gone:
            self.has_notes |= any(row.needs_note for row in self.gone)
            self.releases |= any(row.rests_on_id for row in self.gone)
            Translation.objects.filter(pk__in=[row.pk for row in self.gone]).delete()
        if self.releases:
            release(self.kind, self.keys)
        if self.has_notes:
            written = notes.renew(self.model, self.keys)
            for change in self.changes:
                change.record.notes = written[change.record.pk]


PLACE = ["kind", "record", "field", "language"]
STANDING = [field.attname for field in Translation._meta.concrete_fields if field.name not in ["id", *PLACE]]


def write_rows(rows):
    """Write states, be they new or known, in one statement."""
    for row in rows:
        row.pk = None
    Translation.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=PLACE, update_fields=STANDING, batch_size=BATCH
    )


def release(kind, records):
    """Forget former originals on which no translation rests any more."""
    FormerOriginal.objects.filter(kind=kind, record__in=records, translations=None).delete()
