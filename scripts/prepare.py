"""Bring the database up to date: migrate, import the content if its files have changed, make the search index, lay out
the graph of networks."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def prepare():
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", interactive=False)
    call_command("import_content", if_changed=True)
    call_command("rebuild_search", if_empty=True)
    call_command("lay_out_graph")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "movingcities.settings")
    (ROOT / "var").mkdir(exist_ok=True)
    prepare()
