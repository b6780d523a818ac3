"""The form of the desk's settings, with the second place of copies, which is no setting of the database."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFrame, QWidget

from ui.copies.places import SecondPlace
from ui.copies.reading import second_of
from ui.forms.form_dialog import FormDialog
from ui.jobs import Refusal
from ui.office import Office
from ui.pin import Locker, PinDialog
from ui.style import ROOM
from ui.trouble import show_refusal
from ui.widgets.basics import button, label
from ui.widgets.layouts import Stretch, across, down, lay


class DeskPlace(SecondPlace):
    """The second place of an open desk: what the clerk takes is kept at once."""

    def __init__(self, office: Office, parent: QWidget) -> None:
        super().__init__(office.desk.folder, parent)
        self._office = office
        self.chosen.connect(self._keep)

    def refresh(self) -> None:
        """Read it anew, in the background: a share that does not answer takes a while."""
        self._office.read(partial(second_of, self._office.desk), self._show, self)

    def _show(self, read: tuple[Path | None, str]) -> None:
        self.show_place(*read)

    def _keep(self, place: Path | None) -> None:
        work = partial(self._office.desk.copies.set_second, place)
        self._office.keep_now(work, self._kept, self, self._not_kept)

    def _kept(self, _: object) -> None:
        self.refresh()
        self._office.tell_of_copies()

    def _not_kept(self, error: Refusal | None) -> None:
        self.refresh()
        if error is not None:
            show_refusal(error, self)


class SettingsDialog(FormDialog):
    """The desk's settings."""

    def __init__(self, office: Office, locker: Locker, parent: QWidget) -> None:
        settings = office.desk.settings
        super().__init__(office, "设置", settings.fields, settings.change, parent, values=settings.get())
        self.second = DeskPlace(office, self)
        self.second.refresh()
        frame = QFrame(self)
        layout = down(within=frame, edges=(ROOM, 10, ROOM, 10), gap=6)
        lay(layout, label("第二备份位置（选了就生效）", frame, "soft"), self.second)
        self._office, self._locker = office, locker
        self.pin_button = button("锁屏密码和自动锁定…", frame, self.choose_pin)
        words = label("离开时锁定窗口，输入锁屏密码才能打开", frame, "soft")
        layout.addLayout(across(Stretch(words), self.pin_button))
        self.add_below(frame)

    def choose_pin(self) -> None:
        """Let a PIN be chosen, changed or given up."""
        PinDialog(self._office, self._locker, self).open()
