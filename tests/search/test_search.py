"""One search finds every kind of record, in every language, and shows nothing that is not public."""

import re

import pytest

from publishing.addresses import in_language
from tests.factories import (
    make_approach,
    make_city,
    make_commitment,
    make_country,
    make_declaration,
    make_event,
    make_initiative,
    make_network,
    make_news,
    make_organisation,
    make_page,
    make_policy_area,
    make_profile,
)

pytestmark = pytest.mark.django_db


def page(client, q, language="en"):
    response = client.get(in_language("search:results", language), {"q": q})
    assert response.status_code == 200
    return response.content.decode()


def titles(text):
    """The titles of the results, in their order."""
    return [re.sub(r"<[^>]+>", "", title) for title in re.findall(r'row__title"><a[^>]*>(.*?)</a>', text)]


def one_of_each(word):
    """A record of every kind whose name has the word."""
    city = make_city(f"{word} city", country=make_country(f"{word} country"))
    network = make_network(f"{word} network")
    make_policy_area(f"{word} area")
    make_approach(f"{word} approach", city=city)
    make_organisation(f"{word} organisation")
    make_initiative(f"{word} initiative", network=network)
    make_declaration(f"{word} declaration")
    make_commitment(f"{word} commitment")
    make_news(f"{word} news")
    make_event(f"{word} event")
    make_page(title=f"{word} page")


def test_every_kind_of_record_is_found(client):
    one_of_each("Harbour")
    make_city("Elsewhere")

    text = page(client, "harbour")

    kinds = (
        "country city network area approach initiative declaration organisation commitment news event page"
    )
    assert titles(text) == [f"Harbour {kind}" for kind in kinds.split()]
    assert "<strong>12</strong> results for “harbour”" in text


def test_each_result_leads_to_its_page(client):
    one_of_each("Harbour")

    for address in re.findall(r'row__title"><a href="([^"]+)"', page(client, "harbour")):
        assert client.get(address).status_code == 200, address


def test_a_word_is_found_in_any_language_without_accents_and_endings(client):
    make_city("Łódź", name_el="Λοτζ")
    make_approach("Housing", title_pl="Mieszkania dla uchodźców")

    assert titles(page(client, "lodz")) == ["Łódź"]
    assert titles(page(client, "λοτζ")) == ["Łódź"]
    assert titles(page(client, "uchodźcy")) == ["Housing"]


def test_names_come_before_texts_that_only_mention_the_word(client):
    make_network("Alliance", summary="A network of harbours.")
    make_network("Zone of Harbours")
    make_city("Harb")
    make_city("Harbours")

    assert titles(page(client, "harbours")) == ["Harbours", "Zone of Harbours", "Alliance"]


def test_the_word_as_typed_comes_before_its_stem(client):
    make_city("Ath")
    make_city("Athens")

    assert titles(page(client, "athens"))[0] == "Athens"


def test_five_of_a_kind_are_shown_and_the_rest_lies_behind_a_link(client):
    for number in range(7):
        make_city(f"Harbour {number}")

    text = page(client, "harbour")

    assert len(titles(text)) == 5
    assert '<a href="/en/cities/?q=harbour">All 7 results</a>' in text
    assert 'value="harbour"' in client.get("/en/cities/?q=harbour").content.decode()


def test_nothing_unpublished_is_found(client):
    hidden = make_city("Harbour hidden", status="draft")
    make_approach("Harbour approach of a hidden city", city=hidden)
    make_initiative("Harbour initiative", network=make_network("Harbour network", status="review"))
    make_event("Harbour event", published_at="2999-01-01T00:00Z")
    make_news("Harbour news", status="archived")
    make_page(title="Harbour page", status="draft")
    make_country("Harbour country")

    assert titles(page(client, "harbour")) == []


def test_a_profile_that_is_not_public_lends_its_city_no_words(client):
    make_profile(make_city("Palermo"), subtitle="Secret subtitle", status="draft")

    assert "Secret subtitle" not in page(client, "palermo")


def test_an_empty_search_shows_the_ways_in(client):
    for q in ["", "   ", "!?"]:
        text = page(client, q)
        assert titles(text) == []
        assert 'href="/en/approaches/"' in text


def test_a_search_without_results_helps_on(client):
    text = page(client, "qwertz<script>")

    assert "Nothing found for “qwertz&lt;script&gt;”." in text
    assert "Try fewer or shorter words" in text


@pytest.mark.parametrize("q", ["\0", "%", "_", "'", '"', "a" * 5000, "a b c " * 200, "\\", "–", "１２", "𝔸"])
def test_whatever_is_typed_gives_a_page(client, q):
    make_city("Palermo")

    page(client, q)


def test_a_per_cent_sign_is_no_wildcard(client):
    make_city("Palermo")
    make_page(title="About")

    assert titles(page(client, "a%t")) == []


def test_a_page_about_the_site_is_found_by_its_title_in_any_language(client):
    make_page("privacy", title="Privacy", title_el="Απόρρητο")

    assert titles(page(client, "απόρρητο", "el")) == ["Απόρρητο"]
    assert titles(page(client, "PRIVACY")) == ["Privacy"]


@pytest.mark.parametrize("records", [1, 20])
def test_a_search_takes_two_queries(client, records, django_assert_num_queries):
    make_page()
    for number in range(records):
        make_city(f"Harbour {number}")
        make_approach(f"Harbour approach {number}")
        make_event(f"Harbour event {number}")

    with django_assert_num_queries(2):
        page(client, "harbour")
    with django_assert_num_queries(1):
        page(client, "nothing")
    with django_assert_num_queries(0):
        page(client, "")
