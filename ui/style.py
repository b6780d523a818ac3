"""The one palette, the one type scale, and sizes that follow the size of the text."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QHeaderView, QTableView, QToolTip, QTreeView, QWidget

from ui.fonts import chinese_family

# Surfaces and lines
GROUND = "#F4F6F8"
SURFACE = "#FFFFFF"
RAISED = "#FAFBFC"
LINE = "#DFE4EA"
LINE_STRONG = "#7D8996"
"""Frames of what can be used: contrast 3 on every ground."""
# Ink
INK = "#1F2A37"
INK_SOFT = "#52606D"
INK_FAINT = "#66727F"
# Accent
ACCENT = "#1F5C99"
ACCENT_DARK = "#174A7C"
ACCENT_SOFT = "#E6EFF8"
DANGER = "#B3261E"

# Type, in device-independent pixels
SMALL = 12
BODY = 14
TITLE = 18

# Spacing
GAP = 8
ROOM = 16

ROW_HEIGHT = 34
CONTROL_HEIGHT = 32
ICON = 18
"""Of a button, in pixels."""
LINE_OF_TEXT = 18
"""The least height of a line in a list: all heights are room around the text, and so follow it."""
CELL_ROOM = 22
"""Pixels that a cell of a table keeps beside its text."""


_TEXTS = {"small": SMALL, "problem": SMALL, "title": TITLE}
"""Roles whose text is not as large as all other."""

_SIZED = "sized"
SCALES = (90, 100, 110, 125, 150, 175)
"""Sizes of the text that may be chosen, in percent."""


class _Look:
    """How all is drawn at the moment."""

    scale = 100


def px(pixels: float) -> int:
    """Return so many pixels at the text size that was chosen."""
    return round(pixels * _Look.scale / 100)


def letters(count: float) -> int:
    """Return the width in pixels of a column that shows so many Chinese letters at that text size."""
    return px(count * BODY + CELL_ROOM)


def sized(
    widget: QWidget,
    *,
    width: int = 0,
    height: int = 0,
    least_width: int = 0,
    least_height: int = 0,
    icon: int = 0,
    rows: int = 0,
) -> None:
    """Give a widget a fixed or a least size, or its icon or rows one, in pixels at 100 percent.

    They follow the text size.
    """
    wanted = {
        "minimumWidth": width or least_width,
        "maximumWidth": width,
        "minimumHeight": height or least_height,
        "maximumHeight": height,
        "iconSize": icon,
        "defaultSectionSize": rows,
    }
    given = {name: pixels for name, pixels in wanted.items() if pixels}
    widget.setProperty(_SIZED, (widget.property(_SIZED) or {}) | given)
    _size(widget)


def give_role(widget: QWidget, role: str) -> None:
    """Have the style sheet draw a widget that was not seen yet in one of its roles."""
    widget.setProperty("role", role)
    if role in _TEXTS:
        _give_font(widget, _TEXTS[role])


def set_scale(percent: int) -> None:
    """Draw all text this large; what stands already keeps its widths."""
    app = QApplication.instance()
    if isinstance(app, QApplication) and percent in SCALES and percent != _Look.scale:
        _Look.scale = percent
        apply_font(app)


def change_scale(percent: int) -> None:
    """Draw all text this large and have all that stands follow, by events: the fonts, then the sizes."""
    before = _Look.scale
    set_scale(percent)
    if (app := QApplication.instance()) is not None and before != _Look.scale:
        QTimer.singleShot(0, app, partial(_fit, _Look.scale / before))


def _fit(larger: float) -> None:
    """Give all widgets what of their sizes follows the text, which is so many times as large."""
    for widget in QApplication.allWidgets():
        _size(widget)
        if (text := _TEXTS.get(widget.property("role"))) is not None:
            _give_font(widget, text)
        if isinstance(widget, QTreeView):
            _widen(widget.header(), larger)
        elif isinstance(widget, QTableView):
            _widen(widget.horizontalHeader(), larger)


def scale() -> int:
    """Return the size of the text in percent."""
    return _Look.scale


def _size(widget: QWidget) -> None:
    for name, pixels in (widget.property(_SIZED) or {}).items():
        widget.setProperty(name, QSize(px(pixels), px(pixels)) if name == "iconSize" else px(pixels))


def _give_font(widget: QWidget, pixels: int) -> None:
    """Make the text of a widget this large; it stays bold where the style sheet has it so."""
    font = QFont()
    font.setPixelSize(px(pixels))
    if widget.font().bold():
        font.setBold(True)
    widget.setFont(font)


def _widen(header: QHeaderView, times: float) -> None:
    """Make the columns so many times as wide, those that were dragged too."""
    for section in range(header.count()):
        header.resizeSection(section, round(header.sectionSize(section) * times))


def apply_font(app: QApplication) -> None:
    """Give the application its font, at the size of the text; no widget is styled anew for it."""
    font = app.font()
    if family := chinese_family():
        font.setFamily(family)
    font.setPixelSize(px(BODY))
    app.setFont(font)
    font.setPixelSize(px(SMALL))
    QToolTip.setFont(font)
