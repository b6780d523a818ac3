"""What stands behind one cell of a progress form: its value, what is counted, and the records."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem, QScrollArea, QWidget

from hazard_desk.books.submissions import Submissions
from hazard_desk.figures.progress.filling import CountedRecord, FilledCell, FilledProgressForm
from hazard_desk.figures.progress.indicators import INDICATORS
from hazard_desk.library.progress_forms import ProgressForm, is_of_desk
from ui.style import ROOM, sized
from ui.widgets.basics import button, card, label
from ui.widgets.empty import Empty
from ui.widgets.layouts import Stretch, across, down

_LIST = 120
"""The least height of the list of records, in pixels."""
_UNKNOWN, _ELSEWHERE = "本版本没有这个指标", "别处发来的表，按表上的标签从台账统计或照录"
"""Said of a figure that is no indicator."""
_RECORD = Qt.ItemDataRole.UserRole


class CellPane(QScrollArea):
    """``open_record`` asks for a record of the list: ledger/id."""

    open_record = Signal(str)

    def __init__(self, change: Callable[[], object], restore: Callable[[], object], parent: QWidget) -> None:
        super().__init__(parent)
        self.cell: FilledCell | None = None
        self.number = label("", self, "soft")
        self.what = label("", self, "heading", wrap=True)
        self.value = label("", self, "title", wrap=True)
        self.by_hand = label("", self, "problem", wrap=True)
        self.means = label("", self, "soft", wrap=True)
        self.heading = label("", self, "heading")
        self.records = QListWidget(self)
        self.records.setAccessibleName("计入的记录")
        self.records.setWordWrap(True)
        self.nothing = Empty("没有记录", self)
        self.change_button = button("手工改动…", self, change, "edit")
        self.restore_button = button("恢复统计数", self, restore, "undo")
        self.records.itemActivated.connect(self._open)
        self.records.itemClicked.connect(self._open)
        self._set_out()

    def show_cell(self, filled: FilledProgressForm, name: str) -> None:
        """Show a cell of a form; in one that was sent, or that sums up such, nothing can be changed."""
        sent, cell = filled.number is not None or bool(filled.summed), filled.cell(name)
        self.cell = cell
        self.number.setText(f"第{cell.id}项")
        self.what.setText(cell.label)
        self.value.setText(cell.text)
        self.by_hand.setVisible(cell.overridden)
        self.by_hand.setText(f"手工填写：{cell.reason}。台账统计为 {_plain(cell)}")
        self.means.setText(_meaning(filled.form, name))
        self.heading.setText(f"统计依据（{len(cell.records)}条）")
        self.records.clear()
        for source in cell.sources:
            made = QListWidgetItem(f"{source.unit}（第{source.version}次上报）：{source.text}", self.records)
            made.setData(_RECORD, f"{Submissions.id}/{source.number}")
        for record in cell.records:
            made = QListWidgetItem(_named(record), self.records)
            made.setData(_RECORD, f"{record.ledger}/{record.id}")
        self.records.setVisible(self.records.count() > 0)
        self.nothing.setVisible(self.records.count() == 0)
        self.change_button.setVisible(not sent)
        self.restore_button.setVisible(not sent and cell.overridden)

    def _open(self, item: QListWidgetItem) -> None:
        self.open_record.emit(str(item.data(_RECORD)))

    def _set_out(self) -> None:
        body = QWidget(self)
        body.setProperty("role", "page")
        self.setWidget(body)
        self.setWidgetResizable(True)
        sized(self.records, least_height=_LIST)
        frame, inner = card(body)
        texts: tuple[QLabel, ...] = (self.number, self.what, self.value, self.by_hand, self.means)
        for text in texts:
            inner.addWidget(text)
        acts = across(self.change_button, self.restore_button, Stretch())
        inner.addLayout(acts)
        down(frame, self.heading, Stretch(self.records), Stretch(self.nothing), within=body, gap=ROOM // 2)


def _meaning(form: ProgressForm, cell: str) -> str:
    """How a cell is counted: the definition of each of its figures, where it has one."""
    lines = []
    unknown = _UNKNOWN if is_of_desk(form.id) else _ELSEWHERE
    for part, name in dict(form.items())[cell].indicators.items():
        indicator = INDICATORS.get(name)
        told = indicator.definition if indicator else unknown
        lines.append(f"{part}：{told}。" if part else f"统计方法：{told}。")
    return "\n".join(lines)


def _named(record: CountedRecord) -> str:
    parts = f"（{'、'.join(record.parts)}）" if record.parts else ""
    return f"{record.title}{parts}"


def _plain(cell: FilledCell) -> str:
    if isinstance(cell.counted, dict):
        return "，".join(f"{part} {value}" for part, value in cell.counted.items())
    return str(cell.counted)
