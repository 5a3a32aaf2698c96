"""What is found, in which order, and with which numbers."""

import pytest

from search.finding import PAGE_SIZE, find, options, suggest
from search.query import MOST_CHARACTERS, parse
from tests.factories import (
    make_approach,
    make_city,
    make_country,
    make_network,
    make_news,
    make_policy_area,
    make_profile,
)


def titles(text, language="en", **options):
    return [str(result.title) for result in find(parse(text), language=language, **options).results]


# What is typed


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Städte  der Zuflucht", ["städte", "der", "zuflucht"]),
        ('"safe harbour" -berlin', ['"safe harbour"', "-berlin"]),
        ("„sicherer Hafen“ −Berlin", ['"sicherer hafen"', "-berlin"]),
        ('harbour -"safe city"', ["harbour", '-"safe city"']),
        ('"never closed', ['"never closed"']),
        ("anti-rumour", ["anti rumour"]),
        ("l’accueil dell'accoglienza", ["accueil", "accoglienza"]),
        ('- -- "" \' * AND)', ["and"]),
        ("harbour harbour", ["harbour"]),
        ("\0", []),
        ("🎈", []),
        ("\u0301", []),
    ],
)
def test_a_search_is_taken_apart(text, parts):
    def shown(part):
        words = " ".join(part.words)
        return "-" * part.is_excluded + (f'"{words}"' if part.is_phrase else words)

    assert [shown(part) for part in parse(text).parts] == parts


def test_what_is_too_much_is_left_out_and_named():
    query = parse("one two three four five six seven eight nine ten eleven twelve")
    assert (len(query.words), query.left_out) == (10, "eleven twelve")

    query = parse("a" * 10_000)
    assert len(query.text) == MOST_CHARACTERS
    assert query.left_out


def test_a_minus_alone_asks_for_nothing():
    assert not parse("-harbour")
    assert not parse("")


def test_articles_need_not_be_found():
    assert [part.words for part in parse("the cities of refuge").sought] == [("cities",), ("refuge",)]
    assert [part.words for part in parse("the").sought] == [("the",)]


# Order


@pytest.mark.django_db
def test_named_so_comes_before_named_also_and_mentioned():
    city = make_city("Elsewhere")
    make_profile(city, summary="There is a harbour.")
    make_approach("A harbour for all", city=city)
    make_network("Harbour")
    make_city("Harbour upon Sea")

    assert titles("harbour") == ["Harbour", "Harbour upon Sea", "A harbour for all", "Elsewhere"]


@pytest.mark.django_db
def test_what_can_be_read_in_the_own_language_comes_first():
    make_approach("Harbour A", summary="Text")
    make_approach("Harbour B", summary="Text", summary_pl="Tekst")

    assert titles("harbour", "en") == ["Harbour A", "Harbour B"]
    assert titles("harbour", "pl") == ["Harbour B", "Harbour A"]


@pytest.mark.django_db
def test_the_latest_news_come_first():
    make_news("Harbour opened", date="2020-05")
    make_news("Harbour enlarged", date="2024")
    make_news("Harbour closed", date="2024-02-01")

    assert titles("harbour") == ["Harbour closed", "Harbour enlarged", "Harbour opened"]


@pytest.mark.django_db
def test_names_with_the_same_beginning_are_in_alphabetical_order():
    for number in [5, 3, 9, 1]:
        make_network(f"Harbour number {number}")

    assert titles("harbour") == [f"Harbour number {number}" for number in [1, 3, 5, 9]]


# Numbers


@pytest.mark.django_db
def test_each_facet_is_counted_without_its_own_choice():
    housing = make_policy_area("Housing")
    greece, poland = make_country("Greece", code="GR"), make_country("Poland", code="PL")
    for number, country in enumerate([greece, greece, poland]):
        approach = make_approach(f"Harbour {number}", city=make_city(f"Place {number}", country=country))
        if number:
            approach.policy_areas.add(housing)
    make_city("Harbour", country=poland)

    found = find(parse("harbour"), {"kind": ["approaches"], "country": ["PL"]})

    assert found.total == 1
    assert found.facets["kind"] == {"approaches": 1, "cities": 1}
    assert found.facets["country"] == {"GR": 2, "PL": 1}
    assert found.facets["area"] == {"housing": 1}
    assert (found.every_total, found.every_facet["kind"]) == (4, {"approaches": 3, "cities": 1})


@pytest.mark.django_db
def test_several_values_of_a_facet_mean_or():
    make_city("Harbour")
    make_network("Harbour")
    make_approach("Harbour")

    assert find(parse("harbour"), {"kind": ["cities", "networks"]}).total == 2
    assert find(parse("harbour"), {"kind": ["no such kind"]}).total == 0


@pytest.mark.django_db
def test_pages_follow_each_other_without_a_gap():
    for number in range(PAGE_SIZE + 5):
        make_network(f"Harbour {number:02}")

    first, second = (find(parse("harbour"), page=page) for page in (1, 2))

    assert (len(first.results), len(second.results)) == (PAGE_SIZE, 5)
    assert len({result.key for result in [*first.results, *second.results]}) == PAGE_SIZE + 5
    assert find(parse("harbour"), page=99).page.number == 2


@pytest.mark.django_db
def test_a_search_asks_the_database_three_times(django_assert_num_queries):
    for number in range(30):
        make_network(f"Harbour {number}")
    find(parse("harbour"))

    with django_assert_num_queries(3):
        find(parse('harbour "harbour 3" -pier'), {"kind": ["networks"]}, "pl")
    with django_assert_num_queries(2):
        find(parse("nothing of the kind"))
    with django_assert_num_queries(2):
        suggest("har")
    with django_assert_num_queries(1):
        options("pl")


# While typing


@pytest.mark.django_db
def test_suggestions_are_names_that_begin_so():
    make_city("Novi Sad", name_el="Νόβι Σαντ")
    make_city("Sadovo")
    make_approach("Council of Novi Sad", summary="Text")
    make_network("Elsewhere", summary="About Novi Sad.")

    def suggested(text):
        return [str(result.title) for result in suggest(text)]

    assert suggested("no") == ["Novi Sad", "Council of Novi Sad"]
    assert suggested("novi s") == ["Novi Sad", "Council of Novi Sad"]
    assert suggested("sad") == ["Sadovo", "Novi Sad", "Council of Novi Sad"]
    assert suggested("ΝΌΒΙ") == ["Novi Sad"]
    assert suggested("n") == suggested("") == suggested('"*') == []
