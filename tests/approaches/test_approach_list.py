"""The page with the list of approaches."""

import re

import pytest

from publishing.addresses import in_language
from publishing.languages import in_language as column
from tests.factories import make_approach, make_city, make_membership, make_policy_area

pytestmark = pytest.mark.django_db


def get(client, query="", language="en"):
    return client.get(in_language("approaches:list", language) + query)


def titles(page):
    return re.findall(r'<h3 class="row__title"><a href="[^"]+">(.*?)</a>', page.content.decode())


def test_a_row_tells_approaches_apart(client):
    area = make_policy_area("Housing")
    make_approach("Flats", [area], city=make_city("Gdańsk"), started="2016-06", ended="2018", lead="joint")

    page = get(client).content.decode()

    assert 'href="/en/approaches/flats/"' in page
    assert 'href="/en/cities/gdansk/">Gdańsk</a>' in page
    assert "Led jointly" in page
    assert "2016–2018" in page
    assert "What is inspiring about Flats." in page
    assert '<a class="area area--housing" href="/en/policy-areas/housing/">Housing</a>' in page


def test_a_row_names_all_policy_areas_in_their_order(client):
    second, first = make_policy_area("Second", order=2), make_policy_area("First", order=1)
    make_approach("Flats", [second, first])

    page = get(client).content.decode()

    assert titles(get(client)) == ["Flats"]
    assert page.index('area--first" href') < page.index('area--second" href')


@pytest.mark.parametrize(
    ("started", "ended", "shown"),
    [
        ("2016-06", "", "since 2016"),
        ("", "2018-01", "until 2018"),
        ("2016-01", "2016-12", "<span>2016</span>"),
        ("", "", '<span class="not-known">years not known</span>'),
    ],
)
def test_a_row_says_what_is_known_about_the_years(client, started, ended, shown):
    make_approach(started=started, ended=ended)

    assert shown in get(client).content.decode()


def test_text_in_another_language_is_marked(client):
    make_approach("Flats")

    page = get(client, language="pl").content.decode()

    assert '<span lang="en">Flats</span>' in page


@pytest.mark.parametrize(
    ("page", "shown"), [("0", 1), ("x", 50), ("99999", 1), ("-1", 1), ("1", 50), ("2", 1)]
)
def test_a_page_that_does_not_exist_gives_the_nearest_sensible_one(client, page, shown):
    city = make_city()
    for _number in range(51):
        make_approach(city=city)

    response = get(client, f"?page={page}")

    assert response.status_code == 200
    assert len(titles(response)) == shown


def test_nothing_found_is_said_with_a_way_back(client):
    make_approach()

    response = get(client, "?q=nothing-like-it")

    assert response.status_code == 200
    assert "Nothing fits these filters." in response.content.decode()


def test_an_empty_directory_has_a_page_too(client):
    assert get(client).status_code == 200


def test_ignored_values_are_named_on_the_page(client):
    make_approach("Flats")

    response = get(client, "?from=soon&area=atlantis")

    assert "“soon” is no value of the filter" in response.content.decode()
    assert "“atlantis” is no value of the filter" in response.content.decode()
    assert titles(response) == ["Flats"]


def test_markup_in_the_address_stays_text(client):
    page = get(client, "?q=<script>&from=<b>&area=<i>").content.decode()

    assert "<script>&" not in page
    assert "<b>" not in page
    assert "<i>" not in page


def test_the_years_asked_for_stay_in_their_fields(client):
    make_approach(started="2016")

    page = get(client, "?from=2015&to=2020").content.decode()

    assert re.search(r'name="from" value="2015"', page)
    assert re.search(r'name="to" value="2020"', page)


@pytest.mark.parametrize("records", [1, 20])
@pytest.mark.parametrize("query", ["", "?sort=city", "?lead=municipality&from=1990&q=approach&page=1"])
def test_the_list_asks_as_often_for_many_as_for_one(client, django_assert_num_queries, records, query):
    for _number in range(records):
        areas = [make_policy_area(), make_policy_area()]
        make_membership(city=make_approach(policy_areas=areas, started="2000").city)

    with django_assert_num_queries(4):
        get(client, query)


def test_every_language_has_the_list(client):
    make_approach(
        "Flats", **{column("title", language): f"Flats {language}" for language in ("fr", "el", "pl")}
    )

    for language in ("en", "fr", "de", "el", "it", "pl", "es"):
        assert get(client, language=language).status_code == 200
