"""Where the featured points of a map stand in its picture, and which of them have room for their name."""

from django import template

from cities.maps import points_path

register = template.Library()

# In pixels
SIDES = {"narrow": 350, "wide": 620}  # of the picture: on a phone, and beside a text
CHARACTER, LINE = 7.4, 15  # a letter and a line of a name
POINT = 8  # from the middle of a point to the edge of its ring
GAP = 9  # from the middle of a point to its name


@register.filter
def placed(map):
    """The featured places as {left, top, name, url, label, side}.

    `left` and `top` are percentages of the picture. `label` is "narrow" where the name fits even on a phone, "wide"
    where it needs more room, else empty; `side` says on which side of the point it stands. Earlier places come first.
    """
    view = map.view
    places = [
        place
        | {
            "left": 100 * (place["x"] - view.x) / view.width,
            "top": 100 * (place["y"] - view.y) / view.height,
            "label": "",
            "side": "end",
        }
        for place in map.places
    ]
    for size in ("wide", "narrow"):
        label(places, size)
    return [place | {"left": f"{place['left']:.2f}%", "top": f"{place['top']:.2f}%"} for place in places]


def label(places, size):
    """Give names to the places that have room for one at that size. The narrow size keeps the sides of the wide one."""
    side = SIDES[size]
    points = [(place["left"] / 100 * side, place["top"] / 100 * side) for place in places]
    taken = [(x - POINT, y - POINT, x + POINT, y + POINT) for x, y in points]
    for number, (place, (x, y)) in enumerate(zip(places, points, strict=True)):
        if size == "narrow" and not place["label"]:
            continue
        width = CHARACTER * len(place["name"])
        boxes = {
            "end": (x + GAP, y - LINE / 2, x + GAP + width, y + LINE / 2),
            "start": (x - GAP - width, y - LINE / 2, x - GAP, y + LINE / 2),
        }
        for choice in ("end", "start") if size == "wide" else (place["side"],):
            box = boxes[choice]
            others = taken[:number] + taken[number + 1 :]
            if box[0] > 0 and box[2] < side and not any(overlap(box, other) for other in others):
                taken.append(box)
                place |= {"label": size, "side": choice}
                break


def overlap(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@register.filter
def dots(places):
    """Places with latitude and longitude as the `d` of one SVG path."""
    return points_path((place["latitude"], place["longitude"]) for place in places)
