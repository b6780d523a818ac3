"""出案卷 and 出全套: what is missing is said first; the whole is looked at, saved, printed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QPushButton, QTableWidget, QWidget

from hazard_desk.desk import Desk
from tests.papers.reading import read_pdf
from tests.scans.test_scans import printed, scanned
from tests.ui.conftest import Seen
from ui.casefile.case_dialog import CaseDialog, VisitDialog
from ui.forms.form_dialog import FormDialog
from ui.papers.preview_dialog import PreviewDialog
from ui.production import MadeDialog
from ui.window import MainWindow

CHECK = {
    "checked_on": "2023-05-18",
    "unit_name": "示例木材加工厂",
    "kind": "日常",
    "inspectors": "甲检查、乙检查",
    "reason": "试",
}


@pytest.fixture
def check(desk: Desk) -> int:
    """A check that found something, which is not noticed yet."""
    number = desk.checks.add(CHECK).ids[0]
    desk.checks.add_finding(number, {"level": "一般", "place": "车间", "description": "线路老化"})
    desk.checks.make_hazard(desk.checks.findings(number)[0].id, {"sector": "工贸"})
    return number


def click(over: QWidget, text: str) -> None:
    made = next(one for one in over.findChildren(QPushButton) if one.text() == text and one.isVisible())
    QTest.keyClick(made, Qt.Key.Key_Space)


def lines(table: QTableWidget) -> list[str]:
    return [table.item(row, 0).text() for row in range(table.rowCount())]


def test_a_case_file_says_first_what_is_missing(
    window: MainWindow, desk: Desk, hazard: int, seen: Seen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    desk.papers.issue("notice-rectify", str(hazard), {"deadline": "2023-06-20"})
    window.open_record(f"hazards/{hazard}")
    click(window, "出案卷")
    dialog = seen(window, CaseDialog)
    assert dialog.lacking.hasFocus()
    called = f"关于示例木材加工厂的限期整改意见书（{desk.hazards.get(hazard).notice_number}）"
    assert lines(dialog.lacking)[0] == f"{called}没有签字扫描件"
    assert dialog.add_button.isEnabled()
    scan = scanned(printed(desk, "notice-rectify", hazard), tmp_path / "扫描.pdf")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *asked: (str(scan), ""))
    click(dialog, "添加扫描件…")
    assert f"{called}没有签字扫描件" not in lines(dialog.lacking)
    (kept,) = desk.attachments.of("hazards", hazard)
    assert (kept.paper, kept.note) == ("notice-rectify", f"{called}的签字件")
    click(dialog, "预览、打印…")
    shown = seen(window, PreviewDialog)
    text = read_pdf(shown.preview.proof.pdf)[0].text
    assert "案" in text and "卷内页数" in text
    shown.accept()


def test_one_visit_yields_all_its_papers(
    window: MainWindow, desk: Desk, check: int, seen: Seen, form: Callable[[], FormDialog]
):
    window.open_record(f"checks/{check}")
    click(window, "出全套")
    dialog = seen(window, VisitDialog)
    assert lines(dialog.lacking) == ["三星隐患〔2023〕001号没有编发限期整改意见书"]
    assert lines(dialog.pieces) == ["现场检查记录（2023年5月18日 示例木材加工厂）"]
    click(dialog, "编发这份文书…")
    asked = form()
    asked.form.write({"deadline": "2023-06-20"})
    asked.save()
    click(asked.question, "仍然编发")
    seen(window, PreviewDialog).accept()
    assert [title.partition("（")[0] for title in lines(dialog.pieces)] == [
        "现场检查记录",
        "关于示例木材加工厂的限期整改意见书",
        "示例木材加工厂事故隐患整改情况报告",
    ]
    assert not dialog.lacking.isVisible()
    dialog.pieces.setFocus()
    dialog.pieces.setCurrentCell(1, 0)
    QTest.keyClick(dialog.pieces, Qt.Key.Key_Space)
    QTest.keyClick(dialog.pieces, Qt.Key.Key_Down)
    QTest.keyClick(dialog.pieces, Qt.Key.Key_Space)
    assert dialog.pieces.item(1, 0).checkState() is Qt.CheckState.Unchecked
    click(dialog, "每份存一个文件")
    made = seen(window, MadeDialog)
    assert [path.name for path in made.file.iterdir()] == [
        "01_现场检查记录（2023年5月18日 示例木材加工厂）.pdf"
    ]
