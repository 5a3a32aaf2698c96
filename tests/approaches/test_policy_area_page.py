"""The page of a policy area."""

import re

import pytest

from publishing.addresses import in_language
from tests.factories import make_approach, make_city, make_policy_area, make_profile

pytestmark = pytest.mark.django_db


def get(client, slug="housing", language="en", query=""):
    return client.get(in_language("approaches:policy_area", language, slug=slug) + query)


def titles(page):
    return re.findall(r'<h3 class="row__title"><a href="[^"]+">(.*?)</a>', page)


def test_the_page_shows_the_area_with_its_approaches_and_cities(client):
    area = make_policy_area("Housing", description="A roof for everybody.")
    city = make_city("Gdańsk", latitude=54.35, longitude=18.65)
    make_profile(city)
    make_approach("Flats", [area], city=city)
    make_approach("Rooms", [area, make_policy_area("Voice")], city=city)
    make_approach("Council", [make_policy_area("Health")], city=city)

    page = get(client).content.decode()

    assert '<h1 class="area-title area--housing">Housing</h1>' in page
    assert '<meta name="description" content="A roof for everybody.">' in page
    assert titles(page) == ["Flats", "Rooms"]
    assert 'area--voice" href="/en/policy-areas/voice/">Voice</a>' in page
    assert re.search(
        r'/en/cities/gdansk/">Gdańsk</a> <span class="links__note">[^<]+, 2 approaches</span>', page
    )
    assert 'data-city-map="/en/cities/map.geojson?area=housing"' in page
    assert 'href="/en/approaches/?area=housing"' in page


def test_the_page_leads_to_the_other_policy_areas_with_their_counts(client):
    make_policy_area("Housing", order=1)
    make_approach(policy_areas=[make_policy_area("Voice", order=3)])
    make_policy_area("Health", order=2)

    page = get(client).content.decode()
    tiles = re.findall(r'<span class="tile__text">(\w+) <span class="tile__note">([^<]+)</span>', page)

    assert tiles == [("Health", "0 approaches"), ("Voice", "1 approach")]


def test_the_map_data_has_the_cities_that_the_page_lists(client):
    area = make_policy_area("Housing")
    make_approach(policy_areas=[area], city=make_city("Gdańsk", latitude=54.35, longitude=18.65))
    make_approach(city=make_city("Sopot", latitude=54.44, longitude=18.56))

    data = client.get("/en/cities/map.geojson?area=housing").json()

    assert [feature["properties"]["n"] for feature in data["features"]] == ["Gdańsk"]


def test_every_approach_is_reachable_page_by_page(client):
    area, city = make_policy_area("Housing"), make_city()
    for number in range(120):
        make_approach(f"Flats {number:03}", [area], city=city)

    pages = [titles(get(client, query=f"?page={number}").content.decode()) for number in (1, 2, 3)]

    assert [len(page) for page in pages] == [50, 50, 20]
    assert [title for page in pages for title in page] == [f"Flats {number:03}" for number in range(120)]
    for number in ("0", "99999", "x"):
        assert get(client, query=f"?page={number}").status_code == 200


def test_what_is_not_public_shows_nowhere(client):
    area = make_policy_area("Housing")
    make_approach("Hidden", [area], city=make_city("Gdańsk"), status="draft")
    make_approach("Hidden too", [area], city=make_city("Sopot", status="draft"))

    page = get(client).content.decode()

    assert titles(page) == []
    assert "Gdańsk" not in page
    assert "Sopot" not in page
    assert "No approach in this policy area has been described yet." in page


def test_text_in_another_language_is_marked(client):
    make_policy_area("Housing", name_pl="Mieszkania", description="A roof.")

    page = get(client, language="pl").content.decode()

    assert '<h1 class="area-title area--housing">Mieszkania</h1>' in page
    assert '<span lang="en">A roof.</span>' in page


def test_an_unknown_area_is_not_found(client):
    assert get(client, "nothing").status_code == 404


@pytest.mark.parametrize("records", [1, 20])
def test_the_page_asks_as_often_for_many_as_for_one(client, django_assert_num_queries, records):
    area = make_policy_area("Housing")
    for _number in range(records):
        make_profile(make_approach(policy_areas=[area, make_policy_area()]).city)

    with django_assert_num_queries(3):
        get(client)
