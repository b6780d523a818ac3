"""To a printer of Windows: PDFium draws each page on the printer's own device, as letters and lines."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Sequence
from ctypes import byref, c_int, c_int16, c_uint16, c_uint32, c_void_p, c_wchar, c_wchar_p
from typing import Any, Protocol

import pypdfium2

from hazard_desk.errors import Trouble
from hazard_desk.papers.pixels import one_at_a_time, page_sizes
from hazard_desk.papers.printer.order import NOT_TAKEN, PrinterSheet, PrintOrder, Sides
from hazard_desk.stopping import Stopped, Tell, stop_if_unwanted

_CANCELLED = 1223
"""ERROR_CANCELLED: a printer that writes a file asked for its name, and the clerk thought better of it."""
_PAPERS = {"A4": 9, "A3": 8, "A5": 11, "B5": 13}
"""DMPAPER_A4 and so on; any other sheet is told by its sides."""
_CUSTOM_PAPER = 256
_ORIENTATION, _PAPER, _LENGTH, _WIDTH = 0x1, 0x2, 0x4, 0x8
_COPIES, _COLOUR, _DUPLEX, _COLLATE = 0x100, 0x800, 0x1000, 0x8000
_DUPLEXES = {Sides.ONE: 1, Sides.LONG: 2, Sides.SHORT: 3}
_OUT, _IN = 2, 8
_DPI_X, _DPI_Y, _EDGE_X, _EDGE_Y = 88, 90, 112, 113
"""LOGPIXELSX, LOGPIXELSY, PHYSICALOFFSETX, PHYSICALOFFSETY: of ``GetDeviceCaps``."""
_MOST_COPIES = 18
"""DC_COPIES of ``DeviceCapabilities``."""
_ANNOTATIONS, _FOR_PRINT = 0x01, 0x800


class DeviceMode(ctypes.Structure):
    """DEVMODEW as far as it is changed here; what the driver adds follows it in the same buffer."""

    _fields_ = (
        ("device", c_wchar * 32),
        ("versions", c_uint16 * 2),
        ("size", c_uint16),
        ("extra", c_uint16),
        ("fields", c_uint32),
        ("orientation", c_int16),
        ("paper", c_int16),
        ("length", c_int16),
        ("width", c_int16),
        ("scale", c_int16),
        ("copies", c_int16),
        ("source", c_int16),
        ("quality", c_int16),
        ("colour", c_int16),
        ("duplex", c_int16),
        ("y_resolution", c_int16),
        ("true_type", c_int16),
        ("collate", c_int16),
    )


class DocInfo(ctypes.Structure):
    """DOCINFOW."""

    _fields_ = (
        ("size", c_int),
        ("title", c_wchar_p),
        ("output", c_wchar_p),
        ("data_type", c_wchar_p),
        ("kind", c_uint32),
    )


class Device(Protocol):
    """What pages are drawn on."""

    jobs: int
    """So often the document is to be sent: 1 where the printer itself makes the copies."""

    def begin(self, size: tuple[float, float]) -> None: ...
    def begin_page(self, size: tuple[float, float]) -> None: ...
    def draw(self, page: pypdfium2.PdfPage) -> None: ...
    def end_page(self) -> None: ...
    def end(self) -> None: ...
    def abort(self) -> None: ...
    def close(self) -> None: ...


def draw_on(pdf: bytes, order: PrintOrder, device: Device, tell: Tell) -> None:
    """Draw the wanted pages on a device, which is closed in any case. Raises ``Trouble``, ``Stopped``."""
    sizes = page_sizes(pdf)
    wanted = [(number, sizes[number]) for number in order.pages(len(sizes))]
    with one_at_a_time:
        document = pypdfium2.PdfDocument(pdf)
    try:
        for job in range(device.jobs):
            _one_job(document, wanted, device, tell, job)
    finally:
        device.close()
        with one_at_a_time:
            document.close()


def _one_job(
    document: pypdfium2.PdfDocument,
    wanted: Sequence[tuple[int, tuple[float, float]]],
    device: Device,
    tell: Tell,
    job: int,
) -> None:
    """Send the wanted pages, each with its size, for the ``job``-th time, counted from 0."""
    _, first = wanted[0]
    device.begin(first)
    try:
        for at, (number, size) in enumerate(wanted):
            tell(job * len(wanted) + at, device.jobs * len(wanted), f"第 {number + 1} 页")
            stop_if_unwanted()
            device.begin_page(size)
            with one_at_a_time:
                page = document[number]
                device.draw(page)
                page.close()
            device.end_page()
    except BaseException:
        device.abort()
        raise
    device.end()


class WindowsPrinter:
    """A printer by the calls of ``gdi32`` and ``winspool``, given with ``render`` of PDFium."""

    def __init__(self, order: PrintOrder, gdi: Any, spooler: Any, render: Any, last_error: Any) -> None:
        self._order, self._gdi, self._spooler, self._render = order, gdi, spooler, render
        self._last_error = last_error
        self._printer = c_void_p()
        self._dc: int | None = None
        self._size: tuple[float, float] | None = None
        self._scale = self._edge = (0.0, 0.0)
        if not spooler.OpenPrinterW(order.printer, byref(self._printer), None):
            raise Trouble(f"打不开打印机“{order.printer}”，请检查打印机")
        self._buffer = ctypes.create_string_buffer(max(self._ask(None, None, 0), ctypes.sizeof(DeviceMode)))
        self._ask(self._buffer, None, _OUT)
        most = spooler.DeviceCapabilitiesW(order.printer, None, _MOST_COPIES, None, None)
        self.jobs = 1 if most >= order.copies else order.copies

    @classmethod
    def of_this_computer(cls, order: PrintOrder) -> WindowsPrinter:
        """Return the printer that the order names."""
        if sys.platform != "win32":
            raise Trouble(NOT_TAKEN)
        gdi, spooler = ctypes.WinDLL("gdi32", use_last_error=True), ctypes.WinDLL("winspool.drv")
        for name in ("CreateDCW", "ResetDCW"):
            getattr(gdi, name).restype = c_void_p
        gdi.CreateDCW.argtypes = (c_wchar_p, c_wchar_p, c_wchar_p, c_void_p)
        gdi.ResetDCW.argtypes = (c_void_p, c_void_p)
        gdi.StartDocW.argtypes = (c_void_p, c_void_p)
        gdi.GetDeviceCaps.argtypes = (c_void_p, c_int)
        for name in ("StartPage", "EndPage", "EndDoc", "AbortDoc", "DeleteDC"):
            getattr(gdi, name).argtypes = (c_void_p,)
        spooler.OpenPrinterW.argtypes = (c_wchar_p, c_void_p, c_void_p)
        spooler.ClosePrinter.argtypes = (c_void_p,)
        spooler.DocumentPropertiesW.argtypes = (c_void_p, c_void_p, c_wchar_p, c_void_p, c_void_p, c_uint32)
        spooler.DeviceCapabilitiesW.argtypes = (c_wchar_p, c_wchar_p, c_uint16, c_void_p, c_void_p)
        return cls(order, gdi, spooler, pypdfium2.raw.FPDF_RenderPage, ctypes.get_last_error)

    def begin(self, size: tuple[float, float]) -> None:
        """Begin a document whose first page has this size."""
        self._size = size
        self._set_up(size)
        self._dc = self._gdi.CreateDCW("WINSPOOL", self._order.printer, None, self._buffer)
        if not self._dc:
            raise Trouble(NOT_TAKEN)
        info = DocInfo(size=ctypes.sizeof(DocInfo), title=self._order.title)
        if self._gdi.StartDocW(self._dc, byref(info)) <= 0:
            if self._last_error() == _CANCELLED:
                raise Stopped
            raise Trouble(NOT_TAKEN)

    def begin_page(self, size: tuple[float, float]) -> None:
        """Begin a page on a sheet of its size."""
        if size != self._size:
            self._size = size
            self._set_up(size)
            self._gdi.ResetDCW(self._dc, self._buffer)
        self._must(self._gdi.StartPage(self._dc))
        caps = self._gdi.GetDeviceCaps
        self._scale = caps(self._dc, _DPI_X) / 72, caps(self._dc, _DPI_Y) / 72
        self._edge = caps(self._dc, _EDGE_X), caps(self._dc, _EDGE_Y)

    def draw(self, page: pypdfium2.PdfPage) -> None:
        """Draw a page in its true size, from the very edge of the sheet."""
        assert self._size is not None
        width, height = (round(side * dots) for side, dots in zip(self._size, self._scale, strict=True))
        left, top = (-int(edge) for edge in self._edge)
        flags = _ANNOTATIONS | _FOR_PRINT
        self._render(self._dc, page.raw, left, top, width, height, 0, flags)

    def end_page(self) -> None:
        self._must(self._gdi.EndPage(self._dc))

    def end(self) -> None:
        self._must(self._gdi.EndDoc(self._dc))
        self._let_go()

    def abort(self) -> None:
        self._gdi.AbortDoc(self._dc)
        self._let_go()

    def close(self) -> None:
        self._let_go()
        self._spooler.ClosePrinter(self._printer)

    def _let_go(self) -> None:
        if self._dc:
            self._gdi.DeleteDC(self._dc)
        self._dc = None

    def _must(self, answer: int) -> None:
        if answer <= 0:
            raise Trouble(NOT_TAKEN)

    def _ask(self, out: Any, given: Any, mode: int) -> int:
        """Let the driver fill in or check the settings; return what it answers."""
        return int(
            self._spooler.DocumentPropertiesW(None, self._printer, self._order.printer, out, given, mode)
        )

    def _set_up(self, size: tuple[float, float]) -> None:
        """Put sheet and order into the settings; the driver itself makes them fit."""
        mode, order = DeviceMode.from_buffer(self._buffer), self._order
        sheet = PrinterSheet.of(size)
        mode.orientation = 2 if size[0] > size[1] else 1
        mode.paper = _PAPERS.get(sheet.name, _CUSTOM_PAPER)
        mode.width, mode.length = sheet.width * 10, sheet.height * 10
        mode.fields |= _ORIENTATION | _PAPER
        if mode.paper == _CUSTOM_PAPER:
            mode.fields |= _WIDTH | _LENGTH
        else:
            mode.fields &= ~(_WIDTH | _LENGTH)
        if self.jobs == 1:
            mode.copies, mode.collate = order.copies, int(order.collated)
            mode.fields |= _COPIES | _COLLATE
        if order.sides in _DUPLEXES:
            mode.duplex = _DUPLEXES[order.sides]
            mode.fields |= _DUPLEX
        if order.grey:
            mode.colour = 1
            mode.fields |= _COLOUR
        self._ask(self._buffer, self._buffer, _IN | _OUT)
