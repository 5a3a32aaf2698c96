"""What the pages say of ties, over the whole content, against what the plain files and networkx say."""

import csv
import math
import re
from io import StringIO
from itertools import combinations

import networkx
import pytest

from cities.models import City
from networks.connection import MOST_WAYS, shared, shortest_ways
from networks.overlap import Matrix
from networks.ties import web
from publishing.addresses import in_language
from tests.networks.webs import graph_of, made_up, members_in_files, municipalities_of, web_of

pytestmark = pytest.mark.django_db
with_content = pytest.mark.usefixtures("content")


def networks_only(members):
    return {group: actors for group, actors in members.items() if group.startswith("network:")}


@with_content
def test_the_whole_content_has_the_ties_of_its_files():
    found = web()

    assert {group: set(members) for group, members in found.members.items()} == members_in_files()
    assert set(found.actors) == {tie.actor for tie in found.ties}
    assert {tie.group for tie in found.ties} <= set(found.groups)


# Overlap


def assert_overlap_is_exact(members):
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
    assert_overlap_is_exact(made_up(seed))


def test_the_overlap_of_the_plain_files_is_exact():
    assert_overlap_is_exact(networks_only(members_in_files()))


@with_content
def test_the_file_of_the_overlap_says_what_the_plain_files_say(client):
    members = networks_only(members_in_files())

    answer = client.get(in_language("networks:overlap_csv", "en")).content.decode()

    rows = list(csv.DictReader(StringIO(answer)))
    assert {frozenset((row["first"], row["second"])): int(row["shared_members"]) for row in rows} == {
        frozenset(key.removeprefix("network:") for key in pair): len(members[pair[0]] & members[pair[1]])
        for pair in combinations(members, 2)
    }
    for row in rows:
        smaller = min(int(row["first_members"]), int(row["second_members"]))
        share = int(row["shared_members"]) / smaller
        assert float(row["share_of_the_smaller"]) == pytest.approx(share, abs=6e-5)


@with_content
def test_every_cell_leads_to_exactly_the_members_that_it_counts(client):
    members = networks_only(members_in_files())
    page = client.get(in_language("networks:overlap", "en")).content.decode()
    cells = re.findall(r'<a href="/en/networks/overlap/([\w-]+)/([\w-]+)/">(\d+) ', page)
    assert len(cells) > 100

    for first, second, number in cells[::41]:
        expected = members[f"network:{first}"] & members[f"network:{second}"]
        listed = client.get(in_language("networks:shared_members", "en", first=first, second=second))
        assert {row["actor"].key for row in listed.context["rows"]} == expected
        assert len(expected) == int(number)


# Connection


def best_ways(graph, groups, first, second):
    """The shortest ways as networkx finds them all, as lists of actors, with the product of the rarest groups' sizes."""
    cost = {}
    for way in networkx.all_shortest_paths(graph, first, second):
        actors = tuple(way[::2])
        product = sum(math.log(graph.degree[group]) for group in way[1::2])
        cost[actors] = min(product, cost.get(actors, math.inf))
    return sorted((round(value, 9), actors) for actors, value in cost.items())


def assert_ways_are_exact(members, pairs):
    graph, ties = graph_of(members), web_of(members)
    for first, second in pairs:
        common = {group for group in members if {first, second} <= members[group]}
        assert set(shared(ties, first, second)) == common
        found = shortest_ways(ties, first, second)
        if not networkx.has_path(graph, first, second):
            assert found == []
            continue
        expected = best_ways(graph, members, first, second)
        assert [len(way) for way in found] == [len(expected[0][1])] * min(len(expected), MOST_WAYS)
        costs = {actors: value for value, actors in expected}
        assert [costs[tuple(way)] for way in found] == [value for value, _actors in expected][:MOST_WAYS]
        assert len({tuple(way) for way in found}) == len(found)


@pytest.mark.parametrize("seed", range(12))
def test_the_ways_through_made_up_networks_are_the_shortest_and_rarest(seed):
    members = made_up(seed, actors=80, groups=25, ties=110)
    actors = sorted({actor for group in members.values() for actor in group})
    assert_ways_are_exact(members, list(combinations(actors, 2))[:: len(actors) // 3])


def test_the_ways_through_the_plain_files_are_the_shortest_and_rarest():
    members = members_in_files()
    actors = sorted({actor for group in members.values() for actor in group})
    assert_ways_are_exact(members, list(combinations(actors, 2))[::9001])


# Peers


@with_content
@pytest.mark.parametrize("slug", ["gdansk", "palermo", "athens", "aachen"])
def test_the_municipalities_most_alike_are_those_of_networkx(client, slug):
    members = networks_only(members_in_files())
    graph = graph_of(members)
    cities = municipalities_of(members)
    others = {city for group in cities.values() if slug in group for city in group} - {slug}
    measured = networkx.adamic_adar_index(graph, [(slug, other) for other in others])
    likeness = {other: value for _slug, other, value in measured}

    answer = client.get(in_language("networks:peers", "en", slug=slug))

    form = answer.context["form"]
    assert form.total == len(likeness)
    found = {city.slug: city.closeness / 1_000_000 for city in form.alike()}
    assert found == pytest.approx(likeness, abs=1e-5)
    shown = [likeness[row["slug"]] for row in answer.context["peers"]]
    assert shown == pytest.approx(sorted(likeness.values(), reverse=True)[: len(shown)], abs=1e-5)


@with_content
def test_the_networks_of_the_most_alike_are_counted_exactly(client):
    members = municipalities_of(networks_only(members_in_files()))
    own = {group for group in members if "gdansk" in members[group]}

    answer = client.get(in_language("networks:peers", "en", slug="gdansk"))

    nearest = {row["slug"] for row in answer.context["peers"][:20]}
    missed = {f"network:{row['slug']}": row["peers"] for row in answer.context["missed"]}
    expected = {group: len(members[group] & nearest) for group in members if group not in own}
    assert missed == {group: expected[group] for group in missed}
    assert sorted(missed.values(), reverse=True) == sorted(filter(None, expected.values()), reverse=True)[:8]


@with_content
def test_the_counts_of_the_facets_of_peers_are_exact(client):
    members = municipalities_of(networks_only(members_in_files()))
    peers = {city for group in members.values() if "gdansk" in group for city in group} - {"gdansk"}
    country = dict(City.objects.values_list("slug", "country__code"))

    form = client.get(in_language("networks:peers", "en", slug="gdansk")).context["form"]

    group = next(group for group in form.facet_groups if group["name"] == "country")
    for option in group["options"]:
        assert option["count"] == sum(country[city] == option["key"] for city in peers)
