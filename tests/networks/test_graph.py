"""The graph of networks: the page, its filter, and the files of what it shows."""

import csv
import io
import json
import re
from html import unescape

import networkx as nx
import pytest
from defusedxml import ElementTree
from django.core.management import call_command
from PIL import Image

from cities.models import Country
from networks import graph_views
from networks.graph import Graph, every_membership, renew_layout, stored_nodes
from networks.models import Layout, Membership
from networks.ties import web
from publishing.addresses import in_language
from tests.factories import (
    make_city,
    make_country,
    make_membership,
    make_network,
    make_organisation,
    make_organisation_membership,
)

pytestmark = pytest.mark.django_db

FILES = ["csv", "json", "graphml", "gexf"]


def page_of(client, query="", language="en"):
    return unescape(client.get(in_language("networks:graph", language) + query).content.decode())


def file_of(client, extension, query=""):
    return client.get(in_language(f"networks:graph_{extension}", "en") + query)


def drawn(client, query=""):
    """The names of the nodes that the picture links to."""
    picture = page_of(client, query).partition('<svg class="graph__picture"')[2].partition("</figure>")[0]
    return set(re.findall(r"<title[^>]*>([^<]+)</title>", picture))


def opened(client, extension, query=""):
    """A file of the graph as networkx reads it."""
    content = file_of(client, extension, query).content
    if extension == "csv":
        rows = csv.DictReader(io.StringIO(content.decode()))
        return nx.Graph((row["actor"], row["network"]) for row in rows)
    if extension == "json":
        return nx.node_link_graph(json.loads(content), edges="edges")
    read = {"graphml": nx.read_graphml, "gexf": nx.read_gexf}[extension]
    return read(io.BytesIO(content))


# What is drawn


def test_every_node_is_a_link_with_its_name(client):
    make_membership(make_network("Safe Harbours"), make_city("Gdynia"))
    make_organisation_membership(make_network("Open Doors"), make_organisation("Seawatchers"))

    page = page_of(client)

    assert drawn(client) == {"Safe Harbours", "Gdynia", "Open Doors", "Seawatchers"}
    assert re.search(r'<a href="/en/cities/gdynia/"[^>]*><title>Gdynia</title>', page)
    assert re.search(r'<a href="/en/organisations/seawatchers/"[^>]*><title>Seawatchers</title>', page)
    assert re.search(r'<a class="graph__hub" href="/en/networks/safe-harbours/"[^>]*><title>Safe', page)


def test_the_graph_says_that_there_is_a_list_and_leads_to_the_same_actors(client):
    make_membership(city=make_city("Gdynia", country=make_country("Poland", code="PL")))

    page = page_of(client, "?country=PL&at=2019")

    assert "The graph is made for the eye." in page_of(client)
    assert 'href="/en/actors/?country=PL"' in page_of(client, "?country=PL")
    assert "at=2019" not in re.findall(r'href="(/en/actors/[^"]*)"', page)


def test_who_belongs_to_no_network_is_not_drawn_but_counted(client):
    make_membership(city=make_city("Gdynia"))
    make_city("Sopot")

    page = page_of(client)

    assert "Sopot" not in drawn(client)
    assert "1 more in the list belongs to no network." in page


def test_drafts_stay_hidden(client):
    network = make_network("Safe Harbours")
    make_membership(network, make_city("Gdynia"))
    make_membership(network, make_city("Sopot", status="draft"))
    make_membership(make_network("Secret", status="draft"), make_city("Hel"))

    assert drawn(client) == {"Safe Harbours", "Gdynia"}
    assert b"Sopot" not in file_of(client, "json").content


def test_memberships_that_are_not_confirmed_have_broken_lines_and_are_counted(client):
    network = make_network()
    make_membership(network)
    make_membership(network, verified=False)

    page = page_of(client)

    assert page.count('<path class="graph__unconfirmed"') == 1
    assert "1 membership not confirmed" in page


def test_a_name_is_no_markup(client):
    make_membership(make_network("<b>Harbours</b>"), make_city("<script>alert(1)</script>", slug="odd"))

    page = client.get(in_language("networks:graph", "en")).content.decode()

    assert "<script>alert" not in page
    assert "<b>Harbours" not in page
    ElementTree.fromstring(file_of(client, "svg").content)


def test_without_memberships_the_page_says_so(client):
    assert "Nobody belongs to a network yet." in page_of(client)


# The filter is that of the list of actors


@pytest.fixture
def coast(db):
    poland, germany = make_country("Poland", code="PL"), make_country("Germany", code="DE")
    harbours, doors = make_network("Harbours"), make_network("Doors")
    make_membership(harbours, make_city("Gdynia", country=poland), role="founder", since=2001)
    make_membership(doors, make_city("Sopot", country=poland), since=2010)
    make_membership(doors, make_city("Kiel", country=germany), since=2005, until=2012)
    make_membership(harbours, make_city("Emden", country=germany))
    make_organisation_membership(doors, make_organisation("Seawatchers", country=germany))


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", {"Harbours", "Doors", "Gdynia", "Sopot", "Emden", "Seawatchers"}),
        ("?kind=organisation", {"Doors", "Seawatchers"}),
        ("?country=PL", {"Harbours", "Doors", "Gdynia", "Sopot"}),
        ("?network=harbours", {"Harbours", "Gdynia", "Emden"}),
        ("?network=harbours&country=DE", {"Harbours", "Emden"}),
        ("?role=founder", {"Harbours", "Gdynia"}),
        ("?q=sopot", {"Doors", "Sopot"}),
        ("?kind=organisation&country=PL", set()),
        ("?at=2011", {"Harbours", "Doors", "Gdynia", "Sopot", "Kiel"}),
        ("?at=2011&network=doors", {"Doors", "Sopot", "Kiel"}),
        ("?at=1999", set()),
    ],
)
def test_the_filter_leaves(client, coast, query, names):
    assert drawn(client, query) == names


@pytest.mark.parametrize("query", ["", "?country=PL", "?kind=municipality", "?q=sea", "?network=doors"])
def test_the_graph_has_the_records_of_the_list(client, coast, query):
    listed = client.get(in_language("networks:actors", "en") + query).context["actors"]
    graph = client.get(in_language("networks:graph", "en") + query).context["graph"]

    assert set(graph.networks_of) == {
        row["slug"] if row["actor_kind"] == "municipality" else f"organisation:{row['slug']}"
        for row in listed
        if row["network_count"]
    }


def test_memberships_of_which_the_years_leave_it_open_are_counted_not_guessed(client, coast):
    page = page_of(client, "?at=2011")

    assert "Of 2 memberships it is not known whether they held in 2011; they are not counted." in page


@pytest.mark.parametrize(
    ("query", "unknown"),
    [
        ("", 2),
        ("&country=DE", 2),
        ("&country=PL", 0),
        ("&kind=organisation", 1),
        ("&q=emden", 1),
        ("&network=harbours", 1),
        ("&role=founder", 2),
    ],
)
def test_open_memberships_are_those_of_the_actors_and_networks_chosen(client, coast, query, unknown):
    response = client.get(in_language("networks:graph", "en") + f"?at=2011{query}")

    assert response.context["unknown"] == unknown


def test_where_no_membership_is_known_of_a_year_the_open_ones_are_counted_too(client, coast):
    page = page_of(client, "?at=1950")

    assert "<strong>0</strong> actors" in page
    assert re.search("it is not known whether (it|they) held in 1950", page)


def test_a_year_that_is_none_is_named_and_ignored(client, coast):
    page = page_of(client, "?at=soon")

    assert "“soon” is no year" in page
    assert drawn(client, "?at=soon") == drawn(client)


def ways_out(client, query):
    """What an empty graph offers: the label of a filter and how many actors the graph has without it."""
    form = client.get(in_language("networks:graph", "en") + query).context["form"]
    return {str(way["label"]): way["number"] for way in form.ways_out}


def test_ways_out_of_an_empty_graph_count_those_whom_it_shows_in_that_year(client, coast):
    make_city("Hel", country=Country.objects.get(code="PL"))

    assert ways_out(client, "?country=PL&kind=organisation") == {"Poland": 1, "Organisation": 2}
    assert ways_out(client, "?country=PL&at=1999") == {"1999": 2}
    assert ways_out(client, "?country=DE&role=founder&at=2011") == {"Germany": 1, "Founding member": 1}


def test_an_unknown_value_is_named_and_the_rest_of_the_filter_holds(client, coast):
    assert "“atlantis” is no value" in page_of(client, "?network=atlantis&country=PL")
    assert drawn(client, "?network=atlantis&country=PL") == {"Harbours", "Doors", "Gdynia", "Sopot"}


# The stored layout


def test_the_command_stores_the_layout_once(coast):
    call_command("lay_out_graph", verbosity=0)
    first = Layout.objects.get()
    call_command("lay_out_graph", verbosity=0)

    assert Layout.objects.get() == first
    # Kiel, too, which has left: its place is kept for the years in which it was a member.
    assert set(stored_nodes()) == {
        *("network:harbours", "network:doors", "organisation:seawatchers"),
        *("gdynia", "sopot", "kiel", "emden"),
    }


def test_the_layout_is_computed_anew_when_a_membership_has_come_or_gone(coast):
    renew_layout()

    make_membership(make_network("Bridges"), make_city("Riga"))
    assert renew_layout() == 9
    Membership.objects.filter(city__slug="riga").delete()
    assert renew_layout() == 7
    assert renew_layout() is None


def test_a_change_of_words_or_years_needs_no_new_layout(coast):
    renew_layout()

    Membership.objects.filter(city__slug="sopot").update(since=2009, role="founder", verified=False)

    assert renew_layout() is None


def test_afresh_computes_the_layout_in_any_case(coast):
    renew_layout()

    assert renew_layout(afresh=True) == 7


def test_whoever_joins_is_drawn_at_once_and_the_others_stay(coast):
    renew_layout()
    before = Graph(web(), stored_nodes()).places

    make_membership(city=make_city("Riga"), network=make_network("Bridges"))
    after = Graph(web(), stored_nodes()).places

    assert {"riga", "network:bridges"} <= set(after)
    assert all((after[key].x, after[key].y) == (place.x, place.y) for key, place in before.items())


def test_a_filter_moves_nobody(coast):
    renew_layout()
    whole, part = Graph(web(), stored_nodes()), Graph(web(), stored_nodes(), {"gdynia"})

    assert set(part.places) == {"gdynia", "network:harbours"}
    assert all(part.places[key][7:9] == whole.places[key][7:9] for key in part.places)


def test_no_two_nodes_share_a_place(coast):
    places = Graph(web(), {}).places.values()

    assert len({(place.x, place.y) for place in places}) == len(places)


# Files


@pytest.mark.parametrize("extension", FILES)
@pytest.mark.parametrize("query", ["", "?country=PL", "?at=2011"])
def test_a_file_opened_again_has_the_nodes_and_edges_of_the_page(client, coast, extension, query):
    graph = client.get(in_language("networks:graph", "en") + query).context["graph"]

    found = opened(client, extension, query)

    assert set(found.nodes) == set(graph.places)
    assert {frozenset(edge) for edge in found.edges} == {
        frozenset((tie.actor, tie.group)) for tie in graph.edges
    }


@pytest.mark.parametrize("extension", ["json", "graphml", "gexf"])
def test_a_file_says_of_nodes_and_edges_what_is_known(client, coast, extension):
    graph = opened(client, extension)

    assert graph.nodes["gdynia"]["label"] == "Gdynia"
    assert graph.nodes["gdynia"]["kind"] == "municipality"
    assert graph.nodes["gdynia"]["country"] == "PL"
    assert graph.nodes["gdynia"]["address"] == "http://testserver/en/cities/gdynia/"
    edge = graph.edges["gdynia", "network:harbours"]
    assert (edge["role"], edge["since"], edge["confirmed"]) == ("founder", 2001, True)
    assert edge["source_url"] == "https://network.example/members"
    assert "until" not in edge
    assert "since" not in graph.edges["emden", "network:harbours"]


@pytest.mark.parametrize("extension", [*FILES, "svg", "png"])
def test_a_file_names_its_source_its_date_and_its_licence(client, coast, extension):
    response = file_of(client, extension, "?at=2011")
    text = response.content.decode(errors="replace")

    assert response["Content-Disposition"] == f'attachment; filename="moving-cities-graph-2011.{extension}"'
    assert "Moving Cities" in text
    assert "CC BY 4.0" in text or "creativecommons.org/licenses/by/4.0" in text
    assert "2011" in text


@pytest.mark.parametrize("extension", [*FILES, "svg", "png"])
def test_a_file_of_a_year_that_is_none_is_refused(client, coast, extension):
    answer = file_of(client, extension, "?at=soon&country=PL")

    assert answer.status_code == 400
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert "“soon” is no year from 1900 to" in answer.content.decode()
    assert file_of(client, extension, "?at=").status_code == 200


@pytest.mark.parametrize("extension", [*FILES, "svg", "png"])
def test_whoever_has_a_file_gets_it_again_when_it_has_changed(client, coast, extension):
    address = in_language(f"networks:graph_{extension}", "en")
    tag = client.get(address)["ETag"]

    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
    for other in ("?country=PL", "?at=2011"):
        assert client.get(address + other, headers={"If-None-Match": tag}).status_code == 200
    Membership.objects.filter(city__slug="gdynia").update(verified=False)
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 200


def test_files_in_other_languages_are_other_files(client, coast):
    tags = {client.get(in_language("networks:graph_svg", language))["ETag"] for language in ("en", "pl")}

    assert len(tags) == 2


def test_a_picture_is_drawn_once(client, coast, monkeypatch):
    drawn = []

    def draw(graph, about):
        drawn.append(about)
        return b"picture"

    monkeypatch.setattr(graph_views, "png", draw)
    monkeypatch.setattr(graph_views, "written", {})

    for query in ["", "", "?country=PL", ""]:
        assert file_of(client, "png", query).content == b"picture"
    assert len(drawn) == 2
    for year in range(2001, 2011):
        file_of(client, "png", f"?at={year}")
    assert len(graph_views.written) == graph_views.MOST_KEPT


def test_a_file_may_be_handed_on_for_a_while(client, coast):
    assert file_of(client, "png")["Cache-Control"] == "public, max-age=600"


def test_names_in_files_are_those_of_the_language(client):
    make_membership(
        make_network(name="Harbours", slug="harbours", name_pl="Porty"), make_city("Kiel", name_pl="Kilonia")
    )

    content = client.get(in_language("networks:graph_csv", "pl")).content.decode()

    assert "Kilonia" in content
    assert "Porty" in content


def test_the_svg_stands_by_itself(client, coast):
    text = file_of(client, "svg").content.decode()
    root = ElementTree.fromstring(text)

    assert len(root.findall(".//{*}a")) == 6
    assert len(root.findall(".//{*}line")) == 4
    assert "class=" not in text
    assert "style" not in text
    assert 'href="http://testserver/en/cities/gdynia/"' in text


def test_the_png_is_a_picture_with_letters_of_every_alphabet(client):
    make_membership(make_network("Δίκτυο πόλεων", slug="diktyo"), make_city("Łódź", slug="lodz"))

    image = Image.open(io.BytesIO(file_of(client, "png").content))

    assert image.format == "PNG"
    assert image.width == 1600
    assert image.info["Licence"].startswith("https://creativecommons.org/")
    assert len(image.getcolors(1 << 20)) > 50


def test_an_empty_graph_gives_empty_files(client):
    for extension in FILES:
        assert opened(client, extension).number_of_nodes() == 0
    for extension in ("svg", "png"):
        assert file_of(client, extension).status_code == 200


# Cost


@pytest.mark.parametrize("query", ["", "?country=PL&kind=municipality&at=2011&q=o"])
def test_the_page_costs_the_same_for_one_actor_as_for_many(
    client, coast, django_assert_max_num_queries, query
):
    renew_layout()
    page_of(client, query)
    with django_assert_max_num_queries(7) as few:
        page_of(client, query)
    for network in [make_network() for _number in range(4)]:
        for _number in range(5):
            make_membership(network)
    with django_assert_max_num_queries(7) as many:
        page_of(client, query)

    assert len(few) == len(many)


def test_every_membership_is_laid_out_whatever_its_years(coast):
    assert every_membership()["kiel"] == {"network:doors"}
