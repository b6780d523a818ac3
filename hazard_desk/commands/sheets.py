"""The commands by which spreadsheets come and go."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from hazard_desk.commands.answers import (
    Answer,
    Command,
    add_filters,
    halves,
    query_of,
    reading,
    writing,
    wrote,
)
from hazard_desk.errors import Refused
from hazard_desk.rules.fields import read_names
from hazard_desk.store.copies.places import saved_at

if TYPE_CHECKING:
    from hazard_desk.sheets.questions import Answers


def register(command: Command) -> None:
    """Make the commands of this family."""
    blank = command("template", _template, "生成空白采集表")
    taken = command("import", _import, "把表格导入台账")
    sheet = command("export", _export, "把台账导出为电子表格")
    for made in (blank, taken, sheet):
        made.add_argument("ledger", metavar="台账", help="台账，如 hazards")
    for made in (blank, sheet):
        made.add_argument("--to", type=Path, required=True, help="文件名，以 .xlsx 结尾")
    add_filters(sheet)
    _add_import(taken)
    added = command("rollup", _rollup, "汇总各单位报来的台账或调度表")
    added.add_argument("what", metavar="台账或调度表", help="台账，如 enterprises；或调度表编号，见 form")
    added.add_argument("files", type=Path, nargs="+", metavar="表格", help="各单位报来的文件")
    added.add_argument("--to", type=Path, required=True, help="文件名，以 .xlsx 结尾")
    added.add_argument("--units", default="", help="应报的单位，用顿号分开")


def _add_import(taken: argparse.ArgumentParser) -> None:
    taken.add_argument("file", type=Path, metavar="表格", help=".xlsx、.xls、.et、.csv 或 .docx 文件")
    taken.add_argument("--dry-run", action="store_true", help="只看结果，不导入")
    taken.add_argument("--errors", type=Path, help="有疑问的格子标注后另存为这个 .xlsx 文件")
    taken.add_argument(
        "--on-existing",
        choices=("update", "skip", "new"),
        default="skip",
        help="台账中已有的怎么办，默认跳过",
    )
    for option, shape, said in (
        ("--map", "列=栏目", "某一列（标题或字母）对应哪个栏目，栏目留空的照录在其他栏目里；可多次"),
        ("--set", "栏目=值", "整张表都是这个值；可多次"),
        ("--word", "栏目:原词=选项", "表里的某个说法是哪个选项；可多次"),
    ):
        taken.add_argument(option, action="append", default=[], metavar=shape, help=said)
    taken.add_argument(
        "--good-rows", action="store_true", help="有疑问的行不导入；不写这一项，有疑问的内容照录，列入待补"
    )


def _template(args: argparse.Namespace) -> Answer:
    with reading(args) as desk:
        return wrote([desk.sheets.template(args.ledger, args.to)])


def _export(args: argparse.Namespace) -> Answer:
    with reading(args) as desk:
        return wrote([desk.sheets.export(args.ledger, args.to, query_of(args, desk))])


def _import(args: argparse.Namespace) -> Answer:
    from hazard_desk.sheets.importing import OnExisting, run_import
    from hazard_desk.sheets.marking import write_marked
    from hazard_desk.sheets.telling import nameless, told_lines, told_plain

    answers = answers_of(args.map, args.set, args.word)
    with writing(args) as desk:
        incoming = desk.sheets.incoming(args.ledger, args.file).answered(answers)
        if args.dry_run and (answer := nameless(incoming)):
            return Answer(answer.value, answer.lines, [answer.sentence], 2)
        existing = OnExisting(args.on_existing)
        result = run_import(desk.books, incoming, existing, args.dry_run, good_only=args.good_rows)
        lines = told_lines(result, args.dry_run)
        if args.errors and (result.doubtful or result.gaps):
            lines.append(f"有疑问的格子已标注，另存为：{write_marked(result, args.errors)}")
        return Answer(told_plain(result), lines)


def answers_of(columns: Sequence[str], values: Sequence[str], said: Sequence[str]) -> Answers:
    """Return what ``--map``, ``--set`` and ``--word`` say. ``Refused`` for another shape."""
    from hazard_desk.sheets.questions import Answers

    words = {}
    for one in said:
        told, choice = halves(one, "--word", "栏目:原词=选项", last=True)
        name, colon, word = told.replace("：", ":", 1).partition(":")
        if not colon:
            raise Refused(f"“--word {one}”请写成 --word 栏目:原词=选项 的样子")
        words[name.strip(), word.strip()] = choice
    mapped = dict(halves(one, "--map", "列=栏目", last=True) for one in columns)
    return Answers(mapped, words, dict(halves(one, "--set", "栏目=值") for one in values))


def _rollup(args: argparse.Namespace) -> Answer:
    from hazard_desk.sheets.rollup.workbook import write_rollup

    with reading(args) as desk:
        rollup = desk.sheets.roll_up(args.what, args.files, read_names(args.units))
        file = write_rollup(rollup, args.to)
    lines = [f"{one.unit}：{one.count}条（{one.file.name}）" for one in rollup.sources if not one.nil]
    lines += rollup.told()
    lines.append(saved_at(file))
    return Answer(rollup.plain() | {"files": [str(file)]}, lines, rollup.unread)
