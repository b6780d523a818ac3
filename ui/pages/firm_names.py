"""Which names mean which enterprise: those that none bears yet, and enterprises that may be one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QListWidget, QWidget

from hazard_desk.books.enterprises import Enterprise, Enterprises
from hazard_desk.store.acts import Change
from ui.office import Office
from ui.style import ROOM
from ui.widgets.basics import button, label
from ui.widgets.dialog import Dialog
from ui.widgets.layouts import Stretch, across, down

_SAME, _MERGE, _NONE = "是同一家", "合并", "不是监管对象"
_ASKS = f"选一条，再选它是哪一家；村道、农户等不是监管对象的，点“{_NONE}”，不再列出。"
_NOTHING = "记录里的名称都已关联监管对象，也没有像是重复登记的。"


@dataclass(frozen=True)
class _Case:
    """A question to the clerk: what is told, the enterprises to choose from, what follows from the choice."""

    told: str
    choices: Sequence[str]
    does: str
    act: Callable[[str], Change]
    no_firm: Callable[[], Change] | None = None
    """What follows where it is none, where that may be."""


class FirmNames(Dialog):
    """Lists what is to be decided; the chosen one is decided by the button below it.

    With an enterprise ``gone`` it asks for the one that this is to be merged into.
    """

    help_key = Enterprises.id

    def __init__(self, office: Office, parent: QWidget, gone: Enterprise | None = None) -> None:
        super().__init__("核对名称" if gone is None else "合并监管对象", parent)
        self._office = office
        self._firms = office.desk.enterprises
        self._gone = gone
        self._cases: list[_Case] = []
        self.list = QListWidget(self)
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName("要核对的名称")
        self.firm = QComboBox(self)
        self.firm.setEditable(True)
        self.firm.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.firm.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.firm.setAccessibleName("监管对象")
        self.decide = button(_SAME, self, self.take, role="primary")
        self.decide.setDefault(True)
        self.none = button(_NONE, self, self.take_none)
        self.none.setToolTip("村道、农户等不是监管对象的，不再列出；可以撤销")
        self.told = label("", self, "soft", wrap=True)
        self.list.currentRowChanged.connect(self._choose)
        down(
            self.told,
            Stretch(self.list),
            across(label("监管对象", self), Stretch(self.firm)),
            across(Stretch(), button("关闭", self, self.reject), self.none, self.decide),
            within=self,
            edges=ROOM,
            gap=12,
        )
        self.take_room(640, 460, "firm-names")
        self._read()

    def take(self) -> None:
        """Decide the chosen case; the others stay to be decided."""
        at = self.list.currentRow()
        if not 0 <= at < len(self._cases):
            return
        act = partial(self._cases[at].act, self.firm.currentText())
        if self._office.attempt(act, self):
            if self._gone is not None:
                self.accept()
            else:
                self._read(at)

    def take_none(self) -> None:
        """Say that the chosen name is no enterprise's."""
        at = self.list.currentRow()
        act = self._cases[at].no_firm if 0 <= at < len(self._cases) else None
        if act is not None and self._office.attempt(act, self):
            self._read(at)

    def _read(self, at: int = 0) -> None:
        self._cases = list(self._found()) if self._gone is None else [self._merging(self._gone)]
        self.list.clear()
        self.list.addItems([case.told for case in self._cases])
        told = _ASKS if self._gone is None else "选它并入哪一家。"
        self.told.setText(told if self._cases else _NOTHING)
        self.list.setCurrentRow(min(at, len(self._cases) - 1))
        self._choose(self.list.currentRow())

    def _choose(self, at: int) -> None:
        case = self._cases[at] if 0 <= at < len(self._cases) else None
        self.decide.setEnabled(case is not None)
        self.firm.setEnabled(case is not None)
        self.none.setVisible(case is not None and case.no_firm is not None)
        self.firm.clear()
        if case is not None:
            self.firm.addItems(list(case.choices))
            self.decide.setText(case.does)

    def _found(self) -> Sequence[_Case]:
        books, names = self._office.desk.books, self._firms.names()
        cases = []
        for one in self._firms.unlinked():
            where = "、".join(f"{books.ledger(book).title}{len(ids)}条" for book, ids in one.records.items())
            like = f"，可能是“{one.like[0]}”" if one.like else ""
            choices = (
                [*one.like, *(name for name in names if name not in one.like)] if one.like else ["", *names]
            )
            cases.append(
                _Case(
                    f"“{one.name}”没有关联监管对象{like}\n{where}",
                    choices,
                    _SAME,
                    partial(self._same, one.name),
                    partial(self._firms.no_firm, one.name),
                )
            )
        for twins in self._firms.twins():
            told = f"{'、'.join(f'“{name}”' for name in twins)}可能是同一家\n请选择留下的一家"
            cases.append(_Case(told, twins, _MERGE, partial(self._merge, twins)))
        return sorted(cases, key=lambda case: not case.choices[0])

    def _merging(self, gone: Enterprise) -> _Case:
        others = [name for name in self._firms.names() if name != gone.name]
        told = f"把“{gone.name}”并入选定的一家：记录、附件、发文都归它，可以撤销"
        return _Case(told, ["", *others], _MERGE, partial(self._merge, (gone.name,)))

    def _same(self, name: str, firm: str) -> Change:
        return self._firms.also_called(self._firms.called(firm), name)

    def _merge(self, twins: Sequence[str], firm: str) -> Change:
        stays = self._firms.called(firm)
        gone = [number for name in twins if (number := self._firms.called(name)) != stays]
        return self._firms.merge(gone, stays)
