"""Word files as LibreOffice lays them out, with the fonts that ship in place of the official families.

One soffice process turns many files; its profile and its fonts are its own.
"""

from __future__ import annotations

import html
import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import get_args
from xml.sax.saxutils import escape

from hazard_desk.library.places import resources
from hazard_desk.papers.fonts import FontRole, official_family
from hazard_desk.papers.lines import NO_END, NO_START
from tests.papers.equal.marks import with_marks
from tests.papers.equal.narrow import make_narrow

_SHIPPED = {"黑体": "Hazard Desk Sans"}
_SERIF = "Hazard Desk Serif"
"""The families that stand for those of a role: the heavy one, and that of all others."""
_FILES = {_SERIF: "hazard-desk-serif.ttf", "Hazard Desk Sans": "hazard-desk-sans.ttf"}
_CLOSER = "{} Closer"
"""The name of a family in which the characters of body text stand as close as Word sets them."""
_SPACES = re.compile(r' style:text-autospace="[^"]*"')
_PARAGRAPHS = re.compile(r"<style:paragraph-properties")
_SPACED = re.compile(r"<style:text-properties[^>]*? fo:letter-spacing=[^>]*>")
_CONDENSED = re.compile(r' fo:letter-spacing="-[^"]*"')
_NAMED = re.compile(r' style:font-name="([^"]*)"')
_FAMILIES = re.compile(r' (?:style:font-name|fo:font-family|style:font-family)(?:-asian)?="[^"]*"')
_FACES = re.compile("(?<=<office:font-face-decls>)")
_SETTINGS = re.compile('(?<=config:name="ooo:configuration-settings">)')
_FORBIDDEN = re.compile(
    '<config:config-item-map-indexed config:name="ForbiddenCharacters">.*?</config:config-item-map-indexed>'
)
_TEXT = re.compile(r"(?<=>)[^<]+(?=<)")


def found() -> str | None:
    """Return the program, None where it is not installed."""
    return shutil.which("soffice")


def as_pdf(files: Iterable[Path], folder: Path) -> dict[str, bytes]:
    """Return each Word file as a PDF, by its name without the ending.

    What LibreOffice does not do as Word is set on the way, in an OpenDocument file: no gaps between digits
    and characters (``autoSpaceDE``); ``with_marks``; and body text in narrower fonts in place of condensed
    type, for of each run of Chinese or of Latin characters it leaves the last one as wide as it was.
    """
    office = _Office(folder)
    texts = office.turned(files, "odt")
    chars: set[str] = set()
    for text in texts:
        chars.update(_without_gaps(text))
    office.add_closer_fonts(chars)
    return {path.stem: path.read_bytes() for path in office.turned(texts, "pdf")}


class _Office:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._fonts = folder / "fonts"
        self._fonts.mkdir(parents=True, exist_ok=True)
        settings = folder / "fonts.conf"
        settings.write_text(_font_settings(folder), encoding="utf-8")
        self._surroundings = {**os.environ, "FONTCONFIG_FILE": str(settings), "HOME": str(folder)}

    def add_closer_fonts(self, chars: Iterable[str]) -> None:
        for family, file in _FILES.items():
            make_narrow(resources() / "fonts" / file, self._fonts / file, _CLOSER.format(family), chars)

    def turned(self, files: Iterable[Path], ending: str) -> list[Path]:
        """Return the files in another format, in a folder of that format's name."""
        to = self._folder / ending
        files = list(files)
        made = [to / f"{file.stem}.{ending}" for file in files]
        told = subprocess.run(
            [
                *("soffice", "--headless", "--norestore", "--nolockcheck"),
                f"-env:UserInstallation={(self._folder / 'profile').as_uri()}",
                *("--convert-to", ending, "--outdir", str(to)),
                *map(str, files),
            ],
            env=self._surroundings,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        missing = [path.name for path in made if not path.exists()]
        if missing:
            raise AssertionError(f"not made: {missing}\n{told.stdout}\n{told.stderr}")
        return made


def _font_settings(folder: Path) -> str:
    """Only the fonts that ship are there; each official family is one of them."""
    families = "".join(
        f'<match target="pattern"><test name="family"><string>{official_family(role)}</string></test>'
        '<edit name="family" mode="assign" binding="strong">'
        f"<string>{_SHIPPED.get(role, _SERIF)}</string></edit></match>"
        for role in get_args(FontRole)
    )
    dirs = "".join(f"<dir>{place / 'fonts'}</dir>" for place in (resources(), folder))
    places = f"{dirs}<cachedir>{folder / 'fontcache'}</cachedir>"
    return (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">'
        f"<fontconfig>{places}{families}</fontconfig>"
    )


def _without_gaps(text: Path) -> set[str]:
    """Set what Word does; return the characters that are there."""
    chars: set[str] = set()
    whole = text.with_suffix(".part")
    with zipfile.ZipFile(text) as old, zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name in ("content.xml", "styles.xml"):
                xml = _set(content.decode("utf-8"))
                chars.update(html.unescape(xml))
                content = xml.encode("utf-8")
            if name == "settings.xml":
                plain = _FORBIDDEN.sub("", content.decode("utf-8"))
                content = _SETTINGS.sub(lambda _: _no_breaks(), plain).encode("utf-8")
            new.writestr(name, content)
    whole.replace(text)
    return chars


def _no_breaks() -> str:
    """The characters that begin and end no line, which it does not take from a Word file."""
    items = {"Language": "zh", "Country": "CN", "Variant": "", "BeginLine": NO_START, "EndLine": NO_END}
    told = "".join(
        f'<config:config-item config:name="{name}" config:type="string">{escape("".join(value))}'
        "</config:config-item>"
        for name, value in items.items()
    )
    return (
        '<config:config-item-map-indexed config:name="ForbiddenCharacters"><config:config-item-map-entry>'
        f"{told}</config:config-item-map-entry></config:config-item-map-indexed>"
    )


def _set(xml: str) -> str:
    plain = _PARAGRAPHS.sub('<style:paragraph-properties style:text-autospace="none"', _SPACES.sub("", xml))
    faces = "".join(
        f'<style:font-face style:name="{family}" svg:font-family="&apos;{family}&apos;"/>'
        for family in (*_FILES, *map(_CLOSER.format, _FILES))
    )
    even = _FACES.sub(faces, _SPACED.sub(_with_family, plain))
    return _TEXT.sub(lambda text: escape(with_marks(html.unescape(text[0]))), even)


def _with_family(found: re.Match[str]) -> str:
    """Body text in the closer font of its family; other text in the usual one, or it would take that over."""
    properties, condensed = _CONDENSED.subn(' fo:letter-spacing="normal"', found[0])
    named = _NAMED.search(properties)
    family = _SERIF if not named or named[1] != "黑体" else _SHIPPED["黑体"]
    if condensed:
        family = _CLOSER.format(family)
    elif named:
        return properties
    names = f' style:font-name="{family}" style:font-name-asian="{family}"'
    return _FAMILIES.sub("", properties).replace(" fo:letter", f"{names} fo:letter", 1)
