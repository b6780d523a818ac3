"""What the form called saved is there after the program was killed that very moment."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from hazard_desk.books.kit.query import Query
from hazard_desk.desk import Desk
from hazard_desk.rules.fields import Row

ROOT = Path(__file__).parents[2]

CLERK = """
import json, os, signal, sys
from datetime import date
from pathlib import Path
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from hazard_desk.desk import Desk
from ui.application import make_application
from ui.forms.form_dialog import FormDialog
from ui.jobs import Jobs
from ui.office import Office
from ui.window import MainWindow

def die(notice):
    if "已保存" in notice:
        os.kill(os.getpid(), signal.SIGKILL)

app = make_application()
office = Office(Desk.open(Path(sys.argv[1]), date(2023, 6, 1)), Jobs(app))
window = MainWindow(office)
window.show()
office.noticed.connect(die)
window.open_ledger("hazards", {})
window.page.start_new()
QCoreApplication.processEvents()
dialog = next(form for form in window.findChildren(FormDialog) if form.isVisible())
dialog.form.put(json.loads(sys.argv[2]))
QTest.keyClick(dialog, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
app.processEvents()
sys.exit("the form never said that it saved")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_saved_record_survives_a_kill(blank: Path, tmp_path: Path, found: Row) -> None:

    folder = tmp_path / "台账"
    shutil.copytree(blank, folder)
    typed = json.dumps(found | {"inspectors": ["甲检查", "乙检查"]}, ensure_ascii=False)
    done = subprocess.run(
        [sys.executable, "-c", CLERK, str(folder), typed],
        cwd=ROOT,
        env={"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT), "PATH": "", "PYTHONUTF8": "1"},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == -9, done.stderr.decode(errors="replace")
    with Desk.open(folder) as desk:
        (row,) = desk.hazards.select(Query())
        assert row["description"] == found["description"]
        assert desk.check() == []
