"""操作记录: what was done on a day, each of which can be taken back, or says why not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QAbstractTableModel, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from hazard_desk.store.undo import Deed, deeds, records_written
from ui.office import Office
from ui.style import BODY, INK_FAINT, ROOM, letters, sized
from ui.tables.ledger_model import Index
from ui.widgets.basics import button, label
from ui.widgets.dialog import Dialog
from ui.widgets.layouts import Stretch, across, down
from ui.widgets.rows import by_rows

_HEADS = ("时间", "办了什么", "办理人", "现状")
_WIDTHS = (6, 0, 6, 8)
"""Characters; what was done takes what is left."""
_DONE = 1
_TRIED = "按下后先核对：后来登记的记录还用到它的，不能办理，并说明原因。"
_NAMED = 5
"""So many of the records are named under the table."""


class ActsModel(QAbstractTableModel):
    """The acts of a day: there may be thousands, told as they come into sight."""

    deeds: Sequence[Deed] = ()

    def show_deeds(self, found: Sequence[Deed]) -> None:
        """Hold these and no others."""
        self.beginResetModel()
        self.deeds = found
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return len(self.deeds)

    def columnCount(self, parent: Index | None = None) -> int:
        return len(_HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> str | None:
        across = orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return _HEADS[section] if across else None

    def data(self, index: Index, role: int = 0) -> object:
        deed = self.deeds[index.row()]
        at, state = f"{deed.at:%H:%M}", "已撤销" if deed.undone else "不能撤销" if deed.fixed else "未撤销"
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return (at, deed.title, deed.who, state)[index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{at}，{deed.title}，{state}"
        return QColor(INK_FAINT) if role == Qt.ItemDataRole.ForegroundRole and deed.undone else None


class ActsTable(QTableView):
    """Shows the acts of a day, the last first."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.acts = ActsModel(self)
        self.setModel(self.acts)
        self.setAccessibleName("操作记录")
        by_rows(self)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        for column, width in enumerate(_WIDTHS):
            self.setColumnWidth(column, letters(width))
        self.horizontalHeader().setSectionResizeMode(_DONE, QHeaderView.ResizeMode.Stretch)

    def show_deeds(self, found: Sequence[Deed]) -> None:
        """Show these; the place in the list stays."""
        row = max(self.currentIndex().row(), 0)
        self.acts.show_deeds(found)
        if found:
            self.selectRow(min(row, len(found) - 1))

    def current(self) -> Deed | None:
        """Return the act that is chosen, or None."""
        row = self.currentIndex().row()
        return self.acts.deeds[row] if 0 <= row < len(self.acts.deeds) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is for the dialog's main button."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            super().keyPressEvent(event)


class ActsDialog(Dialog):
    """The acts of one day; ``open_record`` tells a record (ledger/id) that she wants to see."""

    open_record = Signal(str)
    help_key = "操作记录"

    def __init__(self, office: Office, turn: Callable[[int], object], parent: QWidget) -> None:
        """``turn`` takes back the act of a number, or does it again."""
        super().__init__("操作记录", parent)
        self._office = office
        self._turn_deed = turn
        self.day = office.today
        self._record = ""
        self._heading = label("", self, "heading")
        self.table = ActsTable(self)
        self.why = label("", self, "soft", wrap=True)
        sized(self.why, least_height=2 * BODY + 12)
        self.opener = button("打开记录", self, self._open)
        self.turner = button("撤销这一项", self, self._turn, "undo", "primary")
        self.turner.setDefault(True)
        down(
            across(
                button("前一天", self, partial(self._step, -1), "chevron-left"),
                self._heading,
                button("后一天", self, partial(self._step, 1), "chevron-right"),
                Stretch(),
            ),
            Stretch(self.table),
            self.why,
            across(Stretch(), self.opener, button("关闭", self, self.accept), self.turner),
            within=self,
            edges=ROOM,
        )
        self.table.selectionModel().currentRowChanged.connect(self._chosen)
        office.changed.connect(self._read)
        self.take_room(820, 560, "acts")
        self.table.setFocus()
        self._read()

    def _step(self, days: int) -> None:
        self.day = min(self.day + timedelta(days), self._office.today)
        self._read()

    def _read(self) -> None:
        work = partial(deeds, self._office.desk.cabinet, self.day)
        self._office.read(work, partial(self._show, self.day), self)

    def _show(self, day: date, found: Sequence[Deed]) -> None:
        if day != self.day:
            return
        self._heading.setText(f"{day.year}年{day.month}月{day.day}日，共{len(found)}项")
        self.table.show_deeds(found)
        self._chosen()

    def _chosen(self) -> None:
        deed, self._record = self.table.current(), ""
        named = self._named(deed) if deed else ""
        self.opener.setEnabled(bool(self._record))
        self.turner.setEnabled(deed is not None and not deed.fixed)
        self.turner.setText("恢复这一项" if deed and deed.undone else "撤销这一项")
        if deed is None:
            self.why.setText("这一天没有办过什么。")
        else:
            told = f"{deed.fixed}。" if deed.fixed else _TRIED
            self.why.setText("\n".join(one for one in (named, told) if one))

    def _named(self, deed: Deed) -> str:
        """Return which records of its book an act wrote; the first can be opened."""
        book = self._office.desk.ledgers.get(deed.ledger)
        if book is None:
            return ""
        ids = records_written(self._office.desk.cabinet, deed.first, book.table_name)
        rows = book.rows(ids[:_NAMED])
        if rows:
            self._record = f"{deed.ledger}/{rows[0].id}"
        names = "、".join(book.name_of(row) for row in rows)
        more = f"等{len(ids)}条" if len(ids) > len(rows) > 0 else ""
        return names and f"{book.title}：{names}{more}"

    def _turn(self) -> None:
        if (deed := self.table.current()) is not None and not deed.fixed:
            self._turn_deed(deed.number)

    def _open(self) -> None:
        if self._record:
            self.open_record.emit(self._record)
            self.accept()
