"""Makes the two fonts that ship with the program, beside this file: about half a minute, once.

    .venv/bin/python resources/fonts/build.py

The sources are Noto Serif SC and Noto Sans SC as the package ``pylopdf-fonts-zh-cn`` brings them, with
CFF outlines. reportlab embeds only TrueType outlines, so every outline is redrawn with quadratic curves,
at most 1/1000 em off. Every character is kept; glyphs without a character of their own (vertical,
Japanese and Korean forms) and the layout tables that choose among them are left out. The fonts carry names
of ours, as the licence asks of modified versions. The same sources give the same bytes.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.recordingPen import RecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph
from pylopdf_fonts_zh_cn import sans_path, serif_path

HERE = Path(__file__).resolve().parent
FONTS = {
    "hazard-desk-serif.ttf": ("Hazard Desk Serif", serif_path()),
    "hazard-desk-sans.ttf": ("Hazard Desk Sans", sans_path()),
}
TWINS = {
    **{"✔": "✓", "✕": "×", "✖": "×", "✗": "×", "✘": "×", "∙": "·", "►": "▶", "◄": "◀", "➤": "▶", "➔": "→"},
    **{"⁄": "/", "ⅼ": "l", "ⅽ": "c", "ⅾ": "d", "ⅿ": "m"},
}
"""Characters that the sources lack, and the one that is drawn instead."""

SMALL = [
    chr(code)
    for code in (*range(0x2070, 0x209D), *range(0x2150, 0x2160))
    if unicodedata.decomposition(chr(code))
]
"""Digits and signs above and below the line, and fractions: what the sources lack is drawn of small digits."""
SIZE, RAISE, LOWER = 0.58, 350, -120
"""How small they are, and how far from the line, in units of which an em has 1000."""

OVERLAID = {"☑": ("□", "✓"), "☒": ("□", "×")}
"""Characters that the sources lack: the second drawn upon the first."""

COMPOSED = {"𬎆": ("瑛", "莹")}
"""Characters of names that the sources lack: the left half of the first beside the second, narrowed."""

LARGEST_ERROR = 1.0
"""How far a quadratic curve may stray from the original, in units of which an em has 1000."""


def build(file_name: str) -> Path:
    """Build one font of ``FONTS`` beside this file, whole or not at all; return its path."""
    family, source = FONTS[file_name]
    unfinished = HERE / f"{file_name}.part"
    converted(TTFont(source), family).save(unfinished)
    return unfinished.replace(HERE / file_name)


def converted(source: TTFont, family: str) -> FontBuilder:
    """Return a font named ``family`` with the characters of ``source`` and TrueType outlines."""
    characters = _characters(source)
    names = [".notdef", *sorted(set(characters.values()))]
    glyphs = _outlines(source, names)
    advances = {name: source["hmtx"][name][0] for name in names}
    _compose_missing(characters, glyphs, advances)
    _draw_small(characters, glyphs, advances)
    _overlay(characters, glyphs, advances)
    head = source["head"]
    font = FontBuilder(head.unitsPerEm, isTTF=True)
    font.updateHead(created=head.created, modified=head.modified)
    font.setupGlyphOrder(list(glyphs))
    font.setupCharacterMap(characters)
    font.setupGlyf(glyphs)
    font.setupHorizontalMetrics({name: (advances[name], _left(glyph)) for name, glyph in glyphs.items()})
    font.setupHorizontalHeader(ascent=source["hhea"].ascent, descent=source["hhea"].descent)
    font.setupNameTable(_names(source, family), mac=False)
    font.font["OS/2"] = source["OS/2"]
    font.setupPost(keepGlyphNames=False)
    return font


def _characters(source: TTFont) -> dict[int, str]:
    """The glyph of every character."""
    found: dict[int, str] = dict(source.getBestCmap())
    for missing, twin in TWINS.items():
        found.setdefault(ord(missing), found[ord(twin)])
    return found


def _outlines(source: TTFont, names: list[str]) -> dict[str, Glyph]:
    """Each glyph redrawn; TrueType draws its contours the other way round."""
    drawn, glyphs = source.getGlyphSet(), {}
    for name in names:
        pen = TTGlyphPen(None)
        drawn[name].draw(Cu2QuPen(pen, LARGEST_ERROR, reverse_direction=True))
        glyphs[name] = _finished(pen)
    return glyphs


def _finished(pen: TTGlyphPen) -> Glyph:
    glyph = pen.glyph()
    glyph.recalcBounds(None)
    return glyph


def _compose_missing(characters: dict[int, str], glyphs: dict[str, Glyph], advances: dict[str, int]) -> None:
    """Add those of ``COMPOSED`` that the source lacks."""
    for char, parts in COMPOSED.items():
        if ord(char) not in characters:
            model, right = (characters[ord(part)] for part in parts)
            name = characters[ord(char)] = f"u{ord(char):X}"
            glyphs[name], advances[name] = _composed(glyphs[model], glyphs[right]), advances[model]


def _draw_small(characters: dict[int, str], glyphs: dict[str, Glyph], advances: dict[str, int]) -> None:
    """Add those of ``SMALL`` that the source lacks, of the characters that Unicode says they are made of."""
    for char in SMALL:
        kind, *codes = unicodedata.decomposition(char).split()
        parts = [int(code, 16) for code in codes]
        if ord(char) in characters or not characters.keys() >= set(parts):
            continue
        bar = parts.index(0x2044) if kind == "<fraction>" else len(parts)
        pen, across = TTGlyphPen(None), 0.0
        for at, part in enumerate(parts):
            size = 1.0 if at == bar else SIZE
            up = 0 if at == bar else LOWER if kind == "<sub>" else RAISE if at < bar else 0
            glyphs[characters[part]].draw(TransformPen(pen, (size, 0, 0, size, across, up)), None)
            across += size * advances[characters[part]]
        name = characters[ord(char)] = f"u{ord(char):X}"
        glyphs[name], advances[name] = _finished(pen), round(across)


def _overlay(characters: dict[int, str], glyphs: dict[str, Glyph], advances: dict[str, int]) -> None:
    """Add those of ``OVERLAID`` that the source lacks."""
    for char, (below, above) in OVERLAID.items():
        if ord(char) not in characters:
            ground, sign = (characters[ord(part)] for part in (below, above))
            pen = TTGlyphPen(None)
            glyphs[ground].draw(pen, None)
            glyphs[sign].draw(
                TransformPen(pen, (1, 0, 0, 1, (advances[ground] - advances[sign]) / 2, 0)), None
            )
            name = characters[ord(char)] = f"u{ord(char):X}"
            glyphs[name], advances[name] = _finished(pen), advances[ground]


def _composed(model: Glyph, right: Glyph) -> Glyph:
    """The left half of ``model``, and ``right`` as wide as the right half of ``model``."""
    middle = model.xMin + 0.4 * (model.xMax - model.xMin)
    pen, begins, ends = TTGlyphPen(None), model.xMax, model.xMin
    for contour in _contours(model):
        across = [point[0] for _draw, points in contour for point in points]
        if max(across) < middle:
            for draw, points in contour:
                getattr(pen, draw)(*points)
        else:
            begins, ends = min(begins, *across), max(ends, *across)
    narrow = (ends - begins) / (right.xMax - right.xMin)
    right.draw(TransformPen(pen, (narrow, 0, 0, 1, begins - narrow * right.xMin, 0)), None)
    return _finished(pen)


def _contours(glyph: Glyph) -> Iterator[list[tuple[str, Any]]]:
    """The drawing commands of each contour."""
    recorded = RecordingPen()
    glyph.draw(recorded, None)
    contour = []
    for command in recorded.value:
        contour.append(command)
        if command[0] == "closePath":
            yield contour
            contour = []


def _left(glyph: Glyph) -> int:
    """The left side bearing: where the outline begins, which TrueType wants exact."""
    return glyph.xMin if glyph.numberOfContours else 0


def _names(source: TTFont, family: str) -> dict[str, str]:
    """What the font says of itself: a name of ours, the holder of the rights and the licence."""
    kept = source["name"].getDebugName
    return {
        "copyright": kept(0),
        "familyName": family,
        "styleName": "Regular",
        "uniqueFontIdentifier": f"{family} Regular, made from {kept(3)}",
        "fullName": family,
        "version": kept(5).partition(";")[0],
        "psName": f"{family.replace(' ', '')}-Regular",
        "licenseDescription": kept(13),
        "licenseInfoURL": kept(14),
    }


def main() -> int:
    """Build all fonts, one process each, and say where they are."""
    with ProcessPoolExecutor(len(FONTS)) as processes:
        for path in processes.map(build, FONTS):
            print(f"{path.name}: {path.stat().st_size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
