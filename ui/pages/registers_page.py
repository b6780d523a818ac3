"""专项台账: the list of special registers, and each of them as a ledger page."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStackedWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from hazard_desk.books.kit.query import Query
from hazard_desk.books.registers import RegisterLedger
from hazard_desk.store.acts import Change
from ui.forms.register_dialog import RegisterDialog
from ui.office import Office
from ui.pages.ledger_page import LedgerPage
from ui.pages.page import Page
from ui.style import ROOM, letters
from ui.widgets.basics import button, label
from ui.widgets.layouts import Stretch, across

_ID = Qt.ItemDataRole.UserRole
_HEADINGS = ("台账名称", "条数", "依据")


class RegisterPage(LedgerPage):
    """One register, as long as its definition is the same. ``left`` asks for the list of all."""

    left = Signal()

    def __init__(self, office: Office, register: RegisterLedger, parent: QWidget) -> None:
        super().__init__(office, register, parent)
        self.definition = register.definition

    def go_back(self) -> bool:
        """From the detail to the register, from there to the list of all."""
        if not super().go_back():
            self.left.emit()
        return True


class RegistersPage(Page):
    """Begins with the list of registers; a register's own page is made when it is first opened."""

    title = "专项台账"
    picture = "registers"

    def __init__(self, office: Office, parent: QWidget) -> None:
        super().__init__(office, parent)
        self.opened: dict[str, RegisterPage] = {}
        self.list = QTreeWidget(self)
        self.list.setAccessibleName("专项台账")
        self.back = button("全部专项台账", self, self.go_to_list, "back", "quiet")
        self.new = button("新建专项台账", self, self.make_register, "plus", "primary")
        self.change = button("修改栏目", self, self.redefine, "columns", "quiet")
        self._stack = QStackedWidget(self)
        self._heading = label(self.title, self, "title")
        self._layout = QVBoxLayout(self)
        self._set_out()

    @property
    def current(self) -> LedgerPage | None:
        """The page of the register that is open, None while the list is seen."""
        page = self._stack.currentWidget()
        return page if isinstance(page, LedgerPage) else None

    def takes(self, ledger: str) -> bool:
        return ledger in self.office.desk.registers.ledgers()

    def turn_to(self, ledger: str) -> None:
        """Open one register; a page whose columns the office changed since is made anew."""
        register = self.office.desk.registers.ledgers()[ledger]
        if ledger in self.opened and self.opened[ledger].definition != register.definition:
            self._forget(ledger)
        if ledger not in self.opened:
            page = self.opened[ledger] = RegisterPage(self.office, register, self._stack)
            page.left.connect(self.go_to_list)
            page.open_record.connect(self.open_record)
            page.open_ledger.connect(self.open_ledger)
            self._stack.addWidget(page)
        self._show(self.opened[ledger])

    def refresh(self) -> None:
        """Count the rows of every register; an open register reads itself anew."""
        self.office.read_anew(self._count, self._counted, self)
        for ledger in self.opened.keys() - self.office.desk.registers.ledgers().keys():
            self._forget(ledger)
        if self.current is not None:
            self.turn_to(self.current.ledger.id)

    def _forget(self, ledger: str) -> None:
        """Put the page of a register away that is gone, or has other columns now."""
        page = self.opened.pop(ledger)
        if page is self.current:
            self._show(self.list)
        self._stack.removeWidget(page)
        page.deleteLater()

    def make_register(self) -> None:
        """Open the dialog for a register of the office's own."""
        dialog = RegisterDialog(self.office, "", self)
        dialog.saved.connect(self._made)
        dialog.open()

    def redefine(self) -> None:
        """Open the dialog that changes the columns of the register that is seen."""
        if self.current is not None:
            RegisterDialog(self.office, self.current.ledger.id, self).open()

    def _made(self, change: Change) -> None:
        self.turn_to(self.office.desk.registers.id_of(change.ids[0]))

    def go_to_list(self) -> None:
        """Show the list of registers."""
        self._show(self.list)
        self.list.setFocus()

    @property
    def seen(self) -> Page:
        """The register that is open acts for the page."""
        return self.current or self

    def _set_out(self) -> None:
        self.list.setHeaderLabels(list(_HEADINGS))
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.header().setStretchLastSection(True)
        self.list.header().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.list.setColumnWidth(0, letters(15))
        self.list.setColumnWidth(1, letters(5))
        self.list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)
        self.list.itemActivated.connect(self._activated)
        self.list.itemDoubleClicked.connect(self._activated)
        self._stack.addWidget(self.list)
        self.setFocusProxy(self.list)
        head = across(self._heading, self.back, Stretch(), self.change, self.new)
        self._layout.addLayout(head)
        self._layout.addWidget(self._stack, 1)
        self._show(self.list)

    def _show(self, widget: QWidget) -> None:
        inside = widget is not self.list
        self._heading.setVisible(not inside)
        self.back.setVisible(inside)
        self.new.setVisible(not inside)
        register = self.office.desk.registers
        self.change.setVisible(isinstance(widget, LedgerPage) and register.is_own(widget.ledger.id))
        edge = 0 if inside else ROOM
        self._layout.setContentsMargins(edge, 4 if inside else 12, edge, 0 if inside else 12)
        self._layout.setSpacing(0 if inside else 10)
        self._stack.setCurrentWidget(widget)

    def _activated(self, item: QTreeWidgetItem) -> None:
        self.turn_to(str(item.data(0, _ID)))

    def _count(self) -> list[tuple[str, str, int, str]]:
        registers = self.office.desk.registers.ledgers().values()
        return [
            (ledger.id, ledger.title, ledger.count(Query()), ledger.definition.basis) for ledger in registers
        ]

    def _counted(self, counts: list[tuple[str, str, int, str]]) -> None:
        chosen = self.list.currentIndex().row()
        self.list.clear()
        for number, title, count, basis in counts:
            item = QTreeWidgetItem(self.list, [title, str(count), basis])
            item.setData(0, _ID, number)
            item.setToolTip(2, basis)
        self.list.setCurrentIndex(self.list.model().index(max(0, chosen), 0))
