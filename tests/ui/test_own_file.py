"""Her own Word file as a paper, in the window: told what is wrong, mended, kept, printed for many."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMenu, QMessageBox

from hazard_desk.desk import Desk
from hazard_desk.rules.fields import Row
from tests.papers.own.word import lines_of, of_paragraphs, saved
from tests.papers.reading import read_pdf
from tests.ui.conftest import Seen, Write, turn
from tests.ui.hands import Hands
from ui.pages.enterprise_page import EnterprisePage
from ui.pages.papers import PrintDialog
from ui.panes.record_papers import preview_record, report_of
from ui.papers.preview_dialog import PreviewDialog
from ui.production import MadeDialog
from ui.together.bar import ChosenBar
from ui.together.refusals_dialog import RefusalsDialog
from ui.window import MainWindow
from ui.wording.dialog import WordingDialog
from ui.wording.own_file import OwnFileDialog


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    """A letter to a firm with three faults."""
    faults = ("致｛｛监管对象.单位名称｝｝", "电话：«监管对象.电活»", "«如 有 监管对象.地址»")
    return saved(of_paragraphs(*faults), tmp_path / "信.docx")


@pytest.fixture
def dialog(
    window: MainWindow, desk: Desk, letter: Path, seen: Seen, monkeypatch: pytest.MonkeyPatch
) -> OwnFileDialog:
    """The dialog with that letter, opened with keys from 打印."""
    for number in range(60):
        desk.enterprises.add({"name": f"第{number:02}木材厂", "category": "企业", "sector": "工贸"})
    window.print_papers()
    QTest.keyClick(seen(window, PrintDialog).own_button, Qt.Key.Key_Space)
    made = seen(window, OwnFileDialog)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *asked: (str(letter), ""))
    made.choose()
    return made


def test_what_is_wrong_is_listed_mended_and_kept(
    dialog: OwnFileDialog, desk: Desk, letter: Path, write: Write
) -> None:
    told = [dialog.wrong.item(at).text() for at in range(dialog.wrong.count())]
    assert [one.partition("“")[0] for one in told] == ["第1段", "第2段", "第3段"]
    assert "用的不是栏目的括号，请改为“«监管对象.单位名称»”" in told[0]
    assert "没有这个栏目：“监管对象.电活”" in told[1] and "没有以“«完»”结束" in told[2]
    assert not dialog.save_button.isEnabled() and dialog.called.text() == "信"

    saved(of_paragraphs(["致«监管对象", ".单位名称»："], "请报«今年»年计划。"), letter)
    Hands().press("F5")
    assert not dialog.wrong.isVisible() and dialog.view.pages == 1
    assert dialog.about.currentText() == "按栏目判断：监管对象" and "按公文版式" in dialog.told.text()
    dialog.called.setFocus()
    Hands().press("Ctrl+A")
    write(dialog.called, "致企业的信")
    Hands().press("Ctrl+S")
    assert [(one.id, one.state) for one in desk.rewording.states()][-1] == ("致企业的信", "自拟")


def test_a_name_that_is_taken_is_refused(dialog: OwnFileDialog, letter: Path) -> None:
    saved(of_paragraphs("«今天»"), letter)
    Hands().press("F5")
    for name, sentence in (("", "请填写名称"), ("安全生产责任书", "已有名为“安全生产责任书”的材料")):
        dialog.called.setText(name)
        Hands().press("Ctrl+S")
        assert dialog.isVisible() and sentence in dialog.problem.text()


def test_a_field_is_copied_for_wps(dialog: OwnFileDialog, letter: Path, write: Write) -> None:
    saved(of_paragraphs("«监管对象.单位名称»"), letter)
    Hands().press("F5")
    dialog.names.box.setFocus()
    write(dialog.names.box, "监管对象.单位名称")
    Hands().press("Return")
    assert QGuiApplication.clipboard().text() == "«监管对象.单位名称»"
    assert "已复制“«监管对象.单位名称»”" in dialog.told.text()


def test_sixty_firms_get_the_letter_each(
    dialog: OwnFileDialog, desk: Desk, letter: Path, window: MainWindow, seen: Seen
) -> None:
    saved(of_paragraphs("致«监管对象.单位名称»："), letter)
    Hands().press("F5")
    Hands().press("Ctrl+S")
    window.activateWindow()
    page = turn(window, EnterprisePage)
    page.table.setFocus()
    Hands().press("Ctrl+A")
    bar = seen(page, ChosenBar)
    bar._look_up()
    assert bar.count.text() == "已选60条"
    (ways,) = [one.menu() for one in bar.papers.menu().actions() if one.text() == "信"]
    assert isinstance(ways, QMenu)
    assert [one.text() for one in ways.actions()] == ["印在一个文件里", "每条一份（Word）", "每条一份（PDF）"]
    ways.actions()[1].trigger()
    made = seen(window, MadeDialog)
    files = sorted(made.file.iterdir())
    assert len(files) == 60 and files[0].name == "信-第00木材厂.docx"
    assert lines_of(files[7].read_bytes()) == ["致第07木材厂："]
    made.accept()
    QCoreApplication.processEvents()
    ways.actions()[0].trigger()
    made = seen(window, MadeDialog)
    assert len(read_pdf(made.file.read_bytes())) == 60
    made.accept()


def test_who_has_none_is_listed(window: MainWindow, desk: Desk, seen: Seen) -> None:
    rows: list[Row] = [{"name": name, "category": "企业", "sector": "工贸"} for name in "甲乙"]
    firms = [desk.enterprises.add(row).ids[0] for row in rows]
    window.activateWindow()
    page = turn(window, EnterprisePage)
    page.table.setFocus()
    Hands().press("Ctrl+A")
    acts = seen(page, ChosenBar).acts
    desk.enterprises.remove(firms[1])
    acts.print_all(report_of(window.office, "risk-card"), "pdf")
    dialog = seen(window, RefusalsDialog)
    assert dialog.table.rowCount() == 1 and "没有编号" in str(dialog.table.item(0, 1).text())
    dialog.accept()


def test_a_paper_of_the_program_is_said_by_her_file_and_again_by_the_program(
    window: MainWindow, desk: Desk, seen: Seen, tmp_path: Path
) -> None:
    firm = desk.enterprises.add({"name": "木材厂", "category": "企业", "sector": "工贸"}).ids[0]
    preview_record(window.office, report_of(window.office, "risk-card"), desk.enterprises.get(firm), window)
    preview = seen(window, PreviewDialog).preview
    words = preview.change_words()
    assert isinstance(words, WordingDialog)
    own = words.use_own_file()
    assert own.names.tree.findItems("监管对象", Qt.MatchFlag.MatchExactly), "what the paper can say"
    own.read(saved(of_paragraphs("明白卡：«监管对象.单位名称»"), tmp_path / "卡.docx"))
    own.save()
    assert preview.proof is not None and "明白卡：木材厂" in read_pdf(preview.proof.pdf)[0].text
    again = preview.change_words()
    assert isinstance(again, OwnFileDialog) and again.shown.text() == "卡.docx（正在使用）"
    again.give_out()
    made = seen(again, MadeDialog)
    assert lines_of(made.file.read_bytes()) == ["明白卡：«监管对象.单位名称»"]
    made.accept()
    again.go_back()
    box = seen(again, QMessageBox)
    QTest.keyClick(next(one for one in box.buttons() if one.text() == "不再使用"), Qt.Key.Key_Space)
    assert "明白卡：木材厂" not in read_pdf(preview.proof.pdf)[0].text
    assert not desk.rewording.is_file("risk-card")
