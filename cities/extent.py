"""A filter by a part of the map: `bbox=west,south,east,north` in degrees, as GeoJSON writes it."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from publishing.text import shown_again

LONGEST = 80  # characters of an address that are looked at


class NoExtent(ValueError):
    """The text is no part of a map; the message says to the visitor why."""


@dataclass(frozen=True)
class Extent:
    """A part of the map. One whose west is greater than its east reaches across the 180th meridian."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def parse(cls, text):
        """The extent that an address names; raises NoExtent.

        A box across the 180th meridian is taken for one only up to half the world: wider, its sides are swapped.
        """
        try:
            west, south, east, north = (float(part) for part in text[:LONGEST].split(","))
        except ValueError:
            raise NoExtent(cls.not_a_box(text)) from None
        extent = cls(west, south, east, north)
        # Not "outside": a value that is no number is neither inside nor outside.
        if not (
            all(-180 <= side <= 180 for side in (west, east)) and -90 <= south <= 90 and -90 <= north <= 90
        ):
            raise NoExtent(cls.not_a_box(text))
        if south > north or (extent.width > 180 and west > east):
            raise NoExtent(
                _(
                    "The part of the map “%(value)s” is inside out and was ignored. The order is: west, south, east, north."
                )
                % {"value": text[:LONGEST]}
            )
        return extent

    @staticmethod
    def not_a_box(text):
        return _(
            "“%(value)s” is no part of the map and was ignored. Give four numbers in degrees: west, south, east, north."
        ) % {"value": shown_again(text, LONGEST)}

    def __str__(self):
        return ",".join(f"{side:.6g}" for side in (self.west, self.south, self.east, self.north))

    @property
    def width(self):
        """In degrees of longitude."""
        return self.east - self.west if self.west <= self.east else self.east - self.west + 360

    @property
    def bounds(self):
        """South, west, north, east, the east beyond 180 degrees where the extent reaches across that meridian."""
        return self.south, self.west, self.north, self.west + self.width

    def condition(self, prefix=""):
        """Which records lie in it; the prefix leads to their city: "city__"."""
        west, east = Q(**{f"{prefix}longitude__gte": self.west}), Q(**{f"{prefix}longitude__lte": self.east})
        between = west & east if self.west <= self.east else west | east
        return Q(**{f"{prefix}latitude__range": (self.south, self.north)}) & between


class FilterByExtent:
    """Gives a filter form the parameter `bbox`; to be named before FilterForm."""

    further = ["bbox"]
    parts = ["cities/_extent.html"]
    path_to_city = ""

    def read(self):
        super().read()
        self.extent = None
        text = self.data.get("bbox", "").strip()
        if text:
            try:
                self.extent = Extent.parse(text)
            except NoExtent as error:
                self.problems.append(str(error))

    def narrow(self, records):
        records = super().narrow(records)
        return records.filter(self.extent.condition(self.path_to_city)) if self.extent else records

    def further_active(self):
        view = [(_("Only what is in this view"), "bbox")] if self.extent else []
        return [*super().further_active(), *view]

    def key(self, name):
        # There are as many extents as visitors who move a map.
        return None if self.extent else super().key(name)
