"""Opening the window: the desk in a folder, what may go wrong there, and the hooks of the process."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox

from hazard_desk.desk import Desk
from hazard_desk.errors import Refused, Trouble
from hazard_desk.store.backup import DATABASE
from hazard_desk.store.log import logging_to
from ui.application import make_application
from ui.jobs import Jobs
from ui.office import Office
from ui.shots import take_shots
from ui.trouble import TroubleDesk
from ui.welcome import WelcomeDialog
from ui.window import MainWindow

__all__ = ["open_window", "take_shots", "tell"]


def open_window(folder: Path, today: date | None = None) -> int:
    """Open the window on the desk in ``folder``; return the exit code when it is closed.

    Where there is no desk yet, offers to make one. Raises ``Refused`` and ``Trouble`` where the desk cannot
    be opened, ``Trouble`` where there is no screen.
    """
    app = make_application(offscreen_allowed=False)
    troubles = TroubleDesk(app)
    troubles.install()
    try:
        return _stay_open(app, troubles, folder, today)
    finally:
        troubles.uninstall()


def tell(sentence: str) -> None:
    """Show a sentence in a message box and wait until it is closed. Raises ``Trouble`` without a screen."""
    make_application(offscreen_allowed=False)
    box = QMessageBox(QMessageBox.Icon.Warning, "无法打开台账", sentence)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.addButton("知道了", QMessageBox.ButtonRole.AcceptRole)
    box.exec()


def _stay_open(app: QApplication, troubles: TroubleDesk, folder: Path, today: date | None) -> int:
    """Open the window, and again after each copy that was put back."""
    copy: Path | None = None
    while True:
        try:
            if copy is not None:
                Desk.restore(copy, folder)
            desk = _open_or_make(folder, today)
        except (Refused, Trouble) as error:
            if copy is None:
                raise
            tell(error.message)
            copy = None  # nothing was put back: the desk opens as it was
            continue
        if desk is None:
            return 0
        code, copy = _run(app, troubles, desk)
        if copy is None:
            return code


def _run(app: QApplication, troubles: TroubleDesk, desk: Desk) -> tuple[int, Path | None]:
    """Keep the window open on a desk; return the exit code and the copy that is to be put back, if any."""
    with desk, logging_to(desk.folder / "logs"):
        office = Office(desk, Jobs(app), app)
        window = MainWindow(office)
        troubles.window = window
        window.show()
        window.reminders.start()
        code = app.exec()
        wanted = window.wanted_copy
        troubles.window = None
        window.deleteLater()
        office.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        return code, wanted


def _open_or_make(folder: Path, today: date | None) -> Desk | None:
    if (folder / DATABASE).exists():
        return Desk.open(folder, today)
    welcome = WelcomeDialog(folder, today)
    return welcome.desk if welcome.exec() == QDialog.DialogCode.Accepted else None
