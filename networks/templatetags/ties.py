"""The table of overlap, and links to actors. A thousand cells are many nodes for a template, one loop for Python."""

from html import escape

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cities.templatetags.cities import inhabitants
from networks.actors import address_of_key
from networks.overlap import SHADES
from networks.peers import PRECISION, weight
from publishing.addresses import address_of
from publishing.formats import number, percentage
from publishing.languages import current_language
from publishing.templatetags.publishing import lang_attribute, text

register = template.Library()
register.filter("actor_address", address_of_key)


@register.simple_tag
def overlap_rows(matrix, networks, at):
    """A row of the table for each network, in the given order: its name, and for each network the members they share."""
    places = {key: place for place, key in enumerate(matrix.networks)}
    cells = Cells(at)
    return mark_safe(  # noqa: S308 - every value is escaped
        "\n".join(
            f'<tr><th scope="row">{linked_name(network)}</th>'
            + "".join(
                cells.cell(network, other, matrix.between(places[network.key], places[other.key]))
                for other in networks
            )
            + "</tr>"
            for network in networks
        )
    )


class Cells:
    """The cells of one table, all to the same year; what they say is put into words once."""

    def __init__(self, at):
        self.start = reverse("networks:overlap")
        self.query = f"?{at.query}" if at.query else ""
        self.percentages = {}

    def cell(self, network, other, overlap):
        if network == other:
            return f'<td class="overlap__self">{number(overlap.first_members)}</td>'
        if not overlap.shared:
            return "<td>0</td>"
        return (
            f'<td class="overlap__{overlap.shade}"><a href="{self.start}{network.slug}/{other.slug}/{self.query}">'
            f"{number(overlap.shared)} <small>{self.percent(overlap.share)}</small></a></td>"
        )

    def percent(self, share):
        rounded = round(share * 100)
        if rounded not in self.percentages:
            self.percentages[rounded] = percentage(rounded)
        return self.percentages[rounded]


def linked_name(network):
    """The name, and the acronym that heads its column."""
    name, acronym = network.name, network.acronym
    is_told = not acronym or acronym in str(name)
    short = "" if is_told else f' <small translate="no">{escape(acronym)}</small>'
    return (
        f'<a href="{address_of("networks:detail", network.slug)}"{lang_attribute(name, current_language())}>'
        f"{escape(str(name))}{short}</a>"
    )


@register.simple_tag
def overlap_heads(networks, query):
    """The heads of the columns: each orders the table by what the others share with that network."""
    here = current_language()
    return format_html_join(
        "\n",
        '<th scope="col"><a href="?sort={}{}"{}>{}</a></th>',
        (
            (
                network.slug,
                f"&{query}" if query else "",
                lang_attribute(network.name, here) if not network.acronym else mark_safe(' translate="no"'),
                network.acronym or network.name,
            )
            for network in networks
        ),
    )


@register.simple_tag
def shades():
    """The shades of the cells, as pairs of a class and the share of the smaller network from which on it is used."""
    return [
        (f"overlap__{place}", percentage(round(limit * 100))) for place, limit in enumerate([0, *SHADES], 1)
    ]


@register.filter
def share(value):
    """A part from 0 to 1 in whole percent."""
    return percentage(round(value * 100))


@register.simple_tag
def actor_link(actor):
    """The name of an actor, leading to its page."""
    untranslated = mark_safe(' translate="no"') if actor.kind == "organisation" else ""
    return format_html('<a href="{}"{}>{}</a>', address_of_key(actor.key), untranslated, actor.name)


@register.simple_tag
def peer_rows(peers):
    """A list item for each municipality that is like the one of the page, with the networks that both are in."""
    return mark_safe("\n".join(peer_row(peer) for peer in peers))  # noqa: S308 - every value is escaped


def peer_row(peer):
    facts = "".join(f"<span>{fact}</span>" for fact in facts_of_peer(peer))
    networks = ", ".join(short_name(network) for network in peer["common"])
    return (
        f'<li class="row{" row--featured" if peer["featured"] else ""}" data-place="{peer["slug"]}">'
        f'<h3 class="row__title"><a href="{address_of("cities:detail", peer["slug"])}">{escape(peer["shown_name"])}</a></h3>'
        f'<p class="meta">{facts}</p><p class="row__teaser">{networks}</p></li>'
    )


def facts_of_peer(peer):
    """Country, population, and how much is in common, ready for HTML."""
    if peer["featured"]:
        yield escape(_("Featured city"))
    yield text(peer["country_name"])
    if peer["population"] is not None:
        yield inhabitants(peer["population"])
    common = peer["common"]
    yield ngettext("%(networks)s network in common", "%(networks)s networks in common", len(common)) % {
        "networks": number(len(common))
    }
    closeness = sum(weight(network["members"]) for network in common) / PRECISION
    yield escape(_("likeness %(number)s") % {"number": number(round(closeness, 2))})


def short_name(network):
    """A network by its acronym, which explains itself, or by its name."""
    name = network["name"]
    if network["acronym"] and network["acronym"] != str(name):
        language = lang_attribute(name, current_language())
        return (
            f'<abbr title="{escape(str(name))}"{language} translate="no">{escape(network["acronym"])}</abbr>'
        )
    return f"<span{lang_attribute(name, current_language())}>{escape(str(name))}</span>"
