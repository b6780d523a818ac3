"""Files made in the background: papers, sheets, and what is said when they are there or are not."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QMessageBox

from hazard_desk.errors import Trouble
from hazard_desk.stopping import Tell, stop_if_unwanted
from tests.ui.conftest import Seen
from ui.pages.hazard_page import HazardPage
from ui.pages.papers import PrintDialog
from ui.production import LongProduction, MadeDialog, Production, free_name
from ui.window import MainWindow


def test_the_ledger_is_exported_as_it_is_filtered(window: MainWindow, hazard: int, seen: Seen) -> None:
    window.open_ledger("hazards", {})
    page = window.page
    assert isinstance(page, HazardPage)
    page.export()
    made = seen(page, MadeDialog)
    assert isinstance(made, MadeDialog)
    assert made.file.is_file()
    assert made.file.parent == window.office.desk.out


def test_a_paper_is_printed_and_opened(
    window: MainWindow, seen: Seen, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    window.open_ledger("tasks", {})
    window.print_papers()
    dialog = seen(window, PrintDialog)
    assert isinstance(dialog, PrintDialog)
    dialog.preview.save()
    made = seen(window, MadeDialog)
    assert isinstance(made, MadeDialog)
    assert made.file.read_bytes().startswith(b"%PDF")
    made.open_file()
    assert [Path(url.toLocalFile()) for url in opened] == [made.file]


def test_trouble_while_making_is_told(window: MainWindow, seen: Seen) -> None:
    def fail() -> Path:
        raise Trouble("文件正被其他程序打开，请关闭后再试")

    Production(window.office, "正在生成", fail, window).start()
    box = seen(window, QMessageBox)
    assert isinstance(box, QMessageBox)
    assert box.text() == "文件正被其他程序打开，请关闭后再试"


def test_a_cancelled_file_is_removed_again(window: MainWindow, tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"

    def make() -> Path:
        file.write_bytes(b"%PDF")
        production.progress.reject()
        return file

    production = Production(window.office, "正在生成", make, window)
    production.start()
    QCoreApplication.processEvents()
    assert not file.exists()
    assert window.notice.text == "已取消"
    assert [made for made in window.findChildren(MadeDialog) if made.isVisible()] == []


def test_an_older_file_is_never_overwritten(tmp_path: Path) -> None:
    first = tmp_path / "隐患台账.xlsx"
    assert free_name(first) == first
    first.touch()
    assert free_name(first).name == "隐患台账(2).xlsx"
    free_name(first).touch()
    assert free_name(first).name == "隐患台账(3).xlsx"


def test_long_work_tells_how_far_it_is_and_stops_when_cancelled(window: MainWindow, tmp_path: Path) -> None:
    seen: list[tuple[int, int, str]] = []

    def make(tell: Tell) -> Path:
        tell(2, 5, "第三步")
        bar = production.progress.bar
        seen.append((bar.value(), bar.maximum(), production.progress.step.text()))
        production.progress.reject()
        stop_if_unwanted()
        raise AssertionError("nobody wants it any more")

    production = LongProduction(window.office, "正在生成", make, window)
    production.start()
    assert seen == [(2, 5, "第三步")]
    assert [box for box in window.findChildren(QMessageBox) if box.isVisible()] == []


def test_the_binder_is_made_from_the_print_dialog(
    window: MainWindow, seen: Seen, monkeypatch: pytest.MonkeyPatch
) -> None:
    def binder(to: Path, tell: Tell) -> Path:
        tell(0, 1, "封面和目录")
        to.mkdir()
        return to

    monkeypatch.setattr(window.office.desk.papers, "binder", binder)
    window.print_papers()
    dialog = seen(window, PrintDialog)
    assert isinstance(dialog, PrintDialog)
    dialog.binder_button.click()
    made = seen(window, MadeDialog)
    assert isinstance(made, MadeDialog)
    assert made.file.is_dir()
    assert made.file.name == "迎检档案-2023-06-01"


def test_what_was_made_is_copied_as_files(window: MainWindow, tmp_path: Path) -> None:
    folder = tmp_path / "一套 文书"
    folder.mkdir()
    for name in ("01_甲.pdf", "02_乙.docx"):
        (folder / name).write_bytes(b"x")
    for file, copied in ((folder / "01_甲.pdf", ["01_甲.pdf"]), (folder, ["01_甲.pdf", "02_乙.docx"])):
        dialog = MadeDialog(file, window)
        dialog.copy_button.click()
        urls = QGuiApplication.clipboard().mimeData().urls()
        assert [Path(url.toLocalFile()) for url in urls] == [folder / name for name in copied]
        assert dialog.copy_button.text() == "已复制"
