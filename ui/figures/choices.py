"""What is chosen on the page of progress forms: the form, the day, the group, the reading, or one sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from hazard_desk.books.submissions import SubmissionRow
from hazard_desk.errors import Refused
from hazard_desk.figures.closing import day_to_fill
from hazard_desk.figures.progress.summing import SHEET_KINDS
from hazard_desk.library.progress_forms import READINGS, ProgressForm, bundled_progress_forms, is_of_desk
from hazard_desk.rules.fields import Field, Kind
from hazard_desk.rules.phrases.points import months_later
from hazard_desk.rules.readings import Reading, next_due, previous_due
from ui.forms.editors import DateEditor
from ui.style import GAP
from ui.widgets.basics import label, tool
from ui.widgets.flow import FlowLayout
from ui.widgets.layouts import across

_WHOLE = "全单位"
_SUMMED = "各单位上报的合计"
_SUM = "\0"
"""What the box of groups holds for it, before the kind of sheets: no group is called so."""
_NOW = "正在填报"


class Choices(QWidget):
    """``changed`` when another form is to be counted or shown."""

    changed = Signal()

    def __init__(self, today: date, parent: QWidget) -> None:
        super().__init__(parent)
        self._line = FlowLayout(self)
        self._counted = ""
        """The day as it stood when it was counted last."""
        self.form = QComboBox(self)
        self._forms: list[tuple[str, str]] = []
        self.offer_forms([(form, "") for form in bundled_progress_forms().values()])
        self.day = DateEditor(Field("as_of", "截至日期", Kind.DATE, required=True), today, self)
        self.day.stay_short()
        self.group = QComboBox(self)
        self.group.addItem(_WHOLE, "")
        self.reading = QComboBox(self)
        for reading in READINGS:
            self.reading.addItem(reading, reading)
        self.sent = QComboBox(self)
        self.sent.addItem(_NOW, 0)
        self._set_out()
        self.suit_form()
        self.form.activated.connect(self._form_chosen)
        self.sent.activated.connect(self.changed)
        for box in (self.group, self.reading):
            box.activated.connect(self._count)
        self.day.line.editingFinished.connect(self._day_typed)
        self.day.edited.connect(self._day_edited)

    @property
    def chosen_form(self) -> ProgressForm:
        """The form that is chosen."""
        return bundled_progress_forms()[str(self.form.currentData())]

    @property
    def submission(self) -> int:
        """The number of the sent form to be shown, 0 for the one being filled in."""
        return int(self.sent.currentData() or 0)

    def as_of(self) -> date:
        """Return the day. ``Refused`` when what was typed is none."""
        return self.day.field.read_day(self.day.raw(), self.day.today) or self.day.today

    def chosen_group(self) -> str:
        """Return the group; of a sum the kind of sheets that it adds up, '' for all."""
        return str(self.group.currentData() or "").removeprefix(_SUM)

    @property
    def summed(self) -> bool:
        """Whether the form is to be the sum of what the units sent."""
        return str(self.group.currentData() or "").startswith(_SUM)

    def chosen_reading(self) -> Reading:
        return Reading(str(self.reading.currentData()))

    def offer(self, groups: Sequence[str], sent: Sequence[SubmissionRow]) -> None:
        """Offer these groups and these forms that were sent, keeping what is chosen."""
        kinds = [kind for kind, end in SHEET_KINDS.items() if any(name.endswith(end) for name in groups)]
        sums = [(_SUMMED, _SUM), *((_SUMMED + SHEET_KINDS[kind], _SUM + kind) for kind in kinds)]
        _offer(self.group, [(_WHOLE, ""), *sums, *((name, name) for name in groups)])
        _offer(self.sent, [(_NOW, 0), *((_told(row), row.id) for row in sent)])

    def offer_forms(self, forms: Sequence[tuple[ProgressForm, str]]) -> bool:
        """Offer these forms, each with what is said of it. Return whether another one is chosen now.

        What is chosen stays; only where other forms are the plan's own now, the first of them is taken.
        """
        told = [(f"{form.short}（{word}）" if word else form.short, form.id) for form, word in forms]
        if told == self._forms:
            return False
        kept = str(self.form.currentData() or "")
        self._forms = told
        with QSignalBlocker(self.form):
            self.form.clear()
            for text, name in told:
                self.form.addItem(text, name)
        return str(self.form.currentData()) != kept

    def step(self, months: int) -> None:
        """Go to the due day of an earlier or a later month."""
        form = self.chosen_form
        try:
            day = self.as_of()
        except Refused:
            day = self.day.today
        this = next_due(day, form.due_day, form.every)
        if months < 0:
            this = previous_due(day, form.due_day, form.every)
        elif this == day:
            this = months_later(day, form.every)
        self.day.put(this)
        self._day_taken()

    def match(self, as_of: date, group: str, reading: Reading, summed: bool) -> None:
        """Show what a sent form was counted for; going on from it counts the same anew."""
        self._put_day(as_of)
        group = _SUM + group if summed else group
        self.group.setCurrentIndex(max(self.group.findData(group), 0))
        self.reading.setCurrentIndex(self.reading.findData(str(reading)))

    def turn_day(self, today: date) -> None:
        """It is another day: where the form stands that is to be filled in, there may be a next one."""
        stood = self.day.raw() == day_to_fill(self.chosen_form, self.day.today).isoformat()
        self.day.today = today
        if stood and not self.submission:
            self._put_day(day_to_fill(self.chosen_form, today))

    def show_sent(self, number: int) -> None:
        """Choose a form that was sent."""
        self.sent.setCurrentIndex(max(self.sent.findData(number), 0))
        self.changed.emit()

    def _form_chosen(self) -> None:
        self.suit_form()
        self.changed.emit()

    def suit_form(self) -> None:
        """Begin with the day and the reading that the form's notes ask for."""
        self._put_day(day_to_fill(self.chosen_form, self.day.today))
        self.reading.setCurrentIndex(self.reading.findData(self.chosen_form.reading))
        self.sent.setCurrentIndex(0)

    def _put_day(self, day: date) -> None:
        self.day.put(day)
        self._counted = self.day.raw()

    def _count(self) -> None:
        """Another form is to be counted: one that was sent is put away."""
        self.sent.setCurrentIndex(0)
        self.changed.emit()

    def _day_typed(self) -> None:
        """The cursor left the day: only a new day counts anew."""
        if self.day.raw() != self._counted:
            self._day_taken()

    def _day_taken(self) -> None:
        self._counted = self.day.raw()
        self._count()

    def _day_edited(self) -> None:
        """A day taken from the calendar counts at once; one being typed when it is done."""
        if not self.day.line.hasFocus():
            self._day_taken()

    def _set_out(self) -> None:
        self._add("调度表", self.form)
        before = tool("上一期", self, self._earlier, "chevron-left")
        self._add("截至", self.day, before, tool("下一期", self, self._later, "chevron-right"))
        for text, box in (("范围", self.group), ("口径", self.reading), ("查看", self.sent)):
            self._add(text, box)

    def _add(self, text: str, *boxes: QWidget) -> None:
        """Put boxes and their name into the line, as one piece."""
        pair = QWidget(self)
        across(label(text, pair), *boxes, within=pair, edges=(0, 0, GAP // 2, 0))
        self._line.addWidget(pair)

    def _earlier(self) -> None:
        self.step(-1)

    def _later(self) -> None:
        self.step(1)


def _offer(box: QComboBox, options: Sequence[tuple[str, object]]) -> None:
    kept = box.currentData()
    with QSignalBlocker(box):
        box.clear()
        for text, value in options:
            box.addItem(text, value)
        box.setCurrentIndex(max(box.findData(kept), 0))


def _told(row: SubmissionRow) -> str:
    if not is_of_desk(row.form):
        return f"已填 {row.title}（截至{row.as_of}）"
    group = f"，{row.group}" if row.group else ""
    again = f"，第{row.version}次" if row.version > 1 else ""
    return f"已上报 {row.as_of}{group}（{row.reading}，{row.submitted_on}报{again}）"
