"""The bar on top of the window: whose desk this is, the plan, the day, and the window's acts."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from hazard_desk.rules.dates import show_date, show_weekday
from ui.icons import icon
from ui.office import Office
from ui.plans.switch import PlanSwitch
from ui.reader import Reader
from ui.style import ACCENT, GAP, ROOM, px
from ui.widgets.basics import label
from ui.widgets.chip import Chip
from ui.widgets.layouts import Stretch, across, lay

_HEIGHT = 48
_WHOLE_DAY_FROM = 1080
"""Width of the bar in pixels from which it names the year and the weekday."""
_LONGEST_DAY = "12月31日"


@dataclass(frozen=True)
class _Head:
    office: str
    plan: str
    late: dict[int, int]


class TopBar(Reader):
    """Shows the desk's head; the acts are added by the window. ``named`` tells the office's name."""

    named = Signal(str)

    def __init__(self, office: Office, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk_office = office
        self.setProperty("role", "topbar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        mark = QLabel(self)
        mark.setPixmap(icon("app", ACCENT).pixmap(QSize(24, 24)))
        self.office = label(office.desk.office_name, self, "heading")
        self.plan = PlanSwitch(office, self)
        self.date = label("", self)
        self._fit()
        self._layout = across(within=self, edges=(ROOM, 0, 12, 0))
        sample = [Chip("示例", self)] if office.desk.sample else []
        plan = across(self.plan, self.plan.elsewhere, edges=(GAP, 0, 0, 0))
        date = across(self.date, edges=(0, 0, GAP, 0))
        lay(self._layout, mark, self.office, *sample, plan, Stretch(), date)
        office.keep_true(self)

    def add(self, *acts: QWidget) -> None:
        """Put buttons at the right end."""
        for act in acts:
            self._layout.addWidget(act)

    def refresh(self) -> None:
        """Show the day; read the office and the plans anew, in the background."""
        self._show_day()
        self._desk_office.read_anew(self._read, self._show, self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell the day in short where the width is."""
        super().resizeEvent(event)
        self._show_day()

    def changeEvent(self, event: QEvent) -> None:
        """Larger text wants more room."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(px(_HEIGHT))
        self.date.setMinimumWidth(self.fontMetrics().horizontalAdvance(_LONGEST_DAY))

    def _show_day(self) -> None:
        day = self._desk_office.today
        whole = f"{show_date(day)}　{show_weekday(day)}"
        self.date.setText(whole if self.width() >= px(_WHOLE_DAY_FROM) else f"{day.month}月{day.day}日")

    def _read(self) -> _Head:
        desk = self._desk_office.desk
        return _Head(desk.office_name, desk.plan_title, self.plan.late())

    def _show(self, head: _Head) -> None:
        self.office.setText(head.office)
        self.plan.show_plan(head.plan, sum(head.late.values()))
        self.named.emit(head.office)
