"""A word with an error in it is answered with words that exist, those nearest and most likely first."""

import pytest

from search import vocabulary
from search.models import Word
from search.spelling import correct, nearest

pytestmark = pytest.mark.django_db


def document(*names, text="", language="en"):
    return vocabulary.words_of([(language, name, True) for name in names] + [(language, text, False)])


def add(*documents):
    vocabulary.change([], documents)


def near(word, language="en"):
    return [found.written for found in nearest(word, language)]


@pytest.mark.parametrize(
    "typed",
    ["Barcelnoa", "Barcellona", "Barclona", "Narcelona", "Bracelona", "barcelonq", "BARZELONNA"],
)
def test_a_word_with_an_error_finds_the_name_that_is_meant(typed):
    add(document("Barcelona"), document("Bologna"))

    assert near(typed) == ["Barcelona"]


def test_short_words_have_one_error_at_most():
    add(document("Palermo"))

    assert near("Palermmo") == ["Palermo"]
    assert near("Pallremo") == ["Palermo"]
    assert near("Plrmo") == []


def test_words_of_three_letters_are_not_guessed():
    add(document("Gent"))

    assert near("gnt") == []


def test_greek_words_and_accents_are_no_errors():
    add(document("Θεσσαλονίκη", language="el"), document("Gdańsk", language="pl"))

    assert near("Θεσαλονικη", "el") == ["Θεσσαλονίκη"]
    assert near("Gdnask") == ["Gdańsk"]


def test_a_composed_word_is_answered_with_the_words_it_begins_or_ends_with():
    german = document(text="Wohnung Not Kurs Sprache", language="de")
    add(german, german, *[document(text="Health care for all")] * 2)

    assert near("Wohnungsnot", "de") == ["Wohnung"]
    assert near("healthcare") == ["Health", "care"]
    assert near("Sprachkurs", "de") == ["Kurs"]


def test_words_of_the_own_language_come_first_among_those_of_which_a_word_is_composed():
    add(*[document(text="kinder", language="en")] * 3, *[document(text="betreuung", language="de")] * 2)

    assert near("Kinderbetreuung", "de") == ["betreuung", "kinder"]


def test_half_a_word_of_a_single_document_is_not_offered():
    add(
        document(text="Wohnungs- und Arbeitsmarkt", language="de"),
        *[document(text="Wohnung", language="de")] * 2,
    )

    assert near("Wohnungsnot", "de") == ["Wohnung"]


def test_words_nearby_are_better_than_those_of_which_a_word_is_composed():
    add(*[document("Wohnungsnot", text="Wohnung", language="de")] * 2)

    assert near("Wohnungsmot", "de") == ["Wohnungsnot"]


@pytest.mark.parametrize("typed", ["qwertz", "withqwertz", "xxhousexx", "house" * 8])
def test_nonsense_is_not_taken_for_a_composed_word(typed):
    add(*[document(text="with a house of cards")] * 2)

    assert near(typed) == []


def test_names_come_before_words_of_texts_and_frequent_words_before_rare_ones():
    add(document(text="Walk halls mall"), document(text="hall"), document("Hull", text="hall"))

    assert near("hulla") == ["Hull"]
    assert near("hallo") == ["hall", "halls"]


def test_the_language_of_the_reader_comes_first():
    add(document(text="solidarite", language="fr"), document(text="solidarity", language="en"))

    assert near("solidarita", "en")[0] == "solidarity"
    assert near("solidarita", "fr")[0] == "solidarite"


def test_a_name_is_offered_as_the_reader_writes_it():
    add(*[document("Ámsterdam", language="es")] * 3, document("Amsterdam", language=None))
    add(document(text="flats in Amsterdam"))

    assert near("Amsterdm", "en") == ["Amsterdam"]
    assert near("Amsterdm", "pl") == ["Amsterdam"]
    assert near("Amsterdm", "es") == ["Ámsterdam"]


def test_a_word_that_no_document_has_any_more_is_not_offered():
    harbour, other = document("Harbour"), document("Other harbour")
    add(harbour, other)
    vocabulary.change([harbour], [document("Haven")])
    assert near("harbuor") == ["Harbour"]

    vocabulary.change([other], [])

    assert near("harbuor") == []
    assert set(Word.objects.values_list("folded", flat=True)) == {"haven"}


def test_counting_anew_gives_what_counting_step_by_step_gave():
    documents = [document("Łódź", text="Mieszkania w Łodzi", language="pl"), document("Lodz", text="flats")]
    add(*documents)
    step_by_step = list(Word.objects.order_by("key").values())
    Word.objects.update(documents=77)
    Word.objects.create(key="en:gone", folded="gone", length=4)

    vocabulary.rebuild(documents)

    assert list(Word.objects.order_by("key").values()) == step_by_step


def test_a_word_is_shown_as_it_is_written_in_a_name_or_else_in_small_letters():
    add(document(text="Housing is a right; housing helps."), document("Ville hospitalière", language="fr"))

    assert near("housng") == ["housing"]
    assert near("ville", "fr") == ["Ville"]


def test_a_query_is_corrected_where_its_words_are_unknown():
    add(document("Barcelona", text="refugees in flats"))

    assert correct(["refugee", "barcelnoa"], "en").text == "refugee Barcelona"
    assert correct(["flats"], "en").text == ""
    assert correct(["flats", "qwertz"], "en").text == ""
    assert correct(["qwertz"], "en").near == {"qwertz": []}


def test_small_words_and_numbers_are_no_errors():
    add(document("Barcelona", text="refugees in flats"))

    assert correct(["in", "barcelnoa"], "en").text == "in Barcelona"
    assert correct(["w", "barcelnoa", "2015"], "pl").text == "w Barcelona 2015"
    assert correct(["with", "flats"], "en").near == {}


@pytest.mark.parametrize("words", [[], ["x"], ["barcelnoa"] * 10, ["a" * 200, "'", "%", "żółć", "🙂"]])
def test_correcting_costs_two_queries_at_most(words, django_assert_max_num_queries):
    add(document("Barcelona"))

    with django_assert_max_num_queries(2):
        correct(words, "en")
