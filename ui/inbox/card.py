"""The card 今天要办: what waits, what comes, what was put off; and the keys that work on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from hazard_desk.books.postponed import PostponedRow, PutOff, next_monday
from hazard_desk.figures.inbox.inbox import Inbox
from hazard_desk.figures.inbox.item import InboxItem
from hazard_desk.rules.fields import Field, Row, Value
from hazard_desk.store.acts import Change
from ui.forms.form_dialog import FormDialog
from ui.inbox.acts import InboxActs
from ui.inbox.lines import InboxLine, inbox_line, put_off_line
from ui.inbox.list import InboxList
from ui.office import Office
from ui.style import GAP, sized
from ui.widgets.basics import button, label
from ui.widgets.empty import Either, Empty
from ui.widgets.flow import FlowLayout
from ui.widgets.layouts import Stretch, across, down

_MOST = 200
"""So many lines are listed; the others follow as these are worked off."""
NOW, SOON, COMING, PUT_OFF = "今天要办", "7天内", "8至30天", "已推后"
_NOTHING = {
    NOW: "今天没有要办的事。快到期的在“7天内”里。",
    SOON: "7天内没有到期的事项。",
    COMING: "8至30天内没有到期的事项。",
    PUT_OFF: "没有推后的事项。",
}


class InboxCard(QFrame):
    """``acts`` takes the next steps; the first line is the current one."""

    before_wanted = Signal()
    emptied = Signal()
    """Of what is looked at there is nothing."""

    def __init__(self, office: Office, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._office = office
        self._postponed = office.desk.books.postponed
        self._seen: Inbox | None = None
        self._view = NOW
        self._acting = ""
        self.acts = InboxActs(office, self)
        self._keys: dict[str, tuple[str, Callable[[], None]]] = {
            "1": ("推后到明天", self.put_off_to_tomorrow),
            "2": ("推后到下周一", self.put_off_to_monday),
            "3": ("推后到…", self.ask_until),
            "0": ("不再提醒…", self.ask_reason),
            "O": ("打开记录", self.open),
        }
        self.list = InboxList(list(self._keys), self)
        self.views = {name: self._segment(name) for name in (NOW, SOON, COMING, PUT_OFF)}
        self.before_button = button("", self, self.before_wanted.emit, role="segment")
        self.before_button.setToolTip("起账日以前到期、没有登记的，不算逾期")
        self.more = label("", self, "small")
        self._empty = Empty("", self)
        self._set_out()
        self.list.taken.connect(self.take)
        self.list.pressed_key.connect(self.press)
        self.list.moved.connect(self._tell_next)
        self.acts.done.connect(self._go_on)

    def show_inbox(self, seen: Inbox, before: int) -> None:
        """Show what was read; ``before`` is how much fell due before the desk was begun."""
        self._seen = seen
        for name, rows in zip(self.views, self._rows(seen), strict=True):
            self.views[name].setText(f"{name} {len(rows)}")
        self.before_button.setText(f"起账前{before}项")
        self.before_button.setVisible(bool(before))
        self._show()

    def show_view(self, name: str) -> None:
        """Show what waits today, what comes, or what was put off."""
        self._view = name
        self.list.shown.chosen.clear()
        self._show()
        self.list.choose(0)
        if self.list.shown.lines:
            self.list.setFocus()

    def take(self) -> None:
        """Take the next step of the chosen lines, or of the current one."""
        lines = self.list.wanted()
        rows = [line.row.id for line in lines if line.row]
        items = [line.item for line in lines if line.item]
        if rows:
            self._attempt(partial(self._postponed.bring_back, rows))
        elif items:
            self._acting = lines[0].key
            self.acts.take(items)

    def press(self, key: str) -> None:
        """Do what a key means; what was put off already can only be opened or brought back."""
        if self.list.wanted() and (self._view != PUT_OFF):
            self._keys[key][1]()

    def put_off_to_tomorrow(self) -> None:
        """Put the lines off until tomorrow."""
        self._put_off(self._office.today + timedelta(days=1))

    def put_off_to_monday(self) -> None:
        """Put the lines off until Monday."""
        self._put_off(next_monday(self._office.today))

    def ask_until(self) -> None:
        """Ask until which day the lines are put off."""
        (field,) = self._postponed.until_fields
        lines = self._lines()
        known: Row = {field.name: self._office.today + timedelta(days=1)}

        def save(values: Row) -> Change:
            return self._postponed.put_off(lines, values[field.name])

        self._ask(f"推后{len(lines)}项", self._postponed.until_fields, save, known)

    @property
    def idle(self) -> bool:
        """Whether it was read and nothing stands in it."""
        return self._seen is not None and self.list.current() is None

    def ask_reason(self) -> None:
        """Ask why the lines are not to be told any more."""
        (field,) = self._postponed.never_fields
        lines = self._lines()

        def save(values: Row) -> Change:
            return self._postponed.silence(lines, str(values[field.name] or ""))

        self._ask(f"不再提醒{len(lines)}项", self._postponed.never_fields, save, {})

    def open(self) -> None:
        """Show the record of the current line on its page."""
        line = self.list.current()
        if line and line.item and line.item.number:
            self.acts.open_record.emit(line.item.record)

    def _lines(self) -> list[PutOff]:
        return [PutOff(line.title, line.item.keys) for line in self.list.wanted() if line.item]

    def _put_off(self, until: Value) -> None:
        self._attempt(partial(self._postponed.put_off, self._lines(), until))

    def _attempt(self, act: Callable[[], Change]) -> None:
        if self._office.attempt(act, self):
            self.list.shown.chosen.clear()
        self._either.setFocus()

    def _ask(self, title: str, fields: Sequence[Field], save: Callable[[Row], Change], known: Row) -> None:
        dialog = FormDialog(self._office, title, fields, save, self, known, keep_draft=False)
        dialog.finished.connect(self._either.setFocus)
        dialog.open()

    def _go_on(self) -> None:
        """A step was taken: the next line is the current one, and the keys are heard again."""
        self.list.shown.chosen.clear()
        self.list.go_on(self._acting)
        self._either.setFocus()

    def _rows(self, seen: Inbox) -> list[Sequence[InboxItem | PostponedRow]]:
        """What stands in each view, in their order."""
        return [seen.today, seen.week, seen.month, seen.put_off]

    def _line(self, row: InboxItem | PostponedRow) -> InboxLine:
        return inbox_line(row, self._office.today) if isinstance(row, InboxItem) else put_off_line(row)

    def _show(self) -> None:
        if self._seen is None:
            return
        rows = self._rows(self._seen)[list(self.views).index(self._view)]
        for name, made in self.views.items():
            made.setChecked(name == self._view)
        self.list.show_lines([self._line(row) for row in rows[:_MOST]])
        self._empty.say(_NOTHING[self._view])
        self._either.show_list(bool(rows))
        if not rows:
            self.emptied.emit()
        left = len(rows) - _MOST
        self.more.setText(f"后面还有{left}项，办完前面的接着列出" if left > 0 else "")
        self.more.setVisible(left > 0)
        self._tell_next()

    def _tell_next(self) -> None:
        wanted = self.list.wanted()
        words = wanted[0].words if wanted else "办理"
        many = f"（{len(wanted)}项）" if len(wanted) > 1 else ""
        self.take_button.setText(f"{words}{many}　Enter")
        for made in (self.take_button, *self._buttons):
            made.setEnabled(bool(wanted))
        for made in self._buttons:
            made.setVisible(self._view != PUT_OFF)

    def _segment(self, name: str) -> QPushButton:
        made = button(name, self, partial(self.show_view, name), role="segment")
        made.setCheckable(True)
        return made

    def _set_out(self) -> None:
        head, foot = QWidget(self), QWidget(self)
        flow = FlowLayout(head, 4)
        for view in (*self.views.values(), self.before_button):
            flow.addWidget(view)
        self._either = Either(self.list, self._empty, self)
        self.setFocusProxy(self._either)
        self.take_button = button("办理　Enter", foot, self.take, role="primary")
        self._buttons = [
            button(f"{words}　{key}", foot, partial(self.press, key))
            for key, (words, _) in self._keys.items()
        ]
        hint = label("↑↓ 选一行　空格 多选　Ctrl+A 选同样的", foot, "small")
        keys = FlowLayout(foot, GAP)
        for made in (self.take_button, *self._buttons, hint):
            keys.addWidget(made)
        down(
            across(Stretch(head)),
            Stretch(self._either),
            self.more,
            foot,
            within=self,
            edges=(12, 10, 12, 10),
            gap=GAP,
        )
        sized(self, least_height=320)
