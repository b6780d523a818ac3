"""工作台: where the campaign stands today, what is late and what comes, and what would be lost now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStackedLayout,
    QStackedWidget,
    QWidget,
)

from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.books.plans.tables import TaskFacts
from hazard_desk.figures.board import Board, StageView, board
from hazard_desk.figures.due import DueItem
from hazard_desk.figures.gaps import WITH_GAPS
from hazard_desk.rules.dates import show_moment
from hazard_desk.rules.states import MAJOR
from hazard_desk.store.columns import field_of, name_of
from ui.copies.first_line import FirstLine
from ui.copies.making import back_up
from ui.copies.reading import KeptCopies, read_kept
from ui.copies.safety import Safety
from ui.copies.table import place_name
from ui.figures.gaps_line import GapsLine
from ui.memory import Memory
from ui.office import COPIES, Office
from ui.pages.before_dialog import BeforeDialog
from ui.pages.page import Page
from ui.sealing import SealNotes
from ui.start.card import StartCard
from ui.style import GAP, ROOM
from ui.widgets.bands import StageBand, TargetBand
from ui.widgets.bars import Bars
from ui.widgets.basics import button, card, clear, label
from ui.widgets.due_list import DueList
from ui.widgets.flow import FlowLayout
from ui.widgets.layouts import Stretch, across, down, lay

_THREE_FROM, _TWO_FROM = 900, 560
_WIDE = 4
"""So many rows stand over the cards, each as wide as the page."""


@dataclass(frozen=True)
class Morning:
    """Everything the page shows, read in one go."""

    board: Board
    kept: KeptCopies


class DueCard(QFrame):
    """A heading with a count over a list of dated things."""

    def __init__(self, heading: str, nothing: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.list = DueList(self)
        self.list.setAccessibleName(heading)
        self.list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.count = label("", self, "soft")
        self._nothing = label(nothing, self, "soft")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.head = across(label(heading, self, "heading"), self.count, Stretch())
        self._either = QStackedLayout()
        self._either.addWidget(self.list)
        self._either.addWidget(self._nothing)
        down(self.head, Stretch(self._either), within=self, edges=(ROOM, 12, 8, 8), gap=6)
        self.setMinimumHeight(190)

    def show_items(self, items: list[DueItem], page: DeskPage) -> None:
        """Show these, or that there are none."""
        self.count.setText(f"{len(items)}项" if items else "")
        self._either.setCurrentWidget(self.list if items else self._nothing)
        self.list.show_items(items, page.office.today)


class DeskPage(Page):
    """The first page of the day."""

    title = "工作台"
    picture = "desk"
    copies_wanted = Signal()
    found_wanted = Signal()

    def __init__(self, office: Office, parent: QWidget) -> None:
        super().__init__(office, parent)
        self._body = QWidget(self)
        self._body.setProperty("role", "page")
        self.tables.add(COPIES)
        self._safety: Safety | None = None
        self.start = StartCard(office, self)
        self.start.open_record.connect(self.open_record)
        self.start.copies_wanted.connect(self.copies_wanted)
        self.line = FirstLine(self._body)
        self.line.wanted.connect(self.backup)
        self.line.look_wanted.connect(self.found_wanted)
        self.gaps = GapsLine(self._body)
        self.gaps.chosen.connect(partial(self._open_ledger, WITH_GAPS))
        self.stages = StageBand(self._body)
        self.targets = TargetBand(self._body)
        self.overdue = DueCard("已逾期", "没有逾期事项", self._body)
        self.before_button = button("", self.overdue, self.show_before, role="quiet")
        self.before_button.setToolTip("起账日以前到期、没有登记的，不算逾期")
        _make_low(self.before_button)
        self.overdue.head.addWidget(self.before_button)
        self._before: list[DueItem] = []
        self.due_today = DueCard("今天", "今天没有到期或应提醒的事项", self._body)
        self.week = DueCard("7天内到期", "7天内没有到期事项", self._body)
        self.month = DueCard("8至30天内到期", "8至30天内没有到期事项", self._body)
        self._coming = self._make_coming()
        self._remarks = QWidget(self._body)
        self._remark_flow = FlowLayout(self._remarks, 2)
        self.hazards, self._hazard_card = self._counts("隐患", self._remarks)
        self.tasks, self._task_card = self._counts("方案任务")
        self.backed_up = label("", self._body, wrap=True)
        self.second = label("", self._body, "small", wrap=True)
        self._backup_card = self._make_backup_card()
        self._columns = 0
        self._set_out()
        for due in (self.overdue, self.due_today, self.week, self.month):
            due.list.open_record.connect(self.open_record)
        self.hazards.chosen.connect(partial(self._open_state, office.desk.hazards.id, name_of(Hazard.state)))
        self.tasks.chosen.connect(partial(self._open_state, office.desk.tasks.id, name_of(TaskFacts.status)))

    def refresh(self) -> None:
        """Read the board anew, in the background."""
        self.office.read_anew(self._read, self._show, self)

    def restore(self, memory: Memory) -> None:
        """Take what the window remembers of its care for the desk."""
        super().restore(memory)
        self._safety = Safety(memory)
        self.start.take_memory(memory)

    def backup(self) -> None:
        """Make a copy in every place that is there."""
        back_up(self.office, self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand in three, two or one columns."""
        super().resizeEvent(event)
        width = event.size().width()
        self._arrange(3 if width >= _THREE_FROM else 2 if width >= _TWO_FROM else 1)

    def show_before(self) -> None:
        """List what fell due before the desk was begun."""
        dialog = BeforeDialog(self._before, self.office, self)
        dialog.open_record.connect(self.open_record)
        dialog.open()

    def _read(self) -> Morning:
        desk = self.office.desk
        return Morning(board(desk.books), read_kept(desk))

    def _show(self, morning: Morning) -> None:
        seen = morning.board
        self.stages.show_stages(seen.stages, [self._part(stage) for stage in seen.stages])
        self.targets.show_targets(seen.targets, self.office.today)
        self.overdue.show_items(seen.overdue, self)
        self._before = seen.before
        self.before_button.setVisible(bool(seen.before))
        self.before_button.setText(f"起账前{len(seen.before)}项")
        self.due_today.show_items(seen.due_today, self)
        self.week.show_items(seen.week, self)
        self.month.show_items(seen.month, self)
        self.hazards.show_counts(seen.hazards_by_state)
        self.tasks.show_counts(self._ordered(seen.tasks_by_status))
        self.gaps.show_counts(seen.gaps)
        clear(self._remark_flow)
        self._remark(f"重大隐患未销号{seen.major_open}条", {name_of(Hazard.level): MAJOR})
        self._remark(f"逾期未整改{seen.overdue_hazards}条", {name_of(Hazard.overdue): "是"})
        self.show_kept(morning.kept)

    def show_kept(self, kept: KeptCopies) -> None:
        """Say what would be lost now, what went wrong, and where the copies lie."""
        sample = self.office.desk.sample
        failed, found = "", 0
        if self._safety is not None:
            failed, found = self._safety.failed, len(self._safety.found) + len(self._safety.proof)
        told = [kept.sentence, failed, f"校验发现{found}处问题" if found else ""]
        self.line.setVisible(not sample)
        self.line.look_button.setVisible(bool(found))
        tone = "red" if found else kept.tone or ("amber" if failed else "")
        self.line.show_sentence("。".join(one.rstrip("。") for one in told if one), tone)
        last = next((copy for copy in kept.copies if copy.there), None)
        when = f"上次备份：{show_moment(last.at)}，{place_name(last)}" if last else "还没有备份过"
        self.backed_up.setText(kept.sentence if sample and not last else when)
        second = f"第二备份位置：{kept.second}" if kept.second else "还没有选择第二备份位置"
        self.second.setText(f"{kept.faulty}份备份校验有问题" if kept.faulty else second)

    def _ordered(self, counts: Mapping[str, int]) -> dict[str, int]:
        """In the order in which the field declares its words."""
        words = field_of(TaskFacts.status).choices
        return {str(word): counts.get(str(word), 0) for word in words}

    def _part(self, stage: StageView) -> float:
        """How much of a stage's time is over, 0 to 1."""
        days = (stage.due - stage.starts_on).days + 1
        over = (self.office.today - stage.starts_on).days + 1
        return min(1.0, max(0.0, over / days if days > 0 else float(over > 0)))

    def _remark(self, text: str, where: Mapping[str, str]) -> None:
        made = button(
            text,
            self._remarks,
            partial(self.open_ledger.emit, self.office.desk.hazards.id, dict(where)),
            role="quiet",
        )
        self._remark_flow.addWidget(made)
        made.show()

    def _open_ledger(self, where: Mapping[str, str], ledger: str) -> None:
        self.open_ledger.emit(ledger, dict(where))

    def _open_state(self, ledger: str, field: str, state: str) -> None:
        self.open_ledger.emit(ledger, {field: state})

    def _counts(self, heading: str, *below: QWidget) -> tuple[Bars, QFrame]:
        frame, layout = card(self._body, heading)
        bars = Bars(frame)
        lay(layout, bars, *below, Stretch())
        return bars, frame

    def _make_coming(self) -> QStackedWidget:
        """The next 7 days or the days after them, in one place."""
        stack = QStackedWidget(self._body)
        for shown, other, word in ((self.week, self.month, "8至30天"), (self.month, self.week, "7天内")):
            turn = button(word, shown, partial(stack.setCurrentWidget, other), "chevron-right", "quiet")
            turn.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
            _make_low(turn)
            turn.setToolTip(f"查看{word}到期的事项")
            shown.head.addWidget(turn)
            stack.addWidget(shown)
        return stack

    def _make_backup_card(self) -> QFrame:
        frame, layout = card(self._body, "备份")
        hint = "每天第一次打开和每次关闭时自动备份，有改动才备份；写好后逐项校验。"
        acts = QWidget(frame)
        flow = FlowLayout(acts, GAP)
        flow.addWidget(button("备份与恢复…", acts, self.copies_wanted.emit, "backup"))
        lay(layout, self.backed_up, self.second, label(hint, frame, "small", wrap=True))
        lay(layout, acts, Stretch())
        return frame

    def _set_out(self) -> None:
        self._grid = QGridLayout(self._body)
        self._grid.setContentsMargins(ROOM, 12, ROOM, 12)
        self._grid.setSpacing(12)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        whole = QWidget(scroll)
        whole.setProperty("role", "page")
        down(self.start, Stretch(self._body), within=whole, gap=0)
        scroll.setWidget(whole)
        down(SealNotes(self.office, self), Stretch(scroll), within=self, gap=0)
        self._arrange(3)

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for row, wide in enumerate((self.line, self.gaps, self.stages, self.targets)):
            self._grid.addWidget(wide, row, 0, 1, columns)
        cards = (
            self.overdue,
            self.due_today,
            self._coming,
            self._hazard_card,
            self._task_card,
            self._backup_card,
        )
        for place, frame in enumerate(cards):
            row, column = divmod(place, columns)
            self._grid.addWidget(frame, row + _WIDE, column)
        for row in range(_WIDE, _WIDE + 6):
            self._grid.setRowStretch(row, 1 if (row + 1 - _WIDE) * columns <= 3 else 0)
        for column in range(3):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)


def _make_low(button: QPushButton) -> None:
    """Make a button no higher than the heading beside it."""
    button.setFixedHeight(24)
    button.setStyleSheet("min-height: 20px; padding: 0 6px")
