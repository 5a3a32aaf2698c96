"""What stands around every page: the language menu, and where a page on paper comes from."""

import re

import pytest

from tests.factories import make_network

pytestmark = pytest.mark.django_db


def language_menu(page):
    """The links of the menu by the code of their language."""
    menu = page.split('class="language-switch__menu"')[1].split("</ul>")[0]
    return {found[1]: found[0] for found in re.findall(r'(<a href=[^>]*hreflang="(\w+)".*?</a>)', menu)}


def test_the_menu_says_which_languages_lack_the_page(client):
    make_network(name="Harbours", slug="harbours", summary="Ports.", summary_pl="Porty.")

    menu = language_menu(client.get("/en/networks/harbours/").content.decode())

    assert "not yet translated" not in menu["en"]
    assert "not yet translated" not in menu["pl"]
    assert '<span class="language-switch__note" lang="en">not yet translated</span>' in menu["de"]


def test_a_list_exists_in_every_language(client):
    page = client.get("/en/networks/").content.decode()

    assert "not yet translated" not in page


def test_a_page_on_paper_says_its_address_with_its_filters(client):
    page = client.get("/en/cities/?country=PL&q=<b>").content.decode()

    origin = page.split('class="footer__origin">')[1].split("</p>")[0]
    assert "from http://testserver/en/cities/?country=PL&amp;q=%3Cb%3E" in origin


def test_a_page_that_went_wrong_names_no_foreign_host_on_paper(client):
    page = client.get("/en/", headers={"host": "elsewhere.example"}).content.decode()

    assert "footer__origin" not in page
