"""Which municipalities are most like one: those with which it shares networks, a rare one counting more.

The measure is that of Lada A. Adamic and Eytan Adar, "Friends and neighbors on the Web", Social Networks 25 (2003),
211–230: each shared network counts 1 ÷ ln(number of its members). Members are the municipalities and
organisations that belong to it now.
"""

import math

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Subquery, Sum, Value, When

from cities.models import City
from networks.models import Membership, Network, number_of
from publishing.gather import as_written
from publishing.languages import current_language, in_language, texts
from publishing.prepared import Parameter

PRECISION = 1_000_000  # closeness is added up in whole millionths, so that no database rounds on its way
MOST_ALIKE = 20  # the peers whose networks are looked at
MISSED = 8  # networks of the peers that are named


def weight(members):
    """What a shared network of so many members counts, in millionths; nothing where nobody else is in it."""
    return round(PRECISION / math.log(members)) if members > 1 else 0


def lists_of_own_networks():
    """The networks that a municipality belongs to now, as a list for `ask_lists`."""
    own = Membership.objects.current().filter(city=Parameter("city", IntegerField()))
    networks = Network.objects.published().filter(pk__in=own.values("network")).with_member_counts()
    networks = networks.annotate(members=F("member_count") + F("organisation_count"))
    return {
        "networks": (
            networks.order_by("members", "sort_name", "pk"),
            {"pk": "pk", "slug": "slug", "acronym": "acronym", "members": "members"} | texts(name="name"),
        )
    }


def peers_of(city, networks):
    """The public municipalities that share one of these networks with a city now."""
    shared = Membership.objects.current().filter(network__in=pks(networks), city=OuterRef("pk"))
    return City.objects.published().filter(Exists(shared.order_by())).exclude(pk=city.pk)


def closeness(networks):
    """The sum of the weights of the networks that a municipality shares, in millionths, as an expression."""
    weights = [When(network=network["pk"], then=Value(weight(network["members"]))) for network in networks]
    shared = Membership.objects.filter(until=None, network__in=pks(networks), city=OuterRef("pk"))
    total = shared.order_by().values("city").annotate(total=Sum(Case(*weights, default=Value(0))))
    return Subquery(total.values("total"), output_field=IntegerField())


def pks(networks):
    """The primary keys; a number that no network has in place of none, which would be no query at all."""
    return [network["pk"] for network in networks] or [0]


def shared_networks(slugs, networks):
    """The networks that each of some municipalities shares, by its slug, in the given order. One query."""
    rows = Membership.objects.filter(until=None, network__in=pks(networks), city__slug__in=slugs)
    found = set(rows.values_list("city__slug", "network"))
    return {slug: [network for network in networks if (slug, network["pk"]) in found] for slug in slugs}


def missed_networks(peers, networks):
    """Networks that the first of the peers belong to and these do not include: rows with their number `peers`.

    The peers are a queryset in the order of their likeness. Two queries: asked in one, the peers would be measured
    again for each network.
    """
    nearest = list(peers.values_list("pk", flat=True)[:MOST_ALIKE])
    theirs = Membership.objects.current().filter(city__in=nearest).exclude(network__in=pks(networks))
    missed = as_written(Network.objects.published()).filter(pk__in=theirs.values("network"))
    return list(
        missed.annotate(peers=number_of(theirs, by="network"))
        .order_by("-peers", in_language("sort_name", current_language()), "pk")
        .values("slug", "acronym", "peers", **texts(shown_name="name"))[:MISSED]
    )
