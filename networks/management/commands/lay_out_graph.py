"""manage.py lay_out_graph: compute where the nodes of the graph of networks lie."""

from django.core.management.base import BaseCommand

from networks.graph import renew_layout


class Command(BaseCommand):
    help = (
        "Computes where the nodes of the graph of networks lie, if memberships have changed since the last time. "
        "What has not changed stays where it was."
    )

    def add_arguments(self, parser):
        parser.add_argument("--afresh", action="store_true", help="Forget all places and start from nothing.")

    def handle(self, *, afresh, verbosity, **options):
        number = renew_layout(afresh, self.show_progress if verbosity else lambda share: None)
        if number is None:
            return "The memberships have not changed since the graph was laid out."
        return f"{number:,} nodes have their places."

    def show_progress(self, share):
        self.stdout.write(f"  {share:>4.0%}", ending="\n" if share == 1 else "\r")
        self.stdout.flush()
