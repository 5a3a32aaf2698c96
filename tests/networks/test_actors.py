"""The list of all actors: municipalities and organisations under one filter."""

import csv
import json
import re
from collections import Counter
from html import unescape

import pytest
import yaml
from django.conf import settings
from django.http import QueryDict
from django.urls import reverse
from django.utils import translation

from networks.actor_forms import ActorFilterForm
from networks.actors import address_of_key, find, key_of
from publishing.models import FormerSlug
from tests.factories import (
    make_city,
    make_country,
    make_membership,
    make_network,
    make_organisation,
    make_organisation_membership,
)

pytestmark = pytest.mark.django_db


def listed(client, query="", language="en"):
    with translation.override(language):
        response = client.get(f"{reverse('networks:actors')}?{query}")
    assert response.status_code == 200
    return unescape(response.content.decode())


def names(page):
    return re.findall(r'<h3 class="row__title"[^>]*><a [^>]*>(.*?)</a>', page)


def counts(query=""):
    """How many actors each value of the filter would give, without those that give none."""
    return {key: number for key, number in ActorFilterForm(QueryDict(query)).counts.items() if number}


# Keys


def test_an_actor_is_found_by_its_key():
    make_city("Palermo")
    make_organisation("Bridges")

    found = find(["palermo", "organisation:bridges", "nobody"])

    assert {key: actor.name for key, actor in found.items()} == {
        "palermo": "Palermo",
        "organisation:bridges": "Bridges",
    }


def test_a_plain_slug_is_a_municipality_before_it_is_an_organisation():
    make_city("Palermo")
    make_organisation("Palermo")
    make_organisation("Bridges")

    found = find(["palermo", "organisation:palermo", "bridges"])

    assert [actor.kind for actor in found.values()] == ["municipality", "organisation", "organisation"]
    assert found["bridges"].key == "organisation:bridges"


def test_a_former_slug_is_understood():
    city = make_city("Dnipro")
    organisation = make_organisation("Bridges")
    FormerSlug.objects.create(kind="cities.city", slug="dnipropetrovsk", record=city.pk)
    FormerSlug.objects.create(kind="networks.organisation", slug="ponts", record=organisation.pk)

    found = find(["dnipropetrovsk", "organisation:ponts", "ponts"])

    assert [actor.slug for actor in found.values()] == ["dnipro", "bridges", "bridges"]


def test_who_is_not_public_is_not_found():
    city = make_city("Palermo", status="draft")
    FormerSlug.objects.create(kind="cities.city", slug="panormos", record=city.pk)

    assert find(["palermo", "panormos"]) == {}


@pytest.mark.parametrize("key", ["", ":", "organisation:", "a\0b", "../x", "x" * 5000, "network:eccar"])
def test_what_can_be_no_key_names_nobody(key):
    assert find([key]) == {}


def test_a_key_leads_to_the_page():
    organisation = make_organisation("Bridges")

    assert address_of_key(key_of("organisation", "bridges")) == organisation.get_absolute_url()


@pytest.mark.parametrize("keys", [1, 20])
def test_many_actors_are_found_by_as_many_queries_as_one(django_assert_num_queries, keys):
    slugs = [make_city().slug for _number in range(keys)]
    former = make_city()
    FormerSlug.objects.create(kind="cities.city", slug="former", record=former.pk)

    with django_assert_num_queries(3):
        assert len(find([*slugs, "former"])) == keys + 1


# The list


def test_municipalities_and_organisations_stand_in_one_alphabet(client):
    make_city("Łódź")
    make_organisation("Malta House")
    make_city("Lublin")

    page = listed(client, language="pl")

    assert names(page) == ["Lublin", "Łódź", "Malta House"]


def test_a_row_says_what_an_actor_is(client):
    network = make_network()
    city = make_membership(network, make_city("Palermo", country=make_country("Italy"))).city
    make_organisation_membership(network, make_organisation("Bridges", city=city, kind="foundation"))

    page = listed(client)

    assert "<span>Municipality</span><span>Italy</span><span>1 network</span>" in page
    assert "<span>Foundation</span><span>Palermo</span>" in page
    assert "1 municipality" in page
    assert "1 organisation" in page


def test_a_seat_that_is_not_public_is_not_named(client):
    make_organisation("Bridges", city=make_city("Secret town", status="draft", latitude=1, longitude=1))

    page = listed(client)

    assert names(page) == ["Bridges"]
    assert "Secret town" not in page
    assert not [key for facet, key in counts() if key and facet in ("country", "seat")]
    assert names(listed(client, "bbox=-180,-90,180,90")) == []


def test_drafts_stay_hidden(client):
    make_city("Seen")
    make_city("Secret town", status="draft")
    make_organisation("Secret house", status="draft")

    assert names(listed(client)) == ["Seen"]
    assert counts()["kind", "municipality"] == 1
    assert ("kind", "organisation") not in counts()


def test_actors_are_found_by_kind(client):
    make_city("Palermo")
    make_organisation("Bridges")

    assert names(listed(client, "kind=organisation")) == ["Bridges"]
    assert names(listed(client, "kind=organisation&kind=municipality")) == ["Bridges", "Palermo"]


def test_an_organisation_without_a_country_has_that_of_its_seat(client):
    poland = make_country("Poland")
    make_organisation("Bridges", city=make_city("Lublin", country=poland))
    make_organisation("Elsewhere", country=make_country())

    page = listed(client, f"country={poland.code}")

    assert names(page) == ["Bridges", "Lublin"]
    assert page.count("<span>Poland</span>") == 2
    assert "<span>Poland</span>" in listed(client, "kind=organisation")
    assert counts()["country", str(poland.pk)] == 2


def test_network_and_role_are_those_of_one_membership(client):
    ours, theirs = make_network("Ours"), make_network("Theirs")
    both = make_membership(ours, make_city("Founder of theirs")).city
    make_membership(theirs, both, role="founder")
    make_membership(ours, make_city("Founder"), role="founder")
    make_organisation_membership(ours, make_organisation("Founding house"), role="founder")

    assert names(listed(client, "network=ours&role=founder")) == ["Founder", "Founding house"]
    assert counts("network=ours")["role", "founder"] == 2
    assert counts("role=founder")["network", str(theirs.pk)] == 1


def test_who_has_left_is_no_member(client):
    network = make_network("Harbours")
    make_membership(network, make_city("Gone"), until=2019)
    make_organisation_membership(network, make_organisation("Stays"))

    assert names(listed(client, "network=harbours")) == ["Stays"]
    assert counts()["number", "0"] == 1


def test_actors_are_found_by_the_number_of_their_networks(client):
    city, organisation = make_city("Palermo"), make_organisation("Bridges")
    for _number in range(7):
        make_membership(city=city)
    for _number in range(2):
        make_organisation_membership(organisation=organisation)
    make_membership(make_network(status="draft"), make_city("Alone"))

    assert names(listed(client, "number=6")) == ["Palermo"]
    assert names(listed(client, "number=0&number=2")) == ["Alone", "Bridges"]
    assert names(listed(client, "sort=networks")) == ["Palermo", "Bridges", "Alone"]


def test_a_seat_gives_the_municipality_and_who_works_there(client):
    city = make_city("Palermo")
    make_organisation("Bridges", city=city)
    make_organisation("Elsewhere", city=make_city("Roma"))
    make_city("Nobody’s seat")

    assert names(listed(client, "seat=palermo")) == ["Bridges", "Palermo"]
    assert counts()["seat", str(city.pk)] == 2
    assert "Nobody’s seat" not in [
        option["label"] for group in ActorFilterForm(QueryDict()).facet_groups[-1:] for option in group["all"]
    ]


def test_a_text_is_sought_in_both_kinds(client):
    make_city("Palermo", name_de="Palerm")
    make_organisation("Casa di Palermo")
    make_organisation("Bridges")

    assert names(listed(client, "q=palermo")) == ["Casa di Palermo", "Palermo"]


def test_a_part_of_the_map_shows_who_lies_in_it(client):
    make_organisation("Bridges", city=make_city("Palermo", latitude=38, longitude=13))
    make_city("Oslo", latitude=60, longitude=11)

    assert names(listed(client, "bbox=10,35,15,40")) == ["Bridges", "Palermo"]


def test_the_map_shows_seats_and_says_who_is_missing(client):
    make_organisation("Bridges", city=make_city("Palermo", latitude=38, longitude=13))
    make_organisation("Nowhere")

    page = listed(client, "kind=organisation")
    points = json.loads(client.get(reverse("networks:geojson") + "?kind=organisation").content)

    assert "Map of 1 municipality, list follows" in page
    assert "1 more in the list" in page
    assert [point["properties"]["n"] for point in points["features"]] == ["Palermo"]


def test_seats_of_organisations_have_a_frame(client):
    palermo = make_membership(city=make_city("Palermo", latitude=38, longitude=13)).city
    make_organisation("Bridges", city=palermo, country=palermo.country)
    make_organisation("Secret", city=make_city("Oslo", latitude=60, longitude=11), status="draft")

    page = listed(client)

    assert "<title>Palermo (Organisation)</title>" in page
    assert "<title>Oslo</title>" in page
    assert page.count('class="map__frame"') == 1
    assert "data-seat>Organisation</span>" in page
    assert "map__points--seat" in page
    drawn = client.get(reverse("networks:map")).content.decode()
    assert re.search(r'id="seat"[^>]* d="M\d+ \d+h1"', drawn)
    marks = {
        feature["properties"]["n"]: feature["properties"].get("m")
        for feature in json.loads(client.get(reverse("networks:geojson")).content)["features"]
    }
    assert marks == {"Palermo": 8, "Oslo": None}


def test_seats_of_others_than_those_listed_have_no_frame(client):
    make_organisation("Bridges", kind="ngo", city=make_city("Palermo", latitude=38, longitude=13))

    page = listed(client, "kind=municipality")

    assert "data-seat" not in page
    assert "map__points--seat" not in page
    assert (
        'd="M'
        not in client.get(reverse("networks:map") + "?kind=municipality")
        .content.decode()
        .split('id="seat"')[1]
        .split("/>")[0]
    )


def test_a_seat_among_members_has_the_mark_and_the_frame(client):
    network = make_network("Harbours")
    palermo = make_membership(network, make_city("Palermo", latitude=38, longitude=13)).city
    make_organisation_membership(network, make_organisation("Bridges", city=palermo))

    page = listed(client, "network=harbours")

    assert "<title>Palermo (Organisation)</title>" in page
    assert 'class="map__mark map__mark--1"' in page
    assert 'class="map__frame"' in page


def test_points_of_a_year_are_those_of_its_members(client):
    network = make_network("Harbours")
    for name, years in [("Then", (2010, 2015)), ("Now", (2020, None)), ("Open", (None, None))]:
        city = make_city(name, latitude=50, longitude=10)
        make_membership(network, city, since=years[0], until=years[1])

    address = f"{reverse('networks:geojson')}?kind=municipality&network=harbours"
    found = {
        query: {
            feature["properties"]["n"]: feature["properties"].get("m")
            for feature in json.loads(client.get(f"{address}{query}").content)["features"]
        }
        for query in ["", "&at=2012"]
    }

    assert found == {"": {"Now": 1, "Open": 1}, "&at=2012": {"Then": 1}}
    assert client.get(f"{address}&at=soon").status_code == 400


def test_wrong_values_are_named_and_the_rest_holds(client):
    make_organisation("Bridges")

    page = listed(client, "kind=organisation&role=king&number=many&seat=atlantis&bbox=x")

    assert names(page) == ["Bridges"]
    for value in ["king", "many", "atlantis", "x"]:
        assert f"“{value}”" in page


def test_nothing_found_names_the_ways_out(client):
    make_city("Palermo")

    page = listed(client, "q=palermo&kind=organisation")

    assert "Without “Organisation”: 1 result" in page


@pytest.mark.parametrize("records", [1, 60])
def test_the_list_asks_four_queries(client, django_assert_num_queries, records):
    for _number in range(records):
        network = make_network()
        city = make_membership(network, make_city(latitude=50, longitude=10)).city
        make_organisation_membership(network, make_organisation(city=city))

    with django_assert_num_queries(4):
        listed(client)


@pytest.mark.usefixtures("content")
def test_counts_of_the_whole_content_are_those_of_the_files():
    with (settings.BASE_DIR / "fixtures/memberships.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if not row["until"]]
    organisations = yaml.safe_load((settings.BASE_DIR / "fixtures/organisations.yaml").read_text())
    belongs = [(row["network"], row["municipality"], row["role"]) for row in rows]
    belongs += [
        (network, f"organisation:{organisation['slug']}", "member")
        for organisation in organisations
        for network in organisation["networks"] or []
    ]
    form = ActorFilterForm(QueryDict())
    keys = {str(option["pk"]): option["key"] for option in form.options["network"]}

    by_network = {keys[key]: number for (facet, key), number in form.counts.items() if facet == "network"}
    by_role = {key: number for (facet, key), number in form.counts.items() if facet == "role"}
    by_number = {key: number for (facet, key), number in form.counts.items() if facet == "number"}

    assert by_network == Counter(network for network, _actor, _role in belongs)
    assert by_role == Counter(role for _actor, role in {(actor, role) for _network, actor, role in belongs})
    numbers = Counter(str(min(number, 6)) for number in Counter(actor for _n, actor, _r in belongs).values())
    assert {key: number for key, number in by_number.items() if key != "0"} == numbers
