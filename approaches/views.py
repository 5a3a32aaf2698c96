"""Pages of approaches and of the policy areas they belong to."""

from django.db.models import Count, IntegerField, OuterRef, Subquery, TextField
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from approaches.forms import ApproachFilterForm
from approaches.models import Approach, ApproachSource, PolicyArea
from cities.maps import Map
from cities.models import City, Profile, Size, city_name
from cities.points import dots, geojson, lists_of_map, map_of_results, marked_networks, named_places
from networks.models import Organisation
from publishing.addresses import record_or_redirect
from publishing.forms import PAGE_SIZE, page_of, yes_if
from publishing.gather import count_along
from publishing.languages import texts
from publishing.listing import render_listing
from publishing.mentions import lists_of_mentions, on_its_day
from publishing.models import SOURCE_COLUMNS
from publishing.prepared import Parameter, ask_lists

MOST_ALIKE = 6
MOST_NAMED = 50  # places on a map


def approach_list(request):
    form = ApproachFilterForm(request.GET)
    page = page_of(range(form.total), request.GET.get("page"), form.total)
    approaches = approaches_on(page, form.key(("approaches", page.number)), lambda: form.results)
    networks = marked_networks(form)
    facts = ask_lists(form.key("map"), lambda: lists_of_map(cities_of(form), networks))
    picture = map_of_results(
        facts, form.query, form.extent, app="approaches", networks=form.chosen["network"]
    )
    return render_listing(
        request,
        "approaches/list.html",
        {"form": form, "page": page, "total": form.total, "approaches": approaches, "map": picture},
    )


def approaches_on(page, key, listed, **values):
    """The rows of one page of a list, which `listed` gives as a queryset; key and values are those of `ask_lists`."""
    start = max(page.start_index() - 1, 0)

    def build():
        records = listed()
        on_page = Approach.objects.filter(pk__in=records.values("pk")[start : start + PAGE_SIZE])
        return {"approaches": row_for_each_area(on_page.order_by(*records.query.order_by))}

    return with_areas(ask_lists(key, build, **values)["approaches"])


def row_for_each_area(approaches):
    """What a list shows of approaches, for `ask_lists`: a row for each policy area of each approach."""
    return (
        approaches.order_by(*approaches.query.order_by, "policy_areas__order"),
        {"slug": "slug", "lead": "lead", "started": "started", "ended": "ended"}
        | {"city_slug": "city__slug", "city": city_name("city__"), "area_slug": "policy_areas__slug"}
        | texts(title="title", teaser="teaser", country="city__country__name", area="policy_areas__name"),
    )


def with_size(listed):
    """The same list with the population of the city, for those who look for places of their size."""
    approaches, columns = listed
    return approaches, columns | {"people": "city__population"}


def with_areas(rows):
    """Those rows as one row for each approach, with its `areas`."""
    approaches, areas = {}, {}
    for row in rows:
        approach = approaches.setdefault(row["slug"], row | {"areas": []})
        if slug := row["area_slug"]:
            if slug not in areas:
                areas[slug] = {"slug": slug, "name": row["area"], "url": area_address(slug)}
            approach["areas"].append(areas[slug])
    return list(approaches.values())


def area_address(slug):
    return reverse("approaches:policy_area", kwargs={"slug": slug})


def published_with_city():
    return Approach.objects.published().select_related("city__country", "city__profile", "picture")


def cities_of(form):
    """The cities of the approaches that a filter finds."""
    return City.objects.published().filter(pk__in=form.filtered().order_by().values("city"))


def approach_map(request):
    form = ApproachFilterForm(request.GET)
    return dots(request, cities_of(form), marked_networks(form))


def approach_geojson(request):
    form = ApproachFilterForm(request.GET)
    return geojson(cities_of(form), marked_networks(form))


def approach_detail(request, slug):
    approach, moved = record_or_redirect(published_with_city, slug)
    if moved:
        return moved
    request.page_languages = approach.languages
    request.page_records = [approach]
    request.page_picture = approach.picture
    names = approach.organisation_names()
    facts = ask_lists(
        ("approach", len(names)),
        lambda: lists_about_approach(len(names)),
        approach=approach.pk,
        city=approach.city_id,
        **{f"name {number}": name for number, name in enumerate(names)},
    )
    related = with_areas(facts["related"])
    shown = {row["slug"] for row in related}
    pages = {organisation["name"]: organisation for organisation in facts["organisations"]}
    return render(
        request,
        "approaches/detail.html",
        {
            "approach": approach,
            "city": approach.city,
            "areas": facts["areas"],
            "organisations": [pages.get(name, {"name": name, "slug": "", "website": ""}) for name in names],
            "related": related,
            "of_city": [row for row in with_areas(facts["of_city"]) if row["slug"] not in shown],
            "alike": with_areas(facts["alike"]),
            "sources": facts["sources"],
            "size": Size.of(approach.city.population),
            "map": Map.locating(approach.city, featured=approach.city.public_profile is not None),
        },
    )


def lists_about_approach(names):
    """What belongs to an approach and what is like it, as lists for `ask_lists`; so many bodies run it."""
    approach, city = Parameter("approach", IntegerField()), Parameter("city", IntegerField())
    run_by = [Parameter(f"name {number}", TextField()) for number in range(names)]
    public = Approach.objects.published()
    related = public.related_to(approach)
    alike = public.in_areas_of(approach).exclude(city=city).exclude(pk__in=related.values("pk"))
    return {
        "areas": (
            PolicyArea.objects.filter(approaches=approach).order_by("order"),
            {"slug": "slug"} | texts(name="name"),
        ),
        "organisations": (
            Organisation.objects.published().filter(name__in=run_by).order_by("pk"),
            {"slug": "slug", "name": "name", "website": "website"},
        ),
        "related": row_for_each_area(related),
        "of_city": row_for_each_area(public.filter(city=city).exclude(pk=approach).alphabetically()),
        "alike": with_size(row_for_each_area(alike.filter(pk__in=alike.values("pk")[:MOST_ALIKE]))),
        "sources": (
            ApproachSource.objects.filter(approach=approach).order_by("position", "pk"),
            SOURCE_COLUMNS,
        ),
    }


def policy_area_detail(request, slug):
    area = get_object_or_404(PolicyArea, slug=slug)
    request.page_languages = area.languages
    request.page_records = [area]
    request.page_picture = area.picture
    facts = ask_lists("policy area", lists_about_area, area=area.pk)
    total = sum(city["number"] for city in facts["cities"])
    page = page_of(range(total), request.GET.get("page"), total)
    key = "approaches of a policy area", page.number
    approaches = approaches_on(page, key, approaches_in_area, area=area.pk)
    return render(
        request,
        "approaches/policy_area.html",
        {
            "area": area,
            "page": page,
            "approaches": approaches,
            "total": total,
            "cities": facts["cities"],
            "others": facts["others"],
            "news": facts["news"],
            "events": [on_its_day(row) for row in facts["events"]],
            "map": map_of(facts["cities"], f"area={area.slug}"),
        },
    )


def approaches_in_area():
    return (
        Approach.objects.published().filter(policy_areas=Parameter("area", IntegerField())).alphabetically()
    )


def lists_about_area():
    """The cities with approaches in a policy area, and the other areas, as lists for `ask_lists`."""
    number = (
        approaches_in_area()
        .filter(city=OuterRef("pk"))
        .order_by()
        .values("city")
        .annotate(number=Count("pk"))
        .values("number")
    )
    return {
        **lists_of_mentions(PolicyArea, Parameter("area", IntegerField())),
        "cities": (
            City.objects.annotate(number=Subquery(number)).filter(number__gt=0).alphabetically(),
            {"slug": "slug", "name": city_name(), "latitude": "latitude", "longitude": "longitude"}
            | {"featured": yes_if(Profile.public("profile__")), "number": "number"}
            | texts(country="country__name"),
        ),
        "others": (
            PolicyArea.objects.exclude(pk=Parameter("area", IntegerField())).order_by("order"),
            {"slug": "slug", "number": count_along(PolicyArea, "approaches")} | texts(name="name"),
        ),
    }


def map_of(cities, query):
    """The map of rows of cities; the live one asks for the same cities by a filter of their list."""
    located = [city for city in cities if city["latitude"] is not None]
    points = [(city["latitude"], city["longitude"]) for city in located]
    named = sorted(located, key=lambda city: -city["number"])[:MOST_NAMED]
    return Map.of(points, named=named_places(named), data_url=f"{reverse('cities:geojson')}?{query}")
