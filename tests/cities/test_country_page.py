"""The page of a country: its municipalities, networks and organisations."""

import pytest

from tests.factories import (
    make_approach,
    make_city,
    make_country,
    make_membership,
    make_network,
    make_organisation,
    make_profile,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def poland():
    return make_country(name_en="Poland", name_pl="Polska", code="PL")


def read(client, address="/en/countries/pl/"):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_a_country_shows_its_own_municipalities(client, poland):
    make_profile(make_city("Gdańsk", country=poland), subtitle="A port")
    make_city("Lublin", country=poland)
    make_city("Bari")
    make_city("Riace", country=poland, status="draft")

    page = read(client)

    assert "Poland" in page
    assert "Gdańsk" in page
    assert "Lublin" in page
    assert "A port" in page
    assert "Bari" not in page
    assert "Riace" not in page


def test_a_country_shows_its_national_networks_and_organisations(client, poland):
    make_network("Polish network", scope="national", country=poland)
    make_network("Hidden network", scope="national", country=poland, status="draft")
    make_organisation("Helpers", country=poland)
    make_organisation("Hidden helpers", country=poland, status="review")

    page = read(client)

    assert "Polish network" in page
    assert "Helpers" in page
    assert "Hidden" not in page


def test_a_country_is_named_in_the_language_of_the_page(client, poland):
    assert "<h1>Polska</h1>" in read(client, "/pl/kraje/pl/")
    assert '<span lang="en">Poland</span>' in read(client, "/de/laender/pl/")


def test_a_country_without_a_municipality_says_so(client, poland):
    assert "No municipality of this country is in the directory yet." in read(client)


def test_a_country_that_is_not_there_is_not_found(client):
    assert client.get("/en/countries/zz/").status_code == 404


@pytest.mark.parametrize("page", ["0", "2", "99999", "x"])
def test_an_impossible_page_becomes_the_last_sensible_one(client, poland, page):
    make_city("Lublin", country=poland)

    assert "Lublin" in read(client, f"/en/countries/pl/?page={page}")


@pytest.mark.parametrize("records", [1, 20])
def test_more_records_cost_no_more_queries(client, poland, records, django_assert_max_num_queries):
    for _ in range(records):
        city = make_city(country=poland)
        make_profile(city)
        make_membership(city=city)
        make_approach(city=city)
        make_network(scope="national", country=poland)
        make_organisation(country=poland)

    with django_assert_max_num_queries(5):
        client.get("/en/countries/pl/")


def test_a_country_has_one_address(client, poland):
    response = client.get("/en/countries/PL/")

    assert response.status_code == 301
    assert response["Location"] == "/en/countries/pl/"
