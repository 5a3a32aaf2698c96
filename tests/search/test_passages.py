"""Why a result was found: words are marked as the index finds them, in a passage that makes sense on its own."""

import pytest

from search.passages import LENGTH, Sought, opening
from search.query import parse


def marked(q, text, language="en"):
    """The text with what fits the query in brackets."""
    return shown(Sought(parse(q).wanted).pieces(text, language))


def shown(pieces):
    return "".join(f"[{piece.text}]" if piece.marked else piece.text for piece in pieces)


def passage(q, texts, order=("en", "fr", "de", "el", "it", "pl", "es")):
    found = Sought(parse(q).wanted).passage(texts, order)
    return found and (found.language, shown(found.pieces))


@pytest.mark.parametrize(
    ("q", "language", "text", "expected"),
    [
        ("uchodźców", "pl", "Dla uchodźcy i uchodzcow.", "Dla [uchodźcy] i [uchodzcow]."),
        ("Stadt", "de", "Zwei Städte", "Zwei [Städte]"),
        ("strasse", "de", "In der Straße", "In der [Straße]"),
        ("πόλεις", "el", "Η πόλη και η ΠΟΛΗ", "Η [πόλη] και η [ΠΟΛΗ]"),
        ("θεσσαλονικησ", "el", "ΤΗΣ ΘΕΣΣΑΛΟΝΙΚΗΣ", "ΤΗΣ [ΘΕΣΣΑΛΟΝΙΚΗΣ]"),
        ("accueil", "fr", "Accueillir, l’accueil", "[Accueillir], l’[accueil]"),
        ("ciudades", "es", "Una ciudad", "Una [ciudad]"),
        ("città", "it", "Cittadini di una citta", "Cittadini di una [citta]"),
        ("lodz", "en", "From Łódź", "From [Łódź]"),
        ("oeuvre", "fr", "mise en œuvre", "mise en [œuvre]"),
    ],
)
def test_words_are_marked_whatever_their_ending_accent_and_case(q, language, text, expected):
    assert marked(q, text, language) == expected


def test_words_of_another_language_are_not_taken_for_the_same():
    assert marked("cities", "La città", "it") == "La città"


def test_a_phrase_is_marked_where_its_words_follow_each_other():
    assert (
        marked('"city council"', "Council of the city: City Council.")
        == "Council of the city: [City Council]."
    )


def test_what_is_excluded_is_not_marked():
    assert marked("city -council", "The city council") == "The [city] council"


def test_a_letter_with_its_accent_apart_is_marked_whole():
    assert marked("malaga", "Ma\u0301laga!") == "[Ma\u0301laga]!"


@pytest.mark.parametrize("q", ["", "-", '""', "!?", "-city"])
def test_a_query_without_words_marks_nothing(q):
    assert marked(q, "The city -") == "The city -"


def test_the_passage_has_as_many_of_the_words_as_possible_and_begins_with_a_sentence():
    text = f"A council met. {'Much else was said there. ' * 30}Here it ends. The council of refugees decides. {'More follows. ' * 30}"

    _language, found = passage("refugees council", {"en": text})

    assert found.startswith("… The [council] of [refugees] decides. More follows.")
    assert found.endswith(" …")


def test_a_passage_is_never_much_longer_than_its_measure():
    for text in ["council " * 500, "x" * 3000 + " council " + "y" * 3000]:
        _language, found = passage("council", {"en": text})
        assert len(found.replace("[", "").replace("]", "")) <= LENGTH + len("…  …")


def test_the_readers_language_is_preferred_then_the_one_that_has_most():
    texts = {"en": "A council.", "de": "Das Council für Stadt", "pl": "council Stadt"}

    assert passage("council Stadt", texts, ["en", "pl", "de"]) == ("en", "A [council].")
    assert passage("council Stadt", texts, ["fr", "de", "pl"])[0] == "de"
    assert passage("council Stadt", {"de": "Stadt", "pl": "council Stadt"}, ["fr", "de", "pl"])[0] == "pl"


def test_a_text_without_the_words_has_no_passage():
    assert passage("council", {"en": "A city.", "de": None}) is None


def test_line_breaks_of_a_text_become_spaces():
    assert passage("council", {"en": "A\n\ncouncil\tmeets"}) == ("en", "A [council] meets")


def test_a_text_found_by_another_word_shows_how_it_begins():
    found = opening({"el": "", "pl": "Rada miasta. " * 50}, ["en", "el", "pl"])

    assert found.language == "pl"
    assert shown(found.pieces).startswith("Rada miasta. ")
    assert len(str(found)) <= LENGTH + len(" …")
    assert opening({}, ["en"]) is None
