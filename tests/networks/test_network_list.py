"""The list of networks and its filter."""

from html import unescape

import pytest
from django.core.exceptions import ValidationError

from publishing.addresses import in_language, is_taken
from publishing.languages import LANGUAGES
from tests.factories import make_city, make_country, make_membership, make_network

pytestmark = pytest.mark.django_db


def listed(client, query="", language="en"):
    """The page of the list as text."""
    return unescape(client.get(in_language("networks:list", language) + query).content.decode())


def names(page, *candidates):
    """Those of the names that the results show, in their order on the page."""
    results = page.split('id="results"')[1]
    return sorted((name for name in candidates if name in results), key=results.index)


def facet(client, name, query=""):
    """The options of a facet: label → count."""
    form = client.get(in_language("networks:list", "en") + query).context["form"]
    group = next(group for group in form.facet_groups if group["name"] == name)
    return {str(option["label"]): option["count"] for option in group["options"]}


def test_a_network_shows_what_is_known_about_it(client):
    network = make_network(
        "Safe Harbours", acronym="SH", kind="alliance", founded="2021", summary="Ports that welcome."
    )
    make_membership(network)
    make_membership(network)

    page = listed(client)

    assert "Safe Harbours" in page
    assert ">SH<" in page
    assert "Alliance" in page
    assert "European" in page
    assert "founded 2021" in page
    assert "2 municipalities" in page
    assert "Ports that welcome." in page


def test_a_national_network_shows_its_country(client):
    make_network("Lorem", scope="national", country=make_country("Atlantis"))

    assert "<span>Atlantis</span>" in listed(client)


def test_an_acronym_that_is_the_name_is_not_repeated(client):
    make_network("Eurocities", acronym="Eurocities")

    assert "row__alt" not in listed(client)


def test_what_is_missing_is_not_known_rather_than_zero(client):
    make_network()

    page = listed(client)

    assert "founding year not known" in page
    assert "members not known" in page
    assert "0 members" not in page


def test_only_current_members_that_are_public_count(client):
    network = make_network()
    make_membership(network)
    make_membership(network, until=2019)
    make_membership(network, make_city(status="draft"))

    assert "1 municipality<" in listed(client)


def test_drafts_stay_hidden(client):
    make_network("Harbours")
    make_network("Secrets", status="draft")

    page = listed(client)

    assert "Harbours" in page
    assert "Secrets" not in page


def test_facets_count_the_networks(client):
    atlantis = make_country("Atlantis")
    make_network(kind="campaign", scope="national", country=atlantis)
    make_network(kind="campaign", scope="global")
    make_network(kind="alliance", scope="global", status="draft")

    assert facet(client, "kind") == {"Campaign": 2}
    assert facet(client, "scope") == {"National": 1, "Global": 1}
    assert facet(client, "country") == {"Atlantis": 1}


def test_values_of_one_facet_add_up_and_facets_narrow_each_other(client):
    make_network("One", kind="campaign", scope="global")
    make_network("Two", kind="alliance", scope="global")
    make_network("Three", kind="alliance", scope="european")
    make_network("Four", kind="city-network", scope="global")

    page = listed(client, "?kind=campaign&kind=alliance&scope=global")

    assert names(page, "One", "Two", "Three", "Four") == ["One", "Two"]
    assert "<strong>2</strong> networks" in page


def test_a_facet_counts_under_the_other_facets_only(client):
    make_network(kind="campaign", scope="global")
    make_network(kind="alliance", scope="global")
    make_network(kind="alliance", scope="european")

    assert facet(client, "kind", "?kind=campaign&scope=global") == {"Campaign": 1, "Alliance": 1}


def test_an_unknown_value_is_named_and_ignored(client):
    make_network("Harbours")

    page = listed(client, "?country=ZZ&kind=choir")

    assert "“ZZ” is no value of the filter “Country” and was ignored." in page
    assert "“choir” is no value of the filter “Kind” and was ignored." in page
    assert "Harbours" in page


def test_a_text_finds_acronym_name_and_summary(client):
    make_network("Harbours", acronym="IASH")
    make_network("Ports", summary="Welcomes refugees.")
    make_network("Others")

    assert names(listed(client, "?q=iash"), "Harbours", "Ports", "Others") == ["Harbours"]
    assert names(listed(client, "?q=refugee"), "Harbours", "Ports", "Others") == ["Ports"]


def test_nothing_found_offers_the_way_back(client):
    make_network("Harbours")

    page = listed(client, "?q=nowhere")

    assert "Nothing fits these filters." in page
    assert 'href="?"' in page


def test_names_sort_as_readers_of_the_language_expect(client):
    make_network("Lublin")
    make_network("Łódź")
    make_network("Malbork")

    assert names(listed(client, language="pl"), "Malbork", "Łódź", "Lublin") == ["Lublin", "Łódź", "Malbork"]


def test_the_largest_network_comes_first_if_wanted(client):
    small, large = make_network("Alpha"), make_network("Beta")
    make_membership(small)
    make_membership(large)
    make_membership(large)

    assert names(listed(client, "?sort=members"), "Alpha", "Beta") == ["Beta", "Alpha"]


def test_the_oldest_network_comes_first_if_wanted_and_those_of_unknown_age_last(client):
    make_network("Alpha")
    make_network("Beta", founded="2004-12-10")
    make_network("Gamma", founded="1986")

    page = listed(client, "?sort=founded")

    assert names(page, "Alpha", "Beta", "Gamma") == ["Gamma", "Beta", "Alpha"]


def test_a_name_in_another_language_says_so(client):
    make_network("Harbours", summary_pl="Porty.")

    page = listed(client, language="pl")

    assert '<span lang="en">Harbours</span>' in page


@pytest.mark.parametrize("page", ["0", "99999", "x", "-1"])
def test_a_page_that_does_not_exist_is_the_nearest_one(client, page):
    make_network("Harbours")

    assert "Harbours" in listed(client, f"?page={page}")


@pytest.mark.parametrize("records", [1, 20])
@pytest.mark.parametrize("query", ["", "?kind=city-network&sort=members&q=network"])
def test_the_list_asks_four_queries(client, django_assert_num_queries, records, query):
    for _number in range(records):
        make_membership(make_network(scope="national", country=make_country()))

    with django_assert_num_queries(4):
        listed(client, query)


@pytest.mark.parametrize("slug", ["overlap", "connection"])
def test_a_network_cannot_have_the_address_of_another_page(slug):
    network = make_network("Overlap", slug=slug)

    with pytest.raises(ValidationError, match="is the address of another page"):
        network.full_clean()


def test_a_network_cannot_have_a_word_that_is_the_address_of_another_page_in_any_language():
    for language in LANGUAGES:
        word = in_language("networks:overlap", language).split("/")[-2]

        assert is_taken("networks:detail", word)
    assert not is_taken("networks:detail", "eurocities")
