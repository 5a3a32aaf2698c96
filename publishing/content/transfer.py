"""All content files at once: into the database, all or nothing, and out of it."""

from typing import NamedTuple

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from publishing import following
from publishing.content.columns import Lookup
from publishing.content.errors import ContentError, ContentInvalid, by_field
from publishing.content.values import digest
from publishing.models import ImportedEntry


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
            with following.together():
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
