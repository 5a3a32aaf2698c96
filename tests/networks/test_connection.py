"""How two actors are connected, from the address to the answer."""

from html import unescape

import pytest

from networks.models import Membership
from publishing.addresses import in_language
from publishing.models import FormerSlug
from tests.factories import (
    make_city,
    make_country,
    make_declaration,
    make_initiative,
    make_membership,
    make_network,
    make_organisation,
    make_source,
)

pytestmark = pytest.mark.django_db


def ask(client, start="", end="", status=200, language="en", **more):
    """The page for two actors, as text."""
    address = in_language("networks:connection", language)
    response = client.get(address, {"from": start, "to": end} | more)
    assert response.status_code == status
    return unescape(response.content.decode())


def members(network, *cities, **fields):
    for city in cities:
        make_membership(network, city, **fields)
    return network


@pytest.fixture
def pair():
    return make_city("Gdańsk", name_de="Danzig"), make_city("Palermo")


def test_shared_networks_are_named_with_roles_years_and_sources(client, pair):
    network = make_network("Harbours")
    make_membership(network, pair[0], role="founder", since=2004, source_url="https://one.example/")
    make_membership(network, pair[1], since=2010, source_url="https://two.example/", verified=False)

    page = ask(client, "gdansk", "palermo")

    assert "How Gdańsk and Palermo are connected" in page
    assert "Harbours" in page
    assert "Founding member, since 2004" in page
    assert "Member, since 2010" in page
    assert page.count('class="unconfirmed"') == 1
    assert "https://one.example/" in page
    assert "https://two.example/" in page


def test_initiatives_pairs_and_declarations_are_named_with_their_sources(client, pair):
    initiative = make_initiative("Boats", pairs=[(pair[0], pair[1])], started="2017-02", ended="2019")
    make_source(initiative, "The project", url="https://boats.example/")
    declaration = make_declaration("Letter", signatories=pair, date="2020-09-10")
    make_source(declaration, "The letter", url="https://letter.example/")

    page = ask(client, "gdansk", "palermo")

    assert "Palermo mentored Gdańsk" in page
    assert "February 2017 – 2019" in page
    assert "10 September 2020" in page
    for text in ("Boats", "Letter", "The project", "The letter", "https://letter.example/"):
        assert text in page


def test_what_few_share_comes_before_what_many_share(client, pair):
    members(make_network("Crowd"), *pair, *(make_city() for _number in range(4)))
    members(make_network("Circle"), *pair)

    page = ask(client, "gdansk", "palermo")

    assert page.index("Circle") < page.index("Crowd")


def test_where_nothing_is_shared_the_way_leads_through_others(client, pair):
    middle = make_city("Marseille")
    members(make_network("Harbours"), pair[0], middle, source_url="https://one.example/")
    members(make_network("Bridges"), middle, pair[1], source_url="https://two.example/")

    page = ask(client, "gdansk", "palermo")

    assert "No network, initiative or declaration is recorded that Gdańsk and Palermo share." in page
    assert "go through 1 other" in page
    for text in ("Marseille", "Harbours", "Bridges", "https://one.example/", "https://two.example/"):
        assert text in page


def test_where_there_is_no_way_this_is_said(client, pair):
    members(make_network(), pair[0])

    assert "No way through others is recorded either." in ask(client, "gdansk", "palermo")


def test_organisations_are_connected_too(client, pair):
    network = members(make_network("Harbours"), pair[0])
    make_organisation("Sea Rescue", networks=[network])

    page = ask(client, "gdansk", "organisation:sea-rescue")

    assert "How Gdańsk and Sea Rescue are connected" in page
    assert "Harbours" in page


def test_a_name_leads_to_the_address_with_the_key(client, pair):
    response = client.get(in_language("networks:connection", "en"), {"from": "Danzig", "to": "palermo"})

    assert response.status_code == 302
    assert response["Location"] == "/en/networks/connection/?from=gdansk&to=palermo"


@pytest.mark.parametrize(
    "text", ["Gdańsk", "gdansk", "GDANSK", " Danzig ", "Gdańsk (Poland)", "Danzig (Polen)"]
)
def test_names_are_understood_in_every_language(client, text):
    make_city("Gdańsk", name_de="Danzig", country=make_country("Poland", name_de="Polen"))
    make_city("Palermo")

    response = client.get(
        in_language("networks:connection", "en"), {"from": text, "to": "palermo"}, follow=True
    )

    assert "How Gdańsk and Palermo are connected" in response.content.decode()


def test_former_addresses_are_understood(client, pair):
    FormerSlug.objects.create(kind="cities.city", slug="palermo-old", record=pair[1].pk)

    response = client.get(in_language("networks:connection", "en"), {"from": "gdansk", "to": "palermo-old"})

    assert response["Location"].endswith("?from=gdansk&to=palermo")


def test_a_name_that_several_have_is_a_question(client, pair):
    make_city("Frankfurt", slug="frankfurt-main", country=make_country("Hesse"))
    make_city("Frankfurt", slug="frankfurt-oder", country=make_country("Brandenburg"))

    page = ask(client, "gdansk", "Frankfurt")

    assert "Whom do you mean by “Frankfurt”?" in page
    assert 'name="to" value="frankfurt-main"' in page
    assert "Frankfurt (Brandenburg)" in page


def test_the_country_in_brackets_decides(client, pair):
    make_city("Frankfurt", slug="frankfurt-main", country=make_country("Hesse"))
    make_city("Frankfurt", slug="frankfurt-oder", country=make_country("Brandenburg"))

    address = in_language("networks:connection", "en")
    response = client.get(address, {"from": "gdansk", "to": "Frankfurt (Hesse)"})

    assert response["Location"].endswith("to=frankfurt-main")


def test_an_unknown_name_is_told_and_not_found(client, pair):
    page = ask(client, "gdansk", "Atlantis", status=404)

    assert "No municipality or organisation of the directory is called “Atlantis”." in page
    assert 'value="Gdańsk"' in page


@pytest.mark.parametrize("text", ["<b>x</b>", "\0", "?!", "organisation:", "a" * 5000, "Гданьск'--"])
def test_texts_that_are_no_names_are_answered(client, pair, text):
    address = in_language("networks:connection", "en")
    response = client.get(address, {"from": text, "to": "palermo"})

    assert response.status_code in (200, 404)
    assert "<b>x" not in response.content.decode()


def test_the_same_actor_twice_is_refused(client, pair):
    page = ask(client, "gdansk", "Danzig", status=400)

    assert "Both fields name Gdańsk. Name two different ones." in page


@pytest.mark.parametrize("asked", [{}, {"from": "gdansk"}, {"to": "gdansk"}, {"from": "", "to": ""}])
def test_an_open_question_is_only_the_form(client, pair, asked):
    response = client.get(in_language("networks:connection", "en"), asked)

    assert response.status_code == 200
    assert "How are they connected?" in response.content.decode()


def test_what_is_not_public_is_unknown(client, pair):
    make_city("Hidden", status="draft")

    ask(client, "gdansk", "hidden", status=404)


def test_the_year_decides_what_is_shared(client, pair):
    network = make_network("Harbours")
    make_membership(network, pair[0], since=2010, until=2015)
    make_membership(network, pair[1], since=2012)
    make_membership(make_network("Bridges"), pair[0])

    assert "are recorded either" not in ask(client, "gdansk", "palermo", at="2014")
    assert "Of 1 membership it is not known whether it held in 2014" in ask(
        client, "gdansk", "palermo", at="2014"
    )
    assert "No way through others" in ask(client, "gdansk", "palermo", at="2011")
    assert "is no year from 1900" in ask(client, "gdansk", "palermo", at="x")


def test_suggestions_lead_to_the_connection(client, pair):
    address = in_language("networks:actor_names", "en")

    page = client.get(address, {"q": "pal", "field": "to", "from": "gdansk"}).content.decode()

    assert '<a class="search__option" role="option"' in page
    assert 'href="/en/networks/connection/?from=gdansk&amp;to=palermo"' in page
    assert "search__option" not in client.get(address).content.decode()
    assert "search__option" not in client.get(address, {"q": "\0?"}).content.decode()


def test_the_number_of_queries_does_not_grow(client, pair, django_assert_max_num_queries):
    middle = [make_city() for _number in range(4)]
    members(make_network(), pair[0], *middle)
    members(make_network(), pair[1], *middle)
    make_initiative("Boats", cities=[pair[0], middle[0]])

    with django_assert_max_num_queries(6):
        ask(client, "gdansk", "palermo")
    with django_assert_max_num_queries(8):
        ask(client, "gdans", "paler")
    assert Membership.objects.count() == 10


def test_the_page_of_an_organisation_asks_for_a_connection(client):
    page = client.get(make_organisation("Sea Rescue").get_absolute_url()).content.decode()

    assert '<input type="hidden" name="from" value="organisation:sea-rescue">' in page
