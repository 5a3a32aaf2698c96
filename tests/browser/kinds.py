"""One address of every kind of page, from the real content."""

from django.urls import reverse
from django.utils.translation import override

KINDS = {
    "start page": ("pages:home", {}),
    "cities": ("cities:list", {}),
    "featured city": ("cities:detail", {"slug": "gdansk"}),
    "plain municipality": ("cities:detail", {"slug": "aachen"}),
    "country": ("cities:country", {"code": "pl"}),
    "networks": ("networks:list", {}),
    "network": ("networks:detail", {"slug": "eccar"}),
    "initiative": ("networks:initiative", {"slug": "cities-grow"}),
    "declaration": ("networks:declaration", {"slug": "welcome-afghan-refugees-now"}),
    "organisation": ("networks:organisation", {"slug": "seebrucke"}),
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
    "privacy": ("pages:privacy", {}),
}
LANGUAGES = ["en", "fr", "de", "el", "it", "pl", "es"]


def address(kind, language="en"):
    """The address of a page of that kind in a language."""
    name, kwargs = KINDS[kind]
    return path(name, language, **kwargs)


def path(name, language="en", **kwargs):
    with override(language):
        return reverse(name, kwargs=kwargs)
