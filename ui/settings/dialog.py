"""The settings in pages, with what the database does not hold: the second place of copies, the text size."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QListWidget, QWidget

from hazard_desk.books.settings import SAFETY_PART
from hazard_desk.rules.fields import Field
from ui.copies.desk_place import DeskPlace
from ui.forms.form_dialog import FormDialog
from ui.forms.record_form import RecordForm
from ui.memory import Memory
from ui.office import Office
from ui.pin import Locker, PinDialog
from ui.settings.text_size import TextSize
from ui.style import BODY, ROOM, sized
from ui.widgets.basics import button, label
from ui.widgets.layouts import Stretch, across, down, lay

SCREEN_PART = "显示"


class SettingsForm(RecordForm):
    """All settings; those of one page are seen."""

    page_wanted = Signal(str)
    """Something on this page is to be put right."""

    def __init__(
        self, pages: Mapping[str, Collection[str]], asked: Iterable[Field], today: date, parent: QWidget
    ):
        self._pages = pages
        super().__init__(asked, today, parent)

    def folded_at_first(self) -> Collection[str]:
        return list(self.boxes)

    def show_page(self, title: str) -> None:
        """Show the fields of this page."""
        self.fold([name for name in self.boxes if name not in self._pages.get(title, ())])

    def show_problems(self, problems: Mapping[str, str]) -> QWidget | None:
        """Turn to the page of the first one."""
        for title, names in self._pages.items():
            if any(name in problems for name in names):
                self.page_wanted.emit(title)
                break
        return super().show_problems(problems)


class SettingsDialog(FormDialog):
    """The desk's settings in pages; what concerns this computer's window holds at once."""

    def __init__(self, office: Office, locker: Locker, parent: QWidget) -> None:
        settings = office.desk.settings
        make = partial(SettingsForm, settings.pages)
        super().__init__(office, "设置", settings.fields, settings.change, parent, settings.get(), form=make)
        self._office, self._locker = office, locker
        assert isinstance(self.form, SettingsForm)
        form = self.form
        self.second = DeskPlace(office, self)
        self.second.refresh()
        self._beside: dict[str, QWidget] = {SAFETY_PART: self._safety()}
        if (memory := self.over.findChild(Memory)) is not None:
            self.text_size = TextSize(memory, self)
            self._beside[SCREEN_PART] = self.text_size
        self.pages = QListWidget(self)
        self.pages.setAccessibleName("设置的各页")
        self.pages.addItems(list(dict.fromkeys((*settings.pages, *self._beside))))
        sized(self.pages, width=9 * BODY + 2 * ROOM)
        self.pages.currentTextChanged.connect(self.turn_to)
        form.page_wanted.connect(self._turn_list)
        for piece in self._beside.values():
            form.put_below(piece)
        self.put_beside(self.pages)
        self.take_room(820, 560, "settings")
        self.pages.setCurrentRow(0)
        self.form.focus_first()

    def turn_to(self, title: str) -> None:
        """Show a page."""
        assert isinstance(self.form, SettingsForm)
        self.form.show_page(title)
        for name, piece in self._beside.items():
            piece.setVisible(name == title)
        self.area.ensureVisible(0, 0)

    def choose_pin(self) -> None:
        """Let a PIN be chosen, changed or given up."""
        PinDialog(self._office, self._locker, self).open()

    def _turn_list(self, title: str) -> None:
        self.pages.setCurrentItem(self.pages.findItems(title, Qt.MatchFlag.MatchExactly)[0])

    def _safety(self) -> QFrame:
        frame = QFrame(self)
        layout = down(within=frame, gap=6)
        layout.addSpacing(ROOM)
        lay(layout, label("第二备份位置（选了就生效）", frame), self.second)
        self.pin_button = button("锁屏密码和自动锁定…", frame, self.choose_pin)
        words = label("离开时锁定窗口，输入锁屏密码才能打开", frame, "soft")
        layout.addLayout(across(Stretch(words), self.pin_button))
        return frame
