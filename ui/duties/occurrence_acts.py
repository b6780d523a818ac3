"""What the clerk may say of one occurrence of a duty: buttons, and the forms behind them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QWidget

from hazard_desk.books.duties.occurrences import DutyOccurrence, OccurrenceMarkRow
from hazard_desk.rules.fields import Field
from hazard_desk.store.acts import Change
from hazard_desk.store.columns import field_of
from ui.duties.link_dialog import LinkDialog
from ui.forms.form_dialog import FormDialog
from ui.office import Office
from ui.style import GAP
from ui.widgets.ask import ask
from ui.widgets.basics import button
from ui.widgets.flow import FlowLayout


class OccurrenceActs(QWidget):
    """The acts on the occurrence that is chosen.

    Dialogs open over ``over``, which outlives this widget: an act has the pane drawn anew.
    """

    def __init__(self, office: Office, over: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = over
        self._office = office
        self._duties = office.desk.duties
        self._one: DutyOccurrence | None = None
        self.tick_button = button("登记完成", self, self.tick, "check")
        self.link_button = button("指定记录", self, self.link)
        self.waive_button = button("无需开展", self, self.waive)
        self.unmark_button = button("取消登记", self, self.unmark)
        self.untrigger_button = button("取消触发", self, self.ask_untrigger)
        flow = FlowLayout(self, GAP)
        for made in self._buttons():
            flow.addWidget(made)

    def show_for(self, one: DutyOccurrence | None) -> None:
        """Offer what can be done with an occurrence."""
        self._one = one
        if one is None:
            return
        begun = one.when.starts <= self._office.today
        self.tick_button.setVisible(one.mark is None and begun)
        self.link_button.setVisible(one.mark is None and begun)
        self.waive_button.setVisible(one.mark is None)
        self.unmark_button.setVisible(one.mark is not None)
        self.untrigger_button.setVisible(one.trigger is not None)

    def tick(self) -> None:
        """Say that it was done, on which day and how."""
        self._form("登记完成", self._duties.mark_fields, self._duties.tick)

    def waive(self) -> None:
        """Say that it is not required this time, and why."""
        reason = replace(field_of(OccurrenceMarkRow.note), label="无需开展的原因")
        self._form("无需开展", [reason], self._duties.waive)

    def link(self) -> None:
        """Choose the record that was done for it."""
        if self._one is not None:
            LinkDialog(self._office, self._one, self._over).open()

    def unmark(self) -> None:
        """Take back what was said of it."""
        if self._one is not None:
            self._do(partial(self._duties.unmark, self._one.duty.id, self._one.key))

    def ask_untrigger(self) -> None:
        """Ask whether the event was entered by mistake."""
        if self._one is not None:
            text = f"要取消“{self._one.when.period}”这次触发吗？已登记的完成情况一并取消。"
            ask(self._over, "取消触发", text, "取消触发", "保留", self._untrigger)

    def _untrigger(self) -> None:
        if self._one is not None:
            self._do(partial(self._duties.untrigger, self._one.duty.id, self._one.key))

    def _do(self, act: partial[Change]) -> None:
        self._office.attempt(act, self._over)

    def _form(self, title: str, fields: Sequence[Field], act: Callable[..., Change]) -> None:
        if (one := self._one) is not None:
            save = partial(act, one.duty.id, one.key)
            FormDialog(self._office, f"{one.title}　{title}", fields, save, self._over).open()

    def _buttons(self) -> tuple[QWidget, ...]:
        return (
            self.tick_button,
            self.link_button,
            self.waive_button,
            self.unmark_button,
            self.untrigger_button,
        )
