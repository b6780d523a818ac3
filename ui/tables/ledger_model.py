"""A table over a ledger: the ids of the query once, rows in pages as they come into sight."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.books.kit.gaps import GAP_WORD, GAPS
from hazard_desk.books.kit.ledger import AnyLedger
from hazard_desk.books.kit.query import Query
from hazard_desk.rules.fields import NUMBERS, Field, Kind, names_in
from hazard_desk.store.columns import Record, name_of, names_of
from ui.jobs import Job
from ui.office import Office
from ui.tones import AMBER, RED, Sign, is_state_words, look

PAGE = 50
KEPT_PAGES = 80
Index = QModelIndex | QPersistentModelIndex
Shown = str | list[str] | int | QColor | Qt.AlignmentFlag | None
"""What a cell tells for one of its roles."""

CHIP_ROLE = Qt.ItemDataRole.UserRole + 1
"""The words that the delegate paints as chips; None for plain cells."""
ID_ROLE = Qt.ItemDataRole.UserRole + 2
"""The id of the row's record."""

_ELSEWHERE = (Kind.MOMENT, Kind.LINK, Kind.OTHERS)
"""What is typed in the form alone."""
_CENTRED = (Kind.DATE, Kind.MOMENT, Kind.BOOL)
_STATE = name_of(Hazard.state)
_LATE = name_of(Hazard.overdue)
"""Told by a second chip beside the state, so it needs no column."""
LATE_WORD = "逾期"
_DUE = names_of(Hazard.deadline, Hazard.days_left)
"""Fields that turn red in a row that is overdue."""


class LedgerModel(QAbstractTableModel):
    """Rows of one ledger. Never holds more than ``PAGE * KEPT_PAGES`` of them."""

    loaded = Signal()
    """The ids of a query have arrived."""

    def __init__(self, office: Office, ledger: AnyLedger, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.office = office
        self.ledger = ledger
        columns = (field for field in ledger.fields if field.name != _LATE and not field.sensitive)
        first = {name: place for place, name in enumerate(ledger.first_columns)}
        self.choosable = tuple(sorted(columns, key=lambda field: first.get(field.name, len(first))))
        """The fields that can be columns, first those by which rows are told apart."""
        self.usual = tuple(field.name for field in self.choosable if field.shown)
        self.fields = self._named(self.usual)
        self.entered = frozenset(field.name for field in ledger.entry_fields() if not field.sensitive)
        """The names of the fields that are typed, and so may be typed in the table."""
        self.query = Query()
        self._ids: list[int] = []
        self._pages: OrderedDict[int, dict[int, Record]] = OrderedDict()
        self._job: Job | None = None

    def ask(self, query: Query) -> None:
        """Show what ``query`` wants, once its ids are there; an older question still open is dropped."""
        if self._job is not None:
            self._job.cancel()
        self.query = query
        self._job = self.office.read(partial(self._begin, query), self._arrived, self)

    def _begin(self, query: Query) -> tuple[list[int], Sequence[Record]]:
        """Return the ids that ``query`` wants, and the rows of their first page."""
        ids = self.ledger.ids(query)
        return ids, self.read_rows(ids[:PAGE])

    def show_columns(self, names: Sequence[str]) -> None:
        """Show these fields as columns, in this order; all the usual ones for none."""
        self.beginResetModel()
        self.fields = self._named(names) or self._named(self.usual)
        self.endResetModel()

    def _named(self, names: Sequence[str]) -> tuple[Field, ...]:
        known = {field.name: field for field in self.choosable}
        return tuple(known[name] for name in names if name in known)

    @property
    def busy(self) -> bool:
        """Whether the ids are still being read."""
        return self._job is not None and not self._job.finished

    def widest_chips(self, field: Field) -> list[str]:
        """Return the chips that a cell of ``field`` may show, at their longest; [] when it shows text."""
        if not _is_chip(field):
            return []
        return [max(field.choices, key=len), *([LATE_WORD] if field.name == _STATE else [])]

    def record(self, row: int) -> Record | None:
        """Return the record in a table row; None when it was removed meanwhile."""
        if not 0 <= row < len(self._ids):
            return None
        return self._page(row // PAGE).get(self._ids[row])

    def id_at(self, row: int) -> int | None:
        """Return the id in a table row, or None."""
        return self._ids[row] if 0 <= row < len(self._ids) else None

    def row_of(self, number: int) -> int:
        """Return the table row of a record, -1 when the query does not show it."""
        try:
            return self._ids.index(number)
        except ValueError:
            return -1

    def why_not(self, field: Field) -> str:
        """Return why a field cannot be typed in the table, '' when it can."""
        if self.query.as_of:
            return "正在回看过去某一天的情况，不能修改"
        if field.name in self.entered:
            return ""
        return f"“{field.label}”不在登记的栏目里，请在右侧详情中办理或更正"

    def in_place(self, field: Field) -> bool:
        """Whether a field can be typed in its cell."""
        return field.kind not in _ELSEWHERE and not self.why_not(field)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """What is typed can be edited."""
        flags = super().flags(index)
        edits = index.isValid() and self.in_place(self.fields[index.column()])
        return flags | Qt.ItemFlag.ItemIsEditable if edits else flags

    def ids_in(self, spans: Iterable[tuple[int, int]]) -> list[int]:
        """Return the ids in spans of rows, each from its first row to its last."""
        return [number for first, last in spans for number in self._ids[first : last + 1]]

    def rows_of(self, numbers: Iterable[int]) -> list[int]:
        """Return the rows of those records that the query shows."""
        wanted = set(numbers)
        return [row for row, number in enumerate(self._ids) if number in wanted]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        """How many records the query found."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        """One column for each shown field."""
        return 0 if parent.isValid() else len(self.fields)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | Qt.AlignmentFlag | None:
        """The heading of a column."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.fields):
            return None
        field = self.fields[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return field.heading
        if role == Qt.ItemDataRole.ToolTipRole:
            return field.help or None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(field)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Shown:
        """One cell."""
        if not index.isValid():
            return None
        field = self.fields[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(field)
        if role == ID_ROLE:
            return self.id_at(index.row())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(field, self.record(index.row()))
        if role not in _ROLES or (record := self.record(index.row())) is None:
            return None
        return _ROLES[role](field, record)

    def read_rows(self, ids: Sequence[int]) -> Sequence[Record]:
        """Return rows as they stand on the day that is looked at; may be asked on any thread."""
        day = self.query.as_of
        return self.ledger.rows_on(ids, day) if day else self.ledger.rows(ids)

    def _spoken(self, field: Field, record: Record | None) -> str | None:
        """Return what a screen reader says of a cell: first what it is, then its row as a sentence."""
        if record is None:
            return None
        others = (one for one in self.fields if one is not field)
        told = [f"{one.label}{said}" for one in others if (said := _said(one, record))]
        return f"{field.label}：{_said(field, record) or '未填写'}。{'，'.join(told)}"

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Have SQL put the rows in another order; a column of -1 means the ledger's own order."""
        down = order is Qt.SortOrder.DescendingOrder
        if column < 0 and self.query.sort:
            self.ask(replace(self.query, sort="", descending=False))
        elif column >= 0 and self.sortable(column):
            self.ask(replace(self.query, sort=self.fields[column].name, descending=down))

    def sortable(self, column: int) -> bool:
        """Whether SQL knows the column: what the book computes has no column."""
        return self.fields[column] in self.ledger.own_fields

    def _arrived(self, read: tuple[list[int], Sequence[Record]]) -> None:
        ids, first = read
        if ids and ids == self._ids:  # the same rows: what is chosen and what is being typed stays
            self._begin_pages(first)
            self.dataChanged.emit(self.index(0, 0), self.index(len(ids) - 1, len(self.fields) - 1))
        else:
            self.beginResetModel()
            self._ids = ids
            self._begin_pages(first)
            self.endResetModel()
        self.loaded.emit()

    def _begin_pages(self, first: Sequence[Record]) -> None:
        self._pages.clear()
        self._pages[0] = {row.id: row for row in first}

    def _page(self, number: int) -> dict[int, Record]:
        if number in self._pages:
            self._pages.move_to_end(number)
            return self._pages[number]
        wanted = self._ids[number * PAGE : (number + 1) * PAGE]
        page = {row.id: row for row in self.office.read_now(partial(self.read_rows, wanted), self)}
        self._pages[number] = page
        if len(self._pages) > KEPT_PAGES:
            self._pages.popitem(last=False)
        return page


def _alignment(field: Field) -> Qt.AlignmentFlag:
    if field.kind in NUMBERS:
        return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    if field.kind in _CENTRED:
        return Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
    return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def _is_gap(field: Field, record: Record) -> bool:
    return field.name in names_in(record.get(GAPS))


def whole_text(field: Field, record: Record) -> str:
    """Return what a cell says, with the lines of a long text."""
    return GAP_WORD if _is_gap(field, record) else field.show(record.get(field.name))


def _text(field: Field, record: Record) -> str:
    return " ".join(whole_text(field, record).split("\n"))


def _said(field: Field, record: Record) -> str:
    return "，".join(_chip(field, record) or []) or f"{_text(field, record)}"


def _tip(field: Field, record: Record) -> str | None:
    shown = field.show(record.get(field.name))
    return shown if len(shown) > field.width else None


def _is_chip(field: Field) -> bool:
    return field.kind is Kind.CHOICE and is_state_words(field.choices)


def _chip(field: Field, record: Record) -> list[str] | None:
    if not _is_chip(field):
        return None
    word = GAP_WORD if _is_gap(field, record) else str(record.get(field.name) or "")
    if field.name != _STATE or not record.get(_LATE):
        return [word] if word else []
    return [LATE_WORD] if look(word)[1] is Sign.CHECK else [word, LATE_WORD]


def _ink(field: Field, record: Record) -> QColor | None:
    if _is_gap(field, record):
        return QColor(AMBER.ink)
    return QColor(RED.ink) if field.name in _DUE and record.get(_LATE) else None


_ROLES = {
    Qt.ItemDataRole.DisplayRole: _text,
    Qt.ItemDataRole.ToolTipRole: _tip,
    Qt.ItemDataRole.ForegroundRole: _ink,
    CHIP_ROLE: _chip,
}
