"""To the spooler (CUPS): ``lp`` takes the PDF itself."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator

from hazard_desk.errors import Trouble
from hazard_desk.papers.printer.order import NOT_TAKEN, PrinterSheet, PrintOrder, Sides
from hazard_desk.stopping import Stopped, Tell, stop_if_unwanted

_LOOK = 0.2
"""Seconds between two looks whether the clerk still wants it: a printer far away may not answer."""


def spool(pdf: bytes, order: PrintOrder, size: tuple[float, float], tell: Tell) -> None:
    """Hand a PDF whose first page has this size, in points, to the spooler. ``Trouble``, ``Stopped``."""
    tell(0, 0, f"正在送往“{order.printer}”")
    command = ["lp", *_options(order, size)]
    try:
        lp = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
    except OSError as wrong:
        raise Trouble("本机没有打印命令lp，请安装打印服务（CUPS），或者存成PDF后打印") from wrong
    with lp:
        told = _sent(lp, pdf)
    if lp.returncode:
        why = f"（{told.strip()}）" if told.strip() else ""
        raise Trouble(f"{NOT_TAKEN}{why}")


def _sent(lp: subprocess.Popen[bytes], pdf: bytes) -> str:
    """Return what it said, once it took everything; stopped, it is ended."""
    content: bytes | None = pdf
    while True:
        try:
            _, told = lp.communicate(content, timeout=_LOOK)
            return told.decode("utf-8", "replace")
        except subprocess.TimeoutExpired:
            content = None
        try:
            stop_if_unwanted()
        except Stopped:
            lp.kill()
            raise


def _options(order: PrintOrder, size: tuple[float, float]) -> Iterator[str]:
    if order.printer:
        yield from ("-d", order.printer)
    yield from ("-t", order.title, "-n", str(order.copies), "-o", f"media={_sheet(size)}")
    if order.copies > 1:
        yield from ("-o", f"collate={'true' if order.collated else 'false'}")
    if order.sides is not Sides.AS_SET:
        yield from ("-o", f"sides={order.sides.value}")
    if order.grey:
        yield from ("-o", "print-color-mode=monochrome")


def _sheet(size: tuple[float, float]) -> str:
    sheet = PrinterSheet.of(size)
    return sheet.name or f"Custom.{sheet.width}x{sheet.height}mm"
