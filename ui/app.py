"""Opening the window: the desk in a folder, what may go wrong there, and the hooks of the process."""

from __future__ import annotations

import logging
from datetime import date
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox

from hazard_desk.desk import Desk
from hazard_desk.errors import Refused, Trouble
from hazard_desk.store.known_desks import holds_desk, known_desks, last_desk, new_folder, remember
from hazard_desk.store.log import logging_to
from hazard_desk.store.place import default_folder
from ui.application import make_application
from ui.copies.leaving import Leaving
from ui.jobs import Jobs
from ui.office import Office
from ui.sealing import show_new_code
from ui.shots.taking import take_shots
from ui.trouble import TroubleDesk
from ui.welcome.dialog import WelcomeDialog
from ui.window import MainWindow, WantedCopy

__all__ = ["open_window", "take_shots", "tell"]

_log = logging.getLogger(__name__)


def open_window(folder: Path | None, today: date | None = None) -> int:
    """Open the window on the desk in ``folder``, else on the one opened last; return the exit code.

    Where there is no desk, offers those that are known, and to make one. Raises ``Refused`` and ``Trouble``
    where the desk in ``folder`` cannot be opened, ``Trouble`` where there is no screen.
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


def _stay_open(app: QApplication, troubles: TroubleDesk, folder: Path | None, today: date | None) -> int:
    """Keep a window open on one desk after the other: the first, a copy put back, another one."""
    code = 0
    desk = _first(folder, today)
    while desk is not None:
        remember(desk.folder, desk.office_name, desk.sample)
        code, copy, other = _run(app, troubles, desk)
        desk = other if copy is None else _restored(*copy, desk.folder, today)
    return code


def _first(folder: Path | None, today: date | None) -> Desk | None:
    """Return the desk to begin with, or None where the clerk chose none."""
    last = last_desk() if folder is None else None
    place = folder or (last.folder if last else default_folder())
    known = known_desks()
    problem = last.missing if last else f"“{folder}”里还没有台账" if folder and known else ""
    if holds_desk(place):
        try:
            return Desk.open(place, today)
        except (Refused, Trouble) as error:
            if folder is not None:
                raise
            _log.error("%s", error.message, exc_info=True)
            problem = error.message
    welcome = WelcomeDialog(folder or new_folder(), today, known=known)
    welcome.complain(problem)
    return welcome.desk if welcome.exec() == QDialog.DialogCode.Accepted else None


def _restored(copy: Path, password: str, folder: Path, today: date | None) -> Desk:
    try:
        Desk.restore(copy, folder, password)
    except (Refused, Trouble) as error:  # nothing was put back: the desk opens as it was
        tell(error.message)
    return Desk.open(folder, today)


def _run(app: QApplication, troubles: TroubleDesk, desk: Desk) -> tuple[int, WantedCopy | None, Desk | None]:
    """Keep the window open on a desk; return the exit code, and the copy or the other desk to open next."""
    with desk, logging_to(desk.folder / "logs"):
        office = Office(desk, Jobs(app), app)
        window = MainWindow(office)
        troubles.window = window
        window.show()
        window.reminders.start()
        window.keeper.start()
        show_new_code(office, window)
        code = app.exec()
        if window.wanted_copy is None:
            Leaving(office, window.safety).finish()
        wanted = window.wanted_copy, window.other_desk
        troubles.window = None
        window.deleteLater()
        office.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        return code, *wanted
