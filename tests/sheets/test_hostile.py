"""Broken and hostile files: each ends in one Chinese sentence or is read; the desk stays, the memory too."""

from __future__ import annotations

import re
import resource
from collections.abc import Iterator
from pathlib import Path

import pytest

from hazard_desk.books.kit.query import Query
from hazard_desk.desk import Desk
from hazard_desk.errors import Refused, Trouble
from hazard_desk.sheets.importing import run_import
from hazard_desk.sheets.marking import write_marked
from hazard_desk.sheets.reading import zipped
from hazard_desk.sheets.rollup.workbook import write_rollup
from tests.sheets.conftest import taken_back
from tests.sheets.foreign import foreign
from tests.sheets.hostile import SHEET, XLS, XLSX, corpus, rows_of, with_part

ENDINGS = (".xlsx", ".xls", ".et", ".csv")
MOST_MEGABYTES = 900


def tried(desk: Desk, file: Path) -> str:
    """Import a file, good rows and all; return the sentence with which it ended, '' when it was read."""
    try:
        incoming = desk.sheets.incoming("enterprises", file)
        result = run_import(desk.books, incoming)
        if result.doubtful:
            write_marked(result, file.with_name("marked.xlsx"))
    except (Refused, Trouble) as wrong:
        return wrong.message
    doubts = result.told(result.doubtful)
    return str(doubts[0]["reason"]) if doubts else ""


def tried_as_plan(desk: Desk, file: Path) -> str:
    """Read a file as a plan; return the sentence with which it ended, '' when it was read."""
    try:
        desk.read_annex(file, 2023)
    except (Refused, Trouble) as wrong:
        return wrong.message
    return ""


def tried_in_rollup(desk: Desk, file: Path) -> str:
    """Roll up a file; return the sentence with which it ended, '' when it was read."""
    try:
        write_rollup(desk.sheets.roll_up("enterprises", [file]), file.with_name("汇总.xlsx"))
    except (Refused, Trouble) as wrong:
        return wrong.message
    return ""


def refuse_unclear(name: str, sentence: str) -> None:
    """The clerk reads it: one Chinese sentence, nothing of a library's words."""
    assert "\n" not in sentence, name
    assert not re.search(r"[A-Za-z]{4,} [a-z]+ [a-z]+", sentence), f"{name}: {sentence}"
    assert "None" not in sentence, name
    assert sentence == "" or re.search(r"[\u4e00-\u9fff]", sentence), f"{name}: {sentence}"


@pytest.fixture(autouse=True)
def takes_less(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bombs can be smaller where less is taken: they unpack in no time."""
    monkeypatch.setattr(zipped, "MOST_UNPACKED", 8 << 20)


@pytest.fixture(scope="module")
def files() -> Iterator[dict[str, bytes]]:
    yield corpus()


def test_every_file_of_the_corpus(pair: tuple[Desk, Desk], files: dict[str, bytes], tmp_path: Path) -> None:
    assert len(files) >= 200
    desk = pair[0]
    for at, (name, content) in enumerate(files.items()):
        ending = ".xls" if "xls-" in name else ".csv" if name.startswith("text") else ENDINGS[at % 4]
        file = tmp_path / f"来表{at}{ending}"
        file.write_bytes(content)
        with taken_back(desk):
            refuse_unclear(name, tried(desk, file))
        assert desk.enterprises.count(Query()) == 0, name
    assert desk.check() == []
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    assert used < MOST_MEGABYTES, f"{used:.0f} MB"


def test_foreign_files_end_in_a_sentence_or_are_read(pair: tuple[Desk, Desk], tmp_path: Path) -> None:
    files = foreign()
    assert len(files) + len(corpus()) >= 300
    ways = (tried, tried_as_plan, tried_in_rollup)
    desk = pair[0]
    for at, (name, content) in enumerate(files.items()):
        ending = ".txt" if name.startswith("text-prose") else (*ENDINGS, ".docx", ".doc", ".wps")[at % 7]
        file = tmp_path / f"来件{at}{ending}"
        file.write_bytes(content)
        for way in (tried, ways[at % 3]) if at % 3 else (tried,):
            with taken_back(desk):
                refuse_unclear(f"{name} {way.__name__}", way(desk, file))
    assert desk.check() == []
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    assert used < MOST_MEGABYTES, f"{used:.0f} MB"


@pytest.mark.parametrize("content", [XLSX, XLS], ids=["xlsx", "xls"])
@pytest.mark.parametrize("ending", ENDINGS)
def test_a_good_file_is_read_whatever_its_name_says(
    pair: tuple[Desk, Desk], tmp_path: Path, content: bytes, ending: str
) -> None:
    file = tmp_path / f"来表{ending}"
    file.write_bytes(content)
    with taken_back(pair[0]):
        assert tried(pair[0], file) == ""
        assert pair[0].enterprises.names() == ["示例一厂", "示例二厂"]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("empty", "是空文件"),
        ("locked", "有密码保护"),
        ("page-utf-8", "没有找到监管对象的表头"),
        ("page-doctype", "其实是网页格式"),
        ("bomb-that-lies-about-its-size", "已损坏"),
        ("bomb-xl/worksheets/sheet1.xml", "展开后太大"),
        ("entities-xl/sharedStrings.xml", "内容不是正常的表格"),
        ("place-XFD1048576", "范围太大"),
        ("zip-word/document.xml", "是Word文档"),
        ("text-only-heading", "没有数据"),
        ("text-no-heading", "没有找到“单位名称”一列"),
    ],
)
def test_the_sentence_says_what_it_is(
    pair: tuple[Desk, Desk], files: dict[str, bytes], tmp_path: Path, name: str, sentence: str
) -> None:
    file = tmp_path / "来表.xlsx"
    file.write_bytes(files[name])
    assert sentence in tried(pair[0], file)
    assert "来表.xlsx" in tried(pair[0], file)


def test_a_million_empty_rows_are_not_kept(
    pair: tuple[Desk, Desk], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zipped, "MOST_UNPACKED", 100 << 20)
    file = tmp_path / "来表.xlsx"
    file.write_bytes(with_part(SHEET, rows_of(1_048_576)))
    assert "没有找到监管对象的表头" in tried(pair[0], file)
