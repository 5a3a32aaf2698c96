"""Pages of cities and countries, and the data of their map."""

import math
from decimal import Decimal

from django.conf import settings
from django.db.models import (
    Count,
    Exists,
    FloatField,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    TextField,
)
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cities.forms import CityFilterForm
from cities.lines import lines_from
from cities.maps import HERE, Map
from cities.models import KM_PER_DEGREE, City, Country, Profile, city_name
from cities.points import (
    MOST_NAMED,
    dots,
    geojson,
    lists_of_map,
    map_of_results,
    marked_networks,
    mentoring_partners_of,
    named_places,
    partners_of,
)
from publishing.addresses import record_or_redirect
from publishing.citations import Citations
from publishing.formats import amount, coordinates
from publishing.forms import page_of, yes_if
from publishing.gather import as_written, count_along, gather
from publishing.languages import current_language, in_language, text_of, texts
from publishing.listing import render_listing
from publishing.mentions import lists_of_mentions, on_its_day
from publishing.models import SOURCE_COLUMNS, public_along
from publishing.prepared import Parameter, ask_lists

NEIGHBOURS = 6
ALIKE = 3  # larger, and as many smaller ones
APPROACHES = 12  # on the page of a country
CLOSEST_VIEW = 420  # units that the map of a municipality and its neighbours shows at least, some 5 degrees
GEONAMES = "https://www.geonames.org/{}"
is_featured = yes_if(Profile.public("profile__"))


def city_list(request):
    form = CityFilterForm(request.GET)
    networks = marked_networks(form)
    facts = ask_lists(form.key("map"), lambda: lists_of_map(form.filtered(), networks))
    picture = map_of_results(facts, form.query, form.extent, networks=form.chosen["network"])
    total = picture.count + picture.unplaced
    page = form.page(city_rows, total)
    return render_listing(
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
    return dots(request, form.filtered(), marked_networks(form))


def city_geojson(request):
    form = CityFilterForm(request.GET)
    return geojson(form.filtered(), marked_networks(form))


def city_detail(request, slug):
    city, moved = record_or_redirect(published_with_profile, slug)
    if moved:
        return moved
    request.page_languages = city.languages
    request.page_picture = city.picture
    profile = city.public_profile
    request.page_records = [city, profile] if profile else [city]
    facts = facts_about(city, profile)
    # In the order of the page, which is that of the ways back.
    citations = Citations(facts.get("sources", ()))
    population = None
    if city.geonames_id and city.population is not None:
        population = citations.cite_address(GEONAMES.format(city.geonames_id), "GeoNames")
    figures = [shown_figure(row, citations) for row in facts.get("key_figures", [])]
    networks = citations.cite_memberships(facts["networks"])
    mentoring = {row["slug"] for row in facts["mentors"] + facts["supported"]}
    neighbours = [
        row | {"km": round(math.sqrt(row["distance"]) * KM_PER_DEGREE)} for row in facts["neighbours"]
    ]
    return render(
        request,
        "cities/detail.html",
        {
            "city": city,
            "profile": profile,
            "facts": facts,
            "sections": written_sections(profile) if profile else [],
            "figures": figures,
            "population_citation": population,
            "sources": citations.sources,
            "coordinates": coordinates(city.latitude, city.longitude) if city.latitude is not None else "",
            "unconfirmed": any(not row["verified"] for row in networks),
            "networks": labelled(networks, "role", city.memberships.model.Role),
            "approaches": with_areas(facts["approaches"]),
            "mentoring": facts["mentors"] + facts["supported"],
            "partners": [row for row in facts["partners"] if row["slug"] not in mentoring],
            "neighbours": neighbours,
            "alike": sorted(
                facts["larger"] + facts["smaller"], key=lambda row: abs(row["population"] - city.population)
            ),
            "events": [on_its_day(row) for row in facts["events"]],
            "contact": {"name": settings.OPERATOR_NAME, "email": settings.OPERATOR_EMAIL},
            "map": map_of_city(city, profile, facts, neighbours),
        },
    )


def published_with_profile():
    return City.objects.published().select_related("country", "profile", "picture")


def partners_geojson(request, slug):
    """The points of the map of a city and its partners."""
    city = get_object_or_404(City.objects.published(), slug=slug)
    partners = [found(city.pk).values("pk") for found in (partners_of, mentoring_partners_of)]
    shown = Q(pk=city.pk) | Q(pk__in=partners[0]) | Q(pk__in=partners[1])
    return geojson(City.objects.published().filter(shown), here=city.slug)


def map_of_city(city, profile, facts, neighbours):
    """The map of a city with its partners; without any that of where it lies. None where nobody knows that."""
    if city.latitude is None:
        return None
    return map_with_partners(city, facts) or (
        Map.locating(city, featured=True) if profile else map_around(city, neighbours)
    )


def map_with_partners(city, facts):
    """The map of a city, joined by lines to those it works with; None where it has none or nobody knows where they lie."""
    located = {
        name: [row for row in facts[name] if row["latitude"] is not None]
        for name in ("partners", "mentors", "supported")
    }
    lines = lines_from(
        (city.latitude, city.longitude),
        *([(row["latitude"], row["longitude"]) for row in rows] for rows in located.values()),
    )
    if not lines:
        return None
    others = named_places({row["slug"]: row for rows in located.values() for row in rows}.values())
    points = [(place["latitude"], place["longitude"]) for place in others]
    return Map.of(
        [(city.latitude, city.longitude), *points],
        named=[place_of(city), *others[:MOST_NAMED]],
        lines=lines,
        data_url=reverse("cities:partners", kwargs={"slug": city.slug}),
    )


def map_around(city, neighbours):
    """The map of a municipality among its neighbours."""
    places = [place_of(city), *named_places(neighbours)]
    points = [(place["latitude"], place["longitude"]) for place in places]
    return Map.of(points, named=places, smallest=CLOSEST_VIEW)


def place_of(city):
    """The municipality that the page is about, as a named place of its map."""
    return {
        "latitude": city.latitude,
        "longitude": city.longitude,
        "name": str(city),
        "url": "",
        "kind": HERE,
    }


def facts_about(city, profile):
    """What other records say about a city, and what belongs to its profile if it has one: lists by name."""
    parts, values = [lists_about_city], {"city": city.pk}
    if city.latitude is not None:
        parts.append(lists_of_neighbours)
        shrink = math.cos(math.radians(city.latitude))
        values |= {"latitude": city.latitude, "longitude": city.longitude, "shrink": shrink}
    if profile:
        parts.append(lists_of_profile)
        sort_name = getattr(city, in_language("sort_name", current_language()))
        values |= {"profile": profile.pk, "sort_name": sort_name}
    elif city.population is not None:
        parts.append(lists_of_alike)
        values["population"] = city.population

    def build():
        return {name: listed for part in parts for name, listed in part().items()}

    return {"neighbours": [], "larger": [], "smaller": []} | ask_lists(("city", *parts), build, **values)


def lists_about_city():
    """What other records say about a city, as lists for `ask_lists`; their parameters are those of `facts_about`."""
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
            | texts(name="network__name", summary="network__summary"),
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
        # The first of a pair is the municipality that was supported, the second its mentor.
        "mentors": (
            pairs.filter(
                public_along(pairs.model, "initiative"), City.public("second__"), first=city
            ).order_by("pk"),
            partner("second__") | texts(initiative="initiative__title"),
        ),
        "supported": (
            others.filter(
                public_along(pairs.model, "initiative"), City.public("first__"), second=city
            ).order_by("pk"),
            partner("first__") | texts(initiative="initiative__title"),
        ),
        "partners": (partners_of(city).order_by("sort_name", "pk"), partner("")),
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


def partner(prefix):
    """What a page and its map show of a partner of the city, as columns; the prefix leads to it: "second__"."""
    return {
        "slug": f"{prefix}slug",
        "name": city_name(prefix),
        "latitude": f"{prefix}latitude",
        "longitude": f"{prefix}longitude",
        "featured": yes_if(Profile.public(f"{prefix}profile__")),
    }


def lists_of_neighbours():
    """The nearest municipalities, as lists for `ask_lists`."""
    place = [Parameter(name, FloatField()) for name in ("latitude", "longitude", "shrink")]
    nearest = City.objects.published().exclude(pk=Parameter("city", IntegerField())).nearest_to(*place)
    return {
        "neighbours": (
            nearest.filter(pk__in=nearest.values("pk")[:NEIGHBOURS]),
            {"slug": "slug", "name": city_name(), "distance": "distance"}
            | {"latitude": "latitude", "longitude": "longitude", "featured": is_featured},
        )
    }


def lists_of_alike():
    """Municipalities in the same networks, the next larger and the next smaller ones, as lists for `ask_lists`.

    Going up and down in size from here ends after a few rows, however many members the networks have.
    """
    city, population = Parameter("city", IntegerField()), Parameter("population", IntegerField())
    memberships = City._meta.get_field("memberships").related_model.objects
    own = memberships.current().filter(city=city).values("network")
    common = memberships.filter(until=None, network__in=own, city=OuterRef("pk")).order_by()
    shared = common.values("city").annotate(number=Count("pk")).values("number")
    alike = City.objects.published().filter(Exists(common)).exclude(pk=city)
    larger = alike.filter(population__gte=population).order_by("population", "pk")
    smaller = alike.filter(population__lt=population).order_by("-population", "pk")
    columns = (
        {"slug": "slug", "name": city_name(), "population": "population", "featured": is_featured}
        | {"shared": Subquery(shared, output_field=IntegerField())}
        | texts(country="country__name")
    )
    return {
        "larger": (larger.filter(pk__in=larger.values("pk")[:ALIKE]), columns),
        "smaller": (smaller.filter(pk__in=smaller.values("pk")[:ALIKE]), columns),
    }


def lists_of_profile():
    """What belongs to a profile, and the featured cities before and after it, as lists for `ask_lists`."""
    profile, sort_name = Parameter("profile", IntegerField()), Parameter("sort_name", TextField())
    takeaways, key_figures, sources = (
        Profile._meta.get_field(name).related_model.objects.filter(profile=profile).order_by("position", "pk")
        for name in ("takeaways", "key_figures", "sources")
    )
    featured = City.objects.published().featured()
    before = featured.filter(sort_name__lt=sort_name).order_by("-sort_name", "-pk")
    after = featured.filter(sort_name__gt=sort_name).order_by("sort_name", "pk")
    return {
        "takeaways": (takeaways, {"notes": "notes"} | texts(text="text")),
        "key_figures": (
            key_figures,
            {"value": "value", "unit": "unit", "share": "share", "qualifier": "qualifier", "year": "year"}
            | {"source": "source__position", "notes": "notes"}
            | texts(label="label"),
        ),
        "sources": (sources, SOURCE_COLUMNS),
        "previous": (
            featured.filter(pk__in=before.values("pk")[:1]),
            {"slug": "slug", "name": city_name()},
        ),
        "next": (featured.filter(pk__in=after.values("pk")[:1]), {"slug": "slug", "name": city_name()}),
    }


def written_sections(profile):
    """The sections that the profile has, with their headings."""
    headings = {"context": _("Context"), "strategy": _("Strategy"), "cooperation": _("Cooperation")}
    return [{"key": key, "title": headings[key]} for key in Profile.SECTIONS if text_of(profile, key)]


def shown_figure(row, citations):
    """A key figure with its value in words, and the citation of its source."""
    value = amount(Decimal(str(row["value"])), row["unit"])
    if row["qualifier"]:
        words = {"about": _("about %(value)s"), "over": _("over %(value)s")}
        value = words[row["qualifier"]] % {"value": value}
    return row | {"shown": value, "citation": citations.cite(row["source"] + 1)}


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
    request.page_picture = country.picture
    request.page_records = [country]
    cities = country.cities.published()
    approaches = City._meta.get_field("approaches").related_model.objects.published()
    approaches = approaches.filter(city__country=country).order_by("-started", "sort_name", "pk")
    facts = gather(
        **lists_of_map(cities),
        featured=(
            cities.featured().alphabetically(),
            {"slug": "slug", "name": city_name()} | texts(subtitle="profile__subtitle"),
        ),
        approaches=(
            approaches.filter(pk__in=approaches.values("pk")[:APPROACHES]),
            {"slug": "slug", "city": city_name("city__")} | texts(title="title"),
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
