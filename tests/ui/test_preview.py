"""The preview: the pages seen are those of the bytes saved; turned over, zoomed, printed, sent."""

from __future__ import annotations

import threading
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QWheelEvent
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox

from hazard_desk.desk import Desk
from hazard_desk.errors import Refused, Trouble
from hazard_desk.papers.model import PageBreak, Paper, Para
from hazard_desk.papers.printer.order import PrintOrder, Sides
from hazard_desk.printing import Proof, proof_of
from hazard_desk.stopping import stop_if_unwanted
from tests.papers.reading import read_pdf
from tests.ui.conftest import Seen
from ui.jobs import Jobs
from ui.office import Office
from ui.pages.papers import PrintDialog
from ui.papers.on_paper import Printing, print_order_of
from ui.papers.paper_view import PAGE, WIDTH
from ui.papers.preview import Chosen, Preview
from ui.papers.preview_dialog import PreviewDialog
from ui.production import MadeDialog
from ui.window import MainWindow

PAPER = Paper(
    "样张", (Para("第一页"), PageBreak(landscape=True), Para("第二页"), PageBreak(), Para("第三页"))
)


@pytest.fixture(scope="module")
def proof() -> Proof:
    return proof_of(PAPER)


@pytest.fixture
def preview(window: MainWindow, proof: Proof) -> Preview:
    """The preview of a paper of three pages, the last two turned."""
    chosen = Chosen("样张", ("pdf", "docx"), "样张-2023", lambda: proof)
    dialog = PreviewDialog(window.office, chosen, window)
    dialog.show()
    QCoreApplication.processEvents()
    return dialog.preview


def opened(monkeypatch: pytest.MonkeyPatch, answer: bool = True) -> list[Path]:
    files: list[Path] = []

    def open_url(url: QUrl) -> bool:
        files.append(Path(url.toLocalFile()))
        return answer

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    return files


def test_the_pages_in_sight_are_drawn_and_the_first_is_white_paper_with_text(preview: Preview) -> None:
    image = preview.view.picture(0)
    assert image is not None
    widest = image.width() * 842 / 595
    assert widest == pytest.approx(preview.view.viewport().width(), abs=40), "the widest page fits"
    colours = {image.pixelColor(x, y).name() for x in range(0, image.width(), 3) for y in range(0, 400, 3)}
    assert "#ffffff" in colours
    assert len(colours) > 5, "letters"
    assert preview.place.text() == "第 1 页  共 3 页"


def test_pages_are_turned_over_and_told(preview: Preview) -> None:
    preview.view.zoom(PAGE)
    preview.view.go_to(1)
    assert preview.place.text() == "第 2 页  共 3 页"
    preview.view.go_to(99)
    assert preview.view.page == 2
    preview.view.go_to(-5)
    assert preview.place.text() == "第 1 页  共 3 页"
    bar = preview.view.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert preview.view.page == 2


def test_a_page_fits_the_window_or_its_width_or_is_as_large_as_is_asked(preview: Preview) -> None:
    view = preview.view
    view.zoom(PAGE)
    whole = view.scale
    view.zoom(WIDTH)
    wide = view.scale
    assert whole < wide
    view.zoom(1.0)
    view.zoom_in()
    assert view.scale == pytest.approx(1.25)
    view.zoom_out()
    view.zoom_out()
    assert view.scale == pytest.approx(0.8)
    view.zoom(100.0)
    assert view.scale == 4.0, "no larger than memory allows"
    assert view.horizontalScrollBar().maximum() > 0


def test_ctrl_and_the_wheel_zoom(preview: Preview) -> None:
    before = preview.view.scale
    wheel = QWheelEvent(
        QPointF(20, 20),
        QPointF(20, 20),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QCoreApplication.sendEvent(preview.view.viewport(), wheel)
    assert preview.view.scale == pytest.approx(before * 1.25)


def test_what_was_looked_at_is_saved(window: MainWindow, preview: Preview, proof: Proof, seen: Seen) -> None:
    preview.save()
    made = seen(preview.window(), MadeDialog)
    assert isinstance(made, MadeDialog)
    assert made.file == window.office.desk.out / "样张-2023.pdf"
    assert made.file.read_bytes() == proof.pdf
    made.accept()
    preview.format.setCurrentIndex(preview.format.findData("docx"))
    preview.save()
    assert (window.office.desk.out / "样张-2023.docx").read_bytes().startswith(b"PK")


def test_it_is_saved_elsewhere_with_its_ending(
    preview: Preview, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "上报.v1"), ""))
    preview.save_as()
    assert (tmp_path / "上报.v1.pdf").is_file()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    preview.save_as()


def test_a_draft_of_an_e_mail_is_opened_with_the_file_attached(
    window: MainWindow, preview: Preview, proof: Proof, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.office.desk.settings.change({"mail_to": "a@example.com"})
    files = opened(monkeypatch)
    preview.draft_mail()
    (draft,) = files
    message = message_from_bytes(draft.read_bytes(), policy=default)
    assert (message["To"], message["Subject"], message["X-Unsent"]) == ("a@example.com", "样张", "1")
    (attached,) = message.iter_attachments()
    assert attached.get_content() == proof.pdf
    assert "邮件草稿已打开" in preview.told.text()


def test_without_a_mail_program_the_clerk_is_told_where_the_draft_is(
    preview: Preview, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(monkeypatch, answer=False)
    preview.draft_mail()
    assert "本机没有能打开邮件草稿的程序" in preview.told.text()
    assert ".eml" in preview.told.text()


def test_the_folder_is_opened(window: MainWindow, preview: Preview, monkeypatch: pytest.MonkeyPatch) -> None:
    files = opened(monkeypatch)
    preview.open_folder()
    assert files == [window.office.desk.out]


def test_pages_go_into_a_file_as_they_are(
    preview: Preview, proof: Proof, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def accept(dialog: QPrintDialog) -> int:
        printer = dialog.printer()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "印.pdf"))
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(QPrintDialog, "exec", accept)
    preview.print_out()
    assert "3 页" in preview.told.text()
    assert (tmp_path / "印.pdf").read_bytes() == proof.pdf


def test_what_was_chosen_is_ordered(proof: Proof, qapp: object) -> None:
    printer = QPrinter()
    assert print_order_of(printer, proof).last is None
    printer.setFromTo(2, 3)
    printer.setCopyCount(4)
    printer.setColorMode(QPrinter.ColorMode.GrayScale)
    order = print_order_of(printer, proof)
    assert (order.first, order.last, order.copies, order.sides, order.grey) == (2, 3, 4, Sides.ONE, True)
    assert order.title == "样张"


def test_printing_is_stopped(proof: Proof, tmp_path: Path, window: MainWindow) -> None:
    order = PrintOrder("", "样张", file=tmp_path / "印.pdf")
    told: list[int] = []
    printing = Printing(window.office, proof, order, window)
    printing.printed.connect(told.append)
    printing.told.connect(lambda done, of, what: printing.progress.reject())
    printing.start()
    assert told == []
    assert not (tmp_path / "印.pdf").exists()
    assert window.notice.text == "已取消"


def test_a_paper_is_no_longer_made_when_it_is_stopped(desk: Desk, proof: Proof, window: MainWindow) -> None:
    office = Office(desk, Jobs())
    dialog = PreviewDialog(office, Chosen("样张", ("pdf",), "样张", lambda: proof), window)
    dialog.show()
    preview, begun = dialog.preview, threading.Event()
    office.jobs.wait()
    assert not preview.stop_button.isVisible()

    def endless() -> Proof:
        while True:
            begun.set()
            stop_if_unwanted()

    preview.show_paper(Chosen("样张", ("pdf",), "样张", endless))
    assert begun.wait(10)
    assert preview.stop_button.isVisible()
    assert preview.busy.isVisible()
    preview.stop_button.click()
    office.jobs.wait()
    assert preview.told.text() == "已取消，需要时请重新打开"
    assert not preview.stop_button.isVisible()
    begun.clear()
    preview.show_paper(Chosen("样张", ("pdf",), "样张", endless))
    assert begun.wait(10)
    dialog.close()  # and so does one whose window is closed
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    office.jobs.wait()


def test_a_paper_that_cannot_be_made_says_why_in_its_place(window: MainWindow, preview: Preview) -> None:
    def refuse() -> Proof:
        raise Refused("这条隐患还没有整改方案")

    preview.show_paper(Chosen("一案一策", ("pdf",), "一案一策", refuse))
    assert preview.told.text() == "这条隐患还没有整改方案"
    assert not preview.save_button.isEnabled()
    assert preview.view.pages == 0
    preview.save()
    preview.draft_mail()
    preview.print_out()


def test_trouble_while_sending_is_told(
    preview: Preview, window: MainWindow, seen: Seen, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(subject: str, file: Path) -> Path:
        raise Trouble("磁盘已满")

    monkeypatch.setattr(window.office.desk.papers, "draft_mail", fail)
    preview.draft_mail()
    box = seen(preview, QMessageBox)
    assert isinstance(box, QMessageBox)
    assert box.text() == "磁盘已满"


def test_every_paper_of_the_list_is_previewed(window: MainWindow, hazard: int, seen: Seen) -> None:
    window.print_papers()
    dialog = seen(window, PrintDialog)
    assert isinstance(dialog, PrintDialog)
    assert dialog.preview.proof is not None
    row = next(at for at in range(dialog.list.count()) if dialog.list.item(at).text() == "隐患台账")
    dialog.list.setCurrentRow(row)
    text = "".join(page.text for page in read_pdf(dialog.preview.proof.pdf))
    assert "三星隐患〔2023〕" in text.replace("\r\n", "")
    assert dialog.preview.format.count() == 3


def test_the_ledger_is_previewed_as_it_is_filtered(window: MainWindow, hazard: int, seen: Seen) -> None:
    window.open_ledger("hazards", {"level": "重大"})
    window.print_papers()
    dialog = seen(window, PrintDialog)
    assert isinstance(dialog, PrintDialog)
    assert dialog.narrowed.isVisible()

    def said() -> str:
        assert dialog.preview.proof is not None
        return "".join(page.text for page in read_pdf(dialog.preview.proof.pdf))

    assert "示例木材" not in said()
    dialog.narrowed.setChecked(False)
    assert "示例木材" in said()


def test_the_fonts_that_are_missing_are_told(window: MainWindow, proof: Proof) -> None:
    told = Proof(proof.paper, proof.pdf, proof.sizes, "本机没有装齐公文字体：仿宋改用自带宋体")
    dialog = PreviewDialog(window.office, Chosen("样张", ("pdf",), "样张", lambda: told), window)
    assert "仿宋改用自带宋体" in dialog.preview.told.text()


def test_a_page_as_wide_as_the_window_is_not_scrolled_sideways(preview: Preview) -> None:
    for width in (500, 731, 902, 1203):
        preview.window().resize(width, 600)
        QCoreApplication.processEvents()
        assert preview.view.horizontalScrollBar().maximum() == 0


def test_a_paper_is_found_by_words_and_initials(window: MainWindow, seen: Seen) -> None:
    window.print_papers()
    dialog = seen(window, PrintDialog)
    for typed in ("年度总结", "ndzj"):
        dialog.box.setText(typed)
        shown = [dialog.list.item(row) for row in range(dialog.list.count())]
        assert [one.text() for one in shown if not one.isHidden()] == ["年度总结"]
        assert dialog.report.id == "year-summary"
    dialog.box.setText("")
    assert not any(dialog.list.isRowHidden(row) for row in range(dialog.list.count()))
