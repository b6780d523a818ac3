"""The pane beside the duties: what one demands, every time it falls due, and what can be done with it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from hazard_desk.books.duties.occurrences import DutyOccurrence, DutyTriggerRow
from hazard_desk.books.plans.tables import DutyFacts
from hazard_desk.rules.fields import Field, Row, read_all
from hazard_desk.store.acts import Change
from hazard_desk.store.columns import fields_of, name_of, names_of
from ui.duties.missing_list import MissingList
from ui.duties.occurrence_acts import OccurrenceActs
from ui.duties.occurrence_list import OccurrenceList
from ui.office import Office
from ui.pages.plan_view import marked
from ui.panes.detail_pane import DetailPane, Pieces
from ui.style import GAP
from ui.widgets.basics import button, label, menu_button
from ui.widgets.chip import Chip
from ui.widgets.facts import Facts
from ui.widgets.flow import FlowLayout
from ui.widgets.layouts import Stretch, across, down, lay

_ABOVE = names_of(
    DutyFacts.title, DutyFacts.state, DutyFacts.met, DutyFacts.should, DutyFacts.total, DutyFacts.own
)
"""Fields that the head of the pane tells."""
_FIXED = "方案规定的工作事项，只能修改由谁办、对谁办、完成依据、牵头领导和责任科室。"
_END = [
    replace(field, given=False, required=True) for field in fields_of(DutyFacts.ends_on, DutyFacts.end_reason)
]


class DutyPane(DetailPane):
    """Shows one duty."""

    open_record = Signal(str)

    def __init__(self, office: Office, parent: QWidget) -> None:
        super().__init__(office, "在左侧选择一项常态化工作，这里显示各期完成情况", parent)
        self.duties = office.desk.duties
        self.record: DutyFacts | None = None
        self.key = ""
        """The occurrence that is chosen."""
        self.history: dict[str, DutyOccurrence] = {}
        self.occurrences: OccurrenceList | None = None
        self.acts: OccurrenceActs | None = None
        self.missing: MissingList | None = None

    def show_duty(self, duty: DutyFacts | None) -> None:
        """Show a duty, or that none is chosen; of the same duty the same occurrence stays chosen."""
        if duty is None or self.record is None or duty.id != self.record.id:
            self.key = ""
        self.record = duty
        if duty is None:
            self.put_nothing()
        else:
            self.put(str(duty.id), partial(self._fill, duty))

    def edit(self) -> None:
        """Open the form: of a duty of the plan only what the office may change."""
        self.edit_at("")

    def fill_gap(self, field: Field) -> None:
        """Open the form with the cursor in the field that is missing."""
        self.edit_at(field.name)

    def edit_at(self, at: str) -> None:
        """Open the form with the cursor in the field ``at``; '' where typing begins."""
        if (duty := self.record) is not None:
            fields, save = self.duties.change_fields(duty), partial(self.duties.change, duty.id)
            help = "" if duty.own else _FIXED
            self.ask(f"修改{self.duties.noun}", fields, save, duty, help, self.duties, at)

    def end(self) -> None:
        """Ask for the last day and the reason."""
        if self.record is None:
            return
        number = self.record.id

        def save(values: Row) -> Change:
            last = DutyFacts(read_all(_END, values, self.office.today))
            return self.duties.end(number, last.ends_on or self.office.today, last.end_reason)

        values: Row = {name_of(DutyFacts.ends_on): self.office.today}
        help = "停用日期之后到期的不再要求；此前的完成情况不变。"
        self.ask(f"停用“{self.record.title}”", _END, save, values, help)

    def resume(self) -> None:
        """Let an ended duty go on."""
        if self.record is not None:
            self.office.attempt(partial(self.duties.resume, self.record.id), self)

    def trigger(self, proposal: DutyTriggerRow | None = None) -> None:
        """Open the form for an event; ``proposal`` is a holiday to come."""
        if (duty := self.record) is not None:
            save = partial(self.duties.trigger, duty.id)
            help = f"触发情形：{duty.trigger}"
            self.ask(f"触发“{duty.title}”", self.duties.trigger_fields, save, proposal, help)

    def _fill(self, duty: DutyFacts, layout: QVBoxLayout, body: QWidget) -> Pieces:
        head = across(
            Stretch(label(duty.title, body, "heading", wrap=True)), down(Chip(duty.state, body), Stretch())
        )
        lay(layout, head, label(_counted(duty), body, "soft", wrap=True), self._duty_acts(body, duty))
        self.history = {one.key: one for one in self.duties.history(duty.id)}
        self.occurrences = OccurrenceList(body)
        self.acts = OccurrenceActs(self.office, self, body)
        self.missing = MissingList(self.office, self, body)
        self._reason = label("", body, "soft", wrap=True)
        if self.history:
            for widget in (self.occurrences, self._reason, self.missing, self.acts):
                layout.addWidget(widget)
            self.occurrences.chosen.connect(self._choose)
            self.occurrences.open_record.connect(self.open_record)
            self.occurrences.show_occurrences(list(self.history.values()), self.office.today, self.key)
        else:
            for widget in (self.occurrences, self.missing, self.acts):
                widget.hide()
        yield
        for sentence in duty.doubts:
            layout.addLayout(marked("存疑", sentence, body))
        facts = Facts(body)
        facts.add_record(
            [field for field in self.duties.fields if self._told(field, duty)], duty, self.fill_gap
        )
        layout.addWidget(facts)

    def _told(self, field: Field, duty: DutyFacts) -> bool:
        return field.name not in _ABOVE and (bool(duty.get(field.name)) or field.name in duty.gaps)

    def _choose(self, key: str) -> None:
        self.key = key
        one = self.history.get(key)
        self._reason.setText(one.verdict.reason if one else "")
        if self.acts is not None and self.missing is not None:
            self.missing.show_for(one)
            self.acts.show_for(one)

    def _duty_acts(self, body: QWidget, duty: DutyFacts) -> QWidget:
        acts = QWidget(body)
        flow = FlowLayout(acts, GAP)
        if duty.kind == "triggered" and not duty.ends_on:
            flow.addWidget(self._trigger_button(acts, duty))
        flow.addWidget(button("修改", acts, self.edit, "edit"))
        if duty.ends_on:
            flow.addWidget(button("恢复", acts, self.resume, "undo"))
        else:
            flow.addWidget(button("停用", acts, self.end, "leave"))
        return acts

    def _trigger_button(self, acts: QWidget, duty: DutyFacts) -> QPushButton:
        coming = [
            (f"{row.name}（{row.happened_on}，{row.due}前完成）", partial(self.trigger, row))
            for row in self.duties.proposals(duty.id)[:6]
        ]
        return menu_button("触发", acts, [*coming, ("登记其他事由…", partial(self.trigger, None))])


def _counted(duty: DutyFacts) -> str:
    """How often it was met, in words."""
    if duty.kind == "standing_count":
        return f"{duty.rhythm}；现有{duty.met}{duty.counted_in}"
    told = f"{duty.rhythm}；应完成{duty.should}次，已完成{duty.met}次，全程共{duty.total}次"
    return f"{told}；本单位增列" if duty.own else told
