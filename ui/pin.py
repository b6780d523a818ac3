"""The lock of the window: everything is covered until the PIN, or the recovery code, opens it again."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QFormLayout, QLabel, QLineEdit, QWidget

from hazard_desk.errors import Refused
from hazard_desk.store.seal.pin import SHORTEST
from ui.icons import icon
from ui.office import NoticeLook, Office
from ui.style import ACCENT, ROOM, sized
from ui.widgets.basics import button, label, say
from ui.widgets.dialog import Dialog
from ui.widgets.layouts import Stretch, across, down

TITLE = "窗口锁定"
_LOCKED = "已锁定"
_MINUTES = (5, 10, 20, 30, 60)
_MINUTE_MS = 60_000
_INPUT = (
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
)


class Cover(QWidget):
    """Hides all of a window; its title too, where that is not the office's own."""

    def __init__(self, over: QWidget, main: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self._title = over.windowTitle()
        self._renamed = over is not main
        self.setObjectName("cover")
        self.setAutoFillBackground(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setGeometry(over.rect())
        if self._renamed:
            over.setWindowTitle(_LOCKED)
        over.installEventFilter(self)
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the window, and above what is added to it."""
        if watched is self._over and event.type() in (QEvent.Type.Resize, QEvent.Type.ChildAdded):
            self.setGeometry(self._over.rect())
            self.raise_()
        return False

    def lift(self) -> None:
        """Show the window again."""
        self._over.removeEventFilter(self)
        if self._renamed:
            self._over.setWindowTitle(self._title)
        self.hide()
        self.deleteLater()


class LockScreen(QDialog):
    """Asks for the PIN over the covered window; nothing but the program's end closes it otherwise."""

    opened = Signal(bool)
    """Whether it was the recovery code that opened it."""

    def __init__(self, office: Office, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self._office = office
        self.setWindowTitle(_LOCKED)
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self.field = QLineEdit(self)
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setPlaceholderText("锁屏密码")
        self.field.setAccessibleName("锁屏密码")
        sized(self.field, least_width=240)
        self.told = label("", self, "soft", wrap=True)
        self.told.hide()
        self.open_button = button("打开", self, self.try_open, role="primary")
        self.open_button.setDefault(True)
        self._wait = QTimer(self)
        self._wait.setInterval(1000)
        self._wait.timeout.connect(self._count_down)
        sign = QLabel(self)
        sign.setPixmap(icon("lock", ACCENT).pixmap(36, 36))
        sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
        name = label(office.desk.office_name, self, "title", wrap=True)
        name.setAlignment(Qt.AlignmentFlag.AlignCenter)
        hint = label("忘了锁屏密码的，可以输入恢复码", self, "small")
        down(
            sign,
            name,
            across(Stretch(self.field), self.open_button),
            self.told,
            hint,
            within=self,
            edges=2 * ROOM,
            gap=12,
        )
        sized(self, least_width=420)
        self.field.setFocus()

    def try_open(self) -> None:
        """Open the window where what was typed is right; else say so, and wait after several tries."""
        typed, pin = self.field.text(), self._office.desk.pin
        if not typed:
            return
        try:
            if pin.opens(typed):
                self.opened.emit(pin.is_code(typed))
                return
            say(self.told, "锁屏密码不对，请重新输入")
        except Refused as error:
            say(self.told, error.message)
        self.field.clear()
        self._count_down()

    def reject(self) -> None:
        """Esc does not open it."""
        self.field.clear()

    def _count_down(self) -> None:
        pause = self._office.desk.pin.pause
        for widget in (self.field, self.open_button):
            widget.setEnabled(not pause)
        if pause:
            say(self.told, f"锁屏密码不对，输错次数多了，请等{pause}秒再试")
            self._wait.start()
        elif self._wait.isActive():
            self._wait.stop()
            say(self.told, "")
            self.field.setFocus()


class Locker(QObject):
    """Locks the window when the clerk says so, or did nothing for some minutes; drafts and dialogs stay."""

    changed = Signal(bool)
    """Whether it is locked now."""

    def __init__(self, office: Office, window: QWidget) -> None:
        super().__init__(window)
        self._office = office
        self._window = window
        self._covers: dict[QWidget, Cover] = {}
        self.screen: LockScreen | None = None
        self.idle = QTimer(self)
        self.idle.setSingleShot(True)
        self.idle.timeout.connect(self.lock)
        self._app = application()
        self._app.focusWindowChanged.connect(self._watch)
        self.heed()

    @property
    def locked(self) -> bool:
        """Whether the window is covered."""
        return self.screen is not None

    def heed(self) -> None:
        """Begin to count the minutes anew; without a PIN nothing is counted."""
        if self._office.desk.pin.is_set:
            self.idle.start(self._office.desk.pin.minutes * _MINUTE_MS)
        else:
            self.idle.stop()

    def ask(self) -> None:
        """Lock at once; where there is no PIN yet, let one be chosen."""
        if self._office.desk.pin.is_set:
            self.lock()
        else:
            PinDialog(self._office, self, self._window).open()

    def lock(self) -> None:
        """Cover every window of the program and ask for the PIN."""
        if self.locked or not self._office.desk.pin.is_set:
            return
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        over = QApplication.activeModalWidget() or self._window
        self.idle.stop()
        self.screen = LockScreen(self._office, over)
        self.screen.opened.connect(self._unlock)
        self._cover(self._window)
        for widget in QApplication.topLevelWidgets():
            if widget.isVisible():
                self._cover(widget)
        self._app.installEventFilter(self)
        self.screen.open()
        self.changed.emit(True)

    def _unlock(self, by_code: bool) -> None:
        self._app.removeEventFilter(self)
        assert self.screen is not None
        self.screen.hide()
        self.screen.deleteLater()
        self.screen = None
        for cover in self._covers.values():
            cover.lift()
        self._covers.clear()
        self.heed()
        self.changed.emit(False)
        if by_code:
            PinDialog(self._office, self, self._window).open()

    def _cover(self, widget: QWidget) -> None:
        if widget is not self.screen and widget not in self._covers:
            self._covers[widget] = Cover(widget, self._window)
            widget.destroyed.connect(partial(self._covers.pop, widget, None))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Count input; lock by key over a dialog; while locked, cover what comes up and stay above it."""
        kind = event.type()
        if isinstance(watched, QWindow):
            if kind in _INPUT and self.idle.isActive():
                self.idle.start()
            if isinstance(event, QKeyEvent) and kind == QEvent.Type.KeyPress and _is_lock(event):
                self.ask()
                return True
        elif self.locked and kind == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self._cover(watched)
            if watched is not self.screen and watched.isModal():
                QTimer.singleShot(0, self, self._come_back)
        return False

    def _come_back(self) -> None:
        """A dialog that came up since stands before the screen and takes its keys: be the last again."""
        if self.screen is not None:
            self.screen.hide()
            self.screen.open()

    def _watch(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)


class PinDialog(Dialog):
    """Choose a PIN and after how many minutes the window locks itself, or have none any more."""

    def __init__(self, office: Office, locker: Locker, parent: QWidget) -> None:
        super().__init__(TITLE, parent)
        self._office = office
        self._locker = locker
        pin = office.desk.pin
        self.fields = [QLineEdit(self), QLineEdit(self)]
        for field in self.fields:
            field.setEchoMode(QLineEdit.EchoMode.Password)
        self.minutes = QComboBox(self)
        for minutes in sorted({*_MINUTES, pin.minutes}):
            self.minutes.addItem(f"{minutes}分钟", minutes)
        self.minutes.setCurrentIndex(self.minutes.findData(pin.minutes))
        self.told = label("", self, "problem", wrap=True)
        self.told.hide()
        form = QFormLayout()
        form.addRow("新的锁屏密码" if pin.is_set else "锁屏密码", self.fields[0])
        form.addRow("再输一次", self.fields[1])
        form.addRow("无操作多久自动锁定", self.minutes)
        self.save_button = button("保存", self, self.save, role="primary")
        self.save_button.setDefault(True)
        self.remove_button = button("不再使用锁屏密码", self, self.remove, role="quiet")
        self.remove_button.setVisible(pin.is_set)
        help = (
            f"设锁屏密码（至少{SHORTEST}位）以后，离开时按 Ctrl+L 锁定窗口，也可以到时间自动锁定；"
            "打开程序时也要输入。"
            "没有保存的内容不会丢。忘了锁屏密码，可以用恢复码打开。"
        )
        foot = across(self.remove_button, Stretch(), button("取消", self, self.reject), self.save_button)
        down(label(help, self, wrap=True), form, self.told, foot, within=self, edges=ROOM, gap=12)
        sized(self, least_width=420)
        self.fields[0].setFocus()

    def save(self) -> None:
        """Keep the PIN."""
        pin, again = (field.text() for field in self.fields)
        minutes = int(self.minutes.currentData())
        try:
            change = self._office.perform(partial(self._office.desk.pin.choose, pin, again, minutes))
        except Refused as error:
            say(self.told, error.message)
            self.fields[error.field == "again"].setFocus()
            return
        self._done(change.title)

    def remove(self) -> None:
        """Have no PIN any more."""
        self._done(self._office.perform(self._office.desk.pin.remove).title)

    def _done(self, title: str) -> None:
        self._office.notice(f"已保存：{title}", NoticeLook.DONE)
        self._locker.heed()
        self.accept()


def application() -> QApplication:
    """Return the program's own."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app


def _is_lock(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_L and event.modifiers() == Qt.KeyboardModifier.ControlModifier
