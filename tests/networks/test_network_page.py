"""The page of a network."""

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
    make_membership,
    make_network,
    make_organisation,
    make_profile,
    make_source,
)

pytestmark = pytest.mark.django_db


def shown(client, network, language="en"):
    """The page of a network as text."""
    response = client.get(in_language("networks:detail", language, slug=network.slug))
    assert response.status_code == 200
    return unescape(response.content.decode())


def section(page, name):
    """The part of a page under the heading with that id; empty where there is none."""
    match = re.search(
        rf'<section[^>]*aria-labelledby="{name}">(.*?)(?=<section[^_]*aria-labelledby|</main>)', page, re.S
    )
    return match[1] if match else ""


def in_order(text, *words):
    places = [text.index(word) for word in words]
    return places == sorted(places)


def test_a_network_says_what_it_is(client):
    network = make_network(
        "Safe Harbours",
        acronym="SH",
        kind="alliance",
        scope="national",
        country=make_country("Atlantis", "AT"),
        founded="2021-06",
        website="https://www.harbours.example/start",
        summary="Ports that welcome.",
        description="They met in Palermo.",
    )

    page = shown(client, network)

    for text in ["Safe Harbours", "SH", "Alliance", "National", "June 2021", "Ports that welcome."]:
        assert text in page
    assert "They met in Palermo." in page
    assert f'<a href="{reverse("cities:country", args=["at"])}">Atlantis</a>' in page
    assert '<a href="https://www.harbours.example/start" rel="external">harbours.example</a>' in page


def test_what_is_missing_is_not_known(client):
    page = shown(client, make_network())

    assert page.count("not known</span>") == 4  # founded, founding members, secretariat, website
    assert "No municipality is recorded as a member of this network." in page
    assert "No source is recorded for this entry yet." in page


def test_members_stand_by_country_as_readers_expect(client):
    network = make_network()
    poland = make_country("Poland", name_pl="Polska")
    austria = make_country("Austria")
    for name, country in [("Łódź", poland), ("Malbork", poland), ("Lublin", poland), ("Wien", austria)]:
        make_membership(network, make_city(name, country=country))

    members = section(shown(client, network, "pl"), "members")

    _bars, places = members.split('<div class="members">')
    assert in_order(places, "Austria", "Wien", "Polska", "Lublin", "Łódź", "Malbork")


def test_members_go_by_their_name_in_the_language_of_the_page(client):
    network = make_network()
    make_membership(network, make_city("Gdańsk", name_de="Danzig"))

    assert ">Danzig</a>" in shown(client, network, "de")
    assert ">Gdańsk</a>" in shown(client, network, "fr")


def test_a_member_has_its_role_and_years(client):
    network = make_network()
    make_membership(network, make_city("Alpha"), role="founder", since=2004)
    make_membership(network, make_city("Beta"), since=2010, until=2015)
    make_membership(network, make_city("Gamma"), until=2019)
    make_membership(network, make_city("Delta"))

    members = section(shown(client, network), "members")

    assert "Founding member, since 2004" in members
    assert "2010–2015" in members
    assert "until 2019" in members
    assert re.search(r">Delta</a><sup", members)


def test_former_members_are_told_apart(client):
    network = make_network()
    make_membership(network)
    make_membership(network, until=2019)

    page = shown(client, network)

    assert "1 municipality in 1 country is recorded as a member." in page
    assert "The list also has 1 former member, with the year in which it left." in page


def test_an_unconfirmed_membership_is_marked_and_explained(client):
    network = make_network()
    make_membership(network, make_city("Alpha"))
    make_membership(network, make_city("Beta"), verified=False)

    page = shown(client, network)

    assert "Still to be checked against a source: 1 of 2." in page
    assert not re.search(r"Alpha</a>(?:(?!</li>).)*not confirmed", page)
    assert re.search(r"Beta</a>(?:(?!</li>).)*not confirmed", page)


def test_confirmed_memberships_need_no_explanation(client):
    network = make_network()
    make_membership(network)

    assert "not confirmed" not in shown(client, network)


def test_the_source_of_a_membership_is_one_of_the_numbered_sources(client):
    network = make_network()
    make_source(network, "Who we are", url="https://harbours.example/")
    make_membership(network, make_city("Alpha"), source_url="https://harbours.example/")
    make_membership(network, make_city("Beta"), source_url="https://www.beta.example/council")
    make_membership(network, make_city("Gamma"), source_url="", verified=False)

    page = shown(client, network)

    assert re.search(r'Alpha</a><sup class="cite"><a id="cited-1-1" href="#source-1"', page)
    assert re.search(r'Beta</a><sup class="cite"><a id="cited-2-1" href="#source-2"', page)
    assert not re.search(r"Gamma</a><sup", page)
    assert in_order(page, "Who we are", "beta.example/council", "1 membership")
    assert 'id="source-3"' not in page


def test_the_map_shows_the_members_of_the_list(client):
    network = make_network()
    make_membership(network, make_city("Alpha", latitude=50, longitude=10))
    make_membership(network, make_city("Beta"))
    make_profile(make_membership(network, make_city("Gamma", latitude=51, longitude=11)).city)

    response = client.get(network.get_absolute_url())

    assert response.context["map"].points == [(50, 10), (51, 11)]
    assert [place["name"] for place in response.context["map"].named] == ["Gamma"]
    assert f"{reverse('cities:geojson')}?network={network.slug}" in response.content.decode()


def test_the_live_map_of_a_year_has_the_members_of_that_year(client):
    network = make_network("Harbours")
    make_membership(network, make_city("Then", latitude=50, longitude=10), since=2010, until=2015)
    make_membership(network, make_city("Later", latitude=51, longitude=10), since=2020)

    response = client.get(f"{network.get_absolute_url()}?at=2012")

    picture = response.context["map"]
    points = client.get(picture.data_url).json()["features"]
    assert [feature["properties"]["n"] for feature in points] == ["Then"]
    assert len(picture.points) == len(points)
    assert "Filter these members" not in response.content.decode()


def test_a_map_opens_on_europe_if_most_members_lie_there(client):
    network = make_network()
    for latitude, longitude in [(50, 10), (48, 2), (40, -74)]:
        make_membership(network, make_city(latitude=latitude, longitude=longitude))

    response = client.get(network.get_absolute_url())

    assert response.context["map"].outside == 1
    assert "1 more lies outside Europe." in response.content.decode()


def test_members_of_unknown_place_need_no_map(client):
    network = make_network()
    make_membership(network, make_city("Alpha"))

    page = shown(client, network)

    assert "Alpha" in page
    assert 'class="map"' not in page


def test_networks_with_the_same_members_come_by_their_number(client):
    network, near, far, none = (make_network(name) for name in ["Own", "Near", "Far", "None"])
    cities = [make_city() for _number in range(3)]
    for city in cities:
        make_membership(network, city)
        make_membership(near, city)
    make_membership(far, cities[0])
    make_membership(far, cities[1], until=2019)
    make_membership(none)

    related = section(shown(client, network), "related")

    assert in_order(related, "Near", "3 shared members", "Far", "1 shared member")
    assert ">None<" not in related
    assert ">Own<" not in related


def test_declarations_say_how_many_members_signed(client):
    network = make_network()
    cities = [make_membership(network).city for _number in range(2)]
    former = make_membership(network, until=2019).city
    make_declaration("Open ports", [*cities, former, make_city()], date="2021-06-25")
    make_declaration("Strangers", [former, make_city()])

    declarations = section(shown(client, network), "declarations")

    assert "Open ports" in declarations
    assert "25 June 2021" in declarations
    assert "signed by 2 members" in declarations
    assert "Strangers" not in declarations


def test_initiatives_and_organisations_are_linked(client):
    network = make_network()
    initiative = make_initiative("Mentors", network=network, started="2017-02", ended="2019")
    organisation = make_organisation("Bridges", [network], kind="foundation")
    make_initiative("Elsewhere")
    make_organisation("Nowhere")

    page = shown(client, network)

    assert f'<a href="{initiative.get_absolute_url()}">Mentors</a>' in page
    assert "February 2017 – 2019" in page
    assert organisation.get_absolute_url() in page
    assert "Foundation" in page
    assert "Elsewhere" not in page
    assert "Nowhere" not in page


def test_approaches_of_members_lead_to_the_filtered_list(client):
    network = make_network("Harbours")
    for number in range(10):
        make_approach(f"Approach no. {number}", city=make_membership(network).city)
    make_approach("Elsewhere")

    approaches = section(shown(client, network), "approaches")

    assert "All 10 approaches in member cities" in approaches
    assert f'{reverse("approaches:list")}?network=harbours"' in approaches
    assert approaches.count("Approach no.") == 8
    assert "Elsewhere" not in approaches


def test_the_list_of_actors_can_be_filtered_by_the_network(client):
    network = make_network("Harbours")
    make_membership(network)

    assert f'{reverse("networks:actors")}?network=harbours"' in shown(client, network)


def test_everything_around_sorts_as_readers_of_the_language_expect(client):
    network = make_network("Own")
    city = make_membership(network).city
    for name in ["Malbork", "Łódź", "Lublin"]:
        make_membership(make_network(f"{name} network"), city)
        make_initiative(f"{name} initiative", network=network)
        make_organisation(f"{name} organisation", [network])
        make_declaration(f"{name} letter", [city])
        make_approach(f"{name} approach", city=city)

    page = shown(client, network, "pl")

    for word in ["network", "initiative", "organisation", "letter", "approach"]:
        assert in_order(page, f"Lublin {word}", f"Łódź {word}", f"Malbork {word}"), word


def test_drafts_show_nowhere(client):
    network = make_network()
    city = make_membership(network, make_city("Alpha")).city
    draft = make_membership(network, make_city("Secret town", status="draft"), verified=False).city
    make_initiative("Secret initiative", network=network, status="draft")
    make_declaration("Secret letter", [city], status="draft")
    make_declaration("Letter of a secret town", [draft])
    make_organisation("Secret service", [network], status="draft")
    make_membership(make_network("Secret network", status="draft"), city)
    make_membership(make_network("Network of a secret town"), draft)
    make_approach("Secret approach", city=city, status="draft")
    make_approach("Approach of a secret town", city=draft)

    page = shown(client, network)

    assert "secret " not in page.lower()
    assert "1 municipality in 1 country" in page
    assert "still to be checked" not in page


@pytest.mark.parametrize("status", ["draft", "review", "archived"])
def test_an_unpublished_network_has_no_page(client, status):
    network = make_network(status=status)

    assert client.get(network.get_absolute_url()).status_code == 404


def test_an_unknown_network_is_not_found(client):
    assert client.get(reverse("networks:detail", args=["nowhere"])).status_code == 404


def test_a_former_address_leads_to_the_network(client):
    network = make_network("Harbours")
    network.slug = "ports"
    network.save()

    response = client.get(reverse("networks:detail", args=["harbours"]))

    assert response.status_code == 301
    assert response.url == reverse("networks:detail", args=["ports"])


def test_a_text_in_another_language_is_marked(client):
    network = make_network(
        "Harbours", name_pl="Porty", summary="Ports that welcome.", description="Long text."
    )

    page = shown(client, network, "pl")

    assert "<h1>Porty</h1>" in page
    assert '<span lang="en">Ports that welcome.</span>' in page
    assert re.search(r'<div class="prose" lang="en">\s*<p>Long text.</p>', page)


def test_only_languages_in_which_it_is_written_are_named_to_search_engines(client):
    network = make_network(summary_pl="Porty.")

    page = shown(client, network)

    assert 'rel="alternate" hreflang="pl"' in page
    assert 'rel="alternate" hreflang="de"' not in page


@pytest.mark.parametrize("records", [1, 20])
def test_the_page_asks_two_queries(client, django_assert_num_queries, records):
    network = make_network()
    for _number in range(records):
        city = make_membership(network, make_city(latitude=50, longitude=10), verified=False).city
        make_membership(make_network(), city)
        make_approach(city=city)
        make_declaration(signatories=[city])
        make_initiative(network=network)
        make_organisation(networks=[network])
        make_source(network)

    with django_assert_num_queries(2):
        shown(client, network)
