"""The command line: one call into the core per command.

``--json`` prints one JSON value and nothing else; messages go to stderr, one Chinese line each.
Exit codes: 0 done, 2 refused or wrong usage, 3 trouble, 1 a bug.
"""

from __future__ import annotations

import argparse
import json
import sys
import traceback
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, NoReturn, Protocol

from hazard_desk import __version__
from hazard_desk.console import shown_table
from hazard_desk.desk import Desk
from hazard_desk.errors import Refused, Trouble
from hazard_desk.ledgers.query import Query
from hazard_desk.rules.dates import parse_date
from hazard_desk.rules.fields import Field
from hazard_desk.store.backup import DATABASE
from hazard_desk.store.place import default_folder


class Window(Protocol):
    """What the command line needs of the window; given from outside, for the core knows no screen."""

    def open_window(self, folder: Path, today: date | None) -> int: ...
    def take_shots(self, folder: Path, to: Path, size: tuple[int, int], today: date | None) -> list[Path]: ...


@dataclass
class Answer:
    """What a command found: a JSON value, and the lines that a person reads instead."""

    value: Any
    lines: list[str] = field(default_factory=list)


_WRONG_USE = (
    ("the following arguments are required:", "缺少"),
    ("unrecognized arguments:", "不认识"),
    ("expected one argument", "后面缺少内容"),
    ("ignored explicit argument", "后面不应有"),
    ("invalid choice:", "没有"),
    ("argument ", ""),
)


class Parser(argparse.ArgumentParser):
    """argparse that helps and refuses in Chinese."""

    def __init__(self, *args: Any, **says: Any) -> None:
        super().__init__(*args, **(says | {"add_help": False, "allow_abbrev": False}))
        self.add_argument("-h", "--help", action="help", help="显示用法")
        self._positionals.title = "内容"
        self._optionals.title = "选项"

    def format_help(self) -> str:
        return super().format_help().replace("usage:", "用法：", 1)

    def error(self, message: str) -> NoReturn:
        message = message.partition(" (choose from")[0]
        for english, chinese in _WRONG_USE:
            message = message.replace(english, chinese)
        raise Refused(f"命令写法不对（{message.strip()}），用法见 hazard-desk --help")


def main(argv: Sequence[str] | None = None, window: Callable[[], Window] | None = None) -> int:
    """Run one command and return its exit code. Without a command, open the window."""
    _chinese_output()
    words = list(sys.argv[1:] if argv is None else argv)
    try:
        args = _parser().parse_args(words)
        args.window = window
        if args.command is None:
            return _window(args).open_window(args.desk, args.today)
        answer: Answer = args.run(args)
    except (Refused, Trouble) as wrong:
        _say(wrong.message.replace("\n", " "))
        return wrong.exit_code
    except Exception:  # a bug: the trace is for whoever mends it
        traceback.print_exc()
        _say("程序出现了意外问题，请把以上内容发给技术支持")
        return 1
    if args.json:
        print(json.dumps(answer.value, ensure_ascii=False, default=_as_json))
    else:
        for line in answer.lines:
            print(line)
    return 0


def _chinese_output() -> None:
    """A Chinese console may be GBK: what it cannot show becomes a question mark, never a crash."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, ValueError):
            stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]


def _say(message: str) -> None:
    if sys.stderr is not None:
        print(message, file=sys.stderr)


def _as_json(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


# Commands


def _plans(args: argparse.Namespace) -> Answer:
    from hazard_desk.library.plans import bundled, load_plan

    value = []
    for path in bundled().values():
        plan = load_plan(path)
        value.append({"id": plan.id, "title": plan.title, **plan.counts()})
    heads = (Field("id", "编号"), Field("title", "方案"))
    counts = (
        Field("actions", "主要行动"),
        Field("key_tasks", "重点任务"),
        Field("tasks", "具体任务"),
        Field("stages", "阶段"),
        Field("duties", "常态化工作"),
    )
    return Answer(value, shown_table(heads + counts, value))


def _new(args: argparse.Namespace) -> Answer:
    with Desk.create(args.desk, args.plan, args.today) as desk:
        value = {"desk": str(args.desk), "plan": args.plan, "title": desk.plan_title}
        return Answer(value, [f"已在“{args.desk}”新建台账，方案：{desk.plan_title}"])


def _demo(args: argparse.Namespace) -> Answer:
    from hazard_desk.demo import make_demo

    files = [str(file) for file in make_demo(args.desk, args.today)]
    return Answer({"desk": str(args.desk), "files": files}, [f"示例台账已建在“{args.desk}”，文件：", *files])


def _tasks(args: argparse.Namespace) -> Answer:
    with _reading(args) as desk:
        rows = desk.tasks.all_rows(args.as_of)
        return Answer(
            [_declared(row, desk.tasks.fields) for row in rows], shown_table(desk.tasks.fields, rows)
        )


def _due(args: argparse.Namespace) -> Answer:
    from hazard_desk.figures.due import DUE_FIELDS, due_items

    if args.to < args.since:
        raise Refused("结束日期不能早于开始日期，请检查 --from 和 --to")
    with _reading(args) as desk:
        rows = [item.row() for item in due_items(desk.books, args.since, args.to)]
    return Answer(rows, shown_table(DUE_FIELDS, rows))


def _list(args: argparse.Namespace) -> Answer:
    with _reading(args) as desk:
        ledger = desk.books.ledger(args.ledger)
        rows = ledger.select(_query(args, desk))
        return Answer(
            [{"id": row["id"], **_declared(row, ledger.fields)} for row in rows],
            [*shown_table(ledger.fields, rows), f"共{len(rows)}条"],
        )


def _export(args: argparse.Namespace) -> Answer:
    with _reading(args) as desk:
        return _wrote([desk.export(args.ledger, args.to, _query(args, desk))])


def _template(args: argparse.Namespace) -> Answer:
    with _reading(args) as desk:
        return _wrote([desk.template(args.ledger, args.to)])


def _print(args: argparse.Namespace) -> Answer:
    from hazard_desk.papers.reports import REPORT_FIELDS, REPORTS, reports_of

    if args.list and not (args.desk / DATABASE).exists():
        return _listed(REPORT_FIELDS, REPORTS.values())
    with _reading(args) as desk:
        if args.list:
            return _listed(REPORT_FIELDS, reports_of(desk.books).values())
        if not args.report:
            raise Refused("请写明要打印哪一种材料，可用 print --list 查看")
        return _wrote([desk.print(args.report, args.to)])


def _listed(fields: Sequence[Field], things: Iterable[object]) -> Answer:
    rows = [{field.name: getattr(thing, field.name) for field in fields} for thing in things]
    return Answer(rows, shown_table(fields, rows))


def _shots(args: argparse.Namespace) -> Answer:
    width, _, height = args.size.partition("x")
    if not (width.isdigit() and height.isdigit()):
        raise Refused("窗口大小请写成 1366x768 的样子")
    shots = _window(args).take_shots(args.desk, args.to, (int(width), int(height)), args.today)
    return _wrote(shots)


def _backup(args: argparse.Namespace) -> Answer:
    with _reading(args) as desk:
        return _wrote([desk.backup(args.to)])


def _restore(args: argparse.Namespace) -> Answer:
    Desk.restore(args.file, args.desk)
    return Answer({"desk": str(args.desk)}, [f"已从“{args.file}”恢复到“{args.desk}”"])


def _check(args: argparse.Namespace) -> Answer:
    with _reading(args) as desk:
        found = desk.check()
    if found:
        raise Trouble("；".join(found))
    return Answer({"faults": []}, ["台账校验通过"])


# Arguments


def _parser() -> Parser:
    parser = Parser("hazard-desk", description="隐患工作台")
    parser.add_argument("--version", action="version", version=__version__, help="显示版本")
    parser.add_argument("--desk", type=Path, default=default_folder(), help="台账所在文件夹")
    parser.add_argument("--today", type=_day, help="以这一天为今天")
    parser.set_defaults(command=None, json=False)
    commands = parser.add_subparsers(dest="command", metavar="命令")

    def command(name: str, run: Callable[[argparse.Namespace], Answer], help: str) -> Parser:
        made: Parser = commands.add_parser(name, help=help, description=help)
        made.add_argument("--json", action="store_true", help="输出JSON")
        made.set_defaults(run=run)
        return made

    new = command("new", _new, "按方案新建台账")
    new.add_argument("--plan", required=True, help="方案编号，见 plans")
    command("demo", _demo, "新建示例台账，并打印常用材料")
    command("plans", _plans, "列出自带的方案")
    tasks = command("tasks", _tasks, "列出任务、时限和状态")
    tasks.add_argument("--as-of", type=_day, help="截至哪一天")
    due = command("due", _due, "列出一段时间内到期的事项")
    due.add_argument("--from", dest="since", type=_day, required=True, help="开始日期")
    due.add_argument("--to", type=_day, required=True, help="结束日期")
    rows = command("list", _list, "列出一本台账")
    blank = command("template", _template, "生成空白采集表")
    sheet = command("export", _export, "把台账导出为电子表格")
    for made in (rows, blank, sheet):
        made.add_argument("ledger", metavar="台账", help="台账，如 hazards")
    for made in (rows, sheet):
        made.add_argument("--where", action="append", default=[], metavar="栏目=值", help="筛选，可多次")
        made.add_argument("--as-of", type=_day, help="截至哪一天")
    for made in (blank, sheet):
        made.add_argument("--to", type=Path, required=True, help="文件名，以 .xlsx 结尾")
    paper = command("print", _print, "打印材料")
    paper.add_argument("report", nargs="?", metavar="材料", help="材料编号，见 print --list")
    paper.add_argument("--list", action="store_true", help="列出全部材料")
    paper.add_argument("--to", type=Path, help="文件名，以 .pdf 或 .xlsx 结尾")
    shots = command("shots", _shots, "打开窗口，逐页截图")
    shots.add_argument("--to", type=Path, required=True, help="截图存放的文件夹")
    shots.add_argument("--size", default="1366x768", help="窗口大小")
    backup = command("backup", _backup, "备份台账")
    backup.add_argument("--to", type=Path, help="备份文件名")
    restore = command("restore", _restore, "用备份恢复台账")
    restore.add_argument("file", type=Path, metavar="备份", help="备份文件")
    command("check", _check, "校验台账")
    return parser


def _day(text: str) -> date:
    found = parse_date(text, date.today().year)
    if found is None:
        raise Refused(f"日期“{text}”看不懂，请写成 2023-05-18 的样子")
    return found


def _query(args: argparse.Namespace, desk: Desk) -> Query:
    where = {name: [value] for name, value in desk.books.place_of(args.ledger)[1].items()}
    for condition in args.where:
        name, equals, value = condition.partition("=")
        if not equals:
            raise Refused(f"筛选条件“{condition}”请写成 栏目=值 的样子")
        where.setdefault(name, []).append(value)
    return Query(where=where, as_of=args.as_of)


def _reading(args: argparse.Namespace) -> Desk:
    return Desk.open(args.desk, args.today, lock=False)


def _window(args: argparse.Namespace) -> Window:
    if args.window is None:
        raise Refused("这里没有窗口，请用命令，见 hazard-desk --help")
    opened: Window = args.window()
    return opened


def _declared(row: dict[str, Any], fields: Sequence[Field]) -> dict[str, Any]:
    return {field.name: row[field.name] for field in fields}


def _wrote(files: Sequence[Path]) -> Answer:
    return Answer({"files": [str(file) for file in files]}, [f"已保存：{file}" for file in files])
