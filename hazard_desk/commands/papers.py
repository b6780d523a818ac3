"""The commands that print."""

from __future__ import annotations

import argparse
from pathlib import Path

from hazard_desk.commands.answers import Answer, Command, listed, reading, wrote
from hazard_desk.errors import Refused
from hazard_desk.store.backup import DATABASE


def register(command: Command) -> None:
    """Make the commands of this family."""
    paper = command("print", _print, "打印材料")
    paper.add_argument("report", nargs="?", metavar="材料", help="材料编号，见 print --list")
    paper.add_argument("--list", action="store_true", help="列出全部材料")
    paper.add_argument("--to", type=Path, help="文件名，以 .pdf、.docx 或 .xlsx 结尾")


def _print(args: argparse.Namespace) -> Answer:
    from hazard_desk.papers.reports import REPORT_FIELDS, REPORTS, reports_of

    if args.list and not (args.desk / DATABASE).exists():
        return listed(REPORT_FIELDS, REPORTS.values())
    with reading(args) as desk:
        if args.list:
            return listed(REPORT_FIELDS, reports_of(desk.books).values())
        if not args.report:
            raise Refused("请写明要打印哪一种材料，可用 print --list 查看")
        return wrote([desk.print(args.report, args.to)])
