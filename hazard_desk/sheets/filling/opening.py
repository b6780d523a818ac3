"""Opens a blank form, whichever kind of file it is."""

from __future__ import annotations

import zipfile
from pathlib import Path

from hazard_desk.errors import Refused
from hazard_desk.sheets.filling.blank import BlankForm, Parts
from hazard_desk.sheets.filling.word_form import WordForm
from hazard_desk.sheets.filling.workbook import Workbook
from hazard_desk.sheets.reading.file import read_document
from hazard_desk.sheets.reading.zipped import DAMAGED
from hazard_desk.store.archives import damage_as

_STUMBLED = (KeyError, ValueError, IndexError)


def open_blank(file: Path) -> BlankForm:
    """Read a blank form. ``Refused`` for what is neither an .xlsx nor a .docx with a table, or is damaged."""
    if not file.is_file():
        raise Refused(f"没有找到文件“{file}”，请检查路径")
    read_document(file)  # refuses what is too large, locked, or hostile
    try:
        parts = _parts(file)
        if "xl/workbook.xml" in parts.content:
            return Workbook(parts)
        if "word/document.xml" in parts.content:
            return WordForm(parts)
    except _STUMBLED:  # whatever a damaged part makes the reader stumble over
        raise Refused(f"“{file.name}”{DAMAGED}") from None
    except Refused as wrong:
        raise Refused(f"“{file.name}”{wrong.message}") from None
    raise Refused(f"“{file.name}”不是 .xlsx 或 .docx 文件，请用WPS另存为 .xlsx 或 .docx 后再试")


def _parts(file: Path) -> Parts:
    with damage_as("不是 .xlsx 或 .docx 文件，请用WPS另存为 .xlsx 或 .docx 后再试"):
        archive = zipfile.ZipFile(file)
    with archive, damage_as(DAMAGED):
        return Parts(archive)
