"""Makes static/fonts/commissioner-figures.woff2: the digits of Commissioner, all of one width, for columns of numbers.

The typeface has no such digits of its own. Needs fonttools with brotli, which the site does not:
    pip install "fonttools[woff]" && python scripts/build_figures.py
"""

from pathlib import Path
from tempfile import TemporaryDirectory

from fontTools import subset, varLib
from fontTools.designspaceLib import AxisDescriptor, DesignSpaceDocument, SourceDescriptor
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import GlyphCoordinates
from fontTools.varLib.instancer import instantiateVariableFont

FONTS = Path(__file__).resolve().parent.parent / "static" / "fonts"
DIGITS = range(0x30, 0x3A)
NAME = "Commissioner Figures"
AIR = 1.015  # around the widest digits but the zero, which is drawn wider than the others and becomes a little narrower


def digits_alone():
    """The variable font with nothing but its digits."""
    font = TTFont(FONTS / "commissioner-latin.woff2")
    options = subset.Options(layout_features=[], hinting=False, glyph_names=True)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=DIGITS)
    subsetter.subset(font)
    for table in {"STAT", "MVAR", "GSUB", "GPOS", "GDEF"} & set(font.keys()):
        del font[table]
    font.flavor = None
    return font


def of_one_width(font, weight):
    """The font at one weight, each digit in the middle of the same width."""
    master = instantiateVariableFont(font, {"wght": weight})
    names = [master.getBestCmap()[code] for code in DIGITS]
    widths = {name: master["hmtx"][name][0] for name in names}
    common = round(sorted(widths.values())[-2] * AIR)
    for name in names:
        glyph = master["glyf"][name]
        narrower = min(1, common / widths[name])
        margin = (common - widths[name] * narrower) / 2
        glyph.coordinates = GlyphCoordinates(
            [(round(x * narrower + margin), y) for x, y in glyph.coordinates]
        )
        glyph.recalcBounds(master["glyf"])
        master["hmtx"][name] = (common, glyph.xMin)
    return master


def build(folder):
    original = digits_alone()
    digits = folder / "digits.ttf"
    original.save(digits)
    axis = original["fvar"].axes[0]
    span = axis.maxValue - axis.minValue
    weights = [(share, moved) for share, moved in original["avar"].segments["wght"].items() if share >= 0]
    document = DesignSpaceDocument()
    document.addAxis(
        AxisDescriptor(
            tag="wght",
            name="Weight",
            minimum=axis.minValue,
            default=axis.defaultValue,
            maximum=axis.maxValue,
            map=[(axis.minValue + share * span, axis.minValue + moved * span) for share, moved in weights],
        )
    )
    for weight in (axis.minValue, axis.maxValue):
        path = folder / f"{weight}.ttf"
        of_one_width(TTFont(digits), weight).save(path)
        document.addSource(SourceDescriptor(path=str(path), location={"Weight": weight}, familyName=NAME))
    font, _model, _masters = varLib.build(document)
    for record in font["name"].names:
        if record.nameID in (1, 4):
            record.string = NAME
        elif record.nameID == 6:
            record.string = NAME.replace(" ", "")
    font.flavor = "woff2"
    font.save(FONTS / "commissioner-figures.woff2")


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        build(Path(folder))
