"""The QApplication: Chinese, light, in the house style."""

from __future__ import annotations

import ctypes
import os
import sys

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from hazard_desk.errors import Trouble
from ui import dress
from ui.icons import icon
from ui.style import ACCENT

_SWITCH = 0.0005
"""Seconds that a reading job may keep the GUI thread from painting; Python's own 0.005 is felt."""


def make_application(offscreen_allowed: bool = True) -> QApplication:
    """Return the application of this process, made and dressed at the first call: none is made elsewhere.

    Without a screen it draws into memory where that is allowed; raises ``Trouble`` where it is not.
    """
    if not _has_screen():
        if not offscreen_allowed:
            raise Trouble("没有可用的显示器，无法打开窗口；命令行的用法见 hazard-desk --help")
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    standing = QApplication.instance()
    if isinstance(standing, QApplication):
        return standing
    if sys.platform == "win32":  # the id of the shortcut that the setup makes: one button in the task bar
        ctypes.windll.shell32.SetCurrentProcessExplicitAppUserModelID("HazardDesk")
    app = QApplication(sys.argv[:1])
    app.setApplicationName("hazard-desk")
    sys.setswitchinterval(_SWITCH)
    app.setApplicationDisplayName("隐患工作台")
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    app.installTranslator(_Remaining(app))  # asked last
    translator = QTranslator(app)
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
    dress.apply(app)
    app.setWindowIcon(icon("app", ACCENT))
    return app


class _Remaining(QTranslator):
    """Words of Qt's own dialogs that its Chinese leaves in English; native dialogs never ask for them."""

    def isEmpty(self) -> bool:
        """Never: an empty one would not be installed."""
        return False

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str:
        """Return the Chinese of a word; one that is not known here stays as it is."""
        return _WORDS.get(source, source) if context in _CONTEXTS else source


_CONTEXTS = ("QFileDialog", "QFileSystemModel", "QAbstractFileIconProvider", "QFileIconProvider")
_WORDS = {
    "Look in:": "位置：",
    "&Look in:": "位置：",
    "Files of type:": "文件类型：",
    "Files of &type:": "文件类型：",
    "Folder": "文件夹",
    "File Folder": "文件夹",
    "%1 File": "%1 文件",
}


def _has_screen() -> bool:
    if not sys.platform.startswith("linux") or QApplication.instance() is not None:
        return True
    return any(os.environ.get(name) for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"))
