"""Finding documents: one search over every kind of record, in every language at once.

The database says which documents match; what is counted and sorted is remembered (`search.facts`), so that both are
the same on every database, whatever it thinks of relevance.
"""

from dataclasses import dataclass, field
from time import time

import numpy as np
from django.core.paginator import Paginator
from django.db import connection
from django.utils.text import capfirst
from modelsearch.backends import get_search_backend
from modelsearch.query import And, Or, Phrase, PlainText

from publishing.formats import language_name
from publishing.languages import LANGUAGES, Text, current_language, reading_order
from publishing.sorting import sort_key
from search import tokens
from search.facts import memory
from search.indexing import catch_up
from search.kinds import KINDS, Kind
from search.models import Document
from search.query import Query, words_of
from search.synonyms import areas_of

PAGE_SIZE = 20

# How well a document fits: bits above those of its place (see `search.documents.place`).
NAMED_SO, CITY_NAMED, NAMED, MENTIONED = range(4)
FIT, UNREADABLE = 58, 57
ALIKE = 16  # bits that decide between documents of the same place


@dataclass
class Result:
    """A document that was found, as a page shows it."""

    kind: Kind
    url: str
    title: Text  # in the reader's language, or the first that has it
    alt: str = ""  # another name: the local one of a city, an acronym
    note: object = ""  # the city, country or network it belongs to: a Text, or a str of no language
    date: str = ""  # a partial date
    names: dict = field(default_factory=dict)  # {"pl": "Ateny", "": "Αθήνα"}
    languages: list = field(default_factory=list)  # in which it can be read
    areas: list = field(default_factory=list)  # the short names of its policy areas
    texts: dict = field(default_factory=dict)  # {"pl": "plain text"}
    related: list = field(
        default_factory=list
    )  # names of what it belongs to: [["pl", "Grecja"], [None, "Αθήνα"]]
    key: str = ""  # "approaches.approach:12"


@dataclass
class Findings:
    """The answer to a search."""

    query: Query
    total: int = 0
    results: list = field(default_factory=list)  # of this page
    page: object = None  # a page of Django's Paginator
    facets: dict = field(default_factory=dict)  # {"kind": {"approaches": 12}, "country": {"PL": 3}, …}
    meant: set = field(default_factory=set)  # the primary keys of policy areas of which a word is a synonym
    # The same under no choice at all, for the ways out of an empty result.
    every_facet: dict = field(default_factory=dict)
    every_total: int = 0


class Found:
    """The keys of the documents that match, and the facts by which they are counted and sorted."""

    def __init__(self, asked, most="wanted"):
        """`asked` names queries of columns of the index; every document to be shown matches the one named `most`."""
        if connection.in_atomic_block:
            catch_up()
        texts = get_search_backend().keys(asked)
        self.keys = {name: as_keys(texts.get(name)) for name in asked}
        keys = np.setdiff1d(self.keys[most], self.keys.get("excluded", ()), assume_unique=True)
        self.facts = memory.of(keys)
        places = self.facts.places_of(keys)
        now = int(time())
        self.places = places[(self.facts.since[places] <= now) & (self.facts.until[places] > now)]

    def among(self, places, name):
        """Which of the documents in those places match the query of that name, too."""
        return np.isin(self.facts.keys[places], self.keys.get(name, ()), assume_unique=True)

    def first(self, places, fit, language, start, end):
        """The documents that come first, from the start-th to the end-th: the best, and the readable ones before others.

        A dict of their keys in order, each with a number that is the same for those between which only names decide.
        """
        worth = self.facts.place[places] | fit.astype(np.int64) << FIT
        worth |= (~self.facts.has(places, "lang", language)).astype(np.int64) << UNREADABLE
        if len(worth) > end:
            best = np.argpartition(worth, end - 1)[:end]
            worth, places = worth[best], places[best]
        first = np.lexsort((self.facts.keys[places], worth))[start:end]
        return dict(
            zip(self.facts.keys[places[first]].tolist(), (worth[first] >> ALIKE).tolist(), strict=True)
        )


def find(query, chosen=None, language=None, page=1):
    """The Findings for a Query.

    `chosen` are values of facets: {"kind": ["approaches"], "lang": ["pl"]}; several of one facet mean "or". Each facet
    is counted without its own choice. `language` is the reader's, the page's own if None. A page that does not exist
    is the last sensible one. At most four queries of the database, and usually three.
    """
    if not query:
        return Findings(query, page=Paginator([], PAGE_SIZE).get_page(1))
    language = language or current_language()
    chosen = chosen or {}
    meanings = meanings_of(query)
    found = Found(asked_of(query, meanings))
    facts = found.facts
    places = facts.narrow(found.places, chosen)
    page = Paginator(range(len(places)), PAGE_SIZE).get_page(page)
    start = page.start_index() - 1 if len(places) else 0
    fit = np.full(len(places), MENTIONED)
    fit[found.among(places, "named")] = NAMED
    fit[(fit == NAMED) & facts.has(places, "kind", "cities")] = CITY_NAMED
    fit[found.among(places, "exact")] = NAMED_SO
    first = found.first(places, fit, language, start, start + len(page.object_list))
    every_facet = facts.counts(found.places, {})
    return Findings(
        query,
        total=len(places),
        results=results_of(first, language),
        page=page,
        facets=facts.counts(found.places, chosen) if any(chosen.values()) else every_facet,
        meant=set().union(*meanings),
        every_facet=every_facet,
        every_total=len(found.places),
    )


def suggest(text, language=None, limit=8):
    """Results whose names begin like the words that somebody is typing: a list, the best first. Two queries."""
    typed = words_of(text[: 2 * tokens.LONGEST])
    if len("".join(typed)) < 2:
        return []
    language = language or current_language()
    whole = tokens.whole(typed)
    found = Found(
        {
            "begun": ("autocomplete", PlainText(" ".join(f"9{tokens.folded(word)}" for word in typed))),
            "begins": ("autocomplete", PlainText(whole)),
            "exact": ("title", PlainText(whole)),
        },
        most="begun",
    )
    places = found.places
    is_place = found.facts.has(places, "kind", "cities") | found.facts.has(places, "kind", "countries")
    fit = 1 + 2 * ~found.among(places, "begins") + ~is_place
    fit[found.among(places, "exact")] = 0
    end = min(limit, len(places))
    return results_of(found.first(places, fit, language, 0, end), language, with_texts=False)


def options(language=None):
    """The values of each facet in their order: {"country": [{"key": "PL", "label": "Poland"}, …], …}. One query."""
    language = language or current_language()
    labels = {"countries": [], "policy-areas": []}
    documents = Document.objects.filter(kind__in=labels, since__lte=int(time()), until__gt=int(time()))
    rows = documents.order_by("place", "pk").values_list("kind", "key", "countries", "areas", "names")
    for kind, key, countries, areas, names in rows:
        option = {"key": countries or areas, "label": named(by_language(names), language)}
        labels[kind].append(option | {"pk": int(key.rpartition(":")[2])})
    labels["countries"].sort(key=lambda option: sort_key(str(option["label"]), language))
    return {
        "kind": [{"key": kind.name, "label": kind.label} for kind in KINDS.values()],
        "country": labels["countries"],
        "area": labels["policy-areas"],
        "lang": [{"key": code, "label": capfirst(language_name(code, language))} for code in LANGUAGES],
    }


# What the index is asked


def meanings_of(query):
    """The policy areas that each word means, a set for each word of all that is sought."""
    # Of "right to vote" all words are needed to know what it means, but not to find it.
    meanings = iter(areas_of(query.words))
    by_part = {part: [next(meanings) for _word in part.words] for part in query.wanted}
    return [areas for part in query.sought for areas in by_part[part]]


def asked_of(query, meanings):
    """The queries of the index for a Query, each with the column it looks through; `meanings` are those of its words."""
    meanings = iter(meanings)
    wanted = And([condition(part, [next(meanings) for _word in part.words]) for part in query.sought])
    asked = {
        "wanted": ("body", wanted),
        "named": ("title", wanted),
        "exact": ("title", PlainText(tokens.whole(query.words))),
    }
    if query.excluded:
        # Only of what is wanted, which is less to look through.
        asked["excluded"] = ("body", And([wanted, Or([condition(part) for part in query.excluded])]))
    return asked


def condition(part, areas=()):
    """What has to be in a document for a Part of a query; `areas` are the policy areas that each of its words means."""
    if part.is_phrase:
        return one(Phrase, " ".join(map(tokens.folded, part.words)))
    each = []
    for place, word in enumerate(part.words):
        meant = [tokens.area(area) for area in (areas[place] if areas else ())]
        each.append(one_of(sorted(tokens.sought(word)) + sorted(meant)))
    if len(each) == 1:
        return each[0]
    # A word with hyphens may be written without them elsewhere.
    return Or([And(each), one_of(sorted(tokens.sought("".join(part.words))))])


def one(kind, text):
    """A phrase of a single word is a word: PostgreSQL and SQLite agree on those."""
    return kind(text) if " " in text else PlainText(text)


def one_of(alternatives):
    return Or([PlainText(token) for token in alternatives])


def as_keys(text):
    """Numbers in order from "17,3,18", as the index gives them."""
    return np.sort(np.fromstring(text, np.int64, sep=",")) if text else np.zeros(0, np.int64)


# What is shown


def results_of(first, language, with_texts=True):
    """The Results of documents as `Found.first` gives them, in their order, and by name where nothing else decides."""
    columns = ["key", "kind", "names", "shown", "languages", "areas"]
    columns += ["texts", "related"] if with_texts else []
    rows = {row["pk"]: row for row in Document.objects.filter(pk__in=list(first)).values("pk", *columns)}
    results = [(worth, result_of(rows[key], language)) for key, worth in first.items() if key in rows]
    results.sort(key=lambda pair: (pair[0], sort_key(str(pair[1].title), language)))
    return [result for _worth, result in results]


def result_of(row, language):
    kind, shown, names = KINDS[row["kind"]], row["shown"], by_language(row["names"])
    title, alt, note = named(names, language), shown.get("alt", ""), shown.get("note", "")
    return Result(
        kind=kind,
        url=kind.address(shown["address"]),
        title=title,
        alt="" if alt == str(title) else alt,
        note=named(note, language) if isinstance(note, dict) else note,
        date=shown.get("date", ""),
        names=names,
        languages=row["languages"].split(),
        areas=row["areas"].split(),
        texts=row.get("texts", {}),
        related=row.get("related", []),
        key=row["key"],
    )


def by_language(names):
    """The first name in each language, from pairs; "" is the language of a name that is written so everywhere."""
    found = {}
    for language, name in names:
        found.setdefault(language or "", name)
    return found


def named(names, language):
    """A name as a Text, from names by language: in the reader's, as it is written everywhere, or in the first one."""
    own = names.get("")
    for code in reading_order(language):
        if name := names.get(code):
            return Text(name, code)
        if own and code == language:
            return Text(own, language)
    return Text("", language)
