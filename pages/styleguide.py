"""The style guide: every component of the site in its states, with the content of the directory, for staff.

Components are cut out of the site's own pages, so that none here can differ from the site. The pages are those with the most and the least text of each kind, lists in all their states, and pages of errors.
Of each component the guide shows what it looks like with little and with much in it.
"""

import copy
import re
from html import escape
from html.parser import HTMLParser
from typing import NamedTuple

from django.db.models import Count
from django.db.models.functions import Length
from django.http import Http404, QueryDict
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import resolve, reverse

from approaches.models import PolicyArea
from cities.forms import CityFilterForm
from cities.models import City
from networks.models import Network
from pages.sitemaps import kinds
from publishing import errors
from publishing.languages import current_language
from publishing.storage import read

# The components in the order of the guide, by the class of their outermost element.
COMPONENTS = [
    *["hero", "record-head", "breadcrumb", "lead", "meta", "section-head", "areas", "area-title", "tile"],
    *["search", "search-hints", "filter", "field-pair", "chips", "message", "listing__count", "empty"],
    *["row", "result", "pagination", "tools"],
    *["card", "facts", "figures", "takeaways", "summary", "prose", "toc", "panel", "gaps", "sources"],
    *[
        "memberships",
        "jump",
        "bars",
        "growth",
        "members__group",
        "links",
        "pairs",
        "event",
        "map",
        "picture",
        "locator",
    ],
    *["ways", "ask", "overlap-frame", "overlap-key", "routes", "graph", "legend"],
    *["note", "translation-note", "other-language", "tag", "unconfirmed", "not-known"],
    *["error", "onward", "language-switch", "footer"],
]
STATES = {"tile", "search", "row", "card", "links", "toc", "chips", "pagination", "breadcrumb"}

LISTS = [
    ("pages:home", [""]),
    ("cities:list", ["", "country=PL&country=DE", "page=7", "q=xyzzy", "country=ZZ&q=a"]),
    ("networks:list", ["", "q=xyzzy"]),
    ("networks:overlap", ["kind=campaign"]),
    ("networks:graph", ["country=PL"]),
    ("networks:connection", ["", "from=gdansk&to=organisation:seebrucke"]),
    ("approaches:list", ["", "from=x&area=political-participation", "page=2"]),
    ("commitments:list", [""]),
    ("news:list", [""]),
    ("news:event_list", [""]),
    ("search:results", ["", "q=city", "q=xyzzy", "q=city&kind=pages", "q=Palermmo"]),
    ("pages:about", [""]),
]
ERRORS = [errors.bad_request, errors.permission_denied, errors.not_found]

MAIN_HEADING = re.compile(r"<(/?)h1\b")
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
ID = re.compile(r'(?<=\s)id="([^"]+)"')
REFERENCE = re.compile(
    r'\s(id|for|form|list|aria-labelledby|aria-describedby|aria-controls|popovertarget)="([^"]+)"|\shref="#([^"]*)"'
)


COLOUR = re.compile(r"--([\w-]+): (?:light-dark\(#|#)")
SIZE = re.compile(r"--(size-\w+):")


def styleguide(request):
    if not request.user.is_staff:
        raise Http404
    tokens = read("css/tokens.css")
    return render(
        request,
        "pages/styleguide.html",
        {
            "colours": list(dict.fromkeys(COLOUR.findall(tokens))),
            "sizes": SIZE.findall(tokens),
            "areas": PolicyArea.objects.order_by("order"),
            "problem": CityFilterForm(QueryDict("country=ZZ")).problems[0],
            "components": specimens(request),
        },
    )


class Specimen(NamedTuple):
    """A piece of a page, and where it was found."""

    html: str
    address: str


class Pieces(HTMLParser):
    """Cuts elements out of a page by their classes: `found` has the pieces of each class as they were written."""

    def __init__(self, page, classes):
        super().__init__()
        self.page = page
        self.lines = [0, *(end.end() for end in re.finditer("\n", page))]
        self.found = {name: [] for name in classes}
        self.open = []
        self.feed(page)

    @property
    def position(self):
        line, column = self.getpos()
        return self.lines[line - 1] + column

    def handle_starttag(self, tag, attrs):
        if tag not in VOID:
            classes = (dict(attrs).get("class") or "").split()
            self.open.append((tag, self.position, [name for name in classes if name in self.found]))

    def handle_startendtag(self, tag, attrs):
        """An element of a drawing that closes itself: no component."""

    def handle_endtag(self, tag):
        while self.open:
            opened, start, classes = self.open.pop()
            if opened == tag:
                end = self.page.index(">", self.position) + 1
                for name in classes:
                    self.found[name].append(self.page[start:end])
                return


def specimens(request):
    """The components of the site: a list of dicts with the name, whether it has states, and its specimens."""
    found = {name: {} for name in COMPONENTS}
    for address, response in pages(request):
        for name, pieces in Pieces(response.content.decode(), COMPONENTS).found.items():
            for piece in pieces:
                found[name].setdefault(piece, address)
    number = 0
    components = []
    for name, pieces in found.items():
        shown = []
        for piece in least_and_most(pieces):
            number += 1
            shown.append(Specimen(set_apart(piece, number, pieces[piece]), pieces[piece]))
        components.append({"name": name, "states": name in STATES, "specimens": shown})
    return components


def least_and_most(pieces):
    """The piece with the least in it, one between, and the one with the most."""
    ordered = sorted(pieces, key=lambda piece: len(re.sub(r"<[^>]+>|\s+", "", piece)))
    chosen = ordered if len(ordered) < 3 else [ordered[0], ordered[len(ordered) // 2], ordered[-1]]
    return list(dict.fromkeys(chosen))


def set_apart(piece, number, address):
    """The piece with names of its own for what its parts refer to, and no main heading."""
    own = set(ID.findall(piece))

    def renamed(found):
        attribute, names, anchor = found.groups()
        if attribute:
            kept = " ".join(f"{name}-{number}" for name in names.split() if name in own)
            return f' {attribute}="{kept}"' if kept else ""
        return f' href="#{anchor}-{number}"' if anchor in own else f' href="{escape(address)}#{anchor}"'

    return MAIN_HEADING.sub(r"<\1h2", REFERENCE.sub(renamed, piece))


def pages(request):
    """Pairs of address and answer: each kind of page in its different states, in the language of the request."""
    for name, queries in LISTS:
        for query in queries:
            yield from answer(request, reverse(name), query)
    for path in paths_of_records():
        yield from answer(request, path)
    for view in ERRORS:
        yield reverse("pages:home"), view(like(request, request.path))


def paths_of_records():
    """The paths of the records of each kind with the most and the least text, and of one that is not translated."""
    featured = City.objects.published().featured().order_by(Length("profile__summary"))
    largest = Network.objects.published().annotate(number=Count("memberships")).order_by("number")
    for record in filter(None, [featured.first(), featured.last(), largest.last()]):
        yield record.get_absolute_url()
    for name, parameter, records, languages, _changed in kinds():
        if ":" not in name:
            continue
        ordered = records.annotate(written=languages)
        if any(field.name == "search_text" for field in records.model._meta.fields):
            ordered = ordered.order_by(Length("search_text"), "pk")
        else:
            ordered = ordered.order_by("pk")
        lacking = ordered.exclude(written__contains=f"{current_language()} ")
        for record in filter(None, [ordered.first(), ordered.last(), lacking.last()]):
            yield reverse(name, args=[getattr(record, parameter).lower()])


def answer(request, path, query=""):
    """The page at a path of this site as an anonymous visitor gets it, if it is there."""
    asked = like(request, path, query)
    view, args, kwargs = asked.resolver_match
    try:
        response = view(asked, *args, **kwargs)
    except Http404:
        return
    if isinstance(response, TemplateResponse):
        response.render()
    if response.status_code == 200:
        yield f"{path}?{query}" if query else path, response


def like(request, path, query=""):
    """A request for another page of the same visitor."""
    asked = copy.copy(request)
    asked.path = asked.path_info = path
    asked.GET = QueryDict(query)
    asked.resolver_match = resolve(path)
    return asked
