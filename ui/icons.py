"""Line icons from resources/icons, tinted. Each is drawn on a 24 px grid, in one stroke and one colour."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from hazard_desk.library.places import resources
from ui.style import INK_SOFT

DRAWN_IN = "#52606D"
"""The colour that the files are drawn in; tinting replaces it."""

_SIZES = (18, 20, 24, 30, 36, 48)


@cache  # a window asks for the same few some hundred times
def icon(name: str, colour: str = INK_SOFT) -> QIcon:
    """Return the icon called ``name`` in ``colour``, sharp at the scale factors of clerks' screens."""
    made = QIcon()
    for size in _SIZES:
        key = f"{name} {colour} {size}"
        pixmap = QPixmap()
        if not QPixmapCache.find(key, pixmap):
            pixmap = _drawn(QSvgRenderer(QByteArray(_source(name, colour))), size)
            QPixmapCache.insert(key, pixmap)
        made.addPixmap(pixmap)
    return made


@cache
def _source(name: str, colour: str) -> bytes:
    text = (resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    return text.replace(DRAWN_IN, colour).encode()


def _drawn(renderer: QSvgRenderer, size: int) -> QPixmap:
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap
