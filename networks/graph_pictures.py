"""The graph as a picture for documents and slides: SVG and PNG, both drawn from the same shapes.

Who opens such a file has neither our styles nor our typeface: an SVG says everything by itself, a PNG is drawn with the
files of the typeface that the pages have.
"""

import io
import math
from functools import cached_property, lru_cache
from html import escape
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import gettext as _
from PIL import Image, ImageDraw, ImageFont

from networks.graph import MUNICIPALITY, NETWORK, ORGANISATION
from networks.labels import GAP, Room, ordered_by_size
from publishing.formats import partial_date
from publishing.languages import current_language

WIDTH = 1600
FOOT = 44  # pixels for legend and source
SMOOTH = 2  # a PNG is drawn so many times as large, then made smaller
PAPER, INK, QUIET, LINE = "#fbf7f0", "#17202e", "#4b5666", "#17202e"
COLOURS = {NETWORK: "#d9401f", MUNICIPALITY: INK, ORGANISATION: "#0f6e6e"}
FAINT = 0.2  # the opacity of a line
FAINTER = 0.05  # where there are MANY
MANY = 5000
DASH = (5, 4)
FONTS = settings.BASE_DIR / "static" / "fonts"
REGULAR, BOLD = 450, 680


class Line(NamedTuple):
    x: float
    y: float
    to_x: float
    to_y: float
    confirmed: bool


class Mark(NamedTuple):
    """A node: municipalities are round, organisations square, networks have six corners."""

    x: float
    y: float
    reach: float
    kind: str
    name: str
    address: str

    @property
    def corners(self):
        """The corners of what is not round."""
        number, turn = (4, 45) if self.kind == ORGANISATION else (6, 0)
        angles = [math.radians(360 * corner / number + turn) for corner in range(number)]
        return [(self.x + self.reach * math.cos(a), self.y + self.reach * math.sin(a)) for a in angles]


class Name(NamedTuple):
    x: float
    y: float
    text: str
    size: int
    weight: int
    anchor: str  # "start", "end"
    colour: str = INK
    language: str = ""


class Picture:
    """A Graph as shapes in pixels, and what it says of itself below."""

    def __init__(self, graph, about):
        self.graph, self.about = graph, about
        self.places = ordered_by_size(graph.places.values())
        self.room = Room(graph.view, WIDTH, self.places)
        self.height = round(self.room.height) + FOOT

    @cached_property
    def lines(self):
        spots = {key: self.room.spot(place) for key, place in self.graph.places.items()}
        return [Line(*spots[tie.actor], *spots[tie.group], tie.verified) for tie in self.graph.edges]

    @property
    def opacity(self):
        return FAINT if len(self.lines) < MANY else FAINTER

    @cached_property
    def marks(self):
        """All nodes, networks last, so that they lie on top."""
        places = sorted(self.graph.places.values(), key=lambda place: place.kind == NETWORK)
        return [
            Mark(*self.room.spot(place), self.room.reach(place), place.kind, place.name, place.address)
            for place in places
        ]

    @cached_property
    def names(self):
        names = []
        for key, (_size, side) in self.room.give("l", self.places, {}).items():
            place = self.graph.places[key]
            x, y = self.room.spot(place)
            gap = self.room.reach(place) + GAP
            size, weight = (13, BOLD) if place.kind == NETWORK else (11, REGULAR)
            x, anchor = (x + gap, "start") if side == "end" else (x - gap, "end")
            names.append(Name(x, y, place.label, size, weight, anchor, INK, place.language))
        return names

    @cached_property
    def legend(self):
        """Marks and names of the kinds of nodes that occur, at the foot."""
        words = {NETWORK: _("Network"), MUNICIPALITY: _("Municipality"), ORGANISATION: _("Organisation")}
        marks, names, x = [], [], 20
        for kind, word in words.items():
            if kind in self.graph.kinds:
                marks.append(Mark(x, self.height - 22, 7 if kind == NETWORK else 5, kind, "", ""))
                names.append(Name(x + 13, self.height - 22, word, 13, REGULAR, "start"))
                x += 50 + 8 * len(word)
        return marks, names

    @property
    def source(self):
        day = partial_date(self.about.day)
        text = f"Moving Cities · {self.about.year or day} · CC BY 4.0 · {self.about.source}"
        return Name(WIDTH - 16, self.height - 22, text, 12, REGULAR, "end", QUIET)


def svg(graph, about):
    """The picture as SVG that stands by itself, with links to the pages of the site."""
    picture = Picture(graph, about)
    legend, words = picture.legend
    title, source = escape(_("Graph of networks")), picture.source
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{picture.height}" '
            f'viewBox="0 0 {WIDTH} {picture.height}" lang="{current_language()}" font-family="Commissioner, sans-serif">',
            f"<title>{title}</title><desc>{escape(source.text)}</desc>",
            f'<rect width="100%" height="100%" fill="{PAPER}"/>',
            f'<g stroke="{LINE}" stroke-opacity="{picture.opacity}">',
            *(line_svg(line) for line in picture.lines),
            "</g>",
            *(mark_svg(mark, about.site) for mark in picture.marks),
            f'<g stroke="{PAPER}" stroke-width="3" stroke-linejoin="round" paint-order="stroke">',
            *(name_svg(name) for name in picture.names),
            "</g>",
            *(mark_svg(mark) for mark in legend),
            *(name_svg(name) for name in [*words, source]),
            "</svg>",
        ]
    )


def line_svg(line):
    dashes = "" if line.confirmed else f' stroke-dasharray="{DASH[0]} {DASH[1]}"'
    return f'<line x1="{line.x:.1f}" y1="{line.y:.1f}" x2="{line.to_x:.1f}" y2="{line.to_y:.1f}"{dashes}/>'


def mark_svg(mark, site=""):
    fill = f'fill="{COLOURS[mark.kind]}"'
    if mark.kind == MUNICIPALITY:
        shape = f'<circle cx="{mark.x:.1f}" cy="{mark.y:.1f}" r="{mark.reach:.1f}" {fill}/>'
    else:
        corners = " ".join(f"{x:.1f},{y:.1f}" for x, y in mark.corners)
        shape = f'<polygon points="{corners}" {fill}/>'
    if not mark.address:
        return shape
    return f'<a href="{site}{mark.address}"><title>{escape(mark.name)}</title>{shape}</a>'


def name_svg(name):
    language = f' lang="{name.language}"' if name.language else ""
    return (
        f'<text x="{name.x:.1f}" y="{name.y + name.size * 0.35:.1f}" font-size="{name.size}" font-weight="{name.weight}" '
        f'fill="{name.colour}" text-anchor="{name.anchor}"{language}>{escape(name.text)}</text>'
    )


def png(graph, about):
    """The picture as PNG, which says of itself what the others do."""
    picture = Picture(graph, about)
    image = Image.new("RGB", (WIDTH * SMOOTH, picture.height * SMOOTH), PAPER)
    draw = ImageDraw.Draw(image, "RGBA")
    for line in picture.lines:
        draw_line(draw, line, round(255 * picture.opacity))
    legend, words = picture.legend
    for mark in [*picture.marks, *legend]:
        draw_mark(draw, mark)
    for name in [*picture.names, *words, picture.source]:
        draw_name(draw, name)
    return written(image.reduce(SMOOTH), about)


def written(image, about):
    """The bytes of the image, with the facts about it inside."""
    from PIL.PngImagePlugin import PngInfo

    facts = PngInfo()
    for name, value in about.facts().items():
        facts.add_itxt(name.capitalize(), value)
    file = io.BytesIO()
    image.save(file, "PNG", optimize=True, pnginfo=facts)
    return file.getvalue()


def draw_line(draw, line, opacity):
    start, end = (line.x * SMOOTH, line.y * SMOOTH), (line.to_x * SMOOTH, line.to_y * SMOOTH)
    for piece in [(start, end)] if line.confirmed else dashes(start, end):
        draw.line(piece, fill=(23, 32, 46, opacity), width=SMOOTH)


def dashes(start, end):
    """The pieces of a dashed line."""
    length = math.dist(start, end)
    dash, gap = (step * SMOOTH for step in DASH)
    for number in range(math.ceil(length / (dash + gap))):
        first, last = number * (dash + gap), min(number * (dash + gap) + dash, length)
        yield tuple(
            tuple(a + (b - a) * share / length for a, b in zip(start, end, strict=True))
            for share in (first, last)
        )


def draw_mark(draw, mark):
    if mark.kind == MUNICIPALITY:
        x, y, reach = (value * SMOOTH for value in mark[:3])
        draw.ellipse((x - reach, y - reach, x + reach, y + reach), fill=COLOURS[mark.kind])
    else:
        draw.polygon([(x * SMOOTH, y * SMOOTH) for x, y in mark.corners], fill=COLOURS[mark.kind])


def draw_name(draw, name):
    """The text, on a rim of paper; each letter from the file of the typeface that has it."""
    runs = [(font_of(script, name.size, name.weight), text) for script, text in runs_of(name.text)]
    width = sum(font.getlength(text) for font, text in runs)
    x = name.x * SMOOTH - (width if name.anchor == "end" else 0)
    y = (name.y + name.size * 0.35) * SMOOTH
    for rim in (2 * SMOOTH, 0):
        start = x
        for font, text in runs:
            draw.text(
                (start, y),
                text,
                PAPER if rim else name.colour,
                font,
                "ls",
                stroke_width=rim,
                stroke_fill=PAPER,
            )
            start += font.getlength(text)


def runs_of(text):
    """The text in pieces that one file of the typeface has: [("latin", "Gda"), ("latin-ext", "ń"), …]."""
    runs = []
    for letter in text:
        script = script_of(letter)
        if runs and runs[-1][0] == script:
            runs[-1][1] += letter
        else:
            runs.append([script, letter])
    return runs


def script_of(letter):
    if "\u0370" <= letter <= "\u03ff" or "\u1f00" <= letter <= "\u1fff":
        return "greek"
    return "latin-ext" if "\u0100" <= letter <= "\u1eff" else "latin"


@lru_cache(maxsize=50)
def font_of(script, size, weight):
    font = ImageFont.truetype(FONTS / f"commissioner-{script}.woff2", size * SMOOTH)
    font.set_variation_by_axes([weight])
    return font
