"""manage.py rebuild_search: bring the search index up to date with all records, while the site is up."""

from django.core.management.base import BaseCommand, CommandError

from search import indexing
from search.models import Document


class Command(BaseCommand):
    help = (
        "Compares all documents of the search with their records and writes those that differ; everything else stays "
        "findable meanwhile."
    )

    def add_arguments(self, parser):
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--if-empty", action="store_true", help="Do nothing if there is an index.")
        which.add_argument("--all", action="store_true", help="Write the documents anew that are right, too.")
        which.add_argument(
            "--check", action="store_true", help="Change nothing; fail if a document is not right."
        )

    def handle(self, *, if_empty, check, verbosity, **options):
        self.verbosity = verbosity
        if if_empty and Document.objects.exists():
            return "There is a search index."
        if check:
            return self.check_documents()
        written = indexing.rebuild(self.show_progress, anew=options["all"])
        return f"{Document.objects.count():,} documents, of {written:,} records written or removed."

    def check_documents(self):
        if stale := indexing.stale():
            raise CommandError("These documents are missing or not right:\n" + "\n".join(stale))
        return f"All {Document.objects.count():,} documents are right."

    def show_progress(self, kind, done, total):
        if self.verbosity:
            self.stdout.write(f"  {kind:<24}{done:>8,} of {total:,}", ending="\n" if done == total else "\r")
            self.stdout.flush()
