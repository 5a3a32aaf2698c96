"""Content as plain files: each app declares its files in `content.py`; reading and writing them is the same for all.

An entry of a file is compared and stored in one canonical form: a dict of plain values in which "", null and a missing
key are all None, dates are texts, and the order of lists that have none is alphabetical. The same form comes out of
the database, so that "has this changed?" is a comparison of two dicts, whoever asks.
"""

import csv
import hashlib
import json
from collections import Counter
from decimal import Decimal
from typing import NamedTuple

import yaml
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models, transaction
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
        self.broken = set()

    def keys(self, model, by):
        if (model, by) not in self.known:
            self.known[model, by] = dict(model._base_manager.values_list(by, "pk"))
        return self.known[model, by]

    def find(self, model, by, key):
        """The primary key of the record, or None for one that is broken itself; ValidationError for no record."""
        if key in self.keys(model, by):
            return self.keys(model, by)[key]
        if (model, key) in self.broken:
            return None
        raise ValidationError(
            _("“%(key)s” refers to nothing: there is no %(kind)s of this name."),
            params={"key": key, "kind": model._meta.verbose_name},
        )

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
        if value is None or value == "" or value == []:
            return None
        field = self.field(model)
        if not isinstance(field, models.JSONField) and isinstance(value, (dict, list)):
            raise ValidationError(_("A single value is expected."))
        if isinstance(field, models.BooleanField) and value in ("yes", "no"):
            return value == "yes"
        return plain(self.to_python(field, value))

    @staticmethod
    def to_python(field, value):
        """The value as the field holds it; a decimal number exactly as it is written."""
        return field.to_python(str(value) if isinstance(field, models.DecimalField) else value)

    def dump(self, record):
        return plain(getattr(record, self.column))

    def load(self, record, value, lookup):
        field = self.field(type(record))
        empty = None if field.null else field.get_default() if field.has_default() else ""
        setattr(record, self.column, empty if value is None else self.to_python(field, value))


class Lines(Column):
    """A list of plain texts, stored one in each line."""

    def canonical(self, value, model):
        if value and not isinstance(value, list):
            raise ValidationError(_("A list is expected."))
        return [str(line) for line in value or []] or None

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
        texts = {language: str(value[language]) for language in LANGUAGES if value.get(language)}
        if self.is_rich(model):
            texts = {language: text.to_plain(text.clean(markup)) for language, markup in texts.items()}
        return texts or None

    def dump(self, record):
        rich = self.is_rich(type(record))
        texts = {}
        for language in LANGUAGES:
            if value := getattr(record, in_language(self.column, language)):
                texts[language] = text.to_plain(value) if rich else value
        return texts or None

    def load(self, record, value, lookup):
        for language in LANGUAGES:
            setattr(record, in_language(self.column, language), (value or {}).get(language))


class Reference(Column):
    """Another record, by its slug or code."""

    def __init__(self, name, column=None, by="slug", optional=False):
        super().__init__(name, column, optional)
        self.by = by

    def canonical(self, value, model):
        return str(value) if value not in (None, "") else None

    def dump(self, record):
        other = getattr(record, self.column)
        return getattr(other, self.by) if other else None

    def load(self, record, value, lookup):
        other = self.field(type(record)).related_model
        setattr(record, f"{self.column}_id", lookup.find(other, self.by, value) if value else None)


class References(Column):
    """Several other records by their slugs; their order means nothing."""

    relation = True

    def canonical(self, value, model):
        if value and not isinstance(value, list):
            raise ValidationError(_("A list is expected."))
        found = sorted(map(str, value or []))
        if twice := [key for key, number in Counter(found).items() if number > 1]:
            raise ValidationError(_("“%(keys)s” is named twice."), params={"keys": ", ".join(twice)})
        return found or None

    def dump(self, record):
        return sorted(other.slug for other in getattr(record, self.column).all()) or None

    def load(self, record, value, lookup):
        relation = getattr(record, self.column)
        keys = [lookup.find(relation.model, "slug", key) for key in value or []]
        relation.set([key for key in keys if key])


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
        if self.bare():
            rows = [self.fields.canonical(row, rows_model) for row in value or []]
        else:
            rows = [canonical_entry(self.fields, row, rows_model) for row in value or []]
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
        relation = getattr(record, self.column)
        relation.all().delete()
        for position, values in enumerate(value or []):
            row = relation.model(**{relation.field.name: record})
            if hasattr(row, "position"):
                row.position = position
            with naming(str(position)):
                if self.bare():
                    self.fields.load(row, values, lookup)
                else:
                    for field in self.fields:
                        with naming(field.name):
                            field.load(row, values[field.name], lookup)
                row.full_clean()
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
                {
                    f"{self.name}.{field}" if field not in ("", NON_FIELD_ERRORS) else self.name: messages
                    for field, messages in by_field(error).items()
                }
            ) from error


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
    """The canonical form of an entry; ValidationError names each field that has none."""
    if not isinstance(raw, dict):
        raise ValidationError(_("A list of keys with their values is expected."))
    errors = {}
    entry = {}
    for field in fields:
        try:
            with naming(field.name):
                entry[field.name] = field.canonical(raw.get(field.name), model)
        except ValidationError as error:
            errors |= by_field(error)
    for name in set(raw) - {field.name for field in fields}:
        errors[str(name)] = [_("There is no such field.")]
    if errors:
        raise ValidationError(errors)
    return entry


def as_json(value):
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def digest(entry):
    return hashlib.sha256(as_json(entry).encode()).hexdigest()


SOURCES = Rows("sources", [Column("title"), Column("publisher"), Column("url"), Column("date")])

# Keys that a file has only where the usual (published at once) does not hold.
PUBLICATION = [Column("status", optional=True), Column("published_at", optional=True)]


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

    def records(self):
        """The records of the model, with what `dump` needs."""
        own = [field.column for field in self.fields if isinstance(field, Reference)]
        related = [field.column for field in self.fields if field.relation]
        return self.model._base_manager.select_related(*own).prefetch_related(*related, *self.prefetch)

    def record_key(self, record):
        return getattr(record, self.key)

    def dump(self, record):
        """The canonical form of a record."""
        entry = {field.name: field.dump(record) for field in self.all_fields()}
        if entry.get("status") == Publishable.Status.PUBLISHED:
            entry["status"] = None
            if record.published_at <= timezone.now():
                entry["published_at"] = None
        return entry

    def new_record(self, key):
        """A record for an entry that has none yet."""
        record = self.model()
        if isinstance(record, Publishable):
            record.status = Publishable.Status.PUBLISHED
        return record

    def load(self, record, entry, lookup):
        """Write an entry's own columns into its record; the relations follow when all records are there."""
        errors = {}
        for field in self.all_fields():
            if field.relation or (field.optional and entry[field.name] is None):
                continue
            try:
                with naming(field.name):
                    field.load(record, entry[field.name], lookup)
            except ValidationError as error:
                errors |= by_field(error)
        if errors:
            raise ValidationError(errors)
        broken = [field.column for field in self.fields if isinstance(field, Reference) and entry[field.name]]
        record.full_clean(exclude=[name for name in broken if getattr(record, f"{name}_id") is None])

    def load_relations(self, record, entry, lookup):
        errors = {}
        for field in self.all_fields():
            if field.relation:
                try:
                    with naming(field.name):
                        field.load(record, entry[field.name], lookup)
                except ValidationError as error:
                    errors |= by_field(error)
        if errors:
            raise ValidationError(errors)

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
        for path in sorted((folder / self.name).glob("*.yaml")):
            yield path.stem, read_yaml(path, f"{self.name}/{path.name}")

    def write(self, folder, entries):
        (folder / self.name).mkdir(exist_ok=True)
        for key in sorted(entries):
            write_yaml(folder / self.name / f"{key}.yaml", self.written(entries[key]))


class CsvFile(ContentFile):
    """A table with a row for each entry."""

    def read(self, folder):
        for row in read_csv(folder / self.name, self.name):
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


def read_yaml(path, name):
    try:
        with path.open(encoding="utf-8") as file:
            return yaml.load(file, yaml.CSafeLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ContentInvalid([ContentError(name, "", "", _("Cannot be read: %s") % error)]) from error


def write_yaml(path, value):
    with path.open("w", encoding="utf-8") as file:
        yaml.dump(value, file, yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=1_000_000)


def read_csv(path, name):
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file, strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ContentInvalid([ContentError(name, "", "", _("Cannot be read: %s") % error)]) from error


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
                for record, entry, is_new in self.load(file, entries[file]):
                    written.append((file, record, entry))
                    created += is_new
                    changed += not is_new
            for file, record, entry in written:
                with self.noting(file, file.record_key(record)):
                    file.load_relations(record, entry, self.lookup)
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
                with self.noting(file, key or f"#{number}"):
                    if not key:
                        raise ValidationError({file.key: _("An entry needs a name of its own here.")})
                    if key in entries:
                        raise ValidationError({file.key: _("This entry occurs twice.")})
                    entries[key] = None  # known, even if it turns out broken
                    entries[key] = canonical_entry(file.all_fields(), raw, file.model)
        except ContentInvalid as invalid:
            self.errors.extend(invalid.errors)
        self.lookup.broken.update((file.model, key) for key, entry in entries.items() if entry is None)
        return {key: entry for key, entry in entries.items() if entry is not None}

    def load(self, file, entries):
        """Write what is new or changed; yield (record, entry, is new) for each."""
        imported = dict(ImportedEntry.objects.filter(file=file.name).values_list("key", "digest"))
        existing = {file.record_key(record): record for record in file.records()}
        for done, (key, entry) in enumerate(entries.items(), start=1):
            self.progress(file.name, done, len(entries))
            record = existing.get(key)
            if record and (current := file.dump(record)) == entry:
                continue
            if not self.overwrite and (problem := self.touched(key, record and digest(current), imported)):
                self.left_alone.append(ContentError(file.name, key, "", problem))
                continue
            is_new = record is None
            record = record or file.new_record(key)
            with self.noting(file, key):
                file.load(record, entry, self.lookup)
                record.save()
                if hasattr(record, file.key):
                    self.lookup.add(file.model, file.key, key, record.pk)
                yield record, entry, is_new

    def touched(self, key, current, imported):
        """What an editor did to a record since the last import, in words; nothing if nobody did anything."""
        if current is None:
            return _("deleted by an editor; left alone") if key in imported else None
        return None if imported.get(key) == current else _("changed by an editor; left alone")

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
        self.importer.lookup.broken.add((self.file.model, self.key))
        for field, messages in by_field(error).items():
            field = "" if field == NON_FIELD_ERRORS else field
            self.importer.errors.extend(
                ContentError(self.file.name, self.key, field, str(m)) for m in messages
            )
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
