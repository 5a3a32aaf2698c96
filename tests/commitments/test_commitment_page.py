"""The page of a commitment."""

import re

import pytest

from publishing.addresses import in_language
from tests.factories import make_commitment, make_country, make_source

pytestmark = pytest.mark.django_db


def get(client, slug="guide", language="en"):
    return client.get(in_language("commitments:detail", language, slug=slug))


def titles(page):
    return re.findall(r'<h3 class="card__title"><a href="[^"]+">(.*?)</a>', page)


def test_the_page_shows_all_that_is_known(client):
    kenya = make_country("Kenya", "KE")
    guide = make_commitment(
        "Guide",
        [("Nairobi", kenya), ("Kenya", kenya)],
        kind="practice",
        submitter="City of Nairobi",
        started="2022-06",
        ended="2024",
    )
    make_source(guide, "Minutes", publisher="The city", date="2023")

    page = get(client).content.decode()

    for text in (
        "<title>Guide – Moving Cities</title>",
        "What Guide promises.",
        "Practice",
        "City of Nairobi",
        '<span translate="no">Nairobi</span>, Kenya',
        "<dd>Kenya</dd>",
        'href="/en/commitments/?country=KE"',
        "June 2022",
        "2024",
        'id="source-1"',
        "Minutes",
    ):
        assert text in page, text


def test_what_nobody_has_recorded_is_not_known(client):
    make_commitment("Guide", submitter="")

    page = get(client).content.decode()

    for label in ("Submitted by", "Places", "Started", "Ended"):
        assert re.search(rf"<dt>{label}</dt><dd>\s*<span class=\"not-known\">not known</span>", page), label
    assert "No source is recorded for this entry yet." in page


def test_others_from_its_countries_are_shown_at_most_six(client):
    kenya, brazil = make_country("Kenya", "KE"), make_country("Brazil", "BR")
    make_commitment("Guide", [("Nairobi", kenya), ("Kenya", kenya)])
    make_commitment("Hidden", [("Nairobi", kenya)], status="draft")
    make_commitment("Elsewhere", [("Brazil", brazil)])
    for number in range(8):
        make_commitment(f"Other {number}", [("Kenya", kenya), ("Nairobi", kenya)])

    assert titles(get(client).content.decode()) == [f"Other {number}" for number in range(6)]


@pytest.mark.parametrize("status", ["draft", "review", "archived"])
def test_what_is_not_public_is_not_found(client, status):
    make_commitment("Guide", status=status)

    assert get(client).status_code == 404


def test_a_former_address_leads_to_the_commitment(client):
    guide = make_commitment("Guide")
    guide.slug = "handbook"
    guide.save()

    response = get(client, language="el")

    assert response.status_code == 301
    assert response["Location"] == in_language("commitments:detail", "el", slug="handbook")


def test_text_in_another_language_is_marked(client):
    make_commitment("Guide", title_pl="Poradnik")

    page = get(client, language="pl").content.decode()

    assert "<h1>Poradnik</h1>" in page
    assert '<span lang="en">What Guide promises.</span>' in page


def test_alternates_name_only_the_languages_it_is_written_in(client):
    make_commitment("Guide", summary_el="Τι υπόσχεται.")

    page = get(client, language="de").content.decode()

    assert re.findall(r'hreflang="(\w\w)" href="http', page) == ["en", "el"]


@pytest.mark.parametrize("records", [1, 20])
def test_the_page_asks_as_often_for_many_as_for_one(client, django_assert_num_queries, records):
    country = make_country()
    guide = make_commitment("Guide", [(f"Place {number}", country) for number in range(records)])
    for _number in range(records):
        make_source(guide)
        make_commitment(places=[("Here", country), ("There", make_country())])

    with django_assert_num_queries(2):
        get(client)
