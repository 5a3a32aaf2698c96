"""The graph of networks as SVG: edges, dots, and the marks and names that keep their size."""

import math
from html import escape
from itertools import groupby

from django import template
from django.utils.safestring import mark_safe

from networks.labels import GAP, labelled, mark_of, size_of_dot
from networks.ties import NETWORK
from publishing.languages import current_language

register = template.Library()

LARGEST_DOT = 6  # pixels from its middle, in a large picture


@register.simple_tag
def graph_lines(graph):
    """The edges: for each network a path of those that are confirmed, and one of the others."""
    paths = []
    for network, edges in graph.members_of.items():
        for confirmed, kind in [(True, ""), (False, ' class="graph__unconfirmed"')]:
            actors = [graph.places[tie.actor] for tie in edges if tie.verified is confirmed]
            if actors:
                paths.append(f'<path{kind} d="{fan(graph.places[network], actors)}"/>')
    return mark_safe("\n".join(paths))  # noqa: S308 - numbers only


def fan(hub, actors):
    """The `d` of a path from each actor to the hub. Two at a time go to it and back: half as many words."""
    middle = f"L{hub.x} {hub.y}"
    steps = []
    for number, actor in enumerate(actors):
        steps.append(f"L{actor.x} {actor.y}" if number % 2 else f"M{actor.x} {actor.y}{middle}")
    return "".join(steps)


@register.simple_tag
def graph_dots(graph):
    """The actors as links, by kind and size of their dots. The script reads from their places who belongs to what."""
    groups = groupby(
        sorted((p for p in graph.places.values() if p.kind != NETWORK), key=kind_and_size), key=kind_and_size
    )
    return mark_safe(  # noqa: S308 - every text is escaped
        "\n".join(
            f'<g class="graph__dots graph__dots--{kind} graph__dots--{size}">'
            + "\n".join(
                f'<a href="{place.address}" tabindex="-1"{short(place)}><title>{escape(place.name)}</title><path d="M{place.x} {place.y}h0"/></a>'
                for place in places
            )
            + "</g>"
            for (kind, size), places in groups
        )
    )


def kind_and_size(place):
    return place.kind, size_of_dot(place)


@register.simple_tag
def graph_names(graph):
    """The networks as links with a mark and, where there is room, a name; then the names of the largest actors."""
    names, here = labelled(graph), current_language()
    actors = [graph.places[key] for key in names if graph.places[key].kind != NETWORK]
    return mark_safe(  # noqa: S308 - every text is escaped
        "\n".join(
            [
                *(placed(graph, place, name_svg(place, names, here)) for place in actors),
                *(
                    placed(graph, place, hub_svg(place, name_svg(place, names, here)))
                    for place in reversed(graph.networks)
                ),
            ]
        )
    )


def placed(graph, place, svg):
    """Something at the place of a node that does not grow with the picture."""
    left, top = graph.view.share(place.x, place.y)
    return f'<svg x="{left:.2f}%" y="{top:.2f}%">{svg}</svg>'


def hub_svg(place, name):
    title = f"<title{language_of(place, current_language())}>{escape(place.name)}</title>"
    return (
        f'<a class="graph__hub" href="{place.address}" tabindex="-1" data-x="{place.x}" data-y="{place.y}"{short(place)}>'
        f'{title}<path class="graph__mark" d="{hexagon(mark_of(place))}"/>{name}</a>'
    )


def short(place):
    """The shorter name for the script, where there is one."""
    return f' data-label="{escape(place.label)}"' if place.label != place.name else ""


def name_svg(place, names, here):
    if place.key not in names:
        return ""
    size, side = names[place.key]
    gap = (mark_of(place) if place.kind == NETWORK else LARGEST_DOT) + GAP
    x = f'x="{gap:.0f}"' if side == "end" else f'x="-{gap:.0f}" text-anchor="end"'
    text = escape(place.label)
    return (
        f'<text class="graph__name graph__name--{size}" y="4.5" {x}{language_of(place, here)}>{text}</text>'
    )


def language_of(place, here):
    return f' lang="{place.language}"' if place.language and place.language != here else ""


def hexagon(reach):
    corners = (
        (reach * math.cos(math.radians(60 * n)), reach * math.sin(math.radians(60 * n))) for n in range(6)
    )
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in corners) + "Z"
