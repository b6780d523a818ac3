"""工作台: what to do today, where the campaign stands beside it, and what would be lost now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QVBoxLayout, QWidget

from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.books.plans.tables import TaskFacts
from hazard_desk.figures.board import Board, StageView, board
from hazard_desk.figures.dated import DueItem
from hazard_desk.figures.inbox.inbox import Inbox
from hazard_desk.rules.dates import show_moment
from hazard_desk.rules.states import MAJOR
from hazard_desk.store.columns import field_of, name_of
from ui.copies.first_line import FirstLine
from ui.copies.making import back_up
from ui.copies.reading import KeptCopies, read_kept
from ui.copies.safety import Safety
from ui.copies.table import place_name
from ui.inbox.card import InboxCard
from ui.memory import Memory
from ui.office import COPIES, Office
from ui.pages.before_dialog import BeforeDialog
from ui.pages.page import Page
from ui.sealing import SealNotes
from ui.start.card import StartCard
from ui.style import GAP, ROOM, px, sized
from ui.widgets.bands import StageBand, TargetBand
from ui.widgets.bars import Bars
from ui.widgets.basics import button, card, clear, label
from ui.widgets.flow import FlowLayout
from ui.widgets.layouts import Stretch, down, lay

_BESIDE_FROM = 900
"""Width in pixels at 100 percent from which the figures stand beside the inbox, not below it."""
_SIDE = 268


@dataclass(frozen=True)
class Morning:
    """Everything the page shows, read in one go."""

    board: Board
    inbox: Inbox
    kept: KeptCopies


class DeskPage(Page):
    """The first page of the day."""

    title = "工作台"
    picture = "desk"
    copies_wanted = Signal()
    found_wanted = Signal()
    report_wanted = Signal(object)
    """The form of a day is to be sent."""

    def __init__(self, office: Office, parent: QWidget) -> None:
        super().__init__(office, parent)
        self.tables.add(COPIES)
        self._safety: Safety | None = None
        self._before: list[DueItem] = []
        self._beside = True
        self.start = StartCard(office, self)
        self.start.open_record.connect(self.open_record)
        self.start.copies_wanted.connect(self.copies_wanted)
        self.line = FirstLine(self)
        self.line.wanted.connect(self.backup)
        self.line.look_wanted.connect(self.found_wanted)
        self.line.hide()
        self.inbox = InboxCard(office, self)
        self.inbox.before_wanted.connect(self.show_before)
        self.inbox.acts.open_record.connect(self.open_record)
        self.inbox.acts.open_ledger.connect(self.open_ledger)
        self.inbox.acts.report_wanted.connect(self.report_wanted)
        self.inbox.acts.copy_wanted.connect(self.backup)
        self._side = QWidget(self)
        self._side.setProperty("role", "page")
        self.stages = StageBand(self._side, QBoxLayout.Direction.TopToBottom)
        self.targets = TargetBand(self._side, QBoxLayout.Direction.TopToBottom)
        self._remarks = QWidget(self._side)
        self._remark_flow = FlowLayout(self._remarks, 2)
        self.hazards, self._hazard_card = self._counts("隐患", self._remarks)
        self.tasks, self._task_card = self._counts("方案任务")
        self.backed_up = label("", self._side, wrap=True)
        self.second = label("", self._side, "small", wrap=True)
        self._backup_card = self._make_backup_card()
        self._set_out()
        self.setFocusProxy(self.inbox)
        self._begun = False
        self.start.told.connect(self._begin)
        self.inbox.emptied.connect(self._begin)
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

    def acts(self) -> list[tuple[str, Callable[[], object]]]:
        return [*super().acts(), ("起步", self.start.bring_back)]

    def backup(self) -> None:
        """Make a copy in every place that is there."""
        back_up(self.office, self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have the figures beside the inbox, or below it where the page is narrow."""
        super().resizeEvent(event)
        self._arrange(event.size().width() >= px(_BESIDE_FROM))

    def parts(self) -> list[QWidget]:
        return [self.start, self.inbox, self._figures]

    def _begin(self) -> None:
        """On a new desk nothing waits yet: the first focus is with what is left to do, which is in sight."""
        here = self.window().focusWidget() or self
        if not self._begun and self.inbox.idle and self.inbox.isAncestorOf(here):
            self._begun = self.start.begin()

    def go_back(self) -> bool:
        """Let go of the lines that are chosen."""
        return self.inbox.list.choose_none()

    def show_before(self) -> None:
        """List what fell due before the desk was begun."""
        dialog = BeforeDialog(self._before, self.office, self)
        dialog.open_record.connect(self.open_record)
        dialog.open()

    def _read(self) -> Morning:
        desk = self.office.desk
        return Morning(board(desk.books), desk.inbox(), read_kept(desk))

    def _show(self, morning: Morning) -> None:
        seen = morning.board
        self._before = seen.before
        self.inbox.show_inbox(morning.inbox, len(seen.before))
        self.stages.show_stages(seen.stages, [self._part(stage) for stage in seen.stages])
        self.targets.show_targets(seen.targets, self.office.today)
        self.hazards.show_counts(seen.hazards_by_state)
        self.tasks.show_counts(self._ordered(seen.tasks_by_status))
        clear(self._remark_flow)
        self._remark(f"重大隐患未销号{seen.major_open}条", {name_of(Hazard.level): MAJOR})
        self._remark(f"逾期未整改{seen.overdue_hazards}条", {name_of(Hazard.overdue): "是"})
        self.show_kept(morning.kept)
        self._fit_figures()

    def show_kept(self, kept: KeptCopies) -> None:
        """Say what went wrong above the inbox, where the copies lie and what would be lost beside it."""
        sample = self.office.desk.sample
        failed, found = "", 0
        if self._safety is not None:
            failed, found = self._safety.failed, len(self._safety.found) + len(self._safety.proof)
        told = [kept.sentence, failed, f"校验发现{found}处问题" if found else ""]
        self.line.setVisible(not sample and bool(failed or found))
        self.line.look_button.setVisible(bool(found))
        tone = "red" if found else kept.tone or ("amber" if failed else "")
        self.line.show_sentence("。".join(one.rstrip("。") for one in told if one), tone)
        last = next((copy for copy in kept.copies if copy.there), None)
        when = f"上次备份：{show_moment(last.at)}，{place_name(last)}。" if last else ""
        self.backed_up.setText(f"{when}{kept.sentence}")
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

    def _open_state(self, ledger: str, field: str, state: str) -> None:
        self.open_ledger.emit(ledger, {field: state})

    def _counts(self, heading: str, *below: QWidget) -> tuple[Bars, QFrame]:
        frame, layout = card(self._side, heading)
        bars = Bars(frame)
        lay(layout, bars, *below, Stretch())
        return bars, frame

    def _make_backup_card(self) -> QFrame:
        frame, layout = card(self._side, "备份")
        hint = "每天第一次打开和每次关闭时自动备份，有改动才备份；写好后逐项校验。"
        acts = QWidget(frame)
        flow = FlowLayout(acts, GAP)
        flow.addWidget(button("立即备份", acts, self.backup))
        flow.addWidget(button("备份与恢复…", acts, self.copies_wanted.emit, "backup"))
        lay(layout, self.backed_up, self.second, label(hint, frame, "small", wrap=True))
        lay(layout, acts, Stretch())
        return frame

    def _set_out(self) -> None:
        """The inbox takes what room there is; the figures scroll beside it, or stand below it."""
        down(
            *(self._hazard_card, self._task_card, self.stages, self.targets, self._backup_card, Stretch()),
            within=self._side,
            gap=12,
        )
        self._figures = QScrollArea(self)
        self._figures.setWidgetResizable(True)
        self._figures.setWidget(self._side)
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._both.setSpacing(12)
        lay(self._both, Stretch(self.inbox), self._figures)
        below = QVBoxLayout()
        below.setContentsMargins(ROOM, 12, ROOM, 12)
        below.setSpacing(12)
        lay(below, self.line, Stretch(self._both))
        whole = QWidget(self)
        whole.setProperty("role", "page")
        down(self.start, Stretch(below), within=whole, gap=0)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setWidget(whole)
        down(SealNotes(self.office, self), Stretch(scroll), within=self, gap=0)
        self._arrange(True)

    def _arrange(self, beside: bool) -> None:
        self._beside = beside
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._both.setDirection(direction)
        self._figures.setMinimumWidth(px(_SIDE) if beside else 0)
        self._figures.setMaximumWidth(px(_SIDE) if beside else 16_777_215)
        sized(self.inbox, least_height=320 if beside else 420)
        self._fit_figures()

    def _fit_figures(self) -> None:
        """Below the inbox the figures stand in full: the page scrolls, not they."""
        layout = self._side.layout()
        high = layout.sizeHint().height() if layout and not self._beside else 0
        self._figures.setMinimumHeight(high)
