"""The filter over all actors: municipalities and organisations in one list, asked for as two querysets at a time."""

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Least
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from cities.extent import FilterByExtent
from cities.forms import PresentOnly
from cities.models import City, Country, Profile, city_name
from networks.actors import KINDS, MODELS, MUNICIPALITY, ORGANISATION
from networks.models import BaseMembership, Membership, Network, OrganisationMembership, number_of
from networks.years import held_in
from publishing.forms import ChoiceFacet, Facet, FilterForm, Sort, yes_if
from publishing.gather import as_written
from publishing.languages import Localized, current_language, in_language, texts

MEMBERSHIPS = {MUNICIPALITY: Membership, ORGANISATION: OrganisationMembership}
MANY = 6  # networks; who is in more is counted with those
PATH_TO_CITY = {MUNICIPALITY: "", ORGANISATION: "city__"}


def of_seat(column):
    """A column of an organisation's seat, NULL where that is not public."""
    return Case(When(City.public("city__"), then=F(f"city__{column}")))


def country_of(kind):
    """An organisation of which no country is recorded has that of its seat."""
    return F("country") if kind == MUNICIPALITY else Coalesce("country", of_seat("country"))


class Actors:
    """The actors of a list: a queryset for each kind that fits, narrowed alike.

    Memberships are those of a year, of the present where it is None. `conditions` are what one membership of each of
    them fulfils, so that the values of one facet are counted among those memberships only: the roles in the chosen
    network.
    """

    def __init__(self, by_kind, year=None, conditions=None):
        self.by_kind = by_kind
        self.year = year
        self.conditions = conditions or {}

    @classmethod
    def published(cls, year=None):
        return cls({kind: model.objects.published() for kind, model in MODELS.items()}, year)

    def with_kinds(self, by_kind):
        return Actors(by_kind, self.year, self.conditions)

    def each(self, change):
        """Both kinds, as `change(kind, queryset)` makes them."""
        return self.with_kinds({kind: change(kind, queryset) for kind, queryset in self.by_kind.items()})

    def of_kinds(self, kinds):
        return self.with_kinds({kind: self.by_kind[kind] for kind in self.by_kind if kind in kinds})

    def matching(self, text):
        return self.each(lambda kind, queryset: queryset.matching(text))

    def having(self, **conditions):
        """Those with a membership that fulfils all the conditions."""

        def narrow(kind, queryset):
            fitting = self.held(kind).filter(**conditions, **{MEMBERSHIPS[kind].member_field: OuterRef("pk")})
            return queryset.filter(Exists(fitting.order_by()))

        return Actors(self.each(narrow).by_kind, self.year, conditions)

    def memberships(self, kind):
        """The memberships, of those of a kind, that the filter speaks of."""
        members = as_written(self.by_kind[kind]).order_by().values("pk")
        return self.held(kind).filter(**self.conditions, **{f"{MEMBERSHIPS[kind].member_field}__in": members})

    def held(self, kind):
        return held_in(MEMBERSHIPS[kind].objects.published(), self.year)

    def number_of_networks(self, kind):
        """To how many public networks each of a kind belongs, as an expression."""
        model = MEMBERSHIPS[kind]
        in_public = held_in(model.objects.filter(Network.public("network__")), self.year)
        return number_of(in_public, by=model.member_field)


class ActorFacet:
    """What the facets of actors share: each kind is counted by itself, and the numbers are added up."""

    def counted(self, actors):
        """For each kind, its actors grouped by value: rows of (value, count)."""
        return [
            as_written(queryset)
            .order_by()
            .values(value=Cast(self.value_of(actors, kind), CharField()))
            .annotate(number=Count("pk"))
            for kind, queryset in actors.by_kind.items()
        ]


class KindFacet(ActorFacet, ChoiceFacet):
    def value_of(self, actors, kind):
        return Value(kind, CharField())

    def narrow(self, actors, chosen):
        return actors.of_kinds([option["key"] for option in chosen])


class CountryFacet(ActorFacet, Facet):
    def value_of(self, actors, kind):
        return country_of(kind)

    def options(self, actors):
        occurs = Q()
        for kind, queryset in actors.by_kind.items():
            of_country = as_written(queryset).alias(of_country=country_of(kind))
            occurs |= Q(Exists(of_country.filter(of_country=OuterRef("pk")).order_by()))
        countries = Country.objects.filter(occurs).order_by("sort_name", "pk")
        return countries, {"pk": "pk", "key": "code", "label": Localized("name")}

    def narrow(self, actors, chosen):
        keys = [option["pk"] for option in chosen]
        return actors.each(
            lambda kind, queryset: queryset.alias(of_country=country_of(kind)).filter(of_country__in=keys)
        )


class MembershipFacet:
    """A filter by what memberships say. Facets of this kind speak of one and the same membership."""

    column = ""

    def counted(self, actors):
        return [
            actors.memberships(kind)
            .order_by()
            .values(value=Cast(F(self.column), CharField()))
            .annotate(number=Count(MEMBERSHIPS[kind].member_field, distinct=True))
            for kind in actors.by_kind
        ]

    def narrow(self, actors, chosen):
        """The form asks for all these facets at once."""
        return actors


class NetworkFacet(MembershipFacet, Facet):
    column = "network"

    def options(self, actors):
        belongs = [
            Q(Exists(model.objects.published().filter(network=OuterRef("pk")).order_by()))
            for model in MEMBERSHIPS.values()
        ]
        networks = Network.objects.published().filter(belongs[0] | belongs[1]).order_by("sort_name", "pk")
        return networks, {"pk": "pk", "key": "slug", "label": Localized("name")}

    def former(self, actors, keys):
        return super().former(actors.by_kind[MUNICIPALITY], keys)

    def target(self, model):
        return Network

    @staticmethod
    def wanted(chosen):
        return [option["pk"] for option in chosen]


class RoleFacet(MembershipFacet, ChoiceFacet):
    column = "role"

    @staticmethod
    def wanted(chosen):
        return [option["key"] for option in chosen]


class NumberFacet(ActorFacet, ChoiceFacet):
    """A filter by the number of networks that an actor belongs to."""

    def value_of(self, actors, kind):
        return Least(actors.number_of_networks(kind), Value(MANY))

    def narrow(self, actors, chosen):
        numbers = [int(option["key"]) for option in chosen]
        return actors.each(
            lambda kind, queryset: queryset.alias(at_most_many=self.value_of(actors, kind)).filter(
                at_most_many__in=numbers
            )
        )


class SeatFacet(Facet):
    """A filter by the municipality in which organisations have their seats; a municipality has its own in itself."""

    COLUMN = {MUNICIPALITY: "pk", ORGANISATION: "city"}

    def counted(self, actors):
        """Organisations by their seat, and the municipalities among these seats."""
        seats = MODELS[ORGANISATION].objects.published().filter(city__isnull=False).values("city")
        return [
            as_written(queryset)
            .filter(City.public(PATH_TO_CITY[kind]), **{f"{self.COLUMN[kind]}__in": seats})
            .order_by()
            .values(value=Cast(F(self.COLUMN[kind]), CharField()))
            .annotate(number=Count("pk"))
            for kind, queryset in actors.by_kind.items()
        ]

    def options(self, actors):
        seated = Exists(actors.by_kind[ORGANISATION].filter(city=OuterRef("pk")).order_by())
        cities = City.objects.published().filter(seated).order_by("sort_name", "pk")
        return cities, {"pk": "pk", "key": "slug", "label": city_name()}

    def former(self, actors, keys):
        return super().former(actors.by_kind[ORGANISATION], keys)

    def narrow(self, actors, chosen):
        keys = [option["pk"] for option in chosen]
        return actors.each(lambda kind, queryset: queryset.filter(**{f"{self.COLUMN[kind]}__in": keys}))


class ActorFilterForm(PresentOnly, FilterByExtent, FilterForm):
    """Networks and roles speak of the same membership: a founder in the network chosen, not in any other."""

    facets = [
        KindFacet("kind", _("Kind"), None, KINDS),
        NumberFacet(
            "number",
            _("Number of networks"),
            None,
            [(str(number), str(number)) for number in range(MANY)] + [(str(MANY), _("6 and more"))],
        ),
        RoleFacet("role", _("Role"), None, BaseMembership.Role.choices),
        NetworkFacet("network", _("Network"), ""),
        CountryFacet("country", _("Country"), "", key="code"),
        SeatFacet("seat", _("Seat"), "city"),
    ]
    sorts = {
        "name": Sort(_("Name A–Z"), "actor_sort_name", "slug"),
        "networks": Sort(_("Number of networks"), "-network_count", "actor_sort_name", "slug"),
    }

    def every(self):
        return Actors.published()

    def narrow(self, actors):
        if not self.extent:
            return actors
        return actors.each(
            lambda kind, queryset: queryset.filter(
                City.public(PATH_TO_CITY[kind]), self.extent.condition(PATH_TO_CITY[kind])
            )
        )

    def filtered(self, leave_out=None):
        actors = super().filtered(leave_out)
        conditions = {
            f"{facet.column}__in": facet.wanted(self.chosen[facet.name])
            for facet in self.facets
            if isinstance(facet, MembershipFacet) and facet is not leave_out and self.chosen[facet.name]
        }
        return actors.having(**conditions) if conditions else actors

    def counted(self, facet):
        return facet.counted(self.filtered(leave_out=facet))

    def listed(self):
        return list(self.filtered().by_kind.values())

    @cached_property
    def results(self):
        """The rows of the list, in the chosen order."""
        actors = self.filtered()
        first, *others = (rows_of(actors, kind).values(*COLUMNS) for kind in actors.by_kind)
        return (first.union(*others, all=True) if others else first).order_by(*self.sorts[self.sort].order)

    @property
    def total(self):
        """How many actors fit. Each is of exactly one kind, so the counts of that facet add up to it."""
        return sum(self.fitting(kind) for kind, _label in KINDS)

    def fitting(self, kind):
        """How many actors of a kind fit."""
        chosen = [option["key"] for option in self.chosen["kind"]]
        return self.counts["kind", kind] if kind in chosen or not chosen else 0

    @cached_property
    def places(self):
        """The municipalities on the map of the list: those that fit, and the seats of organisations that do."""
        fitting = self.filtered().by_kind
        here = Q()
        if MUNICIPALITY in fitting:
            here |= Q(pk__in=fitting[MUNICIPALITY].order_by().values("pk"))
        if self.seats is not None:
            here |= Q(pk__in=self.seats)
        return City.objects.published().filter(here)

    @cached_property
    def seats(self):
        """Where organisations that fit have their seats, as a query of keys; None where the filter is for others."""
        organisations = self.filtered().by_kind.get(ORGANISATION)
        if organisations is None:
            return None
        return organisations.filter(city__isnull=False).order_by().values("city")


COLUMNS = [
    "slug",
    *("actor_kind", "actor_name", "actor_sort_name", "network_count", "featured", "country_name"),
    *("place", "place_name", "organisation_kind", "population", "teaser"),
]


def rows_of(actors, kind):
    """What a list shows of the actors of one kind; `place` is where they lie, for the map."""
    rows = (
        as_written(actors.by_kind[kind])
        .order_by()
        .annotate(
            actor_kind=Value(kind, TextField()),
            actor_sort_name=F(in_language("sort_name", current_language())),
            network_count=actors.number_of_networks(kind),
        )
    )
    return rows.annotate(**OF_KIND[kind]())


def municipality_columns():
    return {
        "actor_name": city_name(),
        "featured": yes_if(Profile.public("profile__")),
        "place": F("slug"),
        "place_name": Value("", TextField()),
        "organisation_kind": Value("", TextField()),
    } | texts(country_name="country__name", teaser="profile__subtitle")


def organisation_columns():
    return {
        "actor_name": F("name"),
        "featured": Value(None, TextField()),
        "place": of_seat("slug"),
        "place_name": Case(When(City.public("city__"), then=city_name("city__"))),
        "organisation_kind": F("kind"),
        "population": Value(None, IntegerField()),
        "country_name": Coalesce(
            Localized("country__name"),
            Case(When(City.public("city__"), then=Localized("city__country__name"))),
        ),
    } | texts(teaser="summary")


OF_KIND = {MUNICIPALITY: municipality_columns, ORGANISATION: organisation_columns}
