"""What is measured in a process of its own: it loads nothing that its work does not need.

Each is called with texts and prints last what it took, where that is not the CPU seconds of all of it.
"""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from time import process_time


def memory(of: str = "VmHWM") -> float:
    """Return the MB that this process took at most, or takes now (``VmRSS``)."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(status.partition(f"{of}:")[2].split()[0]) / 1024


def bare() -> None:
    """Show a window with an empty table, and end; tell the memory."""
    from PySide6.QtWidgets import QApplication, QMainWindow, QTableWidget

    app = QApplication([])
    window = QMainWindow()
    window.setCentralWidget(QTableWidget(20, 10))
    window.resize(1366, 768)
    window.show()
    app.processEvents()
    print(memory("VmRSS"), flush=True)
    os._exit(0)


def started(folder: str, day: str) -> None:
    """Start the program on the desk of a folder, and end once its window is painted."""
    from PySide6.QtCore import QEvent, QObject, QTimer

    from ui.app import open_window
    from ui.application import make_application
    from ui.window import MainWindow

    class Painted(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() is QEvent.Type.Paint and isinstance(watched, MainWindow):
                QTimer.singleShot(0, lambda: os._exit(0))
            return False

    app = make_application()
    watch = Painted(app)
    app.installEventFilter(watch)
    open_window(Path(folder), date.fromisoformat(day))


def ledger_open(folder: str, day: str) -> None:
    """Open the ledger of hazards in the window, all of them, go to its end; tell the memory."""
    from PySide6.QtCore import QCoreApplication

    from hazard_desk.desk import Desk
    from ui.application import make_application
    from ui.jobs import Jobs
    from ui.office import Office
    from ui.pages.hazard_page import HazardPage
    from ui.window import MainWindow

    make_application()
    with Desk.open(Path(folder), date.fromisoformat(day)) as desk:
        window = MainWindow(Office(desk, Jobs(synchronous=True)))
        window.resize(1366, 768)
        window.show()
        window.open_ledger("hazards", {})
        page = window.page
        assert isinstance(page, HazardPage)
        page.show_all()
        QCoreApplication.processEvents()
        page.table.scrollToBottom()
        QCoreApplication.processEvents()
        print(memory("VmRSS"), flush=True)
        os._exit(0)


def first_registration(folder: str, day: str) -> None:
    """Register the first hazard after the program was started; tell the CPU seconds of that alone."""
    from hazard_desk.desk import Desk

    with Desk.open(Path(folder), date.fromisoformat(day)) as desk:
        began = process_time()
        desk.hazards.add(
            {
                "level": "一般",
                "source": "执法检查",
                "sector": "工贸",
                "unit_name": "柳林村砖瓦厂",
                "place": "成型车间",
                "description": "传动皮带未设防护罩",
                "found_on": date(2023, 10, 19),
                "inspectors": ["张三"],
            }
        )
        print(process_time() - began)


def opened(folder: str, day: str) -> None:
    """Open and close a desk for the first time in this process; tell the CPU seconds of opening it."""
    from hazard_desk.desk import Desk

    began = process_time()
    with Desk.open(Path(folder), date.fromisoformat(day)):
        print(process_time() - began)


def one_pass(folder: str) -> None:
    """Hash every file of a desk, read every row, parse and chain every act; tell the memory."""
    import hashlib
    import json
    import sqlite3
    from contextlib import closing

    from hazard_desk.store.trail.packed import unpacked_act  # the form in which the file keeps them

    database = Path(folder) / "desk.db"
    for file in (database, *Path(folder).glob("attachments/**/*.*")):
        with file.open("rb") as stream:
            hashlib.file_digest(stream, "sha256")
    with closing(sqlite3.connect(database)) as db:
        tables = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            if table != "audit" and not table.startswith(("search_", "sqlite_")):
                for _ in db.execute(f"SELECT * FROM {table}"):
                    pass
        previous = ""
        for row in db.execute("SELECT id, at, who, act, ledger, title, undo, undoes, rows FROM audit"):
            text = unpacked_act(row[-1])
            json.loads(text)
            previous = hashlib.sha256(f"{previous}{row[:-1]}{text}".encode()).hexdigest()
    print(memory())


def checked(folder: str, day: str) -> None:
    """Check a desk; tell the memory."""
    from hazard_desk.desk import Desk

    with Desk.open(Path(folder), date.fromisoformat(day), lock=False) as desk:
        assert not desk.check()
    print(memory())


def word(hazards: str, to: str) -> None:
    """Write a ledger as a Word file; tell the memory."""
    from hazard_desk.papers.word.writer import write_docx
    from tests.bench.of_papers import ledger

    write_docx(ledger(int(hazards)), Path(to))
    print(memory())
