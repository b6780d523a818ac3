"""The commands that show rows of the books: what is due, lists."""

from __future__ import annotations

import argparse
from pathlib import Path

from hazard_desk.commands.answers import (
    Answer,
    Command,
    add_filters,
    day_of,
    declared_of,
    query_of,
    reading,
    wrote,
)
from hazard_desk.console import shown_table
from hazard_desk.errors import Refused


def register(command: Command) -> None:
    """Make the commands of this family."""
    due = command("due", _due, "列出一段时间内到期的事项")
    due.add_argument("--from", dest="since", type=day_of, required=True, help="开始日期")
    due.add_argument("--to", type=day_of, required=True, help="结束日期")
    calendar = command("calendar", _calendar, "把到期事项写成日历文件，供手机或Outlook订阅")
    calendar.add_argument("--to", type=Path, required=True, help="文件名，以 .ics 结尾")
    calendar.add_argument("--from", dest="since", type=day_of, help="开始日期")
    calendar.add_argument("--until", type=day_of, help="结束日期")
    rows = command("list", _list, "列出一本台账")
    rows.add_argument("ledger", metavar="台账", help="台账，如 hazards")
    add_filters(rows)


def _due(args: argparse.Namespace) -> Answer:
    from hazard_desk.figures.dated import DUE_FIELDS
    from hazard_desk.figures.due import due_items, due_notes

    if args.to < args.since:
        raise Refused("结束日期不能早于开始日期，请检查 --from 和 --to")
    with reading(args) as desk:
        items = due_items(desk.books, args.since, args.to)
        notes = due_notes(desk.books, items)
    rows = [item.row() for item in items]
    return Answer(rows, shown_table(DUE_FIELDS, rows), notes)


def _calendar(args: argparse.Namespace) -> Answer:
    if args.since and args.until and args.until < args.since:
        raise Refused("结束日期不能早于开始日期，请检查 --from 和 --until")
    with reading(args) as desk:
        return wrote([desk.sheets.calendar(args.to, args.since, args.until)])


def _list(args: argparse.Namespace) -> Answer:
    with reading(args) as desk:
        ledger = desk.books.ledger(args.ledger)
        rows = ledger.select(query_of(args, desk))
        return Answer(
            [{"id": row.id, **declared_of(row, ledger.fields)} for row in rows],
            [*shown_table(ledger.fields, rows), f"共{len(rows)}条"],
        )
