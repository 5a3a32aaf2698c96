"""The graph of networks as a page and as files."""

from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from networks.graph import Graph, stored_nodes
from networks.graph_files import About, digest_of_file, edge_list, gexf, graphml, node_link
from networks.graph_forms import GraphFilterForm
from networks.graph_pictures import png, svg
from networks.ties import NETWORK, web
from networks.years import At
from publishing.addresses import site_address
from publishing.listing import render_listing

FRESH = 600  # seconds for which a file may be handed on without asking again
MOST_KEPT = 4  # of the last files that were written: a large one takes seconds, and some megabytes

written = {}  # by their digests


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
    """The graph that an address asks for as a file; whoever has it already gets it only if it has changed."""
    if refusal := At.read(request.GET).refusal:
        return refusal
    form, graph = asked_for(request)
    page = f"{site_address(request)}{reverse('networks:graph')}"
    about = About(site_address(request), f"{page}?{form.query}" if form.query else page, form.at.year)
    digest = digest_of_file(graph, about, extension)
    response = get_conditional_response(request, etag=quote_etag(digest))
    if not response:
        response = HttpResponse(kept(digest, lambda: write(graph, about)), content_type=content_type)
        response["Content-Disposition"] = f'attachment; filename="moving-cities-graph-{about.at}.{extension}"'
    response["ETag"] = quote_etag(digest)
    patch_cache_control(response, public=True, max_age=FRESH)
    return response


def kept(digest, write):
    """What a file with that digest holds, written only if it is not among the last ones."""
    content = written.pop(digest, None) or write()
    written[digest] = content
    for oldest in list(written)[:-MOST_KEPT]:
        written.pop(oldest, None)
    return content


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
