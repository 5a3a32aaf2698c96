"""Which nodes of a graph have room for their names, and from which size of the picture on."""

from itertools import chain

from cities.templatetags.city_map import width_of
from networks.ties import NETWORK

# The width of a picture in pixels, smallest first: a name of a size shows from that width on (graph.css).
SIZES = {"s": 320, "m": 560, "l": 840}
LINE = 17  # the height of a name in pixels
GAP = 4  # between a mark and its name
LARGEST_MARK = 14  # pixels from its middle to its edge
SHARE_OF_WIDTH = 0.85  # of what a name takes at 13 pixels: names of actors are smaller
SIZES_OF_DOTS = (1, 2, 4, 7)  # networks: whoever belongs to as many has a dot of the next size
RADII = {1: 1.9, 2: 2.5, 3: 3.2, 4: 3.9}  # of the dots in units of the graph, as in graph.css
NAMED = 4  # networks: whoever belongs to as many may have its name in the picture


def mark_of(network):
    """How many pixels the mark of a network reaches from its middle."""
    return min(5 + network.degree**0.5 / 2, LARGEST_MARK)


def size_of_dot(actor):
    """How large the dot of an actor is, from 1 to the number of sizes: the more networks, the larger."""
    return sum(actor.degree >= least for least in SIZES_OF_DOTS)


def ordered_by_size(places):
    """The networks, then the actors, each the larger before the smaller."""
    return sorted(places, key=lambda place: (place.kind != NETWORK, -place.degree, place.key))


def labelled(graph):
    """The names in the picture of a graph: {key: (size, side)}.

    `size` is that of the smallest picture in which the name has room, `side` says on which side of the node it stands,
    "end" or "start".
    """
    candidates = ordered_by_size(
        place for place in graph.places.values() if place.kind == NETWORK or place.degree >= NAMED
    )
    names = {}
    for size in reversed(SIZES):
        names = Room(graph.view, SIZES[size], candidates).give(size, names)
    return names


class Room:
    """A picture of a certain width: what is taken in it."""

    def __init__(self, view, width, candidates):
        self.view, self.width = view, width
        self.scale = width / view.width
        self.height = view.height * self.scale
        self.candidates = candidates
        self.marks = {place.key: self.box_of_mark(place) for place in candidates}
        self.taken = [self.marks[place.key] for place in candidates if place.kind == NETWORK]
        self.dots = [self.marks[place.key] for place in candidates if place.kind != NETWORK]

    def give(self, size, larger):
        """The names that have room here, out of those that have in the next larger picture, where there is one."""
        names = dict(larger)
        for place in self.candidates:
            if larger and place.key not in larger:
                continue
            for side in [larger[place.key][1]] if larger else ["end", "start"]:
                box = self.box_of_name(place, side)
                if self.is_free(box, place):
                    self.taken.append(box)
                    names[place.key] = size, side
                    break
        return names

    def spot(self, place):
        return (place.x - self.view.x) * self.scale, (place.y - self.view.y) * self.scale

    def reach(self, place):
        """How far the mark of a node reaches from its middle: that of an actor grows with the picture."""
        if place.kind == NETWORK:
            return mark_of(place)
        return RADII[size_of_dot(place)] * self.scale

    def box_of_mark(self, place):
        x, y = self.spot(place)
        reach = self.reach(place)
        return x - reach, y - reach, x + reach, y + reach

    def box_of_name(self, place, side):
        x, y = self.spot(place)
        share = 1 if place.kind == NETWORK else SHARE_OF_WIDTH
        width, gap = width_of(place.label) * share, self.reach(place) + GAP
        start = x + gap if side == "end" else x - gap - width
        return start, y - LINE / 2, start + width, y + LINE / 2

    def is_free(self, box, place):
        """Whether the box lies in the picture and crosses no name and no mark but that of its own.

        The name of a network may lie over actors: it has a rim.
        """
        left, top, right, bottom = box
        if left < 0 or right > self.width or top < 0 or bottom > self.height:
            return False
        own = self.marks[place.key]
        over = self.taken if place.kind == NETWORK else chain(self.taken, self.dots)
        return not any(
            left < end and start < right and top < below and above < bottom
            for start, above, end, below in over
            if (start, above, end, below) != own
        )
