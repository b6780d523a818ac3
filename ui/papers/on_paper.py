"""Prints a proof through the system's print dialog, each page as a picture at the printer's resolution."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QMarginsF, QRectF, QSizeF, Signal
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from hazard_desk.errors import Trouble
from hazard_desk.printing import Proof
from hazard_desk.stopping import Stopped, stop_if_unwanted
from ui.office import Office
from ui.papers.paper_view import image_of
from ui.production import LongWork, Tell

_MOST_DOTS = 600
"""More to the inch than this is not seen, and takes a hundred megabytes a page."""


def ask_printer(proof: Proof, parent: QWidget) -> QPrinter | None:
    """Ask for a printer and pages; None when the clerk thinks better of it."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(proof.paper.title)
    printer.setPageLayout(_layout(proof.sizes[0]))
    dialog = QPrintDialog(printer, parent)
    dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange)
    dialog.setMinMax(1, len(proof.sizes))
    chosen = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return printer if chosen else None


class Printing(LongWork[int]):
    """Sends a proof to a printer, page by page; tells how many were sent."""

    printed = Signal(int)

    def __init__(self, office: Office, proof: Proof, printer: QPrinter, parent: QWidget) -> None:
        super().__init__(office, "正在打印", partial(print_pages, proof, printer, self.tell), parent)

    def show_made(self, made: int) -> None:
        """Tell how many pages were sent."""
        self.printed.emit(made)


def print_pages(proof: Proof, printer: QPrinter, tell: Tell = lambda done, of, what: None) -> int:
    """Print the pages that were asked for; return how many. May run on any thread.

    Each page is told before it is drawn; of what is stopped the printer is told to drop the others.
    Raises ``Trouble`` when the printer does not take them.
    """
    first, last = printer.fromPage() or 1, printer.toPage() or len(proof.sizes)
    wanted = range(first - 1, min(last, len(proof.sizes)))
    painter = QPainter()
    for at, page in enumerate(wanted):
        tell(at, len(wanted), f"第 {page + 1} 页")
        try:
            stop_if_unwanted()
        except Stopped:
            printer.abort()
            painter.end()
            raise
        printer.setPageLayout(_layout(proof.sizes[page]))
        if not (printer.newPage() if at else painter.begin(printer)):
            raise Trouble("打印机没有接受这份材料，请检查打印机是否开机、有纸、连接正常")
        dots = min(printer.resolution(), _MOST_DOTS)
        sheet = printer.pageLayout().fullRectPixels(printer.resolution())
        painter.drawImage(QRectF(sheet), image_of(proof.page(page, dots)))
    painter.end()
    return len(wanted)


def _layout(size: tuple[float, float]) -> QPageLayout:
    """The sheet that a page of so many points is printed on, without margins of the printer's own."""
    width, height = size
    turned = width > height
    upright = QSizeF(min(size), max(size))
    sheet = QPageSize(upright, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    way = QPageLayout.Orientation.Landscape if turned else QPageLayout.Orientation.Portrait
    layout = QPageLayout(sheet, way, QMarginsF(0, 0, 0, 0))
    layout.setMode(QPageLayout.Mode.FullPageMode)
    return layout
