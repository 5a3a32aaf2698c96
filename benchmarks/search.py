"""python -m benchmarks.search [number of documents]: how fast the search is, beside one that looks for parts of texts.

The documents are made from the real content: names of records of the same kind, sentences of the same language, in
other combinations. What is searched for is the list of tests/search/queries.yaml. Both searches look through the same
texts in the same run; each gives the number of results and the first twenty, ours also the numbers of all filters.

The database is a new SQLite file; with DATABASE_URL, as `python -m scripts.postgres` sets it, that database, emptied.
Times are those of this process, without a server or a page in between.
"""

import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.__main__ import SURROUNDINGS

ROUNDS = 5
# Of a hundred documents so many are of each kind; the rest are municipalities, of which one in twenty has a profile.
SHARES = {
    "approaches": 25,
    "networks": 5,
    "organisations": 5,
    "commitments": 5,
    "declarations": 3,
    "news": 4,
    "events": 3,
}
SENTENCES = 6  # of a text in a language
BATCH = 1000
FEWER_LANGUAGES = 0.4  # of the documents lack some languages


class Content:
    """Pieces of the real documents, and new documents made from them; the same seed gives the same documents."""

    def __init__(self, documents, seed=1):
        self.chance = random.Random(seed)
        self.by_kind = {}
        self.sentences = {}
        for document in documents:
            self.by_kind.setdefault(document.kind, []).append(document)
            for language, text in document.texts.items():
                found = re.split(r"(?<=[.!?;·])\s+|\n", text)
                self.sentences.setdefault(language, []).extend(found)

    def document(self, number):
        from search.models import Document

        kind = self.kind()
        real = self.chance.choice(self.by_kind[kind])
        other = self.chance.choice(self.by_kind[kind])
        texts = self.texts() if kind != "cities" or self.chance.random() < 0.05 else {}
        return Document(
            key=f"invented:{number}",
            kind=kind,
            countries=other.countries,
            areas=other.areas,
            languages=" ".join(texts) if kind != "cities" else real.languages,
            place=real.place ^ self.chance.getrandbits(18),
            names=real.names if kind == "cities" else self.mixed(real.names, other.names),
            texts=texts,
            related=other.related,
            marks=other.marks,
            shown=real.shown,
            digest="",
        )

    def kind(self):
        drawn = self.chance.randrange(100)
        for kind, share in SHARES.items():
            if drawn < share:
                return kind
            drawn -= share
        return "cities"

    def texts(self):
        languages = list(self.sentences)
        if self.chance.random() < FEWER_LANGUAGES:
            languages = self.chance.sample(languages, self.chance.randrange(1, 4))
        return {
            language: " ".join(self.chance.choices(self.sentences[language], k=SENTENCES))
            for language in languages
        }

    def mixed(self, names, others):
        """The beginning of one name and the end of another, in each language."""
        ends = dict(map(tuple, others))
        mixed = []
        for language, name in names:
            words, end = name.split(), ends.get(language, name).split()
            mixed.append([language, " ".join(words[: len(words) // 2 + 1] + end[len(end) // 2 :])])
        return mixed


def plain_model():
    """A table with the same texts, as others search it: for parts of texts, whatever the case."""
    from django.db import connection, models

    class Plain(models.Model):
        name = models.TextField()
        text = models.TextField()

        class Meta:
            app_label = "benchmarks"

        def __str__(self):
            return self.name

    with connection.schema_editor() as editor:
        editor.create_model(Plain)
    return Plain


def fill(number, Plain):
    """Write so many documents in all; the seconds that this took for each thousand."""
    from django.core.management import call_command
    from django.db import transaction

    from search.indexing import replace
    from search.models import Document

    call_command("import_content", verbosity=0)
    content = Content(Document.objects.order_by("pk"))
    seconds = []
    made = Document.objects.count()
    for start in range(made, number, BATCH):
        documents = [content.document(place) for place in range(start, min(start + BATCH, number))]
        begin = time.perf_counter()
        with transaction.atomic():
            replace([], documents)
        seconds.append(time.perf_counter() - begin)
    for start in range(0, number, BATCH):
        Plain.objects.bulk_create(
            Plain(name=spoken(document.names), text=spoken([*document.texts.items(), *document.related]))
            for document in Document.objects.order_by("pk")[start : start + BATCH]
        )
    return seconds


def spoken(pairs):
    return "\n".join(text for _language, text in pairs)


def parts_of_texts(Plain, words):
    """What a search for parts of texts gives: the number of all and the first twenty."""
    from django.db.models import Q

    rows = Plain.objects.all()
    for word in words:
        rows = rows.filter(Q(name__icontains=word) | Q(text__icontains=word))
    return rows.count(), list(rows.order_by("name", "pk").values_list("pk", "name")[:20])


def timed(rounds, act, *arguments):
    """The milliseconds that something takes, each time."""
    times = []
    for _round in range(rounds):
        begin = time.perf_counter()
        act(*arguments)
        times.append(1000 * (time.perf_counter() - begin))
    return times


def percentile(times):
    """What 95 of a hundred do not exceed."""
    return sorted(times)[max(0, -(-len(times) * 95 // 100) - 1)]


def measure(Plain):
    """Rows of (language, milliseconds of ours, milliseconds of the other, numbers of results of ours)."""
    from publishing.languages import LANGUAGES
    from search.finding import find
    from search.query import parse
    from tests.search.queries import samples

    for language in LANGUAGES:
        ours, others, numbers = [], [], []
        for sample in samples():
            if sample.language == language and not sample.typing:
                query = parse(sample.q)
                numbers.append(find(query, language=language).total)
                ours += timed(ROUNDS, find, query, None, language)
                others += timed(1, parts_of_texts, Plain, query.words)
        yield language, ours, others, numbers


def measure_help():
    """Rows of (what, milliseconds): suggestions while typing, and near words where nothing is found."""
    from publishing.words import words
    from search.finding import suggest
    from search.spelling import correct
    from tests.search.queries import samples

    exonyms = [sample for sample in samples() if sample.rule == "exonym"]
    times = []
    for sample in exonyms:
        for length in (2, 3, 5):
            times += timed(ROUNDS, suggest, sample.q[:length], sample.language)
    yield "suggestions while typing", times
    times = []
    for sample in samples():
        if sample.rule == "typing error":
            times += timed(ROUNDS, correct, words(sample.q), sample.language)
    yield "near words", times


def run(number):
    """Fill and measure, in this process."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    call_command("flush", interactive=False, verbosity=0)
    Plain = plain_model()
    seconds = fill(number, Plain)
    with connection.cursor() as cursor:
        # As PostgreSQL does by itself some minutes later.
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    print(
        f"\n{number:,} documents, {connection.vendor}: a thousand are written in {statistics.median(seconds):.1f} s\n"
    )
    print("| language | queries | results, median | median, ms | 95 %, ms | parts of texts, ms | times |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    all_ours, all_others = [], []
    for language, ours, others, numbers in measure(Plain):
        print(row(language, ours, others, numbers))
        all_ours += ours
        all_others += others
    print(row("all", all_ours, all_others, []))
    for what, times in measure_help():
        print(f"\n{what}: median {statistics.median(times):.1f} ms, 95 % {percentile(times):.1f} ms")


def row(language, ours, others, numbers):
    median, other = statistics.median(ours), statistics.median(others)
    results = f"{statistics.median(numbers):,.0f}" if numbers else ""
    return (
        f"| {language} | {len(others)} | {results} | {median:.1f} | {percentile(ours):.1f} | {other:,.0f}"
        f" | {other / median:.0f} |"
    )


def main():
    os.environ.update(SURROUNDINGS)
    if sys.argv[1:2] == ["--this-database"]:
        run(int(sys.argv[2]))
        return
    number = sys.argv[1] if sys.argv[1:] else "100000"
    with tempfile.TemporaryDirectory() as folder:
        database = os.environ.get("DATABASE_URL") or f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
        command = [sys.executable, "-m", "benchmarks.search", "--this-database", number]
        subprocess.run(command, env=os.environ | {"DATABASE_URL": database}, check=True)


if __name__ == "__main__":
    main()
