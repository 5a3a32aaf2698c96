"""The map says the same as the list."""

import json
import random
import re

import pytest

from cities.maps import EUROPE, WORLD, Map, View, bounds_of, points_path, project
from cities.models import City
from cities.templatetags.city_map import Labels, map_places, name_box, placed
from publishing.addresses import in_language
from tests.factories import (
    make_approach,
    make_city,
    make_country,
    make_membership,
    make_network,
    make_profile,
)

QUERIES = [
    "",
    "?country=PL",
    "?featured=yes",
    "?q=gdansk",
    "?network=hubs&country=PL&country=IT",
    "?country=ZZ",
]


@pytest.fixture
def cities():
    poland, italy = make_country("Poland", "PL"), make_country("Italy", "IT")
    gdansk = make_city("Gdańsk", country=poland, latitude=54.352052, longitude=18.64637, name_de="Danzig")
    make_profile(gdansk)
    make_membership(make_network("Hubs"), gdansk)
    make_city("Lublin", country=poland, latitude=51.25, longitude=22.5667)
    make_city("Bari", country=italy, latitude=41.1171, longitude=16.8719)
    make_city("Nowhere", country=italy)
    make_city("Riace", country=italy, latitude=38.4, longitude=16.5, status="draft")


def features(client, query="", path="/en/cities/map.geojson"):
    response = client.get(f"{path}{query}")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/geo+json"
    return json.loads(response.content)["features"]


@pytest.mark.django_db
@pytest.mark.parametrize("query", QUERIES)
def test_the_map_shows_the_records_of_the_list(client, cities, query):
    listed = {
        city["shown_name"]
        for city in client.get(f"/en/cities/{query}").context["page"]
        if city["shown_name"] != "Nowhere"
    }

    assert {feature["properties"]["n"] for feature in features(client, query)} == listed


@pytest.mark.django_db
def test_a_point_names_its_city_and_leads_to_its_page(client, cities):
    (feature,) = features(client, "?q=gdansk")

    assert feature == {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [18.6464, 54.3521]},
        "properties": {"n": "Gdańsk", "s": "/en/cities/gdansk/", "f": 1},
    }
    assert client.get(feature["properties"]["s"]).status_code == 200


@pytest.mark.django_db
def test_the_map_speaks_the_language_of_its_address(client, cities):
    (feature,) = features(client, "?q=gdansk", in_language("cities:geojson", "de"))

    assert feature["properties"]["n"] == "Danzig"
    assert client.get(feature["properties"]["s"]).status_code == 200


@pytest.mark.django_db
def test_the_data_are_compact(client, cities):
    assert b": " not in client.get("/en/cities/map.geojson").content
    assert b", " not in client.get("/en/cities/map.geojson").content


@pytest.mark.django_db
def test_what_has_not_changed_is_not_sent_again(client, cities):
    tag = client.get("/en/cities/map.geojson")["ETag"]

    again = client.get("/en/cities/map.geojson", headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")

    make_city("Cork", latitude=51.9, longitude=-8.5)
    assert client.get("/en/cities/map.geojson", headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["?page=x&sort=y&size=z", "?q=%00", "?q=" + "a" * 3000, "?network=%FF"])
def test_wrong_values_break_no_map(client, cities, query):
    assert client.get(f"/en/cities/map.geojson{query}").status_code == 200
    assert client.get(f"/en/cities/map.svg{query}").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("query", QUERIES)
def test_the_picture_shows_a_dot_for_each_city_of_the_list(client, cities, query):
    response = client.get(f"/en/cities/map.svg{query}")

    assert response["Content-Type"] == "image/svg+xml"
    drawn = response.content.decode()
    for feature in features(client, query):
        x, y = project(*reversed(feature["geometry"]["coordinates"]))
        near = [f"M{x + dx} {y + dy}h0" for dx in range(-40, 41) for dy in range(-40, 41)]
        shown = any(dot in drawn for dot in near) or f'cx="{x}"' in drawn
        assert shown, feature["properties"]["n"]


@pytest.mark.django_db
def test_an_empty_map_is_a_picture_of_europe(client):
    assert features(client) == []
    assert client.get("/en/cities/map.svg").status_code == 200
    assert bounds_of([]) == EUROPE


@pytest.mark.django_db
@pytest.mark.parametrize("records", [1, 20])
@pytest.mark.parametrize(
    "path",
    [
        "/en/cities/map.geojson",
        "/en/cities/map.svg",
        "/en/approaches/map.geojson",
        "/en/approaches/map.svg",
    ],
)
@pytest.mark.parametrize(("query", "queries"), [("", 1), ("?country=PL", 2)])
def test_more_cities_cost_no_more_queries(client, records, path, query, queries, django_assert_num_queries):
    country = make_country("Poland", "PL")
    for number in range(records):
        city = make_city(country=country, latitude=50 + number / 10, longitude=20)
        make_profile(city)
        make_approach(city=city)

    with django_assert_num_queries(queries):
        client.get(f"{path}{query}")


@pytest.mark.django_db
def test_members_of_the_chosen_network_are_told_from_others(client, cities):
    network = make_network("Ports")
    for name, fields in [("Ancona", {}), ("Genova", {"until": 2019})]:
        make_membership(network, make_city(name, latitude=44, longitude=10), **fields)
    make_profile(make_membership(network, make_city("Trieste", latitude=45, longitude=13)).city)

    kinds = {
        feature["properties"]["n"]: {"f", "m"} & set(feature["properties"])
        for feature in features(client, "?network=ports")
    }

    assert kinds == {"Ancona": {"m"}, "Genova": set(), "Trieste": {"f", "m"}}
    assert not any("m" in feature["properties"] for feature in features(client))


@pytest.mark.django_db
def test_the_largest_municipality_comes_first(client):
    for name, population in [("Small", 10), ("Unknown", None), ("Large", 1000)]:
        make_city(name, latitude=50, longitude=10, population=population)

    assert [feature["properties"]["n"] for feature in features(client)] == ["Large", "Small", "Unknown"]


# The picture in the page


def page_of(client, query="", path="/en/cities/"):
    return client.get(f"{path}{query}").content.decode()


@pytest.mark.django_db
def test_the_picture_says_how_many_it_shows_and_that_the_list_follows(client, cities):
    page = page_of(client)

    assert 'aria-label="Map of 3 municipalities, list follows"' in page
    assert "1 more in the list: its location is not known" in page
    assert re.search(r'<a class="map__skip" href="#results">Skip the map</a>', page)


@pytest.mark.django_db
def test_points_are_links_with_names(client, cities):
    page = page_of(client)

    for name in ["gdansk", "lublin", "bari"]:
        assert re.search(rf'<a class="map__place map__place--\w+" href="/en/cities/{name}/"><title>', page)
    assert re.search(r'<text class="map__label map__label--s"[^>]*>Gdańsk</text>', page)


@pytest.mark.django_db
def test_the_picture_has_names_in_the_language_of_the_page(client, cities):
    page = page_of(client, path=in_language("cities:list", "de"))

    assert "<title>Danzig</title>" in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "kinds"),
    [
        ("", {"featured", "municipality"}),
        ("?featured=yes", set()),
        ("?country=PL", {"featured", "municipality"}),
        ("?network=ports", {"featured", "mark"}),
    ],
)
def test_the_legend_explains_what_occurs_and_nothing_else(client, cities, query, kinds):
    ports = make_network("Ports")
    make_membership(ports, City.objects.get(slug="gdansk"))
    make_membership(ports, City.objects.get(slug="bari"))

    assert set(re.findall(r"legend__key--(\w+)", page_of(client, query))) == kinds


@pytest.mark.django_db
def test_the_page_of_a_municipality_marks_it_among_others(client, cities):
    page = page_of(client, path="/en/cities/lublin/")

    assert "map__place--here" in page


@pytest.mark.django_db
def test_the_map_beside_the_approaches_shows_their_cities(client, cities):
    make_approach("Council", city=City.objects.get(slug="gdansk"))
    make_approach("Office", city=City.objects.get(slug="gdansk"))
    make_approach("Hostel", city=City.objects.get(slug="bari"))

    shown = features(client, path="/en/approaches/map.geojson")
    italian = features(client, "?country=IT", path="/en/approaches/map.geojson")

    assert sorted(feature["properties"]["n"] for feature in shown) == ["Bari", "Gdańsk"]
    assert [feature["properties"]["n"] for feature in italian] == ["Bari"]
    assert 'data-city-map="/en/approaches/map.geojson?country=IT"' in page_of(
        client, "?country=IT", "/en/approaches/"
    )


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/en/cities/", "/en/approaches/"])
def test_rows_name_their_point(client, cities, path):
    make_approach(city=City.objects.get(slug="gdansk"))

    assert 'data-place="gdansk"' in page_of(client, path=path)


def place(name, latitude, longitude, kind="featured"):
    return {"name": name, "latitude": latitude, "longitude": longitude, "url": "", "kind": kind}


def map_of(*places):
    return Map.of([(place["latitude"], place["longitude"]) for place in places], named=list(places))


def overlap(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@pytest.mark.parametrize("size", [280, 440, 620])
def test_names_cross_neither_each_other_nor_points(size):
    chance = random.Random(3)
    picture = map_of(
        *(
            place(f"Municipality {number}", chance.uniform(45, 55), chance.uniform(5, 20), kind)
            for number in range(40)
            for kind in [chance.choice(["featured", "member", "municipality"])]
        )
    )
    sizes = {"s": 280, "m": 440, "l": 620}
    places = placed(picture)
    view = picture.view
    scale = size / max(view.width, view.height)
    labels = Labels(places, view.width * scale, view.height * scale)

    boxes = [
        name_box(place, x, y, place["side"])
        for place, x, y in labels.places
        if place["size"] and sizes[place["size"]] <= size
    ]

    assert boxes
    for number, box in enumerate(boxes):
        assert not any(overlap(box, other) for other in boxes[:number])
        assert not any(overlap(box, point) for point in labels.taken)


def test_a_place_beyond_the_picture_has_no_link():
    picture = map_of(place("Alpha", 50, 10), place("Beta", -35, -70))
    picture.bounds = EUROPE

    assert "Alpha" in map_places(picture)
    assert "Beta" not in map_places(picture)


def test_a_name_is_text_and_no_code():
    assert "<b>" not in map_places(map_of(place("<b>Town</b>", 50, 10)))


# The picture


def test_the_middle_of_the_world_is_the_middle_of_the_picture():
    assert project(0, 0) == (WORLD // 2, WORLD // 2)
    assert project(0, -180)[0] == 0
    assert project(0, 180)[0] == WORLD


@pytest.mark.parametrize(("latitude", "y"), [(90, 0), (85.0511, 0), (-85.0511, WORLD), (-90, WORLD)])
def test_the_poles_are_at_the_edge(latitude, y):
    assert project(latitude, 0)[1] == pytest.approx(y, abs=1)


def test_a_view_holds_all_points_with_a_margin():
    points = [(54.35, 18.65), (41.12, 16.87), (38.7, -9.1)]
    view = View.around(bounds_of(points))

    for latitude, longitude in points:
        x, y = project(latitude, longitude)
        assert view.x < x < view.x + view.width
        assert view.y < y < view.y + view.height


def test_a_single_point_is_shown_in_its_surroundings():
    view = View.around(bounds_of([(54.35, 18.65)]))

    assert view.width >= 900


def test_dots_on_the_same_spot_are_one():
    assert points_path([(50, 20), (50, 20), (50.00001, 20)]).count("M") == 1
    assert points_path([]) == ""
