"""Pages of cities and countries, and the data of their map."""

import math
from decimal import Decimal

from django.db.models import FloatField, IntegerField
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from cities.forms import CityFilterForm
from cities.maps import Map
from cities.models import KM_PER_DEGREE, City, Country, Profile, city_name
from cities.points import chosen_networks, dots, geojson, lists_of_map, map_of_results
from publishing.addresses import record_or_redirect
from publishing.formats import amount, coordinates
from publishing.forms import page_of, yes_if
from publishing.gather import as_written, count_along, gather
from publishing.languages import current_language, in_language, text_of, texts
from publishing.mentions import lists_of_mentions, on_its_day
from publishing.models import SOURCE_COLUMNS, public_along
from publishing.prepared import Parameter, ask_lists

NEIGHBOURS = 6
is_featured = yes_if(Profile.public("profile__"))


def city_list(request):
    form = CityFilterForm(request.GET)
    networks = chosen_networks(form)
    facts = ask_lists(form.key("map"), lambda: lists_of_map(form.filtered(), networks))
    picture = map_of_results(facts, form.query, form.extent)
    total = picture.count + picture.unplaced
    page = form.page(city_rows, total)
    return render(
        request,
        "cities/list.html",
        {"form": form, "page": page, "total": total, "map": picture},
    )


def city_rows(cities):
    """What a list shows of each city."""
    return as_written(cities).values(
        "slug",
        "local_name",
        "population",
        "country__code",
        shown_name=city_name(),
        featured=is_featured,
        networks=count_along(City, "memberships", "network"),
        approach_count=count_along(City, "approaches"),
        **texts(country_name="country__name", subtitle="profile__subtitle"),
    )


def city_map(request):
    form = CityFilterForm(request.GET)
    return dots(request, form.filtered(), chosen_networks(form))


def city_geojson(request):
    form = CityFilterForm(request.GET)
    return geojson(form.filtered(), chosen_networks(form))


def city_detail(request, slug):
    city, moved = record_or_redirect(published_with_profile, slug)
    if moved:
        return moved
    request.page_languages = city.languages
    profile = city.public_profile
    facts = facts_about(city)
    if profile:
        facts |= ask_lists("profile", lists_of_profile, profile=profile.pk)
    return render(
        request,
        "cities/detail.html",
        {
            "city": city,
            "profile": profile,
            "facts": facts,
            "sections": written_sections(profile) if profile else [],
            "figures": [shown_figure(row) for row in facts.get("key_figures", [])],
            "coordinates": coordinates(city.latitude, city.longitude) if city.latitude is not None else "",
            "unconfirmed": any(not row["verified"] for row in facts["networks"]),
            "networks": labelled(facts["networks"], "role", city.memberships.model.Role),
            "approaches": with_areas(facts["approaches"]),
            "partners": facts["first_partners"] + facts["second_partners"],
            "neighbours": [
                row | {"km": round(math.sqrt(row["distance"]) * KM_PER_DEGREE)} for row in facts["neighbours"]
            ],
            "events": [on_its_day(row) for row in facts["events"]],
            "map": Map.locating(city, featured=profile is not None),
        },
    )


def published_with_profile():
    return City.objects.published().select_related("country", "profile")


def facts_about(city):
    """What other records say about a city: lists by name."""
    if city.latitude is None:
        return ask_lists("city", lists_about_city, city=city.pk) | {"neighbours": []}
    return ask_lists(
        "city with place",
        lambda: lists_about_city() | {"neighbours": nearest_to_city()},
        city=city.pk,
        latitude=city.latitude,
        longitude=city.longitude,
        shrink=math.cos(math.radians(city.latitude)),
    )


def lists_about_city():
    """What other records say about a city, as lists for `ask_lists`; the parameters are those of `facts_about`."""
    city = Parameter("city", IntegerField())
    memberships, approaches, participations, signatures, organisations, pairs, others = (
        City._meta.get_field(name).related_model.objects
        for name in (
            "memberships",
            "approaches",
            "participations",
            "signatures",
            "organisations",
            "pairs_as_first",
            "pairs_as_second",
        )
    )
    return {
        "networks": (
            memberships.published()
            .filter(city=city)
            .order_by(in_language("network__sort_name", current_language())),
            {"slug": "network__slug", "acronym": "network__acronym", "role": "role", "since": "since"}
            | {"until": "until", "verified": "verified", "source_url": "source_url"}
            | texts(name="network__name"),
        ),
        "approaches": (
            approaches.published().filter(city=city).order_by("sort_name", "policy_areas__order"),
            {"slug": "slug", "started": "started", "ended": "ended", "area_slug": "policy_areas__slug"}
            | texts(title="title", teaser="teaser", area="policy_areas__name"),
        ),
        "initiatives": (
            participations.filter(public_along(participations.model, "initiative"), city=city).order_by(
                in_language("initiative__sort_name", current_language())
            ),
            {"slug": "initiative__slug", "started": "initiative__started", "ended": "initiative__ended"}
            | texts(title="initiative__title"),
        ),
        "first_partners": (
            pairs.filter(
                public_along(pairs.model, "initiative"), City.public("second__"), first=city
            ).order_by("pk"),
            {"slug": "second__slug", "name": city_name("second__")} | texts(initiative="initiative__title"),
        ),
        "second_partners": (
            others.filter(
                public_along(pairs.model, "initiative"), City.public("first__"), second=city
            ).order_by("pk"),
            {"slug": "first__slug", "name": city_name("first__")} | texts(initiative="initiative__title"),
        ),
        "declarations": (
            signatures.filter(public_along(signatures.model, "declaration"), city=city).order_by(
                "-declaration__date", in_language("declaration__sort_name", current_language())
            ),
            {"slug": "declaration__slug", "date": "declaration__date"} | texts(title="declaration__title"),
        ),
        "organisations": (
            organisations.published().filter(city=city).order_by("sort_name"),
            {"slug": "slug", "name": "name"},
        ),
        **lists_of_mentions(City, city),
    }


def nearest_to_city():
    """The nearest municipalities, as a list for `ask_lists`."""
    place = [Parameter(name, FloatField()) for name in ("latitude", "longitude", "shrink")]
    nearest = City.objects.published().exclude(pk=Parameter("city", IntegerField())).nearest_to(*place)
    return (
        nearest.filter(pk__in=nearest.values("pk")[:NEIGHBOURS]),
        {"slug": "slug", "name": city_name(), "country": "country__code", "distance": "distance"},
    )


def lists_of_profile():
    """What belongs to a profile, as lists for `ask_lists`."""
    profile = Parameter("profile", IntegerField())
    takeaways, key_figures, sources = (
        Profile._meta.get_field(name).related_model.objects.filter(profile=profile).order_by("position", "pk")
        for name in ("takeaways", "key_figures", "sources")
    )
    return {
        "takeaways": (takeaways, texts(text="text")),
        "key_figures": (
            key_figures,
            {"value": "value", "unit": "unit", "share": "share", "qualifier": "qualifier", "year": "year"}
            | {"source": "source__position"}
            | texts(label="label"),
        ),
        "sources": (sources, SOURCE_COLUMNS),
    }


def written_sections(profile):
    """The sections that the profile has, with their headings."""
    headings = {"context": _("Context"), "strategy": _("Strategy"), "cooperation": _("Cooperation")}
    return [{"key": key, "title": headings[key]} for key in Profile.SECTIONS if text_of(profile, key)]


def shown_figure(row):
    """A key figure with its value in words, and the number of its source on the page."""
    value = amount(Decimal(str(row["value"])), row["unit"])
    if row["qualifier"]:
        words = {"about": _("about %(value)s"), "over": _("over %(value)s")}
        value = words[row["qualifier"]] % {"value": value}
    return row | {"shown": value, "number": row["source"] + 1}


def labelled(rows, column, choices):
    """The rows with the words for a choice in place of its value."""
    return [row | {column: choices(row[column]).label} for row in rows]


def with_areas(rows):
    """Rows of approaches, one for each of their policy areas, as one row each with its `areas`."""
    approaches = {}
    for row in rows:
        approach = approaches.setdefault(row["slug"], row | {"areas": []})
        if row["area_slug"]:
            approach["areas"].append({"slug": row["area_slug"], "name": row["area"]})
    return list(approaches.values())


def country_detail(request, code):
    country = get_object_or_404(Country, code=code.upper())
    if code != code.lower():
        return redirect(country, permanent=True)
    cities = country.cities.published()
    facts = gather(
        **lists_of_map(cities),
        featured=(
            cities.featured().alphabetically(),
            {"slug": "slug", "name": city_name()} | texts(subtitle="profile__subtitle"),
        ),
        networks=(country.networks.published().order_by("sort_name"), {"slug": "slug"} | texts(name="name")),
        organisations=(
            country.organisations.published().order_by("sort_name"),
            {"slug": "slug", "name": "name"},
        ),
    )
    picture = map_of_results(facts, f"country={country.code}")
    total = picture.count + picture.unplaced
    return render(
        request,
        "cities/country.html",
        {
            "country": country,
            "page": page_of(city_rows(cities.alphabetically()), request.GET.get("page"), total),
            "total": total,
            "facts": facts,
            "map": picture,
        },
    )
