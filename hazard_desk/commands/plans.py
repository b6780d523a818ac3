"""The commands on plans and tasks, and those that make a desk."""

from __future__ import annotations

import argparse

from hazard_desk.commands.answers import Answer, Command, day_of, declared_of, reading
from hazard_desk.console import shown_table
from hazard_desk.desk import Desk
from hazard_desk.rules.fields import Field, Kind
from hazard_desk.store.backup import DATABASE


def register(command: Command) -> None:
    """Make the commands of this family."""
    new = command("new", _new, "按方案新建台账")
    new.add_argument("--plan", required=True, help="方案编号，见 plans；或方案文件，以 .toml 结尾")
    command("demo", _demo, "新建示例台账，并打印常用材料")
    command("plans", _plans, "列出自带的方案和台账里的方案")
    tasks = command("tasks", _tasks, "列出任务、时限和状态")
    tasks.add_argument("--as-of", type=day_of, help="截至哪一天")


def _plans(args: argparse.Namespace) -> Answer:
    """The bundled plans; where there is a desk, its own among them, as the office keeps them now."""
    from hazard_desk.library.plans import bundled, load_plan

    none = {"held": False, "current": False}
    found = {}
    for path in bundled().values():
        plan = load_plan(path)
        found[plan.id] = {"id": plan.id, "title": plan.title, **plan.counts(), **none}
    if (args.desk / DATABASE).exists():
        with reading(args) as desk:
            for row in desk.plans.all():
                found[row["code"]] = row | {"id": row["code"], "held": True}
    rows = [{field.name: row[field.name] for field in _PLAN_FIELDS} for row in found.values()]
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


def _new(args: argparse.Namespace) -> Answer:
    with Desk.create(args.desk, args.plan, args.today) as desk:
        value = {"desk": str(args.desk), "plan": args.plan, "title": desk.plan_title}
        return Answer(value, [f"已在“{args.desk}”新建台账，方案：{desk.plan_title}"])


def _demo(args: argparse.Namespace) -> Answer:
    from hazard_desk.demo import make_demo

    files = [str(file) for file in make_demo(args.desk, args.today)]
    return Answer({"desk": str(args.desk), "files": files}, [f"示例台账已建在“{args.desk}”，文件：", *files])


def _tasks(args: argparse.Namespace) -> Answer:
    with reading(args) as desk:
        rows = desk.tasks.all_rows(args.as_of)
        return Answer(
            [declared_of(row, desk.tasks.fields) for row in rows], shown_table(desk.tasks.fields, rows)
        )
