"""The real program started on desks that do not open: the rescue room appears, one sentence on stderr."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from hazard_desk.desk import Desk
from hazard_desk.store.dbfile import HEAD
from tests.conftest import ROOT, TODAY

LOOKED_AT = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from ui.application import make_application
from ui.rescue.dialog import RescueDialog
from hazard_desk.__main__ import main

app = make_application()

def look():
    for room in QApplication.topLevelWidgets():
        if isinstance(room, RescueDialog) and room.isVisible() and not room._busy:
            print(room.said.kind, room.told.text(), sep="\\t")
            room.reject()
            return
        if type(room).__name__ in ("MainWindow", "WelcomeDialog", "QMessageBox") and room.isVisible():
            print(type(room).__name__)
            room.close()
            return
    QTimer.singleShot(20, look)

QTimer.singleShot(0, look)
sys.exit(main())
"""
"""Says what window appears and closes it."""


@pytest.fixture
def start(user_folder: Path) -> Callable[[Path], tuple[int, list[str], str]]:
    """Start the program on a folder; return its exit code, what appeared and what stands on stderr."""

    def run(folder: Path) -> tuple[int, list[str], str]:
        said = subprocess.run(
            [sys.executable, "-c", LOOKED_AT, "--desk", str(folder)],
            cwd=ROOT,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"},
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
        return said.returncode, said.stdout.strip().split("\t"), said.stderr

    return run


@pytest.fixture
def closed(blank: Path, folder: Path) -> Path:
    shutil.copytree(blank, folder)
    with Desk.open(folder, TODAY) as desk:
        desk.backup()
        desk.enterprises.add({"name": "示例一厂", "category": "企业", "sector": "工贸"})
    return folder


def header(folder: Path) -> None:
    data = (folder / "desk.db").read_bytes()
    (folder / "desk.db").write_bytes(bytes(100) + data[100:])


def page(folder: Path) -> None:
    data = (folder / "desk.db").read_bytes()
    (folder / "desk.db").write_bytes(data[: 4096 * 3] + b"\x5a" * 4096 + data[4096 * 4 :])


def cut(folder: Path) -> None:
    os.truncate(folder / "desk.db", (folder / "desk.db").stat().st_size // 2)


def empty(folder: Path) -> None:
    (folder / "desk.db").write_bytes(b"")


def text(folder: Path) -> None:
    (folder / "desk.db").write_text("这是一个文本文件" * 100, encoding="utf-8")


def newer(folder: Path) -> None:
    data = (folder / "desk.db").read_bytes()
    (folder / "desk.db").write_bytes(data[:60] + (HEAD + 1).to_bytes(4, "big") + data[64:])


def gone(folder: Path) -> None:
    (folder / "desk.db").unlink()


def log_lost(folder: Path) -> None:
    """Acts stood in the log alone, and the log is lost."""
    code = """
import os, sys
from pathlib import Path
from hazard_desk.desk import Desk
desk = Desk.open(Path(sys.argv[1]))
desk.enterprises.add({"name": "示例二厂", "category": "企业", "sector": "工贸"})
os._exit(0)
"""
    subprocess.run([sys.executable, "-c", code, str(folder)], cwd=ROOT, check=True, timeout=60)
    (folder / "desk.db-wal").unlink()
    (folder / "desk.db-shm").unlink(missing_ok=True)


def half(folder: Path) -> None:
    """What a restore left that nobody can finish: its note, and a folder where the database was to go."""
    (folder / "desk.db").unlink()
    (folder / "restore.json").mkdir()


@pytest.mark.parametrize(
    ("harm", "kind"),
    [
        (header, "damaged"),
        (page, "damaged"),
        (cut, "damaged"),
        (empty, "damaged"),
        (text, "damaged"),
        (newer, "newer"),
        (gone, "remains"),
        (log_lost, "lost"),
        (half, "half-restored"),
    ],
)
def test_the_rescue_room_appears(
    closed: Path,
    start: Callable[[Path], tuple[int, list[str], str]],
    harm: Callable[[Path], None],
    kind: str,
) -> None:
    harm(closed)
    code, seen, err = start(closed)
    assert (seen[0], err.count("\n"), "Traceback" in err) == (kind, 1, False), (seen, err)
    assert code in (2, 3)


def test_while_another_process_holds_it(
    closed: Path, start: Callable[[Path], tuple[int, list[str], str]]
) -> None:
    with Desk.open(closed, TODAY):
        code, seen, err = start(closed)
    assert (code, seen[0], err.count("\n")) == (3, "held", 1)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="for root everything is allowed")
def test_without_permission(closed: Path, start: Callable[[Path], tuple[int, list[str], str]]) -> None:
    closed.chmod(0o500)
    try:
        code, seen, err = start(closed)
    finally:
        closed.chmod(0o700)
    assert (code, seen[0], err.count("\n")) == (3, "forbidden", 1)
