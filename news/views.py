"""News and events: their lists, their pages, and events for the reader's calendar."""

from zoneinfo import ZoneInfo

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import resolve, reverse
from django.utils import timezone

from cities.models import Profile, city_name
from networks.models import Organisation
from networks.views import map_of_few
from news.calendar import calendar_of
from news.forms import EventFilterForm, NewsFilterForm
from news.models import Event, News
from publishing.addresses import record_or_redirect, site_address
from publishing.forms import yes_if
from publishing.gather import as_written, gather
from publishing.languages import texts
from publishing.listing import render_listing
from publishing.models import SOURCE_COLUMNS, public_along


def news_list(request):
    form = NewsFilterForm(request.GET)
    page = form.page(news_rows(form.results))
    page.object_list = with_subjects(News, page)
    return render_listing(
        request, "news/list.html", {"form": form, "page": page, "total": page.paginator.count}
    )


def news_rows(news):
    """What a list shows of each news item."""
    return as_written(news).values("pk", "slug", "date", **texts(shown_title="title", shown_teaser="teaser"))


def with_subjects(model, rows):
    """The rows of a list with the `cities`, `networks` and `areas` that each is about."""
    about = {row["pk"]: row | {"cities": [], "networks": [], "areas": []} for row in rows}
    if not about:
        return []
    keys = list(about)
    facts = gather(
        cities=through(model, "cities", keys, {"slug": "cities__slug", "name": city_name("cities__")}),
        networks=through(
            model,
            "networks",
            keys,
            {"slug": "networks__slug", "acronym": "networks__acronym"} | texts(name="networks__name"),
        ),
        areas=through(
            model,
            "policy_areas",
            keys,
            {"slug": "policy_areas__slug"} | texts(name="policy_areas__name"),
            order="order",
        ),
    )
    for kind, subjects in facts.items():
        for subject in subjects:
            about[subject["about"]][kind].append(subject)
    return list(about.values())


def through(model, relation, keys, columns, order="sort_name"):
    """A list for `gather`: the public records that some records are about."""
    records = model.objects.filter(
        public_along(model, relation), pk__in=keys, **{f"{relation}__isnull": False}
    )
    return records.order_by(f"{relation}__{order}"), {"about": "pk"} | columns


def published_news():
    return News.objects.published().select_related("picture")


def news_detail(request, slug):
    news, moved = record_or_redirect(published_news, slug)
    if moved:
        return moved
    request.page_languages = news.languages
    request.page_records = [news]
    request.page_picture = news.picture
    others = News.objects.published()
    earlier = others.filter(Q(date__lt=news.date) | Q(date=news.date, pk__lt=news.pk))
    later = others.filter(Q(date__gt=news.date) | Q(date=news.date, pk__gt=news.pk))
    neighbour = {"slug": "slug", "date": "date"} | texts(title="title", teaser="teaser")
    facts = gather(
        earlier=(earlier.filter(pk__in=earlier.order_by("-date", "-pk").values("pk")[:1]), neighbour),
        later=(later.filter(pk__in=later.order_by("date", "pk").values("pk")[:1]), neighbour),
        **lists_about(news),
    )
    return render(
        request, "news/detail.html", {"news": news, "facts": facts, "map": map_of_few(facts["cities"])}
    )


def lists_about(record):
    """What a news item or event is about and where it is from, as lists for `gather`."""
    return {
        "cities": (
            record.cities.published().alphabetically(),
            {"slug": "slug", "name": city_name(), "latitude": "latitude", "longitude": "longitude"}
            | {"featured": yes_if(Profile.public("profile__"))},
        ),
        "networks": (
            record.networks.published().alphabetically(),
            {"slug": "slug", "acronym": "acronym"} | texts(name="name"),
        ),
        "areas": (record.policy_areas.order_by("order"), {"slug": "slug"} | texts(name="name")),
        "sources": (record.sources.order_by("position", "pk"), SOURCE_COLUMNS),
    }


def event_list(request):
    form = EventFilterForm(request.GET, Event.objects.published())
    numbers = form.filtered().aggregate(
        total=Count("pk"), coming=Count("pk", filter=Q(end__gte=timezone.now()))
    )
    page = form.page(event_rows(form.results, "over"), numbers["total"])
    page.object_list = [in_own_zone(row) for row in with_subjects(Event, page)]
    return render_listing(
        request,
        "news/event_list.html",
        {
            "form": form,
            "page": page,
            "total": numbers["total"],
            "coming": [event for event in page if not event["over"]],
            "past": [event for event in page if event["over"]],
        },
    )


def event_rows(events, *more):
    """What a list shows of each event."""
    columns = ["pk", "slug", "start", "end", "timezone", "online", "place", "event_languages", *more]
    return as_written(events).values(*columns, **texts(shown_title="title"))


def in_own_zone(row):
    """The row of an event with its start and end on the clocks of the place."""
    zone = ZoneInfo(row["timezone"])
    start, end = row["start"].astimezone(zone), row["end"].astimezone(zone)
    return row | {"start": start, "end": end}


def published_events():
    return Event.objects.published().select_related("picture")


def event_detail(request, slug):
    event, moved = record_or_redirect(published_events, slug)
    if moved:
        return moved
    request.page_languages = event.languages
    request.page_records = [event]
    request.page_picture = event.picture
    names = event.organisers.splitlines()
    facts = gather(
        organisations=(
            Organisation.objects.published().filter(name__in=names),
            {"slug": "slug", "name": "name"},
        ),
        **lists_about(event),
    )
    pages = {row["name"]: row["slug"] for row in facts["organisations"]}
    return render(
        request,
        "news/event_detail.html",
        {
            "event": event,
            "start": event.local_start(),
            "end": event.local_end(),
            "organisers": [{"name": name, "slug": pages.get(name)} for name in names],
            "facts": facts,
            "map": map_of_few(facts["cities"]),
        },
    )


def event_calendar(request, slug):
    """The event as an iCalendar file."""
    event, moved = record_or_redirect(published_events, slug)
    if moved:
        return redirect("news:event_calendar", **resolve(moved.url).kwargs, permanent=True)
    address = site_address(request) + reverse("news:event_detail", kwargs={"slug": event.slug})
    return HttpResponse(
        calendar_of(event, address),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{event.slug}.ics"'},
    )
