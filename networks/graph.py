"""The graph of networks: actors and the networks they belong to as nodes, each with its place, and edges between them.

The places are computed when the data have changed, outside any request, and stored (`renew_layout`); whoever has joined
since is drawn beside its networks at once. What is drawn, listed and handed out as files is one Graph.
"""

import hashlib
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from networks.actors import MUNICIPALITY, ORGANISATION, PAGES, key_of
from networks.layout import Node, completed, lay_out
from networks.models import Layout, Membership, OrganisationMembership
from networks.ties import NETWORK
from publishing.addresses import address_of

KINDS = (MUNICIPALITY, ORGANISATION, NETWORK)
PAGES_OF = PAGES | {NETWORK: "networks:detail"}
LONGEST_LABEL = 30  # letters
ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"
MARGIN = 20  # units around the outermost nodes
SMALLEST = 240  # units that a picture shows at least: a single network is no giant
NARROWEST, WIDEST = 0.8, 1.5  # width by height of a picture


class Place(NamedTuple):
    """A node of the graph with its place: a municipality, an organisation or a network."""

    key: str
    kind: str  # one of KINDS
    slug: str
    name: str
    language: str  # that the name is in; "" for one that is the same in all
    label: str  # what stands beside it: the name or a shorter one
    country: str  # its code, "" where there is none or it is not known
    x: int
    y: int
    degree: int  # the number of its edges in this graph

    @property
    def address(self):
        return address_of(PAGES_OF[self.kind], self.slug)


class View(NamedTuple):
    """The part of the plane that a picture shows."""

    x: int
    y: int
    width: int
    height: int

    @classmethod
    def around(cls, places):
        if not places:
            return cls(-SMALLEST // 2, -SMALLEST // 2, SMALLEST, SMALLEST)
        left, right = min(place.x for place in places), max(place.x for place in places)
        top, bottom = min(place.y for place in places), max(place.y for place in places)
        width = max(right - left + 2 * MARGIN, SMALLEST)
        height = max(bottom - top + 2 * MARGIN, SMALLEST)
        width, height = max(width, int(height * NARROWEST)), max(height, int(width / WIDEST))
        return cls((left + right - width) // 2, (top + bottom - height) // 2, width, height)

    @property
    def box(self):
        """The viewBox of the SVG."""
        return f"{self.x} {self.y} {self.width} {self.height}"

    def share(self, x, y):
        """A place in hundredths of the width and of the height."""
        return 100 * (x - self.x) / self.width, 100 * (y - self.y) / self.height


class Graph:
    """The actors of a web that belong to networks, these networks, and the memberships as edges.

    `nodes` is the stored layout: {key: Node}. `kept` are the keys of the actors that a filter leaves; None is all. A
    network of which no member is left is not in the graph.
    """

    def __init__(self, web, nodes, kept=None):
        self.web = web
        self.nodes = nodes
        self.edges = sorted(
            (
                tie
                for tie in web.ties
                if tie.group.startswith(f"{NETWORK}:") and (kept is None or tie.actor in kept)
            ),
            key=lambda tie: (tie.group, tie.actor),
        )

    @cached_property
    def networks_of(self):
        """The networks of each actor: {key: {key, …}}."""
        networks = {}
        for tie in self.edges:
            networks.setdefault(tie.actor, set()).add(tie.group)
        return networks

    @cached_property
    def members_of(self):
        """The edges of each network: {key: [tie, …]}."""
        members = {}
        for tie in self.edges:
            members.setdefault(tie.group, []).append(tie)
        return members

    @cached_property
    def places(self):
        """The nodes by key, networks first, each kind in the order of the names."""
        spots = on_whole_units(completed(self.nodes, self.networks_of))
        networks = (
            Place(
                *(key, NETWORK, group.slug, group.name.value, group.name.language),
                *(label_of(group.name.value, group.acronym), group.country),
                *(*spots[key], len(self.members_of[key])),
            )
            for key, group in self.web.groups.items()
            if key in self.members_of
        )
        actors = (
            Place(
                *(key, actor.kind, actor.slug, actor.name, "", label_of(actor.name)),
                *(actor.country, *spots[key], len(self.networks_of[key])),
            )
            for key, actor in self.web.actors.items()
            if key in self.networks_of
        )
        return {place.key: place for place in chain(networks, actors)}

    def of_kind(self, kind):
        return [place for place in self.places.values() if place.kind == kind]

    @cached_property
    def networks(self):
        return self.of_kind(NETWORK)

    @cached_property
    def kinds(self):
        """The kinds of nodes that occur."""
        return {place.kind for place in self.places.values()}

    @property
    def actor_count(self):
        return len(self.networks_of)

    @property
    def unconfirmed(self):
        """The number of edges that nobody has confirmed."""
        return sum(not tie.verified for tie in self.edges)

    @cached_property
    def view(self):
        return View.around(self.places.values())


def label_of(name, acronym=""):
    """What is written beside a node: a short acronym, else the name, without what explains it if it is long."""
    if acronym and len(acronym) <= LONGEST_LABEL:
        return acronym
    for end in (" (", " – ", " - ", ": "):
        if len(name) > LONGEST_LABEL:
            name = name.split(end)[0]
    return name if len(name) <= LONGEST_LABEL else name[: LONGEST_LABEL - 1].rstrip() + ELLIPSIS


def on_whole_units(places):
    """The places on whole units, each on one of its own: {key: (x, y)}."""
    taken, spots = set(), {}
    for key, (x, y) in places.items():
        x, y = round(x), round(y)
        while (x, y) in taken:
            x += 1
        taken.add((x, y))
        spots[key] = x, y
    return spots


# The stored layout


def stored_nodes():
    """The places of the stored layout, {key: Node}; none if none has been computed yet."""
    nodes = Layout.objects.values_list("nodes", flat=True).first()
    return {key: Node(*node) for key, node in nodes.items()} if nodes else {}


def every_membership():
    """The networks of each public actor, whenever it belonged to them: {key: {key, …}}. Two queries."""
    networks = {}
    for model, kind in [(Membership, MUNICIPALITY), (OrganisationMembership, ORGANISATION)]:
        rows = (
            model.objects.published().order_by().values_list(f"{model.member_field}__slug", "network__slug")
        )
        for slug, network in rows:
            networks.setdefault(key_of(kind, slug), set()).add(f"{NETWORK}:{network}")
    return networks


def digest_of(memberships):
    """A digest that is another one for other memberships."""
    lines = (f"{actor} {' '.join(sorted(networks))}\n" for actor, networks in sorted(memberships.items()))
    return hashlib.md5("".join(lines).encode(), usedforsecurity=False).hexdigest()


def renew_layout(afresh=False, report=lambda share: None):
    """Compute and store the layout if the memberships have changed since; the number of nodes, None if they have not.

    It starts from the stored places, so that people find theirs again; `afresh` starts from nothing.
    """
    memberships = every_membership()
    digest = digest_of(memberships)
    if not afresh and Layout.objects.filter(digest=digest).exists():
        return None
    nodes = lay_out(memberships, {} if afresh else stored_nodes(), report)
    with transaction.atomic():
        Layout.objects.all().delete()
        Layout.objects.create(nodes=nodes, digest=digest, computed_at=timezone.now())
    return len(nodes)
