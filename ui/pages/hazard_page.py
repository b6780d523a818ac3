"""隐患台账: the ledger page with the pane that shows a hazard's course and its next steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from hazard_desk.books.hazards.step_forms import StepForm
from hazard_desk.rules.dates import show_moment
from hazard_desk.rules.fields import Field, Row, by_name
from hazard_desk.rules.steps import COMMITMENTS, OPEN_STATES, STANDING, STEPS, StepKind
from ui.forms.form_dialog import FormDialog
from ui.models.ledger_model import LATE_WORD
from ui.office import Office
from ui.pages.ledger_page import LedgerPage
from ui.panes.record_pane import RecordPane
from ui.panes.record_papers import PapersButton
from ui.style import GAP
from ui.widgets.basics import Elided, button, card, label
from ui.widgets.chip import Chip
from ui.widgets.facts import Facts
from ui.widgets.flow import FlowLayout
from ui.widgets.timeline import Entry, Timeline


class HazardPage(LedgerPage):
    """The hazard ledger."""

    def __init__(self, office: Office, parent: QWidget) -> None:
        super().__init__(office, office.desk.hazards, parent)

    def make_pane(self) -> RecordPane:
        return HazardPane(self.office, self)


class HazardPane(RecordPane):
    """Key facts, the five commitments, the event line, and a button for each lawful step."""

    def __init__(self, office: Office, parent: QWidget) -> None:
        self.hazards = office.desk.hazards
        self._events: list[Row] = []
        super().__init__(office, office.desk.hazards, parent)

    def fill(self, layout: QVBoxLayout, body: QWidget, record: Row) -> None:
        self._events = self.hazards.events(record["id"])
        layout.addWidget(Elided(self.name(record), body, "title"))
        layout.addWidget(_chips(record, body))
        layout.addWidget(self._steps(body, record))
        layout.addWidget(self._commitments(body, record))
        facts = Facts(body)
        facts.add_record(self._plain_fields(), record)
        layout.addWidget(facts)
        layout.addWidget(label("办理过程", body, "heading"))
        timeline = Timeline(body)
        timeline.show_entries([self._entry(event) for event in self._events])
        layout.addWidget(timeline)

    def take_step(self, step: StepForm) -> None:
        """Open the form of a step, filled with what it takes over from what the hazard knows."""
        if self.record is None:
            return
        known = {name: self.record[name] for name in STEPS[step.kind].carries}
        number = int(self.record["id"])
        self._form(
            f"{self.name(self.record)}　{step.label}",
            step.fields,
            partial(self.hazards.step, number, step.kind),
            known | {"happened_on": self.office.today},
            step.help,
        )

    def correct(self, entry: int) -> None:
        """Open the form that sets right what an entry of the event line said."""
        if self.record is None:
            return
        event = self._events[entry - 1]
        number = int(self.record["id"])
        values: dict[str, Any] = {}
        for row in self._as_corrected(event):
            values |= row["facts"]
            values |= {"happened_on": row["happened_on"], "found_on": row["happened_on"]}
            values["note"] = row["note"] or values.get("note", "")
        kind = StepKind(event["kind"])
        first = kind is StepKind.REGISTERED
        fields = self.hazards.entry_fields() if first else self.hazards.step_fields(kind)
        self._form(
            f"更正“{event['kind_label']}”",
            fields,
            partial(self.hazards.correct, number, entry),
            values,
            "更正会另记一笔，原来的内容仍保留在办理过程中。",
        )

    def _as_corrected(self, event: Row) -> list[Row]:
        later = (row for row in self._events if row["corrects"] == event["entry"])
        return [event, *(row for row in later if row["kind"] == StepKind.CORRECTED)]

    def edit(self) -> None:
        """What the form registered is set right by a correction."""
        self.correct(1)

    def _form(
        self, title: str, fields: tuple[Field, ...], save: Any, values: Mapping[str, Any], help: str
    ) -> None:
        FormDialog(
            self.office, title, fields, save, self, values=values, help=help, ledger=self.hazards
        ).open()

    def _steps(self, body: QWidget, record: Row) -> QWidget:
        acts = QWidget(body)
        flow = FlowLayout(acts, GAP)
        steps = self.hazards.steps(record["id"])
        onward = [step for step in steps if _leads_on(step, record)]
        for place, step in enumerate(onward):
            role = "primary" if place == 0 and record["state"] in OPEN_STATES else ""
            made = button(step.label, acts, partial(self.take_step, step), role=role)
            made.setToolTip(step.help)
            flow.addWidget(made)
        flow.addWidget(self._more(acts, [step for step in steps if step not in onward]))
        flow.addWidget(PapersButton(self.office, self.hazards.id, record, acts))
        return acts

    def _more(self, acts: QWidget, steps: Sequence[StepForm]) -> QPushButton:
        """The button for everything else: seldom steps, and setting the registration right."""
        menu = QMenu(acts)
        menu.setToolTipsVisible(True)
        for step in steps:
            entry = menu.addAction(step.label)
            entry.setToolTip(step.help)
            entry.triggered.connect(partial(self.take_step, step))
        menu.addSeparator()
        menu.addAction("更正登记").triggered.connect(self.edit)
        made = QPushButton("更多办理", acts)
        made.setProperty("menu", True)
        made.setMenu(menu)
        return made

    def _plain_fields(self) -> list[Field]:
        told = {*COMMITMENTS, "number", "state", "level", "overdue"}
        return [field for field in self.hazards.fields if field.name not in told]

    def _commitments(self, body: QWidget, record: Row) -> QWidget:
        frame, layout = card(body, "五落实")
        grid = QGridLayout()
        grid.setHorizontalSpacing(GAP)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(2, 1)
        for row, (name, word) in enumerate(COMMITMENTS.items()):
            shown = self._shown(by_name(self.hazards.fields, name), record)
            grid.addWidget(Chip("已落实" if shown else "未落实", frame), row, 0)
            grid.addWidget(label(word, frame, "heading"), row, 1)
            grid.addWidget(label(shown or "—", frame, "" if shown else "soft", wrap=True), row, 2)
        layout.addLayout(grid)
        return frame

    def _shown(self, field: Field, record: Row) -> str:
        shown = field.show(record[field.name])
        return f"{shown}{field.unit}" if shown else ""

    def _entry(self, event: Row) -> Entry:
        withdrawn = {row["corrects"] for row in self._events if row["kind"] == StepKind.WITHDRAWN}
        gone = event["entry"] in withdrawn
        mark = "" if event["effective"] or event["corrects"] else "（已撤回）" if gone else "（已更正）"
        by = f"{event['who']} 登记于 {show_moment(event['entered_at'])}"
        return Entry(
            event["happened_on"].isoformat(),
            event["kind_label"] + mark,
            event["lines"],
            event["note"],
            by.strip(),
            dim=not event["effective"],
            mend=None if gone or event["corrects"] else partial(self.correct, event["entry"]),
        )


def _leads_on(step: StepForm, record: Row) -> bool:
    """Whether a step leads to another state in which the hazard still counts."""
    to = STEPS[step.kind].leads_to
    return to in STANDING and to != record["state"]


def _chips(record: Row, body: QWidget) -> QWidget:
    line = QWidget(body)
    layout = QHBoxLayout(line)
    layout.setContentsMargins(0, 0, 0, 0)
    words = [record["state"], record["level"], *([LATE_WORD] if record["overdue"] else [])]
    for word in words:
        layout.addWidget(Chip(str(word), line))
    left = record["days_left"]
    if left is not None and left >= 0:
        layout.addWidget(label(f"距整改时限还有{left}天", line, "soft"))
    elif left is not None:
        layout.addWidget(label(f"已超整改时限{-left}天", line, "problem"))
    layout.addStretch(1)
    return line
