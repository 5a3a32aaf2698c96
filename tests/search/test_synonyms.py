"""A synonym means its policy area in every form, in every language; editors keep them."""

import pytest
from django.core.exceptions import ValidationError

from approaches.models import Synonym
from publishing import words
from search.indexing import rebuild
from search.synonyms import areas_of
from tests.factories import make_policy_area, make_synonym

pytestmark = pytest.mark.django_db


def areas(text):
    return areas_of(words.words(text))


def test_a_word_means_the_area_of_which_it_is_a_synonym_in_any_form():
    area = make_policy_area()
    make_synonym("mieszkanie", area, "pl")

    assert areas("mieszkania") == [{area.pk}]
    assert areas("Mieszkaniami Gdańsk") == [{area.pk}, set()]
    assert areas("miesiąc") == [set()]


def test_accents_and_capitals_make_no_difference():
    area = make_policy_area()
    make_synonym("στέγαση", area, "el")
    make_synonym("élection", area, "fr")

    assert areas("ΣΤΕΓΑΣΗ") == [{area.pk}]
    assert areas("elections") == [{area.pk}]


def test_the_roots_of_synonyms_are_renewed_with_the_index():
    area = make_policy_area()
    synonym = make_synonym("mieszkanie", area, "pl")
    Synonym.objects.filter(pk=synonym.pk).update(key="pl:other")
    assert areas("mieszkania") == [set()]

    rebuild()

    assert areas("mieszkania") == [{area.pk}]


def test_words_that_are_a_synonym_together_mean_nothing_alone():
    area = make_policy_area()
    make_synonym("droit de vote", area, "fr")

    assert areas("le droit de vote local") == [set(), {area.pk}, {area.pk}, {area.pk}, set()]
    assert areas("vote droit") == [set(), set()]


def test_a_word_can_mean_several_areas():
    first, second = make_policy_area(), make_policy_area()
    make_synonym("work", first)
    make_synonym("work", second)

    assert areas("work") == [{first.pk, second.pk}]


@pytest.mark.parametrize("text", ["", "housing", "a b c d e f g h i j"])
def test_asking_costs_one_query_at_most(text, django_assert_max_num_queries):
    with django_assert_max_num_queries(1):
        areas(text)


@pytest.mark.parametrize("word", ["!?", "one two three four"])
def test_a_synonym_has_one_to_three_words(word):
    with pytest.raises(ValidationError, match="One to three words"):
        Synonym(area=make_policy_area(), language="en", word=word).full_clean()


def test_an_area_has_a_word_once():
    synonym = make_synonym("housing")

    with pytest.raises(ValidationError, match="has this word already"):
        Synonym(area=synonym.area, language="en", word="housing").full_clean()


@pytest.mark.usefixtures("content")
def test_the_content_has_synonyms_of_every_area_in_every_language():
    rows = Synonym.objects.values_list("area__slug", "language")
    numbers = {place: list(rows).count(place) for place in rows}

    assert len(numbers) == 6 * 7
    assert min(numbers.values()) >= 6
