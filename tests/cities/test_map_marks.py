"""Members of chosen networks in marks of their own, and lines between those who work together."""

import json
import re

import pytest

from cities.lines import MOST_PARTNERS, lines_between
from cities.maps import SEAT_BIT, Map, layers_of, marks_in
from cities.models import City
from cities.points import MOST_INITIATIVES
from cities.templatetags.city_map import map_arrows, map_lines, map_places
from tests.factories import (
    make_approach,
    make_city,
    make_initiative,
    make_membership,
    make_network,
    make_profile,
)

ONE, TWO, THREE = (50, 10), (51, 11), (52, 12)


@pytest.fixture
def networks():
    """Four networks: Alpha is a member of all, Beta of the second, Gamma of the fourth only; Delta has left the first."""
    networks = [make_network(f"Network {number}") for number in (1, 2, 3, 4)]
    alpha, beta, gamma, delta = (
        make_city(name, latitude=50 + place, longitude=10)
        for place, name in enumerate(["Alpha", "Beta", "Gamma", "Delta"])
    )
    make_profile(alpha)
    for network in networks:
        make_membership(network, alpha)
    make_membership(networks[1], beta)
    make_membership(networks[3], gamma)
    make_membership(networks[0], delta, until=2019)
    return networks


def query(networks):
    return "?" + "&".join(f"network={network.slug}" for network in networks)


def marks_by_name(client, networks, path="/en/cities/map.geojson"):
    found = json.loads(client.get(path + query(networks)).content)["features"]
    return {feature["properties"]["n"]: feature["properties"].get("m", 0) for feature in found}


# Marks


@pytest.mark.django_db
def test_each_of_three_networks_has_its_mark(client, networks):
    assert marks_by_name(client, networks[:3]) == {"Alpha": 0b111, "Beta": 0b010, "Delta": 0}


@pytest.mark.django_db
def test_marks_go_by_the_order_of_the_address(client, networks):
    first, second, *_others = networks

    assert marks_by_name(client, [second, first]) == {"Alpha": 0b11, "Beta": 0b01, "Delta": 0}


@pytest.mark.django_db
def test_a_fourth_network_has_no_mark_and_the_legend_says_so(client, networks):
    page = client.get("/en/cities/" + query(networks)).content.decode()

    assert marks_by_name(client, networks) == {"Alpha": 0b111, "Beta": 0b010, "Gamma": 0, "Delta": 0}
    assert re.findall(r'data-mark="(\d)"', page) == ["1", "2", "3"]
    assert "At most three networks have marks: 1 more chosen network has none." in page


@pytest.mark.django_db
def test_three_networks_leave_nothing_to_say(client, networks):
    assert "At most three networks" not in client.get("/en/cities/" + query(networks[:3])).content.decode()


@pytest.mark.django_db
def test_the_legend_names_the_networks(client, networks):
    page = client.get("/en/cities/" + query(networks[:2])).content.decode()

    legend = page.split('class="legend map__legend"')[1].split("</figcaption>")[0]
    assert re.findall(r"</svg>([^<]+)</span>", legend) == ["Network 1", "Network 2"]


@pytest.mark.django_db
def test_the_picture_draws_each_member_in_the_layers_of_its_networks(client, networks):
    drawn = client.get("/en/cities/map.svg" + query(networks[:3])).content.decode()

    dots = {layer: path.count("M") for layer, path in re.findall(r'id="([\w-]+)"[^>]* d="([^"]*)"', drawn)}
    assert dots == {
        "seat": 0,
        "municipality": 1,
        "mark-3": 1,
        "mark-2": 2,
        "mark-1": 1,
        "core": 1,
        "featured": 0,
    }


@pytest.mark.django_db
def test_a_named_place_says_its_networks_where_there_are_several(client, networks):
    several = client.get("/en/cities/" + query(networks[:2])).content.decode()
    one = client.get("/en/cities/" + query(networks[:1])).content.decode()

    assert "<title>Alpha (Network 1, Network 2)</title>" in several
    assert "<title>Beta (Network 2)</title>" in several
    assert "<title>Alpha</title>" in one


@pytest.mark.django_db
def test_the_map_beside_the_approaches_has_the_same_marks(client, networks):
    make_approach(city=City.objects.get(slug="alpha"))

    page = client.get("/en/approaches/" + query(networks[:2])).content.decode()

    assert re.findall(r'data-mark="(\d)"', page) == ["1", "2"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["cities", "actors", "approaches"])
def test_a_list_of_the_present_says_that_a_year_was_ignored(client, networks, path):
    address = f"/en/{path}/{query(networks)}"

    page = client.get(f"{address}&at=2018").content.decode()

    assert "This list shows the present only; the year “2018” was ignored." in page
    assert "at=2018" not in re.search(r'data-city-map="([^"]*)"', page)[1]
    assert "shows the present only" not in client.get(f"{address}&at=").content.decode()


@pytest.mark.django_db
def test_the_page_of_a_network_marks_its_present_members(client, networks):
    picture = client.get(networks[0].get_absolute_url()).context["map"]

    assert picture.members == [(50, 10)]
    assert [(place["name"], place["marks"]) for place in picture.named] == [("Alpha", 1)]
    assert "mark-1" in dict(picture.paths)


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 10])
def test_marks_and_lines_cost_no_more_queries(client, number, django_assert_num_queries):
    networks = [make_network() for _network in range(3)]
    for network in networks:
        cities = [make_city(latitude=50, longitude=10 + place) for place in range(number + 1)]
        for city in cities:
            make_membership(network, city)
        make_initiative(network=network, cities=cities, pairs=[cities[:2]])
    client.get("/en/cities/" + query(networks))

    with django_assert_num_queries(4):
        client.get("/en/cities/" + query(networks))


def test_bits_are_marks():
    assert [marks_in(bits) for bits in range(8)] == [[], [1], [2], [1, 2], [3], [1, 3], [2, 3], [1, 2, 3]]


def test_a_featured_member_has_a_core_on_its_marks():
    assert layers_of("featured", 0b101) == ["mark-1", "mark-3", "core"]
    assert layers_of("member", 0b010) == ["mark-2"]
    assert layers_of("featured") == ["featured"]
    assert layers_of("featured", SEAT_BIT) == ["seat", "featured"]
    assert layers_of("member", SEAT_BIT | 0b1) == ["seat", "mark-1"]


# Lines


def test_partners_are_joined_each_with_each():
    lines = lines_between([[ONE, TWO, THREE]], [])

    assert lines.partners == [(ONE, TWO), (ONE, THREE), (TWO, THREE)]


def test_a_mentoring_pair_takes_the_place_of_the_line_of_partners():
    lines = lines_between([[ONE, TWO, THREE]], [(TWO, ONE)])

    assert lines.mentoring == [(TWO, ONE)]
    assert lines.partners == [(ONE, THREE), (TWO, THREE)]


def test_who_works_together_twice_has_one_line():
    assert lines_between([[ONE, TWO], [TWO, ONE]], []).partners == [(ONE, TWO)]


def test_no_line_leads_from_a_place_to_itself():
    assert lines_between([[ONE, ONE]], []) is None


def test_many_partners_have_no_lines():
    places = [(50, place) for place in range(MOST_PARTNERS + 1)]

    assert lines_between([places], []) is None
    assert len(lines_between([places[:-1]], []).partners) == MOST_PARTNERS * (MOST_PARTNERS - 1) / 2


def test_an_arrow_points_from_the_mentor_whichever_way_that_is():
    north, south = (55, 10), (45, 10)
    turns = [
        re.search(r"rotate\((-?\d+)\)", map_arrows(Map.of([north, south], lines=lines_between([], [pair]))))[
            1
        ]
        for pair in [(north, south), (south, north)]
    ]

    assert turns == ["90", "-90"]


def test_a_map_of_nobody_who_works_together_has_no_lines():
    assert map_lines(Map.of([ONE, TWO])) == map_arrows(Map.of([ONE, TWO])) == ""


@pytest.mark.django_db
def test_lines_join_the_results_that_work_together_in_the_chosen_networks(client):
    chosen, other = make_network("Chosen"), make_network("Other")
    alpha, beta, gamma = (
        make_membership(chosen, make_city(name, latitude=50 + place, longitude=10)).city
        for place, name in enumerate(["Alpha", "Beta", "Gamma"])
    )
    outside = make_city("Outside", latitude=48, longitude=10)
    make_initiative("Harbour", network=chosen, cities=[alpha, beta, outside], pairs=[(gamma, alpha)])
    make_initiative("Elsewhere", network=other, cities=[beta, gamma])

    response = client.get(f"/en/cities/?network={chosen.slug}")
    lines = response.context["map"].lines

    assert lines.mentoring == [((50, 10), (52, 10))]  # Alpha was the mentor
    assert {frozenset(line) for line in lines.partners} == {
        frozenset({(50, 10), (51, 10)}),
        frozenset({(51, 10), (52, 10)}),
    }
    page = response.content.decode()
    assert re.search(r'class="map__initiatives"><a href="/en/initiatives/harbour/">Harbour</a></span>', page)
    assert "From a mentor to the city it supported" in page
    assert client.get("/en/cities/").context["map"].lines is None


@pytest.mark.django_db
def test_the_newest_initiatives_have_lines(client):
    network = make_network()
    cities = [
        make_membership(network, make_city(latitude=40 + place, longitude=10)).city
        for place in range(2 * MOST_INITIATIVES + 2)
    ]
    for number in range(MOST_INITIATIVES + 1):
        pair = cities[2 * number : 2 * number + 2]
        make_initiative(f"Initiative {number}", network=network, cities=pair, started=str(2000 + number))

    picture = client.get(f"/en/cities/?network={network.slug}").context["map"]

    assert len(picture.lines.partners) == MOST_INITIATIVES
    assert "initiative-0" not in [initiative["slug"] for initiative in picture.initiatives]


@pytest.mark.django_db
def test_drafts_have_no_lines(client):
    network = make_network()
    cities = [make_membership(network, make_city(latitude=50, longitude=place)).city for place in (1, 2)]
    make_initiative(network=network, cities=cities, pairs=[cities], status="draft")
    hidden = make_membership(network, make_city(latitude=50, longitude=3, status="draft")).city
    make_initiative(network=network, cities=[cities[0], hidden], pairs=[(cities[0], hidden)])

    assert client.get(f"/en/cities/?network={network.slug}").context["map"].lines is None
    assert client.get(network.get_absolute_url()).context["map"].lines is None


# What the page is about


def test_the_place_that_a_page_is_about_is_named_where_there_is_room_for_nobody():
    here = {"name": "Here", "latitude": 50, "longitude": 10, "url": "", "kind": "here"}
    around = [
        {
            "name": f"Near {number}",
            "latitude": 50 + up,
            "longitude": 10 + right,
            "url": "",
            "kind": "featured",
        }
        for number, (up, right) in enumerate([(0, 0.3), (0, -0.3), (0.2, 0.3), (-0.2, -0.3)])
    ]
    places = [here, *around]

    drawn = map_places(Map.of([(place["latitude"], place["longitude"]) for place in places], named=places))

    assert re.search(r'<text class="map__label map__label--s"[^>]*>Here</text>', drawn)
    assert drawn.rindex("<title>") == drawn.index("<title>Here</title>")  # it lies on top
