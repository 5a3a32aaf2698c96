"""How far networks have the same members: plain functions over the plain data of `ties`."""

from itertools import combinations
from typing import NamedTuple

# Below each of these shares of the smaller network a cell has the next shade; the last one is for all above.
SHADES = [0.1, 0.25, 0.5, 0.75]


class Overlap(NamedTuple):
    """How many members two networks share, and how many each of them has."""

    first: str  # keys
    second: str
    shared: int
    first_members: int
    second_members: int

    @property
    def share(self):
        """What part of the smaller network's members also belongs to the other one, from 0 to 1."""
        return self.shared / min(self.first_members, self.second_members)

    @property
    def shade(self):
        """How dark its cell is: 0 for nothing shared, up to 5."""
        return 1 + sum(self.share >= limit for limit in SHADES) if self.shared else 0


class Matrix:
    """The overlap of each of some networks with each other.

    `networks` are their keys, `sizes` their numbers of members, `shared` an array of the numbers of members that two
    have in common. Networks without members are left out.
    """

    def __init__(self, members, networks):
        """Members as a `Web` has them: {group: {actor: …}}."""
        # Takes its time to arrive, and only this page and the picture of the graph calculate with it.
        import numpy

        self.networks = [key for key in networks if members.get(key)]
        places = {}
        for key in self.networks:
            for actor in members[key]:
                places.setdefault(actor, len(places))
        belongs = numpy.zeros((len(self.networks), len(places)), dtype=numpy.float32)
        for row, key in enumerate(self.networks):
            belongs[row, [places[actor] for actor in members[key]]] = 1
        self.shared = (belongs @ belongs.T).round().astype(int)
        self.sizes = self.shared.diagonal()

    def between(self, first, second):
        """The Overlap of two networks, given by their places in `networks`."""
        return Overlap(
            self.networks[first],
            self.networks[second],
            int(self.shared[first, second]),
            int(self.sizes[first]),
            int(self.sizes[second]),
        )

    def pairs(self):
        """The Overlap of each network with each one after it."""
        return (self.between(*places) for places in combinations(range(len(self.networks)), 2))

    def grouped(self):
        """The networks in an order that puts those with the same members side by side.

        Average linkage over the Jaccard distance (1 − members of both ÷ members of either), the leaves of its tree
        ordered so that neighbours are as like as possible (Bar-Joseph, Gifford, Jaakkola 2001). Of the two directions,
        the one that begins with the larger network.
        """
        from numpy import add
        from scipy.cluster.hierarchy import leaves_list, linkage
        from scipy.spatial.distance import squareform

        if len(self.networks) < 3:
            return list(self.networks)
        either = add.outer(self.sizes, self.sizes) - self.shared
        distances = squareform(1 - self.shared / either, checks=False)
        order = leaves_list(linkage(distances, "average", optimal_ordering=True))
        if self.sizes[order[-1]] > self.sizes[order[0]]:
            order = order[::-1]
        return [self.networks[place] for place in order]


def by_overlap_with(network, matrix):
    """The networks by the share that they have in common with one of them, which comes first."""
    here = matrix.networks.index(network)
    found = [matrix.between(here, place) for place in range(len(matrix.networks)) if place != here]
    found.sort(key=lambda overlap: (-overlap.share, -overlap.shared))
    return [network, *(overlap.second for overlap in found)]
