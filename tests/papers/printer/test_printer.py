"""What comes out at the printer: the PDF itself at a spooler, letters and lines on a device of Windows."""

from __future__ import annotations

import ctypes
import os
import sys
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import pypdfium2
import pytest

from hazard_desk.errors import Trouble
from hazard_desk.papers.model import PageBreak, Paper, Para
from hazard_desk.papers.pixels import page_sizes
from hazard_desk.papers.printer.device import DeviceMode, WindowsPrinter, draw_on
from hazard_desk.papers.printer.order import PrintOrder, Sides
from hazard_desk.papers.printer.sending import print_pdf
from hazard_desk.printing import proof_of
from hazard_desk.stopping import Stopped, while_wanted

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no lp")


@pytest.fixture(scope="module")
def pdf() -> bytes:
    words = [Para("安全生产，人人有责。" * 20) for _ in range(6)]
    return proof_of(Paper("五页材料", [*words, PageBreak(), *words, PageBreak(landscape=True), *words])).pdf


def text_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return "".join(page.get_textpage().get_text_bounded() for page in document)


def pictures_in(pdf: bytes) -> int:
    with pypdfium2.PdfDocument(pdf) as document:
        kind = [pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]
        return sum(len(list(page.get_objects(filter=kind))) for page in document)


@pytest.fixture
def lp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A spooler that keeps what it is sent in ``spool.pdf``, and how in ``words``."""
    made = tmp_path / "bin" / "lp"
    made.parent.mkdir()
    made.write_text(
        f'#!/bin/sh\nprintf "%s\\n" "$@" > "{tmp_path}/words"\ncat > "{tmp_path}/spool.pdf"\n',
        encoding="utf-8",
    )
    made.chmod(0o755)
    monkeypatch.setenv("PATH", f"{made.parent}{os.pathsep}{os.environ['PATH']}")
    return made


@posix
def test_the_spooler_gets_the_pdf_itself(pdf: bytes, lp: Path, tmp_path: Path):
    order = PrintOrder("办公室", "五页 材料", copies=3, sides=Sides.LONG, grey=True)
    assert print_pdf(pdf, order) == len(page_sizes(pdf))
    assert (tmp_path / "spool.pdf").read_bytes() == pdf
    words = (tmp_path / "words").read_text(encoding="utf-8").splitlines()
    assert words[:6] == ["-d", "办公室", "-t", "五页 材料", "-n", "3"]
    assert words[7::2] == [
        "media=A4", "collate=true", "sides=two-sided-long-edge", "print-color-mode=monochrome",
    ]  # fmt: skip


@posix
def test_some_pages_keep_their_letters_and_their_size(pdf: bytes, lp: Path, tmp_path: Path):
    assert print_pdf(pdf, PrintOrder("", "样张", first=2, last=2)) == 1
    sent = (tmp_path / "spool.pdf").read_bytes()
    assert page_sizes(sent) == page_sizes(pdf)[1:2]
    assert "人人有责" in text_of(sent)
    assert (pictures_in(sent), len(sent) < len(pdf) * 1.1) == (0, True)


@posix
def test_a_spooler_that_refuses_is_told(pdf: bytes, lp: Path):
    lp.write_text("#!/bin/sh\ncat > /dev/null\necho 'lp: no such printer' >&2\nexit 1\n", encoding="utf-8")
    with pytest.raises(Trouble, match=r"没有接受.*no such printer"):
        print_pdf(pdf, PrintOrder("没有", "样张"))


@posix
def test_without_a_spooler_the_clerk_is_told_what_else(pdf: bytes, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(Trouble, match="存成PDF"):
        print_pdf(pdf, PrintOrder("", "样张"))


@posix
def test_a_spooler_that_does_not_answer_is_left(pdf: bytes, lp: Path):
    lp.write_text("#!/bin/sh\nexec tail -f /dev/null\n", encoding="utf-8")
    asked = iter([True, True])
    with while_wanted(lambda: next(asked, False)), pytest.raises(Stopped):
        print_pdf(pdf, PrintOrder("远处", "样张"))


class FakeWindows:
    """The calls of Windows, as far as a printer takes them: what was done, in turn."""

    def __init__(self, most_copies: int = 999, refuses: str = "", error: int = 0) -> None:
        self.done: list[str] = []
        self.modes: list[tuple[int, ...]] = []
        self.drawn: list[tuple[int, ...]] = []
        gdi = {
            "CreateDCW": 4711, "ResetDCW": 4711, "StartDocW": 1, "StartPage": 1, "EndPage": 1, "EndDoc": 1,
            "AbortDoc": 1, "DeleteDC": 1,
        }  # fmt: skip
        calls = {name: self._noting(name, -1 if name == refuses else answer) for name, answer in gdi.items()}
        self.gdi = SimpleNamespace(
            **calls, GetDeviceCaps=lambda dc, what: {88: 600, 90: 600, 112: 100, 113: 90}[what]
        )
        self.spooler = SimpleNamespace(
            OpenPrinterW=self._noting("open", 0 if refuses == "open" else 1),
            ClosePrinter=self._noting("close", 1),
            DocumentPropertiesW=self._properties,
            DeviceCapabilitiesW=lambda *words: most_copies,
        )
        self.error = error

    def _noting(self, name: str, answer: int):
        def call(*words: object) -> int:
            self.done.append(name)
            return answer

        return call

    def _properties(self, window, printer, name, out, given, mode) -> int:
        if mode == 10:
            told = DeviceMode.from_buffer(out)
            self.modes.append((told.orientation, told.paper, told.copies, told.duplex, told.colour))
        return ctypes.sizeof(DeviceMode) + 100

    def render(self, dc, page, left, top, width, height, turn, flags) -> None:
        assert dc == 4711
        self.drawn.append((left, top, width, height))

    def printer(self, order: PrintOrder) -> WindowsPrinter:
        return WindowsPrinter(order, self.gdi, self.spooler, self.render, lambda: self.error)


def draw(pdf: bytes, windows: FakeWindows, **wanted: object) -> list[tuple[int, int, str]]:
    heard: list[tuple[int, int, str]] = []
    order = PrintOrder("办公室", "样张", **wanted)  # type: ignore[arg-type]
    draw_on(pdf, order, windows.printer(order), lambda *told: heard.append(told))
    return heard


def test_on_windows_each_page_is_drawn_on_its_own_sheet(pdf: bytes):
    windows = FakeWindows()
    heard = draw(pdf, windows, copies=2, sides=Sides.SHORT, grey=True)
    sizes = page_sizes(pdf)
    turns = sum(one != next for one, next in pairwise(sizes))
    assert turns == 1
    assert len(windows.drawn) == len(sizes) == len(heard)
    assert windows.drawn[0] == (-100, -90, round(sizes[0][0] / 72 * 600), round(sizes[0][1] / 72 * 600))
    assert windows.modes == [(1, 9, 2, 3, 1), (2, 9, 2, 3, 1)]
    assert windows.done[:4] == ["open", "CreateDCW", "StartDocW", "StartPage"]
    assert windows.done[-4:] == ["EndPage", "EndDoc", "DeleteDC", "close"]
    assert windows.done.count("ResetDCW") == 1


def test_copies_that_a_printer_cannot_make_are_sent_one_by_one(pdf: bytes):
    windows = FakeWindows(most_copies=1)
    draw(pdf, windows, copies=3, first=1, last=1)
    assert windows.done.count("EndDoc") == 3
    assert [mode[2] for mode in windows.modes] == [0, 0, 0]


def test_what_is_stopped_is_dropped_by_the_printer(pdf: bytes):
    windows = FakeWindows()
    asked = iter([True])
    with while_wanted(lambda: next(asked, False)), pytest.raises(Stopped):
        draw(pdf, windows)
    assert windows.done[-3:] == ["AbortDoc", "DeleteDC", "close"]
    assert len(windows.drawn) == 1


@pytest.mark.parametrize("refuses", ["open", "StartDocW", "StartPage", "EndPage", "EndDoc"])
def test_a_printer_of_windows_that_does_not_take_it_is_told(pdf: bytes, refuses: str):
    windows = FakeWindows(refuses=refuses)
    with pytest.raises(Trouble, match="打印机"):
        draw(pdf, windows)
    assert windows.done.count("CreateDCW") == windows.done.count("DeleteDC")


def test_who_gives_no_name_for_a_file_thought_better_of_it(pdf: bytes):
    with pytest.raises(Stopped):
        draw(pdf, FakeWindows(refuses="StartDocW", error=1223))


def test_the_settings_lie_where_windows_looks_for_them():
    assert [getattr(DeviceMode, name).offset for name in ("fields", "copies", "colour", "collate")] == [
        (64 if ctypes.sizeof(ctypes.c_wchar) == 2 else 128) + at for at in (8, 22, 28, 36)
    ]
