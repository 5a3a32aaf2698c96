"""manage.py export_content: write the content of the database as plain files."""

import shutil
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from pages.content import content_files
from publishing.content.errors import ContentInvalid
from publishing.content.transfer import export


class Command(BaseCommand):
    help = "Writes all content as plain files, in the shape and order in which import_content reads them."

    def add_arguments(self, parser):
        parser.add_argument("path", type=Path, help="Folder to write to; it is made if need be.")

    def handle(self, *, path, **options):
        if path.exists() and not path.is_dir():
            raise CommandError(f"{path} is no folder.")
        try:
            counts = export(content_files(), path)
        except ContentInvalid as invalid:
            raise CommandError("\n".join(map(str, invalid.errors))) from None
        # The glossary is the translators' reference, not a record: it comes along as it is.
        if path.resolve() != settings.CONTENT_DIR.resolve():
            shutil.copyfile(settings.CONTENT_DIR / "glossary.yaml", path / "glossary.yaml")
        return "\n".join(f"{number:>8,}  {what}" for what, number in counts)
