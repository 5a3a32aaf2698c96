"""python -m tests.search.counting: write into queries.yaml how many results each query has with the present content.

Needed when the content changes. It takes a database of its own, in memory. Look through the difference it makes.
"""

import os
import re

import django


def main():
    os.environ |= {"DJANGO_SETTINGS_MODULE": "movingcities.settings", "DATABASE_URL": "sqlite://:memory:"}
    os.environ.setdefault("DEBUG", "true")
    django.setup()
    from django.core.management import call_command

    from tests.search.queries import PATH, answer, samples

    call_command("migrate", verbosity=0)
    call_command("import_content", verbosity=0)
    numbers = iter([answer(sample)[1] for sample in samples()])
    text = re.sub(r", number: \d+\}$", "}", PATH.read_text(), flags=re.M)
    lines = [
        f"{line[:-1]}, number: {next(numbers)}}}" if line.startswith("- {") else line
        for line in text.splitlines()
    ]
    PATH.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
