"""The graph of networks as a page and as files."""

from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_safe

from networks.graph import Graph, stored_nodes
from networks.graph_files import About, edge_list, gexf, graphml, node_link
from networks.graph_forms import GraphFilterForm
from networks.graph_pictures import png, svg
from networks.ties import NETWORK, web
from publishing.addresses import site_address
from publishing.listing import render_listing


def asked_for(request):
    """The form and the Graph that an address asks for."""
    form = GraphFilterForm(request.GET)
    return form, Graph(web(form.at), stored_nodes(), form.kept)


@require_safe
def graph(request):
    form, graph = asked_for(request)
    return render_listing(
        request,
        "networks/graph.html",
        {
            "form": form,
            "at": form.at,
            "graph": graph,
            "total": graph.actor_count,
            "unknown": unknown_in(graph, form),
            "elsewhere": max(form.total - graph.actor_count, 0),
            "listed": as_listed(form),
        },
    )


def unknown_in(graph, form):
    """Of how many memberships that the filters leave it is not known whether they held in the year.

    Filters by membership, such as a role, leave the actors open: whom they fit is what is not known.
    """
    networks = {f"{NETWORK}:{option['key']}" for option in form.chosen["network"]}
    actors = None if form.asks_for_memberships else form.kept
    return sum(
        (not networks or tie.group in networks) and (actors is None or tie.actor in actors)
        for tie in graph.web.open
    )


def as_listed(form):
    """The query of the list of the same actors; it knows no year."""
    query = QueryDict(form.query, mutable=True)
    query.pop("at", None)
    return query.urlencode()


def file_of(request, write, extension, content_type):
    """The graph that an address asks for as a file."""
    form, graph = asked_for(request)
    page = f"{site_address(request)}{reverse('networks:graph')}"
    about = About(site_address(request), f"{page}?{form.query}" if form.query else page, form.at.year)
    response = HttpResponse(write(graph, about), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="moving-cities-graph-{about.at}.{extension}"'
    return response


@require_safe
def graph_csv(request):
    return file_of(request, edge_list, "csv", "text/csv; charset=utf-8")


@require_safe
def graph_json(request):
    return file_of(request, node_link, "json", "application/json")


@require_safe
def graph_graphml(request):
    return file_of(request, graphml, "graphml", "application/graphml+xml")


@require_safe
def graph_gexf(request):
    return file_of(request, gexf, "gexf", "application/gexf+xml")


@require_safe
def graph_svg(request):
    return file_of(request, svg, "svg", "image/svg+xml")


@require_safe
def graph_png(request):
    return file_of(request, png, "png", "image/png")
