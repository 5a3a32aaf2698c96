"""python -m benchmarks.desk [number of records]: what the translators' desk costs, with so many records.

The database is a new SQLite file; with DATABASE_URL, as `python -m scripts.postgres` sets it, that database, emptied.
Times are medians of nine, in this process, without a server in between.
"""

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.__main__ import SURROUNDINGS

CITIES = 1_000  # of which each has some of the records
LACKING = ["el", "pl"]  # languages that lack every third record
OUTDATED = 300
ROUNDS = 9


def fill(number):
    """Approaches in every language, some with gaps, some outdated; an editor; the seconds that their states took."""
    from django.contrib.auth.models import Group, User

    from approaches.models import Approach
    from benchmarks.generate import generate, saved, sentence, texts
    from cities.models import City
    from publishing.following import refresh
    from publishing.models import Reading

    generate(CITIES)
    chance = random.Random(1)
    cities = list(City.objects.all())
    approaches = []
    for position in range(number):
        written = {
            **texts("title", f"Record {position}"),
            **texts("short_title", "Record"),
            **texts("summary", sentence(chance, 50)),
            **texts("operation", sentence(chance, 80)),
        }
        if position % 3 == 0:
            written |= {name: None for name in written if name[-2:] in LACKING}
        approaches.append(
            Approach(
                slug=f"record-{position}",
                city=cities[position % CITIES],
                lead="municipality",
                status="published",
                published_at=cities[0].published_at,
                **written,
            )
        )
    saved(Approach, approaches)
    start = time.perf_counter()
    refresh()
    seconds = time.perf_counter() - start
    month = cities[0].published_at.date().replace(day=1)
    Reading.objects.bulk_create(
        Reading(kind="approaches.approach", record=record.pk, month=month, count=chance.randrange(500))
        for record in approaches
    )
    for approach in Approach.objects.order_by("pk")[:OUTDATED]:
        approach.summary_en = f"<p>{sentence(chance, 50)}</p>"
        approach.save()
    translator = User.objects.create_user("translator", is_staff=True)
    translator.groups.add(Group.objects.get(name="Editors"))
    return translator, seconds


def timed(act):
    """The milliseconds and the number of queries of what is done again and again."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    act()
    times = []
    for _round in range(ROUNDS):
        start = time.perf_counter()
        act()
        times.append(1000 * (time.perf_counter() - start))
    with CaptureQueriesContext(connection) as captured:
        act()
    return statistics.median(times), len(captured)


def measure(user):
    """Rows of (what is done, milliseconds, queries)."""
    from django.test import Client

    from approaches.models import Approach
    from publishing.models import Edit
    from publishing.translations import save_texts

    client = Client()
    client.force_login(user)
    approach = Approach.objects.latest("pk")
    numbers = iter(range(10**6))

    def get(address):
        response = client.get(address)
        if response.status_code != 200:
            raise RuntimeError(f"{address} answered {response.status_code}")

    def change_original(minor=False):
        approach.summary_en = f"<p>Version {next(numbers)}.</p>"
        approach.edit = Edit(user, minor=minor)
        approach.save()

    addresses = {
        "work list": "/admin/translate/pl/",
        "work list, filtered": "/admin/translate/pl/?state=missing&kind=approaches.approach&country=3&page=2",
        "entry": f"/admin/translate/pl/approaches.approach/{approach.pk}/",
        "coverage": "/admin/translate/coverage/",
    }
    for name, address in addresses.items():
        yield name, *timed(lambda address=address: get(address))
    yield "an original changes", *timed(change_original)
    yield "a minor edit", *timed(lambda: change_original(minor=True))
    yield (
        "a translation is saved",
        *timed(lambda: save_texts(approach, "pl", {"summary": f"<p>Tekst {next(numbers)}.</p>"}, user)),
    )


def run(number):
    """Fill and measure, in this process."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    from publishing.models import Translation

    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("migrate", verbosity=0)
    call_command("flush", interactive=False, verbosity=0)
    translator, seconds = fill(number)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    states = Translation.objects.count()
    print(f"\n{number:,} records, {connection.vendor}: {states:,} states, made in {seconds:.1f} s\n")
    print("| | ms | queries |\n|---|---:|---:|")
    for name, milliseconds, queries in measure(translator):
        print(f"| {name} | {milliseconds:.0f} | {queries} |")


def main():
    os.environ.update(SURROUNDINGS)
    if sys.argv[1:2] == ["--this-database"]:
        run(int(sys.argv[2]))
        return
    number = sys.argv[1] if sys.argv[1:] else "10000"
    with tempfile.TemporaryDirectory() as folder:
        database = os.environ.get("DATABASE_URL") or f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
        command = [sys.executable, "-m", "benchmarks.desk", "--this-database", number]
        subprocess.run(command, env=os.environ | {"DATABASE_URL": database}, check=True)


if __name__ == "__main__":
    main()
