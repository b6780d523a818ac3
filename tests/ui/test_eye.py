"""Every page and dialog: Tab reads it, the focus is seen, words and frames stand out, all has a name."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget

from hazard_desk.demo import SAMPLE_DAY
from hazard_desk.desk import Desk
from tests.ui.eye import Looker
from ui.jobs import Jobs
from ui.office import Office
from ui.shots.camera import Camera
from ui.shots.taking import visit
from ui.window import MainWindow


class Eye(Camera):
    """Takes no pictures: looks, and keeps what it has to complain of."""

    def __init__(self, window: MainWindow, to: Path) -> None:
        super().__init__(window, to)
        self.found: dict[str, str] = {}
        """What there is to complain of, and the picture on which it was seen first."""
        self.seen = 0
        self._looker = Looker()

    def shoot(self, name: str, widget: QWidget | None = None) -> None:
        self.settle()
        self.seen += 1
        root = widget or self.window
        if root.isWindow():
            for fault in self._looker.faults(root):
                self.found.setdefault(fault, name)


@pytest.fixture
def window(qapp: QApplication, year: Path, tmp_path: Path) -> Iterator[MainWindow]:
    """The window on the sample desk."""
    folder = Path(shutil.copytree(year, tmp_path / "desk"))
    with Desk.open(folder, SAMPLE_DAY, lock=False) as desk:
        office = Office(desk, Jobs(synchronous=True))
        made = MainWindow(office)
        made.resize(1366, 768)
        made.show()
        yield made
        office.stop()
        made.hide()
        made.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_eye_and_keyboard_find_no_fault_anywhere(window: MainWindow, tmp_path: Path) -> None:
    eye = Eye(window, tmp_path)
    visit(eye, window)
    assert eye.seen > 90
    assert not eye.found, "\n".join(f"{name}: {fault}" for fault, name in sorted(eye.found.items()))
