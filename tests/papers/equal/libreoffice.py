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
from tests.papers.equal.marks import with_marks

_SHIPPED = {"黑体": "Hazard Desk Sans"}
_SERIF = "Hazard Desk Serif"
"""The families that stand for those of a role: the heavy one, and that of all others."""
_SPACES = re.compile(r' style:text-autospace="[^"]*"')
_PARAGRAPHS = re.compile(r"<style:paragraph-properties")
_CONDENSED = re.compile(r'<style:text-properties[^>]*?(fo:letter-spacing="-[^"]*")[^>]*>')
_SIZES = re.compile(r' (?:fo:font-size|style:font-size-asian)="[^"]*"')
_SMALLER = 'fo:letter-spacing="normal" fo:font-size="15.65pt" style:font-size-asian="15.8pt"'
"""Body text of 16 pt, its characters 0.2 pt closer: Chinese, and Latin by the width of a digit."""
_TEXT = re.compile(r"(?<=>)[^<]+(?=<)")


def found() -> str | None:
    """Return the program, None where it is not installed."""
    return shutil.which("soffice")


def as_pdf(files: Iterable[Path], folder: Path) -> dict[str, bytes]:
    """Return each Word file as a PDF, by its name without the ending.

    What LibreOffice does not do as Word is set on the way, in an OpenDocument file: no gaps between digits
    and characters (``autoSpaceDE``); ``with_marks``; and body text in smaller type in place of condensed
    type, for of each run of Chinese or of Latin characters it leaves the last one as wide as it was.
    """
    office = _Office(folder)
    texts = office.turned(files, "odt")
    for text in texts:
        _without_gaps(text)
    return {path.stem: path.read_bytes() for path in office.turned(texts, "pdf")}


class _Office:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        settings = folder / "fonts.conf"
        settings.write_text(_font_settings(folder), encoding="utf-8")
        self._surroundings = {**os.environ, "FONTCONFIG_FILE": str(settings), "HOME": str(folder)}

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
    places = f"<dir>{resources() / 'fonts'}</dir><cachedir>{folder / 'fontcache'}</cachedir>"
    return (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">'
        f"<fontconfig>{places}{families}</fontconfig>"
    )


def _without_gaps(text: Path) -> None:
    whole = text.with_suffix(".part")
    with zipfile.ZipFile(text) as old, zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name in ("content.xml", "styles.xml"):
                content = _set(content.decode("utf-8")).encode("utf-8")
            new.writestr(name, content)
    whole.replace(text)


def _set(xml: str) -> str:
    plain = _PARAGRAPHS.sub('<style:paragraph-properties style:text-autospace="none"', _SPACES.sub("", xml))
    even = _CONDENSED.sub(lambda found: _SIZES.sub("", found[0]).replace(found[1], _SMALLER), plain)
    return _TEXT.sub(lambda text: escape(with_marks(html.unescape(text[0]))), even)
