"""The form by which a paper is issued: what further hazards stand on it; what is doubtful is asked first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QMessageBox, QWidget

from hazard_desk.books.documents.book import SECTOR
from hazard_desk.books.documents.issuing import SURE
from hazard_desk.books.documents.together import BESIDES
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.errors import Refused
from hazard_desk.rules.fields import Field, Row, Value, read_all
from hazard_desk.store.acts import Change
from ui.forms.form_dialog import FormDialog
from ui.forms.record_form import RecordForm
from ui.widgets.ask import ask
from ui.widgets.basics import button, label
from ui.widgets.layouts import Stretch, across, down


class IssueForm(RecordForm):
    """The fields of the paper, and below them the hazards that may stand on it too, each with a tick."""

    def __init__(
        self,
        fields: Iterable[Field],
        today: date,
        parent: QWidget,
        offered: Sequence[tuple[Hazard, bool]],
        sector: str,
    ) -> None:
        """``offered`` are the hazards, each with whether it is proposed; ``sector`` is what they are of."""
        self._offered, self._sector = offered, sector
        self.list: QListWidget | None = None
        super().__init__(fields, today, parent)
        if offered:
            self.put_below(self._ticks())
            self.put({})

    def put(self, values: Mapping[str, Value]) -> None:
        if self.list is not None:
            for place, (_, proposed) in enumerate(self._offered):
                self.list.item(place).setCheckState(_tick(proposed))
        super().put(values)

    def raw(self) -> Row:
        chosen = [row.number for place, (row, _) in enumerate(self._offered) if self._ticked(place)]
        return super().raw() | {BESIDES: chosen, SECTOR: self._sector}

    def tick_all(self) -> None:
        """Let all of them stand on the paper."""
        for place in range(len(self._offered)):
            if self.list is not None:
                self.list.item(place).setCheckState(Qt.CheckState.Checked)

    def _ticked(self, place: int) -> bool:
        return self.list is not None and self.list.item(place).checkState() == Qt.CheckState.Checked

    def _ticks(self) -> QWidget:
        below = QWidget(self)
        self.list = QListWidget(below)
        self.list.setAccessibleName("一并写明的隐患")
        self.list.setWordWrap(True)
        self.list.setSizeAdjustPolicy(QListWidget.SizeAdjustPolicy.AdjustToContents)
        for row, proposed in self._offered:
            item = QListWidgetItem(_told(row), self.list)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(_tick(proposed))
        self.list.setCurrentRow(0)
        self.list.itemChanged.connect(self.edited)
        said = "勾选的写在这一份文书里，用同一个文号；已有整改时限的，按各自的时限"
        hint = label(said, below, "soft", wrap=True)
        every = button("全部勾选", below, self.tick_all)
        head = across(label("一并写明的隐患", below, "heading"), Stretch(), every)
        down(head, hint, self.list, within=below, gap=6)
        return below


def _tick(ticked: bool) -> Qt.CheckState:
    return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked


def _told(row: Hazard) -> str:
    """How a hazard stands in the list: number, place, what is wrong, until when."""
    limit = f"（时限{row.deadline.isoformat()}）" if row.deadline else ""
    return f"{row.number}　{row.place}：{row.description}{limit}"


class IssueDialog(FormDialog):
    """Asks first where something is doubtful of the paper; issued all the same, the act tells it."""

    _doubts: Callable[[Row], list[str]] | None = None
    _sure = False

    def ask_about(self, doubts: Callable[[Row], list[str]]) -> None:
        """Ask before saving where ``doubts`` tells something of the paper as the form is filled in."""
        self._doubts = doubts

    def _try(self) -> Change | None:
        if self._sure or self._doubts is None:
            return super()._try()
        self.following.settle()
        typed = self.form.raw()
        try:
            read_all(self.form.fields, typed, self._office.today)
            found = self._office.read_now(partial(self._doubts, typed), self)
        except Refused:
            found = []  # it is refused, and told so, when it is to be issued
        if not found:
            return super()._try()
        self.question = ask_doubts(self, found, self._go_on)
        self.question.finished.connect(self._answered)
        return None

    def _go_on(self) -> None:
        save, self._sure = self._save, True
        self._save = lambda values: save({**values, SURE: True})
        try:
            done = self._try()
        finally:
            self._save, self._sure = save, False
        if done:
            self.done(QDialog.DialogCode.Accepted)


def ask_doubts(parent: QWidget, doubts: Sequence[str], go: Callable[[], object]) -> QMessageBox:
    """Ask whether a paper is to be issued though this is doubtful; ``go`` follows. Returns the dialog."""
    told = "\n".join(f"· {doubt}" for doubt in doubts)
    text = f"{told}\n\n仍然编发吗？编发后会记入操作记录。"
    return ask(parent, "编发前请核对", text, "仍然编发", "返回修改", go)
