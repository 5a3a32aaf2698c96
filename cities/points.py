"""What the map of a list asks the database: where its results lie, which are named, and all their points."""

import json
from functools import reduce
from operator import add

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    IntegerField,
    Max,
    Min,
    OuterRef,
    Q,
    Value,
    When,
)
from django.db.models.functions import Cast
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cities.lines import MOST_PARTNERS, initiatives_of, lines_of
from cities.maps import (
    DOT,
    EUROPE,
    FEATURED,
    LAYERS,
    MEMBER,
    MOST_MARKED,
    MUNICIPALITY,
    SEAT_BIT,
    STROKES,
    Map,
    View,
    bounds_of,
    layers_of,
    points_path,
)
from cities.models import City, Profile, city_name
from publishing.gather import as_written
from publishing.languages import texts
from publishing.models import public_along

MOST_NAMED = 60  # of the featured cities, and of all: those that have a link, and a name where there is room
MOST_INITIATIVES = 5  # of the chosen networks that have lines: the newest
COARSEST = 5  # units that two dots are apart: a pixel where the picture opens on Europe
SOUTH, WEST, NORTH, EAST = EUROPE
LARGEST_FIRST = (F("population").desc(nulls_last=True), "pk")


def kind_of_point(networks=(), year=None):
    """What the point of a city is, as an expression: featured, a member of one of the networks, or neither."""
    kinds = [When(Profile.public("profile__"), then=Value(FEATURED))]
    if networks:
        kinds.append(When(is_member(networks, year), then=Value(MEMBER)))
    return Case(*kinds, default=Value(MUNICIPALITY), output_field=CharField())


def is_member(networks, year=None):
    """The condition that a city is a member of one of the networks, now or in a year."""
    memberships = City._meta.get_field("memberships").related_model.objects.in_year(year)
    return Exists(memberships.filter(city=OuterRef("pk"), network__in=networks).order_by())


def marks_of_point(networks=(), seats=None, year=None):
    """The marks of a city as bits, as an expression: one for each of the networks that it is a member of, one for a seat.

    `seats` is a query of the keys of those cities in which organisations have their seats.
    """
    conditions = [(is_member([network], year), 1 << place) for place, network in enumerate(networks)]
    if seats is not None:
        conditions.append((Q(pk__in=seats), SEAT_BIT))
    bits = [
        Case(When(condition, then=Value(bit)), default=Value(0), output_field=IntegerField())
        for condition, bit in conditions
    ]
    return reduce(add, bits) if bits else Value(0, IntegerField())


def marked_networks(form):
    """The keys of the networks of a filter whose members have marks: the first that it names."""
    return [network["pk"] for network in form.chosen["network"][:MOST_MARKED]]


def lists_of_map(cities, networks=(), seats=None):
    """What the first picture of a map needs, as lists for `ask_lists`; `map_of_results` takes them."""
    cities = as_written(cities).order_by()
    located = cities.filter(latitude__isnull=False)
    featured = located.filter(Profile.public("profile__"))
    members = located.annotate(kind=kind_of_point(networks)).filter(kind=MEMBER)
    place = {"slug": "slug", "name": city_name(), "latitude": "latitude", "longitude": "longitude"}
    lists = {
        "extent": (
            cities.values(all=Value("")).annotate(
                total=Count("pk"),
                located=Count("latitude"),
                south=Min("latitude"),
                west=Min("longitude"),
                north=Max("latitude"),
                east=Max("longitude"),
                in_europe=Count(
                    "pk", filter=Q(latitude__range=(SOUTH, NORTH), longitude__range=(WEST, EAST))
                ),
            ),
            {name: name for name in ("total", "located", "south", "west", "north", "east", "in_europe")},
        ),
        # Counted from the profiles and the memberships: the other cities need not be looked at.
        "featured_points": counted(featured),
        "largest_featured": (largest(featured), place | {"kind": Cast(Value(FEATURED), CharField())}),
        "largest": (largest(located), place | {"kind": kind_of_point(networks)}),
    }
    if networks or seats is not None:
        for name in ("largest_featured", "largest"):
            lists[name][1]["marks"] = marks_of_point(networks, seats)
    if seats is not None:
        lists["seat_points"] = counted(located.filter(pk__in=seats))
    if not networks:
        return lists
    return lists | {"member_points": counted(members)} | lists_of_lines(located, Q(network__in=networks))


def lists_of_lines(cities, wanted):
    """Who of the cities works with whom in the newest of the initiatives for which a condition holds.

    As lists for `ask_lists`; `lines_of` takes them.
    """
    participations, pairs = (
        City._meta.get_field(name).related_model.objects for name in ("participations", "pairs_as_first")
    )
    initiatives = participations.model._meta.get_field("initiative").related_model.objects.published()
    newest = initiatives.filter(wanted).order_by("-started", "sort_name", "pk")
    newest = initiatives.filter(pk__in=newest.values("pk")[:MOST_INITIATIVES]).order_by()
    few = newest.annotate(partners=Count("participations")).filter(partners__lte=MOST_PARTNERS)
    located = as_written(cities).order_by().filter(latitude__isnull=False).values("pk")
    initiative = {"initiative": "initiative__slug"} | texts(title="initiative__title")
    return {
        "partners": (
            participations.filter(initiative__in=few.values("pk"), city__in=located).order_by(
                "initiative", "city"
            ),
            initiative | end_of("city", "city"),
        ),
        "mentoring": (
            pairs.filter(initiative__in=newest.values("pk"), first__in=located, second__in=located).order_by(
                "initiative", "pk"
            ),
            # The first of a pair is the municipality that was supported, the second its mentor.
            initiative | end_of("mentor", "second") | end_of("supported", "first"),
        ),
    }


def partners_of(city):
    """The municipalities that take part with a city, given by its key, in initiatives of few: those that have lines."""
    participations = City._meta.get_field("participations").related_model.objects
    initiatives = participations.model._meta.get_field("initiative").related_model.objects.published()
    own = initiatives.filter(pk__in=participations.filter(city=city).values("initiative")).order_by()
    few = own.annotate(partners=Count("participations")).filter(partners__lte=MOST_PARTNERS)
    together = participations.filter(initiative__in=few.values("pk")).values("city")
    return City.objects.published().filter(pk__in=together).exclude(pk=city)


def mentoring_partners_of(city):
    """The municipalities that a city, given by its key, has mentored, and its mentors."""
    partners = Q()
    for own, other in [("first", "second"), ("second", "first")]:
        pairs = City._meta.get_field(f"pairs_as_{own}").related_model
        mentoring = pairs.objects.filter(public_along(pairs, "initiative"), **{own: city})
        partners |= Q(pk__in=mentoring.values(other))
    return City.objects.published().filter(partners)


def end_of(name, relation):
    """Where a municipality of a row lies, as columns: city_latitude …"""
    return {f"{name}_{side}": f"{relation}__{side}" for side in ("latitude", "longitude")}


def counted(cities):
    """The number of cities as a list for `gather`; it has no row where there are none."""
    return cities.values(all=Value("")).annotate(number=Count("pk")), {"number": "number"}


def largest(cities):
    """Those of the cities that a map names."""
    first = cities.order_by(*LARGEST_FIRST).values("pk")[:MOST_NAMED]
    return City.objects.filter(pk__in=first).order_by(*LARGEST_FIRST)


def points_by_kind(facts):
    """How many points of each kind there are, out of the lists of `lists_of_map`."""
    located = sum(row["located"] for row in facts["extent"])
    featured = sum(row["number"] for row in facts["featured_points"])
    members = sum(row["number"] for row in facts.get("member_points", ()))
    return {FEATURED: featured, MEMBER: members, MUNICIPALITY: located - featured - members}


def map_of_results(facts, query="", extent=None, app="cities", networks=()):
    """The map of all results of a filter, out of the lists of `lists_of_map`; the networks are those that it names.

    It opens on the extent that the visitor chose, else where the results lie; on Europe, where most of them lie there
    and the rest is on other continents. Its points come from an address of their own, that of the app's list.
    """
    results = facts["extent"][0] if facts["extent"] else {"total": 0, "located": 0, "in_europe": 0}
    count = results["located"]
    bounds = tuple(results.get(side) for side in ("south", "west", "north", "east"))
    outside = count - results["in_europe"]
    if extent:
        bounds, outside = extent.bounds, 0
    elif None in bounds or 0 < outside < results["in_europe"]:
        bounds = EUROPE
    else:
        outside = 0
    query = f"?{query}" if query else ""
    return Map(
        count=count,
        bounds=bounds,
        exact=extent is not None,
        outside=outside,
        unplaced=results["total"] - count,
        kinds={kind for kind, number in points_by_kind(facts).items() if number},
        named=named_places(named_rows(facts)),
        data_url=reverse(f"{app}:geojson") + query,
        points_url=reverse(f"{app}:map") + query,
        networks=[network["label"] for network in networks[:MOST_MARKED]],
        unmarked=max(len(networks) - MOST_MARKED, 0),
        seats=any(row["number"] for row in facts.get("seat_points", ())),
        lines=lines_of(facts),
        initiatives=initiatives_of(facts),
    )


def named_rows(facts):
    """The rows of the cities that a map names: those featured, and of the others the largest."""
    return facts["largest_featured"] + [row for row in facts["largest"] if row["kind"] != FEATURED]


def named_places(rows):
    """Rows of cities, with their kind or at least `featured`, as named places of a map; the featured ones first.

    Rows can have `marks`.
    """
    start = reverse("cities:list")
    usual = {True: FEATURED, False: MUNICIPALITY}
    places = [
        {name: row[name] for name in ("name", "latitude", "longitude")}
        | {"url": f"{start}{row['slug']}/", "kind": row.get("kind") or usual[bool(row["featured"])]}
        | {"marks": row.get("marks", 0)}
        for row in rows
    ]
    return sorted(places, key=lambda place: place["kind"] != FEATURED)


def dots(request, cities, networks=(), seats=None):
    """All cities as dots, by layer, in a transparent picture to lay over the outlines."""
    points = {layer: [] for layer in LAYERS}
    rows = (
        as_written(cities.on_map())
        .order_by()
        .values_list("latitude", "longitude", kind_of_point(networks), marks_of_point(networks, seats))
    )
    every = []
    for latitude, longitude, kind, marks in rows:
        every.append((latitude, longitude))
        for layer in layers_of(kind, marks):
            points[layer].append((latitude, longitude))
    cell = min(View.around(bounds_of(every)).cell, COARSEST)
    paths = [(layer, points_path(points[layer], cell, STROKES.get(layer, DOT))) for layer in LAYERS]
    return render(request, "cities/points.svg", {"paths": paths}, content_type="image/svg+xml")


def geojson(cities, networks=(), seats=None, year=None, here=""):
    """All cities as GeoJSON, compact, the largest first.

    n is the name, s the page of the city, f marks a featured one, h the one with the slug that the page is about, m has
    the marks of members of networks, now or in a year, and of seats as bits.
    """
    start = reverse("cities:list")
    rows = as_written(cities.on_map()).order_by(*LARGEST_FIRST)
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [round(longitude, 4), round(latitude, 4)]},
            "properties": {"n": name, "s": f"{start}{slug}/"}
            | ({"f": 1} if kind == FEATURED else {})
            | ({"h": 1} if slug == here else {})
            | ({"m": marks} if marks else {}),
        }
        for longitude, latitude, slug, name, kind, marks in rows.values_list(
            "longitude",
            "latitude",
            "slug",
            city_name(),
            kind_of_point(networks, year),
            marks_of_point(networks, seats, year),
        )
    ]
    collection = {"type": "FeatureCollection", "features": features}
    return HttpResponse(
        json.dumps(collection, ensure_ascii=False, separators=(",", ":")), content_type="application/geo+json"
    )
