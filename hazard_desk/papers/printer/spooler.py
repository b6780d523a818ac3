"""To the spooler (CUPS): ``lp`` takes the PDF itself."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator

from hazard_desk.errors import Trouble
from hazard_desk.papers.printer.order import Hear, PrintOrder, Sides
from hazard_desk.stopping import Stopped, stop_if_unwanted

_LOOK = 0.2
"""Seconds between two looks whether the clerk still wants it: a printer far away may not answer."""
_MM = 25.4 / 72
_SHEETS = {(210, 297): "A4", (297, 420): "A3", (148, 210): "A5", (182, 257): "B5"}
"""Millimetres, upright, and what CUPS calls the sheet."""


def spool(pdf: bytes, order: PrintOrder, size: tuple[float, float], hear: Hear) -> None:
    """Hand a PDF whose first page has this size, in points, to the spooler. ``Trouble``, ``Stopped``."""
    hear(0, 0, f"正在送往“{order.printer}”")
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
        raise Trouble(f"打印机没有接受这份材料，请检查打印机是否开机、有纸、连接正常{why}")


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
    width, height = sorted(round(side * _MM) for side in size)
    for (known_width, known_height), name in _SHEETS.items():
        if abs(width - known_width) <= 1 and abs(height - known_height) <= 1:
            return name
    return f"Custom.{width}x{height}mm"
