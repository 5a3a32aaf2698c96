"""Which nodes of a graph have room for their names, and from which size of the picture on."""

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
MOST = 300  # names in a picture, at most
SQUARE = 48  # pixels
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
    places = ordered_by_size(graph.places.values())
    named = [place for place in places if place.kind == NETWORK or place.degree >= NAMED][:MOST]
    names = {}
    for size in reversed(SIZES):
        names = Room(graph.view, SIZES[size], places).give(size, named, names)
    return names


class Taken:
    """Boxes by the squares of the picture that they touch: only those nearby are compared with a new one."""

    def __init__(self):
        self.squares = {}

    def add(self, box):
        for square in squares_of(box):
            self.squares.setdefault(square, []).append(box)

    def crosses(self, box, own):
        """Whether a box crosses any but its own."""
        left, top, right, bottom = box
        return any(
            left < end and start < right and top < below and above < bottom
            for square in squares_of(box)
            for start, above, end, below in self.squares.get(square, ())
            if (start, above, end, below) != own
        )


def squares_of(box):
    left, top, right, bottom = (int(side // SQUARE) for side in box)
    return [(x, y) for x in range(left, right + 1) for y in range(top, bottom + 1)]


class Room:
    """A picture of a certain width: what is taken in it."""

    def __init__(self, view, width, places):
        self.view, self.width = view, width
        self.scale = width / view.width
        self.height = view.height * self.scale
        self.taken, self.dots = Taken(), Taken()
        for place in places:
            (self.taken if place.kind == NETWORK else self.dots).add(self.box_of_mark(place))

    def give(self, size, places, larger):
        """Which of the places have room for their names, out of those that have in the next larger picture, if any."""
        names = dict(larger)
        for place in places:
            if larger and place.key not in larger:
                continue
            for side in [larger[place.key][1]] if larger else ["end", "start"]:
                box = self.box_of_name(place, side)
                if self.is_free(box, place):
                    self.taken.add(box)
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
        own = self.box_of_mark(place)
        if self.taken.crosses(box, own):
            return False
        return place.kind == NETWORK or not self.dots.crosses(box, own)
