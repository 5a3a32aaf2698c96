"""The numbered sources of a page, and the places of the page that cite them."""

from collections import Counter
from itertools import count
from typing import NamedTuple

from django.utils.translation import ngettext

from publishing.formats import number as in_digits

LONGEST_ADDRESS = 48  # characters of an address that stands as the title of a source
MOST_WAYS_BACK = 8  # a source that is cited more often leads back to the first of these places only


class Citation(NamedTuple):
    """A place that cites a source: the source's number, and the anchor of the place."""

    number: int
    anchor: str


class Citations:
    """The sources of one page, numbered from 1, each with the anchors of the places that cite it as its `cited`.

    Sources are given as dicts of `SOURCE_COLUMNS`. Places are cited in the order in which they stand on the page.
    """

    def __init__(self, sources=()):
        self.sources = [source | {"cited": []} for source in sources]
        self.numbers = {source["url"]: place for place, source in enumerate(self.sources, 1) if source["url"]}

    def cite(self, number):
        """A place that cites the source of that number."""
        cited = self.sources[number - 1]["cited"]
        cited.append(f"cited-{number}-{len(cited) + 1}")
        return Citation(number, cited[-1])

    def cite_address(self, url, title="", note=""):
        """A place that cites an address, which becomes a source of the page where it is none yet; None without one.

        Title and note say what such a source is; without a title it goes by its address.
        """
        if not url:
            return None
        if url not in self.numbers:
            source = {"title": title or without_scheme(url), "publisher": note, "url": url, "date": ""}
            self.sources.append(source | {"cited": []})
            self.numbers[url] = len(self.sources)
        return self.cite(self.numbers[url])

    def cite_memberships(self, rows):
        """The rows of memberships, each with the `citation` of its source or None."""
        stated = Counter(row["source_url"] for row in rows)
        return [
            row
            | {"citation": self.cite_address(row["source_url"], note=memberships(stated[row["source_url"]]))}
            for row in rows
        ]


def memberships(many):
    """What a source is cited for: "23 memberships"."""
    return ngettext("%(number)s membership", "%(number)s memberships", many) % {"number": in_digits(many)}


def without_scheme(url):
    """An address for people to read: "eccar.info/members"."""
    address = url.split("://")[-1].removeprefix("www.").rstrip("/")
    return address if len(address) <= LONGEST_ADDRESS else f"{address[:LONGEST_ADDRESS]}…"


def ways_back(source):
    """The ways from a source to the places that cite it, as (anchor, letter); one without a letter where one does."""
    cited = source.get("cited", [])
    if len(cited) == 1 or len(cited) > MOST_WAYS_BACK:
        return [(cited[0], "")]
    return [(anchor, chr(place)) for anchor, place in zip(cited, count(ord("a")), strict=False)]
