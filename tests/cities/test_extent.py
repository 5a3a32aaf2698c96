"""A list narrowed to a part of the map, and what becomes of a part that is none."""

import pytest

from cities.extent import Extent, NoExtent
from tests.factories import make_approach, make_city, make_country

PLACES = {
    "Gdańsk": (54.35, 18.65),
    "Bari": (41.12, 16.87),
    "Suva": (-18.14, 178.44),
    "Apia": (-13.83, -171.77),
}


@pytest.fixture
def cities(db):
    country = make_country("Country")
    return {
        name: make_city(name, country=country, latitude=latitude, longitude=longitude)
        for name, (latitude, longitude) in PLACES.items()
    }


def names(response):
    return {city["shown_name"] for city in response.context["page"]}


def problems(response):
    return response.context["form"].problems


@pytest.mark.parametrize(
    ("bbox", "found"),
    [
        ("10,50,20,60", {"Gdańsk"}),
        ("10,40,20,60", {"Gdańsk", "Bari"}),
        ("18.65,54.35,18.65,54.35", {"Gdańsk"}),
        ("-180,-90,180,90", set(PLACES)),
        ("170,-30,-160,0", {"Suva", "Apia"}),  # across the 180th meridian
        ("170,-30,180,0", {"Suva"}),
        (" 10 , 50 , 20 , 60 ", {"Gdańsk"}),
        ("1e1,5e1,2e1,6e1", {"Gdańsk"}),
    ],
)
def test_the_list_shows_what_lies_in_that_part(client, cities, bbox, found):
    response = client.get("/en/cities/", {"bbox": bbox})

    assert names(response) == found
    assert problems(response) == []


def test_the_map_shows_the_same_and_opens_there(client, cities):
    response = client.get("/en/cities/?bbox=10,50,20,60")
    points = client.get("/en/cities/map.geojson?bbox=10,50,20,60").json()["features"]

    assert [point["properties"]["n"] for point in points] == ["Gdańsk"]
    assert response.context["map"].bounds == (50, 10, 60, 20)
    assert 'data-city-map="/en/cities/map.geojson?bbox=10%2C50%2C20%2C60"' in response.content.decode()


def test_a_part_across_the_180th_meridian_is_drawn_in_one_piece(client, cities):
    view = client.get("/en/cities/?bbox=170,-30,-160,0").context["map"].view

    assert view.width == pytest.approx(32768 * 30 / 360, abs=2)


@pytest.mark.parametrize("bbox", ["10,50,20,60", "170,-30,-160,0"])
def test_the_part_of_the_map_is_an_active_filter_that_can_be_taken_away(client, cities, bbox):
    form = client.get("/en/cities/", {"bbox": bbox, "q": "a"}).context["form"]

    assert ("Only what is in this view", "?q=a") in form.active


def test_the_form_keeps_the_part_of_the_map(client, cities):
    page = client.get("/en/cities/?bbox=10,50,20,60").content.decode()

    assert '<input type="hidden" name="bbox" value="10,50,20,60">' in page


def test_counts_are_those_of_the_part_of_the_map(client, cities):
    form = client.get("/en/cities/?bbox=10,50,20,60").context["form"]

    (country,) = next(group for group in form.facet_groups if group["name"] == "country")["options"]
    assert country["count"] == 1


def test_approaches_are_found_by_where_their_city_lies(client, cities):
    make_approach("Council", city=cities["Gdańsk"])
    make_approach("Hostel", city=cities["Bari"])

    response = client.get("/en/approaches/?bbox=10,50,20,60")

    assert [approach["title"].value for approach in response.context["approaches"]] == ["Council"]
    assert response.context["map"].count == 1


@pytest.mark.parametrize("path", ["/en/cities/", "/en/approaches/"])
@pytest.mark.parametrize(
    "bbox",
    [
        "here",
        "1,2,3",
        "1,2,3,4,5",
        "10,50,20,sixty",
        "nan,50,20,60",
        "10,50,inf,60",
        "10,50,20,95",  # beyond the pole
        "10,50,400,60",
        "10,50,20,60" + "0" * 3000,
        "\0",
        "٣,٤,٥",
    ],
)
def test_what_is_no_part_of_a_map_is_named_and_ignored(client, cities, path, bbox):
    response = client.get(path, {"bbox": bbox})

    assert response.status_code == 200
    (problem,) = problems(response)
    assert "is no part of the map and was ignored" in problem
    assert len(problem) < 250
    assert not response.context["form"].active


@pytest.mark.parametrize("bbox", ["10,60,20,50", "20,50,10,60"])
def test_a_part_that_is_inside_out_is_named_and_ignored(client, cities, bbox):
    response = client.get("/en/cities/", {"bbox": bbox})

    (problem,) = problems(response)
    assert "is inside out and was ignored" in problem
    assert names(response) == set(PLACES)


def test_the_other_end_of_the_world_is_empty_and_says_which_filter_empties_it(client, cities):
    response = client.get("/en/cities/?bbox=-150,-60,-120,-40")
    page = response.content.decode()

    assert response.status_code == 200
    assert response.context["map"].count == 0
    assert "Only what is in this view" in page.split('id="results"')[1]
    assert client.get("/en/cities/map.svg?bbox=-150,-60,-120,-40").status_code == 200


def test_other_filters_hold_beside_a_part_that_is_none(client, cities):
    assert names(client.get("/en/cities/?bbox=nonsense&q=bari")) == {"Bari"}


def test_every_extent_asks_anew(client, cities):
    """What is kept of one question must not answer another."""
    assert names(client.get("/en/cities/?bbox=10,50,20,60")) == {"Gdańsk"}
    assert names(client.get("/en/cities/?bbox=10,40,20,45")) == {"Bari"}


@pytest.mark.parametrize("text", ["10,50,20,60", "-171.5,-20.25,10,0"])
def test_an_extent_is_written_as_it_is_read(text):
    assert str(Extent.parse(text)) == text


def test_an_extent_that_is_none_says_why():
    with pytest.raises(NoExtent, match="west, south, east, north"):
        Extent.parse("1,2")
