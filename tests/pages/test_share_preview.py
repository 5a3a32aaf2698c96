"""A page that somebody shares is announced with its own title and description."""

import pytest

from tests.factories import make_city

pytestmark = pytest.mark.django_db


def test_the_preview_says_what_the_page_says(client):
    page = client.get("/en/cities/").content.decode()

    assert '<meta property="og:title" content="Cities – Moving Cities">' in page
    assert '<meta property="og:description" content="Every municipality of the directory,' in page


def test_a_name_with_markup_does_no_harm_to_the_preview(client):
    make_city('Saint "<b>" Town', slug="town")

    page = client.get("/en/cities/town/").content.decode()

    assert '<meta property="og:title" content="Saint &quot;&lt;b&gt;&quot; Town' in page
