"""What people type in seven languages finds what they mean, the same on every database (see queries.yaml)."""

from collections import Counter

import pytest

from publishing.languages import LANGUAGES
from tests.search.queries import FIRST, all_names, answer, samples, short_names

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("content")]

RULES = [
    "accents",
    "beginning",
    "exonym",
    "inflection",
    "minus",
    "other language",
    "phrase",
    "synonym",
    "typing error",
]


@pytest.fixture(autouse=True, scope="module")
def known_names():
    """The records of this module's content, not those of another's."""
    short_names.cache_clear()


@pytest.mark.parametrize("sample", samples(), ids=str)
def test_what_is_meant_is_among_the_first_three(sample):
    found, _number, instead = answer(sample)

    assert set(sample.finds) <= set(found[:FIRST]), found[:10]
    assert instead == sample.instead


@pytest.mark.parametrize("sample", [s for s in samples() if not s.typing], ids=str)
def test_as_many_are_found_on_every_database(sample):
    _found, number, _instead = answer(sample)

    assert number == sample.number


@pytest.mark.parametrize("sample", [s for s in samples() if s.lacks], ids=str)
def test_what_is_not_meant_is_not_found(sample):
    assert not set(sample.lacks) & set(all_names(sample))


def test_the_list_has_every_rule_in_every_language():
    numbers = Counter(sample.language for sample in samples())

    assert all(numbers[language] >= 20 for language in LANGUAGES)
    for language in LANGUAGES:
        assert set(RULES) <= {sample.rule for sample in samples() if sample.language == language}
