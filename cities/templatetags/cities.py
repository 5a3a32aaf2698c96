"""The rows of a list of cities. Fifty of them are many nodes for a template, one loop for Python."""

from html import escape

from django import template
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from publishing.addresses import address_of
from publishing.formats import number
from publishing.templatetags.publishing import text

register = template.Library()


@register.simple_tag
def city_rows(cities, level=2):
    """A list item for each row of `cities.views.city_rows`: names, facts, and the subtitle of a featured city.

    The names are headings of the given level.
    """
    return mark_safe("\n".join(city_row(city, f"h{level}") for city in cities))  # noqa: S308 - every value is escaped


def city_row(city, heading):
    name, local_name = escape(city["shown_name"]), escape(city["local_name"])
    other_name = f' <span class="row__alt">{local_name}</span>' if local_name != name else ""
    facts = "".join(f"<span>{fact}</span>" for fact in city_facts(city))
    subtitle = city["featured"] and city["subtitle"]
    teaser = f'<p class="row__teaser">{text(subtitle)}</p>' if subtitle else ""
    return (
        f'<li class="row{" row--featured" if city["featured"] else ""}" data-place="{city["slug"]}">'
        f'<{heading} class="row__title"><a href="{address_of("cities:detail", city["slug"])}">{name}</a>{other_name}</{heading}>'
        f'<p class="meta">{facts}</p>{teaser}</li>'
    )


def city_facts(city):
    """Country, population, networks and approaches, those that are known, ready for HTML."""
    if city["featured"]:
        yield escape(_("Featured city"))
    yield text(city["country_name"])
    people = city["population"]
    if people is None:
        unknown = _("population not known")
        yield f'<span class="not-known">{unknown}</span>'
    else:
        yield inhabitants(people)
    if networks := city["networks"]:
        yield ngettext("%(number)s network", "%(number)s networks", networks) % {"number": networks}
    if approaches := city["approach_count"]:
        yield ngettext("%(number)s local approach", "%(number)s local approaches", approaches) % {
            "number": approaches
        }


def inhabitants(people):
    return ngettext("%(number)s inhabitant", "%(number)s inhabitants", people) % {"number": number(people)}


@register.simple_tag
def alike_rows(cities):
    """A list item for each municipality of similar size in the same networks as the one of the page."""
    return mark_safe("\n".join(alike_row(city) for city in cities))  # noqa: S308 - every value is escaped


def alike_row(city):
    facts = "".join(f"<span>{fact}</span>" for fact in facts_of_alike(city))
    return (
        f'<li class="row{" row--featured" if city["featured"] else ""}">'
        f'<h3 class="row__title"><a href="{address_of("cities:detail", city["slug"])}">{escape(city["name"])}</a></h3>'
        f'<p class="meta">{facts}</p></li>'
    )


def facts_of_alike(city):
    """Country, population and networks in common, ready for HTML."""
    if city["featured"]:
        yield escape(_("Featured city"))
    yield text(city["country"])
    yield inhabitants(city["population"])
    shared = city["shared"]
    yield ngettext("%(networks)s network in common", "%(networks)s networks in common", shared) % {
        "networks": shared
    }


@register.simple_tag
def neighbour_links(neighbours):
    """A list item for each of the nearest municipalities, with how far away it is."""
    return mark_safe("\n".join(neighbour_link(city) for city in neighbours))  # noqa: S308 - every value is escaped


def neighbour_link(city):
    distance = _("%(km)s km") % {"km": number(city["km"])}
    return (
        f'<li><a href="{address_of("cities:detail", city["slug"])}">{escape(city["name"])}</a> '
        f'<span class="links__note">{distance}</span></li>'
    )
