"""Where the nodes of the graph lie: nothing overlaps, kin lies near kin, and what was there stays where it was."""

import math
import random
from statistics import median

import pytest

from networks.layout import HUB, SPACING, Node, completed, lay_out


def invented(actors=300, networks=20, seed=1):
    """Who belongs to what: most to one network, few to many."""
    chance = random.Random(seed)
    names = [f"network:{number}" for number in range(networks)]
    return {
        f"actor-{number}": set(chance.sample(names, min(int(chance.expovariate(0.8)) + 1, networks)))
        for number in range(actors)
    }


def places_of(nodes, networks):
    return [node[:2] for key, node in nodes.items() if key.startswith("network:") is networks]


def distance(nodes, one, other):
    return math.dist(nodes[one][:2], nodes[other][:2])


def moves(before, after):
    """How far each node has moved, in the distance that two actors keep."""
    return [math.dist(before[key][:2], after[key][:2]) / SPACING for key in before if key in after]


def test_each_actor_in_a_network_and_each_network_has_a_place():
    memberships = invented() | {"alone": set()}

    nodes = lay_out(memberships)

    assert set(nodes) == (set(memberships) | set().union(*memberships.values())) - {"alone"}


def test_no_two_nodes_lie_on_each_other():
    nodes = lay_out(invented())
    actors, networks = places_of(nodes, networks=False), places_of(nodes, networks=True)

    assert min(math.dist(a, b) for n, a in enumerate(actors) for b in actors[:n]) > 0.85 * SPACING
    assert min(math.dist(a, b) for a in actors for b in networks) > 0.85 * HUB
    assert min(math.dist(a, b) for n, a in enumerate(networks) for b in networks[:n]) > 2 * HUB


def test_networks_that_share_members_lie_nearer_than_those_that_share_none():
    memberships = {f"both-{n}": {"network:a", "network:b"} for n in range(20)}
    memberships |= {f"other-{n}": {"network:c"} for n in range(20)}

    nodes = lay_out(memberships)

    near = distance(nodes, "network:a", "network:b")
    assert near < distance(nodes, "network:a", "network:c")
    assert near < distance(nodes, "network:b", "network:c")


def test_an_actor_in_one_network_lies_beside_it():
    memberships = invented()

    nodes = lay_out(memberships)

    for actor, networks in memberships.items():
        if len(networks) == 1:
            nearest = min(
                (key for key in nodes if key.startswith("network:")),
                key=lambda key: distance(nodes, actor, key),
            )
            assert distance(nodes, actor, *networks) < distance(nodes, actor, nearest) + 5 * SPACING


def test_the_same_memberships_give_the_same_places():
    assert lay_out(invented()) == lay_out(invented())


def test_what_has_not_changed_stays_where_it_was():
    memberships = invented()
    before = lay_out(memberships)

    after = lay_out(memberships, before)

    assert max(moves(before, after)) < 0.3


def test_one_new_membership_moves_hardly_anybody():
    memberships = invented()
    before = lay_out(memberships)
    changed = memberships | {"actor-7": {*memberships["actor-7"], "network:3", "network:11"}}

    after = lay_out(changed, before)

    others = [key for key in before if key != "actor-7"]
    moved = moves({key: before[key] for key in others}, after)
    assert median(moved) < 0.3
    assert sum(move > 1 for move in moved) < len(moved) / 20


def test_a_new_network_with_new_members_moves_the_others_little():
    memberships = invented()
    before = lay_out(memberships)
    changed = memberships | {f"new-{n}": {"network:new", f"network:{n}"} for n in range(10)}

    after = lay_out(changed, before)

    assert median(moves(before, after)) < 1


def test_whoever_has_left_leaves_the_others_where_they_were():
    memberships = invented()
    before = lay_out(memberships)
    fewer = {actor: networks for actor, networks in memberships.items() if not actor.endswith("3")}

    after = lay_out(fewer, before)

    assert not set(after) & (set(memberships) - set(fewer))
    assert median(moves(before, after)) < 0.5


@pytest.mark.parametrize(
    "memberships",
    [
        {},
        {"a": set()},
        {"a": {"network:x"}},
        {"a": {"network:x", "network:y"}},
        {"a": {"network:x"}, "b": {"network:y"}},
    ],
)
def test_few_nodes_have_places_too(memberships):
    nodes = lay_out(memberships)

    assert all(math.isfinite(value) for node in nodes.values() for value in node)
    assert len({node[:2] for node in nodes.values()}) == len(nodes)


def test_progress_goes_from_nothing_to_all():
    shares = []

    lay_out(invented(), report=shares.append)

    assert shares == sorted(shares)
    assert shares[-1] == 1


def test_who_has_joined_since_is_put_beside_its_networks_and_moves_nobody():
    memberships = invented()
    nodes = lay_out(memberships)
    joined = memberships | {"late": {"network:5"}}

    places = completed(nodes, joined)

    assert all(places[key] == node[:2] for key, node in nodes.items())
    assert math.dist(places["late"], places["network:5"]) < 4 * HUB


def test_a_network_founded_since_is_put_among_its_members():
    nodes = {"a": Node(0, 0), "b": Node(100, 0)}

    places = completed(nodes, {"a": {"network:new"}, "b": {"network:new"}})

    assert places["network:new"] == (50, 0)


def test_without_a_stored_layout_everybody_has_a_place_of_its_own():
    memberships = invented()

    places = completed({}, memberships)

    assert len(set(places.values())) == len(places)
