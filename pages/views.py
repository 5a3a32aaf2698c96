"""The start page, the pages about the directory itself, and what search engines ask for."""

from types import SimpleNamespace

from django.contrib.staticfiles.storage import staticfiles_storage
from django.db.models import Count, F, Func, IntegerField, OuterRef, Subquery, Window
from django.db.models.functions import Coalesce, RowNumber, TruncDate
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.response import TemplateResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language

from approaches.models import Approach, PolicyArea
from cities.maps import Map
from cities.models import City, Country, city_name
from cities.points import lists_of_map, map_of_results
from networks.models import Membership, Network
from news.models import Event, News
from news.views import event_rows, in_own_zone
from pages.models import Page
from pages.sitemaps import PageSitemap, number_of_files, records
from publishing.addresses import site_address
from publishing.gather import as_written, count_along
from publishing.languages import texts
from publishing.middleware import remember_language
from publishing.pictures import picture_columns
from publishing.prepared import ask_lists
from translating import coverage

FEATURED = 6
NETWORKS = 6
NEWS = 3
EVENTS = 3


def start(request):
    """`/` leads to the start page in the visitor's language and remembers it."""
    response = redirect("pages:home")
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    remember_language(response, get_language())
    return response


def favicon(request):
    """Where browsers look that have not read the page."""
    return redirect(staticfiles_storage.url("img/favicon-32.png"), permanent=True)


def home(request):
    facts = ask_lists("home", lists_of_home)
    picture = map_of_results(facts)
    return render(
        request,
        "pages/home.html",
        {
            "map": picture,
            "cities": picture.count + picture.unplaced,
            "networks": total_of(facts["networks"]),
            "approaches": total_of(facts["areas"]),
            "profiles": total_of(facts["featured"]),
            "featured": [located(row) for row in facts["featured"]],
            "events": [in_own_zone(row) for row in event_rows(Event.objects.published().coming()[:EVENTS])],
            "facts": facts,
        },
    )


def lists_of_home():
    """What the start page shows, as lists for `gather`; `total` is the number of all that a list is taken from."""
    featured = City.objects.published().featured()
    chosen = newest_of_each_country(featured)
    networks = with_members(Network.objects.published()).order_by("-members", "sort_name", "pk")
    news = News.objects.published().order_by("-date", "-pk")
    in_country = count_along(Country, "cities")
    return {
        **lists_of_map(City.objects.published()),
        "featured": (
            chosen.filter(pk__in=chosen.values("pk")[:FEATURED]),
            {"slug": "slug", "name": city_name(), "latitude": "latitude", "longitude": "longitude"}
            | {"approaches": "public_approaches", "total": how_many(featured)}
            | picture_columns()
            | texts(subtitle="profile__subtitle", country="country__name"),
        ),
        "areas": (
            PolicyArea.objects.order_by("order"),
            {"slug": "slug", "approaches": count_along(PolicyArea, "approaches")}
            | {"total": how_many(Approach.objects.published())}
            | texts(name="name", description="description"),
        ),
        "networks": (
            networks.filter(pk__in=networks.values("pk")[:NETWORKS]),
            {"slug": "slug", "acronym": "acronym", "members": "members"}
            | {"total": how_many(Network.objects.published())}
            | texts(name="name", summary="summary"),
        ),
        "countries": (
            Country.objects.annotate(municipalities=in_country).filter(municipalities__gt=0).alphabetically(),
            {"code": "code", "number": "municipalities"} | texts(name="name"),
        ),
        "news": (
            news.filter(pk__in=news.values("pk")[:NEWS]),
            {"slug": "slug", "date": "date"} | texts(title="title", teaser="teaser"),
        ),
    }


def newest_of_each_country(featured):
    """The featured city of each country whose profile came last; of one day, the one with most approaches."""
    newest = featured.annotate(
        profile_day=TruncDate("profile__published_at"), public_approaches=count_along(City, "approaches")
    )
    order = [F("profile_day").desc(), F("public_approaches").desc(), F("slug").asc()]
    first = Window(RowNumber(), partition_by=F("country"), order_by=order)
    return newest.annotate(place_in_country=first).filter(place_in_country=1).order_by(*order)


def with_members(networks):
    """The networks with the number of municipalities that are members now."""
    members = Membership.objects.current().filter(network=OuterRef("pk")).order_by().values("network")
    number = Subquery(members.annotate(number=Count("pk")).values("number"), output_field=IntegerField())
    return networks.annotate(members=Coalesce(number, 0))


def how_many(records):
    """The number of records as a column of a list."""
    counted = as_written(records).order_by().annotate(how_many=Func(F("pk"), function="COUNT"))
    return Subquery(counted.values("how_many"), output_field=IntegerField())


def total_of(rows):
    return rows[0]["total"] if rows else 0


def located(city):
    """A card of a city with the picture of where it lies."""
    place = (city["latitude"], city["longitude"])
    return city | {"map": None if None in place else Map.of([place])}


def page(request, slug):
    page = get_object_or_404(Page.objects.published(), slug=slug)
    request.page_languages = page.languages
    request.page_records = [page]
    request.page_picture = page.picture
    is_about = slug == Page.Slug.ABOUT
    return render(
        request,
        "pages/page.html",
        {
            "page": page,
            "body": page.text(),
            "coverages": coverage.public() if is_about else [],
            "states": coverage.STATES,
        },
    )


def robots(request):
    lines = ["User-agent: *", "Disallow: /admin/", "", f"Sitemap: {site_address(request)}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def sitemap(request):
    """The sitemap; an index of several files, `?page=2`, where the addresses are too many for one."""
    rows = records()
    files = number_of_files(rows)
    address = site_address(request)
    number = request.GET.get("page", "")
    if number.isdecimal() and not 1 <= int(number) <= files:
        raise Http404
    if files > 1 and not number.isdecimal():
        parts = [{"location": f"{address}{request.path}?page={part}"} for part in range(1, files + 1)]
        return TemplateResponse(
            request, "sitemap_index.xml", {"sitemaps": parts}, content_type="application/xml"
        )
    protocol, domain = address.split("://")
    urls = PageSitemap(rows, int(number) if number.isdecimal() else 1).get_urls(
        site=SimpleNamespace(domain=domain), protocol=protocol
    )
    return TemplateResponse(request, "sitemap.xml", {"urlset": urls}, content_type="application/xml")
