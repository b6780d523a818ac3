"""Pages of a paper below each other, from the bytes that will be saved; each drawn when it is in sight."""

from __future__ import annotations

from collections import OrderedDict
from functools import partial
from itertools import accumulate

from PySide6.QtCore import QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from hazard_desk.papers.pixels import Pixels
from hazard_desk.printing import Proof
from ui.office import Office
from ui.style import GAP, LINE_STRONG, SURFACE

WIDTH, PAGE = "width", "page"
"""Zooms that follow the window: a page as wide as it, or whole within it."""

_POINTS_TO_PX = 96 / 72
_STEP, _LEAST, _MOST = 1.25, 0.2, 4.0
_KEPT = 8
"""Pages whose pictures are kept."""
_GROUND = QColor("#8A939D")


class PaperView(QAbstractScrollArea):
    """Shows a proof. ``turned`` tells the page in sight, from 0; ``zoomed`` the zoom, 1.0 is paper size."""

    turned = Signal(int)
    zoomed = Signal(float)

    def __init__(self, office: Office, parent: QWidget) -> None:
        super().__init__(parent)
        self._office = office
        self._proof: Proof | None = None
        self._mode: str | float = WIDTH
        self._scale = 1.0
        self._page = 0
        self._pictures: OrderedDict[int, QImage] = OrderedDict()
        self._asked: set[int] = set()
        self._round = 0
        """Counts zooms and papers: a picture drawn for an older one is dropped."""
        self.setAccessibleName("预览")
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.horizontalScrollBar().valueChanged.connect(self.viewport().update)

    @property
    def page(self) -> int:
        """The page in sight, from 0."""
        return self._page

    @property
    def pages(self) -> int:
        return len(self._proof.sizes) if self._proof else 0

    @property
    def scale(self) -> float:
        """The zoom: 1.0 is the size of the paper."""
        return self._scale

    def show_proof(self, proof: Proof | None) -> None:
        """Show a paper from its first page, or nothing."""
        self._proof = proof
        self._forget()
        self._fit()
        self.go_to(0)

    def go_to(self, page: int) -> None:
        """Bring the top of a page into sight."""
        if self.pages:
            page = min(max(page, 0), self.pages - 1)
            self.verticalScrollBar().setValue(round(self._tops()[page] - GAP))
            self._set_page(page)

    def zoom(self, mode: str | float) -> None:
        """Fit the page into the window (``WIDTH``, ``PAGE``), or take a scale."""
        self._mode = mode if isinstance(mode, str) else min(max(mode, _LEAST), _MOST)
        page = self._page
        self._fit()
        self.go_to(page)

    def zoom_in(self) -> None:
        """A step larger."""
        self.zoom(self._scale * _STEP)

    def zoom_out(self) -> None:
        """A step smaller."""
        self.zoom(self._scale / _STEP)

    def picture(self, page: int) -> QImage | None:
        """The picture of a page, when it is drawn already."""
        return self._pictures.get(page)

    # What Qt asks

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what is in sight; a page that has no picture yet is white paper."""
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), _GROUND)
        for page, place in self._in_sight():
            painter.fillRect(place, QColor(SURFACE))
            if (image := self._pictures.get(page)) is not None:
                painter.drawImage(place, image)
            else:
                self._ask(page)
            painter.setPen(QColor(LINE_STRONG))
            painter.drawRect(place)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the window's size."""
        super().resizeEvent(event)
        page = self._page
        self._fit()
        if isinstance(self._mode, str):
            self.go_to(page)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl, zoom."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            (self.zoom_in if event.angleDelta().y() > 0 else self.zoom_out)()
        else:
            super().wheelEvent(event)

    # Inside

    def _sizes(self) -> list[QSizeF]:
        """The pages in pixels of the screen."""
        factor = self._scale * _POINTS_TO_PX
        return (
            [QSizeF(width * factor, height * factor) for width, height in self._proof.sizes]
            if self._proof
            else []
        )

    def _tops(self) -> list[float]:
        return list(accumulate((size.height() + GAP for size in self._sizes()), initial=GAP))

    def _in_sight(self) -> list[tuple[int, QRectF]]:
        left, down = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        room = self.viewport().width()
        seen = []
        for page, (size, top) in enumerate(zip(self._sizes(), self._tops(), strict=False)):
            if top + size.height() < down or top > down + self.viewport().height():
                continue
            x = (room - size.width()) / 2 if size.width() <= room else GAP - left
            seen.append(
                (page, QRectF(round(x), round(top - down), round(size.width()), round(size.height())))
            )
        return seen

    def _fit(self) -> None:
        """Take the scale that the mode asks for, and the scroll bars that follow from it."""
        if not self._proof:
            self.viewport().update()
            return
        scale = self._wanted_scale()
        if abs(scale - self._scale) > 0.001:
            self._scale = scale
            self._forget()
        sizes = self._sizes()
        room = self.viewport().size()
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        widest = max(size.width() for size in sizes) + 2 * GAP
        across.setRange(0, max(round(widest - room.width()), 0))
        down.setRange(0, max(round(self._tops()[-1] - room.height()), 0))
        across.setPageStep(room.width())
        down.setPageStep(room.height())
        down.setSingleStep(40)
        self.zoomed.emit(self._scale)
        self.viewport().update()

    def _wanted_scale(self) -> float:
        if not isinstance(self._mode, str):
            return self._mode
        assert self._proof is not None
        width, height = self._proof.sizes[self._page if self._page < self.pages else 0]
        widest = max(size[0] for size in self._proof.sizes)
        most, bar = self.maximumViewportSize(), self.verticalScrollBar().sizeHint().width()
        room = most.width() - bar - 2 * GAP - 1, most.height() - 2 * GAP - 1
        fit = room[0] / (widest * _POINTS_TO_PX)
        if self._mode == PAGE:
            fit = min(room[0] / (width * _POINTS_TO_PX), room[1] / (height * _POINTS_TO_PX))
        return min(max(fit, _LEAST), _MOST)

    def _scrolled(self) -> None:
        middle = self.verticalScrollBar().value() + self.viewport().height() / 3
        page = sum(top <= middle for top in self._tops()[: self.pages]) - 1
        self._set_page(max(page, 0))
        self.viewport().update()

    def _set_page(self, page: int) -> None:
        if page != self._page:
            self._page = page
            self.turned.emit(page)

    def _forget(self) -> None:
        self._round += 1
        self._pictures.clear()
        self._asked.clear()

    def _ask(self, page: int) -> None:
        """Have a page drawn in the background."""
        if page in self._asked or self._proof is None:
            return
        self._asked.add(page)
        dots = 72 * self._scale * _POINTS_TO_PX * self.devicePixelRatioF()
        draw = partial(self._proof.page, page, dots)
        self._office.jobs.run(draw, partial(self._drawn, self._round, page), self)

    def _drawn(self, drawn_for: int, page: int, pixels: Pixels) -> None:
        if drawn_for != self._round:
            return
        self._pictures[page] = image_of(pixels)
        while len(self._pictures) > _KEPT:
            gone, _ = self._pictures.popitem(last=False)
            self._asked.discard(gone)
        self.viewport().update()


def image_of(pixels: Pixels) -> QImage:
    """Return the picture as Qt draws it."""
    width, height, stride, content = pixels
    return QImage(content, width, height, stride, QImage.Format.Format_RGB888).copy()
