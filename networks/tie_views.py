"""Pages of what ties municipalities and organisations together: overlap, connection, who is like whom."""

import csv
from itertools import pairwise
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from cities.models import City
from cities.views import city_rows
from networks import peers
from networks.actors import find
from networks.connection import shared, shortest_ways
from networks.finding import called
from networks.models import Declaration, Initiative, Membership
from networks.overlap import Matrix
from networks.tie_forms import (
    LONGEST_NAME,
    MOST_CHOICES,
    MOST_NETWORKS,
    ConnectionForm,
    OverlapForm,
    PeersForm,
)
from networks.ties import DECLARATION, INITIATIVE, NETWORK, web
from networks.years import At
from publishing.addresses import record_or_redirect, site_address
from publishing.citations import Citations
from publishing.gather import gather
from publishing.listing import render_listing
from publishing.models import SOURCE_COLUMNS
from publishing.prepared import ask_lists

OVERLAP_COLUMNS = [
    *["first", "first_name", "first_members", "second", "second_name", "second_members"],
    *["shared_members", "share_of_the_smaller", "at", "memberships_with_unknown_years", "source"],
]
MOST_SHARED = 3  # shared things that a step of a way names
PAGES = {NETWORK: "networks:detail", INITIATIVE: "networks:initiative", DECLARATION: "networks:declaration"}


def overlap(request):
    """Networks by networks."""
    ties = web(At.read(request.GET))
    form = OverlapForm(request.GET, ties)
    matrix, order = form.matrix()
    return render(
        request,
        "networks/overlap.html",
        {
            "form": form,
            "at": ties.at,
            "unknown": unknown_in_networks(ties, form.fitting),
            "matrix": matrix,
            "networks": [ties.groups[key] for key in order],
            "fitting": len(form.fitting),
            "most": MOST_NETWORKS,
            "sorted_by": ties.groups.get(form.sort),
        },
    )


def unknown_in_networks(ties, networks):
    """Of how many memberships of these networks it is not known whether they held in the year."""
    networks = set(networks)
    return sum(tie.group in networks for tie in ties.open)


def overlap_csv(request):
    """The overlap of all pairs of networks that fit, as a table of figures."""
    at = At.read(request.GET)
    if refusal := at.refusal:
        return refusal
    ties = web(at)
    form = OverlapForm(request.GET, ties)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    year = ties.at.year or timezone.localdate().isoformat()
    response["Content-Disposition"] = f'attachment; filename="moving-cities-overlap-{year}.csv"'
    table = csv.writer(response)
    table.writerow(OVERLAP_COLUMNS)
    unknown = unknown_in_networks(ties, form.fitting)
    source = f"{site_address(request)}{reverse('networks:overlap')}"
    for pair in Matrix(ties.members, form.fitting).pairs():
        first, second = ties.groups[pair.first], ties.groups[pair.second]
        networks = (first.slug, first.name, pair.first_members, second.slug, second.name, pair.second_members)
        table.writerow((*networks, pair.shared, f"{pair.share:.4f}", year, unknown, source))
    return response


def shared_members(request, first, second):
    """The members that two networks share."""
    ties = web(At.read(request.GET))
    keys = [f"{NETWORK}:{slug}" for slug in (first, second)]
    if first == second or not all(key in ties.groups for key in keys):
        raise Http404
    one, other = (ties.members.get(key, {}) for key in keys)
    citations = Citations()
    rows = [
        {
            "actor": actor,
            "ties": [
                (ties.groups[group], cited(tie, citations))
                for group, tie in zip(keys, (one[key], other[key]), strict=True)
            ],
        }
        for key, actor in ties.actors.items()
        if key in one and key in other
    ]
    pair = Matrix(ties.members, keys)
    return render(
        request,
        "networks/shared_members.html",
        {
            "networks": [(ties.groups[key], len(ties.members.get(key, {}))) for key in keys],
            "at": ties.at,
            "unknown": unknown_in_networks(ties, keys),
            "rows": rows,
            "share": pair.between(0, 1).share if len(pair.networks) == 2 else 0,
            "sources": citations.sources,
        },
    )


def cited(tie, citations, titles=None):
    """What a page says of a membership: role in words, years, the citation of its source, whether it is confirmed.

    `titles` are those of sources that are known by more than their address.
    """
    title, publisher = (titles or {}).get(tie.source_url, ("", ""))
    return tie._asdict() | {
        "role": Membership.Role(tie.role).label if tie.role else "",
        "citation": citations.cite_address(tie.source_url, title, publisher),
    }


def connection(request):
    """How two actors are connected."""
    form = ConnectionForm(request.GET)
    if form.is_complete and not form.is_same and form.has_names:
        return redirect(f"{reverse('networks:connection')}?{form.query}")
    context = {"form": form, "at": form.at, "first": form.first.actor, "second": form.second.actor}
    if form.is_complete and not form.is_same:
        context |= facts_of_connection(form)
    return render(request, "networks/connection.html", context, status=form.status)


def facts_of_connection(form):
    """What two actors share, as lists of rows by kind; and the ways through others where it is nothing."""
    ties = web(form.at)
    first, second = form.first.actor, form.second.actor
    keys = {first.key, second.key}
    common = shared(ties, first.key, second.key)
    ways = [] if common else shortest_ways(ties, first.key, second.key)
    groups = {group for way in ways for step in steps(way) for group in shared(ties, *step)}
    sources = sources_of_groups([*common, *groups], ties)
    citations = Citations()
    names = {first.key: first, second.key: second} | find({key for way in ways for key in way[1:-1]})

    def row(group, pair):
        return row_of_group(ties, group, [names[key] for key in pair], citations, sources)

    # In the order of the page, which is that of the numbers of sources: networks before what was done together.
    rows = [row(group, (first.key, second.key)) for group in sorted(common, key=is_joint)]
    return {
        "shared": common,
        "shared_networks": [row for row in rows if not is_joint(row["key"])],
        "joint": [row for row in rows if is_joint(row["key"])],
        "ways": [
            [shown_step(ties, [names[key] for key in step], row) for step in steps(way)] for way in ways
        ],
        "others": len(ways[0]) - 2 if ways else 0,
        "sources": citations.sources,
        "unknown": sum(tie.actor in keys for tie in ties.open),
    }


def is_joint(group):
    """Whether a group, given by its key, is an initiative or declaration."""
    return not group.startswith(f"{NETWORK}:")


def steps(way):
    """The pairs of neighbours on a way."""
    return pairwise(way)


def row_of_group(ties, group, actors, citations, sources):
    """What a page says of a group that two actors share, and of what each of them is in it."""
    found = ties.groups[group]
    names = {actor.key: actor.name for actor in actors}
    return found._asdict() | {
        "page": PAGES[found.kind],
        "members": len(ties.members[group]),
        "ties": [cited(ties.members[group][key], citations, titles_of(sources)) for key in names],
        "citations": [
            citations.cite_address(source["url"], source["title"], source["publisher"])
            for source in sources.get(group, [])
            if source["url"]
        ],
        "pair_names": [
            (names[pair.mentor], names[pair.supported])
            for pair in ties.pairs
            if pair.initiative == group and {pair.mentor, pair.supported} == set(names)
        ],
    }


def titles_of(sources):
    """The titles and publishers of sources by their address."""
    return {
        source["url"]: (source["title"], source["publisher"])
        for listed in sources.values()
        for source in listed
    }


def shown_step(ties, actors, row):
    """A step of a way: from whom to whom, through what, the rarest first; `row` gives what the page says of a group."""
    pair = [actor.key for actor in actors]
    groups = shared(ties, *pair)
    return {
        "start": actors[0],
        "end": actors[1],
        "groups": [row(group, pair) for group in groups[:MOST_SHARED]],
        "more": max(len(groups) - MOST_SHARED, 0),
    }


def sources_of_groups(groups, ties):
    """The sources of initiatives and declarations, as lists by the key of the group. One query, none where there are none."""
    lists = {}
    for kind, model in ((INITIATIVE, Initiative), (DECLARATION, Declaration)):
        if slugs := [ties.groups[group].slug for group in groups if ties.groups[group].kind == kind]:
            source = model._meta.get_field("sources").related_model
            lists[kind] = (
                source.objects.filter(**{f"{kind}__slug__in": slugs}).order_by(kind, "position", "pk"),
                SOURCE_COLUMNS | {"slug": f"{kind}__slug"},
            )
    found = {}
    for kind, rows in (gather(**lists) if lists else {}).items():
        for row in rows:
            found.setdefault(f"{kind}:{row['slug']}", []).append(row)
    return found


def actor_names(request):
    """Suggestions for one of the two fields of a connection: links to the connection with the other one."""
    text = " ".join(request.GET.get("q", "").replace("\0", " ").split())[:LONGEST_NAME]
    field = "to" if request.GET.get("field") == "to" else "from"
    kept = {name: request.GET[name] for name in ("from", "to", "at") if request.GET.get(name)}
    start = reverse("networks:connection")
    options = [
        (match, f"{start}?{urlencode(kept | {field: match.actor.key})}")
        for match in called(text)[:MOST_CHOICES]
    ]
    return render(request, "networks/_suggestions.html", {"options": options})


def city_peers(request, slug):
    """Which municipalities are most like one."""
    city, moved = record_or_redirect(published_cities, slug)
    if moved:
        return moved
    networks = ask_lists("networks of a city", peers.lists_of_own_networks, city=city.pk)["networks"]
    form = PeersForm(request.GET, city, networks)
    page = form.page(city_rows, form.total)
    rows = list(page)
    common = peers.shared_networks([row["slug"] for row in rows], networks)
    return render_listing(
        request,
        "networks/peers.html",
        {
            "city": city,
            "networks": networks,
            "form": form,
            "page": page,
            "total": form.total,
            "peers": [row | {"common": common[row["slug"]]} for row in rows],
            "missed": peers.missed_networks(form.alike(), networks) if form.total else [],
            "looked_at": min(form.total, peers.MOST_ALIKE),
        },
    )


def published_cities():
    return City.objects.published().select_related("country")
