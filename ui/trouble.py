"""What happens when something unforeseen fails: it is logged, the clerk sees one dialog, the desk goes on.

A failing slot, paint or job calls ``sys.excepthook`` on its own thread, perhaps many times in one
paint; the hook only logs and hands over, the GUI thread shows one dialog and counts the rest.
"""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QObject, Qt, QtMsgType, Signal, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget

from hazard_desk.errors import Refused, Trouble
from hazard_desk.store.troubles import full_disk_behind

_log = logging.getLogger("ui")
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class TroubleDesk(QObject):
    """Takes in everything unforeseen of the process while it is installed."""

    _arrived = Signal(str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.dialog: TroubleDialog | None = None
        self.window: QWidget | None = None
        self._arrived.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take over the hooks of the process."""
        self._before = (sys.excepthook, threading.excepthook, qInstallMessageHandler(_from_qt))
        sys.excepthook = self._caught
        threading.excepthook = self._caught_in_thread

    def uninstall(self) -> None:
        """Give the hooks back to whom they belonged before."""
        sys.excepthook, threading.excepthook, handler = self._before
        qInstallMessageHandler(handler)

    def _caught_in_thread(self, args: threading.ExceptHookArgs) -> None:
        self._caught(args.exc_type, args.exc_value, args.exc_traceback)

    def _caught(
        self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            return
        text = "".join(traceback.format_exception(kind, error, trace))
        _log.error("unforeseen", exc_info=(kind, error or kind(), trace))
        sentence = (
            error.message if isinstance(error, Refused | Trouble) else full_disk_behind(error or kind())
        )
        self._arrived.emit(sentence, text)

    def _show(self, sentence: str, details: str) -> None:
        if self.dialog is not None:
            self.dialog.more(details)
            return
        self.dialog = TroubleDialog(sentence, details, self.window)
        self.dialog.finished.connect(self._closed)
        self.dialog.open()

    def _closed(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None


class TroubleDialog(QMessageBox):
    """The one dialog for what nobody foresaw."""

    def __init__(self, sentence: str, details: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._details = [details]
        self.setIcon(QMessageBox.Icon.Warning)
        self.setWindowTitle("出现了意外问题")
        self.setText(sentence or "出现了意外问题，刚才这一步可能没有完成。")
        self.setInformativeText(
            "已保存的数据没有受到影响，可以继续使用。如果反复出现，请复制详情发给维护人员。"
        )
        self.copy_button = QPushButton("复制详情", self)
        self.addButton(self.copy_button, QMessageBox.ButtonRole.ActionRole)
        self.copy_button.clicked.disconnect()
        self.copy_button.clicked.connect(self.copy)
        self.setDefaultButton(self.addButton("知道了", QMessageBox.ButtonRole.AcceptRole))

    @property
    def details(self) -> str:
        """Everything that is copied."""
        return "\n".join(self._details)

    def more(self, details: str) -> None:
        """Another failure came while this dialog stands: count it instead of piling dialogs."""
        self._details.append(details)
        if len(self._details) > 50:
            del self._details[1]
        self.setText(f"出现了意外问题，刚才这一步可能没有完成（共{len(self._details)}处）。")

    def copy(self) -> None:
        """Put the details on the clipboard."""
        QGuiApplication.clipboard().setText(self.details)
        self.copy_button.setText("已复制")


def _from_qt(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    logging.getLogger("qt").log(_LEVELS.get(kind, logging.INFO), "%s", text)


def show_refusal(error: Refused | Trouble, parent: QWidget) -> QMessageBox:
    """Show the sentence of an error that is ours, without blocking; return the dialog."""
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIcon(QMessageBox.Icon.Information if isinstance(error, Refused) else QMessageBox.Icon.Warning)
    box.setWindowTitle("未能完成")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(error.message)
    box.setDefaultButton(box.addButton("知道了", QMessageBox.ButtonRole.AcceptRole))
    box.open()
    return box
