"""Walks through the running program: presses keys of the real keyboard, and looks where they led."""

from __future__ import annotations

import subprocess
import threading
import traceback
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from tests.ui.hands import Hands

Answer = TypeVar("Answer")

_BESIDE = (Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta)
"""Keys that come before the one that counts."""
_PATIENCE_S = 30
_GLANCE_S = 0.02


class _Eyes(QObject):
    """Lives on the window's thread: answers questions of the walker, counts the keys that arrived."""

    asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.arrived = 0
        self.asked.connect(self._answer, Qt.ConnectionType.BlockingQueuedConnection)

    @Slot(object)
    def _answer(self, question: Callable[[], None]) -> None:
        question()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note each key as it arrives, whatever then becomes of it: a shortcut takes it from all widgets."""
        if event.type() is QEvent.Type.ShortcutOverride:
            assert isinstance(event, QKeyEvent)
            self.arrived += event.key() not in _BESIDE
        return False


class Walker:
    """Keys in, looks out. All methods are called from the walk's own thread."""

    def __init__(self) -> None:
        self._eyes = _Eyes()
        self.keys = 0
        """How many keys were pressed besides texts."""

    def start(self, walk: Callable[[Walker], None]) -> None:
        """Begin the walk beside the running program; where it fails, tell why and end the program with 9."""
        app = QCoreApplication.instance()
        assert app is not None
        app.installEventFilter(self._eyes)
        threading.Thread(target=self._walk, args=(walk,), daemon=True).start()

    def press(self, *keys: str) -> None:
        """Press keys, as xdotool names them (ctrl+Return, alt+Down), each when the one before has arrived."""
        for key in keys:
            self._type("key", key)
            self.keys += 1

    def write(self, text: str) -> None:
        """Write a text into what has the focus: letter by letter, Chinese as an input method commits it."""
        if text.isascii():
            self._type("type", "--delay", "5", text)
        else:
            self.ask(partial(Hands().write, text))

    def to(self, name: str, key: str = "Tab", limit: int = 60) -> None:
        """Press a key until what is called so has the focus."""
        for _ in range(limit):
            if self.ask(where) == name:
                return
            self.press(key)
        raise AssertionError(f"{name} is not reached with {key}")

    def until(self, holds: Callable[[], object], what: str) -> None:
        """Wait until something holds in the window."""
        for _ in range(int(_PATIENCE_S / _GLANCE_S)):
            if self.ask(holds):
                return
            threading.Event().wait(_GLANCE_S)
        raise AssertionError(f"waited in vain: {what}; the keyboard is at {self.ask(where)!r}")

    def until_window(self, title: str) -> None:
        """Wait until a window of this title has the keyboard."""
        self.until(lambda: title in _title(), f"the window {title}")

    def until_at(self, name: str) -> None:
        """Wait until what is called so has the focus."""
        self.until(lambda: name in where(), f"the focus at {name}")

    def until_seen(self, text: str) -> None:
        """Wait until a text is to be seen somewhere in the window."""
        self.until(lambda: text in seen(), f"{text} is to be seen")

    def ask(self, question: Callable[[], Answer]) -> Answer:
        """Return the answer to a question that is asked on the window's thread."""
        answers: list[Answer] = []
        self._eyes.asked.emit(lambda: answers.append(question()))
        return answers[0]

    def leave(self, key: str) -> None:
        """Press the key that ends the program: nobody is there to tell that it arrived."""
        subprocess.run(["xdotool", "key", key], check=True)

    def _type(self, *words: str) -> None:
        before = self._eyes.arrived
        subprocess.run(["xdotool", *words], check=True)
        self.until(lambda: self._eyes.arrived > before, f"{words} arrived")

    def _walk(self, walk: Callable[[Walker], None]) -> None:
        try:
            walk(self)
        except BaseException:
            traceback.print_exc()
            print("keyboard at:", self.ask(where), "| window:", self.ask(_title), "| seen:", self.ask(seen))
            self.ask(lambda: _stop(9))


def where() -> str:
    """Return what the thing with the focus is called."""
    widget = QApplication.activePopupWidget() or QApplication.focusWidget()
    if widget is None:
        return ""
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    return widget.accessibleName() or text or type(widget).__name__


def seen() -> str:
    """Return all words of buttons and labels that are to be seen."""
    words: list[str] = []
    for window in QApplication.topLevelWidgets():
        if window.isVisible():
            words += [one.text() for one in window.findChildren(QLabel) if one.isVisible()]
            words += [one.text() for one in window.findChildren(QAbstractButton) if one.isVisible()]
    return "\n".join(words)


def _title() -> str:
    window = QApplication.activeWindow()
    return window.windowTitle() if window is not None else ""


def _stop(code: int) -> None:
    for window in QApplication.topLevelWidgets():
        window.close()
    QCoreApplication.exit(code)
