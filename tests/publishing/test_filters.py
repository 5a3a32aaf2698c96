"""Filters count what they would give, and take whatever somebody types into the address."""

import pytest
from django.http import QueryDict
from django.utils.translation import override

from cities.forms import CityFilterForm
from networks.models import Network
from publishing.forms import LONG_FACET, LONGEST_QUERY, PAGE_SIZE, SHOWN_OPTIONS
from publishing.prepared import kept
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


def cities(query=""):
    return CityFilterForm(QueryDict(query))


def names(form):
    return [str(record) for record in form.results]


def options(form, name):
    """The options of a facet as the page shows them: {key: count}."""
    group = next(group for group in form.facet_groups if group["name"] == name)
    return {option["key"]: option["count"] for option in group["options"]}


@pytest.fixture
def poland():
    return make_country("Poland", "PL")


@pytest.fixture
def italy():
    return make_country("Italy", "IT")


def test_without_a_filter_everything_public_is_listed():
    make_city("Bari")
    make_city("Riace", status="draft")

    assert names(cities()) == ["Bari"]


def test_several_values_of_a_facet_mean_or(poland, italy):
    make_city("Gdańsk", country=poland)
    make_city("Bari", country=italy)
    make_city("Bern")

    assert names(cities("country=PL&country=IT")) == ["Bari", "Gdańsk"]


def test_several_facets_mean_and(poland):
    make_membership(make_network("Hubs"), make_city("Gdańsk", country=poland))
    make_city("Lublin", country=poland)

    assert names(cities("country=PL&network=hubs")) == ["Gdańsk"]


def test_a_count_is_taken_under_all_filters_but_those_of_its_own_facet(poland, italy):
    hubs, ports = make_network("Hubs"), make_network("Ports")
    make_membership(hubs, make_city("Gdańsk", country=poland))
    bari = make_city("Bari", country=italy)
    make_membership(hubs, bari)
    make_membership(ports, bari)

    form = cities("country=PL")

    assert options(form, "country") == {"PL": 1, "IT": 1}
    assert options(form, "network") == {"hubs": 1}


def test_a_city_in_two_networks_is_counted_and_listed_once():
    city = make_city("Bari")
    make_membership(make_network("Hubs"), city)
    make_membership(make_network("Ports"), city)

    form = cities("network=hubs&network=ports")

    assert names(form) == ["Bari"]
    assert options(form, "country") == {city.country.code: 1}


def test_hidden_records_are_neither_options_nor_counted():
    city = make_city("Bari")
    make_membership(make_network("Hidden", status="draft"), city)
    make_membership(make_network("Hubs"), make_city("Riace", status="draft"))
    make_approach(city=city, policy_areas=[make_policy_area("Housing")], status="review")

    form = cities()

    assert options(form, "network") == {}
    assert options(form, "area") == {}
    assert cities("network=hidden").problems == [
        "“hidden” is no value of the filter “Network” and was ignored."
    ]


def test_a_hidden_way_to_a_public_record_does_not_count():
    housing = make_policy_area("Housing")
    bari, riace = make_city("Bari"), make_city("Riace")
    make_approach(city=bari, policy_areas=[housing])
    make_approach(city=riace, policy_areas=[housing], status="draft")

    form = cities("area=housing")

    assert options(form, "area") == {"housing": 1}
    assert names(form) == ["Bari"]


def test_a_value_that_does_not_exist_is_named_and_ignored(poland):
    make_city("Gdańsk", country=poland)
    make_city("Bern")

    form = cities("country=PL&country=ZZ&network=none&size=huge&featured=no&sort=age")

    assert names(form) == ["Gdańsk"]
    assert form.problems == [
        "“no” is no value of the filter “City profile” and was ignored.",
        "“huge” is no value of the filter “Population” and was ignored.",
        "“none” is no value of the filter “Network” and was ignored.",
        "“ZZ” is no value of the filter “Country” and was ignored.",
        "“age” is no value of the filter “Sort by” and was ignored.",
    ]


def test_a_value_named_twice_counts_once(poland):
    make_city("Gdańsk", country=poland)

    form = cities("country=PL&country=PL&country=ZZ&country=ZZ")

    assert names(form) == ["Gdańsk"]
    assert len(form.active) == 1
    assert len(form.problems) == 1


def test_an_empty_value_is_no_filter():
    make_city("Bari")

    form = cities("country=&q=&sort=&page=&featured=")

    assert names(form) == ["Bari"]
    assert (form.problems, form.active) == ([], [])


@pytest.mark.parametrize(
    "query",
    [
        "q=%00bari",
        "q=bari%00",
        "country=%00",
        "sort=%00",
        "page=%00",
        "country=%ED%A0%80",
        "q=%FF%FE",
        "country=" + "x" * 5000,
        "country=1%20OR%201%3D1",
        "network[]=hubs",
        "q=%F0%9F%98%80",
    ],
)
def test_odd_characters_break_nothing(query):
    make_city("Bari")

    form = cities(query)

    assert len(names(form)) <= 1
    assert form.page(total=1).number == 1
    assert form.facet_groups
    assert all("\0" not in problem and len(problem) < 250 for problem in form.problems)


def test_a_very_long_text_is_cut():
    make_city("Bari")

    form = cities("q=" + "a" * 100_000)

    assert len(form.q) == LONGEST_QUERY
    assert names(form) == []


def test_a_text_filters_together_with_facets(poland):
    make_city("Gdańsk", country=poland)
    make_city("Gdynia", country=poland)
    make_city("Gdansk Street")

    assert names(cities("q=gdansk&country=PL")) == ["Gdańsk"]


def test_the_usual_order_is_by_name_and_another_can_be_chosen():
    make_city("Aachen", population=1)
    make_city("Bari", population=3)
    make_city("Cork", population=2)

    assert names(cities()) == ["Aachen", "Bari", "Cork"]
    assert names(cities("sort=population")) == ["Bari", "Cork", "Aachen"]


def test_an_unknown_population_comes_last_in_the_order_by_population():
    make_city("Aachen")
    make_city("Bari", population=3)

    assert names(cities("sort=population")) == ["Bari", "Aachen"]


@pytest.mark.parametrize(
    ("page", "number"),
    [
        ("", 1),
        ("1", 1),
        ("2", 2),
        ("0", 2),
        ("-1", 2),
        ("99999", 2),
        ("x", 1),
        ("1.5", 1),
        ("9" * 400, 2),
        ("٢", 2),
    ],
)
def test_an_impossible_page_becomes_the_last_sensible_one(page, number):
    country = make_country()
    for place in range(PAGE_SIZE + 1):
        make_city(country=country, slug=f"city-{place}-")

    form = cities(f"page={page}")

    assert form.page().number == number
    shown = form.page(lambda results: results.values("slug"), total=PAGE_SIZE + 1)
    assert len(shown.object_list) == (PAGE_SIZE if number == 1 else 1)


def test_an_empty_list_has_one_page():
    form = cities("page=7")

    assert form.page().number == 1
    assert form.page(lambda results: results.values("slug"), total=0).object_list == []


def test_each_active_filter_can_be_taken_away(poland, italy):
    make_city("Gdańsk", country=poland)
    make_city("Bari", country=italy)

    form = cities("q=gdansk&country=PL&country=IT&page=3")
    active = {str(label): address for label, address in form.active}

    assert active == {
        "“gdansk”": "?country=PL&country=IT",
        "Poland": "?q=gdansk&country=IT",
        "Italy": "?q=gdansk&country=PL",
    }


def test_the_map_gets_the_filter_without_page_and_order(poland):
    make_city("Gdańsk", country=poland)

    assert cities("country=PL&page=2&sort=population&q=a+b").query == "country=PL&q=a+b"


def test_options_are_named_in_the_language_of_the_page():
    make_city(country=make_country(name_en="Poland", name_pl="Polska", code="PL"))

    for language, name in [("pl", "Polska"), ("en", "Poland"), ("de", "Poland"), ("pl", "Polska")]:
        with override(language):
            group = next(group for group in cities().facet_groups if group["name"] == "country")
            assert str(group["options"][0]["label"]) == name


def test_featured_cities_are_those_with_a_public_profile():
    make_profile(make_city("Bari"))
    make_profile(make_city("Riace"), status="draft")

    form = cities("featured=yes")

    assert names(form) == ["Bari"]
    assert options(form, "featured") == {"yes": 1}


def test_a_former_address_of_a_value_still_filters_under_its_new_name():
    network = make_network("Harbours")
    make_membership(network, make_city("Bari"))
    make_city("Cork")
    network.slug = "safe-harbours"
    network.save()

    form = cities("network=harbours&network=safe-harbours&sort=name")

    assert names(form) == ["Bari"]
    assert form.problems == []
    assert [(str(label), address) for label, address in form.active] == [("Harbours", "?sort=name")]
    assert form.query == "network=safe-harbours"


def test_a_former_address_of_a_hidden_value_is_no_value():
    network = make_network("Harbours")
    network.slug = "safe-harbours"
    network.save()
    make_city("Bari")

    form = cities("network=harbours")

    assert names(form) == ["Bari"]
    assert len(form.problems) == 1


@pytest.mark.parametrize("key", ["%00", "x%00y", "a%20b", "%ED%A0%80", "ß", "x" * 5000])
def test_what_cannot_be_an_address_is_not_looked_up(key, django_assert_num_queries):
    make_city("Bari")

    with django_assert_num_queries(1):  # the options
        assert len(cities(f"country={key}").problems) == 1


def test_a_key_in_capitals_is_the_same_value(poland):
    make_city("Gdańsk", country=poland)

    form = cities("country=pl")

    assert names(form) == ["Gdańsk"]
    assert [address for _label, address in form.active] == ["?"]


# An empty list


def ways_out(query):
    return [(str(way["label"]), way["number"], way["address"]) for way in cities(query).ways_out]


def test_an_empty_list_names_the_filters_that_empty_it_the_worst_first(poland, italy):
    hubs = make_network("Hubs")
    make_membership(hubs, make_city("Bari", country=italy))
    make_city("Gdańsk", country=poland)
    make_city("Gdynia", country=poland)

    assert ways_out("country=PL&network=hubs&page=2") == [
        ("Hubs", 2, "?country=PL"),
        ("Poland", 1, "?network=hubs"),
    ]


def test_a_filter_with_several_values_is_given_up_as_a_whole(poland, italy):
    make_membership(make_network("Hubs"), make_city("Cork"))
    make_city("Gdańsk", country=poland)
    make_city("Bari", country=italy)

    assert ways_out("country=PL&country=IT&network=hubs") == [
        ("Hubs", 2, "?country=PL&country=IT"),
        ("Country", 1, "?network=hubs"),
    ]


def test_a_typed_text_and_a_part_of_the_map_can_be_given_up(poland):
    make_city("Gdańsk", country=poland, latitude=54.35, longitude=18.65)

    assert ways_out("q=lodz&country=PL") == [("lodz", 1, "?country=PL")]
    assert ways_out("country=PL&bbox=0,40,5,45") == [("Only what is in this view", 1, "?country=PL")]


def test_a_filter_that_brings_nothing_back_is_no_way_out(poland):
    make_city("Gdańsk", country=poland)
    make_city("Bari", latitude=41.1, longitude=16.9)

    assert ways_out("q=lodz") == []
    assert ways_out("q=lodz&country=PL&bbox=0,50,1,51") == []


def test_the_ways_out_are_one_query(poland, django_assert_num_queries):
    make_city("Gdańsk", country=poland)
    form = cities("q=lodz&country=PL&size=not-known&featured=yes&bbox=0,50,1,51")

    with django_assert_num_queries(1):
        assert form.ways_out == []


# Long facets


def make_countries(number):
    """Countries with 1, 2, 3 … cities."""
    countries = [make_country() for _ in range(number)]
    for position, country in enumerate(countries, 1):
        for _ in range(position):
            make_city(country=country)
    return countries


def country_facet(query=""):
    return next(group for group in cities(query).facet_groups if group["name"] == "country")


def test_a_long_facet_shows_at_first_what_gives_most_and_the_chosen_before_all():
    countries = make_countries(LONG_FACET + 2)
    rarest = countries[0].code

    facet = country_facet(f"country={rarest}")

    assert facet["long"]
    assert facet["shortened"]
    assert facet["options"][0]["key"] == rarest
    at_first = {option["key"] for option in facet["options"] if not option["further"]}
    assert at_first == {rarest, *(country.code for country in countries[-(SHOWN_OPTIONS - 1) :])}


def test_a_short_facet_keeps_its_order_and_shows_all():
    countries = make_countries(LONG_FACET)

    facet = country_facet(f"country={countries[-1].code}")

    assert not facet["long"]
    assert not facet["shortened"]
    labels = [str(option["label"]) for option in facet["options"]]
    assert labels == sorted(labels)
    assert not any(option["further"] for option in facet["options"])


def test_an_option_that_would_give_nothing_is_hidden_but_there(poland, italy):
    make_city("Gdańsk", country=poland)
    make_city("Bari", country=italy)

    facet = country_facet("q=gdansk")

    assert [option["key"] for option in facet["options"]] == ["PL"]
    assert {option["key"]: option["hidden"] for option in facet["all"]} == {"PL": False, "IT": True}


@pytest.mark.parametrize("records", [1, 20])
def test_options_and_counts_are_two_queries(records, django_assert_num_queries):
    for _ in range(records):
        city = make_approach(policy_areas=[make_policy_area()]).city
        make_membership(city=city)

    with django_assert_num_queries(2):
        assert cities().facet_groups


def test_a_record_that_takes_over_an_address_takes_over_the_filter():
    old = make_network("Hubs")
    make_membership(old, make_city("Bari"))
    assert options(cities("network=hubs"), "network") == {"hubs": 1}
    Network.objects.filter(pk=old.pk).update(slug="old-hubs")
    new = make_network("Hubs")
    make_membership(new, make_city("Cork"))
    make_membership(new, make_city("Derry"))

    form = cities("network=hubs")

    page = form.page(lambda results: results.values("slug"), total=2)
    assert [row["slug"] for row in page.object_list] == ["cork", "derry"]
    assert options(form, "country")


def test_what_a_visitor_types_is_not_kept():
    make_city("Bari")
    before = len(kept)

    for word in ["one", "two", "three"]:
        form = cities(f"q={word}")
        assert form.facet_groups is not None
        form.page(lambda results: results.values("slug"), total=0)

    assert len(kept) <= before + 1  # the options, which are the same for every text
