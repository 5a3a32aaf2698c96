"""Several lists of facts come in one query."""

from decimal import Decimal

import pytest
from django.utils.translation import override

from cities.models import City, KeyFigure
from networks.models import Network
from publishing.gather import gather
from publishing.languages import Text, texts
from tests.factories import make_city, make_country, make_network, make_profile

pytestmark = pytest.mark.django_db


def test_a_list_keeps_the_order_that_it_asks_for():
    for name in ["Bari", "Aachen", "Cork"]:
        make_city(name)

    lists = gather(
        up=(City.objects.order_by("local_name"), {"slug": "slug"}),
        down=(City.objects.order_by("-local_name"), {"slug": "slug"}),
    )

    assert [row["slug"] for row in lists["up"]] == ["aachen", "bari", "cork"]
    assert [row["slug"] for row in lists["down"]] == ["cork", "bari", "aachen"]


def test_a_list_is_in_the_alphabet_of_the_page():
    country = make_country()
    for name in ["Łódź", "Lublin", "Luzern"]:
        make_city(name, country=country)

    orders = {}
    for language in ["pl", "en"]:
        with override(language):
            rows = gather(cities=(City.objects.alphabetically(), {"slug": "slug"}))["cities"]
            orders[language] = [row["slug"] for row in rows]

    assert orders == {"pl": ["lublin", "luzern", "lodz"], "en": ["lodz", "lublin", "luzern"]}


def test_rows_with_a_date_in_front_of_the_name_keep_their_order():
    for name, founded in [("B", "2016"), ("A", "2016"), ("C", "2020-05"), ("D", "")]:
        make_network(name, founded=founded)

    rows = gather(networks=(Network.objects.order_by("-founded", "sort_name"), {"slug": "slug"}))["networks"]

    assert [row["slug"] for row in rows] == ["c", "a", "b", "d"]


def test_eight_lists_are_one_query(django_assert_num_queries):
    make_city()
    lists = {f"list_{number}": (City.objects.order_by("pk"), {"slug": "slug"}) for number in range(8)}

    with django_assert_num_queries(1):
        gathered = gather(**lists)

    assert list(gathered) == list(lists)
    assert all(len(rows) == 1 for rows in gathered.values())


def test_a_list_without_rows_is_empty():
    make_city("Bari")

    lists = gather(
        networks=(Network.objects.order_by("pk"), {"slug": "slug"}),
        cities=(City.objects.order_by("pk"), {"slug": "slug"}),
    )

    assert lists == {"networks": [], "cities": [{"slug": "bari"}]}


def test_a_limit_goes_inside():
    for name in ["Bari", "Aachen", "Cork"]:
        make_city(name)
    cities = City.objects.order_by("local_name")

    rows = gather(cities=(cities.filter(pk__in=cities.values("pk")[:2]), {"slug": "slug"}))["cities"]

    assert [row["slug"] for row in rows] == ["aachen", "bari"]


def test_texts_come_with_their_language():
    make_network("Harbours")
    make_network("Hubs", name_pl="Węzły")

    with override("pl"):
        rows = gather(networks=(Network.objects.order_by("pk"), texts(name="name")))["networks"]

    assert [row["name"] for row in rows] == [Text("Harbours", "en"), Text("Węzły", "pl")]


def test_lists_of_different_kinds_of_value_do_not_mix():
    make_network("Harbours", founded="2016-06")
    make_profile(
        make_city("Bari", population=1), figures=[{"value": Decimal("25.4"), "share": Decimal("4.1")}]
    )

    lists = gather(
        networks=(Network.objects.order_by("pk"), {"founded": "founded", "country": "country__code"}),
        figures=(KeyFigure.objects.order_by("pk"), {"value": "value", "share": "share", "year": "year"}),
        cities=(City.objects.order_by("pk"), {"population": "population", "latitude": "latitude"}),
    )

    assert lists["networks"] == [{"founded": "2016-06", "country": None}]
    assert lists["figures"] == [{"value": 25.4, "share": 4.1, "year": None}]
    assert lists["cities"] == [{"population": 1, "latitude": None}]


def test_typography_survives():
    typography = '«\u00a0Où\u00a0?\u202f» ’s “A” \\ " % {}'
    make_network(typography)

    rows = gather(networks=(Network.objects.order_by("pk"), texts(name="name")))["networks"]

    assert rows == [{"name": Text(typography, "en")}]
