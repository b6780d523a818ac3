"""Large and odd files are read apart or not at all: one sentence, and the memory of the desk stays small."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from hazard_desk.desk import Desk
from hazard_desk.errors import Refused
from hazard_desk.grid.cells import Broken
from hazard_desk.grid.grid import Grid
from hazard_desk.sheets import marking
from hazard_desk.sheets.importing import run_import
from hazard_desk.sheets.reading import apart, file
from hazard_desk.sheets.reading.file import read_file
from tests.conftest import ROOT
from tests.sheets.hostile import SHEET, XLSX, with_part

_TABLE = b"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid>"
_ROW = b"<w:tr><w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc></w:tr>"
_DOWN, _UP = _TABLE + b"<w:tr><w:tc><w:p/>", b"<w:p/></w:tc></w:tr></w:tbl>"

_MEASURE = """
import resource, sys
from pathlib import Path
from hazard_desk.errors import Refused
from hazard_desk.sheets.reading.file import read_file
try:
    said = [(len(grid.rows), len(grid.merges)) for grid in read_file(Path(sys.argv[1]))]
except Refused as wrong:
    said = wrong.message
# The system's own figure of a process begins with that of the one it was started from, which is ours.
told = Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]
print(max(int(told), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) >> 10, said)
"""


def document(body: bytes) -> bytes:
    whole = io.BytesIO()
    docx.Document().save(whole)
    return with_part(
        "word/document.xml", lambda text: text.replace(b"<w:body>", b"<w:body>" + body, 1), whole.getvalue()
    )


def sheet_with(more: bytes) -> bytes:
    return with_part(SHEET, lambda text: text.replace(b"</sheetData>", more))


def merged(*blocks: str) -> bytes:
    told = b"".join(b'<mergeCell ref="%s"/>' % block.encode() for block in blocks)
    return sheet_with(b"</sheetData><mergeCells>" + told + b"</mergeCells>")


def repacked(method: int) -> bytes:
    """The workbook packed in another way, and then damaged."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(XLSX)) as old, zipfile.ZipFile(out, "w", method) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    content = bytearray(out.getvalue())
    content[60] ^= 0x55
    return bytes(content)


def locked() -> bytes:
    content = bytearray(XLSX)
    for at in (found.start() for found in re.finditer(rb"PK\x01\x02", XLSX)):
        content[at + 8] |= 1
    for at in (found.start() for found in re.finditer(rb"PK\x03\x04", XLSX)):
        content[at + 6] |= 1
    return bytes(content)


LARGE: dict[str, tuple[Callable[[], bytes], str]] = {
    "whole-columns.xlsx": (
        lambda: merged(*[f"{column}2:{column}1048576" for column in "ABCDE"] * 100),
        "[(3",
    ),
    "backwards.xlsx": (lambda: merged("D9:A1"), "[(3"),
    "overlapping.xlsx": (lambda: merged(*[f"A{top}:C1048576" for top in range(1, 20_000)]), "[(3"),
    "lzma.xlsx": (lambda: repacked(zipfile.ZIP_LZMA), "已损坏"),
    "bzip2.xlsx": (lambda: repacked(zipfile.ZIP_BZIP2), "已损坏"),
    "locked.xlsx": (locked, "有密码保护"),
    "one-line.csv": (lambda: b"a,b\n" + b"x" * (12 << 20), "格式不对"),
    "enormous.csv": (lambda: b"a,b\n" + b"x" * (21 << 20), "太大"),
    "open-quote.csv": (lambda: b'a,b\n"' + b"x,\n" * (2 << 20), "格式不对"),
    "nested.docx": (lambda: document(_DOWN * 1000 + _UP * 1000), "已损坏"),
    "nested-a-little.docx": (lambda: document(_DOWN * 50 + _UP * 50), "[(1"),
    "rows.docx": (lambda: document(_TABLE + _ROW * 80_000 + b"</w:tbl>"), "超过5000行"),
    "picture-bomb.docx": (
        lambda: with_part("word/media/a.png", lambda _: bytes(61 << 20), document(b"")),
        "展开后太大",
    ),
}


@pytest.mark.parametrize("name", LARGE)
def test_it_ends_in_one_sentence_within_the_memory(tmp_path: Path, name: str) -> None:
    made, sentence = LARGE[name]
    came = tmp_path / name
    came.write_bytes(made())
    words = [sys.executable, "-c", _MEASURE, str(came)]
    said = subprocess.run(words, cwd=ROOT, capture_output=True, encoding="utf-8", timeout=100, check=True)
    megabytes, told = said.stdout.strip().split(" ", 1)
    assert sentence in told
    assert int(megabytes) < 500


def test_what_is_read_apart_comes_back_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = tmp_path / "名单.xlsx"
    here.write_bytes(
        sheet_with(
            b'<row r="9"><c r="A9"><v>2.5</v></c><c r="B9" t="b"><v>1</v></c><c r="C9" t="e"><v>#N/A</v></c>'
            b'</row></sheetData><mergeCells><mergeCell ref="A1:A2"/></mergeCells>'
        )
    )
    (grid,) = read_file(here)
    assert any(isinstance(cell, Broken) for cell in grid.rows[8])
    monkeypatch.setattr(file, "_LIGHT", 0)
    (again,) = read_file(here)
    assert (again.title, again.rows, again.merges) == (grid.title, grid.rows, grid.merges)


@pytest.mark.parametrize("ended", [apart.Ended.BROKEN, apart.Ended.LATE])
def test_a_reader_that_is_lost_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ended: int) -> None:
    came = tmp_path / "名单.xlsx"
    came.write_bytes(XLSX)
    monkeypatch.setattr(file, "_LIGHT", 0)
    monkeypatch.setattr(apart, "do_apart", lambda *words: ended)
    with pytest.raises(Refused, match=r"“名单.xlsx”.*读不出来"):
        read_file(came)


def test_blocks_that_lie_over_each_other_are_cut_off() -> None:
    rows = [["x"] * 10 for _ in range(100)]
    grid = Grid("a", rows, [(top, 0, 10**6, 9) for top in range(100)])
    assert len(grid.merges) == 1
    assert sum(1 for _ in grid.rows_from(0)) == 100


def test_a_table_too_large_to_be_marked_is_refused(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(marking, "_MOST_TEXT", 0)
    came = tmp_path / "名单.csv"
    came.write_text("单位名称,类别\n示例一厂,甲类\n", encoding="utf-8")
    result = run_import(desk.books, desk.sheets.incoming("enterprises", came), trial=True)
    assert marking.write_marked(result, tmp_path / "标注.xlsx").exists()
    monkeypatch.setattr(marking, "_MOST_CELLS", 3)
    with pytest.raises(Refused, match="太大，不能整张标注"):
        marking.write_marked(result, tmp_path / "标注.xlsx")
