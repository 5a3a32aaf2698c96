"""Content as plain files: each app declares its files in `content.py`; reading and writing them is the same for all.

An entry of a file is compared and stored in one canonical form: a dict of plain values in which "", null and a missing
key are all None, dates are texts, and the order of lists that have none is alphabetical. The same form comes out of
the database, so that "has this changed?" is a comparison of two dicts, whoever asks.
"""

import csv
import hashlib
import json
import math
from collections import Counter
from datetime import UTC, date
from decimal import Decimal
from typing import NamedTuple

import yaml
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import DatabaseError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from publishing import text
from publishing.fields import RichTextField
from publishing.languages import LANGUAGES, in_language
from publishing.models import ImportedEntry, Publishable


class ContentError(NamedTuple):
    """What is wrong, and where: file, record and field."""

    file: str
    record: str
    field: str
    message: str

    def __str__(self):
        return " · ".join(filter(None, [self.file, self.record, self.field])) + f": {self.message}"


class ContentInvalid(Exception):
    """The files hold errors: all of them, in `errors`. Nothing was imported."""

    def __init__(self, errors):
        super().__init__(f"{len(errors)} errors")
        self.errors = errors


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
        if not self.field(type(record)).blank and "en" not in (value or {}):
            raise ValidationError(_("The English text is missing."))
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
        if self.bare():
            rows = [self.fields.dump(row) for row in getattr(record, self.column).all()]
        else:
            rows = [{f.name: f.dump(row) for f in self.fields} for row in getattr(record, self.column).all()]
        if not self.ordered:
            rows.sort(key=as_json)
        return rows or None

    def load(self, record, value, lookup):
        if record.pk:
            getattr(record, self.column).all().delete()
        with Collecting() as errors:
            for position, values in enumerate(value or []):
                with errors.of(str(position)):
                    self.load_row(record, position, values, lookup)

    def load_row(self, record, position, values, lookup):
        owner = self.field(type(record)).field.name
        row = self.rows_model(type(record))(**{owner: record})
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


class naming:
    """Whatever is wrong inside belongs to the field of this name."""

    def __init__(self, name):
        self.name = name

    def __enter__(self):
        return self

    def __exit__(self, kind, error, traceback):
        if isinstance(error, ValidationError):
            raise ValidationError(
                {named(self.name, field): messages for field, messages in by_field(error).items()}
            ) from error


def named(name, field):
    """The name of a field inside another one: "sources.0.url"."""
    return ".".join(filter(None, [name, "" if field == NON_FIELD_ERRORS else field])) or NON_FIELD_ERRORS


class Collecting:
    """Several things that can be wrong, each within `of(name)`: all are raised together at the end."""

    def __init__(self):
        self.found = {}

    @property
    def names(self):
        """The fields in which something is wrong."""
        return {name.split(".")[0] for name in self.found}

    def of(self, name):
        return Collected(self, name)

    def __enter__(self):
        return self

    def __exit__(self, kind, error, traceback):
        if error is None and self.found:
            raise ValidationError(self.found)


class Collected(naming):
    def __init__(self, collecting, name):
        super().__init__(name)
        self.collecting = collecting

    def __exit__(self, kind, error, traceback):
        if not isinstance(error, ValidationError):
            return False
        for field, messages in by_field(error).items():
            self.collecting.found.setdefault(named(self.name, field), []).extend(messages)
        return True


def check(record, fields, owner=None, without=()):
    """Validate a record; what is wrong is named as the files name it. The fields in `without` are known to be wrong.

    A row belongs to its owner, which is not looked at: it may be so wrong that it could not be saved.
    """
    names = {}
    for field in fields:
        names[field.column] = field.name
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


def text_from(value):
    """A single value of a file as text; ValidationError if it is none."""
    if isinstance(value, (dict, list)):
        raise ValidationError(_("A single value is expected."))
    if isinstance(value, bool):
        raise ValidationError(_("A text is expected: put the word in quotation marks."))
    written = str(value)
    if "\0" in written:
        raise ValidationError(_("The text holds a character that no text can hold."))
    return written


def by_field(error):
    """The messages of a ValidationError by field, "" for none."""
    return error.message_dict if hasattr(error, "error_dict") else {"": error.messages}


def plain(value):
    """A value as a file holds it: no "", no Decimal, times in ISO 8601."""
    if value is None or value == "":
        return None
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return str(value) if isinstance(value, models.Choices) else value


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


def as_json(value):
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def digest(entry):
    return hashlib.sha256(as_json(entry).encode()).hexdigest()


SOURCES = Rows("sources", [Column("title"), Column("publisher"), Column("url"), Column("date")])

# Keys that a file has only where the usual (published at once) does not hold.
PUBLICATION = [Status("status", optional=True), PublicFrom("published_at", optional=True)]


class ContentFile:
    """A file of entries, one for each record of a model. `fields` says what an entry holds, in the file's order.

    The kinds of file below know how to `read(folder)`, which yields (key, raw entry) for each entry, and how to
    `write(folder, entries)`, entries being a dict by key. The key names an entry in messages and references.
    """

    name = ""
    model = None
    key = "slug"
    fields = []
    # Relations that `dump` reads, fetched beforehand.
    prefetch = []

    def all_fields(self):
        return [*self.fields, *(PUBLICATION if issubclass(self.model, Publishable) else [])]

    def key_of(self, raw):
        return str(raw.get(self.key) or "") if isinstance(raw, dict) else ""

    def canonical(self, raw):
        """The canonical form of an entry, and what is wrong in it by field."""
        return canonical_entry(self.all_fields(), raw, self.model)

    def records(self):
        """The records of the model, with what `dump` needs."""
        own = [field.column for field in self.fields if isinstance(field, Reference)]
        related = [field.column for field in self.fields if field.relation]
        return self.model._base_manager.select_related(*own).prefetch_related(*related, *self.prefetch)

    def record_key(self, record):
        return getattr(record, self.key)

    def dump(self, record):
        """The canonical form of a record."""
        return {field.name: field.dump(record) for field in self.all_fields()}

    def new_record(self, key):
        """A record for an entry that has none yet."""
        return self.model()

    def load(self, record, entry, lookup, wrong=()):
        """Write an entry's own columns into its record; the relations follow when all records are there.

        ValidationError names all that is wrong but the fields in `wrong`, of which that is known.
        """
        own = [field for field in self.all_fields() if not field.relation]
        with Collecting() as errors:
            for field in own:
                if field.name not in wrong:
                    with errors.of(field.name):
                        field.load(record, entry[field.name], lookup)
            with errors.of(""):
                check(record, own, without={*wrong, *errors.names})

    def load_relations(self, record, entry, lookup, wrong=()):
        with Collecting() as errors:
            for field in self.all_fields():
                if field.relation and field.name not in wrong:
                    with errors.of(field.name):
                        field.load(record, entry[field.name], lookup)

    def written(self, entry):
        """An entry as it is written: without the optional keys that have no value."""
        return {
            f.name: entry[f.name] for f in self.all_fields() if not f.optional or entry[f.name] is not None
        }

    def counts(self, entries):
        """What the import reports about the file: (what, number), …"""
        return [(str(self.model._meta.verbose_name_plural), len(entries))]


class YamlFile(ContentFile):
    """A file that is a list of entries."""

    def read(self, folder):
        entries = read_yaml(folder / self.name, self.name)
        if not isinstance(entries, list):
            raise ContentInvalid([ContentError(self.name, "", "", _("A list of entries is expected."))])
        for entry in entries:
            yield self.key_of(entry), entry

    def write(self, folder, entries):
        write_yaml(folder / self.name, [self.written(entries[key]) for key in sorted(entries)])


class YamlFolder(ContentFile):
    """A folder with a file for each entry, named like its record."""

    def read(self, folder):
        if not (folder / self.name).is_dir():
            raise ContentInvalid([ContentError(self.name, "", "", _("There is no such folder."))])
        for path in sorted((folder / self.name).glob("*.yaml")):
            try:
                yield path.stem, read_yaml(path, f"{self.name}/{path.name}")
            except ContentInvalid as invalid:
                yield path.stem, invalid

    def write(self, folder, entries):
        (folder / self.name).mkdir(exist_ok=True)
        for path in (folder / self.name).glob("*.yaml"):
            if path.stem not in entries:
                path.unlink()  # its record is gone
        for key in sorted(entries):
            write_yaml(folder / self.name / f"{key}.yaml", self.written(entries[key]))


class CsvFile(ContentFile):
    """A table with a row for each entry."""

    def read(self, folder):
        for row in read_csv(folder / self.name, self.name, [field.name for field in self.all_fields()]):
            yield self.key_of(row), row

    def write(self, folder, entries):
        used = [
            field
            for field in self.all_fields()
            if not field.relation
            and (not field.optional or any(entry[field.name] for entry in entries.values()))
        ]
        rows = ([cell(entries[key][field.name]) for field in used] for key in sorted(entries))
        write_csv(folder / self.name, [field.name for field in used], rows)


def cell(value):
    """A value as a table holds it."""
    if value is None:
        return ""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value


class Loader(yaml.CSafeLoader):
    """YAML in which a key that stands twice is an error, not the loss of one of the two."""

    def construct_mapping(self, node, deep=False):
        keys = [key.value for key, _value in node.value if isinstance(key, yaml.ScalarNode)]
        if twice := [key for key, number in Counter(keys).items() if number > 1]:
            raise yaml.constructor.ConstructorError(
                None, None, _("“%s” stands there twice") % twice[0], node.start_mark
            )
        return super().construct_mapping(node, deep)


def unreadable(name, error):
    reason = " ".join(str(error).split())
    return ContentInvalid([ContentError(name, "", "", _("Cannot be read: %s") % reason)])


def read_yaml(path, name):
    try:
        with path.open(encoding="utf-8-sig") as file:
            return yaml.load(file, Loader)  # noqa: S506 - a safe loader
    except (OSError, ValueError, RecursionError, yaml.YAMLError) as error:
        raise unreadable(name, error) from error


def write_yaml(path, value):
    with path.open("w", encoding="utf-8") as file:
        yaml.dump(value, file, yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=1_000_000)


def read_csv(path, name, columns):
    """The rows of a table as dicts. Its header may name the columns in any order, and leave some out."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            table = csv.DictReader(file, strict=True)
            header = table.fieldnames or []
            rows = list(table)
    except (OSError, ValueError, csv.Error) as error:
        raise unreadable(name, error) from error
    errors = [
        ContentError(name, "", column, _("There is no such column."))
        for column in header
        if column not in columns
    ]
    if not header:
        errors = [ContentError(name, "", "", _("The first line must name the columns."))]
    if len(set(header)) < len(header):
        errors.append(ContentError(name, "", "", _("The first line names a column twice.")))
    if errors:
        raise ContentInvalid(errors)
    return rows


def write_csv(path, header, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


class Report(NamedTuple):
    """What an import did."""

    counts: list  # of (what, number) over all files, as the files hold them
    created: int
    changed: int
    left_alone: list  # of ContentError: what editors have changed since the last import


class Importer:
    """One import of a folder: reads all files, checks all entries, and writes all of them or nothing."""

    def __init__(self, files, folder, overwrite=False, progress=lambda file, done, total: None):
        self.files = files
        self.folder = folder
        self.overwrite = overwrite
        self.progress = progress
        self.errors = []
        self.left_alone = []
        self.wrong = {}  # (file, key) → the fields of the entry in which something is wrong
        self.lookup = Lookup()

    def run(self, dry_run=False):
        """Import the folder and report it; ContentInvalid holds every error. A dry run changes nothing."""
        entries = {file: self.entries(file) for file in self.files}
        if self.errors and not any(entries.values()):
            raise ContentInvalid(self.errors)
        created = changed = 0
        with transaction.atomic():
            written = []
            for file in self.files:
                for key, record, is_new in self.load(file, entries[file]):
                    written.append((file, key, record, entries[file][key]))
                    created += is_new
                    changed += not is_new
            for file, key, record, entry in written:
                with self.noting(file, key):
                    file.load_relations(record, entry, self.lookup, self.wrong.get((file, key), ()))
            if self.errors:
                raise ContentInvalid(self.errors)
            self.remember(entries)
            transaction.set_rollback(dry_run)
        counts = [count for file in self.files for count in file.counts(entries[file])]
        return Report(counts, created, changed, self.left_alone)

    def entries(self, file):
        """The canonical entries of a file by key."""
        entries = {}
        try:
            for number, (key, raw) in enumerate(file.read(self.folder), start=1):
                if isinstance(raw, ContentInvalid):
                    self.errors.extend(raw.errors)
                    self.lookup.broken.add((file.model, key))
                elif key and not isinstance(raw, dict):
                    self.note(file, key, {"": [_("A list of keys with their values is expected.")]})
                    self.lookup.broken.add((file.model, key))
                elif not key:
                    self.note(file, f"#{number}", {file.key: [_("An entry needs a name of its own here.")]})
                elif key in entries:
                    self.note(file, key, {file.key: [_("This entry occurs twice.")]})
                else:
                    entries[key], wrong = file.canonical(raw)
                    self.wrong[file, key] = {name.split(".")[0] for name in wrong}
                    self.note(file, key, wrong)
        except ContentInvalid as invalid:
            self.errors.extend(invalid.errors)
            self.lookup.unreadable.add(file.model)
        return entries

    def load(self, file, entries):
        """Write what is new or changed; yield (key, record, is new) for each."""
        imported = dict(ImportedEntry.objects.filter(file=file.name).values_list("key", "digest"))
        existing = {file.record_key(record): record for record in file.records()}
        for done, (key, entry) in enumerate(entries.items(), start=1):
            self.progress(file.name, done, len(entries))
            record = existing.get(key)
            wrong = self.wrong[file, key]
            if record and (current := file.dump(record)) == entry and not wrong:
                continue
            if not self.overwrite and (problem := self.touched(key, record and digest(current), imported)):
                self.left_alone.append(ContentError(file.name, key, "", problem))
                continue
            is_new = record is None
            record = record or file.new_record(key)
            with self.noting(file, key):
                file.load(record, entry, self.lookup, wrong)
            if not self.save(record):
                self.lookup.broken.add((file.model, key))
            elif hasattr(record, file.key):
                self.lookup.add(file.model, file.key, key, record.pk)
            yield key, record, is_new

    def save(self, record):
        """Save a record; whether that was possible. Once there is an error, saving serves to find the others."""
        if not self.errors:
            record.save()
            return True
        try:
            with transaction.atomic():
                record.save()
        except DatabaseError:
            return False
        return True

    def touched(self, key, current, imported):
        """What an editor did to a record since the last import, in words; nothing if nobody did anything."""
        if current is None:
            return _("deleted by an editor, so not imported again") if key in imported else None
        return None if imported.get(key) == current else _("changed by an editor, so not imported over")

    def remember(self, entries):
        """Note what each entry is like in the database now, for `touched` at the next import."""
        left = {(error.file, error.record) for error in self.left_alone}
        for file in self.files:
            ImportedEntry.objects.bulk_create(
                [
                    ImportedEntry(file=file.name, key=key, digest=digest(entry))
                    for key, entry in entries[file].items()
                    if (file.name, key) not in left
                ],
                update_conflicts=True,
                unique_fields=["file", "key"],
                update_fields=["digest"],
                batch_size=500,
            )

    def note(self, file, key, wrong):
        """Note what is wrong in an entry, given by field."""
        for field, messages in wrong.items():
            field = "" if field == NON_FIELD_ERRORS else field
            self.errors.extend(ContentError(file.name, key, field, str(message)) for message in messages)

    def noting(self, file, key):
        return Noting(self, file, key)


class Noting:
    """Errors inside are noted with their place; the import goes on to find the others."""

    def __init__(self, importer, file, key):
        self.importer = importer
        self.file = file
        self.key = key

    def __enter__(self):
        return self

    def __exit__(self, kind, error, traceback):
        if not isinstance(error, ValidationError):
            return False
        self.importer.note(self.file, self.key, by_field(error))
        return True


def export(files, folder, progress=lambda file, done, total: None):
    """Write every record into the folder, in a stable order; the counts as the import reports them."""
    folder.mkdir(parents=True, exist_ok=True)
    counts = []
    for file in files:
        entries = {file.record_key(record): file.dump(record) for record in file.records()}
        file.write(folder, entries)
        progress(file.name, len(entries), len(entries))
        counts.extend(file.counts(entries))
    return counts
