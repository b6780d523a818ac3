"""What has no field, and what nobody told, goes out with a ledger and comes back equal."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from hazard_desk.books.kit.query import Query
from hazard_desk.desk import Desk
from hazard_desk.rules.fields import Row
from hazard_desk.sheets.importing import OnExisting, run_import
from tests.books.hazards.test_history import FOUND, without
from tests.books.taking import take
from tests.conftest import TODAY

NOT_TOLD = ("id", "enterprise_id", "year", "serial")


@pytest.fixture
def other(blank: Path, tmp_path: Path) -> Iterator[Desk]:
    folder = tmp_path / "other" / "desk"
    shutil.copytree(blank, folder)
    with Desk.open(folder, TODAY) as desk:
        yield desk


def rows(desk: Desk, ledger: str) -> list[Row]:
    found = desk.books.ledger(ledger).select(Query())
    return sorted(
        ({name: value for name, value in row.items() if name not in NOT_TOLD} for row in found), key=str
    )


CASES: list[tuple[str, Row, dict[str, str]]] = [
    ("hazards", FOUND, {"责任包保人": "张三", "上报单位": "某局"}),
    ("hazards", without("source"), {"来源": "飞检"}),
    ("hazards", without("found_on", state="已销号"), {"发现日期": "2023年5月", "原编号": "AQ-7"}),
    ("hazards", without("level", "sector"), {"说明事项": "第一行\n第二行", "数量": "12.50"}),
    ("enterprises", {"name": "示例一厂"}, {"占地面积": "约3亩", "类别": "甲类"}),
    ("checks", {"unit_name": "示例一厂", "checked_on": date(2023, 5, 20)}, {"天气": "晴"}),
    ("activities", {"kind": "动员部署", "title": "动员会"}, {"经费": "3千"}),
]


@pytest.mark.parametrize(("ledger", "values", "others"), CASES)
def test_export_and_import_leave_it_equal(
    desk: Desk, other: Desk, tmp_path: Path, ledger: str, values: Row, others: dict[str, str]
) -> None:
    take(desk.books.ledger(ledger), values, others=others)
    file = desk.sheets.export(ledger, tmp_path / "台账.xlsx", Query())
    run_import(other.books, other.sheets.incoming(ledger, file))
    assert rows(other, ledger) == rows(desk, ledger)
    for way in OnExisting:
        if way is not OnExisting.NEW:
            again = run_import(desk.books, desk.sheets.incoming(ledger, file), way)
            assert again.change is None, "nothing to change in the desk that it came from"


def test_all_of_a_ledger_at_once(desk: Desk, other: Desk, tmp_path: Path) -> None:
    for ledger, values, others in CASES:
        if ledger == "hazards":
            take(desk.hazards, values, others=others)
    file = desk.sheets.export("hazards", tmp_path / "台账.xlsx", Query())
    run_import(other.books, other.sheets.incoming("hazards", file))
    assert rows(other, "hazards") == rows(desk, "hazards")


def test_they_stand_at_the_right_and_gaps_are_no_column(desk: Desk, tmp_path: Path) -> None:
    take(desk.hazards, FOUND, others={"责任包保人": "张三"})
    take(desk.hazards, without("source"), others={"上报单位": "某局", "责任包保人": "李四"})
    page = load_workbook(desk.sheets.export("hazards", tmp_path / "台账.xlsx", Query(sort="id"))).active
    heads = [cell.value for cell in page[3]]
    assert heads[-2:] == ["责任包保人", "上报单位"]
    assert not {"其他栏目", "待补"} & set(heads)
    assert [[cell.value for cell in row][-2:] for row in page.iter_rows(min_row=4)] == [
        ["张三", None],
        ["李四", "某局"],
    ]


@pytest.mark.parametrize("ledger", ["hazards", "enterprises", "checks", "activities", "experts"])
def test_they_are_found(desk: Desk, ledger: str) -> None:
    values: dict[str, Row] = {
        "hazards": FOUND,
        "enterprises": {"name": "示例一厂"},
        "checks": {"unit_name": "示例一厂"},
        "activities": {"title": "动员会"},
        "experts": {"expert": "甲专家"},
    }
    book = desk.books.ledger(ledger)
    number = take(book, values[ledger], others={"包保情况": "县长“亲自”包保\n每月调度"})
    assert book.ids(Query(text="亲自")) == [number]
    assert book.ids(Query(text="每月调度 包保")) == [number]
    assert book.ids(Query(text="没有这样的话")) == []
    hits = desk.find("每月调度")
    assert [(hit.ledger, hit.record) for hit in hits] == [(ledger, number)]
