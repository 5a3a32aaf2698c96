"""The filter over approaches: which it finds, in which order, and what it says about its values."""

import pytest
from django.http import QueryDict
from django.utils.translation import override

from approaches.forms import ApproachFilterForm
from approaches.models import Approach
from tests.factories import (
    make_approach,
    make_city,
    make_country,
    make_membership,
    make_network,
    make_policy_area,
)

pytestmark = pytest.mark.django_db


def ask(query="", language="en"):
    """The filter that an address gives, in the language of a page."""
    with override(language):
        form = ApproachFilterForm(QueryDict(query))
        form.shown = list(form.results.values_list("slug", flat=True))
        return form


def found(query="", language="en"):
    return ask(query, language).shown


def offered(form, facet):
    """The values that a facet offers, with their counts."""
    group = next(group for group in form.facet_groups if group["name"] == facet)
    return {option["key"]: option["count"] for option in group["options"]}


@pytest.fixture
def approaches():
    """Five approaches in three cities of two countries, each different in every facet."""
    poland, greece = make_country("Poland", "PL"), make_country("Greece", "GR")
    gdansk = make_city("Gdańsk", country=poland)
    lodz = make_city("Łódź", country=poland)
    athens = make_city("Αθήνα", slug="athens", country=greece)
    harbours, solidarity = make_network("Harbours"), make_network("Solidarity")
    make_membership(harbours, gdansk)
    make_membership(harbours, athens)
    make_membership(solidarity, gdansk)
    housing, voice = make_policy_area("Housing"), make_policy_area("Voice")
    make_approach("Council", [voice], city=gdansk, started="2016-06")
    make_approach("Flats", [housing], city=gdansk, started="2018", ended="2021", lead="joint")
    make_approach("Clinic", [housing, voice], city=lodz, lead="civil-society", started="1993")
    make_approach("Forum", [voice], city=athens, lead="joint")
    make_approach("Guides", [housing], city=athens, started="2021-12-31", ended="2022-03")


def test_several_values_of_a_facet_mean_or(approaches):
    assert found("city=gdansk&city=lodz") == ["clinic", "council", "flats"]
    assert found("area=housing&area=voice") == ["clinic", "council", "flats", "forum", "guides"]


def test_several_facets_mean_and(approaches):
    assert found("city=gdansk&area=housing") == ["flats"]
    assert found("country=PL&area=voice&status=running") == ["clinic", "council"]
    assert found("country=PL&network=harbours&lead=joint&status=ended&from=2018&to=2018&q=flats") == ["flats"]
    assert found("country=GR&network=solidarity") == []


def test_a_city_in_two_chosen_networks_brings_its_approaches_once(approaches):
    assert found("network=harbours&network=solidarity") == ["council", "flats", "forum", "guides"]


def test_status_tells_running_ended_and_not_known_apart(approaches):
    assert found("status=running") == ["clinic", "council"]
    assert found("status=ended") == ["flats", "guides"]
    assert found("status=not-known") == ["forum"]


@pytest.mark.parametrize(
    "filters",
    [
        "",
        "city=gdansk",
        "area=housing&country=PL",
        "q=clinic",
        "status=ended&lead=joint",
        "from=2016&to=2021",
    ],
)
def test_each_value_counts_the_results_that_choosing_it_gives(approaches, filters):
    form = ask(filters)

    for facet in form.facets:
        others = QueryDict(filters, mutable=True)
        others.pop(facet.name, None)
        for key, count in offered(form, facet.name).items():
            assert count == len(found(f"{others.urlencode()}&{facet.name}={key}")), (facet.name, key)


@pytest.mark.parametrize(
    "filters", ["", "city=gdansk", "status=ended", "status=ended&status=running", "q=nothing"]
)
def test_the_total_is_the_number_of_results(approaches, filters):
    form = ask(filters)

    assert form.total == len(form.shown)


def test_only_values_that_occur_are_offered(approaches):
    make_policy_area("Empty")
    make_city("Warszawa")
    make_network("Lonely")

    form = ask()

    assert "empty" not in offered(form, "area")
    assert list(offered(form, "city")) == ["gdansk", "lodz", "athens"]
    assert list(offered(form, "network")) == ["harbours", "solidarity"]


def test_years_are_those_in_which_an_approach_started(approaches):
    assert found("from=2018") == ["flats", "guides"]
    assert found("to=2016") == ["clinic", "council"]
    assert found("from=2016&to=2018") == ["council", "flats"]
    assert found("from=2021&to=2021") == ["guides"]


def test_an_approach_whose_start_is_not_known_fits_no_year(approaches):
    assert "forum" not in found("from=1000")
    assert "forum" not in found("to=2999")


@pytest.mark.parametrize("year", ["abc", "20", "20166", "٢٠١٦", "-2016", "2016-06"])
def test_a_year_that_is_none_is_named_and_ignored(approaches, year):
    form = ask(f"from={year}&to=2016")

    assert form.shown == ["clinic", "council"]
    assert form.problems == [f"“{year}” is no value of the filter “From year” and was ignored."]


def test_years_in_the_wrong_order_are_named_and_ignored(approaches):
    form = ask("from=2020&to=2015&city=lodz")

    assert form.shown == ["clinic"]
    assert form.problems == ["The years 2020 to 2015 were ignored, because the first comes after the last."]
    assert len(form.active) == 1


def test_empty_fields_filter_nothing(approaches):
    form = ask("q=&from=&to=&sort=title")

    assert len(form.shown) == 5
    assert form.problems == []
    assert form.active == []


def test_unknown_values_are_named_and_the_rest_of_the_filter_holds(approaches):
    form = ask("area=atlantis&city=gdansk&status=sleeping&sort=colour&network=nothing")

    assert form.shown == ["council", "flats"]
    assert len(form.problems) == 4
    assert "“atlantis”" in " ".join(form.problems)


def test_each_active_filter_can_be_removed_alone(approaches):
    form = ask("city=gdansk&city=lodz&from=2016&page=2")

    assert [(str(label), query) for label, query in form.active] == [
        ("Gdańsk", "?city=lodz&from=2016"),
        ("Łódź", "?city=gdansk&from=2016"),
        ("Started in 2016 or later", "?city=gdansk&city=lodz"),
    ]


def test_titles_sort_as_polish_readers_expect():
    for title in ("Łódka", "Most", "Lato", "Świt", "Sport"):
        make_approach(title, title_pl=title)

    assert found(language="pl") == ["lato", "lodka", "most", "sport", "swit"]


def test_titles_sort_as_greek_readers_expect():
    make_approach("One", title_el="Ώρα")
    make_approach("Two", title_el="Άνθρωποι")
    make_approach("Three", title_el="Βήμα")
    make_approach("Athens")

    assert found(language="el") == ["two", "three", "one", "athens"]


def test_the_newest_come_first_and_those_without_a_start_last(approaches):
    assert found("sort=newest") == ["guides", "flats", "council", "clinic", "forum"]


def test_cities_sort_by_their_names_in_the_language_of_the_page():
    make_approach("One", city=make_city("Łódź"))
    make_approach("Two", city=make_city("Lyon"))
    make_approach("Three", city=make_city("Mons", name_pl="Bergen"))

    assert found("sort=city") == ["one", "two", "three"]
    assert found("sort=city", language="pl") == ["three", "two", "one"]


def test_cities_are_offered_by_their_names_in_the_language_of_the_page():
    make_approach(city=make_city("Łódź", slug="lodz"))
    make_approach(city=make_city("Αθήνα", slug="athens", name_pl="Ateny"))
    make_approach(city=make_city("Lyon", slug="lyon"))

    with override("pl"):
        form = ApproachFilterForm(QueryDict(""))
        cities = next(group["options"] for group in form.facet_groups if group["name"] == "city")

    assert [option["label"] for option in cities] == ["Ateny", "Lyon", "Łódź"]


def test_words_are_found_however_inflected():
    make_approach("Centre", summary_pl="Miasto wspiera uchodźców.")

    assert found("q=uchodźcy") == ["centre"]


def test_words_are_found_without_their_accents():
    make_approach("Centre", summary_pl="Powstało w mieście Łódź.")

    assert found("q=Lodz") == ["centre"]


def test_an_approach_is_found_by_the_name_of_its_city_in_any_language():
    make_approach("Centre", city=make_city("Łódź", name_el="Λοτζ"))
    make_approach("Another")

    assert found("q=Lodz") == ["centre"]
    assert found("q=λοτζ") == ["centre"]
    assert found("q=centre lodz") == ["centre"]
    assert found("q=another lodz") == []


def test_an_approach_is_found_by_who_runs_it():
    make_approach("Centre", organisations="UNHCR\nMiasto Gdańsk")
    make_approach("Another")

    assert found("q=unhcr") == ["centre"]


@pytest.mark.parametrize("status", ["draft", "review", "archived"])
def test_what_is_not_public_is_neither_found_nor_counted(approaches, status):
    country, network, area = (
        make_country("Spain", "ES"),
        make_network("Secret"),
        make_policy_area("Secret area"),
    )
    city = make_city("Bilbao", country=country)
    make_membership(network, city)
    make_approach("Hidden", [area], city=city, status=status)

    form = ask()

    assert "hidden" not in form.shown
    assert form.total == 5
    assert "ES" not in offered(form, "country")
    assert "bilbao" not in offered(form, "city")
    assert "secret" not in offered(form, "network")
    assert "secret-area" not in offered(form, "area")
    assert sum(offered(form, "lead").values()) == 5


def test_approaches_of_a_city_that_is_not_public_are_hidden(approaches):
    make_approach("Hidden", city=make_city("Bilbao", status="draft"))

    form = ask()

    assert "hidden" not in form.shown
    assert "bilbao" not in offered(form, "city")
    assert form.total == 5


def test_a_network_that_is_not_public_is_no_value(approaches):
    make_membership(make_network("Secret", status="draft"), Approach.objects.get(slug="council").city)

    form = ask("network=secret")

    assert "secret" not in offered(form, "network")
    assert len(form.problems) == 1
