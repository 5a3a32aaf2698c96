"""The list of all municipalities: what it shows, filters, sorts and pages."""

import pytest

from publishing.forms import PAGE_SIZE
from tests.factories import (
    make_approach,
    make_city,
    make_country,
    make_membership,
    make_network,
    make_policy_area,
    make_profile,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(client):
    """The page of the list, and what its template was given."""

    def get(query="", language="en"):
        addresses = {"en": "/en/cities/", "pl": "/pl/miasta/", "de": "/de/staedte/"}
        response = client.get(f"{addresses[language]}{query}")
        assert response.status_code == 200
        return response

    return get


def names(response):
    return [city["shown_name"] for city in response.context["page"]]


def text(response):
    return response.content.decode()


def test_every_public_municipality_is_listed_featured_or_not(ask):
    make_profile(make_city("Gdańsk"))
    make_city("Lublin")
    make_city("Riace", status="draft")

    page = ask()

    assert names(page) == ["Gdańsk", "Lublin"]
    assert "<strong>2</strong> municipalities" in text(page)
    assert "Riace" not in text(page)


def test_a_city_is_shown_by_its_name_in_the_language_of_the_page_and_its_official_one(ask):
    make_city("Łódź", name_de="Lodz", country=make_country(name_en="Poland", name_de="Polen", code="PL"))

    assert ">Lodz</a>" in text(ask(language="de"))
    assert "Łódź" in text(ask(language="de"))
    assert "Polen" in text(ask(language="de"))
    assert ">Łódź</a>" in text(ask(language="pl"))


def test_the_name_of_a_country_in_another_language_is_marked(ask):
    make_city("Łódź", country=make_country("Poland", "PL"))

    assert '<span lang="en">Poland</span>' in text(ask(language="pl"))


def test_an_unknown_population_is_no_number(ask):
    make_city("Bari")
    make_city("Ghost town", population=0)

    page = text(ask())

    assert page.count("inhabitants</span>") == 1
    assert page.count("population not known") == 1
    assert "0 inhabitants" in page
    assert "None" not in page


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?country=PL", ["Gdańsk", "Lublin"]),
        ("?network=hubs", ["Bari", "Gdańsk"]),
        ("?area=housing", ["Gdańsk"]),
        ("?size=not-known", ["Bari"]),
        ("?size=under-20000", ["Riace"]),
        ("?size=100000-500000&size=not-known", ["Bari", "Gdańsk", "Lublin"]),
        ("?featured=yes", ["Gdańsk"]),
        ("?q=gdansk", ["Gdańsk"]),
        ("?q=danzig", ["Gdańsk"]),
        ("?country=PL&country=IT&network=hubs", ["Bari", "Gdańsk"]),
        ("?country=PL&network=hubs&area=housing&size=100000-500000&featured=yes&q=gd", ["Gdańsk"]),
        ("?country=IT&area=housing", []),
        ("?sort=population", ["Gdańsk", "Lublin", "Riace", "Bari"]),
        ("?sort=name", ["Bari", "Gdańsk", "Lublin", "Riace"]),
    ],
)
def test_the_list_is_filtered_and_sorted(ask, query, expected):
    poland, italy = make_country("Poland", "PL"), make_country("Italy", "IT")
    hubs = make_network("Hubs")
    gdansk = make_city("Gdańsk", country=poland, population=466_631, name_de="Danzig")
    make_city("Lublin", country=poland, population=339_850)
    bari = make_city("Bari", country=italy)
    make_city("Riace", country=italy, population=19_999)
    make_membership(hubs, gdansk)
    make_membership(hubs, bari)
    make_approach(city=gdansk, policy_areas=[make_policy_area("Housing")])
    make_profile(gdansk)

    assert names(ask(query)) == expected


@pytest.mark.parametrize(
    ("population", "size"),
    [
        (None, "not-known"),
        (0, "under-20000"),
        (19_999, "under-20000"),
        (20_000, "20000-100000"),
        (99_999, "20000-100000"),
        (100_000, "100000-500000"),
        (499_999, "100000-500000"),
        (500_000, "over-500000"),
    ],
)
def test_a_city_is_in_exactly_one_class_of_size(ask, population, size):
    make_city("Bari", population=population)

    (group,) = [group for group in ask().context["form"].facet_groups if group["name"] == "size"]

    assert [(option["key"], option["count"]) for option in group["options"]] == [(size, 1)]


def test_a_value_that_does_not_exist_is_named_and_ignored(ask):
    make_city("Bari")

    page = ask("?country=ZZ&size=%3Cb%3E")

    assert names(page) == ["Bari"]
    assert "“ZZ” is no value of the filter “Country” and was ignored." in text(page)
    assert "“&lt;b&gt;”" in text(page)


def test_nothing_found_says_so_and_shows_the_way_back(ask):
    make_city("Bari")

    page = ask("?q=atlantis")

    assert names(page) == []
    assert "<strong>0</strong>" in text(page)
    assert 'href="?"' in text(page) or 'href="/en/cities/"' in text(page)


@pytest.mark.parametrize(
    ("number", "shown"), [("2", 1), ("0", 1), ("99999", 1), ("x", PAGE_SIZE), ("", PAGE_SIZE)]
)
def test_the_list_has_pages_of_fifty(ask, number, shown):
    country = make_country("Poland", "PL")
    for place in range(PAGE_SIZE + 1):
        make_city(f"City {place:02}", country=country)

    page = ask(f"?country=PL&page={number}")

    assert len(names(page)) == shown
    assert "country=PL" in text(page)


def test_pages_leave_nobody_out_and_name_nobody_twice(ask):
    country = make_country()
    for _place in range(2 * PAGE_SIZE + 7):
        make_city("Same name", slug=f"same-{_place}", country=country)

    slugs = [city["slug"] for number in (1, 2, 3) for city in ask(f"?page={number}").context["page"]]

    assert len(slugs) == len(set(slugs)) == 2 * PAGE_SIZE + 7


def test_the_language_switch_keeps_filter_and_page(ask):
    make_city("Bari", country=make_country("Italy", "IT"))

    page = text(ask("?country=IT&sort=population&page=1"))

    assert "/pl/miasta/?country=IT&amp;sort=population&amp;page=1" in page


def test_counts_of_networks_and_approaches_are_those_of_public_ones(ask):
    city = make_city("Bari")
    make_membership(city=city)
    make_membership(city=city, network=make_network(status="draft"))
    make_approach(city=city)
    make_approach(city=city, status="review")

    (row,) = ask().context["page"]

    assert (row["networks"], row["approach_count"]) == (1, 1)


def test_a_draft_of_a_profile_shows_nothing_of_itself(ask):
    make_profile(make_city("Bari"), subtitle="A secret port", status="draft")

    page = ask()

    assert "A secret port" not in text(page)
    assert not page.context["page"][0]["featured"]


def test_the_map_beside_the_list_asks_for_the_same_filter(ask):
    make_city("Bari", country=make_country("Italy", "IT"), latitude=41.1, longitude=16.9)

    page = text(ask("?country=IT&sort=population&page=1"))

    assert "/en/cities/map.geojson?country=IT" in page
    assert "/en/cities/map.svg?country=IT" in page


@pytest.mark.parametrize("records", [1, 20])
@pytest.mark.parametrize("query", ["", "?q=city", "?featured=yes&sort=population"])
def test_more_records_cost_no_more_queries(client, records, query, django_assert_max_num_queries):
    network = make_network()
    for _ in range(records):
        city = make_approach(policy_areas=[make_policy_area()]).city
        make_profile(city)
        make_membership(network, city)

    with django_assert_max_num_queries(4):
        client.get(f"/en/cities/{query}")
