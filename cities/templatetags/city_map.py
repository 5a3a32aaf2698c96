"""The named places of a map as links in its picture, which of them have room for their name, and lines between them."""

import math
from html import escape

from django import template
from django.conf import settings
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from cities.maps import FEATURED, HERE, MEMBER, MUNICIPALITY, SEAT_BIT, marks_in, project

register = template.Library()

# The longer side of a picture in pixels, smallest first: a name of a size shows from that size on (map.css).
SIZES = {"s": 280, "m": 440, "l": 620}
LINE = 16  # the height of a name
POINT = {FEATURED: 9, HERE: 9, MEMBER: 7, MUNICIPALITY: 4}  # from the middle of a point to its edge
# The shapes of marks around the middle of a point, and from there to their farthest edge.
SHAPES = {1: "M-4.5 0a4.5 4.5 0 1 1 9 0a4.5 4.5 0 1 1-9 0z", 2: "M-6-6H6V6H-6z", 3: "M0-10L10 0L0 10L-10 0z"}
REACH = {1: 6, 2: 8, 3: 10}
FRAME = 4  # from there to the frame of a seat
MANY_LINES = 60  # more are drawn fainter
ARROW = "M-6-5.5L7 0L-6 5.5L-3.5 0z"  # in the middle of a line, before it is turned
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

    Places beyond the picture are dots like all others: nobody may come upon a link that cannot be seen. The place that
    the page is about lies on top.
    """
    places = [place for place in placed(map) if is_inside(place)]
    places.sort(key=lambda place: place["kind"] == HERE)
    networks = [str(network) for network in map.networks] if len(map.networks) > 1 else []
    return mark_safe("\n".join(place_svg(place, networks) for place in places))  # noqa: S308 - every text is escaped


def is_inside(place):
    return 0 < place["left"] < 100 and 0 < place["top"] < 100


def place_svg(place, networks=()):
    """A point that says its name and what its marks tell: its networks, where there are several, and that it is a seat."""
    name = escape(place["name"])
    marks = marks_in(place.get("marks", 0))
    told = [networks[mark - 1] for mark in marks] if networks else []
    if is_seat(place):
        told.append(_("Organisation"))
    title = f"{name} ({escape(', '.join(told))})" if told else name
    element, link = ("a", f' href="{place["url"]}"') if place["url"] else ("g", "")
    label = ""
    if place["size"]:
        x = f'x="{GAP}"' if place["side"] == "end" else f'x="-{GAP}" text-anchor="end"'
        label = f'<text class="map__label map__label--{place["size"]}" y="4.5" {x}>{name}</text>'
    return (
        f'<svg x="{place["left"]:.2f}%" y="{place["top"]:.2f}%">'
        f'<{element} class="map__place map__place--{place["kind"]}"{link}><title>{title}</title>'
        f'<circle class="map__area" r="12"/>{frame_svg(place)}{point_svg(place["kind"], marks)}{label}</{element}></svg>'
    )


def point_svg(kind, marks):
    """A dot, or the marks of networks; those of a featured city have a core."""
    if not marks:
        return f'<circle class="map__dot" r="{POINT[kind] - 1}"/>'
    core = '<circle class="map__core" r="3"/>' if kind == FEATURED else ""
    return "".join(shape_svg(mark) for mark in reversed(marks)) + core


def is_seat(place):
    """Whether organisations have their seats in a named place."""
    return bool(place.get("marks", 0) & SEAT_BIT)


def frame_svg(place):
    """The frame around the point of a seat."""
    if not is_seat(place):
        return ""
    half = reach_of(place)
    return f'<path class="map__frame" d="M-{half}-{half}H{half}V{half}H-{half}z"/>'


def shape_svg(mark):
    return f'<path class="map__mark map__mark--{mark}" d="{SHAPES[mark]}"/>'


@register.simple_tag
def map_mark(mark):
    """A mark for the legend; the live map takes the shape from there."""
    return mark_safe(f'<svg viewBox="-11 -11 22 22" aria-hidden="true">{shape_svg(mark)}</svg>')  # noqa: S308


@register.simple_tag
def map_lines(map):
    """The lines of a map as paths in the coordinates of the picture."""
    kinds = {"partners": map.lines.partners, "mentoring": map.lines.mentoring} if map.lines else {}
    many = " map__lines--many" if map.lines and len(map.lines.partners) > MANY_LINES else ""
    return mark_safe(  # noqa: S308 - nothing but numbers
        "".join(
            f'<path class="map__lines{many} map__lines--{kind}" vector-effect="non-scaling-stroke"'
            f' d="{"".join(line_path(line) for line in lines)}"/>'
            for kind, lines in kinds.items()
            if lines
        )
    )


def line_path(line):
    (x1, y1), (x2, y2) = (project(*place) for place in line)
    return f"M{x1} {y1}L{x2} {y2}"


@register.simple_tag
def map_arrows(map):
    """An arrow in the middle of each line of a mentoring pair, which is as large in every picture."""
    view = map.view
    arrows = []
    for line in map.lines.mentoring if map.lines else ():
        (x1, y1), (x2, y2) = (project(*place) for place in line)
        left = 100 * ((x1 + x2) / 2 - view.x) / view.width
        top = 100 * ((y1 + y2) / 2 - view.y) / view.height
        turn = math.degrees(math.atan2(y2 - y1, x2 - x1))
        arrows.append(
            f'<svg x="{left:.2f}%" y="{top:.2f}%" aria-hidden="true">'
            f'<path class="map__arrow" transform="rotate({turn:.0f})" d="{ARROW}"/></svg>'
        )
    return mark_safe("".join(arrows))  # noqa: S308 - nothing but numbers


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
        self.taken = [box_around(x, y, reach_of(place)) for place, x, y in self.places]
        self.cells = set()

    def give(self, size):
        largest = size == list(SIZES)[-1]
        for number, (place, x, y) in enumerate(self.places):
            had_room = largest or place["size"]
            if not had_room or self.is_crowded(place, x, y):
                continue
            sides = ("end", "start") if largest else (place["side"],)
            for side in sides:
                box = name_box(place, x, y, side)
                # What the page is about has its name in any case.
                if self.is_free(box, number) or (place["kind"] == HERE and side == sides[-1]):
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


def reach_of(place):
    """From the middle of a point to its edge."""
    marks = marks_in(place.get("marks", 0))
    reach = REACH[marks[-1]] if marks else POINT[place["kind"]]
    return reach + FRAME if is_seat(place) else reach


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
