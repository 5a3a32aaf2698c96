"""News: a list by date, and a page each with what it is about and where it is from."""

import pytest

from publishing.addresses import in_language
from tests.factories import (
    make_city,
    make_network,
    make_news,
    make_policy_area,
    make_source,
)

pytestmark = pytest.mark.django_db


def page(client, address, **options):
    response = client.get(address, **options)
    assert response.status_code == 200
    return response.content.decode()


def test_the_latest_news_comes_first_however_exactly_its_date_is_known(client):
    make_news("Spring", date="2024-04")
    make_news("Summer", date="2024-07-01")
    make_news("Old times", date="2019")

    text = page(client, "/en/news/")

    assert text.index("Summer") < text.index("Spring") < text.index("Old times")
    assert "1 July 2024" in text
    assert "April 2024" in text


def test_the_list_says_what_each_item_is_about(client):
    make_news(
        "Harbour opens",
        cities=[make_city("Palermo")],
        networks=[make_network("Safe Harbours", acronym="SH")],
        policy_areas=[make_policy_area("Arrival")],
    )

    text = page(client, "/en/news/")

    assert '<a href="/en/cities/palermo/">Palermo</a>' in text
    assert '<a href="/en/networks/safe-harbours/">SH</a>' in text
    assert 'href="/en/policy-areas/arrival/">Arrival</a>' in text


def test_news_is_filtered_by_network_policy_area_and_words(client):
    harbours, area = make_network("Safe Harbours"), make_policy_area("Arrival")
    make_news("Ships", networks=[harbours])
    make_news("Papers", policy_areas=[area])
    make_news("Libraries", body="About books.")

    by_network = page(client, "/en/news/?network=safe-harbours")
    by_area = page(client, "/en/news/?area=arrival")
    by_words = page(client, "/en/news/?q=book")

    assert "Ships" in by_network
    assert "Papers" not in by_network
    assert "Papers" in by_area
    assert "Libraries" not in by_area
    assert "Libraries" in by_words
    assert "Ships" not in by_words


def test_nothing_unpublished_shows_with_news(client):
    make_news("Secret plan", status="draft")
    make_news("Coming soon", published_at="2999-01-01T00:00Z")
    make_news(
        "Public matter",
        cities=[make_city("Hidden town", status="draft")],
        networks=[make_network("Hidden network", status="review")],
    )

    for address in ["/en/news/", "/en/news/public-matter/"]:
        text = page(client, address)
        assert "Public matter" in text
        for hidden in ["Secret plan", "Coming soon", "Hidden town", "Hidden network"]:
            assert hidden not in text
    assert client.get("/en/news/secret-plan/").status_code == 404


def test_an_item_leads_to_the_one_before_and_the_one_after(client):
    make_news("First", date="2021-01")
    make_news("Second", date="2022-01")
    make_news("Third", date="2022-01")
    make_news("Draft in between", date="2022-01-15", status="draft")

    text = page(client, "/en/news/second/")

    assert '<a href="/en/news/third/" rel="next">' in text
    assert '<a href="/en/news/first/" rel="prev">' in text


def test_a_page_numbers_its_sources_or_says_that_there_are_none(client):
    make_source(make_news("Sourced"), "Annual report", publisher="City of Palermo", date="2023-05")
    make_news("Unsourced")

    assert "Annual report" in page(client, "/en/news/sourced/")
    assert "May 2023" in page(client, "/en/news/sourced/")
    assert "No source is recorded" in page(client, "/en/news/unsourced/")


def test_text_that_the_language_lacks_is_shown_in_another_and_says_so(client):
    make_news("Only English", body="English words.")

    text = page(client, in_language("news:detail", "pl", slug="only-english"))

    assert '<div class="prose" lang="en"><p>English words.</p></div>' in text
    assert 'hreflang="pl"' not in text.split("</head>")[0]
    assert 'hreflang="en"' in text.split("</head>")[0]


def test_a_former_address_leads_to_the_page(client):
    news = make_news("Old name")
    news.slug = "new-name"
    news.save()

    response = client.get("/en/news/old-name/")

    assert response.status_code == 301
    assert response.url == "/en/news/new-name/"


@pytest.mark.parametrize("number", ["0", "99999", "x", "-1", ""])
def test_a_page_number_that_makes_no_sense_gives_a_page(client, number):
    make_news("Something")

    assert "Something" in page(client, f"/en/news/?page={number}")


def test_a_list_without_news_says_so(client):
    assert "No news has been published yet." in page(client, "/en/news/")
    assert "Nothing fits these filters." in page(client, "/en/news/?q=nothing")


@pytest.mark.parametrize("records", [1, 20])
def test_the_list_takes_as_many_queries_for_one_item_as_for_twenty(
    client, records, django_assert_num_queries
):
    for _number in range(records):
        make_news(cities=[make_city()], networks=[make_network()], policy_areas=[make_policy_area()])

    with django_assert_num_queries(5):
        page(client, "/en/news/")


@pytest.mark.parametrize("records", [1, 20])
def test_a_page_takes_as_many_queries_for_one_subject_as_for_twenty(
    client, records, django_assert_num_queries
):
    make_news(
        "Meeting",
        cities=[make_city() for _number in range(records)],
        networks=[make_network() for _number in range(records)],
        policy_areas=[make_policy_area() for _number in range(records)],
    )

    with django_assert_num_queries(2):
        page(client, "/en/news/meeting/")
