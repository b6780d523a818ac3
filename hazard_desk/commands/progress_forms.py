"""The commands that count a progress form (调度表), send it, and give back what was sent."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from pathlib import Path

from hazard_desk.books.submissions import SubmissionRow, Submissions
from hazard_desk.commands.answers import Answer, Command, day_of, declared_of, reading, writing
from hazard_desk.console import shown_table
from hazard_desk.desk import Desk
from hazard_desk.errors import Refused
from hazard_desk.figures.progress.checks import (
    differences,
    doubts,
    last_sent,
    replaced_by,
    sent_already,
    version_before,
)
from hazard_desk.figures.progress.filling import FilledProgressForm, fill, plain_progress_form, thawed
from hazard_desk.figures.progress.summing import sum_up
from hazard_desk.library.progress_forms import ProgressForm, find_progress_form
from hazard_desk.rules.dates import show_date
from hazard_desk.rules.fields import Field, Kind, Row
from hazard_desk.rules.identifiers import same_key
from hazard_desk.rules.readings import Reading
from hazard_desk.store.copies.places import saved_at

_LATEST = 0
_NUMBER = Field("number", "序号", Kind.INTEGER, width=4)
_REPLACED = Field("replaced_by", "由第几次代替", Kind.INTEGER, width=6)


def register(command: Command) -> None:
    """Make the commands of this family."""
    form = command("form", _form, "统计调度表")
    form.add_argument("form", metavar="调度表", help="调度表编号，如 fangshan-2023")
    form.add_argument("--as-of", type=day_of, help="截至哪一天，默认为今天")
    form.add_argument("--group", default="", help="只统计一个报送单位、科室、行业领域或村（社区）")
    form.add_argument("--reading", type=_reading, help="统计口径：累计（cumulative）或当月（monthly）")
    form.add_argument("--to", type=Path, help="文件名，以 .xlsx、.pdf 或 .docx 结尾")
    form.add_argument("--changes", action="store_true", help="不存调度表，存与上次相比的变化情况")
    form.add_argument("--submit", action="store_true", help="上报：原样留存这一份")
    form.add_argument("--reason", default="", help="更正重报的原因，与 --submit 一起用")
    form.add_argument(
        "--sum",
        nargs="*",
        metavar="单位",
        help="由各单位上报的表汇总；写明单位的只汇总这些单位，写本股室或所属行业领域的只汇总这一张",
    )
    form.add_argument(
        "--sent", nargs="?", type=_number, const=_LATEST, metavar="序号", help="看已上报的，默认为最近一次"
    )
    sent = command("submissions", _submissions, "已上报的调度表，每一次都在")
    sent.add_argument("--form", default=None, help="只列一张调度表")


def _reading(text: str) -> Reading:
    """Return the reading of this name, Chinese or English. ``Refused`` when there is none."""
    for one in Reading:
        if text in (one, one.name.lower()):
            return one
    raise Refused(f"没有“{text}”这种统计口径，可用的有：{'、'.join(Reading)}")


def _number(text: str) -> int:
    """Return a number of ``submissions``. ``Refused`` for what is none."""
    if not text.isdecimal() or int(text) < 1:
        raise Refused(f"“--sent {text}”请写上报记录的序号，用命令 submissions 查看")
    return int(text)


def _form(args: argparse.Namespace) -> Answer:
    if args.sent is not None:
        return _sent(args)
    form = find_progress_form(args.form)
    with writing(args) if args.submit else reading(args) as desk:
        filled = _filled(desk, form, args)
        last, same = last_sent(desk.books, filled), sent_already(desk.books, filled)
        found = doubts(filled, last)
        value = plain_progress_form(filled) | {"warnings": [one.sentence for one in found]}
        value["sent"] = _already(same, filled) if same else None
        lines = [*_lines(filled), *(f"请核对：{one.sentence}" for one in found)]
        if same and not args.submit:
            lines.append(_told_sent(same, filled))
        if args.submit:
            change = desk.papers.send_form(filled, args.reason, None if args.changes else args.to)
            value["submission"] = change.ids[0]
            lines.append(change.title)
        if args.to:
            if args.changes or not args.submit:
                _save(desk, filled, last, args)
            value["files"] = [str(args.to)]
            lines.append(saved_at(args.to))
    return Answer(value, lines)


def _filled(desk: Desk, form: ProgressForm, args: argparse.Namespace) -> FilledProgressForm:
    """Count the form from the books, or sum up what the units sent."""
    day: date = args.as_of or desk.today
    if args.sum is None:
        return fill(desk.books, form, day, args.group, args.reading)
    if args.group:
        raise Refused("汇总的是全单位的表，--sum 和 --group 不能同时用")
    return sum_up(desk.books, form, day, args.reading, args.sum)


def _sent(args: argparse.Namespace) -> Answer:
    """Show a form as it was sent; nothing is counted."""
    if args.submit or args.sum is not None:
        raise Refused("--sent 只看已上报的，不能和 --submit、--sum 同时用")
    with reading(args) as desk:
        number = args.sent or _latest(desk.submissions, args)
        filled = thawed(desk.submissions.get(number))
        if filled.form.id != args.form:
            raise Refused(
                f"第{number}号上报记录是“{filled.form.title}”（{filled.form.id}），不是“{args.form}”"
            )
        before, replaced = version_before(desk.books, filled), replaced_by(desk.books, filled)
        value = plain_progress_form(filled) | _version(filled)
        value["replaced_by"] = replaced or None
        value["differences"] = [asdict(one) for one in differences(before, filled)] if before else []
        told = f"{show_date(filled.filled_on)}上报（第{filled.version}次）"
        lines = [told + (f"，已由第{replaced}次更正代替" if replaced else ""), *_lines(filled)]
        if filled.reason:
            lines.append(f"更正原因：{filled.reason}")
        if before:
            lines += [f"与第{before.version}次不同：{one.told}" for one in differences(before, filled)]
        if args.to:
            if args.changes:
                _save(desk, filled, before or last_sent(desk.books, filled), args)
            else:
                desk.papers.save_sent(number, args.to)
            value["files"] = [str(args.to)]
            lines.append(saved_at(args.to))
    return Answer(value, lines)


def _latest(sent: Submissions, args: argparse.Namespace) -> int:
    """Return the number of the one sent last, of the day, group and reading that are named."""
    asked: tuple[tuple[object, Callable[[SubmissionRow], object]], ...] = (
        (args.as_of, lambda row: row.as_of),
        (same_key(args.group), lambda row: same_key(row.group)),
        (args.reading, lambda row: row.reading),
    )
    rows = [
        row
        for row in sent.under_any_plan(args.form)
        if all(not told or of(row) == told for told, of in asked)
    ]
    if not rows:
        raise Refused(f"“{args.form}”还没有这样上报过的，用命令 submissions 查看已上报的")
    return max(row.id for row in rows)


def _version(filled: FilledProgressForm) -> Row:
    return {
        "submission": filled.number,
        "version": filled.version,
        "submitted_on": filled.filled_on.isoformat(),
        "reason": filled.reason,
        "who": filled.who,
    }


def _already(same: FilledProgressForm, now: FilledProgressForm) -> Row:
    return _version(same) | {"changed": [one.id for one in differences(same, now)]}


def _told_sent(same: FilledProgressForm, now: FilledProgressForm) -> str:
    changed = differences(same, now)
    told = f"这一期已于{show_date(same.filled_on)}上报（第{same.version}次）"
    if not changed:
        return f"{told}，与现在的统计相同"
    return f"{told}，现在的统计有{len(changed)}项不同；上报的那一份用 --sent {same.number} 查看"


def _submissions(args: argparse.Namespace) -> Answer:
    with reading(args) as desk:
        rows = desk.submissions.under_any_plan(args.form)
        fields = (_NUMBER, *desk.submissions.fields, _REPLACED)
        latest: dict[tuple[object, ...], int] = {}
        value: list[Row] = []
        for row in rows:
            same = (row.plan_id, row.form, row.as_of, row.group, row.reading)
            last = latest.setdefault(same, row.version)
            told = row | {_NUMBER.name: row.id, _REPLACED.name: last if last > row.version else None}
            value.append(declared_of(told, fields))
    return Answer(list(value), shown_table(fields, value) if rows else ["还没有上报过调度表"])


def _save(
    desk: Desk, filled: FilledProgressForm, last: FilledProgressForm | None, args: argparse.Namespace
) -> None:
    from hazard_desk.papers.given import changes_paper, progress_form_paper
    from hazard_desk.printing import write_paper

    if not args.changes:
        write_paper(progress_form_paper(desk.books, filled), args.to)
    elif last is None:
        raise Refused("这张表还没有上报过更早的一期，没有可以比较的")
    else:
        write_paper(changes_paper(desk.books, last, filled), args.to)


def _lines(filled: FilledProgressForm) -> list[str]:
    head = f"{filled.form.title}　{filled.unit}　截至{filled.as_of}（{filled.reading}）"
    cells = [
        f"{cell.id:<5}{cell.label}：{cell.text}" + (f"（手工填写：{cell.reason}）" if cell.overridden else "")
        for cell in filled.cells
    ]
    return [head, *cells, *(f"待补：{one.sentence}" for one in filled.left_out)]
