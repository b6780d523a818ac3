"""The command that counts a progress form (调度表)."""

from __future__ import annotations

import argparse
from pathlib import Path

from hazard_desk.books.catalogue import Books
from hazard_desk.commands.answers import Answer, Command, day_of, reading, writing
from hazard_desk.errors import Refused
from hazard_desk.figures.progress.checks import doubts, last_sent
from hazard_desk.figures.progress.filling import FilledProgressForm, fill, plain_progress_form, submit
from hazard_desk.library.progress_forms import find_progress_form
from hazard_desk.rules.readings import Reading
from hazard_desk.store.copies.places import saved_at


def register(command: Command) -> None:
    """Make the commands of this family."""
    form = command("form", _form, "统计调度表")
    form.add_argument("form", metavar="调度表", help="调度表编号，如 fangshan-2023")
    form.add_argument("--as-of", type=day_of, help="截至哪一天，默认为今天")
    form.add_argument("--group", default="", help="只统计一个监管科室或行业领域")
    form.add_argument("--reading", type=_reading, help="统计口径：累计（cumulative）或当月（monthly）")
    form.add_argument("--to", type=Path, help="文件名，以 .xlsx、.pdf 或 .docx 结尾")
    form.add_argument("--changes", action="store_true", help="不存调度表，存与上次相比的变化情况")
    form.add_argument("--submit", action="store_true", help="上报：原样留存这一份")


def _reading(text: str) -> Reading:
    """Return the reading of this name, Chinese or English. ``Refused`` when there is none."""
    for one in Reading:
        if text in (one, one.name.lower()):
            return one
    raise Refused(f"没有“{text}”这种统计口径，可用的有：{'、'.join(Reading)}")


def _form(args: argparse.Namespace) -> Answer:
    form = find_progress_form(args.form)
    with writing(args) if args.submit else reading(args) as desk:
        filled = fill(desk.books, form, args.as_of or desk.today, args.group, args.reading)
        last = last_sent(desk.books, filled)
        found = doubts(filled, last)
        value = plain_progress_form(filled) | {"warnings": [one.sentence for one in found]}
        lines = [*_lines(filled), *(f"请核对：{one.sentence}" for one in found)]
        if args.to:
            file = _save(desk.books, filled, last, args)
            value["files"] = [str(file)]
            lines.append(saved_at(file))
        if args.submit:
            change = submit(desk.books, filled)
            value["submission"] = change.ids[0]
            lines.append(change.title)
    return Answer(value, lines)


def _save(
    books: Books, filled: FilledProgressForm, last: FilledProgressForm | None, args: argparse.Namespace
) -> Path:
    from hazard_desk.papers.texts.progress_form_paper import changes_paper, progress_form_paper
    from hazard_desk.printing import write_paper

    to: Path = args.to
    if not args.changes:
        return write_paper(progress_form_paper(filled), to)
    if last is None:
        raise Refused("这张表还没有上报过更早的一期，没有可以比较的")
    return write_paper(changes_paper(last, filled), to)


def _lines(filled: FilledProgressForm) -> list[str]:
    head = f"{filled.form.title}　{filled.unit}　截至{filled.as_of}（{filled.reading}）"
    cells = [
        f"{cell.id:<5}{cell.label}：{cell.text}" + (f"（手工填写：{cell.reason}）" if cell.overridden else "")
        for cell in filled.cells
    ]
    return [head, *cells, *(f"待补：{one.sentence}" for one in filled.left_out)]
