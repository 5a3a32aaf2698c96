"""manage.py refresh_translations: make the states of translations fit the texts."""

from django.core.management.base import BaseCommand

from publishing.following import refresh
from publishing.models import Translation


class Command(BaseCommand):
    help = (
        "Gives states to texts that have none and takes away those that belong to nothing, as after a change of the "
        "database by other means. What has a state keeps it; a second time changes nothing."
    )

    def handle(self, **options):
        refresh()
        return f"{Translation.objects.count():,} texts have a state."
