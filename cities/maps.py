"""Maps as plain data: points in the coordinates of a picture that the server draws and Leaflet continues.

The coordinates are the pixels of Leaflet's zoom level 7 in the Web Mercator projection (EPSG:3857): the world is a
square of 32768 units, x grows to the east, y to the south. `static/map/land.svg` has the outlines in the same units.
"""

import math
from dataclasses import dataclass, field

from cities.lines import Lines

WORLD = 32768
MAX_LATITUDE = 85.0511  # where the square of the projection ends
EUROPE = (34.5, -11.0, 66.5, 33.0)  # south, west, north, east
MARGIN = 0.06  # of the width, around the points
SMALLEST = 1500  # units; about 16 degrees of longitude, so that a single town shows its country
SMALLEST_EXTENT = 96  # about a degree: as near as the live map goes
NARROWEST, WIDEST = 0.6, 1.7  # width by height of a view, so that a chain of places is no ribbon

# What a point is, the most particular first; a member is that of a chosen network
FEATURED, MEMBER, MUNICIPALITY = KINDS = ("featured", "member", "municipality")
HERE = "here"  # the place that the page is about

# Members of chosen networks have marks: a disc, a square and a diamond, which lie on one another where somebody is a
# member of several. More would not be told apart.
MARKS = (1, 2, 3)
MOST_MARKED = len(MARKS)
CORE = "core"  # what tells a featured city that has marks
# A frame around the point in which organisations have their seats; among the marks of a place it is the next bit.
SEAT = "seat"
SEAT_BIT = 1 << MOST_MARKED
# What a picture is drawn of, from below; a mark is the layer "mark-1".
LAYERS = (SEAT, MUNICIPALITY, *(f"mark-{mark}" for mark in reversed(MARKS)), CORE, FEATURED)
# The strokes that draw a dot: without a length round, square, or lying on a corner by their direction and their ends.
DOT = "h0"
STROKES = {SEAT: "h1", "mark-2": "h1", "mark-3": "l1 1"}


def project(latitude, longitude):
    """A point in picture coordinates (x, y); the projection is that of EPSG:3857."""
    latitude = max(-MAX_LATITUDE, min(MAX_LATITUDE, latitude))
    x = (longitude + 180) / 360 * WORLD
    y = (1 - math.asinh(math.tan(math.radians(latitude))) / math.pi) / 2 * WORLD
    return round(x), round(y)


def bounds_of(points):
    """The (south, west, north, east) of points given as (latitude, longitude); Europe where there are none."""
    if not points:
        return EUROPE
    latitudes, longitudes = zip(*points, strict=True)
    return min(latitudes), min(longitudes), max(latitudes), max(longitudes)


def marks_in(bits):
    """The marks of a place, given as bits: the first mark is the lowest bit."""
    return [mark for mark in MARKS if bits & 1 << mark - 1]


def layers_of(kind, bits=0):
    """The layers in which a point of a kind and with marks is drawn."""
    frame = [SEAT] if bits & SEAT_BIT else []
    marks = [f"mark-{mark}" for mark in marks_in(bits)]
    if not marks:
        return [*frame, kind]
    return frame + marks + ([CORE] if kind == FEATURED else [])


@dataclass
class View:
    """The part of the world that a picture shows."""

    x: int
    y: int
    width: int
    height: int

    @classmethod
    def around(cls, bounds, smallest=SMALLEST):
        """The view that shows bounds (south, west, north, east) in degrees with a margin."""
        left, top, width, height = sides(bounds)
        center_x, center_y = left + width / 2, top + height / 2
        width = max(width * (1 + 2 * MARGIN), smallest)
        height = max(height * (1 + 2 * MARGIN), smallest)
        width = min(max(width, height * NARROWEST), WORLD)
        height = min(max(height, width / WIDEST), WORLD)
        return cls(round(center_x - width / 2), round(center_y - height / 2), round(width), round(height))

    @classmethod
    def exactly(cls, bounds):
        """The view of the very part of the map that a visitor chose."""
        left, top, width, height = sides(bounds)
        center_x, center_y = left + width / 2, top + height / 2
        width, height = max(width, SMALLEST_EXTENT), max(height, SMALLEST_EXTENT)
        return cls(round(center_x - width / 2), round(center_y - height / 2), width, height)

    @property
    def box(self):
        """The viewBox of the SVG."""
        return f"{self.x} {self.y} {self.width} {self.height}"

    @property
    def cell(self):
        """The size of a square in which two points cannot be told apart: a pixel of a picture 1000 pixels wide."""
        return max(self.width // 1000, 1)


def sides(bounds):
    """The left, top, width and height of bounds (south, west, north, east) in picture coordinates."""
    south, west, north, east = bounds
    left, top = project(north, west)
    right, bottom = project(south, east)
    return left, top, right - left, bottom - top


@dataclass
class Map:
    """What the template `cities/_map.html` draws.

    A small map has its `points` in the page. Those of a list come from `points_url`, so that a list of 100,000 is as
    small as one of fifty, and `kinds` says which kinds of points are among them.
    """

    count: int  # of the municipalities that it shows
    bounds: tuple
    outside: int = 0  # how many lie outside the view that it opens with
    unplaced: int = 0  # how many of the list have no known place
    smallest: int = SMALLEST  # the least width and height of the view
    exact: bool = False  # whether the bounds are a part of the map that a visitor chose
    data_url: str = ""
    points_url: str = ""
    points: list = field(default_factory=list)  # of (latitude, longitude)
    members: list = field(default_factory=list)  # those of the points that are members of the one network
    # Of dicts: latitude, longitude, name, url, kind and, as bits, marks; the largest first.
    named: list = field(default_factory=list)
    kinds: set = field(default_factory=set)
    networks: list = field(
        default_factory=list
    )  # the names of those whose members have marks, in their order
    unmarked: int = 0  # how many more were chosen
    seats: bool = False  # whether organisations have their seats in some of the places
    lines: Lines | None = None  # between those who work together
    initiatives: list = field(
        default_factory=list
    )  # in which they do, where nothing else on the page says so

    @classmethod
    def of(cls, points, **more):
        """The map of points given as (latitude, longitude), drawn in the page itself."""
        picture = cls(count=len(points), bounds=bounds_of(points), points=points, **more)
        picture.kinds = {place["kind"] for place in picture.named}
        picture.kinds |= ({MEMBER} if picture.members else set()) | (
            {MUNICIPALITY} if picture.plain else set()
        )
        return picture

    @classmethod
    def locating(cls, city, featured=False):
        """A small map of where one city lies; None where that is not known."""
        if city.latitude is None:
            return None
        kind = FEATURED if featured else HERE
        place = {
            "latitude": city.latitude,
            "longitude": city.longitude,
            "name": str(city),
            "url": "",
            "kind": kind,
        }
        return cls.of([(city.latitude, city.longitude)], named=[place])

    @property
    def plain(self):
        """The points that nothing else is drawn for."""
        drawn = {(place["latitude"], place["longitude"]) for place in self.named} | set(self.members)
        return [point for point in self.points if point not in drawn]

    @property
    def view(self):
        return View.exactly(self.bounds) if self.exact else View.around(self.bounds, smallest=self.smallest)

    @property
    def view_box(self):
        return self.view.box

    @property
    def drawn(self):
        """The layers that may occur, from below."""
        marks = [f"mark-{mark}" for mark in MARKS[: len(self.networks)]]
        layers = {*self.kinds, *marks, *([CORE] if marks else []), *([SEAT] if self.seats else [])}
        return [layer for layer in LAYERS if layer in layers]

    @property
    def has_legend(self):
        """A single point needs no explanation, except of which networks it is a member, and that it is a seat."""
        return self.count > 1 or bool(self.networks) or self.seats

    @property
    def marks(self):
        """The marks and the names of their networks."""
        return list(zip(MARKS, self.networks, strict=False))

    @property
    def points_path(self):
        """All points alike, for a small picture."""
        return points_path(self.points, self.view.cell)

    @property
    def paths(self):
        """The points of a picture in the page by their layer as [(layer, `d` of a path)]."""
        by_layer = [(MUNICIPALITY, self.plain), ("mark-1", self.members)]
        return [(layer, points_path(points, self.view.cell)) for layer, points in by_layer if points]

    @property
    def places(self):
        """The named points in picture coordinates."""
        return [
            place | dict(zip("xy", project(place["latitude"], place["longitude"]), strict=True))
            for place in self.named
        ]


def points_path(points, cell=1, stroke=DOT):
    """All points as the `d` of one SVG path: a dot each, drawn by its line caps. Dots on the same spot become one."""
    spots = dict.fromkeys(
        (x - x % cell, y - y % cell)
        for x, y in (project(latitude, longitude) for latitude, longitude in points)
    )
    return "".join(f"M{x} {y}{stroke}" for x, y in spots)
