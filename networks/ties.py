"""The whole web of actors and what ties them together, as plain data.

Actors are municipalities and organisations. What ties them are groups that several of them belong to: networks,
initiatives, declarations. A tie is one actor in one group. Whatever speaks of connections starts from here: shared
things, overlap, the graph, lines on a map.

An actor's key is that of addresses: "gdansk" for a municipality, "organisation:icorn" for an organisation. A group's
key has its kind before its slug: "network:eurocities", "initiative:cities-grow", "declaration:charter-of-palermo-2015".

In a year that is asked for (`?at=2019`) a membership counts if it held then. Initiatives and declarations count from
their year on: what municipalities did together connects them afterwards, too.
"""

from functools import cached_property
from typing import NamedTuple

from django.db import DEFAULT_DB_ALIAS
from django.db.models import BooleanField, Exists, F, IntegerField, OuterRef, TextField, Value
from django.db.models.functions import Cast, Coalesce, NullIf, Substr

from cities.models import City, city_name
from networks.actors import MUNICIPALITY, ORGANISATION, key_of
from networks.models import (
    Declaration,
    Initiative,
    Membership,
    MentoringPair,
    Network,
    Organisation,
    OrganisationMembership,
    Participation,
    Signature,
)
from networks.years import At, held, holds, left_open
from publishing.gather import as_written
from publishing.languages import current_language, in_language, texts
from publishing.models import public_along
from publishing.prepared import Prepared, ask_lists, keep

NETWORK, INITIATIVE, DECLARATION = "network", "initiative", "declaration"


class Actor(NamedTuple):
    """A public municipality or organisation that something ties to others."""

    key: str
    kind: str  # MUNICIPALITY or ORGANISATION
    slug: str
    name: str  # in the language of the page
    sort_name: str
    country: str  # its code, that of the seat for an organisation without one; "" where not known
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
    since: str  # a partial date, "" where not known: founded, started, signed
    until: str  # when an initiative ended


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

    `ties` are those that held in the year, in no order; `open` are the memberships of which it is not known, `unknown`
    is their number.
    `members[group]` and `groups_of[actor]` are dicts of ties: {actor: tie} and {group: tie}. `groups`, `pairs` and
    `actors` are asked for when they are first needed.
    """

    def __init__(self, ties, left_open=(), at=None):
        self.ties = ties
        self.open = left_open
        self.unknown = len(left_open)
        self.at = at or At()

    @cached_property
    def members(self):
        members = {}
        for tie in self.ties:
            members.setdefault(tie.group, {})[tie.actor] = tie
        return members

    @cached_property
    def groups_of(self):
        groups = {}
        for tie in self.ties:
            groups.setdefault(tie.actor, {})[tie.group] = tie
        return groups

    @cached_property
    def facts(self):
        return ask_lists("groups of the web", lists_of_groups)

    @cached_property
    def groups(self):
        """All public networks, initiatives and declarations by key, in the order of their names."""
        groups = {}
        for kind in (NETWORK, INITIATIVE, DECLARATION):
            for row in self.facts[kind]:
                group = Group(**{"key": f"{kind}:{row['slug']}", "kind": kind} | NO_NETWORK | row)
                groups[group.key] = group
        return groups

    @cached_property
    def pairs(self):
        """The mentoring pairs of the initiatives that count in the year."""
        pairs = (
            Pair(f"{INITIATIVE}:{row['initiative']}", row["mentor"], row["supported"])
            for row in self.facts["pairs"]
        )
        return [pair for pair in pairs if pair.mentor in self.members.get(pair.initiative, ())]

    @cached_property
    def actors(self):
        """The actors that have ties, by key, in the order of their names."""
        return {actor.key: actor for actor in all_actors() if actor.key in self.groups_of}


NO_NETWORK = {"acronym": "", "network_kind": "", "country": "", "until": ""}


def web(at=None):
    """The Web of the year that an `At` names, of the present without one.

    Three queries at most, with all texts in the page's language: one for the ties, one for groups and pairs, one for
    the actors.
    """
    at = at or At()
    query = keep(("ties", at.year), DEFAULT_DB_ALIAS, lambda: Prepared(every_tie(at.year), DEFAULT_DB_ALIAS))
    return Web(*read(query.rows({}), at.year), at)


def read(rows, year):
    """The ties among rows of `every_tie` that held in a year, and the memberships that may have."""
    ties, open_ties = [], []
    for kind, actor, group, role, since, until, verified, source_url in rows:
        tie = Tie(
            key_of(ORGANISATION if kind == ORGANISATION else MUNICIPALITY, actor),
            f"{NETWORK if kind == ORGANISATION else kind}:{group}",
            role,
            since,
            until,
            bool(verified),
            source_url,
        )
        # Without a year only those were asked for that hold.
        holding = year is None or (holds if role else has_begun)(since, until, year)
        if holding:
            ties.append(tie)
        elif holding is None:
            open_ties.append(tie)
    return ties, open_ties


def has_begun(since, until, year):
    """Whether an initiative had begun or a declaration was signed by the end of a year."""
    first = until if since is None else since
    return first is not None and first <= year


def every_tie(year):
    """The rows of all ties that held or may have held in a year, in one query: kind, actor, group, role, years,
    confirmed, source. Memberships of municipalities have the kind of their group, those of organisations are "organisation".
    """
    first, *others = (
        as_written(queryset).order_by().annotate(**columns).values_list(*COLUMNS)
        for queryset, columns in (
            memberships(Membership, year),
            memberships(OrganisationMembership, year),
            joint(Participation, INITIATIVE, "started", "ended"),
            joint(Signature, DECLARATION, "date", "date"),
        )
    )
    return first.union(*others, all=True)


COLUMNS = [
    f"tie_{name}" for name in ("kind", "actor", "group", "role", "since", "until", "verified", "source_url")
]


def memberships(model, year):
    """The memberships of a model that held or may have held in a year, and their columns."""
    member = model.member_field
    queryset = model.objects.published().filter(held(year) | left_open(year))
    return queryset, {
        "tie_kind": Value(ORGANISATION if model is OrganisationMembership else NETWORK, TextField()),
        "tie_actor": F(f"{member}__slug"),
        "tie_group": F("network__slug"),
        "tie_role": F("role"),
        "tie_since": F("since"),
        "tie_until": F("until"),
        "tie_verified": F("verified"),
        "tie_source_url": F("source_url"),
    }


def joint(model, kind, start, end):
    """The participations in what municipalities did together, and their columns."""
    queryset = model.objects.filter(public_along(model, kind), City.public("city__"))
    return queryset, {
        "tie_kind": Value(kind, TextField()),
        "tie_actor": F("city__slug"),
        "tie_group": F(f"{kind}__slug"),
        "tie_role": Value("", TextField()),
        "tie_since": year_of(f"{kind}__{start}"),
        "tie_until": year_of(f"{kind}__{end}"),
        "tie_verified": Value(True, BooleanField()),
        "tie_source_url": Value("", TextField()),
    }


def year_of(field):
    """The year of a partial date as a number, NULL where the date is not known."""
    return Cast(NullIf(Substr(field, 1, 4), Value("")), IntegerField())


def lists_of_groups():
    """Networks, initiatives, declarations and mentoring pairs, as lists for `ask_lists`."""
    pairs = MentoringPair.objects.filter(
        public_along(MentoringPair, INITIATIVE), City.public("first__"), City.public("second__")
    )
    return {
        NETWORK: (
            Network.objects.published().order_by("sort_name", "pk"),
            {"slug": "slug", "acronym": "acronym", "network_kind": "kind", "since": "founded"}
            | {"sort_name": sort_name(), "country": Coalesce("country__code", Value(""))}
            | texts(name="name"),
        ),
        INITIATIVE: (
            Initiative.objects.published().order_by("sort_name", "pk"),
            {"slug": "slug", "since": "started", "until": "ended", "sort_name": sort_name()}
            | texts(name="title"),
        ),
        DECLARATION: (
            Declaration.objects.published().order_by("sort_name", "pk"),
            {"slug": "slug", "since": "date", "sort_name": sort_name()} | texts(name="title"),
        ),
        # The first of a pair is the municipality that was supported, the second its mentor.
        "pairs": (
            pairs.order_by("initiative__slug", "second__slug", "first__slug"),
            {"initiative": "initiative__slug", "mentor": "second__slug", "supported": "first__slug"},
        ),
    }


def sort_name():
    return in_language("sort_name", current_language())


def all_actors():
    """The municipalities and organisations that some tie leads to, as Actors in the order of their names. One query."""
    tied = [
        Exists(model.objects.filter(city=OuterRef("pk")).order_by())
        for model in (Membership, Participation, Signature)
    ]
    return named_actors(City.objects.filter(tied[0] | tied[1] | tied[2]), Organisation.objects.all())


def named_actors(cities, organisations):
    """The public ones of two querysets as Actors, in the order of their names. One query."""
    here = as_written(cities.published()).order_by()
    there = as_written(organisations.published()).order_by()
    cities = here.annotate(
        actor_kind=Value(MUNICIPALITY, TextField()),
        actor_name=city_name(),
        actor_sort_name=F(sort_name()),
        actor_country=F("country__code"),
        actor_population=F("population"),
        actor_latitude=F("latitude"),
        actor_longitude=F("longitude"),
    )
    organisations = there.annotate(
        actor_kind=Value(ORGANISATION, TextField()),
        actor_name=F("name"),
        actor_sort_name=F(sort_name()),
        actor_country=Coalesce("country__code", "city__country__code", Value("")),
        actor_population=Value(None, IntegerField()),
        actor_latitude=F("city__latitude"),
        actor_longitude=F("city__longitude"),
    )
    names = ["kind", "name", "sort_name", "country", "population", "latitude", "longitude"]
    columns = ["slug", *(f"actor_{name}" for name in names)]
    rows = (
        cities.values_list(*columns)
        .union(organisations.values_list(*columns), all=True)
        .order_by("actor_sort_name", "slug")
    )
    return [
        Actor(key_of(kind, slug), kind, slug, name, sort_name, country, population, latitude, longitude)
        for slug, kind, name, sort_name, country, population, latitude, longitude in rows
    ]
