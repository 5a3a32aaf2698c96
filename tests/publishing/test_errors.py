"""What went wrong is said in the language of the address, with a way on."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "language"), [("/en/", "en"), ("/pl/miasta/", "pl"), ("/el/nowhere/", "el")]
)
def test_a_request_for_a_foreign_host_cannot_be_read(client, address, language):
    response = client.get(address, headers={"host": "elsewhere.example"})

    assert response.status_code == 400
    page = response.content.decode()
    assert f'<html lang="{language}"' in page
    assert f'action="/{language}/' in page
    assert "elsewhere.example" not in page


def test_a_form_without_its_token_says_so_in_its_title_too(client):
    client.handler.enforce_csrf_checks = True

    response = client.post("/en/cities/", {"q": "x"})

    assert response.status_code == 403
    assert "<title>The form has expired" in response.content.decode()


@pytest.mark.parametrize(("address", "language"), [("/en/", "en"), ("/pl/", "pl"), ("/el/", "el")])
def test_a_mistake_of_ours_leaves_search_and_the_way_home(client, monkeypatch, address, language):
    monkeypatch.setattr("pages.views.ask_lists", None)
    client.raise_request_exception = False

    response = client.get(address)

    assert response.status_code == 500
    page = response.content.decode()
    assert f'<html lang="{language}"' in page
    assert f'href="/{language}/"' in page
    assert f'action="/{language}/' in page


@pytest.mark.parametrize(
    ("address", "right"),
    [
        ("/pl/cities/?country=PL&page=2", "/pl/miasta/?country=PL&page=2"),
        ("/el/staedte/gdansk/", "/el/poleis/gdansk/"),
        ("/en/miasta/map.geojson", "/en/cities/map.geojson"),
    ],
)
def test_an_address_with_the_words_of_another_language_leads_to_its_own(client, address, right):
    response = client.get(address)

    assert response.status_code == 302
    assert response["Location"] == right


@pytest.mark.parametrize("address", ["/pl/atlantis/", "/en/cities/atlantis/", "/xx/cities/", "/atlantis/"])
def test_an_address_that_makes_no_sense_is_not_found(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", ["/pl/atlantis/", "/pl/miasta/atlantis/"])
def test_whoever_tries_the_site_out_sees_the_same_page(client, settings, address):
    settings.DEBUG = True

    response = client.get(address)

    assert response.status_code == 404
    assert '<html lang="pl"' in response.content.decode()
    assert 'action="/pl/szukaj/' in response.content.decode()


def test_a_page_says_what_was_not_found_when_the_site_is_tried_out_too(client, settings):
    settings.DEBUG = True

    response = client.get("/en/search/?q=Palermo&page=99")

    assert response.status_code == 404
    assert "There is no such page of results" in response.content.decode()
