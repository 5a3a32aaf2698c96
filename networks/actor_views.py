"""The list of all actors, municipalities and organisations, and the data of its map."""

from django.db.models import Count, Value

from cities.models import City
from cities.points import dots, geojson, lists_of_map, map_of_results, marked_networks
from networks.actor_forms import ActorFilterForm
from networks.actors import MUNICIPALITY, ORGANISATION, PAGES
from networks.graph_forms import GraphFilterForm
from networks.models import Organisation
from networks.years import At
from publishing.addresses import address_of
from publishing.gather import as_written
from publishing.listing import render_listing
from publishing.prepared import ask_lists


def actor_list(request):
    form = ActorFilterForm(request.GET)
    networks = marked_networks(form)
    facts = ask_lists(
        form.key("map"), lambda: lists_of_map(form.places, networks, form.seats) | nowhere(form)
    )
    picture = map_of_results(facts, form.query, form.extent, app="networks", networks=form.chosen["network"])
    picture.unplaced += sum(row["number"] for row in facts.get("nowhere", ()))
    page = form.page(every_column, form.total)
    return render_listing(
        request,
        "networks/actors.html",
        {
            "form": form,
            "page": page,
            "total": form.total,
            "municipalities": form.fitting(MUNICIPALITY),
            "organisations": form.fitting(ORGANISATION),
            "actors": [in_words(row) for row in page],
            "map": picture,
        },
    )


def nowhere(form):
    """The number of organisations that have no public seat, as a list for `ask_lists`: the map cannot show them."""
    organisations = form.filtered().by_kind.get(ORGANISATION)
    if organisations is None:
        return {}
    seatless = as_written(organisations).order_by().exclude(City.public("city__"), city__isnull=False)
    return {
        "nowhere": (seatless.values(all=Value("")).annotate(number=Count("pk")), {"number": "number"}),
    }


def every_column(rows):
    return rows


def in_words(row):
    """A row of an actor with its address and the word for what it is."""
    kind = row["organisation_kind"]
    return row | {
        "address": address_of(PAGES[row["actor_kind"]], row["slug"]),
        "kind": Organisation.Kind(kind).label if kind else "",
    }


def actor_map(request):
    form = ActorFilterForm(request.GET)
    return dots(request, form.places, marked_networks(form), form.seats)


def actor_geojson(request):
    """The points of the list; those of a year for the map of a network in that year."""
    if refusal := At.read(request.GET).refusal:
        return refusal
    form = GraphFilterForm(request.GET)
    return geojson(form.places, marked_networks(form), form.seats, form.at.year)
