"""The kinds of content files: a list, a folder of files, a table."""

from django.utils.translation import gettext as _

from publishing.content.columns import (
    ORIGINAL_LANGUAGE,
    PICTURE,
    PUBLICATION,
    Reference,
    canonical_entry,
    check,
)
from publishing.content.errors import Collecting, ContentError, ContentInvalid
from publishing.content.formats import cell, read_csv, read_yaml, write_csv, write_yaml
from publishing.models import Pictured, Publishable, Translated


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
        name, *others = self.fields
        return [
            name,
            # Before the texts, since what is missing depends on it.
            *([ORIGINAL_LANGUAGE] if issubclass(self.model, Translated) else []),
            *others,
            *([PICTURE] if issubclass(self.model, Pictured) else []),
            *(PUBLICATION if issubclass(self.model, Publishable) else []),
        ]

    def key_of(self, raw):
        return str(raw.get(self.key) or "") if isinstance(raw, dict) else ""

    def canonical(self, raw):
        """The canonical form of an entry, and what is wrong in it by field."""
        return canonical_entry(self.all_fields(), raw, self.model)

    def records(self):
        """The records of the model, with what `dump` needs."""
        own = [field.column for field in self.all_fields() if isinstance(field, Reference)]
        related = [field.column for field in self.all_fields() if field.relation]
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
