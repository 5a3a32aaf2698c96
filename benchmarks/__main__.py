"""python -m benchmarks [number of municipalities …]: generate, measure, print a table for each number.

The database is a new SQLite file; with DATABASE_URL, as `python -m scripts.postgres` sets it, that database, emptied.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SURROUNDINGS = {
    "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
    "DEBUG": "false",
    "SECRET_KEY": "only-for-measuring",
    "ALLOWED_HOSTS": "127.0.0.1,testserver",
    "SECURE_SSL_REDIRECT": "false",
    "OPERATOR_NAME": "Operator",
    "OPERATOR_ADDRESS": "1 Street, Town",
    "OPERATOR_EMAIL": "operator@localhost",
}


def run(number):
    """Measure with so many municipalities, in this process."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    from benchmarks.generate import generate
    from benchmarks.measure import measure

    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("migrate", verbosity=0)
    call_command("flush", interactive=False, verbosity=0)
    start = time.perf_counter()
    generate(number)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as after an import: without figures the database plans badly
    vendor = settings.DATABASES["default"]["ENGINE"].rsplit(".", 1)[-1]
    print(f"\n{number:,} municipalities, {vendor} (made in {time.perf_counter() - start:.0f} s)\n")
    print("| page | requests/s | of hello | ms | queries |\n|---|---:|---:|---:|---:|")
    for name, rate, share, milliseconds, queries in measure():
        print(f"| {name} | {rate:,.0f} | {share:.3f} | {milliseconds:.2f} | {queries} |")


def main():
    os.environ.update(SURROUNDINGS)
    if sys.argv[1:2] == ["--this-database"]:
        run(int(sys.argv[2]))
        return
    numbers = [int(argument) for argument in sys.argv[1:]] or [600, 1_000, 100_000]
    # A process for each number: the first must not warm up the next.
    for number in numbers:
        with tempfile.TemporaryDirectory() as folder:
            database = os.environ.get("DATABASE_URL") or f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
            command = [sys.executable, "-m", "benchmarks", "--this-database", str(number)]
            subprocess.run(command, env=os.environ | {"DATABASE_URL": database}, check=True)


if __name__ == "__main__":
    main()
