"""The named places of a map as links in its picture, and which of them have room for their name."""

from html import escape

from django import template
from django.conf import settings
from django.utils.safestring import mark_safe

from cities.maps import FEATURED, HERE, MEMBER, MUNICIPALITY

register = template.Library()

# The longer side of a picture in pixels, smallest first: a name of a size shows from that size on (map.css).
SIZES = {"s": 280, "m": 440, "l": 620}
LINE = 16  # the height of a name
POINT = {FEATURED: 9, HERE: 9, MEMBER: 7, MUNICIPALITY: 4}  # from the middle of a point to its edge
GAP = 10  # from the middle of a point to its name
SPARSE = (120, 90)  # at most one name of a place that is not featured in so many pixels
WIDTHS = {"narrow": 4.4, "wide": 11.6, "capital": 9.2, "other": 7.7}  # of letters, at 13 pixels, bold


@register.simple_tag
def map_tiles():
    """The tile service for streets, or None."""
    return settings.MAP_TILES


@register.simple_tag
def map_places(map):
    """The named places in the picture as SVG: a point each, a link where there is a page, a name where there is room.

    Places beyond the picture are dots like all others: nobody may come upon a link that cannot be seen.
    """
    places = [place for place in placed(map) if 0 < place["left"] < 100 and 0 < place["top"] < 100]
    return mark_safe("\n".join(place_svg(place) for place in places))  # noqa: S308 - every text is escaped


def place_svg(place):
    name = escape(place["name"])
    element, link = ("a", f' href="{place["url"]}"') if place["url"] else ("g", "")
    label = ""
    if place["size"]:
        x = f'x="{GAP}"' if place["side"] == "end" else f'x="-{GAP}" text-anchor="end"'
        label = f'<text class="map__label map__label--{place["size"]}" y="4.5" {x}>{name}</text>'
    return (
        f'<svg x="{place["left"]:.2f}%" y="{place["top"]:.2f}%">'
        f'<{element} class="map__place map__place--{place["kind"]}"{link}><title>{name}</title>'
        f'<circle class="map__area" r="12"/><circle class="map__dot" r="{POINT[place["kind"]] - 1}"/>{label}</{element}></svg>'
    )


def placed(map):
    """The named places as {left, top, name, width, url, kind, size, side}.

    `left` and `top` are percentages of the picture, `width` is that of the name in pixels. `size` is that of the smallest picture in which the name has room,
    empty where it never has; `side` says on which side of the point it stands. Earlier places come first.
    """
    view = map.view
    places = [
        place
        | {
            "left": 100 * (place["x"] - view.x) / view.width,
            "top": 100 * (place["y"] - view.y) / view.height,
            "width": width_of(place["name"]),
            "size": "",
            "side": "end",
        }
        for place in map.places
    ]
    longer = max(view.width, view.height)
    for size in reversed(SIZES):
        scale = SIZES[size] / longer
        Labels(places, view.width * scale, view.height * scale).give(size)
    return places


class Labels:
    """The names in a picture of a certain size; a smaller one keeps the sides of a larger one."""

    def __init__(self, places, width, height):
        self.width, self.height = width, height
        self.places = [(place, place["left"] / 100 * width, place["top"] / 100 * height) for place in places]
        # The boxes of all points, in their order, then those of the names that have a place.
        self.taken = [box_around(x, y, POINT[place["kind"]]) for place, x, y in self.places]
        self.cells = set()

    def give(self, size):
        largest = size == list(SIZES)[-1]
        for number, (place, x, y) in enumerate(self.places):
            had_room = largest or place["size"]
            if not had_room or self.is_crowded(place, x, y):
                continue
            for side in ("end", "start") if largest else (place["side"],):
                box = name_box(place, x, y, side)
                if self.is_free(box, number):
                    self.taken.append(box)
                    if place["kind"] == MUNICIPALITY:
                        self.cells.add((x // SPARSE[0], y // SPARSE[1]))
                    place |= {"size": size, "side": side}
                    break

    def is_crowded(self, place, x, y):
        return place["kind"] == MUNICIPALITY and (x // SPARSE[0], y // SPARSE[1]) in self.cells

    def is_free(self, box, number):
        """Whether the box of a name lies in the picture and crosses no other name or point."""
        left, top, right, bottom = box
        if left <= 0 or right >= self.width or top <= 0 or bottom >= self.height:
            return False
        # Some five thousand comparisons for a page: a loop without calls takes a third of the time.
        for other, (start, above, end, below) in enumerate(self.taken):
            if left < end and start < right and top < below and above < bottom and other != number:
                return False
        return True


def box_around(x, y, reach):
    return x - reach, y - reach, x + reach, y + reach


def name_box(place, x, y, side):
    width = place["width"]
    start = x + GAP if side == "end" else x - GAP - width
    return start, y - LINE / 2, start + width, y + LINE / 2


def width_of(name):
    """About how many pixels a name takes, rather more than less: the server knows no font."""
    return sum(WIDTHS[sort_of(letter)] for letter in name)


def sort_of(letter):
    if letter in "iíîïlłtfrjIι .,'’-()/":
        return "narrow"
    if letter in "mwMWωΩΜшщюж":
        return "wide"
    return "capital" if letter.isupper() else "other"
