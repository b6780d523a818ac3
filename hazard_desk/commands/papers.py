"""The commands that print."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from hazard_desk.batch import ALL
from hazard_desk.books.documents.together import BESIDES
from hazard_desk.books.documents.wordings import RECOVERY_CODE
from hazard_desk.books.kit.query import Query
from hazard_desk.commands.answers import BETWEEN, Answer, Command, day_of, reading, table_of, writing, wrote
from hazard_desk.desk import Desk
from hazard_desk.errors import Refused
from hazard_desk.store.copies.places import saved_at
from hazard_desk.store.dbfile import DATABASE
from hazard_desk.store.files import suffix_of


def register(command: Command) -> None:
    """Make the commands of this family."""
    paper = command("print", _print, "打印材料")
    paper.add_argument(
        "report", nargs="?", metavar="材料", help=f"材料编号，见 print --list；{RECOVERY_CODE} 为恢复码"
    )
    paper.add_argument("--list", action="store_true", help="列出全部材料")
    paper.add_argument(
        "--number",
        default="",
        metavar="编号",
        help=f"哪一条记录：隐患编号、记录序号或文号，“{ALL}”为全部；多条用逗号分开，印在一个文件里，"
        "--to 写文件夹则每条一份，加 --issue 写在一份里",
    )
    paper.add_argument("--issue", action="store_true", help="编文号并记入发文登记，再打印")
    paper.add_argument("--as-of", type=day_of, help="截至哪一天")
    paper.add_argument(
        "--columns",
        default="",
        metavar="栏目,栏目",
        help="台账印哪些栏目、按什么顺序，用逗号分开；“五落实”是责任、措施、资金、时限、预案五栏",
    )
    paper.add_argument(
        "--to", type=Path, help="文件名，以 .pdf、.docx 或 .xlsx 结尾；几条记录每条一份时写文件夹"
    )
    binder = command("binder", _binder, "生成迎检档案：每项任务一个文件夹，缺项列在最前")
    binder.add_argument("--to", type=Path, required=True, help="存放的文件夹，须是空的")


def _binder(args: argparse.Namespace) -> Answer:
    with reading(args) as desk:
        return wrote([desk.papers.binder(args.to)])


def _print(args: argparse.Namespace) -> Answer:
    from hazard_desk.papers.catalogue import REPORT_FIELDS, REPORTS, reports_of

    if args.list and not (args.desk / DATABASE).exists():
        return table_of(REPORT_FIELDS, REPORTS.values())
    if args.report == RECOVERY_CODE:
        with writing(args) as desk:
            return wrote([desk.papers.print_recovery_code(args.to)])
    with writing(args) if args.issue else reading(args) as desk:
        if args.list:
            return table_of(REPORT_FIELDS, reports_of(desk.books).values())
        if not args.report:
            raise Refused("请写明要打印哪一种材料，可用 print --list 查看")
        several = [name for name in BETWEEN.split(args.number) if name]
        if (len(several) > 1 or ALL in several) and not args.issue:
            return _print_many(desk, args, several)
        if args.issue:
            return _issue(desk, args, several)
        columns = tuple(name for name in BETWEEN.split(args.columns) if name)
        query = Query(as_of=args.as_of, columns=columns)
        told: list[str] = []
        file = desk.papers.print(args.report, args.to, query, args.number, told.append)
        return _bound(desk, args.report, args.number, file) or _wrote(file, told)


def _wrote(file: Path, told: Sequence[str]) -> Answer:
    """Answer with the file that was written, and what there is to know of it."""
    return Answer({"files": [str(file)], "advice": list(told)}, [saved_at(file), *told])


def _print_many(desk: Desk, args: argparse.Namespace, several: Sequence[str]) -> Answer:
    """Print a paper about several records: into one file, or a file each where a folder is named."""
    if args.to and (args.to.is_dir() or not suffix_of(args.to.name)):
        files, refused = desk.papers.print_each(args.report, several, args.to)
    else:
        file, refused = desk.papers.print_many(args.report, several, args.to)
        files = [file]
    said = [f"{number}　没有打印：{reason}" for number, reason in refused.items()]
    told = [*(saved_at(file) for file in files), *said]
    return Answer({"files": [str(file) for file in files], "refused": dict(refused)}, told)


def _bound(desk: Desk, name: str, number: str, file: Path) -> Answer | None:
    """Tell what a case file lacks that was printed; None for a paper that puts no others together."""
    from hazard_desk.papers.catalogue import find_report, record_of

    report = find_report(desk.books, name)
    if not report.bound:
        return None
    lacking = [one.told for one in desk.papers.case(name, record_of(desk.books, report, number)).lacking]
    told = [f"还缺：{told}" for told in lacking]
    return Answer({"files": [str(file)], "lacking": list(lacking)}, [saved_at(file), *told])


def _issue(desk: Desk, args: argparse.Namespace, several: Sequence[str]) -> Answer:
    """Issue a paper, about several hazards of a firm where several are named; what is doubtful is told."""
    number, besides = (several[0], several[1:]) if len(several) > 1 else (args.number, [])
    doubts = desk.papers.doubts(args.report, number, {BESIDES: list(besides)})
    query = Query(as_of=args.as_of)
    file = desk.papers.print_issued(args.report, args.to, query, number, besides)
    told = [f"请核对：{doubt}" for doubt in doubts]
    return Answer({"files": [str(file)], "doubts": list(doubts)}, [saved_at(file), *told])
