"""日历: everything dated, as a month, a year or along the campaign's time axis."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QScrollArea, QStackedWidget, QWidget

from hazard_desk.figures.calendar import FILTERS, Calendar, calendar, choices, month_span, narrowed
from hazard_desk.figures.dated import DueItem
from hazard_desk.figures.timeline import TimeAxis, time_axis
from hazard_desk.rules.phrases.points import months_later
from ui.calendar.day_dialog import DayDialog
from ui.calendar.legend import KindLegend
from ui.calendar.looks import by_day, day_name
from ui.calendar.month_view import MonthView
from ui.calendar.time_axis_view import TimeAxisView
from ui.calendar.view import DaysView, PaintedView
from ui.calendar.year_view import YearView, year_span
from ui.memory import Memory
from ui.office import Office
from ui.pages.page import Page
from ui.production import Production, free_name
from ui.style import GAP, ROOM
from ui.widgets.basics import Elided, button, label, say, tool
from ui.widgets.filter_bar import FilterBar
from ui.widgets.layouts import Stretch, across, down, lay

MONTH, YEAR, AXIS = "month", "year", "axis"
_VIEWS = {MONTH: "月", YEAR: "年", AXIS: "时间轴"}


class CalendarPage(Page):
    """The calendar, read once for each span that is shown."""

    title = "日历"
    picture = "calendar"
    report = "calendar"

    def __init__(self, office: Office, parent: QWidget) -> None:
        super().__init__(office, parent)
        self.view = MONTH
        self.day = office.today
        self.read: Calendar | TimeAxis | None = None
        self.month = MonthView(self)
        self.year = YearView(self)
        self.axis = TimeAxisView(self)
        self.filters = FilterBar(FILTERS, self)
        self.period = label("", self, "title")
        self.total = Elided("", self, "soft")
        self.note = label("", self, "problem", wrap=True)
        self._legend = KindLegend(self)
        self._stack = QStackedWidget(self)
        self._toggles = QButtonGroup(self)
        self._turners: list[QWidget] = []
        self._set_out()
        self._connect()
        self._choose_view(MONTH)

    def turn_day(self, before: date) -> None:
        if self.day == before:
            self.day = self.office.today

    def refresh(self) -> None:
        """Read what is shown anew, in the background."""
        books, span = self.office.desk.books, self._span()
        if self.view == AXIS:
            self.office.read_anew(partial(time_axis, books), self._show, self)
        else:
            self.office.read_anew(partial(calendar, books, *span), self._show, self)

    def turn(self, pages: int) -> None:
        """Turn to a later or an earlier month or year."""
        if self.view != AXIS:
            self.go_to(months_later(self.day, pages * (1 if self.view == MONTH else 12)))

    def go_today(self) -> None:
        """Show today."""
        self.go_to(self.office.today)

    def go_to(self, day: date) -> None:
        """Choose a day; reads only when it lies outside of what is shown."""
        self.day = day
        span = self._span()
        if isinstance(self.read, Calendar) and (self.read.first, self.read.last) == span:
            self._show(self.read)
        else:
            self.refresh()

    def open_day(self, day: date) -> None:
        """List everything of one day."""
        if isinstance(self.read, Calendar):
            items = by_day(self._narrowed()).get(day, [])
            dialog = DayDialog(day_name(day, self.read.marks.get(day)), items, self)
            dialog.open_record.connect(self.open_record)
            dialog.open()

    def open_month(self, day: date) -> None:
        """Go from the year to one of its months."""
        self.day = day
        self.choose_view(MONTH)

    def choose_view(self, view: str) -> None:
        """Show the month, the year or the time axis."""
        self._choose_view(view)
        self.refresh()
        self._painted().setFocus()

    def export(self) -> None:
        """Write everything dated as a calendar file for a telephone or Outlook."""
        desk = self.office.desk
        to = free_name(desk.out / f"工作日历-{self.office.today.isoformat()}.ics")
        Production(self.office, "正在生成日历文件", partial(desk.sheets.calendar, to), self).start()

    def restore(self, memory: Memory) -> None:
        """Take up the view that was last used."""
        kept = memory.text("calendar/view")
        if kept in _VIEWS:
            self._choose_view(kept)

    def keep(self, memory: Memory) -> None:
        """Hand over which view is used."""
        memory.keep_text("calendar/view", self.view)

    def _choose_view(self, view: str) -> None:
        self.view = view
        place = list(_VIEWS).index(view)
        self._toggles.button(place).setChecked(True)
        self._stack.setCurrentIndex(place)
        self.setFocusProxy(self._painted())
        for widget in self._turners:
            widget.setEnabled(view != AXIS)
        self._legend.setVisible(view == MONTH)

    def _painted(self) -> PaintedView:
        return {MONTH: self.month, YEAR: self.year, AXIS: self.axis}[self.view]

    def _span(self) -> tuple[date, date]:
        return year_span(self.day) if self.view == YEAR else month_span(self.day)

    def _show(self, read: Calendar | TimeAxis) -> None:
        """Show what was read, unless the clerk has turned on meanwhile."""
        if isinstance(read, TimeAxis) != (self.view == AXIS):
            return
        if isinstance(read, Calendar) and (read.first, read.last) != self._span():
            return
        self.read = read
        self.filters.offer(choices(self.items))
        self._show_narrowed()

    @property
    def items(self) -> list[DueItem]:
        """Everything that was read, whatever is filtered."""
        if isinstance(self.read, TimeAxis):
            return [bar.item for bar in self.read.bars]
        return self.read.items if self.read else []

    def _narrowed(self) -> list[DueItem]:
        return narrowed(self.items, self.filters.where())

    def _show_narrowed(self) -> None:
        items = self._narrowed()
        if isinstance(self.read, TimeAxis):
            wanted = {item.record for item in items}
            self.axis.show_axis(self.read, [bar for bar in self.read.bars if bar.item.record in wanted])
            self.period.setText(self.office.desk.plans.current().short or self._campaign(self.read))
            self.note.hide()
        elif self.read is not None:
            shown: DaysView = self.month if self.view == MONTH else self.year
            shown.show_calendar(self.read, items, self.day)
            self.period.setText(f"{self.day.year}年" + (f"{self.day.month}月" if self.view == MONTH else ""))
            say(self.note, self.read.note)
            month = self.day.month
            items = [item for item in items if self.view == YEAR or item.date.month == month]
        still, late = sum(item.open for item in items), sum(item.overdue for item in items)
        self.total.setText(f"{len(items)}项，未办结{still}项，逾期{late}项")

    def _bring_into_sight(self) -> None:
        """Scroll to what is chosen, once the view has its size."""
        QTimer.singleShot(0, self, self._scroll_to_chosen)

    def _scroll_to_chosen(self) -> None:
        area = self._stack.currentWidget()
        if isinstance(area, QScrollArea) and self._painted().ready:
            box = self._painted().chosen_rect()
            middle = box.center().toPoint()
            area.ensureVisible(middle.x(), middle.y(), 0, int(box.height() / 2) + 2)

    def _campaign(self, axis: TimeAxis) -> str:
        return f"{axis.first.isoformat()} 至 {axis.last.isoformat()}"

    def _set_out(self) -> None:
        for view in (self.month, self.year, self.axis):
            scroll = QScrollArea(self)
            scroll.setWidgetResizable(True)
            scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            scroll.setWidget(view)
            self._stack.addWidget(scroll)
        self.filters.put_beside(self._legend)
        down(
            self._head(),
            self.filters,
            self.note,
            Stretch(self._stack),
            within=self,
            edges=(ROOM, 12, ROOM, 12),
            gap=10,
        )

    def _head(self) -> QHBoxLayout:
        head = across(label(self.title, self, "title"))
        head.addSpacing(GAP)
        before = tool("上一页（PgUp）", self, partial(self.turn, -1), "chevron-left")
        after = tool("下一页（PgDn）", self, partial(self.turn, 1), "chevron-right")
        today = button("今天", self, self.go_today)
        today.setToolTip("Home")
        self._turners = [before, after, today]
        for widget in (before, today, after):
            head.addWidget(widget)
        lay(head, self.period, Stretch(self.total))
        for place, (view, name) in enumerate(_VIEWS.items()):
            made = button(name, self, partial(self.choose_view, view), role="segment")
            made.setCheckable(True)
            made.setAccessibleName(f"按{name}查看")
            self._toggles.addButton(made, place)
            head.addWidget(made)
        save = button("日历文件", self, self.export, "export")
        save.setToolTip("生成日历文件（.ics），可导入手机或 Outlook（Ctrl+E）")
        head.addWidget(save)
        return head

    def _connect(self) -> None:
        for view in (self.month, self.year):
            view.open_day.connect(self.open_day)
            view.day_chosen.connect(self.go_to)
        for painted in (self.month, self.year, self.axis):
            painted.open_record.connect(self.open_record)
            painted.moved.connect(self._bring_into_sight)
        self.year.open_month.connect(self.open_month)
        self.filters.changed.connect(self._show_narrowed)
        for keys, act in (
            ("PgUp", partial(self.turn, -1)),
            ("PgDown", partial(self.turn, 1)),
            ("Home", self.go_today),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
