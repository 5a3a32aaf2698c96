"""The queries of queries.yaml, and what the search answers to them."""

from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml
from django.apps import apps

from publishing.languages import LANGUAGES
from search.finding import find, suggest
from search.query import parse
from search.spelling import correct

PATH = Path(__file__).with_name("queries.yaml")
FIRST = 3


class Sample(NamedTuple):
    """A query in the language of a page, with what has to come of it (see queries.yaml)."""

    language: str
    q: str
    rule: str
    finds: list
    lacks: list
    instead: str
    typing: bool
    number: int | None

    def __str__(self):
        return f"{self.language} {self.rule}: {self.q}"


@cache
def samples():
    listed = yaml.safe_load(PATH.read_text())
    defaults = {"lacks": [], "instead": "", "typing": False, "number": None}
    return [
        Sample(language=language, **defaults | entry) for language in LANGUAGES for entry in listed[language]
    ]


def answer(sample):
    """What the search answers: (names of the first results, the number of all, the words offered instead)."""
    if sample.typing:
        results = suggest(sample.q, sample.language)
        return [name_of(result) for result in results], len(results), ""
    query = parse(sample.q)
    found, instead = find(query, language=sample.language), ""
    if not found.total and (instead := correct(query.words, sample.language).text):
        found = find(parse(instead), language=sample.language)
    return [name_of(result) for result in found.results], found.total, instead


def all_names(sample):
    """The names of all results of a query."""
    query = parse(sample.q)
    first = find(query, language=sample.language)
    pages = range(1, first.page.paginator.num_pages + 1)
    return [
        name_of(row) for page in pages for row in find(query, language=sample.language, page=page).results
    ]


def name_of(result):
    """A result as the list names it: "cities/gdansk"."""
    label, _colon, identity = result.key.partition(":")
    return f"{result.kind.name}/{short_names(label)[int(identity)]}"


@cache
def short_names(label):
    """The short names of the records of a model; those of countries are codes."""
    column = "code" if label == "cities.country" else "slug"
    return dict(apps.get_model(label)._base_manager.values_list("pk", column))
