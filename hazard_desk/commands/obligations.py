"""The commands on what is asked of whom: what is missing, by name, and urging on those who are behind."""

from __future__ import annotations

import argparse
from datetime import date

from hazard_desk.books.duties.occurrences import DutyOccurrence
from hazard_desk.commands.answers import Answer, Command, day_of, reading, writing
from hazard_desk.console import shown_table
from hazard_desk.rules.fields import Field, Kind, Row


def register(command: Command) -> None:
    """Make the commands of this family."""
    missing = command("missing", _missing, "列出常态化工作还缺什么：哪一期、缺哪几个对象、为什么不算")
    missing.add_argument("--as-of", type=day_of, help="截至哪一天")
    missing.add_argument("--from", dest="since", type=day_of, help="从哪一天到期的列起，不写的全列")
    urge = command("urge", _urge, "催办没有完成的单位或人，每个一份提醒函")
    urge.add_argument("duty", type=int, metavar="工作", help="常态化工作的编号，见 missing")
    urge.add_argument("key", metavar="期次", help="哪一期，见 missing 的 key")
    urge.add_argument("names", nargs="*", metavar="名称", help="催办谁，不写的催办全部")


_FIELDS = (
    Field("duty", "编号", Kind.INTEGER),
    Field("key", "期次"),
    Field("title", "工作事项", width=24),
    Field("due", "时限", Kind.DATE),
    Field("state", "状态"),
    Field("who", "由谁办", width=10),
    Field("whom", "对谁办", width=8),
    Field("done", "已完成", Kind.INTEGER),
    Field("of", "应完成", Kind.INTEGER),
    Field("missing", "还缺", Kind.NAMES, width=24),
    Field("why", "说明", width=30),
)


def _missing(args: argparse.Namespace) -> Answer:
    with reading(args) as desk:
        day = args.as_of or desk.today
        found = desk.duties.lacking(args.since or date.min, date.max, day)
    rows = [_row(one) for one in found]
    return Answer(rows, [*shown_table(_FIELDS, rows), f"共{len(rows)}项"])


def _row(one: DutyOccurrence) -> Row:
    asked = one.asked
    total = len(asked.objects) if asked.whom else asked.at_least
    done = total - len(one.missing) if asked.whom else one.verdict.count
    return {
        "duty": one.duty.id,
        "key": one.key,
        "title": one.title,
        "due": one.due,
        "state": str(one.state),
        "who": asked.who,
        "whom": asked.whom,
        "done": done,
        "of": total,
        "missing": list(one.missing),
        "why": one.verdict.reason,
    }


def _urge(args: argparse.Namespace) -> Answer:
    with writing(args) as desk:
        change = desk.books.urging.urge(args.duty, args.key, args.names)
    done: Row = {"act": change.title, "letters": list(change.ids)}
    told = f"{change.title}；提醒函共{len(change.ids)}份，用 print letter-remind --number 编号 打印"
    return Answer(done, [told])
