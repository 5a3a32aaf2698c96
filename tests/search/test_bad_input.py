"""Whatever is typed into the search gets a page with the right status, and no more queries than any other search."""

from time import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from publishing.addresses import in_language
from publishing.languages import LANGUAGES
from search.query import MOST_CHARACTERS, MOST_WORDS, parse
from tests.factories import make_approach, make_city

pytestmark = pytest.mark.django_db

MOST_QUERIES = 8

TEXTS = {
    "too long a word": "a" * 10_000,
    "too many words": "harbour town " * 1000,
    "ten words of every kind": "żółć πόλη straße città ciudad accueillir 東京 שלום harbour 12",
    "quotes only": '""""',
    "one quote": '"',
    "a quote that does not end": '"harbour town',
    "a phrase of nothing": '"" harbour ""',
    "quotes of all sorts": "„ “ ” « » ‟ ″",
    "a minus only": "-",
    "many minuses": "--- - -",
    "nothing but an exclusion": "-harbour",
    "an excluded phrase": '-"harbour town"',
    "an exclusion of itself": "harbour -harbour",
    "operators": "AND OR NOT NEAR",
    "an operator at the end": "harbour AND",
    "FTS5 syntax": 'title:harbour NEAR("a" "b", 3) ^harbour harb* {title body}: x + y',
    "tsquery syntax": "harbour & !town | (a <-> b) :* 'x' \\",
    "SQL": "'; DROP TABLE search_document; -- \" OR 1=1",
    "wildcards": "% _ * ?",
    "emoji": "🙂 👨‍👩‍👧‍👦 🏳️‍🌈",
    "right to left": "مدينة שלום \u202eharbour\u202c",
    "NUL": "\0",
    "NUL inside": "har\0bour",
    "control characters": "\x01\x02\x1b[31m\x7f\u2028",
    "combining marks": "e" + "\u0301" * 500,
    "a mark alone": "\u0301",
    "wide letters": "ｈａｒｂｏｕｒ １２",
    "mathematical letters": "𝔸𝔹",
    "markup": "<script>alert(1)</script>",
    "a template": "{{ q }} {% url %} %(q)s {0}",
    "an address": "https://city.example/?q=a&b=c#d",
    "tokens of the index": "area91 harbour7en 8harbour 9harb 00",
    "whitespace": " \t\r\n\u00a0\u3000",
    "a Turkish capital": "İSTANBUL ı",
    "digits of other scripts": "१२३ ٤٥٦",
}


@pytest.fixture(autouse=True)
def records(client):
    """Two records, and a first search, which brings into the index what the test's own transaction has changed."""
    make_approach("Town harbour", city=make_city("Harbour"))
    ask(client, q="harbour")


def ask(client, view="search:results", language="en", **values):
    """The answer, and how many queries it took."""
    with CaptureQueriesContext(connection) as captured:
        response = client.get(in_language(view, language), values)
    return response, len(captured)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_whatever_is_typed_gives_a_page(client, text):
    response, queries = ask(client, q=text)

    assert response.status_code == 200
    assert queries <= MOST_QUERIES


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_whatever_is_typed_gives_suggestions(client, text):
    response, queries = ask(client, "search:suggestions", q=text)

    assert response.status_code == 200
    assert queries <= MOST_QUERIES


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_long_text_is_answered_in_every_language(client, language):
    response, queries = ask(client, language=language, q="straße πόλη " * 1000, kind="cities")

    assert response.status_code == 200
    assert queries <= MOST_QUERIES


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({"kind": "ships"}, 200),
        ({"kind": ["cities", "ships"]}, 200),
        ({"lang": "xx"}, 200),
        ({"country": "XX"}, 200),
        ({"country": "'"}, 200),
        ({"area": "x" * 5000}, 200),
        ({"area": "\0"}, 200),
        ({"page": "2"}, 404),
        ({"page": "0"}, 404),
        ({"page": "-1"}, 404),
        ({"page": "x"}, 404),
        ({"page": "9" * 500}, 404),
        ({"unknown": "1"}, 200),
        ({"q": ["harbour", "town"]}, 200),
    ],
)
def test_a_wrong_value_has_its_status(client, values, status):
    response, queries = ask(client, **{"q": "harbour"} | values)

    assert response.status_code == status
    assert queries <= MOST_QUERIES


@pytest.mark.parametrize("bytes_typed", ["%ED%A0%BD", "%FF", "%", "%zz", "%C5"])
def test_bytes_that_are_no_text_give_a_page(client, bytes_typed):
    for view in ["search:results", "search:suggestions"]:
        assert client.get(f"{in_language(view, 'en')}?q={bytes_typed}").status_code == 200


def test_only_so_much_of_a_text_is_looked_for():
    for text in TEXTS.values():
        query = parse(text)

        assert len(query.text) <= MOST_CHARACTERS
        assert sum(len(part.words) for part in query.parts) <= MOST_WORDS


@pytest.mark.parametrize(
    "text", ['"a b c d e f g h i j k l"', "a-b-c-d-e-f-g-h-i-j-k-l", '"a b c d e f g h i j k l']
)
def test_of_a_phrase_that_is_too_long_the_beginning_is_looked_for(text):
    query = parse(text)

    assert query.words == list("abcdefghij")
    assert query.left_out == "k l"


def test_of_what_is_too_long_nothing_is_excluded():
    query = parse('harbour -"b c d e f g h i j k l" town')

    assert query.words == ["harbour"]
    assert not query.excluded
    assert query.left_out == '-"b c d e f g h i j k l" town'


def test_the_boundary_between_texts_is_no_number(client):
    assert ask(client, q="00")[0].context["total"] == 0
    assert ask(client, q="harbour -00")[0].context["total"] == 2


def test_taking_a_text_apart_takes_no_longer_the_more_it_nests():
    begin = time()

    for text in ['"' * 100_000, "-" * 100_000, '-"' * 100_000, "a-" * 100_000, "\u0301" * 100_000]:
        parse(text)

    assert time() - begin < 10


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_a_search_is_only_read(client, method):
    response = getattr(client, method)(in_language("search:suggestions", "en"))

    assert response.status_code == 405
