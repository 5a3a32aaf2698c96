"""The whole web of actors and what ties them together, as plain data.

Actors are municipalities and organisations. What ties them are groups that several of them belong to: networks,
initiatives, declarations. A tie is one actor in one group. Whatever speaks of connections starts from here: shared
things, overlap, the graph, lines on a map.

An actor's key is that of addresses: "gdansk" for a municipality, "organisation:icorn" for an organisation. A group's
key has its kind before its slug: "network:eurocities", "initiative:cities-grow", "declaration:charter-of-palermo-2015".
"""

from typing import NamedTuple

NETWORK, INITIATIVE, DECLARATION = "network", "initiative", "declaration"
MUNICIPALITY, ORGANISATION = "municipality", "organisation"


class Actor(NamedTuple):
    """A public municipality or organisation that something ties to others."""

    key: str
    kind: str  # MUNICIPALITY or ORGANISATION
    slug: str
    name: str  # in the language of the page
    sort_name: str
    country: str  # its code, "" where not known
    population: int | None  # None for an organisation, too
    latitude: float | None  # of an organisation: of its seat
    longitude: float | None


class Group(NamedTuple):
    """A public network, initiative or declaration."""

    key: str
    kind: str  # NETWORK, INITIATIVE or DECLARATION
    slug: str
    name: object  # a Text: the name and its language
    acronym: str
    sort_name: str
    network_kind: str  # "city-network" …; "" for an initiative and a declaration
    country: str  # the code, for a national network
    since: int | None  # the year in which it was founded, started or signed
    until: int | None  # the year in which an initiative ended


class Tie(NamedTuple):
    """An actor in a group."""

    actor: str  # keys
    group: str
    role: str  # of a membership: "member" …; else ""
    since: int | None  # of an initiative or declaration: its own years
    until: int | None
    verified: bool  # True for what is no membership
    source_url: str  # of a membership; initiatives and declarations have sources of their own


class Pair(NamedTuple):
    """A mentoring pair of an initiative."""

    initiative: str  # keys
    mentor: str
    supported: str


class Web:
    """Who is tied to whom in a year: the ties, and for each actor and group those it has.

    `ties` are those that held in the year, in no order; `unknown` is the number of memberships of which it is not known.
    `actors` and `groups` are dicts by key, asked for when they are first needed. `members[group]` and `groups_of[actor]`
    are dicts of ties: {actor: tie} and {group: tie}.
    """


def web(at=None):
    """The Web of the year that an `At` names, of the present without one. Three queries, all texts in the page's language:

    one for the ties, one for groups and pairs, one for the actors.
    """
