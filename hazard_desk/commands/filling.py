"""The command that fills somebody else's blank form from the books."""

from __future__ import annotations

import argparse
from pathlib import Path

from hazard_desk.commands.answers import Answer, Command, day_of, halves, reading, writing
from hazard_desk.errors import Refused
from hazard_desk.rules.fields import Row
from hazard_desk.store.copies.places import saved_at


def register(command: Command) -> None:
    """Make the command of this family."""
    made = command("fill", _fill, "用台账填写别处发来的空白表格")
    made.add_argument("file", type=Path, metavar="空白表格", help=".xlsx 文件，或有表格的 .docx 文件")
    made.add_argument("--to", type=Path, help="填好的文件名，结尾与空白表格相同")
    made.add_argument("--as-of", type=day_of, help="截至哪一天，默认为今天")
    made.add_argument(
        "--from", dest="first", type=day_of, help="从哪一天起，默认看表名（月报、季报），否则从方案开始"
    )
    made.add_argument("--group", default="", help="只填一个行业领域、监管科室、村（社区）或单位")
    made.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="标签=栏目",
        help="写明一个标签或一列填什么，可多次；=后面空着为不填",
    )
    made.add_argument(
        "--set", action="append", default=[], metavar="标签=内容", help="这个标签旁边写什么，可多次"
    )
    made.add_argument("--dry-run", action="store_true", help="只看怎样填，不生成文件")


def _fill(args: argparse.Namespace) -> Answer:
    from hazard_desk.sheets.filling.filled import plain_form
    from hazard_desk.sheets.questions import Answers
    from hazard_desk.sheets.telling import asked_line

    if args.to is None and not args.dry_run:
        raise Refused("请用 --to 写明填好的文件存到哪里，或用 --dry-run 只看怎样填")
    meanings = dict(halves(one, "--map", "标签=栏目") for one in args.map)
    answers = Answers(meanings, values=dict(halves(one, "--set", "标签=内容") for one in args.set))
    with reading(args) if args.dry_run else writing(args) as desk:
        filled = desk.sheets.filled(args.file, args.as_of, args.first, args.group, answers)
        value: Row = plain_form(filled)
        lines = [f"{one.cell} {one.label}：{one.value}" for one in filled.filled]
        lines += [f"{one.cell} {one.label}：没有填，{one.reason}" for one in filled.unknown]
        lines += filled.notes
        if not args.dry_run:
            change = desk.sheets.keep_filled(filled, args.to, answers)
            value |= {"files": [str(args.to)], "submission": change.ids[0] if change else None}
            lines.append(saved_at(args.to))
    if not filled.filled:
        lines.append("没有一个格子能确定填什么，请用 --map 写明")
    lines += map(asked_line, filled.questions)
    lines.append(f"填了{len(filled.filled)}格，没有填{len(filled.unknown)}格")
    return Answer(value, lines)
