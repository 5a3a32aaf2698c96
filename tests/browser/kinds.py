"""One address of every kind of page, from the real content."""

from django.urls import reverse
from django.utils.translation import override

PAGES = {
    "start page": ("pages:home", {}),
    "cities": ("cities:list", {}),
    "featured city": ("cities:detail", {"slug": "gdansk"}),
    "plain municipality": ("cities:detail", {"slug": "aachen"}),
    "country": ("cities:country", {"code": "pl"}),
    "networks": ("networks:list", {}),
    "actors": ("networks:actors", {}),
    "network": ("networks:detail", {"slug": "eccar"}),
    "initiative": ("networks:initiative", {"slug": "cities-grow"}),
    "declaration": ("networks:declaration", {"slug": "welcome-afghan-refugees-now"}),
    "organisation": ("networks:organisation", {"slug": "seebrucke"}),
    "overlap": ("networks:overlap", {}),
    "graph": ("networks:graph", {}),
    "members of two networks": ("networks:shared_members", {"first": "eccar", "second": "eurocities"}),
    "connection": ("networks:connection", {}),
    "peers": ("networks:peers", {"slug": "gdansk"}),
    "approaches": ("approaches:list", {}),
    "approach": ("approaches:detail", {"slug": "palermo-charter"}),
    "policy area": ("approaches:policy_area", {"slug": "political-participation"}),
    "commitments": ("commitments:list", {}),
    "commitment": ("commitments:detail", {"slug": "buenos-aires-migrant-electoral-guide"}),
    "news": ("news:list", {}),
    "news item": ("news:detail", {"slug": "moving-cities-online"}),
    "events": ("news:event_list", {}),
    "event": ("news:event_detail", {"slug": "moving-cities-launch-2021"}),
    "search": ("search:results", {}),
    "about": ("pages:about", {}),
    "data collection": ("pages:data_collection", {}),
    "imprint": ("pages:imprint", {}),
    "privacy": ("pages:privacy", {}),
    "accessibility": ("pages:accessibility", {}),
}
# The same kinds in further states, which no search engine shows.
STATES = {
    "filtered cities": ("cities:list", {}, "country=DE&country=PL&network=eccar&sort=population&page=2"),
    "filtered approaches": ("approaches:list", {}, "area=political-participation&country=DE"),
    "empty list": ("cities:list", {}, "q=xyzzy&country=PL"),
    "ignored filter": ("cities:list", {}, "country=XX&bbox=8,47,7"),
    "filtered actors": ("networks:actors", {}, "kind=organisation&country=DE&number=2&sort=networks"),
    "networks in a year": ("networks:list", {}, "at=2015"),
    "network in a year": ("networks:detail", {"slug": "eccar"}, "at=2010"),
    "graph in a year": ("networks:graph", {}, "country=DE&kind=municipality&at=2015"),
    "overlap in a year": ("networks:overlap", {}, "kind=campaign&sort=name&at=2019"),
    "shared things": ("networks:connection", {}, "from=gdansk&to=athens"),
    "ways through others": ("networks:connection", {}, "from=gdansk&to=organisation:seebrucke"),
    "several of a name": ("networks:connection", {}, "from=gdansk&to=aar"),
    "unknown name": ("networks:connection", {}, "from=gdansk&to=xyzzy"),
    "search results": ("search:results", {}, "q=Palermo"),
    "filtered search": ("search:results", {}, "q=council&kind=approaches&lang=en"),
    "found elsewhere": ("search:results", {}, "q=council&kind=countries"),
    "typing error": ("search:results", {}, "q=Palermmo"),
    "nothing found": ("search:results", {}, "q=xyzzy"),
    "not found": ("cities:detail", {"slug": "atlantis"}),
}
KINDS = PAGES | STATES
LANGUAGES = ["en", "fr", "de", "el", "it", "pl", "es"]


def address(kind, language="en"):
    """The address of a page of that kind in a language."""
    name, kwargs, *query = KINDS[kind]
    return "?".join([path(name, language, **kwargs), *query])


def path(name, language="en", **kwargs):
    with override(language):
        return reverse(name, kwargs=kwargs)
