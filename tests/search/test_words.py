"""Forms of a word meet in each of the seven languages, and words that only look alike do not."""

import re

import pytest

from search import tokens
from search.finding import find
from search.query import parse
from tests.factories import make_approach, make_city

pytestmark = pytest.mark.django_db


def found(q, language="en"):
    return [str(result.title) for result in find(parse(q), language=language).results]


@pytest.mark.parametrize(
    ("language", "written", "typed"),
    [
        ("pl", "uchodźcy", "uchodźców"),
        ("pl", "uchodźców", "uchodzcami"),
        ("pl", "miasta", "miasto"),
        ("pl", "w mieście", "miasto w"),
        ("pl", "mieszkańcy", "mieszkaniec"),
        ("pl", "cudzoziemców", "cudzoziemiec"),
        ("pl", "imigranci", "imigrantów"),
        ("pl", "ośrodki", "ośrodek"),
        ("pl", "wolontariusze", "wolontariusz"),
        ("pl", "urzędnicy", "urzednik"),
        ("pl", "dzieci", "dziecko"),
        ("pl", "Kraków", "Krakowa"),
        ("pl", "członkowie", "członek"),
        ("pl", "zdrowia", "zdrowie"),
        ("pl", "dziecko", "dziecmi"),
        ("de", "Städte", "Stadt"),
        ("de", "Straße", "strasse"),
        ("de", "Häfen", "Hafen"),
        ("el", "πόλη", "πόλεις"),
        ("el", "πρόσφυγας", "ΠΡΟΣΦΥΓΕΣ"),
        ("el", "συμβούλιο", "συμβούλια"),
        ("el", "πρωτοβουλία", "πρωτοβουλίες"),
        ("el", "δήμος", "δημοσ"),
        ("el", "παιδί", "παιδιά"),
        ("fr", "accueil", "accueillir"),
        ("fr", "travail", "travaux"),
        ("fr", "réfugiée", "réfugiés"),
        ("fr", "réfugiée", "refugies"),
        ("fr", "réfugiés", "refugiees"),
        ("fr", "hospitalières", "hospitaliere"),
        ("es", "ciudad", "ciudades"),
        ("es", "inmigración", "inmigraciones"),
        ("it", "rifugiato", "rifugiati"),
        ("it", "città", "citta"),
        ("en", "cities", "city"),
        ("en", "welcoming", "welcomes"),
        ("en", "children", "child"),
        ("en", "woman", "women"),
    ],
)
def test_a_form_of_a_word_finds_another_one(language, written, typed):
    make_approach("Approach", city=make_city("Harbour"), **{f"title_{language}": f"Xyz {written}"})

    assert found(typed, language) == [f"Xyz {written}"]
    assert found(typed.upper(), language) == [f"Xyz {written}"]


@pytest.mark.parametrize(
    ("language", "written", "typed"),
    [
        ("it", "cittadini", "città"),
        ("it", "città", "cittadini"),
        ("el", "Πολωνία", "πόλη"),
        ("pl", "miesiąc", "miasto"),
        ("pl", "mieszkanie", "mieszkaniec"),
        ("pl", "człowiek", "cel"),
        ("de", "stattlich", "Stadt"),
    ],
)
def test_words_that_only_look_alike_do_not_meet(language, written, typed):
    make_approach("Approach", **{f"title_{language}": written})

    assert found(typed, language) == []


@pytest.mark.parametrize(
    ("language", "place", "typed"),
    [
        ("pl", "Kraków", "Krakowa"),
        ("pl", "Kraków", "w krakowie"),
        ("de", "Berlin", "Berlins"),
        ("el", "Αθήνα", "Αθήνας"),
        ("el", "Αθήνα", "ΑΘΗΝΑΣ"),
        ("fr", "Sant Boi", "sant"),
    ],
)
def test_the_name_of_a_place_is_found_in_the_forms_that_names_have(language, place, typed):
    make_city(place)

    assert found(typed, language) == [place]


@pytest.mark.parametrize(
    ("language", "place", "typed"),
    [
        ("fr", "Sant Boi", "santé"),
        ("fr", "Sant Boi", "santés"),
        ("en", "Hagen", "The Hague"),
        ("es", "Hagen", "Hague"),
    ],
)
def test_a_word_of_a_language_does_not_find_places_that_happen_to_have_its_root(language, place, typed):
    make_city(place)

    assert found(typed, language) == []


def test_what_the_reader_can_read_comes_first():
    for language, title in [("pl", "Zyzyx a"), ("el", "Zyzyx b")]:
        written = {f"title_{language}": title, f"summary_{language}": "A summary."}
        approach = make_approach(title, original_language=language, **written)
        approach.title_en = approach.summary_en = None
        approach.save()

    assert found("zyzyx", "pl") == ["Zyzyx a", "Zyzyx b"]
    assert found("zyzyx", "el") == ["Zyzyx b", "Zyzyx a"]


def test_every_word_has_to_be_there_and_no_excluded_one():
    make_city("Harbour Town")
    make_city("Harbour Village")

    assert found("harbour town") == ["Harbour Town"]
    assert found("harbour -town") == ["Harbour Village"]
    assert found("-town harbour -village") == []
    assert found('harbour -"harbour town"') == ["Harbour Village"]


def test_words_of_a_phrase_stand_next_to_each_other_in_their_order():
    make_city("New Harbour Town")

    assert found('"harbour town"') == ["New Harbour Town"]
    assert found('"town harbour"') == []
    assert found('"new town"') == []
    assert found('new "harbour town"') == ["New Harbour Town"]


@pytest.mark.parametrize("letter", "αβγδεζηθικλμνξοπρστυφχψω")
def test_no_greek_word_looks_like_a_number_to_a_database(letter):
    # PostgreSQL takes "0e0" and "9e0" for numbers and would cut a word in two there.
    begins, name = tokens.folded(letter * 2), tokens.of_beginnings([(None, letter * 2)])

    for token in [begins, *name.split()]:
        assert not re.match(r"[0-9]+e[0-9]", token)


def test_words_of_a_greek_phrase_stand_next_to_each_other_in_their_order():
    make_city("Νέα Εστία Ελλάδας")

    assert found('"εστία ελλάδας"') == ["Νέα Εστία Ελλάδας"]
    assert found('"ελλάδας εστία"') == []
    assert found('"νέα ελλάδας"') == []
