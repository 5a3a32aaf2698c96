"""manage.py make_pictures: make the versions of pictures that are missing."""

from django.core.management.base import BaseCommand

from publishing import pictures
from publishing.models import Picture


class Command(BaseCommand):
    help = (
        "Makes the smaller versions of pictures that are missing: after a backup of the originals only was put back, "
        "or after the widths have changed. Names the pictures whose original is missing."
    )

    def handle(self, **options):
        made = complete = 0
        for picture in Picture.objects.order_by("slug"):
            original = picture.stored_original()
            if original is None:
                self.stdout.write(f"{picture.slug}: the original is missing")
                continue
            number = pictures.write_versions(original)
            made += number
            complete += number > 0
        self.stdout.write(
            f"{made} files of {complete} {'picture' if complete == 1 else 'pictures'} were made."
        )
