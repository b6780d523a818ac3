"""All that is known of one task: its text, dates and rhythm, what is doubtful with the words as written."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from PySide6.QtWidgets import QWidget

from hazard_desk.books.plans.annex_entry import CELL_OF, TASK_FIELDS
from hazard_desk.grid.grid import Grid
from hazard_desk.library.annex.columns import LABELS
from hazard_desk.library.annex.origins import UsedCell
from hazard_desk.library.annex.task import AnnexTask
from hazard_desk.library.prose.review import Review
from hazard_desk.rules.deadlines import parse_deadline
from hazard_desk.rules.rhythm import in_words, rhythms_of
from ui.style import INK, INK_SOFT
from ui.tones import AMBER, BLUE
from ui.widgets.basics import ReadingText

_ROLES = {str(role): label for role, label in LABELS.items()}


class AboutTask(ReadingText):
    """Tells of the task that is looked at."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "这一项任务")

    def show_task(self, review: Review, task: AnnexTask | None) -> None:
        """Show a task, or nothing."""
        self.setHtml("" if task is None else "".join(_told(review, task)))


def _told(review: Review, task: AnnexTask) -> Iterator[str]:
    over = " › ".join(dict.fromkeys(filter(None, (task.action, task.key_task))))
    yield _line(f"第{task.number}项", over)
    yield f"<p>{escape(task.text).replace(chr(10), '<br>')}</p>"
    yield from _doubts(review, task)
    meaning = parse_deadline(task.deadline, review.annex.year)
    if meaning.several:
        yield _line("节点", "；".join(one.in_words for one in meaning.several))
    if rhythms := rhythms_of(meaning):
        yield _line("周期", "、".join(in_words(rhythm) for rhythm in rhythms))
    for field in TASK_FIELDS:
        for cell, number in task.inherited.items():
            if CELL_OF.get(field.name, field.name) == cell:
                yield _line("沿用", f"{field.label}与第{number}项相同", BLUE.ink)
    for note in task.notes:
        yield _line("", note)


def _doubts(review: Review, task: AnnexTask) -> Iterator[str]:
    for cell, doubt in task.doubts.items():
        written = _written(review, task, cell)
        told = f"{doubt}（原文：{written}）" if written and written not in doubt + task.text else doubt
        yield _line(f"存疑（{_ROLES[cell]}）" if cell in _ROLES else "存疑", told, AMBER.ink)


def _written(review: Review, task: AnnexTask, cell: str) -> str:
    """What the cell says that a doubt is about, as it is written; '' where the doubt is about no cell."""
    for origin in task.origins:
        table = review.document.blocks[origin.place]
        if isinstance(origin, UsedCell) and isinstance(table, Grid) and origin.what == _ROLES.get(cell):
            return " ".join(table.text(origin.row, origin.column).split())
    return ""


def _line(name: str, text: str, colour: str = "") -> str:
    mark = "：" if name and text else ""
    heading = f'<span style="color:{colour or INK_SOFT}">{escape(name)}{mark}</span>'
    said = f'<span style="color:{colour or INK}">{escape(text)}</span>'
    return f'<p style="margin:2px 0">{heading}{said}</p>'
