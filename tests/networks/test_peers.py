"""Which municipalities are most like one."""

import math
from html import unescape

import pytest

from publishing.addresses import in_language
from tests.factories import make_city, make_country, make_membership, make_network, make_organisation

pytestmark = pytest.mark.django_db


def peers_of(client, slug="gdansk", query="", language="en"):
    return client.get(in_language("networks:peers", language, slug=slug) + query)


def names(response):
    return [row["shown_name"] for row in response.context["peers"]]


def network_of(name, *cities):
    network = make_network(name)
    for city in cities:
        make_membership(network, city)
    return network


@pytest.fixture
def gdansk():
    return make_city("Gdańsk")


def test_a_rare_network_counts_more_than_one_that_many_belong_to(client, gdansk):
    rare, common = make_city("Rare"), make_city("Common")
    network_of("Circle", gdansk, rare)
    network_of("Crowd", gdansk, common, *(make_city(f"Other {number}") for number in range(5)))

    response = peers_of(client)

    assert names(response)[0] == "Rare"
    assert response.context["form"].results[0].closeness == round(1_000_000 / math.log(2))
    assert "likeness 1.44" in response.content.decode()


def test_organisations_are_members_that_make_a_network_less_rare(client, gdansk):
    network = network_of("Circle", gdansk, make_city("Other"))
    make_organisation("Bridges", networks=[network])

    response = peers_of(client)

    assert response.context["form"].results[0].closeness == round(1_000_000 / math.log(3))


def test_the_measure_is_named_with_its_source(client, gdansk):
    assert "Adamic and Adar" in unescape(peers_of(client).content.decode())


def test_networks_of_the_peers_that_it_does_not_belong_to_are_named(client, gdansk):
    others = [make_city(f"Other {number}") for number in range(3)]
    network_of("Circle", gdansk, *others)
    network_of("Bridges", *others[:2])
    network_of("Far away", make_city("Stranger"))

    response = peers_of(client)

    assert [(row["shown_name"].value, row["peers"]) for row in response.context["missed"]] == [("Bridges", 2)]
    assert "2 of the 3 most alike" in response.content.decode()


def test_size_and_country_narrow_the_peers(client, gdansk):
    poland = make_country("Poland")
    small = make_city("Small", population=5_000, country=poland)
    large = make_city("Large", population=600_000, country=poland)
    foreign = make_city("Foreign", population=5_000)
    network_of("Circle", gdansk, small, large, foreign)

    assert set(names(peers_of(client, query=f"?country={poland.code}"))) == {"Small", "Large"}
    assert names(peers_of(client, query=f"?country={poland.code}&size=under-20000")) == ["Small"]
    assert names(peers_of(client, query="?sort=population"))[0] == "Large"


def test_only_public_municipalities_that_are_members_now_are_peers(client, gdansk):
    network = network_of("Circle", gdansk, make_city("Draft", status="draft"))
    make_membership(network, make_city("Former"), until=2015)
    make_membership(network, make_city("Peer"))
    make_organisation("Organisation", networks=[network])
    hidden = make_network("Hidden", status="draft")
    for city in (gdansk, make_city("Hidden peer")):
        make_membership(hidden, city)

    assert names(peers_of(client)) == ["Peer"]


def test_a_municipality_in_no_network_has_no_peers(client, gdansk):
    assert "No network of this municipality is recorded." in peers_of(client).content.decode()


def test_a_municipality_that_is_alone_in_its_network_has_no_peers(client, gdansk):
    network_of("Circle", gdansk)

    assert "No other municipality is recorded in a network of Gdańsk." in peers_of(client).content.decode()


def test_unknown_municipalities_are_not_found(client):
    assert peers_of(client, "atlantis").status_code == 404


def test_the_page_of_a_municipality_leads_to_its_peers_and_asks_for_a_connection(client, gdansk):
    network_of("Circle", gdansk)

    page = client.get(gdansk.get_absolute_url()).content.decode()

    assert in_language("networks:peers", "en", slug="gdansk") in page
    assert '<input type="hidden" name="from" value="gdansk">' in page


def test_peers_belong_to_their_city_in_the_navigation(client, gdansk):
    page = peers_of(client).content.decode()

    assert f'<a href="{in_language("cities:list", "en")}" aria-current="true">' in page
    assert f'<a href="{in_language("networks:list", "en")}" aria-current' not in page


def test_an_acronym_that_is_the_name_is_not_explained(client, gdansk):
    other = make_city("Other")
    for name, acronym in [("Eurocities", "Eurocities"), ("Network of refuge", "NOR")]:
        network = make_network(name, acronym=acronym)
        make_membership(network, gdansk)
        make_membership(network, other)

    page = peers_of(client).content.decode()

    assert ">Eurocities</span>" in page
    assert '<abbr title="Network of refuge" translate="no">NOR</abbr>' in page


def test_the_number_of_queries_does_not_grow(client, gdansk, django_assert_max_num_queries):
    others = [make_city() for _number in range(6)]
    for number in range(4):
        network_of(f"Network number {number}", gdansk, *others)
    network_of("Bridges", *others)

    with django_assert_max_num_queries(8):
        peers_of(client, query="?size=not-known")
