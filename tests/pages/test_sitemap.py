"""What search engines are told: every public page, in each language in which it exists."""

from xml.etree import ElementTree

import pytest

from pages import sitemaps
from publishing.addresses import in_language
from publishing.languages import LANGUAGES
from tests.factories import (
    make_approach,
    make_city,
    make_commitment,
    make_country,
    make_declaration,
    make_event,
    make_initiative,
    make_network,
    make_news,
    make_organisation,
    make_page,
    make_policy_area,
    make_profile,
)

pytestmark = pytest.mark.django_db

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def sitemap(client, address="/sitemap.xml"):
    """The addresses of the sitemap: {address: (last change, {language: address})}."""
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/xml"
    found = {}
    for url in ElementTree.fromstring(response.content).findall("s:url", NAMES):  # noqa: S314 - it is ours
        alternates = {link.get("hreflang"): link.get("href") for link in url.findall("x:link", NAMES)}
        found[url.find("s:loc", NAMES).text] = url.findtext("s:lastmod", None, NAMES), alternates
    return found


def test_each_record_stands_in_it_and_each_address_works(client):
    city = make_city("Palermo", country=make_country("Italy", "IT"))
    make_profile(city)
    network = make_network("Harbours")
    make_policy_area("Arrival")
    make_approach("Consulta", city=city)
    make_organisation("Circle")
    make_initiative("Project", network=network)
    make_declaration("Letter")
    make_commitment("Promise")
    make_news("News item")
    make_event("Meeting")
    make_page("data-collection")

    found = sitemap(client)

    for path in [
        "/en/",
        "/en/cities/",
        "/en/networks/",
        "/en/approaches/",
        "/en/commitments/",
        "/en/news/",
        "/en/events/",
        "/en/cities/palermo/",
        "/en/countries/it/",
        "/en/networks/harbours/",
        "/en/policy-areas/arrival/",
        "/en/approaches/consulta/",
        "/en/organisations/circle/",
        "/en/initiatives/project/",
        "/en/declarations/letter/",
        "/en/commitments/promise/",
        "/en/news/news-item/",
        "/en/events/meeting/",
        "/en/data-collection/",
    ]:
        assert f"http://testserver{path}" in found
    for address in found:
        assert client.get(address).status_code == 200, address


def test_a_record_stands_in_it_in_the_languages_in_which_it_exists(client):
    make_news("Meeting", title_pl="Spotkanie", body_pl="Tekst.", title_de="Treffen")
    make_city("Palermo")
    make_profile(make_city("Riace"), summary_it="Il paese.")

    found = sitemap(client)

    def languages(name, slug):
        return [
            code for code in LANGUAGES if f"http://testserver{in_language(name, code, slug=slug)}" in found
        ]

    assert languages("news:detail", "meeting") == ["en", "pl"]
    assert languages("cities:detail", "palermo") == list(LANGUAGES)
    assert languages("cities:detail", "riace") == ["en", "it"]
    _changed, alternates = found["http://testserver/en/news/meeting/"]
    assert list(alternates) == ["en", "pl", "x-default"]
    assert alternates["x-default"] == alternates["en"]


def test_the_alternates_are_those_that_the_page_names_itself(client):
    make_news("Spotkanie", slug="spotkanie", title_pl="Spotkanie", body_pl="Tekst.", body=None)
    polish = in_language("news:detail", "pl", slug="spotkanie")

    _changed, alternates = sitemap(client)[f"http://testserver{polish}"]

    head = client.get(polish).content.decode().split("</head>")[0]
    assert list(alternates) == ["pl", "x-default"]
    for language, address in alternates.items():
        assert f'hreflang="{language}" href="{address}"' in head


def test_it_says_when_a_record_or_its_profile_was_changed_last(client):
    news = make_news("Meeting")
    city = make_city("Palermo")
    profile = make_profile(city)
    type(city).objects.filter(pk=city.pk).update(updated_at="2020-01-01T00:00Z")
    type(profile).objects.filter(pk=profile.pk).update(updated_at="2024-05-06T00:00Z")

    found = sitemap(client)

    assert found["http://testserver/en/news/meeting/"][0] == news.updated_at.strftime("%Y-%m-%d")
    assert found["http://testserver/en/cities/palermo/"][0] == "2024-05-06"


def test_nothing_unpublished_stands_in_it(client):
    city = make_city("Hidden", status="draft", country=make_country("Atlantis", "ZZ"))
    make_approach("Hidden approach", city=city)
    make_initiative("Hidden initiative", network=make_network("Hidden network", status="review"))
    make_event("Hidden event", published_at="2999-01-01T00:00Z")
    make_page("imprint", status="draft")

    text = client.get("/sitemap.xml").content.decode()

    for word in ["hidden", "zz", "imprint"]:
        assert word not in text


def test_addresses_are_those_of_the_configured_site(client, settings):
    settings.SITE_ADDRESS = "https://moving-cities.example"
    make_city("Palermo")

    found = sitemap(client)

    assert "https://moving-cities.example/en/cities/palermo/" in found
    assert not any("testserver" in address for address in found)
    robots = client.get("/robots.txt").content.decode()
    assert "Sitemap: https://moving-cities.example/sitemap.xml" in robots


def test_too_many_addresses_for_one_file_make_an_index_of_several(client, monkeypatch):
    monkeypatch.setattr(sitemaps, "RECORDS_IN_FILE", 2)
    for name in ["Aachen", "Bergamo", "Calais"]:
        make_organisation(name)

    index = client.get("/sitemap.xml")
    files = [
        location.text
        for location in ElementTree.fromstring(index.content).findall("s:sitemap/s:loc", NAMES)  # noqa: S314
    ]

    assert files == ["http://testserver/sitemap.xml?page=1", "http://testserver/sitemap.xml?page=2"]
    found = [address for file in files for address in sitemap(client, file)]
    assert len(found) == len(set(found))
    for slug in ["aachen", "bergamo", "calais"]:
        assert f"http://testserver/en/organisations/{slug}/" in found
    assert client.get("/sitemap.xml?page=3").status_code == 404
    assert client.get("/sitemap.xml?page=0").status_code == 404


@pytest.mark.parametrize("records", [1, 20])
def test_it_takes_two_queries_however_much_there_is(client, records, django_assert_num_queries):
    for _number in range(records):
        make_profile()
        make_network()
        make_news()

    with django_assert_num_queries(2):
        sitemap(client)


def test_robots_may_read_everything_but_the_admin(client):
    response = client.get("/robots.txt")

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode() == (
        "User-agent: *\nDisallow: /admin/\n\nSitemap: http://testserver/sitemap.xml\n"
    )
