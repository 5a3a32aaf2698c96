"""Actors by what people call them: "Danzig", "Gdańsk (Poland)", "Seebrücke", in any language of the site."""

import re
from typing import NamedTuple

from django.db.models import F

from cities.models import City
from networks.actors import MUNICIPALITY, ORGANISATION, Named
from networks.models import Organisation
from publishing.languages import LANGUAGES, current_language
from publishing.sorting import without_marks
from publishing.words import words

LOOKED_AT = 100  # of the entries with these words, the largest municipalities first
IN_BRACKETS = re.compile(r"(.+?)\s*\(([^()]+)\)")


class Match(NamedTuple):
    """An actor that a text may mean."""

    actor: Named
    country: str  # the name of its country, "" where it has none
    exact: bool  # whether the actor is called exactly so

    @property
    def label(self):
        """The name with which it is found again."""
        return f"{self.actor.name} ({self.country})" if self.country else self.actor.name


def called(text):
    """The public actors that a text may mean, as Matches: those with exactly that name first. Two queries at most.

    The country can stand in brackets behind the name.
    """
    if not words(text):
        return []
    with_country = IN_BRACKETS.fullmatch(text)
    if with_country:
        name, country = with_country.groups()
        if found := [match for match in matches(name) if lies_in(match, country)]:
            return [match for match, _countries in found]
    return [match for match, _countries in matches(text)]


def lies_in(found, country):
    _match, countries = found
    return without_marks(country.strip()) in countries


def matches(name):
    """Pairs of a Match and the folded names of its country, in the order of their likeness."""
    folded = without_marks(name.strip())
    cities = (
        City.objects.published()
        .matching(name)
        .select_related("country")
        .order_by(F("population").desc(nulls_last=True), "pk")
    )
    organisations = Organisation.objects.published().matching(name).select_related("country", "city__country")
    found = [
        *(match_of(MUNICIPALITY, city, city.country, folded) for city in cities[:LOOKED_AT]),
        *(
            match_of(ORGANISATION, one, one.country or (one.city and one.city.country), folded)
            for one in organisations.order_by("sort_name", "pk")[:LOOKED_AT]
        ),
    ]
    return sorted(found, key=lambda pair: (not pair[0].exact, not begins(pair[0].actor.name, folded)))


def match_of(kind, record, country, folded):
    here = current_language()
    exact = folded in folded_names(record) | {without_marks(getattr(record, "local_name", ""))}
    countries = folded_names(country) | {country.code.lower()} if country else set()
    actor = Named(kind, record.slug, record.name_in(here), record.pk)
    return Match(actor, country.name_in(here) if country else "", exact), countries


def folded_names(record):
    return {without_marks(record.name_in(language)) for language in LANGUAGES}


def begins(name, folded):
    return without_marks(name).startswith(folded)
