"""An .xlsx looked through before it is read: what it unpacks to, and a copy that holds only that.

A file of 1 MB may unpack to 1 GB, lie about its sizes, or place one cell where a whole world of empty
ones lies before it. So every part is unpacked here in pieces, counted and checked; the reader is given a
copy in memory with the parts that passed. Macros, pictures and links are not in it.
"""

from __future__ import annotations

import posixpath
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from xml.parsers import expat

from hazard_desk.errors import Refused
from hazard_desk.sheets.reading.cell_scan import BAD_XML, ODD, Odd, look_at_cells
from hazard_desk.store.archives import BOMB, damage_as, unpacked

MOST_UNPACKED = 100 << 20
"""Bytes of XML in one file."""
_MOST_PARTS = 5_000
_LEFT_OUT = (
    "xl/media/",
    "xl/embeddings/",
    "xl/externallinks/",
    "xl/printersettings/",
    "xl/theme/",
    "xl/drawings/",
)
DAMAGED = "已损坏，打不开，请用WPS或Office打开后另存一份再试"


@dataclass
class Looked:
    """What was found in an .xlsx."""

    copy: BytesIO
    """The file again, with the parts that are read."""
    odd: dict[str, Odd]
    """By sheet name: cells that the reader would show otherwise than they are."""


def look_through(file: Path) -> Looked:
    """Return a copy of an .xlsx that is safe to read. Raises ``Refused`` with what is wrong with the file."""
    with damage_as(DAMAGED), zipfile.ZipFile(file) as archive:
        return _looked(archive)


def _looked(archive: zipfile.ZipFile) -> Looked:
    infos = {info.filename: info for info in archive.infolist()}
    if len(infos) > _MOST_PARTS:
        raise Refused(BOMB)
    _refuse_others({name.lower() for name in infos})
    wanted = [info for name, info in infos.items() if _is_read(name.lower())]
    if sum(info.file_size for info in wanted) > MOST_UNPACKED:
        raise Refused(BOMB)
    copy, parts = BytesIO(), _Parts()
    with zipfile.ZipFile(copy, "w") as packed:
        left = MOST_UNPACKED
        for info in wanted:
            content = unpacked(archive, info, left)
            left -= len(content)
            parts.look_at(info.filename, content)
            packed.writestr(zipfile.ZipInfo(info.filename), content)
    copy.seek(0)
    return Looked(copy, parts.odd_by_sheet())


def _refuse_others(names: set[str]) -> None:
    if "xl/workbook.bin" in names:
        raise Refused("是.xlsb格式，请另存为.xlsx后再试")
    if "content.xml" in names:
        raise Refused("是OpenDocument格式，请另存为.xlsx或.docx后再试")
    if not any(name.startswith("xl/") for name in names):
        raise Refused("是压缩包，不是表格，请先解压")


def _is_read(name: str) -> bool:
    return is_xml(name) and not name.startswith(_LEFT_OUT)


def is_xml(name: str) -> bool:
    """Return whether a part holds text; the others are pictures and programs."""
    return name.lower().endswith((".xml", ".rels"))


def text_size(file: Path) -> int:
    """Return how many bytes of text the parts of an .xlsx or .docx say they hold. ``Refused`` for a bomb."""
    with damage_as(DAMAGED), zipfile.ZipFile(file) as archive:
        total = sum(info.file_size for info in archive.infolist() if is_xml(info.filename))
    if total > MOST_UNPACKED:
        raise Refused(BOMB)
    return total


class _Parts:
    """What the XML parts of a workbook say: odd cells by part, and which part each sheet is."""

    def __init__(self) -> None:
        self._odd: dict[str, Odd] = {}
        self._sheets: dict[str, list[tuple[str, str]]] = {}
        self._targets: dict[str, dict[str, str]] = {}

    def look_at(self, name: str, content: bytes) -> None:
        """Check one part. Raises ``Refused``."""
        if BAD_XML.search(content[:4096]) or content[:2] in (b"\xff\xfe", b"\xfe\xff"):
            raise Refused(ODD)
        name = name.lower()
        sheets: list[tuple[str, str]] = []
        targets: dict[str, str] = {}
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = _refuse_doctype
        if name.endswith("workbook.xml"):
            parser.StartElementHandler = lambda kind, says: _note_sheet(sheets, kind, says)
        elif name.endswith(".rels"):
            parser.StartElementHandler = lambda kind, says: targets.update(
                {says.get("Id", ""): says.get("Target", "")}
            )
        try:
            parser.Parse(content, True)
        except expat.ExpatError:
            raise Refused(DAMAGED) from None
        self._sheets[name], self._targets[name] = sheets, targets
        if b"sheetData" in content:
            self._odd[name] = look_at_cells(content)

    def odd_by_sheet(self) -> dict[str, Odd]:
        """Return the odd cells under the names that the sheets have in the workbook."""
        found: dict[str, Odd] = {}
        for path, sheets in self._sheets.items():
            folder, name = posixpath.split(path)
            targets = self._targets.get(f"{folder}/_rels/{name}.rels", {})
            for title, link in sheets:
                target = targets.get(link, "").lower()
                part = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
                found[title] = self._odd.get(part, {})
        return found


def _note_sheet(sheets: list[tuple[str, str]], kind: str, says: dict[str, str]) -> None:
    if kind.rpartition(":")[2] == "sheet" and "name" in says:
        sheets.append((says["name"], next((says[key] for key in says if key.endswith(":id")), "")))


def _refuse_doctype(*says: object) -> None:
    raise Refused(ODD)
