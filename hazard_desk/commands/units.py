"""The commands about what the office is divided into: sectors renamed and merged, what units sent."""

from __future__ import annotations

import argparse

from hazard_desk.books.kit.lists import SectorRow
from hazard_desk.books.units.sectors import Merging
from hazard_desk.commands.answers import Answer, Command, day_of, reading, table_of, writing
from hazard_desk.figures.progress.sheets import SHEET_FIELDS, unit_sheets
from hazard_desk.library.progress_forms import find_progress_form
from hazard_desk.rules.readings import next_due
from hazard_desk.store.columns import name_of


def register(command: Command) -> None:
    """Make the commands of this family."""
    sector = command("sector", _sector, "行业领域增加、更名、合并；列出用 list sectors")
    sector.add_argument("name", metavar="行业领域", help="行业领域的名称")
    acts = sector.add_mutually_exclusive_group(required=True)
    acts.add_argument("--add", action="store_true", help="新增")
    acts.add_argument("--rename", metavar="新名称", help="更名，已登记的记录随之更改")
    acts.add_argument("--into", metavar="行业领域", help="并入另一个，已登记的记录随之更改")
    sheets = command("sheets", _sheets, "各报送单位应报的调度表：期限、报了没有")
    sheets.add_argument("form", metavar="调度表", help="调度表编号，如 fangshan-2023")
    sheets.add_argument("--as-of", type=day_of, help="截至哪一天，默认为这张表的下一个截止日")


def _sheets(args: argparse.Namespace) -> Answer:
    form = find_progress_form(args.form)
    with reading(args) as desk:
        day = args.as_of or next_due(desk.today, form.due_day)
        return table_of(SHEET_FIELDS, unit_sheets(desk.books, form, day))


def _sector(args: argparse.Namespace) -> Answer:
    with writing(args) as desk:
        book, into = desk.books.sectors, name_of(Merging.into)
        if args.add:
            change = book.add({name_of(SectorRow.name): args.name})
        elif args.rename:
            change = book.change(book.called(args.name), {name_of(SectorRow.name): args.rename})
        else:
            change = book.merge(book.called(args.name), {into: args.into})
    return Answer({"done": change.title, "ids": list(change.ids)}, [change.title])
