"""The commands on plans and tasks, and those that make a desk."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from hazard_desk.books.plans.annex_entry import head_values
from hazard_desk.commands.annexes import annex_lines, annex_value
from hazard_desk.commands.answers import Answer, Command, day_of, declared_of, halves, reading, writing, wrote
from hazard_desk.console import shown_table
from hazard_desk.desk import Desk
from hazard_desk.errors import Refused
from hazard_desk.library.plan_file import bundled_plans, find_plan, load_plan
from hazard_desk.rules.fields import Field, Kind, Row
from hazard_desk.store.acts import Change
from hazard_desk.store.dbfile import DATABASE


def register(command: Command) -> None:
    """Make the commands of this family."""
    new = command("new", _new, "按方案新建台账")
    new.add_argument("--plan", required=True, help="方案编号，见 plans；或方案文件，以 .toml 结尾")
    new.add_argument("--opened-on", type=day_of, help="起账日，默认为今天：这一天以前到期的不算逾期、缺项")
    command("demo", _demo, "新建示例台账，并打印常用材料")
    command("plans", _plans, "列出自带的方案和台账里的方案")
    plan = command("plan", _plan, "导入、切换方案，或把方案存成文件")
    plan.add_argument(
        "act",
        metavar="做法",
        choices=tuple(_ACTS),
        help="import 导入，use 切换，export 存成文件，renew 补入新内容",
    )
    plan.add_argument("what", nargs="?", metavar="文件或编号", help="要导入的文件，或要切换到的方案编号")
    plan.add_argument("--title", default="", help="导入的方案名称，不写的取表上的标题")
    plan.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="列=栏目",
        help="表里的一列是什么，如 --map 包干领导=牵头领导；可写几次",
    )
    plan.add_argument("--dry-run", action="store_true", help="只看读到什么，不写入台账")
    plan.add_argument("--to", type=Path, help="存成的文件，以 .toml 结尾")
    tasks = command("tasks", _tasks, "列出任务、时限和状态")
    tasks.add_argument("--as-of", type=day_of, help="截至哪一天")
    tasks.add_argument("--parts", action="store_true", help="列出各项任务的分项、牵头和状态")


def _plans(args: argparse.Namespace) -> Answer:
    """The bundled plans; where there is a desk, its own among them, as the office keeps them now."""
    none = {"held": False, "current": False}
    found: dict[str, Row] = {}
    for path in bundled_plans().values():
        plan = load_plan(path)
        found[plan.id] = {"id": plan.id, "title": plan.title, **plan.counts(), **none}
    if (args.desk / DATABASE).exists():
        with reading(args) as desk:
            for row in desk.plans.all():
                found[row.code] = row | {"id": row.code, "held": True}
    rows = [declared_of(row, _PLAN_FIELDS) for row in found.values()]
    return Answer(rows, shown_table(_PLAN_FIELDS, rows))


_PLAN_FIELDS = (
    Field("id", "编号"),
    Field("title", "方案"),
    Field("actions", "主要行动"),
    Field("key_tasks", "重点任务"),
    Field("tasks", "具体任务"),
    Field("stages", "阶段"),
    Field("duties", "常态化工作"),
    Field("held", "已启用", Kind.BOOL),
    Field("current", "当前", Kind.BOOL),
)


def _plan(args: argparse.Namespace) -> Answer:
    return _ACTS[args.act](args)


def _import(args: argparse.Namespace) -> Answer:
    """Bring a plan in from a plan file or from its annex in Word or Excel."""
    if not args.what:
        raise Refused("请写明要导入的文件，如 plan import 分解表.docx")
    file = Path(args.what)
    if file.suffix.lower() == ".toml":
        return _entered(args, lambda desk: desk.plans.enter(load_plan(file)))
    today = args.today or date.today()
    told = dict(halves(pair, "--map", "列=栏目", last=True) for pair in args.map)
    annex = Desk.read_annex(file, today.year, told)
    found: Row = {"file": str(file), **annex_value(annex), "entered": False}
    if args.dry_run:
        return Answer(found, annex_lines(annex))

    def enter(desk: Desk) -> Change:
        values = head_values(annex, desk.plans.current().issuer)
        values.title = args.title or values.title or file.stem
        return desk.plans.enter_annex(annex, values)

    return _entered(args, enter, found, annex_lines(annex))


def _use(args: argparse.Namespace) -> Answer:
    """Work on a plan of the desk; a bundled one that it does not hold yet is entered."""
    if not args.what:
        raise Refused("请写明方案编号，见 plans")

    def use(desk: Desk) -> Change:
        number = desk.plans.find(args.what)
        return desk.plans.enter(find_plan(args.what)) if number is None else desk.plans.switch(number)

    return _entered(args, use)


def _save(args: argparse.Namespace) -> Answer:
    if not args.to:
        raise Refused("请用 --to 写明存成哪个文件，以 .toml 结尾")
    with reading(args) as desk:
        number = desk.plans.find(args.what) if args.what else None
        if args.what and number is None:
            raise Refused(f"台账里没有编号为“{args.what}”的方案，见 plans")
        return wrote([desk.plans.save_file(args.to, number)])


def _entered(
    args: argparse.Namespace,
    act: Callable[[Desk], Change],
    found: Row | None = None,
    lines: Sequence[str] = (),
) -> Answer:
    """Answer with what the act entered, after what was ``found`` in the file that it came from."""
    with writing(args) as desk:
        change = act(desk)
        plan = desk.plans.current()
        entered: Row = {"id": plan.code, "title": plan.title, "entered": True}
        return Answer({**(found or {}), **entered}, [*lines, change.title])


def _renew(args: argparse.Namespace) -> Answer:
    return _entered(args, lambda desk: desk.books.renewal.take_in())


_ACTS: dict[str, Callable[[argparse.Namespace], Answer]] = {
    "import": _import,
    "use": _use,
    "export": _save,
    "renew": _renew,
}


def _new(args: argparse.Namespace) -> Answer:
    opened = args.opened_on or args.today or date.today()
    with Desk.create(args.desk, args.plan, args.today, opened_on=opened) as desk:
        value = {"desk": str(args.desk), "plan": args.plan, "title": desk.plan_title, "opened_on": opened}
        told = f"已在“{args.desk}”新建台账，方案：{desk.plan_title}，起账日：{opened}"
        return Answer(value, [told])


def _demo(args: argparse.Namespace) -> Answer:
    from hazard_desk.demo import make_demo

    files = [str(file) for file in make_demo(args.desk, args.today)]
    return Answer({"desk": str(args.desk), "files": files}, [f"示例台账已建在“{args.desk}”，文件：", *files])


def _tasks(args: argparse.Namespace) -> Answer:
    with reading(args) as desk:
        fields, of_part = desk.tasks.fields, desk.tasks.part_fields
        tasks = desk.tasks.all_rows(args.as_of)
        if args.parts:
            shown = [Row(part) | {_TASK.name: row.number} for row in tasks for part in row.parts]
            rows = [declared_of(part, (_TASK, *of_part)) for part in shown]
            return Answer(rows, shown_table((_TASK, *of_part), rows))
        rows = [declared_of(row, fields) for row in tasks]
        for row, task in zip(rows, tasks, strict=True):
            row["parts"] = [declared_of(part, of_part) for part in task.parts]
        return Answer(rows, shown_table(fields, tasks))


_TASK = Field("task", "任务", Kind.INTEGER, width=3)
