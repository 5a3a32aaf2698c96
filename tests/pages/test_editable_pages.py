"""The pages about the directory itself: what editors wrote, with the operator's name filled in."""

import pytest

from publishing.addresses import in_language
from tests.factories import make_page

pytestmark = pytest.mark.django_db

PAGES = {
    "about": "about",
    "data-collection": "data_collection",
    "imprint": "imprint",
    "privacy": "privacy",
    "accessibility": "accessibility",
}


@pytest.mark.parametrize("slug", PAGES)
def test_each_page_has_an_address_of_its_own(client, slug, django_assert_num_queries):
    page = make_page(slug, title=f"Title of {slug}")

    # One page says besides how much is translated.
    with django_assert_num_queries(2 if slug == "about" else 1):
        response = client.get(page.get_absolute_url())

    assert response.status_code == 200
    assert f"<h1>Title of {slug}</h1>" in response.content.decode()


@pytest.mark.parametrize("name", PAGES.values())
def test_a_page_that_is_not_public_does_not_exist(client, name):
    make_page(name.replace("_", "-"), status="draft")

    assert client.get(in_language(f"pages:{name}", "en")).status_code == 404


def test_the_operator_stands_where_the_text_names_it(client, settings):
    settings.OPERATOR_NAME = "Cities & Friends"
    settings.OPERATOR_ADDRESS = "Harbour Road 1, Palermo"
    settings.OPERATOR_EMAIL = "office@cities.example"
    make_page(
        "imprint",
        body='<p>{operator}, {operator_address}: <a href="mailto:{operator_email}">{operator_email}</a></p>',
    )

    text = client.get("/en/imprint/").content.decode()

    assert "Cities &amp; Friends, Harbour Road 1, Palermo" in text
    assert '<a href="mailto:office@cities.example">office@cities.example</a>' in text
    assert "{operator" not in text


def test_a_page_in_another_language_says_so(client):
    make_page("about", title="About", title_de="Über uns", body="English text.")

    text = client.get(in_language("pages:about", "de")).content.decode()

    assert '<div class="prose" lang="en"><p>English text.</p></div>' in text
    assert "note--language" in text
    assert 'hreflang="de"' not in text.split("</head>")[0]
