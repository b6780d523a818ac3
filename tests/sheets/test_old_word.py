"""Old Word documents (.doc, .wps): the same as the new ones say, and no harm from broken ones."""

from __future__ import annotations

import random
import struct
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hazard_desk.errors import Refused
from hazard_desk.grid.word.numbering import Numbers
from hazard_desk.sheets.reading import office
from hazard_desk.sheets.reading.file import read_document, read_file
from hazard_desk.sheets.reading.old_lists import lists_of, styles_in
from hazard_desk.sheets.reading.old_parts import OldRuns, pieces_of, properties
from hazard_desk.sheets.reading.old_word import read_old_word
from tests.conftest import ROOT
from tests.sheets.hostile import XLS
from tests.sheets.word_samples import SAMPLES

DATA = ROOT / "tests" / "data" / "word"
PLAN = (DATA / "plan.doc").read_bytes()
DAMAGE = (struct.error, IndexError, ValueError, OverflowError)


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("ending", [".doc", ".wps", ".xls"])
def test_an_old_document_says_what_the_new_one_says(tmp_path: Path, name: str, ending: str) -> None:
    old = tmp_path / f"文{ending}"
    old.write_bytes((DATA / f"{name}.doc").read_bytes())
    new = read_document(SAMPLES[name](tmp_path / "文.docx"))
    assert read_document(old).blocks == new.blocks


def test_the_table_of_an_old_document(tmp_path: Path) -> None:
    (grid,) = read_file(DATA / "plan.doc")
    assert grid.above[-1] == "附件：任务分解表"
    assert [grid.line(row) for row in range(4)] == [
        ["序号", "事项", "责任", "时限"],
        ["一、责任方面"],
        ["1", "（1）修订；\n（2）签订。", "应急办", "6月底前"],
        ["2", "检查", "应急办"],
    ]
    assert grid.merges == [(1, 0, 1, 3), (2, 2, 3, 2)]


def test_a_spreadsheet_called_doc_is_a_spreadsheet(tmp_path: Path) -> None:
    (tmp_path / "表.doc").write_bytes(XLS)
    assert read_file(tmp_path / "表.doc")[0].rows[1][0] == "示例一厂"


def patched(at: int, told: bytes) -> bytes:
    return PLAN[:at] + told + PLAN[at + len(told) :]


def directory_entry(name: str) -> int:
    """Where the compound file tells of a stream."""
    return PLAN.index(name.encode("utf-16-le"))


MAIN = 512 * (1 + struct.unpack_from("<I", PLAN, directory_entry("WordDocument") + 116)[0])
"""Where the head of the document lies in the file."""
LOOP = 512 * (1 + struct.unpack_from("<I", PLAN, 76)[0])
"""Where the chain of the sectors is told."""
HUGE = struct.pack("<I", 100 << 20)

BROKEN = {
    "half": PLAN[: len(PLAN) // 2],
    "little": PLAN[:700],
    "only the head": PLAN[:512],
    "sectors in a circle": patched(LOOP, struct.pack("<128I", *range(1, 64), 0, *range(64))),
    "a sector that follows itself": patched(LOOP, struct.pack("<128I", *range(128))),
    "a stream of 100 MB": patched(directory_entry("WordDocument") + 120, HUGE),
    "a text of 100 MB": patched(MAIN + 76, HUGE),
    "pieces beyond the file": patched(MAIN + 154 + 8 * 33, HUGE * 2),
    "paragraphs beyond the file": patched(MAIN + 154 + 8 * 13, HUGE * 2),
    "lists beyond the file": patched(MAIN + 154 + 8 * 73, HUGE * 2),
    "Word 6": patched(MAIN + 2, struct.pack("<H", 0x65)),
    "no Word at all": patched(MAIN, b"xx"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_document_ends_in_one_sentence(tmp_path: Path, name: str) -> None:
    (tmp_path / "文.doc").write_bytes(BROKEN[name])
    try:
        read_file(tmp_path / "文.doc")
    except Refused as wrong:
        assert wrong.message.startswith("“文.doc”")
        assert "\n" not in wrong.message


def test_a_password_is_told(tmp_path: Path) -> None:
    (tmp_path / "文.doc").write_bytes(patched(MAIN + 10, struct.pack("<H", 0x0300)))
    with pytest.raises(Refused, match="有密码保护"):
        read_document(tmp_path / "文.doc")


def test_what_is_too_old_is_told(tmp_path: Path) -> None:
    (tmp_path / "文.doc").write_bytes(BROKEN["Word 6"])
    with pytest.raises(Refused, match=r"另存为 \.docx"):
        read_document(tmp_path / "文.doc")
    (tmp_path / "文.rtf").write_bytes(b"{\\rtf1 x}")
    with pytest.raises(Refused, match=r"RTF格式.*另存为 \.docx"):
        read_document(tmp_path / "文.rtf")


@settings(max_examples=150, deadline=None)
@given(seed=st.integers(0, 2**32), many=st.sampled_from([1, 10, 200]))
def test_changed_bytes_end_in_a_sentence_or_are_read(
    tmp_path_factory: pytest.TempPathFactory, seed: int, many: int
) -> None:
    chance = random.Random(seed)
    content = bytearray(PLAN)
    for _ in range(many):
        content[chance.randrange(len(content))] = chance.randrange(256)
    file = tmp_path_factory.getbasetemp() / "torn.doc"
    file.write_bytes(content)
    try:
        read_old_word(file)
    except Refused as wrong:
        assert wrong.message


@given(raw=st.binary(max_size=600), more=st.binary(max_size=200))
def test_parts_of_rubbish_end_as_damage(raw: bytes, more: bytes) -> None:
    for read in (
        lambda: list(pieces_of(raw, 10_000)),
        lambda: OldRuns(raw + bytes(512), more, 13).at(5),
        lambda: properties(raw, more),
        lambda: styles_in(raw),
        lambda: Numbers(lists_of(raw, 0, len(more), more)).next("1", 0),
    ):
        try:
            read()
        except DAMAGE:
            continue


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script")
def test_libreoffice_makes_what_cannot_be_read_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = SAMPLES["plan"](tmp_path / "made.docx")
    stand_in = tmp_path / "soffice"
    stand_in.write_text(f'#!/bin/sh\nfor last; do :; done\ncp "{made}" "${{last%.rtf}}.docx"\n')
    stand_in.chmod(0o755)
    monkeypatch.setattr(office, "_CALLED", (str(stand_in),))
    (tmp_path / "文.rtf").write_bytes(b"{\\rtf1 x}")
    found = read_document(tmp_path / "文.rtf")
    assert (found.called, found.blocks) == ("文.rtf", read_document(made).blocks)
    stand_in.write_text("#!/bin/sh\nsleep 100\n")
    monkeypatch.setattr(office, "_SECONDS", 0.1)
    with pytest.raises(Refused, match="RTF格式"):
        read_document(tmp_path / "文.rtf")
