"""What an import costs, in counts: statements do not grow with its rows, and each row is read once."""

from __future__ import annotations

import pytest

from hazard_desk.desk import Desk
from hazard_desk.sheets.asking import questions_of
from hazard_desk.sheets.importing import judge_rows, write_rows
from hazard_desk.sheets.row_reader import _RowReader
from tests.sheets.conftest import Write

HEADS = ["单位名称", "级别", "来源", "行业领域", "隐患部位", "隐患描述", "发现日期", "整改完成日期", "整改人"]


def rows(count: int) -> list[list[str]]:
    rest = ["一般", "企业自查", "工贸"]
    days = ["2023-05-20", "2023-05-21", "丙"]
    return [
        [f"{count}之{one}厂", *rest, f"车间{one}", f"{count}之{one}通道堵塞", *days] for one in range(count)
    ]


def test_more_rows_ask_no_more_statements(desk: Desk, sheet: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    execute = desk.cabinet.db.execute_sql
    asked: list[str] = []

    def count(sql: str, *rest: object) -> object:
        if sql != "SELECT MAX(id) FROM audit":  # for each firm: whether anything was done since
            asked.append(sql)
        return execute(sql, *rest)

    monkeypatch.setattr(desk.cabinet.db, "execute_sql", count)

    def statements(count: int) -> list[int]:
        incoming = desk.sheets.incoming("hazards", sheet([HEADS, *rows(count)]))
        questions_of(incoming)
        found = []
        for work in (lambda: write_rows(desk.books, judge_rows(desk.books, incoming)), desk.undo, desk.redo):
            asked.clear()
            work()
            found.append(len(asked))
        return found

    statements(2)
    few, many = statements(3), statements(60)
    more = [one - other for other, one in zip(few, many, strict=True)]
    assert more[0] <= 6, "free numbers are looked for 1, 2, 4, 8 … at a time"
    assert more[1:] == [0, 0]


def test_a_row_is_read_once_for_the_questions_and_the_trial(
    desk: Desk, sheet: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    incoming = desk.sheets.incoming("hazards", sheet([HEADS, *rows(5)]))
    read: list[int] = []
    before = _RowReader.read
    monkeypatch.setattr(_RowReader, "read", lambda self, *row: read.append(row[0]) or before(self, *row))
    questions_of(incoming)
    judge_rows(desk.books, incoming)
    assert read == [2, 3, 4, 5, 6]
