"""Every public page, in every language, over the whole content: complete, well formed, and all its links lead somewhere.

A new page joins by itself; a page of a new kind of record needs a line in RECORDS. Each record is read in one language
and some of each kind in every language.
"""

import re
from functools import cache
from itertools import permutations
from urllib.parse import unquote, urljoin, urlsplit

import html5lib
import pytest
from django.contrib.auth.models import User
from django.contrib.staticfiles import finders
from django.urls import get_resolver
from django.utils.translation import override

from approaches.models import Approach, PolicyArea
from cities.models import City, Country
from commitments.models import Commitment
from networks.models import Declaration, Initiative, Network, Organisation
from news.models import Event, News
from publishing.addresses import in_language
from publishing.languages import LANGUAGES
from tests.factories import make_approach

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("content")]

RECORDS = {
    "cities:detail": City,
    "cities:partners": City,
    "cities:country": Country,
    "networks:peers": City,
    "networks:shared_members": Network,
    "networks:detail": Network,
    "networks:initiative": Initiative,
    "networks:initiative_geojson": Initiative,
    "networks:declaration": Declaration,
    "networks:organisation": Organisation,
    "approaches:detail": Approach,
    "approaches:policy_area": PolicyArea,
    "commitments:detail": Commitment,
    "news:detail": News,
    "news:event_detail": Event,
    "news:event_calendar": Event,
}
DATA = {
    "cities:geojson": "application/geo+json",
    "cities:map": "image/svg+xml",
    "cities:partners": "application/geo+json",
    "approaches:geojson": "application/geo+json",
    "approaches:map": "image/svg+xml",
    "news:event_calendar": "text/calendar; charset=utf-8",
    "networks:geojson": "application/geo+json",
    "networks:initiative_geojson": "application/geo+json",
    "networks:map": "image/svg+xml",
    "networks:overlap_csv": "text/csv; charset=utf-8",
    "networks:graph_csv": "text/csv; charset=utf-8",
    "networks:graph_json": "application/json",
    "networks:graph_graphml": "application/graphml+xml",
    "networks:graph_gexf": "application/gexf+xml",
    "networks:graph_svg": "image/svg+xml",
    "networks:graph_png": "image/png",
    "networks:actor_names": "text/html; charset=utf-8",
    "search:suggestions": "text/html; charset=utf-8",
}
FOR_STAFF = {"pages:styleguide"}
SAMPLED = {"networks:peers"}  # lists like those of all municipalities: a seventh of them is read
HOST = "testserver"
IN_EVERY_LANGUAGE = 3  # records of each kind
OTHER_ADDRESSES = ("/admin/", "/robots.txt", "/sitemap.xml")
VOID = re.compile(r"\{\{|\}\}|\{%|%\}|%\(\w+\)[sd]|\bNone\b(?! of)|\bnan\b")


def names_of_pages():
    """The name of every address that starts with a language."""
    (public,) = [
        part for part in get_resolver().url_patterns if not hasattr(part, "name") and in_languages(part)
    ]
    return [f"{app.app_name}:{page.name}" for app in public.url_patterns for page in app.url_patterns]


def in_languages(part):
    return type(part.pattern).__name__ == "LocalePrefixPattern"


PAGES = [name for name in names_of_pages() if name not in DATA]


def identity(name, record):
    """The arguments of the record's address."""
    if name == "networks:shared_members":
        return {"first": record.slug, "second": "eurocities" if record.slug != "eurocities" else "eccar"}
    return {"code": record.code.lower()} if name == "cities:country" else {"slug": record.slug}


def records_of(name, language):
    """Of the records that have such a page, those that are read in this language."""
    records = list(RECORDS[name].objects.order_by("pk"))
    turn = LANGUAGES.index(language)
    step = len(LANGUAGES) ** (2 if name in SAMPLED else 1)
    return [
        record for number, record in enumerate(records) if number < IN_EVERY_LANGUAGE or number % step == turn
    ]


@cache
def every_address():
    """The address of every page and file in every language."""
    addresses = {"/"}
    for language in LANGUAGES:
        with override(language):
            for name in names_of_pages():
                if name in RECORDS:
                    addresses |= {
                        in_language(name, language, **identity(name, record))
                        for record in RECORDS[name].objects.all()
                    }
                else:
                    addresses.add(in_language(name, language))
            addresses |= addresses_of_shared_members(language)
    return addresses


def addresses_of_shared_members(language):
    """Every two networks have a page of the members that they share."""
    slugs = Network.objects.values_list("slug", flat=True)
    return {
        in_language("networks:shared_members", language, first=first, second=second)
        for first, second in permutations(slugs, 2)
    }


class PageOf:
    """A page as a browser reads it."""

    def __init__(self, client, address):
        self.address = address
        self.response = client.get(address)
        assert self.response.status_code == 200, address
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        self.root = parser.parse(self.response.content.decode())
        self.errors = parser.errors
        self.elements = [element for element in self.root.iter() if isinstance(element.tag, str)]

    def all(self, tag):
        return [element for element in self.elements if element.tag == tag]

    def links(self, rel):
        return [element for element in self.all("link") if element.get("rel") == rel]

    def texts(self):
        """Every piece of text and every attribute that a person can read."""
        for element in self.elements:
            if element.tag not in ("script", "style"):
                yield element.text or ""
                yield from (
                    element.get(name) or ""
                    for name in ("alt", "title", "aria-label", "content", "placeholder")
                )
            yield element.tail or ""

    def check(self, language, languages):
        """Whatever holds for each page; `languages` are those in which it really exists."""
        __tracebackhide__ = True
        assert self.errors == [], f"{self.address}: not well formed: {self.errors[:3]}"
        self.check_head(language, languages)
        self.check_addresses()
        assert len(self.all("h1")) == 1, f"{self.address}: {len(self.all('h1'))} main headings"
        assert "".join(self.all("h1")[0].itertext()).strip(), f"{self.address}: empty main heading"
        ids = [element.get("id") for element in self.elements if element.get("id")]
        assert len(ids) == len(set(ids)), f"{self.address}: {sorted(i for i in set(ids) if ids.count(i) > 1)}"
        odd = [text.strip() for text in self.texts() if VOID.search(text)]
        assert odd == [], f"{self.address}: {odd[:3]}"
        assert not self.response.cookies, f"{self.address} sets a cookie"
        assert "unsafe-inline" not in self.response["Content-Security-Policy"]

    def check_head(self, language, languages):
        __tracebackhide__ = True
        assert self.root.get("lang") == language, self.address
        (title,) = self.all("head")[0].findall("title")
        assert title.text.removesuffix("– Moving Cities").strip(), f"{self.address}: no title"
        (description,) = [meta for meta in self.all("meta") if meta.get("name") == "description"]
        assert description.get("content").strip(), f"{self.address}: no description"

        (canonical,) = self.links("canonical")
        alternates = {
            link.get("hreflang"): link.get("href") for link in self.links("alternate") if link.get("hreflang")
        }
        assert set(alternates) == {*languages, "x-default"}, self.address
        assert alternates["x-default"] == alternates.get("en", alternates[languages[0]]), self.address
        own = f"http://{HOST}{self.address.split('?')[0]}"
        assert canonical.get("href").split("?")[0] == (
            own if language in languages else alternates["x-default"]
        )
        assert alternates.get(language, own).split("?")[0] == own
        for code, address in alternates.items():
            path = urlsplit(address).path
            assert path in every_address(), address
            assert code == "x-default" or path.startswith(f"/{code}/"), address

    def check_addresses(self):
        """Nothing is loaded from another host, and each link within the site leads somewhere."""
        __tracebackhide__ = True
        ids = {element.get("id") for element in self.elements}
        for element in self.elements:
            for name in ("src", "srcset", "action", "formaction", "data", "poster", "href"):
                if (value := element.get(name)) is None:
                    continue
                if name == "href" and element.tag == "a":
                    self.check_link(value, ids)
                    continue
                for address in value.split(",") if name == "srcset" else [value]:
                    parts = urlsplit(urljoin(self.address, address.strip().split(" ")[0]))
                    assert parts.netloc in ("", HOST), f"{self.address} loads {value}"
                    assert leads_somewhere(parts.path), f"{self.address}: {value}"

    def check_link(self, href, ids):
        __tracebackhide__ = True
        parts = urlsplit(href)
        if parts.scheme == "mailto":
            return
        if parts.scheme or parts.netloc:
            assert parts.scheme in ("http", "https"), f"{self.address}: {href}"
            assert parts.netloc, f"{self.address}: {href}"
            return
        if href.startswith("#"):
            assert parts.fragment in ids, f"{self.address}: {href}"
            return
        assert leads_somewhere(urlsplit(urljoin(self.address, href)).path), f"{self.address}: {href}"


@cache
def leads_somewhere(path):
    if path.startswith("/static/"):
        return finders.find(unquote(path.removeprefix("/static/"))) is not None
    return path in every_address() or path.startswith(OTHER_ADDRESSES)


def test_every_page_of_the_site_is_asked():
    with_arguments = {name for name in names_of_pages() if arguments(name) & {"slug", "code", "first"}}

    assert with_arguments == set(RECORDS)
    assert len(PAGES) > 20


def arguments(name):
    app, page = name.split(":")
    resolver = get_resolver()
    (_prefix, inner) = resolver.namespace_dict[app]
    return {
        argument
        for _route, names in (p for p in inner.reverse_dict.getlist(page)[0][0])
        for argument in names
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [name for name in PAGES if name not in RECORDS])
def test_a_page(client, name, language):
    if name in FOR_STAFF:
        client.force_login(User.objects.create(username="staff", is_staff=True))

    page = PageOf(client, in_language(name, language))

    page.check(language, LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [name for name in PAGES if name in RECORDS])
def test_a_page_of_a_record(client, name, language):
    for record in records_of(name, language):
        page = PageOf(client, in_language(name, language, **identity(name, record)))

        page.check(language, list(getattr(record, "languages", LANGUAGES)))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", DATA)
def test_a_file_for_other_programs(client, name, language):
    for record in records_of(name, language)[:1] if name in RECORDS else [None]:
        address = in_language(name, language, **(identity(name, record) if record else {}))

        response = client.get(address)

        assert response.status_code == 200
        assert response["Content-Type"] == DATA[name]
        assert response.content


# Further pages of lists, and filters

FILTERS = [
    ("cities:list", "page=2"),
    ("cities:list", "country=PL&country=IT&size=100000-500000&sort=population"),
    ("cities:list", "featured=yes&q=city"),
    ("cities:list", "q=zzzz"),
    ("cities:list", "country=ZZ&network=nothing&size=huge&sort=age&page=99999"),
    ("cities:list", "page=0"),
    ("cities:list", "page=x&q=%00%3Cscript%3E"),
    ("networks:list", "kind=city-network&scope=national"),
    ("networks:list", "country=ZZ&page=7"),
    ("networks:overlap", "kind=campaign&sort=eccar&at=2019"),
    ("networks:overlap", "kind=x&sort=y&at=z"),
    ("networks:graph", "country=DE&country=PL&kind=municipality&at=2019"),
    ("networks:graph", "q=zzzz&at=3000&kind=x&network=y"),
    ("networks:connection", "from=gdansk&to=athens"),
    ("networks:connection", "from=gdansk&to=organisation:seebrucke&at=2019"),
    ("networks:connection", "from=gdansk&to=aar"),
    ("approaches:list", "area=housing&status=running&from=2010&to=2020&lead=municipality"),
    ("approaches:list", "from=x&to=99999&area=nothing&sort=up"),
    ("commitments:list", "page=x"),
    ("news:list", "page=99999"),
    ("news:event_list", "page=0"),
    ("search:results", "q=refugees"),
    ("search:results", "q=refugees&kind=approaches&lang=el&country=IT"),
    ("search:results", "q=refugees&kind=countries"),
    ("search:results", "q=Palermmo"),
    ("search:results", "q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E"),
]


@pytest.mark.parametrize(("name", "query"), FILTERS)
@pytest.mark.parametrize("language", ["en", "el", "pl"])
def test_a_filtered_page(client, name, query, language):
    page = PageOf(client, f"{in_language(name, language)}?{query}")

    page.check(language, LANGUAGES)
    assert not [script for script in page.all("script") if "alert" in (script.text or "")]


@pytest.mark.parametrize("name", ["cities:list", "networks:list", "approaches:list"])
@pytest.mark.parametrize("language", ["en", "de"])
def test_every_link_with_a_filter_names_values_that_exist(client, name, language):
    found = set()
    for address in [in_language("pages:home", language), in_language(name, language)]:
        for link in PageOf(client, address).all("a"):
            target = urljoin(address, link.get("href"))
            if urlsplit(target).query and urlsplit(target).path == in_language(name, language):
                found.add(target)

    for address in sorted(found):
        response = client.get(address)
        assert response.status_code == 200, address
        assert response.context["form"].problems == [], address


# Text in another language than the page's


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_borrowed_text_is_marked_wherever_it_shows(client, language):
    words = "Zebra crossing for everybody"
    approach = make_approach(
        words,
        city=City.objects.get(slug="gdansk"),
        policy_areas=[PolicyArea.objects.first()],
        summary=f"{words} is inspiring.",
        operation=f"{words} works.",
    )
    pages = [
        in_language("approaches:detail", language, slug=approach.slug),
        in_language("approaches:list", language) + "?q=zebra",
        in_language("cities:detail", language, slug="gdansk"),
        in_language("approaches:policy_area", language, slug=PolicyArea.objects.first().slug),
        in_language("search:results", language) + "?q=gdansk&kind=approaches",
    ]

    for address in pages:
        page = PageOf(client, address)
        shown, marked = occurrences(page.root.find("body"), words, language)

        assert shown, f"{address} does not show it"
        assert shown == marked, f"{address}: {shown - marked} of {shown} not marked"


def occurrences(element, words, language):
    """How often the words stand in the element, and how often within an element of their own language."""
    shown = marked = 0
    if not isinstance(element.tag, str):
        return 0, 0
    language = element.get("lang", language)
    if element.tag not in ("script", "title") and words in (element.text or ""):
        shown, marked = 1, int(language == "en")
    for inner in element:
        inner_shown, inner_marked = occurrences(inner, words, language)
        shown, marked = shown + inner_shown, marked + inner_marked
        if words in (inner.tail or ""):
            shown, marked = shown + 1, marked + int(language == "en")
    return shown, marked


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_a_record_in_english_only_says_so(client, language):
    initiative = Initiative.objects.get(slug="intercultural-competence-ukraine-2020")

    page = PageOf(client, in_language("networks:initiative", language, slug=initiative.slug))
    (heading,) = page.all("h1")

    assert [element.text for element in heading.iter() if element.get("lang") == "en"] == [
        initiative.title_en
    ]
