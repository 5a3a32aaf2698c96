"""manage.py import_content: bring the plain files into the database, all or nothing."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from pages.content import content_files
from publishing.content.errors import ContentInvalid
from publishing.content.pictures import FOLDER as PICTURES
from publishing.content.transfer import Importer
from publishing.models import ImportedEntry
from search.indexing import catch_up


class Command(BaseCommand):
    help = (
        "Imports the content files. All or nothing: every error is named with its file, record and field. "
        "What editors have changed since the last import is left alone and reported."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "path", nargs="?", type=Path, default=settings.CONTENT_DIR, help="Folder of the files."
        )
        parser.add_argument("--dry-run", action="store_true", help="Check and report, but keep nothing.")
        parser.add_argument(
            "--overwrite", action="store_true", help="Replace what editors have changed, too."
        )
        parser.add_argument(
            "--if-changed", action="store_true", help="Do nothing if the files are as last time."
        )

    def handle(self, *, path, dry_run, overwrite, if_changed, verbosity, **options):
        if not path.is_dir():
            raise CommandError(f"There is no folder {path}.")
        stamp = folder_digest(path)
        if if_changed and ImportedEntry.objects.filter(file="", key="folder", digest=stamp).exists():
            return "The content files have not changed since the last import."
        self.verbosity = verbosity
        importer = Importer(content_files(), path, overwrite, self.show_progress)
        try:
            report = importer.run(dry_run)
        except ContentInvalid as invalid:
            lines = "\n".join(map(str, invalid.errors))
            raise CommandError(f"Nothing was imported. {len(invalid.errors)} errors:\n{lines}") from None
        if not dry_run:
            ImportedEntry.objects.update_or_create(file="", key="folder", defaults={"digest": stamp})
            if report.created or report.changed:
                catch_up()
                refresh_statistics()
        return self.summary(report, dry_run)

    def show_progress(self, file, done, total):
        if self.verbosity and (done == total or done % 100 == 0):
            end = "\n" if done == total else "\r"
            self.stdout.write(f"  {file:<24}{done:>6,} of {total:,}", ending=end)
            self.stdout.flush()

    def summary(self, report, dry_run):
        lines = [f"{number:>8,}  {what}" for what, number in report.counts]
        lines.append(f"{report.created:,} entries are new, {report.changed:,} have changed.")
        lines.extend(map(str, report.left_alone))
        if dry_run:
            lines.append("This was a dry run: nothing was kept.")
        return "\n".join(lines)


def refresh_statistics():
    """Let PostgreSQL count its tables anew: until then it plans its queries as if they were empty."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def folder_digest(folder):
    """A digest over all content files of a folder."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix in {".yaml", ".csv"} or (path.parent.name == PICTURES and path.is_file()):
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
