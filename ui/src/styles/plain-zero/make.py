"""Makes plain-zero.woff2: the zero of Atkinson Hyperlegible Next without its slash, in all weights.

Usage: python3 make.py FONT.woff2 plain-zero.woff2, with fontTools and brotli.
The two counters beside the slash become one, with the outline's shape within their bounds.
"""

import sys
import tempfile

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import GlyphCoordinates
from fontTools.ttLib.tables.ttProgram import Program
from fontTools.ttLib.tables.TupleVariation import TupleVariation
from fontTools.varLib import instancer

GLYPH = "zero"
NAMES = {1: "Plain Zero", 3: "Plain Zero 1", 4: "Plain Zero", 6: "PlainZero", 25: "PlainZero"}


def bounds(points):
    across, up = zip(*points)
    return min(across), max(across), min(up), max(up)


def scaled(point, old, new):
    (x, y), (left, right, bottom, top) = point, old
    return (
        new[0] + (x - left) * (new[1] - new[0]) / (right - left),
        new[2] + (y - bottom) * (new[3] - new[2]) / (top - bottom),
    )


def reversed_contour(values):
    """The counter runs the other way round, from the same point."""
    return [values[0], *values[:0:-1]]


def plain(path, weight):
    """Points, flags, and advance width of the zero without a slash in this weight."""
    font = instancer.instantiateVariableFont(TTFont(path), {"wght": weight})
    points, ends, flags = font["glyf"][GLYPH].getCoordinates(font["glyf"])
    outline, counters = list(points)[: ends[0] + 1], list(points)[ends[0] + 1 :]
    counter = [scaled(point, bounds(outline), bounds(counters)) for point in outline]
    flags = list(flags)[: len(outline)]
    return (
        outline + reversed_contour(counter),
        flags + reversed_contour(flags),
        font["hmtx"][GLYPH][0],
    )


def main(source, target):
    options = subset.Options()
    options.layout_features = ["tnum", "pnum"]
    options.name_IDs = ["*"]
    font = TTFont(source)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text="0")
    subsetter.subset(font)
    font.flavor = None
    with tempfile.NamedTemporaryFile(suffix=".ttf") as file:
        font.save(file.name)
        axis = font["fvar"].axes[0]
        masters = [
            plain(file.name, weight)
            for weight in (axis.defaultValue, axis.minValue, axis.maxValue)
        ]
    (points, flags, advance), lightest, boldest = masters

    glyph = font["glyf"][GLYPH]
    glyph.coordinates = GlyphCoordinates([(round(x), round(y)) for x, y in points])
    glyph.flags = bytearray(flags)
    glyph.endPtsOfContours = [len(points) // 2 - 1, len(points) - 1]
    glyph.numberOfContours = 2
    glyph.program = Program()
    glyph.program.fromBytecode(b"")
    glyph.recalcBounds(font["glyf"])

    variations = []
    for variation in font["gvar"].variations[GLYPH]:
        others, _, width = lightest if variation.axes["wght"][1] < 0 else boldest
        moves = [
            (round(x) - round(from_x), round(y) - round(from_y))
            for (x, y), (from_x, from_y) in zip(others, points)
        ]
        phantoms = [(0, 0), (width - advance, 0), (0, 0), (0, 0)]
        variations.append(TupleVariation(variation.axes, moves + phantoms))
    font["gvar"].variations[GLYPH] = variations

    for record in list(font["name"].names):
        if record.nameID in NAMES:
            record.string = NAMES[record.nameID]
    for hints in ("fpgm", "prep", "cvt "):
        if hints in font:
            del font[hints]
    font.flavor = "woff2"
    font.save(target)


if __name__ == "__main__":
    main(*sys.argv[1:])
