"""What the page of a network says of its members: how it grew, where and how large they are, what held in a year."""

import re
from html import unescape

import pytest
from django.urls import reverse

from networks import charts
from tests.factories import (
    make_city,
    make_country,
    make_membership,
    make_network,
    make_organisation,
    make_organisation_membership,
)

NOW = 2026


def row(since=None, until=None):
    return {"since": since, "until": until}


def shown(client, network, query=""):
    response = client.get(f"{network.get_absolute_url()}?{query}")
    assert response.status_code == 200
    return " ".join(unescape(response.content.decode()).split())


# Pictures as plain data


def test_members_are_counted_by_year():
    growth = charts.growth([row(2020), row(2020, 2022), row(2024), row(), row(None, 2021)], NOW)

    assert growth.years == [(2020, 2, 0, 2), (2022, 0, 1, 2), (2024, 1, 0, 2)]
    assert (growth.first, growth.last, growth.most) == (2020, NOW, 2)
    assert (growth.known, growth.unknown) == (3, 2)


def test_each_year_has_its_column():
    growth = charts.growth([row(2024), row(2025)], NOW)

    assert [(column.x, column.height) for column in growth.columns] == [
        ("0.1", "50.0"),
        ("1.1", "100.0"),
        ("2.1", "100.0"),
    ]


@pytest.mark.parametrize("rows", [[], [row()], [row(2090)], [row(None, 2019)]])
def test_a_network_of_which_no_year_is_known_has_no_years(rows):
    growth = charts.growth(rows, NOW)

    assert growth.years == []
    assert growth.unknown == len(rows)


def test_countries_beyond_the_tenth_are_one_bar():
    members = [
        {"country_code": f"C{number}", "country": type("T", (), {"value": f"Country {number:02}"})}
        for number in range(12)
        for _member in range(12 - number)
    ]

    bars = charts.bars_of_countries(members, "Others")

    assert [bar.number for bar in bars] == [12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 3]
    assert (bars[0].width, bars[-1].label, bars[-1].key) == ("100.0%", "Others", "")


def test_all_other_countries_together_do_not_dwarf_each_single_one():
    members = [
        {"country_code": f"C{number:02}", "country": type("T", (), {"value": f"Country {number:02}"})}
        for number in range(30)
    ]

    bars = charts.bars_of_countries(members, "Others")

    assert {bar.width for bar in bars[:-1]} == {"100.0%"}
    assert (bars[-1].number, bars[-1].width) == (20, "")


def test_sizes_go_from_small_to_large():
    members = [{"population": people} for people in [None, 600_000, 5_000, 5_001]]

    bars = charts.bars_of_sizes(members)

    assert [(bar.key, bar.number) for bar in bars] == [
        ("under-20000", 2),
        ("over-500000", 1),
        ("not-known", 1),
    ]


def test_memberships_lie_on_one_line_of_years():
    spans, first = charts.spans([row(2017), row(2022, 2023), row(None, 2019), row()], NOW)

    assert first == 2017
    assert spans == [("0.0%", "100.0%", False), ("50.0%", "20.0%", False), ("0.0%", "30.0%", True), None]


# The page


@pytest.mark.django_db
def test_the_page_says_how_the_network_grew(client):
    network = make_network()
    make_membership(network, since=2020)
    make_organisation_membership(network, since=2021)
    make_membership(network)

    page = shown(client, network)

    assert '<tr><th scope="row">2021</th><td class="number">1</td><td class="number">0</td>' in page
    assert "Since when 1 more member has belonged to it is not known" in page


@pytest.mark.django_db
@pytest.mark.parametrize(("years", "is_drawn"), [([2015, 2020], False), ([2015, 2018, 2020], True)])
def test_growth_is_drawn_before_the_members_where_there_is_something_to_look_at(client, years, is_drawn):
    network = make_network()
    for year in years:
        make_membership(network, since=year)

    page = shown(client, network)

    assert ('class="growth__picture"' in page) is is_drawn
    assert (page.index('<h2 id="growth">') < page.index('<h2 id="members">')) is is_drawn


@pytest.mark.django_db
def test_years_that_nobody_knows_are_said_to_be_unknown(client):
    network = make_network()
    make_membership(network)

    page = shown(client, network)

    assert "Since when its members have belonged to it is not known." in page
    assert 'id="at"' not in page


@pytest.mark.django_db
@pytest.mark.parametrize("year", [2010, 2020])
def test_who_founded_a_network_is_the_same_in_every_year(client, year):
    network = make_network("Harbours")
    make_membership(network, make_city("Palermo"), role="founder", since=2004, until=2015)
    make_membership(network, make_city("Gdańsk"), role="founder")

    page = shown(client, network, f"at={year}")

    founders = re.search(r"<dt>Founding members</dt>(.*?)</div>", page)[1]
    assert ">Palermo</a>" in founders
    assert ">Gdańsk</a>" in founders


@pytest.mark.django_db
def test_founders_and_secretariat_are_named_with_their_doubts(client):
    network = make_network()
    make_membership(network, make_city("Palermo"), role="founder", verified=False)
    make_organisation_membership(network, make_organisation("Bridges"), role="secretariat")

    page = shown(client, network)

    founders = re.search(r"<dt>Founding members</dt>(.*?)</div>", page)[1]
    assert ">Palermo</a>" in founders
    assert "not confirmed" in founders
    assert ">Bridges</a>" in re.search(r"<dt>Secretariat</dt>(.*?)</div>", page)[1]


@pytest.mark.django_db
def test_an_organisation_has_role_years_and_doubt(client):
    network = make_network()
    make_organisation_membership(
        network, make_organisation("Bridges"), role="founder", since=2004, until=2019, verified=False
    )

    page = shown(client, network)

    assert "<span>Founding member</span><span>2004–2019</span>" in page
    assert '<span class="unconfirmed">not confirmed</span>' in page


@pytest.mark.django_db
def test_in_a_year_the_page_lists_who_belonged_then(client):
    network = make_network()
    make_membership(network, make_city("Since long"), since=2004)
    make_membership(network, make_city("Left later"), since=2004, until=2021)
    make_membership(network, make_city("Came later"), since=2022)
    make_membership(network, make_city("Nobody knows"))

    page = shown(client, network, "at=2019")

    assert "2 municipalities in 2 countries are recorded as members in 2019." in page
    assert "Of 1 membership it is not known whether it held in 2019" in page
    assert ">Since long<" in page
    assert ">Left later<" in page
    assert ">Came later<" not in page
    assert ">Nobody knows<" not in page


@pytest.mark.django_db
@pytest.mark.parametrize("year", ["1066", "next", "99999", "%00"])
def test_a_year_that_is_none_is_named_and_the_present_shown(client, year):
    network = make_network()
    make_membership(network, make_city("Palermo"))

    page = shown(client, network, f"at={year}")

    assert "is no year from 1900" in page
    assert ">Palermo<" in page


@pytest.mark.django_db
def test_bars_lead_to_the_lists_with_the_same_numbers(client):
    network = make_network("Harbours")
    italy = make_country("Italy", "IT")
    for country in [italy, italy, make_country()]:
        make_membership(network, make_city(country=country, population=5000))
    make_membership(network, make_city(country=italy), until=2019)

    page = shown(client, network)
    address = f"{reverse('networks:actors')}?kind=municipality&network=harbours&country=IT"

    assert f'<a href="{address}">Italy</a>' in page
    assert "<strong>2</strong> actors" in client.get(address).content.decode()


# The list of networks


@pytest.mark.django_db
def test_the_list_of_a_year_counts_the_members_of_that_year(client):
    network = make_network("Harbours", founded="2004-06")
    make_network("Not yet", founded="2020")
    make_membership(network, since=2004)
    make_membership(network, since=2022)
    make_membership(network)
    make_organisation_membership(network, since=2010)

    page = client.get(f"{reverse('networks:list')}?at=2019").content.decode()

    assert "<span>1 municipality</span><span>1 organisation</span>" in page
    assert "Not yet" not in page
    assert "Of 1 membership it is not known whether it held in 2019" in page


@pytest.mark.django_db
def test_a_year_that_is_none_leaves_the_list_as_it_is(client):
    make_network("Harbours")

    page = client.get(f"{reverse('networks:list')}?at=soon").content.decode()

    assert "Harbours" in page
    assert "“soon” is no year" in page
