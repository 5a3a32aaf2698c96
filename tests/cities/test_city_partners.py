"""Whom a municipality works with: on its page and on the map there."""

import json
import re

import pytest

from cities.lines import MOST_PARTNERS
from cities.points import MOST_NAMED
from publishing.addresses import in_language
from tests.factories import make_city, make_initiative, make_network, make_picture, make_profile

pytestmark = pytest.mark.django_db


def at(longitude, name=None, **fields):
    return make_city(name, latitude=50, longitude=longitude, **fields)


@pytest.fixture
def here():
    return at(0, "Here")


def shown(client, city):
    """The page as text, and its map."""
    response = client.get(city.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode(), response.context["map"]


def points(client, city):
    """The points of the live map: {name: properties}."""
    found = json.loads(client.get(in_language("cities:partners", "en", slug=city.slug)).content)["features"]
    return {feature["properties"]["n"]: feature["properties"] for feature in found}


def test_lines_lead_to_partners_from_mentors_and_to_those_supported(client, here):
    partner, mentor, supported = at(1, "Partner"), at(2, "Mentor"), at(3, "Supported")
    make_initiative(cities=[here, partner], pairs=[(here, mentor), (supported, here)])

    page, picture = shown(client, here)

    assert picture.lines.partners == [((50, 0), (50, 1))]
    assert picture.lines.mentoring == [((50, 2), (50, 0)), ((50, 0), (50, 3))]
    assert [place["name"] for place in picture.named] == ["Here", "Mentor", "Partner", "Supported"]
    assert page.count('class="map__arrow"') == 2
    assert "From a mentor to the city it supported" in page
    assert "This municipality" in page


def test_partners_have_no_lines_among_themselves(client, here):
    make_initiative(cities=[here, *(at(number) for number in range(1, 5))])

    lines = shown(client, here)[1].lines

    assert len(lines.partners) == 4
    assert all((50, 0) in line for line in lines.partners)


def test_the_list_says_what_the_lines_say(client, here):
    nowhere = make_city("Nowhere")
    make_initiative(cities=[here, at(1, "Partner"), nowhere], pairs=[(here, at(2, "Mentor"))])

    page, _picture = shown(client, here)

    partners, mentoring = re.findall(r"<h3>(?:Partners in|Mentoring) .*?</ul>", page, re.S)
    assert re.findall(r">(\w+)</a>", partners) == ["Nowhere", "Partner"]
    assert re.findall(r">(\w+)</a>", mentoring) == ["Mentor"]


def test_the_live_map_has_the_points_of_the_picture(client, here):
    make_initiative(cities=[here, at(1, "Partner"), make_city("Nowhere")], pairs=[(here, at(2, "Mentor"))])
    make_initiative(pairs=[(at(3, "Supported"), here)])
    at(0.1, "Neighbour")

    page, picture = shown(client, here)

    assert picture.data_url == "/en/cities/here/map.geojson"
    assert 'data-city-map="/en/cities/here/map.geojson"' in page
    found = points(client, here)
    assert set(found) == {"Here", "Partner", "Mentor", "Supported"}
    assert len(picture.points) == 4
    assert [name for name, properties in found.items() if "h" in properties] == ["Here"]


def test_an_initiative_of_many_has_no_lines(client, here):
    make_initiative(cities=[here, *(at(1 + number / 10) for number in range(MOST_PARTNERS))])

    page, picture = shown(client, here)

    assert picture.lines is None
    assert "Partners in an initiative" not in page


def test_drafts_are_no_partners(client, here):
    hidden = at(1, "Hidden", status="draft")
    make_initiative(cities=[here, hidden], pairs=[(here, hidden)])
    make_initiative(cities=[here, at(2, "Unseen")], status="draft")
    make_initiative(cities=[here, at(3, "Unheard")], network=make_network(status="draft"))

    page, picture = shown(client, here)

    assert picture.lines is None
    assert not re.search("Hidden|Partners in an initiative", page)
    assert set(points(client, here)) == {"Here"}


def test_without_partners_the_map_is_that_of_the_neighbours(client, here):
    at(0.5, "Near")

    picture = shown(client, here)[1]

    assert [place["name"] for place in picture.named] == ["Here", "Near"]
    assert picture.data_url == ""


def test_a_city_of_unknown_place_has_no_map(client):
    nowhere = make_city("Nowhere")
    make_initiative(cities=[nowhere, at(1)])

    assert shown(client, nowhere)[1] is None


def test_a_featured_city_has_lines_too_and_beside_a_picture_the_map_stands_with_its_initiatives(client, here):
    make_profile(here)
    make_initiative(cities=[here, at(1)])

    assert shown(client, here)[1].named[0]["kind"] == "here"
    here.picture = make_picture()
    here.save()
    page, _picture = shown(client, here)
    section = page.split('aria-labelledby="initiatives"')[1].split("</section>")[0]
    assert 'class="map"' in section
    assert page.count('class="map"') == 1


def test_many_partners_are_points_and_the_first_have_names(client, here):
    for number in range(5):
        make_initiative(cities=[here, *(at(number + place / 100) for place in range(1, MOST_PARTNERS))])

    picture = shown(client, here)[1]

    assert len(picture.points) == 1 + 5 * (MOST_PARTNERS - 1)
    assert len(picture.named) == 1 + MOST_NAMED


@pytest.mark.parametrize("partners", [1, 12])
def test_the_data_of_the_map_cost_the_same_for_one_as_for_many(
    client, here, partners, django_assert_num_queries
):
    for number in range(partners):
        make_initiative(cities=[here, at(1 + number)], pairs=[(here, at(20 + number))])

    with django_assert_num_queries(2):
        points(client, here)


def test_a_hidden_city_has_no_data(client):
    hidden = at(1, status="draft")

    assert client.get(f"/en/cities/{hidden.slug}/map.geojson").status_code == 404
