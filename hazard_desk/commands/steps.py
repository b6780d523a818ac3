"""The commands of the loop: a step for one hazard or many, and the overview of the major ones."""

from __future__ import annotations

import argparse
import re

from hazard_desk.books.hazards.step import HAPPENED_ON, Step
from hazard_desk.books.hazards.steps import STEPS
from hazard_desk.books.kit.many import ManyDone, RowRefusal
from hazard_desk.commands.answers import BETWEEN, Answer, Command, day_of, halves, reading, writing
from hazard_desk.desk import Desk
from hazard_desk.errors import Refused
from hazard_desk.rules.fields import Row, Value, field_called


def register(command: Command) -> None:
    """Make the commands of this family."""
    overview = command("majors", _majors, "重大隐患一览：每条从判定到销号，缺什么")
    overview.add_argument("--as-of", type=day_of, help="截至哪一天")
    step = command("step", _step, "为一条或多条隐患办理一步：复查、销号、延期、推送……")
    step.add_argument("numbers", nargs="+", metavar="隐患", help="隐患编号或记录序号，多条用逗号或空格分开")
    step.add_argument("kind", metavar="步骤", help="步骤，如 signed_off 或 销号")
    step.add_argument(
        "--set", action="append", default=[], metavar="栏目=值", help="这一步填写的内容，可多次；日期默认今天"
    )


def _step(args: argparse.Namespace) -> Answer:
    step = _called(args.kind)
    numbers = [name for word in args.numbers for name in BETWEEN.split(word) if name]
    with writing(args) as desk:
        values: Row = {HAPPENED_ON: desk.today}
        fields = (*step.fields, *(desk.books.issuing.fields(step.paper) if step.paper else ()))
        for told in args.set:
            name, value = halves(told, "--set", "栏目=值")
            values[field_called(fields, name).name] = value
        taken = desk.books.issuing.step_many(numbers, step.kind, values)
        return _told(desk, step, taken)


def _majors(args: argparse.Namespace) -> Answer:
    from hazard_desk.figures.majors import majors

    with reading(args) as desk:
        found = majors(desk.books, args.as_of)
    lines = [f"{one.hazard.number}　{one.hazard.state}　{one.words}" for one in found]
    lacking = sum(bool(one.lacking) for one in found)
    return Answer([one.row() for one in found], [*lines, f"共{len(found)}条，{lacking}条有缺项或逾期"])


def _called(word: str) -> Step:
    """Return the step of this name or label. ``Refused`` with those that there are."""
    wanted = _plain(word)
    for step in STEPS.values():
        if step.after and wanted in (step.kind, _plain(step.label)):
            return step
    known = "、".join(f"{step.kind}（{step.label}）" for step in STEPS.values() if step.after)
    raise Refused(f"没有“{word}”这一步，可用的有：{known}")


def _plain(word: str) -> str:
    """A label without its marks: 落实五落实."""
    return re.sub(r"[“”‘’\"'\s]", "", word).lower()


def _told(desk: Desk, step: Step, taken: ManyDone) -> Answer:
    rows = {row.id: row for row in desk.hazards.rows(list(taken.done))}
    done: list[Value] = [
        {"id": row.id, "number": row.number, "state": row.state} for row in map(rows.__getitem__, taken.done)
    ]
    refused: list[Value] = [_refusal(one) for one in taken.refused]
    value: Row = {"step": step.kind, "title": taken.change.title, "done": done, "refused": refused}
    lines = [f"{row.number}　{step.label}　{row.state}" for row in rows.values()]
    lines += [f"{one.name}　没有办理：{one.reason}" for one in taken.refused]
    return Answer(value, [*lines, f"共办理{len(done)}条，没有办理{len(refused)}条"])


def _refusal(one: RowRefusal) -> Value:
    return {"id": one.id or None, "number": one.name, "reason": one.reason, "field": one.field}
