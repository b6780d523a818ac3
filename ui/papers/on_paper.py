"""Prints a proof through the system's print dialog: it asks for printer and pages, the PDF itself is sent."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QMarginsF, QSizeF, Signal
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from hazard_desk.papers.printer.order import PrintOrder, Sides
from hazard_desk.printing import Proof
from ui.office import Office
from ui.production import LongWork

_SIDES = {
    QPrinter.DuplexMode.DuplexNone: Sides.ONE,
    QPrinter.DuplexMode.DuplexAuto: Sides.AS_SET,
    QPrinter.DuplexMode.DuplexLongSide: Sides.LONG,
    QPrinter.DuplexMode.DuplexShortSide: Sides.SHORT,
}


def ask_printer(proof: Proof, parent: QWidget) -> PrintOrder | None:
    """Ask for a printer and pages; None when the clerk thinks better of it."""
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setDocName(proof.paper.title)
    printer.setPageLayout(_layout(proof.sizes[0]))
    dialog = QPrintDialog(printer, parent)
    dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange)
    dialog.setMinMax(1, len(proof.sizes))
    chosen = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return print_order_of(printer, proof) if chosen else None


def print_order_of(printer: QPrinter, proof: Proof) -> PrintOrder:
    """Return what was chosen for the pages of a proof."""
    file = printer.outputFileName()
    return PrintOrder(
        printer=printer.printerName(),
        title=proof.paper.title.replace("\n", ""),
        first=printer.fromPage() or 1,
        last=printer.toPage() or None,
        copies=printer.copyCount(),
        collated=printer.collateCopies(),
        sides=_SIDES[printer.duplex()],
        grey=printer.colorMode() == QPrinter.ColorMode.GrayScale,
        file=Path(file) if file else None,
    )


class Printing(LongWork[int]):
    """Sends a proof to a printer; tells how many pages were sent."""

    printed = Signal(int)

    def __init__(self, office: Office, proof: Proof, order: PrintOrder, parent: QWidget) -> None:
        from hazard_desk.papers.printer.sending import print_pdf  # PDFium is for who prints

        super().__init__(office, "正在打印", partial(print_pdf, proof.pdf, order, self.tell), parent)

    def show_made(self, made: int) -> None:
        """Tell how many pages were sent."""
        self.printed.emit(made)


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
