"""The start of the site: which language a visitor gets, and the one cookie that remembers it."""

import pytest
from django.conf import settings

from publishing.addresses import in_language
from tests.factories import make_city, make_event, make_network, make_news, make_page

pytestmark = pytest.mark.django_db

COOKIE = settings.LANGUAGE_COOKIE_NAME


@pytest.mark.parametrize(
    ("header", "address"),
    [
        ("pl", "/pl/"),
        ("el-GR,el;q=0.9,en;q=0.8", "/el/"),
        ("sv,fr;q=0.5", "/fr/"),
        ("sv", "/en/"),
        ("", "/en/"),
        ("complete nonsense", "/en/"),
    ],
)
def test_the_browser_decides_at_the_first_visit(client, header, address):
    response = client.get("/", headers={"accept-language": header})

    assert response.status_code == 302
    assert response.url == address
    assert response.cookies[COOKIE].value == address.strip("/")
    assert {"Accept-Language", "Cookie"} <= {part.strip() for part in response["Vary"].split(",")}


def test_the_choice_of_earlier_counts_more_than_the_browser(client):
    client.cookies[COOKIE] = "it"

    assert client.get("/", headers={"accept-language": "pl"}).url == "/it/"


def test_a_cookie_that_names_no_language_is_ignored(client):
    client.cookies[COOKIE] = "xx"

    assert client.get("/", headers={"accept-language": "pl"}).url == "/pl/"


def test_reading_a_page_in_another_language_changes_the_choice(client):
    client.get("/", headers={"accept-language": "pl"})

    assert client.get("/de/").cookies[COOKIE].value == "de"
    assert client.get("/", headers={"accept-language": "pl"}).url == "/de/"
    assert COOKIE not in client.get("/de/").cookies


@pytest.mark.parametrize("query", ["", "?q=palermo", "?page=2"])
def test_no_public_page_sets_a_cookie_or_depends_on_one(client, query):
    make_page("about")
    make_city("Palermo")
    make_network("Harbours")
    make_news("Meeting")
    make_event("Meeting")
    pages = [
        ("pages:home", {}),
        ("pages:about", {}),
        ("search:results", {}),
        ("cities:list", {}),
        ("cities:detail", {"slug": "palermo"}),
        ("news:list", {}),
        ("news:detail", {"slug": "meeting"}),
        ("news:event_list", {}),
        ("news:event_detail", {"slug": "meeting"}),
        ("news:event_calendar", {"slug": "meeting"}),
    ]
    for name, arguments in pages:
        response = client.get(in_language(name, "fr", **arguments) + query)

        assert response.status_code == 200, name
        assert not response.cookies, name
        assert "cookie" not in response.get("Vary", "").lower(), name


def test_an_unknown_language_is_an_unknown_page(client):
    assert client.get("/xx/").status_code == 404
