"""The graph as files that other programs open: edge list, JSON, GraphML, GEXF."""

import csv
import hashlib
import io
import json
from typing import NamedTuple
from xml.etree import ElementTree

import networkx as nx
from django.utils import timezone
from networkx.readwrite.gexf import GEXFWriter

from networks.graph import MUNICIPALITY, NETWORK, ORGANISATION
from publishing.languages import current_language

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
EDGE_COLUMNS = [
    *("actor", "actor_name", "actor_kind", "actor_country", "network", "network_name"),
    *("role", "since", "until", "confirmed", "source_url", "at", "licence", "licence_url"),
]
GEXF_VERSION = "1.2draft"
COLOURS = {NETWORK: (217, 64, 31), MUNICIPALITY: (23, 32, 46), ORGANISATION: (15, 110, 110)}


class About(NamedTuple):
    """What each file says of itself: from where, of which year, made when, under which terms."""

    site: str  # the address of the site
    source: str  # the address of the page
    year: int | None

    @property
    def day(self):
        return timezone.localdate().isoformat()

    @property
    def at(self):
        """The year that was asked for, else today."""
        return self.year or self.day

    def facts(self):
        return {
            "name": "Moving Cities",
            "source": self.source,
            "at": str(self.at),
            "created": self.day,
            "licence": LICENCE,
        }


def digest_of_file(graph, about, extension):
    """A digest that is another one for a file that says anything else; it costs far less than the file."""
    facts = (extension, current_language(), about.facts(), list(graph.places.values()), graph.edges)
    return hashlib.md5(json.dumps(facts).encode(), usedforsecurity=False).hexdigest()


def edge_list(graph, about):
    """The memberships as CSV."""
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(EDGE_COLUMNS)
    for tie in graph.edges:
        actor, network = graph.places[tie.actor], graph.places[tie.group]
        table.writerow(
            [
                *(actor.key, actor.name, actor.kind, actor.country, network.key, network.name),
                *(tie.role, tie.since, tie.until, yes_or_no(tie.verified), tie.source_url),
                *(about.at, "Moving Cities, CC BY 4.0", LICENCE),
            ]
        )
    return text.getvalue()


def yes_or_no(value):
    return "yes" if value else "no"


def as_networkx(graph, about):
    """The graph as one of networkx, with what is known as attributes; what is not known is left out."""
    made = nx.Graph(**about.facts())
    for place in graph.places.values():
        made.add_node(place.key, **known(node_facts(place, about)))
    for tie in graph.edges:
        facts = {"role": tie.role, "since": tie.since, "until": tie.until, "confirmed": tie.verified}
        made.add_edge(tie.actor, tie.group, **known(facts | {"source_url": tie.source_url}))
    return made


def node_facts(place, about):
    return {
        "label": place.name,
        "kind": place.kind,
        "country": place.country,
        "address": f"{about.site}{place.address}",
        "x": place.x,
        "y": place.y,
    }


def known(facts):
    return {name: value for name, value in facts.items() if value not in ("", None)}


def node_link(graph, about):
    """The graph as JSON, as `networkx.node_link_graph` and D3 read it."""
    data = nx.node_link_data(as_networkx(graph, about), edges="edges")
    return json.dumps(data, ensure_ascii=False)


def graphml(graph, about):
    return "\n".join(nx.generate_graphml(as_networkx(graph, about), named_key_ids=True))


def gexf(graph, about):
    """The graph as GEXF, with places, colours and sizes as Gephi shows them."""
    made = as_networkx(graph, about)
    for key, facts in made.nodes.items():
        x, y = facts.pop("x"), facts.pop("y")
        red, green, blue = COLOURS[facts["kind"]]
        facts["viz"] = {
            # In pictures y grows downwards, in Gephi upwards.
            "position": {"x": x, "y": -y, "z": 0},
            "color": {"r": red, "g": green, "b": blue, "a": 1.0},
            "size": made.degree[key],
        }
    writer = GEXFWriter(version=GEXF_VERSION)
    describe(writer, about)
    writer.add_graph(made)
    return str(writer)


def describe(writer, about):
    """Name the site as the creator, and say the rest in the description."""
    meta = writer.xml.find("meta")
    meta.find("creator").text = about.facts()["name"]
    facts = ", ".join(f"{name}: {value}" for name, value in about.facts().items())
    ElementTree.SubElement(meta, "description").text = facts
