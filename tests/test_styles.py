"""The rules of the styles: values come from tokens, colours that meet can be told apart, nothing knows left from right."""

import re

import pytest
import yaml
from defusedxml import ElementTree

from tests.test_architecture import ROOT, files

TOKENS = ROOT / "static" / "css" / "tokens.css"
VALUES = ("tokens.css", "fonts.css", "print.css")  # files that may state values
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
COMMENT = re.compile(r"/\*.*?\*/", re.S)
DECLARATION = re.compile(r"([\w-]+)\s*:\s*([^;{}]+)[;}]")
PAIR = re.compile(r"--([\w-]+):\s*light-dark\((#\w+), (#\w+)\);")
SINGLE = re.compile(r"--([\w-]+):\s*(#\w+);")

SURFACES = ["paper", "paper-2", "surface"]
NOTES = ["notice", "error"]
MAP = ["sea", "land"]
AREAS = ["social", "arrival", "participation", "intercultural", "society", "networking"]
TEXTS = [
    *((text, ground) for text in ["ink", "ink-2", "link", "accent-ink"] for ground in [*SURFACES, *NOTES]),
    *(("ink", ground) for ground in MAP),
    *(("on-ink", ground) for ground in ["ink", "ink-2", "link", "accent-ink"]),
    ("on-sun", "sun"),
    *(("ink", shade) for shade in ["shade-1", "shade-2", "shade-3"]),
    *(("on-ink", shade) for shade in ["shade-4", "shade-5"]),
    *((text, "mark") for text in ["ink", "ink-2", "accent-ink"]),
]
GRAPHICS = [
    *((line, ground) for line in ["line-strong", "accent", "focus"] for ground in [*SURFACES, *NOTES, *MAP]),
    *((f"area-{area}", ground) for area in AREAS for ground in [*SURFACES, *MAP]),
    *(("point", ground) for ground in MAP),
    ("point", "surface"),
    *(("organisation", ground) for ground in [*SURFACES, *MAP]),
    *((f"mark-{mark}", ground) for mark in [1, 2, 3] for ground in [*SURFACES, *MAP]),
    *(("notice-line", ground) for ground in [*SURFACES, *NOTES]),
]


def colours():
    """Each colour of the tokens as it is in the light and in the dark: {"ink": ("#17202e", "#f3eee5")}."""
    tokens = TOKENS.read_text()
    return {name: (light, dark) for name, light, dark in PAIR.findall(tokens)} | {
        name: (colour, colour) for name, colour in SINGLE.findall(tokens)
    }


def luminance(colour):
    """The relative luminance of a colour as WCAG 2 defines it."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    darker, lighter = sorted([luminance(one), luminance(other)])
    return (lighter + 0.05) / (darker + 0.05)


def too_close(pairs, least):
    """The pairs of tokens whose contrast is too low in the light or in the dark, with the figure."""
    known = colours()
    return [
        f"{one} on {other}, {scheme}: {found:.2f}"
        for one, other in pairs
        for number, scheme in enumerate(["light", "dark"])
        if (found := contrast(known[one][number], known[other][number])) < least
    ]


def declarations(folder="static/css"):
    """Each property and value of our styles, with the file: (path, "color", "var(--ink)")."""
    for path in files(folder, suffixes=[".css"]):
        for name, value in DECLARATION.findall(COMMENT.sub("", path.read_text())):
            yield path, name, value.strip()


def wrong(rule, folder="static/css"):
    """The declarations that a rule refuses."""
    return [
        f"{path.name}: {name}: {value}"
        for path, name, value in declarations(folder)
        if rule(path, name, value)
    ]


def test_text_has_enough_contrast_in_light_and_dark():
    assert too_close(TEXTS, 4.5) == []


def test_graphics_have_enough_contrast_in_light_and_dark():
    assert too_close(GRAPHICS, 3) == []


def test_the_map_of_outlines_and_the_header_of_browsers_have_the_colours_of_the_tokens():
    paper = colours()["paper"]
    base = (ROOT / "templates" / "base.html").read_text()

    themes = re.findall(r'name="theme-color" content="(#\w+)" media="\(prefers-color-scheme: (\w+)\)"', base)

    assert themes == [(paper[0], "light"), (paper[1], "dark")]


def test_components_have_no_colours_of_their_own():
    colour = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch|lab)a?\(", re.I)

    assert wrong(lambda path, name, value: path.name not in VALUES and colour.search(value)) == []


def test_components_have_no_sizes_of_type_of_their_own():
    own = re.compile(r"var\(--size-\w+\)|[\d.]+(?:em|%)|inherit|0|calc\(.*var\(--size-\w+\).*\)")

    assert (
        wrong(
            lambda path, name, value: (
                path.name not in VALUES and name == "font-size" and not own.fullmatch(value)
            )
        )
        == []
    )


def test_components_have_no_layers_durations_or_corners_of_their_own():
    rules = {
        "z-index": re.compile(r"var\(--layer-[\w-]+\)|0|-1|auto"),
        "transition": re.compile(
            r"none|(?:[\w-]+ var\(--(?:quick|slow|map-zoom)\)(?: cubic-bezier\([^)]*\))?(?:, )?)+"
        ),
        "border-radius": re.compile(
            r"(?:(?:var\(--radius[\w-]*\)|calc\(var\(--radius.*\)|50%|0|inherit|[12]px)\s?)+"
        ),
    }

    assert (
        wrong(
            lambda path, name, value: (
                path.name not in VALUES and name in rules and not rules[name].fullmatch(value)
            )
        )
        == []
    )


def test_only_what_is_defined_is_used():
    defined = {name for _path, name, _value in declarations() if name.startswith("--")}

    used = {
        found for _path, _name, value in declarations() for found in re.findall(r"var\((--[\w-]+)\)", value)
    }

    assert used - defined == set()


def test_every_token_is_used():
    texts = "".join(
        path.read_text() for path in files("static", "templates", suffixes=[".css", ".html", ".svg", ".js"])
    )
    tokens = {name for path, name, _value in declarations() if path == TOKENS and name.startswith("--")}

    assert [token for token in sorted(tokens) if f"var({token})" not in texts] == []


PHYSICAL = re.compile(
    r"(?:left|right|top|bottom)|(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right|top|bottom)\b.*"
    r"|(?:min-|max-)?(?:width|height)|border-(?:top|bottom)-(?:left|right)-radius"
)
SIDED = re.compile(r"(?:text-align|float|clear|caption-side)")


def knows_sides(path, name, value):
    """Whether a declaration means a side of the window rather than of the text."""
    if PHYSICAL.fullmatch(name):
        return True
    if SIDED.fullmatch(name):
        return value in ("left", "right")
    if name in ("margin", "padding", "inset", "border-width", "border-radius"):
        parts = re.sub(r"\([^()]*(?:\([^()]*\)[^()]*)*\)", "()", value).split()
        return (
            len(parts) == 4
            and len(set(re.findall(r"\S+", value))) > 1
            and value.split()[1] != value.split()[3]
        )
    return False


@pytest.mark.parametrize("folder", ["static/css", "static/admin_site"])
def test_styles_follow_the_direction_of_the_text(folder):
    assert wrong(knows_sides, folder) == []


def test_words_on_ink_stay_readable_in_colours_that_the_visitor_forces():
    unreadable = [
        f"{path.name}: {selector.strip()}"
        for path in files("static/css", suffixes=[".css"])
        for selector, rule in RULE.findall(COMMENT.sub("", path.read_text()))
        if "color: var(--on-ink)" in rule and "forced-color-adjust: none" not in rule
    ]

    assert unreadable == []


def shapes_of_styles():
    """The shape of each policy area as area.css clips it: {"political-participation": "polygon(50% 4%, …)"}."""
    areas = (ROOT / "static/css/components/area.css").read_text()
    return dict(re.findall(r"\.area--([\w-]+) \{[^}]*--shape: ([^;]+);", areas))


def shapes_of_drawing():
    """The shape of each policy area in the sprite, in the words of clip-path."""
    shapes = {}
    for symbol in ElementTree.parse(ROOT / "static/img/areas.svg").getroot():
        if symbol.get("id"):
            shapes[symbol.get("id")] = as_clip_path(symbol[0])
    return shapes


def as_clip_path(shape):
    kind = shape.tag.rpartition("}")[2]
    if kind == "circle":
        return f"circle({shape.get('r')}%)"
    if kind == "rect":
        return f"inset({shape.get('x')}% round {shape.get('rx')}%)"
    points = [point.split(",") for point in shape.get("points").split()]
    return f"polygon({', '.join(' '.join(f'{n}%' if n != '0' else n for n in point) for point in points)})"


def test_every_policy_area_has_one_shape_in_styles_and_drawings():
    areas = {area["slug"] for area in yaml.safe_load((ROOT / "fixtures/policy_areas.yaml").read_text())}

    assert set(shapes_of_styles()) == areas
    assert shapes_of_styles() == shapes_of_drawing()
    assert len(set(shapes_of_styles().values())) == len(areas)
