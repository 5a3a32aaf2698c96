"""The search page: every kind of record, in every language, with its reason; and never an error, whatever is typed."""

import re

import pytest
from lxml import html

from publishing.addresses import in_language
from publishing.languages import LANGUAGES
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
    make_synonym,
)

pytestmark = pytest.mark.django_db

MOST_QUERIES = 8


def get(client, q, language="en", **choices):
    return client.get(in_language("search:results", language), {"q": q} | choices)


def page(client, q, language="en", status=200, **choices):
    response = get(client, q, language, **choices)
    assert response.status_code == status
    return html.fromstring(response.content.decode())


def text_of(element):
    return " ".join(element.text_content().split())


def select(page, path):
    """The elements at a path, each step of which is a class, ".row__title", or what XPath calls a step: "a"."""
    steps = (
        f"*[contains(concat(' ', @class, ' '), ' {step[1:]} ')]" if step.startswith(".") else step
        for step in path.split()
    )
    return page.xpath(f".//{'//'.join(steps)}")


def texts(page, path):
    return [text_of(element) for element in select(page, path)]


def titles(page):
    return texts(page, ".row__title a")


def facets(page):
    """The options that show, with their counts: {"kind": {"Cities": 3}}."""
    found = {}
    for box in select(page, ".facet li[not(@hidden)] input[@type='checkbox']"):
        option = box.getparent()
        label, count = (option.find_class(name)[0] for name in ("option__label", "option__count"))
        found.setdefault(box.get("name"), {})[text_of(label)] = int(text_of(count))
    return found


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


# Results


def test_every_kind_of_record_is_found_and_says_which_it_is(client):
    one_of_each("Harbour")
    make_city("Elsewhere")

    found = page(client, "harbour")

    assert text_of(select(found, "h2[@id='results-title']")[0]) == "12 results for “harbour”"
    assert len(titles(found)) == 12
    assert set(texts(found, ".result__kind")) == {
        *["Country", "City", "Network", "Policy area", "Local approach", "Initiative", "Declaration"],
        *["Organisation", "Commitment", "News item", "Event", "Page"],
    }


def test_each_result_leads_to_its_page(client):
    one_of_each("Harbour")

    for link in select(page(client, "harbour"), ".row__title a"):
        response = client.get(link.get("href"))
        assert response.status_code == 200, link.get("href")
        assert text_of(link) in response.content.decode()


def test_the_words_sought_are_marked_where_they_stand(client):
    make_approach("Council of newcomers", summary="Newcomers elect the councils of the city.")

    found = page(client, "council")

    assert texts(found, ".row__title mark") == ["Council"]
    assert texts(found, ".result__passage mark") == ["councils"]


def test_markup_of_a_text_stays_text(client):
    make_approach(
        "Housing <b>first</b>", summary="<p>Housing &amp; &lt;script&gt;alert(1)&lt;/script&gt;</p>"
    )

    response = get(client, "housing")

    assert "<script>alert" not in response.content.decode()
    found = html.fromstring(response.content.decode())
    assert titles(found) == ["Housing <b>first</b>"]
    assert texts(found, ".result__passage") == ["Housing & <script>alert(1)</script>"]


def test_a_name_in_another_language_shows_beside_the_title(client):
    make_city("Gdańsk", name_de="Danzig", name_el="Γκντανσκ")

    found = page(client, "danzig")

    assert titles(found) == ["Gdańsk"]
    assert texts(found, ".row__alt mark") == ["Danzig"]
    assert select(found, ".row__alt *[@lang='de']")


def test_an_approach_in_greek_alone_is_found_in_polish_and_says_so(client):
    approach = make_approach("Roof", city=make_city("Athens", name_pl="Ateny"))
    approach.title_el, approach.summary_el = "Στέγη", "Για τους πρόσφυγες."
    approach.title_en = approach.summary_en = approach.short_title_en = ""
    approach.save()

    found = page(client, "Ateny", "pl", kind="approaches")

    assert titles(found) == ["Στέγη"]
    assert select(found, ".row__title *[@lang='el']")
    assert "grecki" in texts(found, ".result .meta")[0]


def test_what_is_found_by_a_synonym_names_the_policy_area(client):
    area = make_policy_area("Living")
    make_synonym("flat", area)
    make_approach("Keys", policy_areas=[area])

    found = page(client, "flat")

    assert titles(found) == ["Living", "Keys"]
    assert texts(found, ".result .meta mark") == ["Living", "Living"]


def test_what_is_found_by_the_place_it_belongs_to_shows_that_name(client):
    make_approach("Keys", city=make_city("Gdańsk", name_de="Danzig"))

    found = page(client, "danzig", kind="approaches")

    assert texts(found, ".result .meta mark") == ["Danzig"]


def test_of_several_names_that_fit_the_readers_own_is_shown_then_the_one_on_the_spot(client):
    make_approach("Keys", city=make_city("Barcelona", name_fr="Barcelone"))

    for language, name in [("en", "Barcelona"), ("fr", "Barcelone"), ("de", "Barcelona")]:
        found = page(client, "Barcelona", language, kind="approaches")
        assert texts(found, ".result .meta mark") == [name]


def test_a_profile_that_is_not_public_lends_its_city_no_words(client):
    make_profile(make_city("Palermo"), subtitle="Secret subtitle", status="draft")

    assert titles(page(client, "secret")) == []
    assert "Secret subtitle" not in get(client, "palermo").content.decode()


def test_results_come_in_pages_of_twenty(client):
    for number in range(45):
        make_city(f"Harbour {number}")

    pages = [titles(page(client, "harbour", page=number)) for number in (1, 2, 3)]

    assert [len(each) for each in pages] == [20, 20, 5]
    assert len({title for each in pages for title in each}) == 45


def test_an_empty_number_of_a_page_is_the_first_page(client):
    make_city("Harbour")

    found = page(client, "harbour", page="")

    assert titles(found) == ["Harbour"]
    assert texts(found, ".message") == []


@pytest.mark.parametrize("number", ["0", "9", "x", "-1", "1.5", "９", "9" * 5000])
def test_a_page_that_does_not_exist_says_so_and_shows_the_nearest(client, number):
    make_city("Harbour")

    found = page(client, "harbour", page=number, status=404)

    assert titles(found) == ["Harbour"]
    assert texts(found, ".message") == ["There is no such page of results; this is the nearest one."]


def test_results_are_nothing_for_search_engines(client):
    make_city("Harbour")

    assert select(page(client, "harbour"), "meta[@name='robots'][starts-with(@content,'noindex')]")
    assert not select(page(client, ""), "meta[@name='robots']")


def test_the_page_keeps_no_session_and_sets_no_cookie(client):
    make_city("Harbour")

    response = get(client, "harbour")

    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


# Filters


def test_each_filter_is_counted_without_its_own_choice(client):
    poland, greece = make_country("Poland", code="PL"), make_country("Greece", code="GR")
    area = make_policy_area("Housing")
    city = make_city("Harbour", country=poland)
    make_city("Harbour south", country=greece)
    make_approach("Harbour keys", city=city, policy_areas=[area])

    page(client, "harbour")  # what was made is indexed, which happens before a search in a test

    found = page(client, "harbour", kind="cities")

    assert facets(found)["kind"] == {"Cities": 2, "Local approaches": 1}
    assert facets(found)["country"] == {"Greece": 1, "Poland": 1}
    assert titles(found) == ["Harbour", "Harbour south"]
    assert titles(page(client, "harbour", country="GR")) == ["Harbour south"]
    assert titles(page(client, "harbour", area=area.slug)) == ["Harbour keys"]
    assert len(titles(page(client, "harbour", kind=["cities", "approaches"]))) == 3
    assert texts(found, ".chips li[1]") == ["Remove filter: Cities"]
    assert select(found, ".chip--all")[0].get("href") == "?q=harbour"


def test_what_can_be_read_in_a_language_is_a_filter(client):
    make_approach("Harbour", title_pl="Port", summary_pl="Lokalny port.")
    make_approach("Harbour in English")

    assert titles(page(client, "harbour", lang="pl")) == ["Harbour"]
    assert facets(page(client, "harbour"))["lang"] == {"English": 2, "Polish": 1}


@pytest.mark.parametrize(
    ("name", "label"),
    [("kind", "Kind"), ("lang", "Can be read in"), ("country", "Country"), ("area", "Policy area")],
)
def test_an_unknown_value_is_named_and_ignored(client, name, label):
    make_city("Harbour")

    found = page(client, "harbour", **{name: "atlantis\0<b>"})

    assert titles(found) == ["Harbour"]
    assert f"is no value of the filter “{label}” and was ignored." in texts(found, ".message")[0]


# Nothing found


def test_an_empty_search_shows_the_ways_in(client):
    for q in ["", "   "]:
        found = page(client, q)
        assert titles(found) == []
        assert select(found, "main a[@href='/en/approaches/']")


@pytest.mark.parametrize("q", ["!?", "-", '""', '"', "-council", "🙂", "\0"])
def test_a_search_without_a_word_says_so(client, q):
    found = page(client, q)

    if q.strip("\0"):
        assert "There is no word to look for" in texts(found, ".lead")[0]
    assert select(found, ".tile")


def test_a_typing_error_is_answered_with_what_was_meant(client):
    make_city("Palermo", name_fr="Palerme")

    found = page(client, "Palermmo")

    assert text_of(select(found, "h2[@id='results-title']")[0]) == "Nothing found for “Palermmo”."
    assert texts(found, ".empty__ways a")[0] == "Palermo"
    assert select(found, ".empty__ways a")[0].get("href") == "?q=Palermo"
    assert texts(found, ".empty__instead") == ["1 result for “Palermo”"]
    assert titles(found) == ["Palermo"]
    assert select(found, ".tile")


def test_other_names_of_what_was_meant_are_not_offered(client):
    make_city("Barcelona", name_fr="Barcelone", name_it="Barcellona")
    make_city("Barcelos")

    assert texts(page(client, "Barcelnoa"), ".empty__ways a") == ["Barcelona"]


def test_words_that_never_stand_together_are_offered_one_by_one(client):
    make_city("Palermo")
    make_city("Gdańsk")

    found = page(client, "palermo gdansk")

    assert texts(found, ".empty__ways a") == ["palermo", "gdansk"]


def test_a_phrase_that_is_nowhere_is_offered_as_words(client):
    make_city("Palermo in the south")

    found = page(client, '"the south of palermo"')

    assert texts(found, ".empty__ways a") == ["the south of palermo", "south", "palermo"]
    assert titles(found) == ["Palermo in the south"]


def test_of_corrections_only_those_that_find_something_are_offered(client):
    make_city("Palermo")
    make_city("Gdańsk")

    assert texts(page(client, "palermmo gdansk"), ".empty__ways a") == ["Palermo", "gdansk"]
    assert texts(page(client, "palermmo qwertz"), ".empty__ways a") == ["Palermo"]
    assert texts(page(client, "city of Palermmo"), ".empty__ways a") == ["Palermo"]


def test_a_correction_leaves_out_what_the_search_left_out(client):
    make_city("Palermo")
    make_approach("Palermo charter")

    found = page(client, 'Palermmo -charter -"city council"')

    assert texts(found, ".empty__ways a") == ['Palermo -charter -"city council"']
    assert titles(found) == ["Palermo"]


def test_a_search_that_filters_empty_is_offered_elsewhere(client):
    make_city("Harbour")
    make_approach("Harbour keys", city=make_city("Elsewhere"))

    found = page(client, "harbour", kind="networks")

    assert texts(found, ".empty__label") == ["Kind"]
    assert texts(found, ".empty__ways li") == ["Cities 1", "Local approaches 1"]
    assert select(found, ".empty__ways a")[0].get("href") == "?q=harbour&kind=cities"
    assert texts(found, ".empty .button") == ["Without filters: 2 results"]


def test_a_search_without_anything_near_helps_on(client):
    found = page(client, "qwertz<script>")

    assert text_of(select(found, "h2[@id='results-title']")[0]) == "Nothing found for “qwertz<script>”."
    assert "Try fewer or shorter words" in texts(found, ".empty")[0]


# Bad input

BAD = [
    *[
        "\0",
        "%",
        "_",
        "'",
        '"',
        "a" * 10_000,
        "a b c " * 2000,
        "\\",
        "–",
        "１２",
        "𝔸",
        "🙂",
        "שלום",
        "مرحبا council",
    ],
    *[
        "AND",
        "NOT",
        "OR OR",
        "NEAR(a b)",
        "council*",
        "title:council",
        "^council",
        "{a b}",
        "council & !city",
        "a<->b",
    ],
    *[
        "'; DROP TABLE search_document; --",
        '"council',
        '-"council city"',
        "--council",
        "council -",
        "(((",
        "council)",
    ],
    *[
        "\u202ecouncil",
        "e\u0301\u0301\u0301",
        "\ud7ff\ufffe",
        "<mark>council</mark>",
        "council\x07",
        "a" * 199 + "é",
    ],
]


@pytest.mark.parametrize("q", BAD)
def test_whatever_is_typed_gives_a_page(client, q, django_assert_max_num_queries):
    make_city("Palermo")
    make_approach("Council", summary="A council.")

    page(client, "palermo")  # see above
    with django_assert_max_num_queries(MOST_QUERIES):
        page(client, q)
    with django_assert_max_num_queries(MOST_QUERIES):
        assert client.get(in_language("search:suggestions", "en"), {"q": q}).status_code == 200


def test_what_is_too_much_is_left_out_and_named(client):
    make_city("Palermo")

    found = page(client, "palermo " + " ".join(f"word{number}" for number in range(20)))

    assert "at most 200 characters and ten words. Left out: “word9" in texts(found, ".message")[0]


def test_a_per_cent_sign_is_no_wildcard(client):
    make_city("Palermo")

    assert titles(page(client, "p%o")) == []


# Effort


@pytest.mark.parametrize("records", [1, 30])
@pytest.mark.parametrize(
    ("q", "choices"),
    [
        ("harbour", {}),
        ("harbour", {"kind": "cities", "lang": "en", "page": "1"}),
        ("harbour", {"kind": "networks"}),
        ("harbuor", {}),
        ("harbuor", {"kind": "networks"}),
        ("harbour nowhere", {}),
        ("nothing", {}),
        ("harbourtown", {}),
    ],
)
def test_a_search_takes_at_most_eight_queries(client, records, q, choices, django_assert_max_num_queries):
    make_page()
    for number in range(records):
        make_city(f"Harbour {number}")
        make_approach(f"Harbour approach {number}")
        make_event(f"Harbour event {number}")
    page(client, "harbour")  # see above

    with django_assert_max_num_queries(MOST_QUERIES):
        page(client, q, **choices)


# Suggestions


def suggested(client, q, language="en"):
    response = client.get(in_language("search:suggestions", language), {"q": q})
    assert response.status_code == 200
    return html.fromstring(f"<div>{response.content.decode()}</div>")


def test_names_that_begin_so_are_suggested(client):
    make_city("Palermo", country=make_country("Italy"))
    make_approach("The Charter of Palermo")
    make_city("Elsewhere")

    found = suggested(client, "pale")

    assert texts(found, ".search__option-title") == ["Palermo", "The Charter of Palermo"]
    assert texts(found, ".search__option-kind")[0] == "City · Italy"
    assert select(found, "a[@role='option']")[0].get("href") == "/en/cities/palermo/"
    assert texts(found, "*[@data-news]") == ["2 suggestions"]


@pytest.mark.parametrize(
    ("language", "q", "shown", "its_language"),
    [
        ("pl", "danzi", "Gdańsk Danzig", ["de"]),
        ("pl", "γκντ", "Gdańsk Γκντανσκ", ["el"]),
        ("pl", "gda", "Gdańsk", []),
        ("it", "danzi", "Danzica Gdańsk", []),
        ("it", "gda", "Danzica Gdańsk", []),
    ],
)
def test_a_suggestion_shows_the_name_that_begins_as_typed(client, language, q, shown, its_language):
    make_city("Gdańsk", name_de="Danzig", name_el="Γκντανσκ", name_it="Danzica")

    found = suggested(client, q, language)

    assert texts(found, ".search__option-title") == [shown]
    assert [each.get("lang") for each in select(found, ".row__alt span")] == its_language


def test_a_suggestion_for_words_of_several_names_shows_the_usual_other_name(client):
    make_city("Gdańsk", name_de="Danzig")

    assert texts(suggested(client, "gdansk danz", "fr"), ".search__option-title") == ["Gdańsk"]
    assert texts(suggested(client, "gdansk danz", "de"), ".row__alt") == ["Gdańsk"]


@pytest.mark.parametrize("records", [1, 8])
def test_suggestions_take_two_queries(client, records, django_assert_num_queries):
    for number in range(records):
        make_city(f"Gdańsk {number}", name_de=f"Danzig {number}")
    suggested(client, "danz", "pl")  # see above

    with django_assert_num_queries(2):
        suggested(client, "danz", "pl")


@pytest.mark.parametrize("q", ["", "p", " p ", "\0", "🙂", "!!"])
def test_less_than_two_letters_suggest_nothing(client, q):
    make_city("Palermo")

    assert select(suggested(client, q), "a[@role='option']") == []


def test_suggestions_may_be_kept_for_a_moment_by_anybody(client):
    response = client.get(in_language("search:suggestions", "en"), {"q": "pa"})

    assert response["Cache-Control"] == "public, max-age=60"
    assert response["X-Robots-Tag"] == "noindex"
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


def test_suggestions_are_only_read(client):
    assert client.post(in_language("search:suggestions", "en"), {"q": "pa"}).status_code == 405


@pytest.mark.parametrize("language", LANGUAGES)
def test_suggestions_speak_the_language_of_the_page(client, language):
    make_city("Gdańsk", name_de="Danzig")

    found = suggested(client, "gdan", language)

    assert texts(found, ".search__option-title")[0].startswith("Danzig" if language == "de" else "Gdańsk")
    assert re.match(r"\d ", texts(found, "*[@data-news]")[0])


def test_nothing_that_is_not_public_is_suggested(client):
    make_city("Palermo", status="draft")

    assert select(suggested(client, "pale"), "a[@role='option']") == []
