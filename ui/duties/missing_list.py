"""What a time a duty falls due still lacks, by name: to be recorded, spoken for, or urged."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

from hazard_desk.books.duties.occurrences import DutyOccurrence, OccurrenceMarkRow
from hazard_desk.books.duties.recording import record_for
from hazard_desk.rules.fields import Field
from hazard_desk.store.acts import Change
from hazard_desk.store.columns import field_of
from ui.forms.form_dialog import FormDialog
from ui.office import Office
from ui.style import GAP, ROW_HEIGHT, sized
from ui.widgets.basics import button, label
from ui.widgets.flow import FlowLayout
from ui.widgets.layouts import down

_MOST_ROWS = 6
_NAME = Qt.ItemDataRole.UserRole


class MissingList(QWidget):
    """Lists the objects that are missing; the acts go to those that are chosen, or to all.

    Dialogs open over ``over``, which outlives this widget: an act has the pane drawn anew.
    """

    def __init__(self, office: Office, over: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._office = office
        self._over = over
        self._duties = office.desk.duties
        self._urging = office.desk.books.urging
        self._one: DutyOccurrence | None = None
        self.told = label("", self, "soft", wrap=True)
        self.names = QListWidget(self)
        self.names.setAccessibleName("还缺的对象")
        self.names.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.record_button = button("登记记录", self, self.record, "edit")
        self.urge_button = button("催办", self, self.urge)
        self.tick_button = button("这几个已完成", self, self.tick)
        self.waive_button = button("这几个不需要", self, self.waive)
        acts = QWidget(self)
        flow = FlowLayout(acts, GAP)
        for made in (self.record_button, self.urge_button, self.tick_button, self.waive_button):
            flow.addWidget(made)
        down(self.told, self.names, acts, within=self)

    def show_for(self, one: DutyOccurrence | None) -> None:
        """Show what an occurrence still lacks; nothing where it is met or has not begun."""
        self._one = one
        asks = one is not None and (one.open or one.behind) and one.when.starts <= self._office.today
        self.setVisible(asks)
        if one is None or not asks:
            return
        urged = self._urging.urged(one)
        self.names.clear()
        for name in one.missing:
            line = QListWidgetItem(f"{name}（已催办）" if name in urged else name, self.names)
            line.setData(_NAME, name)
        sized(self.names, height=min(_MOST_ROWS, max(1, len(one.missing))) * ROW_HEIGHT + 16)
        self.names.setVisible(bool(one.missing))
        self.tick_button.setVisible(bool(one.missing))
        self.waive_button.setVisible(bool(one.missing))
        self.told.setText(self._sentence(one, urged))
        self.urge_button.setEnabled(any(name not in urged for name in self._urging.targets(one)))

    def record(self) -> None:
        """Open the form of the record that would fulfil it, filled in as far as known."""
        if (one := self._one) is None:
            return
        asked = replace(one, verdict=replace(one.verdict, missing=self._chosen()))
        name, values = record_for(asked, self._office.today)
        ledger = self._office.desk.books.ledgers[name]
        title = f"新增{ledger.noun}"
        FormDialog(
            self._office, title, ledger.entry_fields(), ledger.add, self._over, values, ledger=ledger
        ).open()

    def urge(self) -> None:
        """Write a letter to each of those chosen, or to all who were not urged yet."""
        if (one := self._one) is not None:
            done = self._urging.urged(one)
            names = [name for name in self._picked() if name not in done]
            self._office.attempt(partial(self._urging.urge, one.duty.id, one.key, names), self._over)

    def tick(self) -> None:
        """Say that it was done for those chosen, on which day and how."""
        self._say("登记完成", self._duties.mark_fields, self._duties.tick)

    def waive(self) -> None:
        """Say that it is not required of those chosen, and why."""
        reason = replace(field_of(OccurrenceMarkRow.note), label="不需要的原因")
        self._say("不需要", [reason], self._duties.waive)

    def _say(self, title: str, fields: Sequence[Field], act: Callable[..., Change]) -> None:
        if (one := self._one) is not None:
            names = self._chosen()
            save = partial(act, one.duty.id, one.key, about=names)
            told = f"说明的是：{'、'.join(names)}"
            FormDialog(self._office, f"{one.title}　{title}", fields, save, self._over, help=told).open()

    def _sentence(self, one: DutyOccurrence, urged: dict[str, int]) -> str:
        if one.asked.whom:
            total, lacks = len(one.asked.objects), len(one.missing)
            return f"{one.asked.whom}，共{total}个，已完成{total - lacks}个，还缺{lacks}个："
        asked = f"应由{one.asked.who}办。" if one.asked.who else ""
        letters = [name for name in self._urging.targets(one) if name in urged]
        return asked + (f"已催办{'、'.join(letters)}。" if letters else "")

    def _picked(self) -> list[str]:
        return [str(line.data(_NAME)) for line in self.names.selectedItems()]

    def _chosen(self) -> tuple[str, ...]:
        """Those that are chosen; all that are missing where none is."""
        return tuple(self._picked() or (self._one.missing if self._one else ()))
