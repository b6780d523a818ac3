"""All that can still be read of a damaged database: its rows, and those that only the audit trail tells."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from hazard_desk.errors import Refused, Trouble
from hazard_desk.rules.fields import Row
from hazard_desk.store.acts import PROTECTED, in_full
from hazard_desk.store.columns import table_named
from hazard_desk.store.dbfile import HEAD
from hazard_desk.store.rescue.pages import Pages
from hazard_desk.store.rescue.rows import Raw, RowReader
from hazard_desk.store.rescue.shapes import Shape, Values, empty_database, matching, shapes_of
from hazard_desk.store.tables import Noted
from hazard_desk.store.trail.head import CHAINED, ChainHead, read
from hazard_desk.store.trail.packed import unpacked_act

_AUDIT = "audit"
_VERSION = 60
"""Where the header of the file keeps the version of the desk."""
_NEW: Row = {}
_LOST = "所属的记录已经读不出来"
_REPLACED = "已经读不出来，用空白的代替，请补填"
_CALLED = ("code", "title", "name", "text")
"""Columns that say how a row is called."""
_SPAN = {"starts_on": "01-01", "ends_on": "12-31"}
"""A plan has one: this year, until the clerk says otherwise."""
_NEVER_BLANK = (_AUDIT, "hazard")
States = dict[tuple[str, int], Row | None]
Tables = dict[str, dict[int, Values]]


@dataclass
class Gathered:
    """The rows by table and id, and what is to be said of those that are not among them."""

    version: int
    shapes: dict[str, Shape]
    tables: Tables
    head: ChainHead
    """What was kept beside the database of the last act."""
    missing: int = 0
    """Acts that the trail lacks: what was entered by them is not known."""
    broken: int = 0
    """Pages and rows of the file that could not be read."""
    rebuilt: int = 0
    """Rows that only the audit trail still told."""
    aside: list[tuple[str, Values, str]] = field(default_factory=list)
    """Rows that fit nowhere any more: the table, the row, why."""


def gather_rows(file: Path, scratch: Path, by_trail: bool = False) -> Gathered:
    """Return what can be read of the database ``file``; an empty one of its version is made as ``scratch``.

    With ``by_trail`` the trail of acts is believed even where acts of it are missing. Raises ``Refused``
    when it is of a newer version, ``Trouble`` when nothing can be read, ``OSError``.
    """
    pages = Pages(file)
    rows = RowReader(pages)
    top = rows.tree(1)
    roots = _roots(top.rows.values())
    if top.broken:
        roots |= _roots(raw for tree in rows.astray() for raw in tree.rows.values())
    history = rows.tree(roots["schema_migration"]).rows if "schema_migration" in roots else {}
    version = max(history, default=pages.header(_VERSION) or HEAD)
    if version > HEAD:
        raise Refused("这本台账由更新版本的隐患工作台建立，请先升级程序再抢救")
    empty_database(scratch, version)
    found = Gathered(version, shapes_of(scratch), {}, read(file.parent) or ChainHead())
    _read_trees(rows, roots, found)
    told, unbroken = _trail(found)
    if found.broken or not unbroken:
        _take_astray(rows, found, told)
        told, unbroken = _trail(found)
    _compare(found, told, unbroken, by_trail)
    found.missing = _missing(found)
    if not any(found.tables.values()):
        raise Trouble(f"“{file}”里已经没有能读出的内容，请恢复备份")
    _keep_settings(found)
    tie_loose_ends(found)
    return found


def _roots(rows: Iterable[Raw]) -> dict[str, int]:
    """Return the root page of each table, by what the file itself says of them."""
    found = {}
    for row in rows:
        if len(row) == 5 and row[0] == "table" and isinstance(row[1], str) and isinstance(row[3], int):
            found[row[1]] = row[3]
    return found


def _read_trees(rows: RowReader, roots: dict[str, int], found: Gathered) -> None:
    for name, shape in found.shapes.items():
        kept = found.tables.setdefault(name, {})
        if name not in roots:
            found.broken += 1
            continue
        tree = rows.tree(roots[name])
        found.broken += tree.broken
        for number, raw in tree.rows.items():
            if (values := shape.fit(number, raw)) is None:
                found.broken += 1
            else:
                kept[number] = values


def _take_astray(rows: RowReader, found: Gathered, told: States) -> None:
    """Take in the rows of leaves that no tree leads to any more, each into the one table that it fits."""
    for tree in rows.astray():
        fits = {number: matching(found.shapes.values(), number, raw) for number, raw in tree.rows.items()}
        names = [{name for name, _ in some} for some in fits.values() if some]
        common = set.intersection(*names) if names else set()
        for number, some in fits.items():
            may = [
                (name, values)
                for name, values in some
                if name in common
                and number not in found.tables[name]
                and told.get((name, number), _NEW) is not None
            ]
            if len(may) == 1:
                found.tables[may[0][0]][number] = may[0][1]
            elif may:
                found.aside.append((*may[0], "不能确定属于哪本台账"))


def noted_in(act: Values) -> list[Noted]:
    """Return the rows that an act wrote, of whatever version the audit row is."""
    return [
        Noted(table=row[0], id=row[1], before=row[2], after=row[3]) if isinstance(row, list) else row
        for row in json.loads(unpacked_act(str(act["rows"])))
    ]


def last_states(acts: Iterable[list[Noted]]) -> States:
    """Return the last state of every row as acts tell it, the oldest act first.

    A row whose beginning is not told stands with what is known of it; None is one that was taken out.
    """
    told: States = {}
    for rows in acts:
        for row in rows:
            key = (row["table"], row["id"])
            try:
                before, after = in_full(row)
            except KeyError:  # a table that is no more
                continue
            if after is None:
                told[key] = None
            elif before is None:
                told[key] = {**after, "id": row["id"]}
            else:
                told[key] = {**(told.get(key) or {}), **after}
    return told


def _trail(found: Gathered) -> tuple[States, bool]:
    """Return the last state of every row as the trail tells it, and whether all its acts are there."""
    acts = found.tables[_AUDIT]
    told = last_states(noted_in(acts[number]) for number in sorted(acts))
    last = max(acts, default=0)
    return told, bool(acts) and sorted(acts) == list(range(1, last + 1)) and last >= found.head.act


def _missing(found: Gathered) -> int:
    """Return how many acts are not there, by what was kept beside the database, else by their ids."""
    acts, head = found.tables[_AUDIT], found.head
    last = max(acts, default=0)
    expected = head.count + max(last - head.act, 0) if head.act else last
    return max(expected - len(acts), 0)


def _compare(found: Gathered, told: States, unbroken: bool, by_trail: bool) -> None:
    """Put back from the trail what is missing; where no act of it is, it also knows better than a row."""
    for (name, number), row in told.items():
        kept = found.tables.get(name)
        if kept is None:
            continue
        if row is None:
            if unbroken:
                kept.pop(number, None)
            continue
        made = _from_trail(found.shapes[name], row)
        if made is None and number not in kept:
            found.aside.append((name, {"id": number}, "已经读不出来"))
        if made is not None and (number not in kept or ((unbroken or by_trail) and kept[number] != made)):
            kept[number] = made
            found.rebuilt += 1


def _from_trail(shape: Shape, row: Row) -> Values | None:
    """Return a row as the database keeps it, or None where the trail does not tell enough of it."""
    try:
        fields = table_named(shape.name).model._meta.fields
    except KeyError:
        return None
    if "id" not in row or PROTECTED in row.values():
        return None
    values: Values = {}
    for column in shape.columns:
        made = next((one for one in fields.values() if one.column_name == column.name), None)
        if made is None:
            values[column.name] = column.default
        elif made.name in row:
            value = row[made.name]
            if column.kind in ("DATE", "DATETIME"):  # kept as text, in the trail with a T
                values[column.name] = value.replace("T", " ") if isinstance(value, str) else None
            else:
                values[column.name] = made.db_value(value)
        else:
            empty = made.default() if callable(made.default) else made.default
            values[column.name] = column.default if empty is None else made.db_value(empty)
    fits = all(column.takes(values[column.name]) for column in shape.columns)
    return values if fits else None


def _keep_settings(found: Gathered) -> None:
    """See that what no desk is without is set: the plan that it works on, and its id."""
    plans = found.tables["plan"]
    if not plans and (blank := _blank(found, "plan", 1)):
        plans[1] = blank
        found.aside.append(("plan", blank, _REPLACED))
    if _setting(found, "plan") not in map(str, plans):
        _set(found, "plan", str(max(plans)))
    if found.version >= CHAINED and not _setting(found, "desk_id"):
        _set(found, "desk_id", found.head.desk_id or uuid.uuid4().hex)


def _setting(found: Gathered, name: str) -> str:
    return next((str(row["value"]) for row in found.tables["setting"].values() if row["name"] == name), "")


def _set(found: Gathered, name: str, value: str) -> None:
    settings = found.tables["setting"]
    there = (number for number, row in settings.items() if row["name"] == name)
    number = next(there, max(settings, default=0) + 1)
    settings[number] = {"id": number, "name": name, "value": value}


def tie_loose_ends(found: Gathered) -> None:
    """Empty every link to a row that is lost; where a row cannot be without it, a blank one stands in for it.

    A blank act or hazard would be a lie: what belongs to one that is lost is kept aside.
    """
    stand_ins: set[tuple[str, int]] = set()
    while loose := list(_loose(found)):
        for name, number, column, to in loose:
            row = found.tables[name].get(number)
            if row is None:  # gone in this round, by another of its links
                continue
            lost = row[column]
            required = next(one.required for one in found.shapes[name].columns if one.name == column)
            if not required:
                found.aside.append((name, dict(row), f"{_LOST}，关联已去掉"))
                row[column] = None
            elif isinstance(lost, int) and (to, lost) not in stand_ins and (blank := _blank(found, to, lost)):
                stand_ins.add((to, lost))
                found.tables[to][lost] = blank
                found.aside.append((to, blank, _REPLACED))
            else:
                found.aside.append((name, dict(row), f"{_LOST}，未能放回"))
                del found.tables[name][number]


def _blank(found: Gathered, name: str, number: int) -> Values | None:
    """Return an empty row for one that is lost, called so; None where there can be none."""
    if name in _NEVER_BLANK:
        return None
    shape = found.shapes[name]
    names = [column.name for column in shape.columns]
    told: Row = {name: f"读不出的第{number}条" for name in names if name in _CALLED}
    told |= {name: f"{date.today().year}-{day}" for name, day in _SPAN.items() if name in names}
    return _from_trail(shape, {"id": number, **told, **_first_links(found, shape)})


def _first_links(found: Gathered, shape: Shape) -> Row:
    required = {column.name for column in shape.columns if column.required}
    links = {column: min(found.tables.get(to, {}), default=1) for column, to in shape.links.items()}
    return {column: number for column, number in links.items() if column in required}


def _loose(found: Gathered) -> Iterator[tuple[str, int, str, str]]:
    for name, kept in found.tables.items():
        for column, to in found.shapes[name].links.items():
            there = found.tables.get(to, {})
            for number, row in kept.items():
                if row[column] is not None and row[column] not in there:
                    yield name, number, column, to
