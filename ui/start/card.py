"""The card 起步 over the first page: each line opens its act and ticks itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QWidget

from hazard_desk.figures.beginning import (
    COPIES,
    EARLIER,
    FIRMS,
    FORM,
    LEADS,
    MEMBERS,
    PAPER,
    RECIPIENT,
    Beginning,
    BeginningLine,
    beginning,
    in_full_work,
)
from ui.icons import icon
from ui.imports.blank_sheet import make_blank_sheet
from ui.imports.dialog import ImportDialog
from ui.memory import Memory
from ui.office import COPIES as COPIES_TOLD
from ui.office import Office
from ui.pages.papers import PrintDialog
from ui.reader import Reader
from ui.style import ACCENT, INK_FAINT, ROOM
from ui.widgets.basics import button, card, clear, label
from ui.widgets.layouts import Stretch, across, down

_AWAY = "begin/away"
_YES, _NO = "yes", "no"
_MARK = QSize(18, 18)
_TITLE_WIDTH = 12
"""Characters of room for a line's title, so that what is told stands below each other."""
Act = tuple[str, Callable[[], object]]
"""The words of a button and what it does."""


class StartCard(Reader):
    """Nothing is seen of it once it is over or put away; put away early, one line brings it back."""

    open_record = Signal(str)
    settings_wanted = Signal()
    copies_wanted = Signal()
    told = Signal()
    """The lines stand as they are now."""

    def __init__(self, office: Office, parent: QWidget) -> None:
        super().__init__(parent)
        self._office = office
        self._memory: Memory | None = None
        self._said = ""
        """Whether it is to be away, as the clerk said; '' while she said nothing."""
        self._seen: Beginning | None = None
        self._buttons: list[QPushButton] = []
        self.tables.add(COPIES_TOLD)
        self.frame, inside = card(self)
        self.count = label("", self.frame, "soft")
        self.away_button = button("收起", self.frame, self.put_away, role="quiet")
        self.away_button.setToolTip("收起以后，点“起步”可以再打开")
        self._lines = down(gap=2)
        inside.addLayout(
            across(label("起步", self.frame, "heading"), self.count, Stretch(), self.away_button)
        )
        inside.addLayout(self._lines)
        self.back_button = button("", self, self.bring_back, "chevron-down", "quiet")
        self._layout = down(self.frame, across(Stretch(), self.back_button), within=self, gap=0)
        self._show_what_is_due()
        office.keep_true(self)

    @property
    def lines(self) -> Sequence[BeginningLine]:
        """What was read last."""
        return self._seen.lines if self._seen else ()

    def take_memory(self, memory: Memory) -> None:
        """Take what the window remembers: whether it was put away."""
        self._memory, self._said = memory, memory.text(_AWAY)

    def refresh(self) -> None:
        """Read what is done, in the background."""
        self._office.read_anew(partial(self._read, self._said == _NO), self._show, self)

    def begin(self) -> bool:
        """Put the focus on the first thing that is left to do; tell whether there is one in sight."""
        if not self.frame.isVisible() or not self._buttons:
            return False
        self._focus_open()
        return True

    def put_away(self) -> None:
        """Have it away; a line stays that brings it back while something is left."""
        self._keep(_YES)
        if self.back_button.isVisible():
            self.back_button.setFocus()

    def bring_back(self) -> None:
        """Show all lines again."""
        self._keep(_NO)
        self.refresh()
        self._focus_open()

    def look(self) -> None:
        """Show all lines as long as the window is open."""
        self._said = _NO
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Papers that were saved meanwhile are told by nobody: look again."""
        self._stale = True
        super().showEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrows go from line to line as Tab does."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(
            focused := self.focusWidget(), QPushButton
        ):
            focused.click()
        else:
            super().keyPressEvent(event)

    def _read(self, wanted: bool) -> Beginning | None:
        """Nothing of an office in full work, unless it wants to see it."""
        desk = self._office.desk
        if not wanted and in_full_work(desk.books):
            return None
        return beginning(desk.books, len(desk.copies.places) > 1, desk.out)

    def _show(self, seen: Beginning | None) -> None:
        had_focus = self._lines_have_focus()
        self._seen = seen
        clear(self._lines)
        self._buttons.clear()
        if seen is None:
            self._show_what_is_due()
            return
        for line in seen.lines:
            self._lines.addWidget(made := self._line(line))
            made.show()
        self.count.setText(f"已办{len(seen.lines) - seen.left}项，共{len(seen.lines)}项")
        self.back_button.setText(f"起步：还有{seen.left}项")
        self._show_what_is_due()
        if had_focus:
            self._focus_open()
        self.told.emit()

    def _show_what_is_due(self) -> None:
        seen, said = self._seen, self._said
        away = seen is None or (said != _NO and (said == _YES or seen.over))
        back = away and seen is not None and not seen.over
        self.frame.setVisible(not away)
        self.back_button.setVisible(back)
        above = 12 if not away else 4 if back else 0
        self._layout.setContentsMargins(ROOM, above, ROOM, 0)

    def _keep(self, said: str) -> None:
        self._said = said
        if self._memory is not None:
            self._memory.keep_text(_AWAY, said)
            self._memory.flush()
        self._show_what_is_due()

    def _line(self, line: BeginningLine) -> QWidget:
        made = QFrame(self.frame)
        mark = QLabel(made)
        mark.setPixmap(
            icon("check" if line.done else "circle", ACCENT if line.done else INK_FAINT).pixmap(_MARK)
        )
        mark.setAccessibleName("已办" if line.done else "未办")
        title = label(line.title, made, "soft" if line.done else "")
        title.setMinimumWidth(title.fontMetrics().horizontalAdvance("字") * _TITLE_WIDTH)
        told = label(line.told if line.done else f"{line.told}。{line.why}", made, "soft", wrap=True)
        row = across(mark, title, Stretch(told), within=made, edges=(0, 2, 0, 2))
        for words, act in () if line.done else self._acts(line):
            self._buttons.append(button(words, made, act))
            row.addWidget(self._buttons[-1])
        return made

    def _acts(self, line: BeginningLine) -> Sequence[Act]:
        """What a line opens, the act that is tried first last: there the eye ends."""
        desk = self._office.desk
        acts: dict[str, Sequence[Act]] = {
            FIRMS: (
                ("采集表", partial(make_blank_sheet, self._office, desk.enterprises, self)),
                ("导入", partial(self._take_in, FIRMS)),
            ),
            EARLIER: (("导入", partial(self._take_in, EARLIER)),),
            LEADS: (("逐项填写", partial(self.open_record.emit, line.record)),),
            MEMBERS: (("补姓名", partial(self.open_record.emit, line.record)),),
            FORM: (("选择", self.settings_wanted.emit),),
            RECIPIENT: (("填写", self.settings_wanted.emit),),
            COPIES: (("选择位置", self.copies_wanted.emit),),
            PAPER: (("选材料", self._print),),
        }
        return acts[line.id]

    def _take_in(self, line: str) -> None:
        desk = self._office.desk
        ImportDialog(self._office, desk.enterprises if line == FIRMS else desk.hazards, self).open()

    def _print(self) -> None:
        dialog = PrintDialog(self._office, self.window(), "task-table")
        dialog.finished.connect(self.refresh)
        dialog.open()

    def _lines_have_focus(self) -> bool:
        focused = self.focusWidget()
        return focused is not None and focused.hasFocus() and self.frame.isAncestorOf(focused)

    def _focus_open(self) -> None:
        """The cursor goes to the first line that is not done."""
        (self._buttons or [self.away_button])[0].setFocus()
