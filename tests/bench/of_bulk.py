"""Thousands of rows at once: a sheet of hazards taken in, and taken back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import python_calamine
from openpyxl import Workbook

from hazard_desk.books.hazards.tables import Hazard, HazardEvent
from hazard_desk.demo import SAMPLE_DAY
from hazard_desk.desk import Desk
from hazard_desk.rules.fields import Row, Value
from hazard_desk.rules.grams import initial_tokens, tokens
from hazard_desk.sheets.asking import questions_of
from hazard_desk.sheets.importing import judge_rows, write_rows
from hazard_desk.store.columns import Record, empties
from hazard_desk.store.dbfile import DATABASE, PRAGMAS
from hazard_desk.store.initials import initials
from tests.bench.jobs import Bed, Job, Work

_LABELS = {
    "序号": "",
    "单位名称": "unit_name",
    "隐患部位": "place",
    "隐患描述": "description",
    "级别": "level",
    "来源": "source",
    "行业领域": "sector",
    "发现日期": "found_on",
    "检查人": "inspectors",
    "整改责任人": "responsible",
    "整改措施": "measures",
    "整改资金": "funds",
    "整改时限": "deadline",
    "应急预案": "contingency",
    "整改完成日期": "rectified_on",
    "整改人": "rectified_by",
    "复查日期": "rechecked_on",
    "复查人": "rechecked_by",
    "销号日期": "signed_off_on",
    "销号审批人": "signed_off_by",
}
_LISTS = ("inspectors", "rectified_by", "rechecked_by")
_STEPS = (
    ("registered", ("found_on", "unit_name", "place", "description", "level", "source", "sector")),
    ("committed", ("found_on", "responsible", "measures", "funds", "deadline", "contingency")),
    ("rectified", ("rectified_on", "rectified_by")),
    ("signed_off", ("signed_off_on", "signed_off_by")),
)
_FORGET = (
    "INSERT INTO search_gram (search_gram, rowid, ledger, grams, initials) VALUES ('delete', ?, ?, ?, ?)"
)
_FREE = 1_000_000
"""From here on nothing is in the search index of an empty desk."""
_ACT = (
    "INSERT INTO audit (at, who, act, ledger, title, rows, undo, hash) VALUES (?, '', '', '', '', ?, '', ?)"
)


def sheet(bed: Bed) -> Path:
    """Return a list of so many hazards, in all states of the round, as an office keeps it."""
    file = bed.scratch / "list.xlsx"
    if file.exists():
        return file
    book = Workbook(write_only=True)
    page = book.create_sheet("隐患台账")
    page.append(list(_LABELS))
    for number in range(bed.size):
        found = SAMPLE_DAY - timedelta(days=30 + number % 250)
        days = [(found + timedelta(days=after)).isoformat() for after in (15, 8, 10, 12)]
        what = f"{number}号柜线路老化，未穿管保护，存在起火风险，现场堆放杂物{number % 90}处"
        row = [number + 1, f"三星乡示例单位{number % 300}号厂", f"车间{number}号", what]
        row += ["一般", ("企业自查", "执法检查")[number % 2], ("工贸", "消防")[number % 2], found.isoformat()]
        row += ["张三、李四", "王五", "更换线路，清理杂物", "0.5", days[0], "断电撤人"]
        row += [days[1], "王五"] if number % 3 else []
        row += [days[2], "李四", days[3], "赵六"] if number % 3 == 2 else []
        page.append(row)
    book.save(file)
    return file


def _empty(bed: Bed) -> Path:
    folder = bed.new("desk")
    Desk.create(folder, "sanxiang-2023", SAMPLE_DAY).close()
    return folder


def _taken_in(desk: Desk, file: Path) -> None:
    incoming = desk.sheets.incoming("hazards", file)
    questions_of(incoming)
    write_rows(desk.books, judge_rows(desk.books, incoming))


def _import(bed: Bed) -> Work:
    file, desk = sheet(bed), bed.opened(_empty(bed))
    return lambda: _taken_in(desk, file)


def _undo(bed: Bed) -> Work:
    desk = bed.opened(_empty(bed))
    _taken_in(desk, sheet(bed))
    return desk.undo


def _linked(bed: Bed) -> sqlite3.Connection:
    link = bed.closing.enter_context(closing(sqlite3.connect(_empty(bed) / DATABASE)))
    for name, value in PRAGMAS.items():
        link.execute(f"PRAGMA {name} = {value}")
    return link


def _import_floor(bed: Bed) -> Work:
    file, link = sheet(bed), _linked(bed)
    return lambda: _written(link, _rows_in(file))


def _undo_floor(bed: Bed) -> Work:
    link = _linked(bed)
    _written(link, _rows_in(sheet(bed)))
    return lambda: _taken_out(link)


def _rows_in(file: Path) -> list[list[str]]:
    book = python_calamine.CalamineWorkbook.from_path(str(file))
    return [[str(cell) for cell in row] for row in book.get_sheet_by_index(0).to_python()[1:]]


def _written(link: sqlite3.Connection, sheet: list[list[str]]) -> None:
    """Write what a sheet tells, with its events, an audit row and the search index, by ``executemany``."""
    blank, empty = _blank(Hazard), _blank(HazardEvent)
    hazards: list[Row] = []
    events: list[Row] = []
    noted: list[list[Value]] = []
    found, grams = [], []
    for number, row in enumerate(sheet, start=1):
        cells = zip(_LABELS.values(), row, strict=True)
        told: Row = {
            name: text.split("、") if name in _LISTS else text for name, text in cells if name and text
        }
        serial = f"隐患〔2023〕{number:03}号"
        fact: Row = told | {"id": number, "number": serial, "year": 2023, "serial": number, "state": "整改中"}
        noted.append(["hazard", number, None, fact])
        hazards.append(
            blank | {n: json.dumps(v, ensure_ascii=False) if n in _LISTS else v for n, v in fact.items()}
        )
        for kind, (day, *names) in _STEPS:
            if day in told:
                facts: Row = {name: told[name] for name in names if name in told}
                event: Row = {
                    "id": len(events) + 1,
                    "hazard_id": number,
                    "kind": kind,
                    "happened_on": told[day],
                }
                event |= {"facts": facts, "state": "整改中", "entered_at": SAMPLE_DAY.isoformat(), "who": ""}
                noted.append(["hazard_event", len(events) + 1, None, event])
                events.append(empty | event | {"facts": json.dumps(facts, ensure_ascii=False)})
        text = f"{told['unit_name']} {told['place']} {told['responsible']}"
        entry = (serial, f"{text}\n{told['description']}", initials(f"{serial}\n{text}"))
        found.append((_FREE + number, "hazards", number, *entry))
        grams.append(_grams(found[-1]))
    with link:
        _insert(link, "hazard", hazards)
        _insert(link, "hazard_event", events)
        link.executemany("INSERT INTO search_entry VALUES (?, ?, ?, ?, ?, ?)", found)
        link.executemany(
            "INSERT INTO search_gram (rowid, ledger, grams, initials) VALUES (?, ?, ?, ?)", grams
        )
        _noted(link, noted)


def _taken_out(link: sqlite3.Connection) -> None:
    """Take out what the last audit row tells, and tell that."""
    with link:
        (text,) = link.execute("SELECT rows FROM audit ORDER BY id DESC LIMIT 1").fetchone()
        noted = json.loads(text)
        found = link.execute("SELECT * FROM search_entry WHERE ledger = 'hazards'").fetchall()
        link.executemany(_FORGET, map(_grams, found))
        link.executemany("DELETE FROM search_entry WHERE id = ?", [row[:1] for row in found])
        for table in ("hazard_event", "hazard"):
            there = {row[0]: row for row in link.execute(f"SELECT * FROM {table}")}
            gone = [(row[1],) for row in noted if row[0] == table and row[1] in there]
            link.executemany(f"DELETE FROM {table} WHERE id = ?", gone)
        _noted(link, [[table, number, after, None] for table, number, _, after in reversed(noted)])


def _noted(link: sqlite3.Connection, noted: Sequence[Sequence[Value]]) -> None:
    text = json.dumps(noted, ensure_ascii=False, separators=(",", ":"))
    act = link.execute(_ACT, (SAMPLE_DAY.isoformat(), text, sha256(text.encode()).hexdigest())).lastrowid
    touched = sorted((row[0], row[1], act) for row in noted)
    link.executemany("INSERT INTO audited (table_name, row_id, audit_id) VALUES (?, ?, ?)", touched)


def _grams(row: Sequence[Value]) -> tuple[Value, Value, str, str]:
    return row[0], row[1], " ".join(tokens(f"{row[3]}\n{row[4]}")), " ".join(initial_tokens(str(row[5])))


def _insert(link: sqlite3.Connection, table: str, rows: Sequence[Row]) -> None:
    sql = f"INSERT INTO {table} ({', '.join(rows[0])}) VALUES ({', '.join('?' * len(rows[0]))})"
    link.executemany(sql, [tuple(row.values()) for row in rows])


def _blank(table: type[Record]) -> Row:
    kept = {one.name: one for one in table.model._meta.sorted_fields}
    rest = {name: 0 if name in ("past", "undated", "law") else "" for name in kept}
    return rest | {name: kept[name].db_value(value) for name, value in empties(table).items()}


JOBS = (
    Job("import of a list of hazards, trial included", _import_floor, _import, {5_000: 8}, (200, 5_000)),
    Job("taking that import back", _undo_floor, _undo, {5_000: 5}, (200, 5_000)),
)
