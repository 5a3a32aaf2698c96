"""Networks by networks: how many members they share."""

import re

import networkx
import pytest

from networks.models import Network
from networks.overlap import Matrix, by_overlap_with
from publishing.addresses import in_language
from tests.factories import make_city, make_membership, make_network, make_organisation
from tests.networks.webs import graph_of, made_up

pytestmark = pytest.mark.django_db


def page(client, query="", status=200, **kwargs):
    name = "networks:shared_members" if kwargs else "networks:overlap"
    response = client.get(in_language(name, "en", **kwargs) + query)
    assert response.status_code == status
    return response.content.decode()


def network_with(name, *cities, **fields):
    network = make_network(name, **fields)
    for city in cities:
        make_membership(network, city)
    return network


def assert_exact(members):
    """The matrix says what networkx finds: the number of common neighbours of two networks."""
    graph = graph_of(members)
    pairs = list(Matrix(members, list(members)).pairs())
    assert len(pairs) == len(members) * (len(members) - 1) / 2
    for pair in pairs:
        assert pair.shared == len(set(networkx.common_neighbors(graph, pair.first, pair.second)))
        assert (pair.first_members, pair.second_members) == (
            graph.degree[pair.first],
            graph.degree[pair.second],
        )


@pytest.mark.parametrize("seed", range(12))
def test_the_overlap_of_made_up_networks_is_exact(seed):
    assert_exact(made_up(seed))


def test_related_networks_stand_side_by_side():
    members = {
        "a": {"1", "2", "3", "4"},
        "x": {"7", "8", "9"},
        "b": {"1", "2", "3"},
        "y": {"7", "8"},
        "c": {"2", "3", "4"},
    }

    order = "".join(Matrix(members, sorted(members)).grouped())

    assert order in {"".join(one) for one in networkx.utils.flatten([[order]])}
    assert {order.index("x"), order.index("y")} in ({0, 1}, {3, 4})
    assert members[order[0]] >= members[order[-1]] or len(members[order[0]]) >= len(members[order[-1]])


def test_the_others_are_ordered_by_what_they_share_with_one():
    members = {"a": {"1", "2"}, "b": {"1", "2", "3", "4"}, "c": {"1", "5"}, "d": {"9"}}

    assert by_overlap_with("a", Matrix(members, list(members))) == ["a", "b", "c", "d"]


def test_a_cell_states_the_number_and_the_share_of_the_smaller(client):
    shared, others = make_city("Shared"), [make_city() for _number in range(3)]
    network_with("Harbours", shared, others[0])
    network_with("Bridges", shared, others[1], others[2])

    html = page(client)

    assert (
        '<td class="overlap__4"><a href="/en/networks/overlap/bridges/harbours/">1 <small>50%</small></a></td>'
        in html
    )
    assert '<td class="overlap__self">3</td>' in html


def test_organisations_are_members_too(client):
    network, other = make_network("Harbours"), make_network("Bridges")
    make_organisation("Sea Rescue", networks=[network, other])

    assert "Sea Rescue" in page(client, first="harbours", second="bridges")


def test_a_network_without_members_has_no_row(client):
    network_with("Harbours", make_city())
    make_network("Nobody")

    assert "Nobody" not in page(client)


def test_nothing_recorded_is_said(client):
    assert "No membership is recorded for this choice." in page(client)


def test_only_the_largest_are_on_the_page_and_all_in_the_file(client):
    cities = [make_city() for _number in range(3)]
    for number in range(41):
        network_with(f"Network number {number:02}", *cities[: 1 if number == 7 else 2])

    html = page(client)

    assert "The table compares the 40 largest of 41 networks." in html
    assert "Network number 07" not in html
    rows = client.get(in_language("networks:overlap_csv", "en")).content.decode().splitlines()
    assert len(rows) == 1 + 41 * 40 / 2


def test_the_year_decides_who_is_counted(client):
    city, network, other = make_city(), make_network("Harbours"), make_network("Bridges")
    make_membership(network, city, since=2010)
    make_membership(other, city, since=2020)
    make_membership(other, make_city(), since=2010)
    make_membership(other, make_city())

    assert "1 <small>100%</small>" in page(client)
    html = page(client, "?at=2015")
    assert "<small>" not in html
    assert "Of 1 membership it is not known whether it held in 2015; it is not counted." in html


def test_wrong_values_are_ignored_and_named(client):
    network_with("Harbours", make_city())

    html = page(client, "?kind=x&sort=y&at=z")

    assert "“x” is no value of the filter “Kind” and was ignored." in html
    assert "“y” is no value of the filter “Sort by” and was ignored." in html
    assert "“z” is no year from 1900" in html
    assert "Harbours" in html


def test_a_file_of_a_year_that_is_none_is_refused(client):
    network_with("Harbours", make_city())

    answer = client.get(in_language("networks:overlap_csv", "en") + "?at=<b>")

    assert answer.status_code == 400
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert re.fullmatch(r"“<b>” is no year from 1900 to \d{4}\.", answer.content.decode())


def test_the_kind_narrows_the_table(client):
    city = make_city()
    network_with("Harbours", city)
    network_with("Bridges", city, kind="campaign")

    html = page(client, "?kind=campaign")

    assert "Bridges" in html
    assert 'class="overlap__self">1<' in html
    assert ">Harbours<" not in html


@pytest.mark.parametrize(
    ("first", "second"), [("harbours", "harbours"), ("harbours", "nobody"), ("x", "harbours")]
)
def test_members_of_two_networks_need_two_networks(client, first, second):
    network_with("Harbours", make_city())

    page(client, first=first, second=second, status=404)


def test_the_number_of_queries_does_not_grow(client, django_assert_max_num_queries):
    cities = [make_city() for _number in range(8)]
    for number in range(8):
        network_with(f"Network number {number}", *cities)
    first, second = Network.objects.values_list("slug", flat=True)[:2]

    with django_assert_max_num_queries(4):
        page(client)
    with django_assert_max_num_queries(4):
        page(client, first=first, second=second)
