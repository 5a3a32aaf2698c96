"""Maps as plain data: points in the coordinates of a picture that the server draws and Leaflet continues.

The coordinates are the pixels of Leaflet's zoom level 7 in the Web Mercator projection (EPSG:3857): the world is a
square of 32768 units, x grows to the east, y to the south. `static/map/land.svg` has the outlines in the same units.
"""

import math
from dataclasses import dataclass, field

WORLD = 32768
MAX_LATITUDE = 85.0511  # where the square of the projection ends
EUROPE = (34.5, -11.0, 66.5, 33.0)  # south, west, north, east
MARGIN = 0.06  # of the width, around the points
SMALLEST = 1500  # units; about 16 degrees of longitude, so that a single town shows its country
RATIO = 1.0  # width by height of a map in a page


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


@dataclass
class View:
    """The part of the world that a picture shows."""

    x: int
    y: int
    width: int
    height: int

    @classmethod
    def around(cls, bounds, ratio=RATIO, smallest=SMALLEST):
        """The view that shows bounds (south, west, north, east) in degrees with a margin, in the given ratio."""
        south, west, north, east = bounds
        left, top = project(north, west)
        right, bottom = project(south, east)
        width = max((right - left) * (1 + 2 * MARGIN), (bottom - top) * (1 + 2 * MARGIN) * ratio, smallest)
        width = min(width, WORLD)
        height = width / ratio
        center_x, center_y = (left + right) / 2, (top + bottom) / 2
        return cls(round(center_x - width / 2), round(center_y - height / 2), round(width), round(height))

    @property
    def box(self):
        """The viewBox of the SVG."""
        return f"{self.x} {self.y} {self.width} {self.height}"

    @property
    def cell(self):
        """The size of a square in which two points cannot be told apart: a pixel of a picture 1000 pixels wide."""
        return max(self.width // 1000, 1)


@dataclass
class Map:
    """What the template `cities/_map.html` draws."""

    count: int
    bounds: tuple
    outside: int = 0  # how many lie outside the view that it opens with
    data_url: str = ""
    points_url: str = ""
    points: list = field(default_factory=list)  # of (latitude, longitude)
    featured: list = field(default_factory=list)  # of dicts: latitude, longitude, name, url

    @classmethod
    def of(cls, points, **more):
        """The map of points given as (latitude, longitude), drawn in the page itself."""
        return cls(count=len(points), bounds=bounds_of(points), points=points, **more)

    @classmethod
    def locating(cls, city, featured=False):
        """A small map of where one city lies; None where that is not known."""
        if city.latitude is None:
            return None
        place = {"latitude": city.latitude, "longitude": city.longitude, "name": str(city), "url": ""}
        return cls.of([(city.latitude, city.longitude)], featured=[place] if featured else [])

    @property
    def view(self):
        return View.around(self.bounds)

    @property
    def view_box(self):
        return self.view.box

    @property
    def points_path(self):
        return points_path(self.points, self.view.cell)

    @property
    def featured_path(self):
        return points_path([(place["latitude"], place["longitude"]) for place in self.featured])

    @property
    def places(self):
        """The featured points in picture coordinates."""
        places = []
        for place in self.featured:
            x, y = project(place["latitude"], place["longitude"])
            places.append({"x": x, "y": y, "name": place["name"], "url": place["url"]})
        return places


def points_path(points, cell=1):
    """All points as the `d` of one SVG path: a dot each, drawn by round line caps. Dots on the same spot become one."""
    spots = dict.fromkeys(
        (x - x % cell, y - y % cell)
        for x, y in (project(latitude, longitude) for latitude, longitude in points)
    )
    return "".join(f"M{x} {y}h0" for x, y in spots)
