"""Terms of the glossary are found where they occur, inflected or not, in the language of the original."""

from translating.glossary import occurring


def found(text, language, target):
    return [(term.original, term.translation) for term in occurring(text, language, target)]


def test_a_term_is_found_in_any_of_its_forms():
    assert found("<p>Both municipalities’ councils</p>", "en", "pl") == [("Municipality", "Gmina")]


def test_the_longest_term_counts():
    assert found("City networks", "en", "de") == [("City network", "Städtenetzwerk")]


def test_a_text_that_is_not_english_has_its_terms_too():
    assert ("Gmina", "Kommune") in found("<p>w trzech gminach</p>", "pl", "de")


def test_words_of_buttons_are_no_terms():
    assert found("They share an open home and talk about it.", "en", "pl") == []


def test_a_text_without_terms_has_none():
    assert found("", "en", "pl") == []
    assert found(None, "en", "pl") == []
