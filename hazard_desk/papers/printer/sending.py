"""The way of a PDF to paper: to the spooler, to the device of Windows, into a file."""

from __future__ import annotations

import io
import sys

import pypdfium2

from hazard_desk.papers.pixels import one_at_a_time, page_sizes
from hazard_desk.papers.printer.order import PrintOrder
from hazard_desk.stopping import Tell, stop_if_unwanted, tell_nobody
from hazard_desk.store.saving import save


def print_pdf(pdf: bytes, order: PrintOrder, tell: Tell = tell_nobody) -> int:
    """Print the wanted pages of a PDF; return how many they are. May run on any thread.

    Raises ``Trouble`` when the printer does not take them, ``Stopped`` when nobody wants them any more.
    """
    sizes = page_sizes(pdf)
    wanted = order.pages(len(sizes))
    tell(0, len(wanted), "正在准备")
    stop_if_unwanted()
    if order.file is not None:
        save(only_pages(pdf, wanted, len(sizes)), order.file)
    elif sys.platform == "win32":
        from hazard_desk.papers.printer.device import WindowsPrinter, draw_on

        draw_on(pdf, order, WindowsPrinter.of_this_computer(order), tell)
    else:
        from hazard_desk.papers.printer.spooler import spool

        spool(only_pages(pdf, wanted, len(sizes)), order, sizes[wanted.start], tell)
    return len(wanted)


def only_pages(pdf: bytes, wanted: range, of: int) -> bytes:
    """Return a PDF of the wanted pages; all of them are the PDF itself."""
    if len(wanted) == of:
        return pdf
    made = io.BytesIO()
    with one_at_a_time, pypdfium2.PdfDocument(pdf) as whole, pypdfium2.PdfDocument.new() as part:
        part.import_pages(whole, list(wanted))
        part.save(made)
    return made.getvalue()
