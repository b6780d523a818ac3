"""What shapes the view of a ledger: filters kept under a name."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from hazard_desk.books.kit.query import Query
from hazard_desk.rules.fields import Field, Row
from hazard_desk.store.acts import Change
from ui.forms.form_dialog import FormDialog
from ui.office import Office
from ui.widgets.ask import ask

_NAME = Field("name", "名称", required=True, help="同名的筛选会被替换")


class SavedFilters(QPushButton):
    """常用筛选: choose one, keep the present one, forget one. ``chosen`` tells a query."""

    chosen = Signal(object)

    def __init__(self, office: Office, ledger: str, parent: QWidget) -> None:
        super().__init__("常用筛选", parent)
        self._office, self._ledger = office, ledger
        self._query = Query()
        self.setProperty("menu", True)
        self.setAutoDefault(False)
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self.fill)
        self.setMenu(self._menu)

    def set_query(self, query: Query) -> None:
        """The query that 保存 would keep."""
        self._query = query

    def fill(self) -> QMenu:
        """Make the menu anew: it is read when it is opened, for another page may have changed it."""
        self._menu.clear()
        kept = self._office.desk.views.of(self._ledger)
        for name, query in kept.items():
            self._menu.addAction(name).triggered.connect(partial(self.chosen.emit, query))
        if not kept:
            self._menu.addAction("还没有保存的筛选").setEnabled(False)
        self._menu.addSeparator()
        keep = self._menu.addAction("保存当前筛选…")
        keep.setEnabled(bool(self._query.where or self._query.text or self._query.sort))
        keep.triggered.connect(self.ask_name)
        if kept:
            forget = self._menu.addMenu("删除")
            for name in kept:
                forget.addAction(name).triggered.connect(partial(self._ask_forget, name))
        return self._menu

    def ask_name(self) -> None:
        """Ask under which name the present filter is kept."""
        query = self._query

        def save(values: Row) -> Change:
            return self._office.desk.views.save(self._ledger, str(values[_NAME.name]), query)

        FormDialog(self._office, "保存当前筛选", (_NAME,), save, self, keep_draft=False).open()

    def _ask_forget(self, name: str) -> None:
        ask(self, "删除筛选", f"要删除筛选“{name}”吗？", "删除", "不删除", partial(self._forget, name))

    def _forget(self, name: str) -> None:
        self._office.attempt(partial(self._office.desk.views.remove, self._ledger, name), self)


def drop_below(menu: QMenu, at: QWidget) -> None:
    """Open a menu under a widget."""
    menu.popup(at.mapToGlobal(QPoint(0, at.height())))
