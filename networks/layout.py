"""Where the nodes of the graph of networks lie: computed from who belongs to what, and kept from one time to the next.

Networks that share many members lie near each other. An actor lies among its networks, nearest to the smallest of them;
those that belong to one network only lie around it. Nothing overlaps. Whoever has found a place in the picture finds it
again: what has not changed starts from where it was and is moved only as far as its neighbours push it.

The networks are placed by stress majorisation (Gansner, Koren, North 2004, "Graph Drawing by Stress Majorization"),
then the actors among them. Nodes are keys, coordinates are units of the picture.
"""

import math
import zlib
from itertools import combinations
from typing import NamedTuple

import numpy as np
from scipy.spatial import cKDTree

SPACING = 10.0  # between the middles of two actors
HUB = 18.0  # between the middles of a network and of an actor
APART = 60.0  # between the members of two networks that share none
ROOMY = 1.35  # how much farther apart networks lie than their members need
DISC = 0.6  # the radius of a disc of so many actors, in spacings, for the root of their number
GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))
STEPS = 400  # of bringing the networks into place, at most
STILL = 1e-4  # of the stress: what a step has to bring
HOLD = 200.0  # how much harder than all others together a network is held by the place where it was
ROUNDS = 1200  # of pushing actors apart, at most
PULLED = 120  # in the first of them new actors are drawn back to where they start, ever more weakly
PULL = 0.03  # of the way, in the first round
FILLED = 0.6  # the share of a full area that actors take
GENTLY = 0.8  # of a push
SETTLED = 0.04  # of the spacing: a push that nobody sees


class Node(NamedTuple):
    """Where a node lies, and a mark of the networks that it lay among when it was placed there."""

    x: float
    y: float
    mark: int = 0


def lay_out(memberships, before=None, report=lambda share: None):
    """The place of each network and each actor: {key: Node}.

    `memberships` are the networks of each actor, as sets of keys; an actor in none has no place. `before` is what this
    function gave before, or nothing; `report` is told which share of the work is done.
    """
    before = before or {}
    members = members_of(memberships)
    hubs = place_networks(members, memberships, before)
    report(0.2)
    if not hubs:
        return {}
    actors = sorted(actor for actor, networks in memberships.items() if networks)
    starts, free = starting_places(actors, memberships, hubs, members, before)
    middles = np.array(list(hubs.values()))
    places = push_apart(starts, free, middles, lambda share: report(0.2 + 0.8 * share))
    report(1)
    nodes = {network: Node(round(x, 1), round(y, 1)) for network, (x, y) in hubs.items()}
    for actor, (x, y) in zip(actors, places, strict=True):
        nodes[actor] = Node(round(float(x), 1), round(float(y), 1), mark(memberships[actor]))
    return nodes


def completed(nodes, memberships):
    """The places of `nodes` and, at once and without moving any of them, of whoever has none yet: {key: (x, y)}.

    A network is put among its members, an actor beside its networks, as near as it would be put for good.
    """
    members = members_of(memberships)
    places = {key: tuple(node[:2]) for key, node in nodes.items()}
    rim = max((math.hypot(*place) for place in places.values()), default=0)
    for number, network in enumerate(network for network in members if network not in nodes):
        around = [nodes[actor][:2] for actor in members[network] if actor in nodes]
        reach = rim + HUB + 2 * APART * math.sqrt(number)
        places[network] = tuple(np.mean(around, axis=0)) if around else spiral(number, reach)
    turns = {}
    for actor in sorted(memberships):
        networks = memberships[actor]
        if networks and actor not in places:
            places[actor] = beside(wish(networks, places, members), len(networks), turns)
    return places


def spiral(turn, reach):
    """A place that far from the middle; the places of all turns lie as the seeds of a sunflower."""
    return reach * math.cos(turn * GOLDEN_ANGLE), reach * math.sin(turn * GOLDEN_ANGLE)


def beside(wished, networks, turns):
    """A place around the one wished for, of an actor in so many networks; `turns` counts who wished for it before."""
    turn = turns[wished] = turns.get(wished, 0) + 1
    around = HUB**2 if networks == 1 else 0
    x, y = spiral(turn, math.sqrt(around + DISC**2 * SPACING**2 * turn))
    return wished[0] + x, wished[1] + y


def members_of(memberships):
    """The actors of each network: {network: [actor, …]}, all in the order of their keys."""
    members = {}
    for actor in sorted(memberships):
        for network in memberships[actor]:
            members.setdefault(network, []).append(actor)
    return dict(sorted(members.items()))


def mark(networks):
    """A number that is another one for other networks."""
    return zlib.crc32("\n".join(sorted(networks)).encode())


# Networks


def place_networks(members, memberships, before):
    """The place of each network: the farther from another, the fewer members they share and the more they have."""
    networks = list(members)
    if len(networks) < 2:
        return dict.fromkeys(networks, (0.0, 0.0))
    wanted = distances(members, memberships)
    starts = first_places(networks, members, wanted, before)
    places = majorised(starts, wanted, [network in before for network in networks])
    for _round in range(ROUNDS):
        pushes = pushes_among(places, 2 * HUB + SPACING)
        if np.abs(pushes).max() < SETTLED * SPACING:
            break
        places = places + pushes
    return {network: (float(x), float(y)) for network, (x, y) in zip(networks, places, strict=True)}


def distances(members, memberships):
    """How far any two networks should lie apart, as a matrix."""
    own, between, shared = shares(members, memberships)
    sizes = np.array([len(actors) for actors in members.values()])
    rim = np.maximum(HUB, np.sqrt((HUB / 2) ** 2 + DISC**2 * SPACING**2 * own))
    smaller = np.minimum.outer(sizes, sizes)
    wanted = rim[:, None] + rim[None, :] + 2 * DISC * SPACING * np.sqrt(between)
    wanted = ROOMY * (wanted + APART * (1 - shared / smaller))
    np.fill_diagonal(wanted, 0)
    return wanted


def shares(members, memberships):
    """How many members each network has for itself, how many belong just to each two, and to each two among others."""
    numbers = {network: number for number, network in enumerate(members)}
    own = np.zeros(len(members))
    between, shared = (np.zeros((len(members), len(members))) for _matrix in range(2))
    for networks in memberships.values():
        held = sorted(numbers[network] for network in networks)
        if len(held) == 1:
            own[held[0]] += 1
        for first, second in combinations(held, 2):
            shared[first, second] += 1
            shared[second, first] += 1
        if len(held) == 2:
            between[held[0], held[1]] += 1
            between[held[1], held[0]] += 1
    return own, between, shared


def first_places(networks, members, wanted, before):
    """Where the networks start: where they were; a new one among its members; all of them anew if none was there."""
    if not any(network in before for network in networks):
        return scaled(wanted)
    rim = max(math.hypot(*before[network][:2]) for network in networks if network in before)
    places = []
    for number, network in enumerate(networks):
        around = [before[actor][:2] for actor in members[network] if actor in before]
        if network in before:
            places.append(before[network][:2])
        elif around:
            x, y = np.mean(around, axis=0)
            places.append((x + SPACING, y))
        else:
            places.append(spiral(number, rim + HUB))
    return np.array(places, dtype=float)


def scaled(wanted):
    """Places in a plane whose distances come near the wanted ones: classical scaling (Torgerson 1952)."""
    number = len(wanted)
    center = np.eye(number) - 1 / number
    values, vectors = np.linalg.eigh(-center @ wanted**2 @ center / 2)
    places = vectors[:, [-1, -2]] * np.sqrt(np.maximum(values[[-1, -2]], 1e-9))
    # The direction of an axis means nothing: the first network that is off it says where it points.
    directions = np.sign(places[np.abs(places).argmax(axis=0), [0, 1]])
    # Two networks never start on one spot, from where no step would part them.
    return places * directions + np.outer(np.arange(number), (1e-3, -1e-3))


def majorised(places, wanted, held):
    """The places moved until their distances are as near the wanted ones as steps from here lead.

    Those that are held, which the third list says, are bound to where they start, so that they move a little only.
    """
    number = len(wanted)
    weights = (wanted + np.eye(number)) ** -2.0
    np.fill_diagonal(weights, 0)
    laplacian = np.diag(weights.sum(axis=1)) - weights
    bonds = np.diag(HOLD * weights.sum(axis=1) * held)
    inverse, bound = np.linalg.pinv(laplacian + bonds), bonds @ places
    stress = math.inf
    for _step in range(STEPS):
        lengths = np.linalg.norm(places[:, None] - places[None, :], axis=2)
        new = (weights * (lengths - wanted) ** 2).sum()
        if abs(stress - new) < STILL * new:
            break
        stress = new
        pull = -weights * wanted / np.maximum(lengths, 1e-6)
        np.fill_diagonal(pull, 0)
        np.fill_diagonal(pull, -pull.sum(axis=1))
        places = inverse @ (pull @ places + bound)
    return places


# Actors


def wish(networks, hubs, members):
    """Where an actor would like to lie: among its networks, nearest to the smallest."""
    weights = [len(members[network]) ** -0.5 for network in networks]
    return tuple(
        sum(weight * hubs[network][axis] for weight, network in zip(weights, networks, strict=True))
        / sum(weights)
        for axis in (0, 1)
    )


def starting_places(actors, memberships, hubs, members, before):
    """Where the actors start, and a column that says which of them are new there (1, else 0).

    They start where they were if their networks are the same; else where they wish to be. Those who wish for one spot
    start in a spiral around it, as the seeds of a sunflower lie.
    """
    starts, free, turns = [], [], {}
    for actor in actors:
        networks, old = memberships[actor], before.get(actor)
        wished = wish(networks, hubs, members)
        settled = old is not None and old.mark == mark(networks)
        if settled:
            x, y = moved_along(old, networks, hubs, before)
        else:
            x, y = beside(wished, len(networks), turns)
        starts.append((x, y))
        free.append((0.0 if settled else 1.0,))
    starts, free = (np.array(column, dtype=float).reshape(len(actors), -1) for column in (starts, free))
    new = free[:, 0] > 0
    starts[new] = spread(starts[new])
    return starts, free


def spread(places):
    """The places moved outwards where there are more of them around their middle than have room there.

    Where thousands belong to many networks each, all of them wish to be in the middle.
    """
    if len(places) < 2:
        return places
    middle = np.median(places, axis=0)
    reaches = np.linalg.norm(places - middle, axis=1)
    order = reaches.argsort(kind="stable")
    # The square of the n-th reach is at least the one before it and the room of one more.
    room = np.arange(len(places)) * SPACING**2 / (math.pi * FILLED)
    wide = np.empty(len(places))
    wide[order] = np.sqrt(np.maximum.accumulate(reaches[order] ** 2 - room) + room)
    return middle + (places - middle) * (wide / np.maximum(reaches, 1e-6))[:, None]


def moved_along(old, networks, hubs, before):
    """The old place of an actor, moved as its networks have moved on average."""
    moves = [
        (hubs[network][0] - before[network].x, hubs[network][1] - before[network].y)
        for network in networks
        if network in before
    ]
    x, y = np.mean(moves, axis=0) if moves else (0, 0)
    return old.x + x, old.y + y


def push_apart(places, free, hubs, report=lambda share: None):
    """The actors moved until none lies on another or on a network.

    Those that are `free`, a column of 1 and 0, are also drawn back to where they start.
    """
    wishes, pulled = places, PULLED if free.any() else 0
    for number in range(ROUNDS):
        if number < pulled:
            places = places + PULL * (1 - number / pulled) * free * (wishes - places)
        pushes = pushes_among(places, SPACING) + pushes_from(hubs, places)
        places = places + pushes
        if number % 20 == 0:
            report(number / ROUNDS)
        if number >= pulled and np.abs(pushes).max() < SETTLED * SPACING:
            break
    return places


def pushes_among(places, distance):
    """How far each place has to give way so that any two of them are a distance apart: half of it each."""
    pushes = np.zeros_like(places)
    pairs = cKDTree(places).query_pairs(distance, output_type="ndarray")
    if len(pairs):
        first, second = pairs.T
        away = places[second] - places[first]
        lengths = np.linalg.norm(away, axis=1)
        # Two on one spot part in a direction of their own.
        on_spot = lengths < 1e-6
        angles = first[on_spot] * GOLDEN_ANGLE
        away[on_spot] = np.column_stack([np.cos(angles), np.sin(angles)])
        lengths[on_spot] = 1
        short = np.where(on_spot, distance, distance - lengths)
        step = away / lengths[:, None] * (short / 2)[:, None]
        for axis in (0, 1):
            pushes[:, axis] += np.bincount(second, step[:, axis], len(places))
            pushes[:, axis] -= np.bincount(first, step[:, axis], len(places))
    # Who is pushed from many sides at once would jump.
    return pushes * GENTLY


def pushes_from(hubs, places):
    """How far each actor has to give way to the network that lies nearest."""
    lengths, nearest = cKDTree(hubs).query(places)
    away = places - hubs[nearest]
    angles = np.arange(len(places)) * GOLDEN_ANGLE
    away = np.where((lengths < 1e-6)[:, None], np.column_stack([np.cos(angles), np.sin(angles)]), away)
    short = np.maximum(0, HUB - lengths)
    return away / np.maximum(np.linalg.norm(away, axis=1), 1e-6)[:, None] * short[:, None]
