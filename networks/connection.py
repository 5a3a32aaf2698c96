"""How two actors are connected: what they share, else the shortest ways through others.

Plain functions over the plain data of `ties`. Among things shared, and among ways equally short, the rarer come first:
to be one of three in a project says more than to be one of a thousand in a campaign.
"""

import math
from heapq import nsmallest

MOST_WAYS = 6


def shared(web, first, second):
    """The keys of the groups that two actors share, the rarest first."""
    theirs = web.groups_of.get(second, {})
    return by_rarity(web, (group for group in web.groups_of.get(first, {}) if group in theirs))


def by_rarity(web, groups):
    """Groups in the order of their numbers of members, those with fewest first."""
    return sorted(groups, key=lambda group: (len(web.members[group]), group))


def shortest_ways(web, first, second, most=MOST_WAYS):
    """The shortest ways from one actor to another, as lists of actors, at most so many; none where nothing leads there.

    Each step goes to an actor that shares a group with the one before. Ways are equally short if they have as many
    steps; the first of them are those whose rarest groups, one for each step, have the smallest product of sizes.
    """
    layers = layers_between(web, first, second)
    if not layers:
        return []
    best = {first: [(0.0, (first,))]}
    for step in range(1, len(layers)):
        reached = {}
        for group in {group for actor in layers[step - 1] for group in web.groups_of[actor]}:
            reached_through(web, group, layers[step], best, reached, most)
        best = {
            actor: nsmallest(most, ((cost, way) for way, cost in ways.items()))
            for actor, ways in reached.items()
        }
    return [list(way) for _cost, way in best.get(second, [])]


def reached_through(web, group, layer, best, reached, most):
    """Note in `reached` which actors of the next layer the best ways so far reach through a group, at what cost."""
    members = web.members[group]
    arriving = [actor for actor in layer if actor in members]
    if not arriving:
        return
    weight = math.log(len(members))
    ways = nsmallest(most, (way for actor, ways in best.items() if actor in members for way in ways))
    for cost, way in ways:
        for actor in arriving:
            costs = reached.setdefault(actor, {})
            longer = (*way, actor)
            costs[longer] = min(cost + weight, costs.get(longer, math.inf))


def layers_between(web, first, second):
    """The actors that lie on shortest ways, as sets by their number of steps from the first; none where there is no way."""
    layers, seen, passed = [{first}], {first}, set()
    while second not in layers[-1]:
        following = neighbours(web, layers[-1], passed) - seen
        if not following:
            return []
        seen |= following
        layers.append(following)
    # Back again: only those from which the end is reached in time.
    layers[-1] = {second}
    for step in range(len(layers) - 1, 0, -1):
        layers[step - 1] &= neighbours(web, layers[step], set())
    return layers


def neighbours(web, actors, passed):
    """All members of the groups of some actors, apart from groups that were passed before, which are noted."""
    groups = {group for actor in actors for group in web.groups_of.get(actor, ())} - passed
    passed |= groups
    return {member for group in groups for member in web.members[group]}
