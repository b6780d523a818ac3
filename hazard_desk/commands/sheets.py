"""The commands by which spreadsheets come and go."""

from __future__ import annotations

import argparse
from pathlib import Path

from hazard_desk.commands.answers import Answer, Command, add_filters, query_of, reading, writing, wrote
from hazard_desk.rules.fields import Row, read_names
from hazard_desk.store.copies.places import saved_at


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
    taken.add_argument("file", type=Path, metavar="表格", help=".xlsx、.xls、.et、.csv 或 .docx 文件")
    taken.add_argument("--dry-run", action="store_true", help="只看结果，不导入")
    taken.add_argument("--errors", type=Path, help="有问题的格子标注后另存为这个 .xlsx 文件")
    taken.add_argument(
        "--on-existing",
        choices=("update", "skip", "new"),
        default="skip",
        help="台账中已有的怎么办，默认跳过",
    )
    taken.add_argument("--good-rows", action="store_true", help="有问题的行不导入，其余照常导入")
    added = command("rollup", _rollup, "汇总各单位报来的台账或调度表")
    added.add_argument("what", metavar="台账或调度表", help="台账，如 enterprises；或调度表编号，见 form")
    added.add_argument("files", type=Path, nargs="+", metavar="表格", help="各单位报来的文件")
    added.add_argument("--to", type=Path, required=True, help="文件名，以 .xlsx 结尾")
    added.add_argument("--units", default="", help="应报的单位，用顿号分开")


def _template(args: argparse.Namespace) -> Answer:
    with reading(args) as desk:
        return wrote([desk.sheets.template(args.ledger, args.to)])


def _export(args: argparse.Namespace) -> Answer:
    with reading(args) as desk:
        return wrote([desk.sheets.export(args.ledger, args.to, query_of(args, desk))])


def _import(args: argparse.Namespace) -> Answer:
    from hazard_desk.sheets.importing import Fate, OnExisting, run_import
    from hazard_desk.sheets.marking import write_marked

    with writing(args) as desk:
        incoming = desk.sheets.incoming(args.ledger, args.file)
        result = run_import(
            desk.books, incoming, OnExisting(args.on_existing), args.good_rows, trial=args.dry_run
        )
        lines = [f"第{one['row']}行 {one['column']}：{one['reason']}" for one in result.told()]
        if args.errors and result.refused:
            lines.append(f"有问题的格子已标注，另存为：{write_marked(result, args.errors)}")
    stopped = bool(result.refused) and not args.good_rows
    kept = not stopped or args.dry_run
    counts = {
        "new": result.count(Fate.NEW) if kept else 0,
        "updated": result.count(Fate.UPDATED) if kept else 0,
        "skipped": result.count(Fate.SKIPPED),
    }
    idle = [column.heading for column in incoming.heading.columns if not column.field]
    if idle:
        lines.insert(0, f"没有对应栏目、不导入的列：{'、'.join(idle)}")
    said = "试导入" if args.dry_run else "导入"
    lines.append(
        f"{said}：新增{counts['new']}条，更新{counts['updated']}条，跳过{counts['skipped']}条，"
        f"不能导入{len(result.refused)}行"
    )
    notes = []
    if stopped:
        notes = [f"有{len(result.refused)}行不能导入，没有导入任何内容，请改好后再试，或加 --good-rows"]
    value: Row = {**counts, "refused": result.told(), "ignored_columns": idle}
    return Answer(value, lines, notes, 2 if stopped else 0)


def _rollup(args: argparse.Namespace) -> Answer:
    from hazard_desk.sheets.rollup.workbook import write_rollup

    with reading(args) as desk:
        rollup = desk.sheets.roll_up(args.what, args.files, read_names(args.units))
        file = write_rollup(rollup, args.to)
    lines = [f"{one.unit}：{one.count}条（{one.file.name}）" for one in rollup.sources if not one.nil]
    lines += rollup.told()
    lines.append(saved_at(file))
    return Answer(rollup.plain() | {"files": [str(file)]}, lines, rollup.unread)
