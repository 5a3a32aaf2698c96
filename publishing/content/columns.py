"""What an entry of a content file consists of: columns, texts, references, rows of its own."""

import math
from collections import Counter
from datetime import UTC, date
from decimal import Decimal

from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from publishing import text
from publishing.content.errors import Collecting, by_field, naming
from publishing.content.values import as_json, plain, text_from
from publishing.fields import RichTextField
from publishing.languages import LANGUAGES, in_language
from publishing.models import Publishable, Source
from publishing.models import Translated as TranslatedRecord


class Lookup:
    """Records by the names that files use for them, read from the database once an import."""

    def __init__(self):
        self.known = {}
        self.broken = set()  # (model, key) of entries in which something is wrong
        self.unreadable = set()  # models whose files cannot be read

    def keys(self, model, by):
        if (model, by) not in self.known:
            self.known[model, by] = dict(model._base_manager.values_list(by, "pk"))
        return self.known[model, by]

    def find(self, model, by, key):
        """The primary key of the record, or None for one that is broken itself; ValidationError for no record."""
        if key in self.keys(model, by):
            return self.keys(model, by)[key]
        if self.is_broken(model, key):
            return None
        raise ValidationError(
            _("“%(key)s” refers to nothing: there is no %(kind)s of this name."),
            params={"key": key, "kind": model._meta.verbose_name},
        )

    def is_broken(self, model, key):
        """Whether the files name the record, but it cannot be read from them; the error is known then."""
        return (model, key) in self.broken or model in self.unreadable

    def add(self, model, by, key, pk):
        self.keys(model, by)[key] = pk


class Column:
    """A value that is one column of the record's own table."""

    relation = False
    # Further columns that are filled from it; what is wrong with them is wrong with it.
    derived = []

    def __init__(self, name, column=None, optional=False):
        self.name = name
        self.column = column or name
        # An optional key is written only where it has a value.
        self.optional = optional

    def field(self, model):
        return model._meta.get_field(self.column)

    def canonical(self, value, model):
        """The canonical form of a value from a file; ValidationError if it has none."""
        field = self.field(model)
        if value is None or value in ("", []):
            return plain(field.get_default()) if field.has_default() else None
        if isinstance(field, models.BooleanField):
            if value not in (True, False, "yes", "no"):
                raise ValidationError(_("“yes” or “no” is expected."))
            return value in (True, "yes")
        value = self.to_python(field, value)
        if isinstance(value, (float, Decimal)) and not math.isfinite(value):
            raise ValidationError(_("A number is expected."))
        field.validate(value, None)
        field.run_validators(value)
        return plain(value)

    @staticmethod
    def to_python(field, value):
        """The value as the field holds it; numbers exactly as they are written, so that none is rounded."""
        return field.to_python(value if isinstance(value, date) else text_from(value))

    def dump(self, record):
        return plain(getattr(record, self.column))

    def load(self, record, value, lookup):
        field = self.field(type(record))
        if value is None:
            value = "" if isinstance(field, (models.CharField, models.TextField)) else None
        elif not isinstance(field, models.BooleanField):
            value = self.to_python(field, value)
        setattr(record, self.column, value)


class Status(Column):
    """The state of publication. An entry that says nothing is published."""

    def canonical(self, value, model):
        value = super().canonical(value or Publishable.Status.PUBLISHED, model)
        return None if value == Publishable.Status.PUBLISHED else value

    def dump(self, record):
        return None if record.status == Publishable.Status.PUBLISHED else record.status

    def load(self, record, value, lookup):
        record.status = value or Publishable.Status.PUBLISHED


class OriginalLanguage(Column):
    """The language from which the texts are translated. An entry that says nothing is written in English first."""

    def canonical(self, value, model):
        value = super().canonical(value, model)
        return None if value == settings.LANGUAGE_CODE else value

    def dump(self, record):
        return None if record.original_language == settings.LANGUAGE_CODE else record.original_language

    def load(self, record, value, lookup):
        record.original_language = value or settings.LANGUAGE_CODE


ORIGINAL_LANGUAGE = OriginalLanguage("original_language", optional=True)


class PublicFrom(Column):
    """The date from which an entry is public, as long as it lies in the future."""

    def canonical(self, value, model):
        if value is None or value == "":
            return None
        moment = self.to_python(self.field(model), value)
        if timezone.is_naive(moment):
            raise ValidationError(_("A time with its offset is expected: 2021-10-21T10:00:00+02:00."))
        return self.future(moment)

    def dump(self, record):
        return self.future(record.published_at) if record.published_at else None

    @staticmethod
    def future(moment):
        return moment.astimezone(UTC).isoformat() if moment > timezone.now() else None

    def load(self, record, value, lookup):
        if value or self.dump(record):
            record.published_at = self.to_python(self.field(type(record)), value) if value else None


class Lines(Column):
    """A list of plain texts, stored one in each line."""

    def canonical(self, value, model):
        if value and not isinstance(value, list):
            raise ValidationError(_("A list is expected."))
        lines = [text_from(line) for line in value or []]
        if any(line.strip().splitlines() != [line] for line in lines):
            raise ValidationError(_("Each text of the list fits on one line."))
        return lines or None

    def dump(self, record):
        return getattr(record, self.column).splitlines() or None

    def load(self, record, value, lookup):
        setattr(record, self.column, "\n".join(value or []))


class Translated(Column):
    """A text in several languages: {"en": …, "pl": …}; a language that is missing stays missing."""

    def is_rich(self, model):
        return isinstance(self.field(model), RichTextField)

    def canonical(self, value, model):
        if value is None or value == "":
            return None
        if not isinstance(value, dict):
            raise ValidationError(_("A text for each language is expected."))
        if unknown := [str(language) for language in value if language not in LANGUAGES]:
            raise ValidationError(
                _("“%(languages)s” is none of the languages %(known)s."),
                params={"languages": ", ".join(unknown), "known": ", ".join(LANGUAGES)},
            )
        texts = {}
        for language in LANGUAGES:
            with naming(language):
                written = text_from(value.get(language) or "")
            if self.is_rich(model):
                written = text.to_plain(text.clean(written))
            if written.strip():
                texts[language] = written
        return texts or None

    def dump(self, record):
        rich = self.is_rich(type(record))
        texts = {}
        for language in LANGUAGES:
            if value := getattr(record, in_language(self.column, language)):
                texts[language] = text.to_plain(value) if rich else value
        return texts or None

    def load(self, record, value, lookup):
        if not self.field(type(record)).blank and record.original_language not in (value or {}):
            raise ValidationError(_("The text in the original language is missing."))
        for language in LANGUAGES:
            setattr(record, in_language(self.column, language), (value or {}).get(language))


class Reference(Column):
    """Another record, by its slug or code."""

    def __init__(self, name, column=None, by="slug", optional=False):
        super().__init__(name, column, optional)
        self.by = by

    def canonical(self, value, model):
        return text_from(value) if value not in (None, "") else None

    def dump(self, record):
        other = getattr(record, self.column)
        return getattr(other, self.by) if other else None

    def load(self, record, value, lookup):
        other = self.field(type(record)).related_model
        setattr(record, f"{self.column}_id", None)
        if value:
            found = lookup.find(other, self.by, value)
            setattr(record, f"{self.column}_id", found)
            if found is None:
                record.unresolved = {*getattr(record, "unresolved", ()), self.name}


class References(Column):
    """Several other records by their slugs; their order means nothing."""

    relation = True

    def canonical(self, value, model):
        if value and not isinstance(value, list):
            raise ValidationError(_("A list is expected."))
        found = sorted(map(text_from, value or []))
        if twice := [key for key, number in Counter(found).items() if number > 1]:
            raise ValidationError(_("“%(keys)s” is named twice."), params={"keys": ", ".join(twice)})
        return found or None

    def dump(self, record):
        return sorted(other.slug for other in getattr(record, self.column).all()) or None

    def load(self, record, value, lookup):
        model = self.field(type(record)).related_model
        keys = []
        with Collecting() as errors:
            for key in value or []:
                with errors.of(""):
                    keys.append(lookup.find(model, "slug", key))
        if record.pk:
            getattr(record, self.column).set([key for key in keys if key])


class Rows(Column):
    """Rows of another table that belong to the record alone, in their order: its sources, say.

    The rows are given as dicts of `fields`; a single field stands for a list of bare values.
    """

    relation = True

    def __init__(self, name, fields, column=None, optional=False, ordered=True):
        super().__init__(name, column, optional)
        self.fields = fields
        self.ordered = ordered

    def rows_model(self, model):
        return model._meta.get_field(self.column).related_model

    def bare(self):
        return not isinstance(self.fields, list)

    def canonical(self, value, model):
        if value and not isinstance(value, list):
            raise ValidationError(_("A list is expected."))
        rows_model = self.rows_model(model)
        rows = []
        with Collecting() as errors:
            for position, raw in enumerate(value or []):
                with errors.of(str(position)):
                    if self.bare():
                        rows.append(self.fields.canonical(raw, rows_model))
                    else:
                        row, wrong = canonical_entry(self.fields, raw, rows_model)
                        rows.append(row)
                        if wrong:
                            raise ValidationError(wrong)
        if not self.ordered:
            rows.sort(key=as_json)
        return rows or None

    def dump(self, record):
        rows = [self.dump_row(row) for row in getattr(record, self.column).all()]
        if not self.ordered:
            rows.sort(key=as_json)
        return rows or None

    def dump_row(self, row):
        return (
            self.fields.dump(row) if self.bare() else {field.name: field.dump(row) for field in self.fields}
        )

    def load(self, record, value, lookup):
        values = value or []
        rows = list(getattr(record, self.column).all()) if record.pk else []
        kept = self.kept_rows(record, rows, values)
        for row in rows:
            if row not in kept:
                row.delete()
        with Collecting() as errors:
            for position, (row, row_values) in enumerate(zip(kept, values, strict=True)):
                with errors.of(str(position)):
                    self.load_row(record, position, row_values, lookup, row)

    def kept_rows(self, record, rows, values):
        """The row that is to hold each of the values, or None for a new one.

        A row with texts goes on holding them, so that the states of their translations stay known, and a source keeps
        its place, since figures refer to it. Other rows are written anew.
        """
        model = self.rows_model(type(record))
        if not issubclass(model, (TranslatedRecord, Source)):
            return [None] * len(values)
        left, kept = list(rows), []
        for value in values:
            same = next((row for row in left if self.dump_row(row) == value), None)
            row = same if issubclass(model, TranslatedRecord) else None
            kept.append(row)
            left = [other for other in left if other is not row]
        return [row or (left.pop(0) if left else None) for row in kept]

    def load_row(self, record, position, values, lookup, row):
        owner = self.field(type(record)).field.name
        row = row or self.rows_model(type(record))(**{owner: record})
        if isinstance(row, TranslatedRecord):
            row.original_language = record.original_language
        if hasattr(row, "position"):
            row.position = position
        if self.bare():
            self.fields.load(row, values, lookup)
            check(row, [self.fields], owner)
        else:
            with Collecting() as errors:
                for field in self.fields:
                    with errors.of(field.name):
                        field.load(row, values[field.name], lookup)
                with errors.of(""):
                    check(row, self.fields, owner, without=errors.names)
        if record.pk and not hasattr(row, "unresolved"):
            row.save()


def check(record, fields, owner=None, without=()):
    """Validate a record; what is wrong is named as the files name it. The fields in `without` are known to be wrong.

    A row belongs to its owner, which is not looked at: it may be so wrong that it could not be saved.
    """
    names = {}
    for field in fields:
        names |= dict.fromkeys((field.column, *field.derived), field.name)
        if isinstance(field, Translated):
            names |= {in_language(field.column, code): f"{field.name}.{code}" for code in LANGUAGES}
    excluded = {column for column, name in names.items() if name.split(".")[0] in without}
    if owner and getattr(record, owner).pk is None:
        excluded.add(owner)
    # A translated field is checked in each of its languages.
    excluded |= {field.column for field in fields if isinstance(field, Translated)}
    # A reference to an entry that is broken itself is empty, and its error is known.
    excluded |= {field.column for field in fields if field.name in getattr(record, "unresolved", ())}
    try:
        record.full_clean(exclude=excluded)
    except ValidationError as error:
        raise ValidationError(
            {names.get(field, field): messages for field, messages in by_field(error).items()}
        ) from error


def canonical_entry(fields, raw, model):
    """The canonical form of an entry, and what is wrong in it: {field: messages}. A field that is wrong is None."""
    if not isinstance(raw, dict):
        return dict.fromkeys(field.name for field in fields), {
            NON_FIELD_ERRORS: [_("A list of keys with their values is expected.")]
        }
    errors = Collecting()
    entry = {}
    for field in fields:
        entry[field.name] = None
        with errors.of(field.name):
            entry[field.name] = field.canonical(raw.get(field.name), model)
    known = {field.name for field in fields}
    for name in raw:
        if name is None:
            errors.found[NON_FIELD_ERRORS] = [_("The row has more columns than the header.")]
        elif name not in known:
            errors.found[str(name)] = [_("There is no such field.")]
    return entry, errors.found


SOURCES = Rows("sources", [Column("title"), Column("publisher"), Column("url"), Column("date")])


# Keys that a file has only where the usual (published at once) does not hold.
PUBLICATION = [Status("status", optional=True), PublicFrom("published_at", optional=True)]
# A picture by its short name; only entries that have one say so.
PICTURE = Reference("picture", optional=True)
