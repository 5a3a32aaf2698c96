"""What visitors ask about ties: which networks to compare, who is like whom, how two actors are connected."""

from functools import cached_property
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy

from cities.forms import CityFilterForm
from networks import peers
from networks.actors import find
from networks.finding import called
from networks.models import Network
from networks.overlap import Matrix, by_overlap_with
from networks.years import At
from publishing.forms import BY_NAME, ChoiceFacet, FilterForm, Sort

MOST_NETWORKS = 40  # in the table of the page; the file has all
MOST_CHOICES = 12  # entries that a name may mean
LONGEST_NAME = 100


class PeersForm(FilterForm):
    """The municipalities most like one of them."""

    facets = [facet for facet in CityFilterForm.facets if facet.name in ("featured", "size", "country")]
    sorts = {
        "alike": Sort(gettext_lazy("Most alike"), "-closeness", "sort_name", "pk"),
        "name": BY_NAME,
        "population": CityFilterForm.sorts["population"],
    }

    def __init__(self, data, city, networks):
        self.networks = networks
        super().__init__(data, peers.peers_of(city, networks))

    @cached_property
    def results(self):
        return self.alike().order_by(*self.sorts[self.sort].order)

    def alike(self):
        """The peers that fit, the most alike first."""
        order = self.sorts["alike"].order
        return self.filtered().annotate(closeness=peers.closeness(self.networks)).order_by(*order)

    @cached_property
    def total(self):
        """How many fit. Each municipality has exactly one size, so the counts of that facet add up to it."""
        size = next(facet for facet in self.facets if facet.name == "size")
        chosen = self.chosen["size"] or size.fixed_options()
        return sum(self.counts.get(("size", option["key"]), 0) for option in chosen)


class OverlapForm(FilterForm):
    """Which networks to lay side by side, in which order."""

    facets = [ChoiceFacet("kind", gettext_lazy("Kind"), "kind", Network.Kind.choices)]
    sorts = {
        "grouped": Sort(gettext_lazy("Related networks side by side")),
        "name": BY_NAME,
        "members": Sort(gettext_lazy("Number of members")),
    }

    def __init__(self, data, web):
        self.web = web
        super().__init__(data)
        self.problems += web.at.problems

    def every(self):
        return Network.objects.published()

    def choose_sort(self):
        """One of the orders, or the key of the network whose overlap the others are ordered by."""
        by_network = f"network:{self.data.get('sort', '').removeprefix('network:')}"
        return by_network if self.web.members.get(by_network) else super().choose_sort()

    @cached_property
    def fitting(self):
        """The keys of the networks that fit and have members."""
        kinds = [option["key"] for option in self.chosen["kind"]]
        return [
            key
            for key, group in self.web.groups.items()
            if group.kind == "network"
            and self.web.members.get(key)
            and (not kinds or group.network_kind in kinds or key == self.sort)
        ]

    @cached_property
    def largest(self):
        """Those of them that the page compares: the largest ones, and the one that the others are ordered by."""
        ordered = sorted(self.fitting, key=lambda key: (key != self.sort, -len(self.web.members[key])))
        shown = set(ordered[:MOST_NETWORKS])
        return [key for key in self.fitting if key in shown]

    def matrix(self):
        """The Matrix of the networks of the page, and their order."""
        matrix = Matrix(self.web.members, self.largest)
        return matrix, self.ordered(matrix)

    def ordered(self, matrix):
        if self.sort == "name":
            return matrix.networks
        if self.sort == "members":
            return sorted(matrix.networks, key=lambda key: -len(self.web.members[key]))
        return matrix.grouped() if self.sort == "grouped" else by_overlap_with(self.sort, matrix)


class ActorField:
    """One of the two fields of a connection: what was typed, and whom it means."""

    def __init__(self, name, text, found):
        self.name = name
        self.text = text
        self.other = None  # the other field
        self.matches, self.choices = [], []
        self.actor = found.get(text)
        # Whether the address has the actor's key itself.
        self.is_key = bool(self.actor) and self.actor.key == text
        if text and not self.actor:
            self.matches = called(text)
            exact = [match for match in self.matches if match.exact]
            if len(exact) == 1:
                self.actor = exact[0].actor
            self.choices = (exact or self.matches)[:MOST_CHOICES]

    @property
    def is_unknown(self):
        return bool(self.text) and not self.actor and not self.matches

    @property
    def is_open(self):
        """Whether the text may mean several."""
        return bool(self.matches) and not self.actor

    @property
    def suggestions(self):
        """The address of suggestions for it, which keep the other actor."""
        kept = {self.other.name: self.other.actor.key} if self.other.actor else {}
        return f"{reverse('networks:actor_names')}?{urlencode({'field': self.name} | kept)}"

    @property
    def value(self):
        """What the field shows."""
        return self.actor.name if self.actor else self.text


class ConnectionForm:
    """Two actors and a year, read from the address: `from`, `to`, `at`."""

    def __init__(self, data):
        self.at = At.read(data)
        self.problems = self.at.problems
        texts = {name: " ".join(data.get(name, "").replace("\0", " ").split()) for name in ("from", "to")}
        texts = {name: text[:LONGEST_NAME] for name, text in texts.items()}
        found = find(filter(None, texts.values()))
        self.first, self.second = (ActorField(name, text, found) for name, text in texts.items())
        self.first.other, self.second.other = self.second, self.first

    @property
    def fields(self):
        return [self.first, self.second]

    @property
    def is_complete(self):
        return bool(self.first.actor and self.second.actor)

    @property
    def is_same(self):
        return self.is_complete and self.first.actor.key == self.second.actor.key

    @property
    def status(self):
        """404 for a name that nobody has, 400 for the same actor twice."""
        if any(field.is_unknown for field in self.fields):
            return 404
        return 400 if self.is_same else 200

    @property
    def query(self):
        """The address with the keys in place of names, in their order."""
        keys = [(field.name, field.actor.key if field.actor else field.text) for field in self.fields]
        return urlencode(
            [pair for pair in keys if pair[1]] + ([("at", self.at.year)] if self.at.year else [])
        )

    @property
    def has_names(self):
        """Whether the address names somebody otherwise than by the key."""
        return any(field.actor and not field.is_key for field in self.fields)
