"""The pages of initiatives, declarations and organisations."""

import re
from html import unescape

import pytest
from django.urls import reverse

from publishing.addresses import in_language
from tests.factories import (
    make_approach,
    make_city,
    make_country,
    make_declaration,
    make_initiative,
    make_network,
    make_organisation,
    make_source,
)

pytestmark = pytest.mark.django_db

KINDS = {"initiative": make_initiative, "declaration": make_declaration, "organisation": make_organisation}


def shown(client, record, language="en"):
    """The page of a record as text."""
    name = f"networks:{record._meta.model_name}"
    response = client.get(in_language(name, language, slug=record.slug))
    assert response.status_code == 200
    return unescape(response.content.decode())


def link(record):
    return f'<a href="{record.get_absolute_url()}">'


# Initiatives


def test_an_initiative_says_what_it_was(client):
    network = make_network("Harbours")
    initiative = make_initiative(
        "Mentors",
        network=network,
        summary="Cities learn.",
        started="2017-02",
        ended="2019",
        duration_months=24,
    )

    page = shown(client, initiative)

    for text in ["Mentors", "Cities learn.", "February 2017", "2019", "24 months"]:
        assert text in page
    assert f"{link(network)}Harbours</a>" in page


def test_unknown_dates_of_an_initiative_are_not_known(client):
    page = shown(client, make_initiative())

    assert page.count("not known</span>") == 3  # start, end, duration
    assert "No participating municipality is recorded." in page


def test_participants_stand_by_country_and_on_the_map(client):
    greece, austria = make_country("Greece"), make_country("Austria")
    athens = make_city("Athens", country=greece, latitude=38, longitude=24)
    wien = make_city("Wien", country=austria, latitude=48, longitude=16)

    response = client.get(make_initiative(cities=[athens, wien]).get_absolute_url())
    page = response.content.decode()

    list_of_cities = page.split('class="members"')[1]
    assert re.findall("Austria|Wien|Greece|Athens", list_of_cities) == ["Austria", "Wien", "Greece", "Athens"]
    assert [place["name"] for place in response.context["map"].named] == ["Wien", "Athens"]


def test_a_map_of_many_names_featured_cities_only(client):
    cities = [make_city(latitude=40 + number / 10, longitude=10) for number in range(61)]

    response = client.get(make_initiative(cities=cities).get_absolute_url())

    assert len(response.context["map"].points) == 61
    assert response.context["map"].named == []


def test_the_mentor_of_a_pair_comes_first(client):
    athens, munich = make_city("Athens"), make_city("München")

    page = shown(client, make_initiative(pairs=[(athens, munich)]))

    assert re.search(r"München</a>.*mentored.*Athens</a>", page)


def test_pairs_sort_as_readers_of_the_language_expect(client):
    cities = {name: make_city(name) for name in ["Athens", "Lublin", "Łódź", "Malbork"]}
    pairs = [(cities["Athens"], cities[name]) for name in ["Malbork", "Łódź", "Lublin"]]

    page = shown(client, make_initiative(pairs=pairs), "pl").split('class="pairs"')[1].split("</ul>")[0]

    assert re.findall("Lublin<|Łódź<|Malbork<", page) == ["Lublin<", "Łódź<", "Malbork<"]


def test_drafts_take_no_part(client):
    city, draft = make_city("Athens"), make_city("Secret town", status="draft")

    page = shown(client, make_initiative(cities=[city], pairs=[(city, draft)]))

    assert "Athens" in page
    assert "Secret" not in page
    assert "Mentoring pairs" not in page


def test_an_initiative_of_an_unpublished_network_has_no_page(client):
    initiative = make_initiative(network=make_network(status="draft"))

    assert client.get(initiative.get_absolute_url()).status_code == 404
    assert client.get(map_of(initiative)).status_code == 404


def map_of(initiative):
    return reverse("networks:initiative_geojson", kwargs={"slug": initiative.slug})


def test_the_live_map_of_an_initiative_shows_who_takes_part(client):
    part, draft = (
        make_city("Part", latitude=50, longitude=10),
        make_city(latitude=51, longitude=10, status="draft"),
    )
    make_city("None", latitude=50, longitude=11)
    initiative = make_initiative(cities=[part, draft, make_city("Nowhere")])

    page = shown(client, initiative)
    features = client.get(map_of(initiative)).json()["features"]

    assert f'data-city-map="{map_of(initiative)}"' in page
    assert [feature["properties"]["n"] for feature in features] == ["Part"]


def test_lines_on_its_map_join_partners_and_lead_from_mentors(client):
    mentor, supported, partner = (make_city(latitude=50, longitude=place) for place in (1, 2, 3))
    unplaced = make_city("Nowhere")
    initiative = make_initiative(cities=[partner, unplaced], pairs=[(supported, mentor), (unplaced, mentor)])

    response = client.get(initiative.get_absolute_url())
    lines, page = response.context["map"].lines, response.content.decode()

    assert lines.mentoring == [((50, 1), (50, 2))]
    assert {frozenset(line) for line in lines.partners} == {
        frozenset({(50, 1), (50, 3)}),
        frozenset({(50, 2), (50, 3)}),
    }
    assert page.count('class="map__arrow"') == 1
    assert "From a mentor to the city it supported" in page
    assert "Partners in an initiative" in page


def test_an_initiative_of_one_place_has_no_lines(client):
    page = shown(client, make_initiative(cities=[make_city(latitude=50, longitude=10)]))

    assert "map__lines" not in page
    assert "Partners in an initiative" not in page


# Declarations


def test_a_declaration_says_what_it_is(client):
    declaration = make_declaration(
        "Open ports", date="2021-06-25", summary="We are ready.", url="https://www.ports.example/text.pdf"
    )

    page = shown(client, declaration)

    for text in ["Open ports", "25 June 2021", "We are ready."]:
        assert text in page
    assert '<a href="https://www.ports.example/text.pdf" rel="external">Read it on ports.example</a>' in page


def test_a_declaration_says_how_many_of_its_signatories_are_named(client):
    declaration = make_declaration(signatories=[make_city(), make_city()], signatories_total=68)

    assert "Signatories named here: 2 of 68." in shown(client, declaration)


def test_an_unknown_number_of_signatories_is_not_known(client):
    declaration = make_declaration(signatories=[make_city()])

    page = shown(client, declaration)

    assert "1 signatory is named here. How many there are in all is not known." in page


def test_signatories_of_whom_none_is_named(client):
    page = shown(client, make_declaration(signatories_total=21))

    assert "Number of signatories: 21. None of them is recorded by name." in page


def test_signatories_of_whom_nothing_is_known(client):
    page = shown(client, make_declaration())

    assert "Who signed it is not known." in page
    assert page.count("not known</span>") == 3  # date, signatories, text


def test_drafts_sign_nothing(client):
    declaration = make_declaration(
        signatories=[make_city("Athens"), make_city("Secret town", status="draft")], signatories_total=2
    )

    page = shown(client, declaration)

    assert "Signatories named here: 1 of 2." in page
    assert "Secret" not in page


# Organisations


def test_an_organisation_says_what_it_is(client):
    berlin = make_city("Berlin", country=make_country("Germany"), latitude=52, longitude=13)
    organisation = make_organisation(
        "Bridges",
        kind="foundation",
        city=berlin,
        country=berlin.country,
        website="https://bridges.example/",
        summary="Builds bridges.",
    )

    page = shown(client, organisation)

    for text in ["Bridges", "Foundation", "Builds bridges."]:
        assert text in page
    assert f"{link(berlin)}Berlin</a>" in page
    assert f"{link(berlin.country)}Germany</a>" in page
    assert '<a href="https://bridges.example/" rel="external">bridges.example</a>' in page
    assert 'class="map"' in page


def test_what_is_missing_of_an_organisation_is_not_known(client):
    page = shown(client, make_organisation())

    assert page.count("not known</span>") == 3  # seat, country, website
    assert "It is not recorded in any network of this directory." in page


def test_an_organisation_names_its_networks(client):
    network = make_network("Harbours")

    page = shown(client, make_organisation(networks=[network, make_network("Secret", status="draft")]))

    assert f"{link(network)}Harbours</a>" in page
    assert "Secret" not in page


def test_approaches_that_name_an_organisation_are_found_by_the_exact_line(client):
    organisation = make_organisation("Bridges")
    named = make_approach("Named", organisations="Stadt Bern\nBridges")
    make_approach("Similar", organisations="Bridges Bern")
    make_approach("Lower case", organisations="bridges")
    make_approach("Secret", organisations="Bridges", status="draft")
    make_approach("Hidden", organisations="Bridges", city=make_city(status="draft"))

    page = shown(client, organisation)

    assert f"{link(named)}Named</a>" in page
    for other in ["Similar", "Lower case", "Secret", "Hidden"]:
        assert other not in page


def test_a_seat_that_is_not_public_stays_hidden(client):
    page = shown(client, make_organisation(city=make_city("Secret town", status="draft")))

    assert "Secret" not in page


# All of them


@pytest.mark.parametrize("kind", KINDS)
def test_sources_are_numbered(client, kind):
    record = KINDS[kind]()
    make_source(record, "First", publisher="Somebody", date="2016-06")
    make_source(record, "Second", url="https://second.example/")

    page = shown(client, record)

    assert re.search(r'id="source-1">.*?First.*?Somebody.*?June 2016', page, re.S)
    assert re.search(r'id="source-2">\s*<a [^>]*href="https://second.example/"', page)


@pytest.mark.parametrize("kind", KINDS)
def test_a_summary_in_another_language_is_marked(client, kind):
    record = KINDS[kind](summary="What it is.")

    assert '<span lang="en">What it is.</span>' in shown(client, record, "el")


@pytest.mark.parametrize("kind", KINDS)
def test_only_the_languages_of_the_summary_are_named_to_search_engines(client, kind):
    page = shown(client, KINDS[kind](summary_pl="Opis."))

    assert 'rel="alternate" hreflang="pl"' in page
    assert 'rel="alternate" hreflang="de"' not in page


@pytest.mark.parametrize("kind", KINDS)
def test_an_unpublished_record_has_no_page(client, kind):
    assert client.get(KINDS[kind](status="review").get_absolute_url()).status_code == 404


@pytest.mark.parametrize("kind", KINDS)
def test_an_unknown_address_is_not_found(client, kind):
    assert client.get(reverse(f"networks:{kind}", args=["nowhere"])).status_code == 404


@pytest.mark.parametrize("kind", KINDS)
def test_a_former_address_leads_to_the_record(client, kind):
    record = KINDS[kind]("Before")
    record.slug = "after"
    record.save()

    response = client.get(reverse(f"networks:{kind}", args=["before"]))

    assert response.status_code == 301
    assert response.url == reverse(f"networks:{kind}", args=["after"])


@pytest.mark.parametrize("records", [1, 20])
@pytest.mark.parametrize("kind", KINDS)
def test_each_page_asks_two_queries(client, django_assert_num_queries, kind, records):
    cities = [make_city(latitude=50, longitude=number) for number in range(records + 1)]
    content = {
        "initiative": {"pairs": [(cities[0], city) for city in cities[1:]]},
        "declaration": {"signatories": cities},
        "organisation": {"networks": [make_network() for _city in cities], "city": cities[0]},
    }
    record = KINDS[kind]("Bridges", **content[kind])
    for city in cities:
        make_source(record)
        make_approach(city=city, organisations="Bridges")

    with django_assert_num_queries(2):
        shown(client, record)
