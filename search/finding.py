"""Finding documents: one search over every kind of record, in every language at once."""

from dataclasses import dataclass, field

from search.kinds import Kind
from search.query import Query

PAGE_SIZE = 20
FACETS = ["kind", "country", "area", "lang"]


@dataclass
class Result:
    """A document that was found, as a page shows it."""

    kind: Kind  # kind.name "approaches", kind.label "Local approaches", kind.one "Local approach"
    url: str
    title: object  # a Text: in the reader's language, or the first that has it
    alt: str = ""  # another name: the local one of a city, an acronym
    note: object = ""  # the city or country or network it belongs to: a Text or a str
    date: str = ""  # a partial date, for `formats`
    languages: list = field(default_factory=list)  # in which it can be read
    texts: dict = field(default_factory=dict)  # {"pl": "plain text", …}: for the passage; {} in suggestions
    key: str = ""  # "approaches.approach:12"


@dataclass
class Findings:
    """The answer to a search."""

    query: Query
    total: int
    results: list  # Results of this page
    page: object  # a page of Django's Paginator: number, has_next, paginator.num_pages
    facets: (
        dict  # {"kind": {"approaches": 12}, "country": {"PL": 3}, "area": {"housing": 2}, "lang": {"pl": 4}}
    )


def find(query, chosen=None, language=None, page=1):
    """The Findings for a Query.

    `chosen` are the values of facets: {"kind": ["approaches"], "lang": ["pl"]}; several of one facet mean "or". Each
    facet is counted without its own choice. `language` is the reader's, the page's own if None. Raises EmptyPage for a
    page that does not exist. At most four queries of the database.
    """


def suggest(text, language=None, limit=8):
    """Results whose names begin like the words that somebody is typing: a list, the best first. One query."""


def counts(query):
    """The facets of a Query under no choice, for the ways out of an empty result. One query."""


def options(language=None):
    """The values of each facet that some document has: {"country": [{"key": "PL", "label": "Poland"}], …}. One query."""
