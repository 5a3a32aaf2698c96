"""Actors: the municipalities and organisations that belong to networks, and their keys in addresses.

A municipality's key is its slug: "gdansk". An organisation's has its kind before it, "organisation:icorn", since both
may have the same slug. Addresses that people type are taken more kindly: the plain slug of an organisation is
understood unless a municipality has it, and so is a slug that either had before.
"""

from typing import NamedTuple

from django.core.validators import slug_re
from django.db.models import F, TextField, Value
from django.utils.translation import gettext_lazy as _

from cities.models import City, city_name
from networks.models import Organisation
from publishing.addresses import address_of
from publishing.gather import as_written
from publishing.models import FormerSlug

MUNICIPALITY, ORGANISATION = "municipality", "organisation"
KINDS = [(MUNICIPALITY, _("Municipality")), (ORGANISATION, _("Organisation"))]
MODELS = {MUNICIPALITY: City, ORGANISATION: Organisation}
PAGES = {MUNICIPALITY: "cities:detail", ORGANISATION: "networks:organisation"}


class Named(NamedTuple):
    """A public actor: its kind and slug, and its name in the language of the page."""

    kind: str
    slug: str
    name: str
    pk: int

    @property
    def key(self):
        return key_of(self.kind, self.slug)

    @property
    def address(self):
        return address_of(PAGES[self.kind], self.slug)


def key_of(kind, slug):
    """The key of an actor in addresses."""
    return slug if kind == MUNICIPALITY else f"{kind}:{slug}"


def address_of_key(key):
    """The path of the page of the actor with that key."""
    kind, slug = kind_and_slug(key)
    return address_of(PAGES[kind], slug)


def kind_and_slug(key):
    """What a key names, as it is written: "organisation" and "icorn"."""
    kind, colon, slug = key.partition(":")
    return (ORGANISATION, slug) if colon and kind == ORGANISATION else (MUNICIPALITY, key)


def find(keys):
    """The public actors that keys of an address name, by these keys; a key that names nobody is left out.

    One query where all are present keys, two more for those that are not.
    """
    places = {key: places_of(key) for key in keys}
    named = {(actor.kind, actor.slug): actor for actor in having(slug__in=slugs(places))}
    found = {key: first_of(named, possible) for key, possible in places.items()}
    missing = {key: places[key] for key, actor in found.items() if not actor}
    if missing:
        found |= formerly(missing)
    return {key: actor for key, actor in found.items() if actor}


def places_of(key):
    """Whom a key may mean, as kind and slug, the likelier first; nobody where it can be no slug."""
    kind, slug = kind_and_slug(key)
    if not slug_re.match(slug):
        return []
    return [(kind, slug)] if kind == ORGANISATION else [(kind, slug), (ORGANISATION, slug)]


def slugs(places):
    return {slug for possible in places.values() for _kind, slug in possible}


def first_of(named, places):
    return next((named[place] for place in places if place in named), None)


def formerly(places):
    """The public actors that once had these slugs, by key; None where nobody had."""
    former = FormerSlug.objects.filter(slug__in=slugs(places)).values_list("kind", "slug", "record")
    kinds = {model._meta.label_lower: kind for kind, model in MODELS.items()}
    records = {(kinds[kind], slug): record for kind, slug, record in former if kind in kinds}
    if not records:
        return dict.fromkeys(places)
    by_pk = {(actor.kind, actor.pk): actor for actor in having(pk__in=set(records.values()))}
    named = {place: by_pk[place[0], pk] for place, pk in records.items() if (place[0], pk) in by_pk}
    return {key: first_of(named, possible) for key, possible in places.items()}


def having(**condition):
    """The public actors of both kinds that fulfil a condition. One query."""
    cities, organisations = (
        as_written(model.objects.published().filter(**condition))
        .order_by()
        .annotate(actor_kind=Value(kind, TextField()), actor_name=name, actor_pk=F("pk"))
        .values_list("actor_kind", "slug", "actor_name", "actor_pk")
        for kind, model, name in [
            (MUNICIPALITY, City, city_name()),
            (ORGANISATION, Organisation, F("name")),
        ]
    )
    return [Named(*row) for row in cities.union(organisations, all=True)]
