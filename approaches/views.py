"""Pages of approaches and of the policy areas they belong to."""

from django.db.models import Count, OuterRef, Subquery
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from approaches.forms import ApproachFilterForm
from approaches.models import Approach, PolicyArea
from cities.maps import Map, bounds_of
from cities.models import City, Profile, city_name
from networks.models import Organisation
from publishing.addresses import record_or_redirect
from publishing.forms import page_of, yes_if
from publishing.gather import count_along, gather
from publishing.languages import texts
from publishing.models import SOURCE_COLUMNS

MOST_ALIKE = 6
MOST_NAMED = 50  # places on a map


def approach_list(request):
    form = ApproachFilterForm(request.GET, Approach.objects.published())
    page = form.page(total=form.total)
    return render(
        request, "approaches/list.html", {"form": form, "page": page, "approaches": approaches_on(page)}
    )


def approaches_on(page):
    """The rows of one page of a list."""
    records = page.object_list
    approaches = Approach.objects.filter(pk__in=records.values("pk")).order_by(*records.query.order_by)
    return with_areas(gather(approaches=row_for_each_area(approaches))["approaches"])


def row_for_each_area(approaches):
    """What a list shows of approaches, for `gather`: a row for each policy area of each approach."""
    return (
        approaches.order_by(*approaches.query.order_by, "policy_areas__order"),
        {"slug": "slug", "lead": "lead", "started": "started", "ended": "ended"}
        | {"city_slug": "city__slug", "city": city_name("city__"), "area_slug": "policy_areas__slug"}
        | texts(title="title", teaser="teaser", country="city__country__name", area="policy_areas__name"),
    )


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


def approach_detail(request, slug):
    approach, moved = record_or_redirect(
        Approach.objects.published().select_related("city__country", "city__profile"), slug=slug
    )
    if moved:
        return moved
    request.page_languages = approach.languages
    facts = gather(**lists_about(approach))
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
            "organisations": [
                pages.get(name, {"name": name, "slug": "", "website": ""})
                for name in approach.organisation_names()
            ],
            "related": related,
            "of_city": [row for row in with_areas(facts["of_city"]) if row["slug"] not in shown],
            "alike": with_areas(facts["alike"]),
            "sources": facts["sources"],
            "map": Map.locating(approach.city, featured=approach.city.public_profile is not None),
        },
    )


def lists_about(approach):
    """What belongs to an approach and what is like it, as lists for `gather`."""
    public = Approach.objects.published()
    related = public.related_to(approach)
    alike = public.in_areas_of(approach).exclude(pk__in=related.values("pk"))
    return {
        "areas": (
            approach.policy_areas.order_by("order"),
            {"slug": "slug"} | texts(name="name"),
        ),
        "organisations": (
            Organisation.objects.published().filter(name__in=approach.organisation_names()).order_by("pk"),
            {"slug": "slug", "name": "name", "website": "website"},
        ),
        "related": row_for_each_area(related),
        "of_city": row_for_each_area(
            public.filter(city=approach.city_id).exclude(pk=approach.pk).alphabetically()
        ),
        "alike": row_for_each_area(alike.filter(pk__in=alike.values("pk")[:MOST_ALIKE])),
        "sources": (approach.sources.order_by("position", "pk"), SOURCE_COLUMNS),
    }


def policy_area_detail(request, slug):
    area = get_object_or_404(PolicyArea, slug=slug)
    request.page_languages = area.languages
    approaches = Approach.objects.published().filter(policy_areas=area)
    facts = gather(
        cities=(
            cities_of(approaches),
            {"slug": "slug", "name": city_name(), "latitude": "latitude", "longitude": "longitude"}
            | {"featured": yes_if(Profile.public("profile__")), "number": "number"}
            | texts(country="country__name"),
        ),
        others=(
            PolicyArea.objects.exclude(pk=area.pk).order_by("order"),
            {"slug": "slug", "number": count_along(PolicyArea, "approaches")} | texts(name="name"),
        ),
    )
    total = sum(city["number"] for city in facts["cities"])
    page = page_of(approaches.alphabetically(), request.GET.get("page"), total)
    return render(
        request,
        "approaches/policy_area.html",
        {
            "area": area,
            "page": page,
            "approaches": approaches_on(page),
            "total": total,
            "cities": facts["cities"],
            "others": facts["others"],
            "map": map_of(facts["cities"], f"area={area.slug}"),
        },
    )


def cities_of(approaches):
    """The cities of these approaches, each with their `number`."""
    number = (
        approaches.filter(city=OuterRef("pk"))
        .order_by()
        .values("city")
        .annotate(number=Count("pk"))
        .values("number")
    )
    return City.objects.annotate(number=Subquery(number)).filter(number__gt=0).alphabetically()


def map_of(cities, query):
    """The map of rows of cities; the live one asks for the same cities by a filter of their list."""
    located = [city for city in cities if city["latitude"] is not None]
    points = [(city["latitude"], city["longitude"]) for city in located]
    featured = sorted((city for city in located if city["featured"]), key=lambda city: -city["number"])
    start = reverse("cities:list")
    return Map(
        count=len(located),
        bounds=bounds_of(points),
        points=points,
        featured=[city | {"url": f"{start}{city['slug']}/"} for city in featured[:MOST_NAMED]],
        data_url=f"{reverse('cities:geojson')}?{query}",
    )
