"""Lists as whole pages, and as the part that takes the place of a list in an open page."""

import re

import pytest

from publishing.addresses import in_language
from publishing.forms import PAGE_SIZE
from tests.factories import make_city, make_country, make_network

pytestmark = pytest.mark.django_db

LISTS = [
    "cities:list",
    "networks:list",
    "approaches:list",
    "commitments:list",
    "news:list",
    "news:event_list",
]


def get(client, name, query="", part=False):
    """A list, or the part of it that htmx asks for."""
    headers = {"HX-Request": "true"} if part else {}
    response = client.get(in_language(name, "en") + query, headers=headers)
    assert response.status_code == 200
    return response


@pytest.mark.parametrize("name", LISTS)
def test_a_refined_list_comes_without_the_frame_of_the_page(client, name):
    make_city("Bari")

    page = get(client, name, "?q=bari", part=True).content.decode()

    assert "<html" not in page
    assert "<h1" not in page
    assert 'class="header"' not in page
    assert page.count('id="results"') == 1
    assert page.count('id="filter"') == 1


@pytest.mark.parametrize("name", LISTS)
def test_the_part_says_the_same_as_the_page(client, name):
    make_city("Bari")
    make_network("Hubs")

    whole, part = (get(client, name, "?q=b", part=part).content.decode() for part in (False, True))

    results = re.compile(
        r'<div class="listing__results".*?<div class="tools"|<div class="listing__results".*?</p>', re.S
    )
    assert results.search(part)[0] == results.search(whole)[0]


@pytest.mark.parametrize("part", [True, False])
@pytest.mark.parametrize("name", LISTS)
def test_a_cache_keeps_the_page_and_its_part_apart(client, name, part):
    assert "HX-Request" in get(client, name, part=part)["Vary"]


def test_the_part_keeps_the_address_that_stands_on_paper(client):
    make_city("Bari")

    part = get(client, "cities:list", "?q=bari", part=True).content.decode()

    assert "http://testserver/en/cities/?q=bari" in part


def test_pages_of_a_list_can_be_refined_in_place(client):
    country = make_country()
    for place in range(PAGE_SIZE + 1):
        make_city(country=country, slug=f"city-{place}-")

    part = get(client, "cities:list", "?page=2", part=True).content.decode()

    assert part.count('class="row"') == 1
    assert 'href="?page=1"' in part


def test_an_empty_list_offers_the_removal_that_brings_back_most(client):
    poland = make_country("Poland", "PL")
    make_city("Gdańsk", country=poland)
    make_city("Gdynia", country=poland)
    make_city("Bari")

    page = get(client, "cities:list", "?country=PL&q=bari").content.decode()

    ways = re.findall(r'<li><a href="([^"]*)">(Without[^<]*)</a>', page)
    assert ways == [
        ("?country=PL", "Without “bari”: 2 results"),
        ("?q=bari", "Without “Poland”: 1 result"),
    ]


def test_an_empty_list_that_nothing_single_helps_offers_a_fresh_start(client):
    make_city("Bari")

    page = get(client, "cities:list", "?q=nowhere").content.decode()

    assert "Nothing fits these filters." in page
    assert '<a class="button" href="?">Clear all</a>' in page


@pytest.mark.parametrize("part", [True, False])
def test_an_empty_list_asks_at_most_eight_times(client, django_assert_max_num_queries, part):
    make_city("Gdańsk", country=make_country("Poland", "PL"))

    with django_assert_max_num_queries(8):
        get(client, "cities:list", "?q=bari&country=PL&size=not-known", part=part)
