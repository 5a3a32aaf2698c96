"""The list of commitments and its filter."""

import re

import pytest
from django.http import QueryDict
from django.utils.translation import override

from commitments.forms import CommitmentFilterForm
from publishing.addresses import in_language
from tests.factories import make_commitment, make_country

pytestmark = pytest.mark.django_db


def ask(query="", language="en"):
    with override(language):
        form = CommitmentFilterForm(QueryDict(query))
        form.shown = list(form.results.values_list("slug", flat=True))
        return form


def found(query="", language="en"):
    return ask(query, language).shown


def get(client, query="", language="en"):
    return client.get(in_language("commitments:list", language) + query)


def titles(page):
    return re.findall(r'<h3 class="row__title"><a href="[^"]+">(.*?)</a>', page.content.decode())


@pytest.fixture
def commitments():
    kenya, brazil = make_country("Kenya", "KE"), make_country("Brazil", "BR")
    make_commitment("Guide", [("Nairobi", kenya)], started="2022")
    make_commitment("Exercise", [("Mombasa", kenya), ("Kenya", kenya), ("Brazil", brazil)], kind="event")
    make_commitment("Register", [("Brazil", brazil)], kind="practice", started="2023-05")
    make_commitment("Worldwide", started="2024")


def test_several_values_of_a_facet_mean_or(commitments):
    assert found("kind=event&kind=practice") == ["exercise", "register"]
    assert found("country=KE&country=BR") == ["exercise", "guide", "register"]


def test_several_facets_mean_and(commitments):
    assert found("country=BR&kind=event") == ["exercise"]
    assert found("country=KE&kind=practice") == []


@pytest.mark.parametrize("filters", ["", "country=KE", "kind=event&country=BR", "q=guide"])
def test_each_value_counts_the_results_that_choosing_it_gives(commitments, filters):
    form = ask(filters)

    for group in form.facet_groups:
        others = QueryDict(filters, mutable=True)
        others.pop(group["name"], None)
        for option in group["options"]:
            query = f"{others.urlencode()}&{group['name']}={option['key']}"
            assert option["count"] == len(found(query)), query


@pytest.mark.parametrize("filters", ["", "kind=event", "kind=event&kind=pledge&country=KE", "q=nothing"])
def test_the_total_is_the_number_of_results(commitments, filters):
    form = ask(filters)

    assert form.total == len(form.shown)


def test_a_country_counts_a_commitment_with_two_places_in_it_once(commitments):
    countries = next(group for group in ask().facet_groups if group["name"] == "country")["options"]

    assert {option["key"]: option["count"] for option in countries} == {"BR": 2, "KE": 2}


def test_the_newest_come_first_and_those_without_a_start_last(commitments):
    assert found("sort=newest") == ["worldwide", "register", "guide", "exercise"]


def test_titles_sort_as_readers_of_the_language_expect():
    for title in ("Łódka", "Most", "Lato"):
        make_commitment(title, title_pl=title)
    make_commitment("One", title_el="Ώρα", title_pl="Zorza")
    make_commitment("Two", title_el="Άνθρωποι", title_pl="Życie")

    assert found(language="pl") == ["lato", "lodka", "most", "one", "two"]
    assert found(language="el")[:2] == ["two", "one"]


def test_words_are_found_however_inflected_or_accented():
    make_commitment("Guide", summary_pl="Przewodnik dla uchodźców w mieście Łódź.")

    assert found("q=uchodźcy") == ["guide"]
    assert found("q=Lodz") == ["guide"]


def test_a_commitment_is_found_by_its_submitter():
    make_commitment("Guide", submitter="Salt Lake County")
    make_commitment("Another")

    assert found("q=salt lake") == ["guide"]


def test_unknown_values_are_named_and_the_rest_of_the_filter_holds(commitments, client):
    form = ask("kind=promise&country=KE&sort=colour")

    assert form.shown == ["exercise", "guide"]
    assert len(form.problems) == 2
    assert "“promise” is no value of the filter" in get(client, "?kind=promise").content.decode()


def test_drafts_are_neither_found_nor_counted(commitments):
    make_commitment("Hidden", [("Lyon", make_country("France", "FR"))], status="draft")

    form = ask("country=FR")

    assert "hidden" not in form.shown
    assert form.total == 4
    assert len(form.problems) == 1


def test_a_row_tells_commitments_apart(client, commitments):
    page = get(client, "?kind=event").content.decode()

    assert titles(get(client, "?kind=event")) == ["Exercise"]
    assert 'href="/en/commitments/exercise/"' in page
    assert "Mombasa, Kenya · Kenya · Brazil" in page
    assert "years not known" in page
    assert "Somebody" in page
    assert "What Exercise promises." in page


def test_what_nobody_has_recorded_is_not_known(client):
    make_commitment("Guide", submitter="")

    page = get(client).content.decode()

    assert '<span class="not-known">place not known</span>' in page
    assert 'Submitted by: <span class="not-known">not known</span>' in page


def test_text_in_another_language_is_marked(client):
    make_commitment("Guide")

    assert '<span lang="en">Guide</span>' in get(client, language="pl").content.decode()


@pytest.mark.parametrize("page", ["0", "x", "99999"])
def test_a_page_that_does_not_exist_gives_a_sensible_one(client, commitments, page):
    response = get(client, f"?page={page}")

    assert response.status_code == 200
    assert len(titles(response)) == 4


def test_an_empty_list_has_a_page_too(client):
    assert get(client).status_code == 200


@pytest.mark.parametrize("records", [1, 20])
def test_the_list_asks_as_often_for_many_as_for_one(client, django_assert_num_queries, records):
    for _number in range(records):
        make_commitment(places=[("Here", make_country()), ("There", make_country())])

    with django_assert_num_queries(3):
        get(client, "?kind=pledge")
