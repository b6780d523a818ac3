"""Opening the window: the desk in a folder, what may go wrong there, and the hooks of the process."""

from __future__ import annotations

import gc
import logging
import sys
from collections.abc import Sequence
from datetime import date
from functools import partial
from importlib import import_module
from pathlib import Path
from threading import Thread

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox

from hazard_desk.desk import Desk
from hazard_desk.errors import Refused, Trouble
from hazard_desk.store.copies.restoring import remains
from hazard_desk.store.known_desks import holds_desk, known_desks, last_desk, new_folder, remember
from hazard_desk.store.lock import InUse
from hazard_desk.store.log import logging_to
from hazard_desk.store.place import default_folder
from hazard_desk.store.starting.calling import CallBox
from ui.application import make_application
from ui.copies.leaving import Leaving
from ui.copies.restoring import WantedCopy
from ui.jobs import Jobs
from ui.office import Office
from ui.program.calls import Calls
from ui.rescue.dialog import RescueDialog
from ui.sealing import show_new_code
from ui.trouble import TroubleDesk
from ui.welcome.dialog import WelcomeDialog
from ui.widgets.ask import ask
from ui.window import MainWindow

_log = logging.getLogger(__name__)
Opened = tuple[Desk | None, int]
"""The desk to show, None where the clerk left without one; and the exit code then."""


def open_window(folder: Path | None, today: date | None = None, copy: Path | None = None) -> int:
    """Open the window on the desk in ``folder``, else on the one opened last; return the exit code.

    Where a window shows it already, that comes to the front instead. Where there is no desk, offers those
    that are known, and to make one; where it does not open, what can be done about it. ``copy`` is offered to
    be put back. Raises ``Trouble`` where there is no screen.
    """
    app = make_application(offscreen_allowed=False)
    troubles = TroubleDesk(app)
    troubles.install()
    try:
        return _stay_open(app, troubles, folder, today, [copy] if copy else [])
    finally:
        troubles.uninstall()


def _ready_papers() -> None:
    """Load what finding by papers takes: first met while she types, it halts the window."""
    import_module("hazard_desk.papers.catalogue")


def take_shots(folder: Path, to: Path, size: tuple[int, int], today: date | None) -> list[Path]:
    """Picture everything; see ``ui.shots.taking``, which loads all that the window can show."""
    from ui.shots import taking

    return taking.picture_desk(folder, to, size, today)


def tell(sentence: str) -> None:
    """Show a sentence in a message box and wait until it is closed. Raises ``Trouble`` without a screen."""
    make_application(offscreen_allowed=False)
    box = QMessageBox(QMessageBox.Icon.Warning, "无法打开台账", sentence)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.addButton("知道了", QMessageBox.ButtonRole.AcceptRole)
    box.exec()


def _stay_open(
    app: QApplication, troubles: TroubleDesk, folder: Path | None, today: date | None, given: list[Path]
) -> int:
    """Keep a window open on one desk after the other: the first, a copy put back, another one.

    The copy that was ``given`` is taken out of the list by who offers it.
    """
    desk, code = _first(folder, today, given)
    while desk is not None:
        remember(desk.folder, desk.office_name, desk.sample)
        code, copy, other = _run(app, troubles, desk, given)
        if copy is None:
            desk = other
        else:
            desk, code = _restored(copy, desk.folder, today)
    return code


def _first(folder: Path | None, today: date | None, given: list[Path]) -> Opened:
    """Return the desk to begin with."""
    last = last_desk() if folder is None else None
    place = folder or (last.folder if last else default_folder())
    if holds_desk(place) or remains(place):
        return _opened(place, today, given)
    if last:
        return _rescued(place, today, Trouble(last.missing))
    return _chosen(folder, today, f"“{folder}”里还没有台账" if folder and known_desks() else "", given)


def _opened(folder: Path, today: date | None, given: Sequence[Path] = ()) -> Opened:
    """Open a desk; none where the window that shows it was called instead."""
    try:
        return Desk.open(folder, today), 0
    except (Refused, Trouble) as error:
        if isinstance(error, InUse) and CallBox(folder).call(next(iter(given), None)):
            return None, 0
        return _rescued(folder, today, error)


def _rescued(folder: Path, today: date | None, error: Refused | Trouble) -> Opened:
    """Show what keeps the desk from opening and what can be done; it is logged and said on stderr too."""
    _log.error("%s", error.message, exc_info=error)
    if sys.stderr is not None:
        print(error.message.replace("\n", " "), file=sys.stderr)
    room = RescueDialog(folder, today, error.message)
    if room.exec() == QDialog.DialogCode.Accepted:
        return room.desk, 0
    return _chosen(None, today, "", []) if room.elsewhere else (None, error.exit_code)


def _chosen(folder: Path | None, today: date | None, problem: str, given: list[Path]) -> Opened:
    """Let the clerk choose a desk, or make one in ``folder``."""
    welcome = WelcomeDialog(folder or new_folder(), today, known=known_desks())
    welcome.complain(problem)
    if given:
        QTimer.singleShot(0, partial(_offer, welcome, given.pop()))
    return (welcome.desk if welcome.exec() == QDialog.DialogCode.Accepted else None), 0


def _offer(welcome: WelcomeDialog, copy: Path) -> None:
    """Ask whether to begin with the copy that the program was given."""
    text = f"要用备份“{copy.name}”恢复台账吗？台账将存放在“{welcome.place.text()}”。"
    ask(welcome, "从备份恢复", text, "恢复", "不恢复", partial(welcome.restore, copy))


def _restored(copy: WantedCopy, folder: Path, today: date | None) -> Opened:
    try:
        copy.restore(folder)
    except (Refused, Trouble) as error:  # nothing was put back: the desk opens as it was
        tell(error.message)
    return _opened(folder, today)


def _stand_still() -> None:
    """Take what stands now out of the garbage collector's rounds: work in the background sets them off.

    Each round over all of it keeps the window from painting for up to 160 ms.
    """
    gc.freeze()
    Thread(target=_ready_papers, daemon=True).start()


def _run(
    app: QApplication, troubles: TroubleDesk, desk: Desk, given: list[Path]
) -> tuple[int, WantedCopy | None, Desk | None]:
    """Keep the window open on a desk; return the exit code, and the copy or the other desk to open next."""
    with desk, logging_to(desk.folder / "logs"):
        office = Office(desk, Jobs(app), app)
        window = MainWindow(office)
        troubles.window = window
        window.locker.lock()
        window.show()
        window.reminders.start()
        window.keeper.start()
        calls = Calls(window)
        calls.offer(given.pop() if given else None)
        if not window.locker.locked:
            show_new_code(office, window)
        window.complete.connect(_stand_still, Qt.ConnectionType.SingleShotConnection)
        code = app.exec()
        calls.stop()
        gc.unfreeze()
        if window.wanted_copy is None:
            Leaving(office, window.safety, window.other_desk is None).finish()
        wanted = window.wanted_copy, window.other_desk
        troubles.window = None
        window.deleteLater()
        office.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        return code, *wanted
