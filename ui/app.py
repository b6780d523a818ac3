"""Opening the window: the desk in a folder, what may go wrong there, and the hooks of the process."""

from __future__ import annotations

import logging
from datetime import date
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox

from hazard_desk.desk import Desk
from hazard_desk.errors import Refused, Trouble
from hazard_desk.store.backup import DATABASE
from ui.application import make_application
from ui.jobs import Jobs
from ui.office import Office
from ui.shots import take_shots
from ui.trouble import TroubleDesk, log_to
from ui.welcome import WelcomeDialog
from ui.window import MainWindow

__all__ = ["open_window", "take_shots"]


def open_window(folder: Path, today: date | None = None) -> int:
    """Open the window on the desk in ``folder``; return the exit code when it is closed.

    Where there is no desk yet, offers to make one. A desk that cannot be opened is told in a dialog.
    Raises ``Trouble`` where there is no screen.
    """
    app = make_application(offscreen_allowed=False)
    copy: Path | None = None
    while True:
        try:
            if copy is not None:
                Desk.restore(copy, folder)
            desk = _open_or_make(folder, today)
        except (Refused, Trouble) as error:
            _tell(error)
            if copy is None:
                return error.exit_code
            copy = None  # nothing was put back: the desk opens as it was
            continue
        if desk is None:
            return 0
        code, copy = _run(app, desk)
        if copy is None:
            return code


def _run(app: QApplication, desk: Desk) -> tuple[int, Path | None]:
    """Keep the window open on a desk; return the exit code and the copy that is to be put back, if any."""
    with desk:
        handler = log_to(desk.folder / "logs")
        troubles = TroubleDesk(app)
        troubles.install()
        office = Office(desk, Jobs(app), app)
        try:
            window = MainWindow(office)
            troubles.window = window
            window.show()
            window.reminders.start()
            code = app.exec()
            wanted = window.wanted_copy
            window.deleteLater()
            office.deleteLater()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            return code, wanted
        finally:
            troubles.uninstall()
            logging.getLogger().removeHandler(handler)
            handler.close()


def _open_or_make(folder: Path, today: date | None) -> Desk | None:
    if (folder / DATABASE).exists():
        return Desk.open(folder, today)
    welcome = WelcomeDialog(folder, today)
    return welcome.desk if welcome.exec() == QDialog.DialogCode.Accepted else None


def _tell(error: Refused | Trouble) -> None:
    box = QMessageBox(QMessageBox.Icon.Warning, "无法打开台账", error.message)
    box.addButton("知道了", QMessageBox.ButtonRole.AcceptRole)
    box.exec()
