"""隐患台账: the ledger page with the pane that shows a hazard's course and its next steps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QGridLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from hazard_desk.books.documents.issuing import called_in_menu
from hazard_desk.books.hazards.book import Hazards
from hazard_desk.books.hazards.course import leading_on
from hazard_desk.books.hazards.events import place_of_gap
from hazard_desk.books.hazards.lamps import LampState
from hazard_desk.books.hazards.law import COMMITMENTS, commitment_word
from hazard_desk.books.hazards.step import CORRECTED, Step
from hazard_desk.books.hazards.steps import STEPS, Steps
from hazard_desk.books.hazards.tables import EventFacts, Hazard
from hazard_desk.books.kit.gaps import UNDATED
from hazard_desk.figures.majors import lamps_of
from hazard_desk.rules.dates import show_moment
from hazard_desk.rules.fields import Field, by_name
from hazard_desk.rules.states import MAJOR, OPEN_STATES
from hazard_desk.store.columns import name_of, names_of
from ui.casefile.case_buttons import case_buttons
from ui.figures.majors_dialog import MajorsDialog
from ui.forms.step_form import ask_step
from ui.office import Office
from ui.pages.ledger_page import LedgerPage
from ui.panes.detail_pane import Pieces
from ui.panes.record_pane import RecordPane
from ui.panes.record_papers import PapersButton
from ui.style import GAP
from ui.tables.ledger_model import LATE_WORD
from ui.widgets.basics import Elided, button, card, drops, label
from ui.widgets.chip import Chip
from ui.widgets.facts import Facts, gap_mark
from ui.widgets.flow import FlowLayout
from ui.widgets.layouts import across, lay
from ui.widgets.timeline import Timeline, TimelineEntry

_DAYS = names_of(EventFacts.happened_on, Hazard.found_on)
"""What a form calls the day of an event: that of a step, and that of the registration."""


class HazardPage(LedgerPage):
    """The hazard ledger."""

    ledgers = (Hazards.id,)

    def __init__(self, office: Office, parent: QWidget) -> None:
        super().__init__(office, office.desk.hazards, parent)

    def make_pane(self) -> HazardPane:
        return HazardPane(self.office, self)

    def more_acts(self) -> list[tuple[str, Callable[[], object]]]:
        return [("重大隐患一览", self.show_majors), *super().more_acts()]

    def show_majors(self) -> None:
        """Show every major hazard with what it lacks; the one that is chosen there comes into sight."""
        dialog = MajorsDialog(self.office, self)
        dialog.opened.connect(self.show_record)
        dialog.open()


class HazardPane(RecordPane[Hazard]):
    """Key facts, the five commitments, the event line, and a button for each lawful step."""

    removes = False

    def __init__(self, office: Office, parent: QWidget) -> None:
        self.hazards = office.desk.hazards
        self._events: list[EventFacts] = []
        super().__init__(office, office.desk.hazards, parent)

    def fill(self, layout: QVBoxLayout, body: QWidget, record: Hazard) -> Pieces:
        self._events = self.hazards.events(record.id)
        lay(layout, Elided(self.name(record), body, "title"), _chips(record, body), self._steps(body, record))
        yield
        layout.addWidget(self._commitments(body, record))
        if record.level == MAJOR:
            layout.addWidget(self._lamps(body, record))
        yield
        facts = Facts(body)
        facts.add_record(self._plain_fields(record), record, self.fill_gap)
        layout.addWidget(facts)
        yield
        layout.addWidget(label("办理过程", body, "heading"))
        timeline = Timeline(body)
        layout.addWidget(timeline)
        for event in self._events:
            timeline.add_entry(self._entry(event))
            yield

    def take_step(self, step: Step) -> None:
        """Open the form of a step, filled with what it takes over from what the hazard knows."""
        if self.record is not None:
            ask_step(self.office, self.record, step, self)

    def correct(self, entry: int, at: str = "") -> None:
        """Open the form that sets right what an entry of the event line said, the cursor in ``at``."""
        if self.record is None:
            return
        event = self._events[entry - 1]
        values, note = EventFacts(), ""
        for row in self._as_corrected(event):
            note = row.note or note
            values |= row.facts
            values |= dict.fromkeys(_DAYS, None if row.undated else row.happened_on)
        values.note = note
        kind = event.kind
        first = kind == Steps.REGISTERED.kind
        fields = self.hazards.entry_fields() if first else STEPS[kind].fields_for(self.record.level)
        help = "更正会另记一笔，原来的内容仍保留在办理过程中。"
        save = partial(self.hazards.correct, self.record.id, entry)
        self.ask(f"更正“{event.kind_label}”", fields, save, values, help, self.hazards, at)

    def _as_corrected(self, event: EventFacts) -> list[EventFacts]:
        later = (row for row in self._events if row.corrects == event.entry)
        return [event, *(row for row in later if row.kind == CORRECTED and not row.withdrawn)]

    def edit(self) -> None:
        """What the form registered is set right by a correction."""
        self.correct(1)

    def edit_field(self, field: Field) -> None:
        """Open the correction of the entry that told a field, or the step that would tell it."""
        if self.record is None:
            return
        for event in reversed(self._events):
            step = STEPS.get(event.kind)
            is_day = step is not None and step.dates is not None and name_of(step.dates) == field.name
            if event.effective and step is not None and (is_day or field.name in event.facts):
                first = event.kind == Steps.REGISTERED.kind
                self.correct(event.entry, field.name if first or not is_day else _DAYS[0])
                return
        steps = (step for step in self.hazards.steps(self.record.id) if field.name in step.asked)
        if (step := next(steps, None)) is not None:
            self.take_step(step)
        else:
            self.say_given(field)

    def fill_gap(self, field: Field) -> None:
        """Open the correction of the entry that lacks it, with the cursor there."""
        if self.record is not None:
            self.correct(*place_of_gap(self.hazards.course(self.record.id), field.name))

    def _steps(self, body: QWidget, record: Hazard) -> QWidget:
        acts = QWidget(body)
        flow = FlowLayout(acts, GAP)
        steps = self.hazards.steps(record.id)
        onward = leading_on(steps, record)
        for place, step in enumerate(onward):
            role = "primary" if place == 0 and record.state in OPEN_STATES else ""
            made = button(step.label, acts, partial(self.take_step, step), role=role)
            made.setToolTip(step.help)
            flow.addWidget(made)
        flow.addWidget(self._more(acts, [step for step in steps if step not in onward]))
        flow.addWidget(PapersButton(self.office, self.hazards.id, record, acts))
        for made in case_buttons(self.office, self.hazards.id, record.id, acts):
            flow.addWidget(made)
        return acts

    def _more(self, acts: QWidget, steps: Sequence[Step]) -> QPushButton:
        """The button for everything else: seldom steps, and setting the registration right."""
        menu = QMenu(acts)
        menu.setToolTipsVisible(True)
        for step in steps:
            entry = menu.addAction(called_in_menu(step))
            entry.setToolTip(step.help)
            entry.triggered.connect(partial(self.take_step, step))
        menu.addSeparator()
        menu.addAction("更正登记").triggered.connect(self.edit)
        return drops(QPushButton("更多办理", acts), menu)

    def _plain_fields(self, record: Hazard) -> list[Field]:
        """What is not told above; the level too where it is a gap."""
        above = {*names_of(Hazard.number, Hazard.state, Hazard.level, Hazard.overdue), *COMMITMENTS}
        gaps = set(record.gaps) - {*COMMITMENTS}
        return [field for field in self.hazards.fields if field.name not in above or field.name in gaps]

    def _commitments(self, body: QWidget, record: Hazard) -> QWidget:
        frame, layout = card(body, "五落实")
        grid = QGridLayout()
        grid.setHorizontalSpacing(GAP)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(2, 1)
        today, past = self.office.today, self._events[0].past
        for row, (name, word) in enumerate(COMMITMENTS.items()):
            field = by_name(self.hazards.fields, name)
            shown = self._shown(field, record)
            if name in record.gaps:
                grid.addWidget(gap_mark(field, frame, self.fill_gap), row, 0)
            else:
                grid.addWidget(Chip(commitment_word(name, record, today, past), frame), row, 0)
            grid.addWidget(label(word, frame, "heading"), row, 1)
            grid.addWidget(label(shown or "—", frame, "" if shown else "soft", wrap=True), row, 2)
        layout.addLayout(grid)
        return frame

    def _lamps(self, body: QWidget, record: Hazard) -> QWidget:
        """What a major hazard must have until it is signed off; what is missing can be entered here."""
        frame, layout = card(body, "从判定到销号")
        line = QWidget(frame)
        flow = FlowLayout(line, GAP)
        lawful = {step.kind for step in self.hazards.steps(record.id)}
        for lamp in lamps_of(self.office.desk.books, record):
            if lamp.state is LampState.MISSING and lamp.step in lawful:
                made = button(f"缺{lamp.label}", line, partial(self.take_step, STEPS[lamp.step]))
                made.setToolTip(f"现在办理：{STEPS[lamp.step].label}")
                flow.addWidget(made)
            else:
                chip = Chip(f"{lamp.state} {lamp.label}", line)
                chip.setToolTip(lamp.said)
                flow.addWidget(chip)
        layout.addWidget(line)
        return frame

    def _shown(self, field: Field, record: Hazard) -> str:
        shown = field.show(record[field.name])
        return f"{shown}{field.unit}" if shown else ""

    def _entry(self, event: EventFacts) -> TimelineEntry:
        gone = event.withdrawn
        mark = "" if event.effective or event.corrects else "（已撤回）" if gone else "（已更正）"
        return TimelineEntry(
            UNDATED if event.undated else event.happened_on.isoformat(),
            event.kind_label + mark,
            event.lines,
            event.note,
            f"{event.who} 登记于 {show_moment(event.entered_at)}".strip(),
            dim=not event.effective,
            mend=None if gone or event.corrects else partial(self.correct, event.entry),
        )


def _chips(record: Hazard, body: QWidget) -> QWidget:
    line = QWidget(body)
    layout = across(within=line)
    for word in (record.state, record.level, LATE_WORD if record.overdue else ""):
        if word:
            layout.addWidget(Chip(word, line))
    left = record.days_left
    if left is not None and left >= 0:
        layout.addWidget(label(f"距整改时限还有{left}天", line, "soft"))
    elif left is not None:
        layout.addWidget(label(f"已超整改时限{-left}天", line, "problem"))
    layout.addStretch(1)
    return line
