"""月报: the form of a month on its way up, step by step, each step as the books have it now.

Nothing is kept of the way itself: it can be left at any step, and is taken up again where it stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import cached_property
from pathlib import Path

from hazard_desk.books.attachments import AttachmentRow
from hazard_desk.books.catalogue import Books
from hazard_desk.books.plans.forms import form_in_use, forms_of_plan
from hazard_desk.figures.progress.checks import Difference, differences
from hazard_desk.figures.progress.filling import fill, sent_name
from hazard_desk.figures.progress.groups import WHOLE
from hazard_desk.figures.progress.sheets import SENT, UnitSheet, unit_sheets
from hazard_desk.figures.progress.standing import FormStanding, standing
from hazard_desk.figures.progress.summing import SHEET_KINDS, sum_up
from hazard_desk.library.progress_forms import ProgressForm, bundled_progress_forms
from hazard_desk.rules.dates import show_date
from hazard_desk.rules.readings import next_due, previous_due
from hazard_desk.store.files import safe_name

_SUMMED = "各单位上报的合计"
_SOON = 10
"""So many days before the next due day its form is already the one to fill in."""


class ClosingStep(IntEnum):
    """The steps in their order."""

    CHECK = 0
    CHANGES = 1
    UNITS = 2
    SEND = 3
    DRAFT = 4
    FILED = 5


@dataclass(frozen=True)
class MonthClosing:
    """Where the closing of a month stands. ``draft`` is the mail draft that was made, None without one."""

    standing: FormStanding
    sheets: list[UnitSheet]
    files: list[AttachmentRow]
    """The files of the form as it was sent, as they are kept."""
    draft: Path | None

    @property
    def sent(self) -> bool:
        """Whether what the form says now was sent."""
        return self.standing.same is not None and not self.standing.can_be_sent

    @property
    def lacking(self) -> int:
        """How many things are to be looked at before it is sent: doubts, and what is not counted for gaps."""
        return len(self.standing.doubts) + len(self.standing.filled.left_out)

    @cached_property
    def changes(self) -> list[Difference]:
        """What says another thing than the last form of an earlier day; [] where none was sent."""
        last = self.standing.last
        return differences(last, self.standing.filled) if last else []

    @property
    def unsent(self) -> list[UnitSheet]:
        """The sheets that units have not sent."""
        return [sheet for sheet in self.sheets if sheet.state != SENT]

    def told(self, step: ClosingStep) -> str:
        """Return how a step stands, in a few words."""
        return {
            ClosingStep.CHECK: f"{self.lacking}处要核对" if self.lacking else "没有疑点和缺项",
            ClosingStep.CHANGES: self._told_changes(),
            ClosingStep.UNITS: self._told_units(),
            ClosingStep.SEND: self._told_sent(),
            ClosingStep.DRAFT: "已做好" if self.draft else "还没有做",
            ClosingStep.FILED: f"已存{len(self.files)}个文件" if self.files else "还没有文件",
        }[step]

    def asks(self, step: ClosingStep) -> bool:
        """Whether there is anything to look at or to do in a step."""
        return {
            ClosingStep.CHECK: bool(self.lacking),
            ClosingStep.CHANGES: bool(self.changes),
            ClosingStep.UNITS: bool(self.unsent),
            ClosingStep.SEND: not self.sent,
            ClosingStep.DRAFT: self.draft is None,
            ClosingStep.FILED: True,
        }[step]

    def first(self) -> ClosingStep:
        """Return the step at which it is taken up: what was sent is not looked through again."""
        begin = ClosingStep.DRAFT if self.sent else ClosingStep.CHECK
        return next(step for step in ClosingStep if step >= begin and self.asks(step))

    def after(self, step: ClosingStep) -> ClosingStep:
        """Return the next step in which there is something to look at or to do; the last one stays."""
        return next((one for one in ClosingStep if one > step and self.asks(one)), ClosingStep.FILED)

    def _told_sent(self) -> str:
        same = self.standing.same
        if same is None:
            return "尚未上报"
        return f"已报（第{same.version}次）" if self.sent else f"报后{len(self.standing.changes)}项有变化"

    def _told_changes(self) -> str:
        if self.standing.last is None:
            return "以前没有上报过"
        return f"{len(self.changes)}项有变化" if self.changes else "没有变化"

    def _told_units(self) -> str:
        if not self.sheets:
            return "没有要报表的单位"
        return f"{len(self.unsent)}张没有报" if self.unsent else "都报了"


def forms_to_close(books: Books) -> list[ProgressForm]:
    """Return the forms that are to be sent: those that the plan asks for, else the one in use."""
    known = bundled_progress_forms()
    own = [known[one] for one in forms_of_plan(books.cabinet) if one in known]
    used = form_in_use(books.cabinet)
    return own or ([used] if used else [])


def day_to_fill(form: ProgressForm, today: date) -> date:
    """Return the day up to which a form is to be filled in now: the last due day, or one that is near."""
    coming = next_due(today, form.due_day, form.every)
    soon = (coming - today).days <= _SOON
    return max(coming if soon else previous_due(today, form.due_day, form.every), form.first)


def ways_to_count(books: Books, day: date) -> dict[str, str | None]:
    """Return how the office's own form can be counted, by words: what ``month_closing`` is told of it."""
    two = any(unit.two_sheets for unit in books.units.serving(day))
    kinds = SHEET_KINDS if two else {}
    sums = {f"{_SUMMED}{ending}": kind for kind, ending in kinds.items()}
    return {"按台账统计": None, **(sums or {_SUMMED: WHOLE})}


def counted_before(books: Books, form: ProgressForm) -> str | None:
    """Return how the office's own form was counted when it was last sent."""
    own = (row for row in books.submissions.rows(form.id) if not row.group or row.summed)
    return next((row.group if row.summed else None for row in own), None)


def month_closing(
    books: Books, out: Path, form: ProgressForm, as_of: date, summed: str | None = None
) -> MonthClosing:
    """Return where the closing stands of a form of the whole office up to a day.

    ``summed`` adds up what the units sent, in place of counting the books: all, or the sheets of one kind.
    Raises ``Refused`` where there is nothing to add up.
    """
    if summed is None:
        filled = fill(books, form, as_of, WHOLE)
    else:
        filled = sum_up(books, form, as_of, groups=[summed] if summed else [])
    stands = standing(books, filled)
    same = stands.same
    files = books.attachments.of(books.submissions.id, same.number) if same and same.number else []
    draft = out / safe_name(sent_name(same), ".eml") if same else None
    return MonthClosing(
        stands, unit_sheets(books, form, as_of), files, draft if draft and draft.is_file() else None
    )


def reminder(closing: MonthClosing, today: date) -> str:
    """Return the sentence by which the units that have not sent are reminded; '' where all have."""
    names = "、".join(dict.fromkeys(sheet.unit for sheet in closing.unsent))
    if not names:
        return ""
    filled, due = closing.standing.filled, max(sheet.due for sheet in closing.unsent)
    when = f"请于{show_date(due)}前" if due >= today else f"{show_date(due)}前应报，请尽快"
    return f"{names}：截至{show_date(filled.as_of)}的“{filled.form.short}”还没有收到，{when}报{filled.unit}。"
