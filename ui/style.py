"""The one palette, the one type scale, and the style sheet made of them (over Qt's Fusion)."""

from __future__ import annotations

import re
from functools import partial

from PySide6.QtCore import QDir, Qt
from PySide6.QtGui import QAccessibilityHints, QColor, QPalette, QStyleHints
from PySide6.QtWidgets import QApplication, QHeaderView, QTableView, QTreeView, QWidget

from hazard_desk.library.places import resources
from ui.fonts import chinese_family
from ui.tones import AMBER, RED

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
CELL_ROOM = 22
"""Pixels that a cell of a table keeps beside its text."""


IN_ROWS = "in-rows"
"""The property of a table whose rows are as high as a line of text asks for."""
_SIZED = "sized"
SCALES = (90, 100, 110, 125, 150, 175)
"""Sizes of the text that may be chosen, in percent."""


class _Look:
    """How all is drawn at the moment."""

    scale = 100
    hints: QStyleHints | None = None
    access: QAccessibilityHints | None = None
    """Asked for once and kept: what Qt gives at a second asking is gone before it is read."""


def px(pixels: float) -> int:
    """Return so many pixels at the text size that was chosen."""
    return round(pixels * _Look.scale / 100)


def letters(count: float) -> int:
    """Return the width in pixels of a column that shows so many Chinese letters at that text size."""
    return px(count * BODY + CELL_ROOM)


def sized(
    widget: QWidget, *, width: int = 0, height: int = 0, least_width: int = 0, least_height: int = 0
) -> None:
    """Give a widget a fixed or a least size, in pixels at 100 percent: it follows the text size."""
    wanted = {
        "minimumWidth": width or least_width,
        "maximumWidth": width,
        "minimumHeight": height or least_height,
        "maximumHeight": height,
    }
    widget.setProperty(_SIZED, {name: pixels for name, pixels in wanted.items() if pixels})
    _size(widget)


def apply(app: QApplication) -> None:
    """Give the application its base style, palette, font and style sheet.

    They are light whatever the system is; where Windows has a contrast theme on, its colours stay.
    """
    app.setStyle("Fusion")
    QDir.setSearchPaths("icons", [str(resources() / "icons")])
    _Look.hints = app.styleHints()
    _Look.access = _Look.hints.accessibility()
    _Look.access.contrastPreferenceChanged.connect(partial(_dress, app))
    _dress(app)


def set_scale(percent: int) -> None:
    """Draw all text of the window this large, from now on."""
    app = QApplication.instance()
    if isinstance(app, QApplication) and percent in SCALES and percent != _Look.scale:
        larger, _Look.scale = percent / _Look.scale, percent
        _dress(app)
        for widget in app.allWidgets():
            _size(widget)
            if isinstance(widget, QTreeView):
                _widen(widget.header(), larger)
            elif isinstance(widget, QTableView):
                _widen(widget.horizontalHeader(), larger)
                if widget.property(IN_ROWS):
                    widget.verticalHeader().setDefaultSectionSize(px(ROW_HEIGHT))


def scale() -> int:
    """Return the size of the text in percent."""
    return _Look.scale


def _size(widget: QWidget) -> None:
    for name, pixels in (widget.property(_SIZED) or {}).items():
        widget.setProperty(name, px(pixels))


def _widen(header: QHeaderView, times: float) -> None:
    """Make the columns so many times as wide, those that were dragged too."""
    for section in range(header.count()):
        header.resizeSection(section, round(header.sectionSize(section) * times))


def _dress(app: QApplication, _preference: Qt.ContrastPreference | None = None) -> None:
    access = _Look.access
    strong = access is not None and access.contrastPreference() == Qt.ContrastPreference.HighContrast
    font = app.font()
    if family := chinese_family():
        font.setFamily(family)
    font.setPixelSize(px(BODY))
    app.setFont(font)
    if strong:
        app.styleHints().unsetColorScheme()
        app.setPalette(QPalette())
        app.setStyleSheet(_in_system_colours(_sheet()))
    else:
        app.styleHints().setColorScheme(Qt.ColorScheme.Light)
        app.setPalette(_palette())
        app.setStyleSheet(_sheet())


_SYSTEM = {
    GROUND: "palette(window)",
    SURFACE: "palette(base)",
    RAISED: "palette(window)",
    LINE: "palette(text)",
    LINE_STRONG: "palette(text)",
    INK: "palette(text)",
    INK_SOFT: "palette(text)",
    INK_FAINT: "palette(text)",
    ACCENT: "palette(highlight)",
    ACCENT_DARK: "palette(text)",
    ACCENT_SOFT: "palette(highlight)",
    DANGER: "palette(text)",
    RED.ink: "palette(text)",
    AMBER.ink: "palette(text)",
    RED.ground: "palette(base)",
    AMBER.ground: "palette(base)",
}
"""What the colours become under a contrast theme: the system's, which the person chose to be able to read."""


def _sheet() -> str:
    """Return the style sheet at the present size of the text: px(14) becomes 21px at 150 percent."""
    return re.sub(r"px\((\d+)\)", lambda found: f"{px(int(found[1]))}px", _SHEET)


def _in_system_colours(sheet: str) -> str:
    for ours, theirs in _SYSTEM.items():
        sheet = sheet.replace(ours, theirs)
    return sheet + _ON_HIGHLIGHT


_ON_HIGHLIGHT = """
QToolTip, QFrame[role="notice"] { background: palette(base); color: palette(text);
    border: 1px solid palette(text); }
QFrame[role="notice"] QLabel { color: palette(text); }
QPushButton[role="primary"], QPushButton[role="segment"]:checked, QPushButton[role="nav"]:checked,
QMenu::item:selected, QTableView::item:selected, QTreeView::item:selected, QListView::item:selected,
QComboBox[active="true"] { background: palette(highlight); color: palette(highlighted-text); }
QTableView, QTreeView, QListView, QLineEdit, QPlainTextEdit, QTextBrowser {
    selection-background-color: palette(highlight); selection-color: palette(highlighted-text); }
QPushButton[role="quiet"], QPushButton[role="link"] { color: palette(link); }
"""
"""What stands on the system's mark, or was white on dark."""


def _palette() -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for name, colour in {
        role.Window: GROUND,
        role.WindowText: INK,
        role.Base: SURFACE,
        role.AlternateBase: RAISED,
        role.Text: INK,
        role.PlaceholderText: INK_FAINT,
        role.Button: SURFACE,
        role.ButtonText: INK,
        role.ToolTipBase: INK,
        role.ToolTipText: SURFACE,
        role.Highlight: ACCENT,
        role.HighlightedText: SURFACE,
        role.Accent: ACCENT,
        role.Link: ACCENT,
        role.Mid: LINE_STRONG,
    }.items():
        palette.setColor(name, QColor(colour))
    for name in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, QColor(INK_FAINT))
    return palette


_SHEET = f"""
QToolTip {{ background: {INK}; color: {SURFACE}; border: none; padding: 4px 6px; font-size: px({SMALL}); }}
QLabel[tone="amber"] {{ color: {AMBER.ink}; }}
QLabel[tone="red"] {{ color: {RED.ink}; font-weight: bold; }}
QLabel[role="title"] {{ font-size: px({TITLE}); font-weight: bold; }}
QLabel[role="heading"] {{ font-weight: bold; }}
QLabel[role="soft"] {{ color: {INK_SOFT}; }}
QLabel[role="small"] {{ color: {INK_SOFT}; font-size: px({SMALL}); }}
QLabel[role="warning"] {{ background: {AMBER.ground}; color: {AMBER.ink}; border-radius: 4px; padding: 8px; }}
QLabel[role="refusal"] {{ background: {RED.ground}; color: {RED.ink}; border: 1px solid {RED.ink};
    border-radius: 4px; padding: 6px; }}
QLabel[role="star"] {{ color: {DANGER}; }}
QLabel[role="problem"] {{ color: {DANGER}; font-size: px({SMALL}); }}

QFrame[role="card"] {{ background: {SURFACE}; border: 1px solid {LINE}; border-radius: 6px; }}
QFrame[role="card"][tone="amber"] {{ background: {AMBER.ground}; border-color: {AMBER.ink}; }}
QFrame[role="card"][tone="red"] {{ background: {RED.ground}; border-color: {RED.ink}; }}
QWidget[role="topbar"] {{ background: {SURFACE}; border: none; border-bottom: 1px solid {LINE}; }}
QScrollArea[role="rail"], QScrollArea[role="rail"] > QWidget > QWidget {{ background: {SURFACE}; }}
QScrollArea[role="rail"] {{ border: none; border-right: 1px solid {LINE}; }}
QWidget[role="empty"]:focus {{ border: 2px solid {ACCENT}; border-radius: 6px; }}
QFrame[role="rule"] {{ background: {LINE}; border: none; max-height: 1px; min-height: 1px; }}
QFrame[role="notice"] {{ background: {INK}; border-radius: 6px; }}
QFrame[role="notice"][mark="failed"] {{ background: {DANGER}; }}
QFrame[role="notice"] QLabel {{ color: {SURFACE}; }}
QPushButton[role="notice"] {{
    color: {SURFACE}; background: transparent; border: 1px solid {SURFACE}; padding: 2px 10px;
}}
QPushButton[role="notice"]:hover, QPushButton[role="notice"]:focus {{ color: {INK}; background: {SURFACE}; }}
QFrame[role="popup"] {{ background: {SURFACE}; border: 1px solid {LINE_STRONG}; }}

QPushButton {{ icon-size: px(18); }}
QToolButton, QPushButton[role="nav"] {{ icon-size: px(20); }}
QPushButton {{ background: {SURFACE}; border: 1px solid {LINE_STRONG}; border-radius: 4px;
    padding: 0 12px; min-height: px({CONTROL_HEIGHT - 2}); }}
QPushButton:hover {{ background: {GROUND}; }}
QPushButton:pressed {{ background: {LINE}; }}
QPushButton:focus {{ border: 2px solid {ACCENT}; padding: 0 11px; min-height: px({CONTROL_HEIGHT - 4}); }}
QPushButton:disabled {{ color: {INK_FAINT}; background: {GROUND}; border-color: {LINE}; }}
QPushButton::menu-indicator {{ image: url(icons:chevron-down.svg); width: 14px; height: 14px;
    subcontrol-position: right center; subcontrol-origin: padding; right: 6px; }}
QPushButton[menu="true"] {{ padding-right: 24px; }}
QPushButton[menu="true"]:focus {{ padding-right: 23px; }}
QPushButton[role="primary"] {{ background: {ACCENT}; border-color: {ACCENT}; color: {SURFACE}; }}
QPushButton[role="primary"]:hover {{ background: {ACCENT_DARK}; }}
QPushButton[role="primary"]:focus {{ border: 4px double {SURFACE}; padding: 0 9px;
    min-height: px({CONTROL_HEIGHT - 8}); }}
QPushButton[role="primary"]:disabled {{ background: {LINE}; border-color: {LINE}; color: {INK_FAINT}; }}
QPushButton[role="quiet"] {{ border-color: transparent; background: transparent; color: {ACCENT};
    padding: 0 8px; }}
QPushButton[role="quiet"]:hover {{ background: {ACCENT_SOFT}; }}
QPushButton[role="quiet"]:focus {{ border-color: {ACCENT}; padding: 0 7px; }}
QPushButton[role="quiet"][low="true"] {{ min-height: px(20); padding: 0 6px; }}
QPushButton[role="quiet"][low="true"]:focus {{ min-height: px(20); padding: 0 5px; }}
QPushButton[role="segment"] {{ padding: 0 10px; color: {INK_SOFT}; }}
QPushButton[role="segment"]:checked {{ background: {ACCENT_SOFT}; border-color: {ACCENT};
    color: {ACCENT_DARK}; font-weight: bold; }}
QPushButton[role="segment"][proposed="true"] {{ border: 1px dashed {ACCENT}; color: {ACCENT_DARK}; }}
QPushButton[role="segment"][proposed="true"]:checked {{ border-style: solid; }}
QPushButton[role="segment"]:focus {{ border: 2px solid {ACCENT}; padding: 0 9px;
    min-height: px({CONTROL_HEIGHT - 4}); }}
QPushButton[role="link"] {{ border-color: transparent; background: transparent; color: {ACCENT};
    padding: 0 2px; min-height: 22px; text-align: left; }}
QPushButton[role="link"]:hover {{ text-decoration: underline; }}
QPushButton[role="link"]:focus {{ border-color: {ACCENT}; padding: 0 1px; min-height: 20px; }}
QPushButton[role="plan"] {{ border-color: transparent; background: transparent; color: {INK_SOFT};
    padding: 0 26px 0 8px; text-align: left; }}
QPushButton[role="plan"]:hover {{ background: {GROUND}; }}
QPushButton[role="plan"]:focus {{ border-color: {ACCENT}; padding: 0 25px 0 7px; }}

QToolButton {{ border: 1px solid transparent; border-radius: 4px; padding: 4px; background: transparent; }}
QToolButton:hover {{ background: {GROUND}; }}
QToolButton:focus {{ border: 2px solid {ACCENT}; padding: 3px; }}
QPushButton[role="nav"] {{ text-align: left; padding: 0 10px; min-height: 34px; border-radius: 6px;
    border-color: transparent; background: transparent; color: {INK_SOFT}; }}
QPushButton[role="nav"]:hover {{ background: {GROUND}; }}
QPushButton[role="nav"]:checked {{ background: {ACCENT_SOFT}; color: {ACCENT_DARK}; font-weight: bold; }}
QPushButton[role="nav"]:focus {{ border-color: {ACCENT}; padding: 0 9px; min-height: 32px; }}

QLineEdit, QPlainTextEdit, QComboBox {{ background: {SURFACE}; border: 1px solid {LINE_STRONG};
    border-radius: 4px; padding: 0 8px; selection-background-color: {ACCENT}; }}
QLineEdit, QComboBox {{ min-height: px({CONTROL_HEIGHT - 2}); }}
QPlainTextEdit {{ padding: 4px; }}
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QComboBox[wrong="true"] {{ border-color: {DANGER};
    background: {RED.ground}; }}
QLineEdit:focus, QComboBox:focus {{ border: 2px solid {ACCENT}; padding: 0 7px;
    min-height: px({CONTROL_HEIGHT - 4}); }}
QPlainTextEdit:focus {{ border: 2px solid {ACCENT}; padding: 3px; }}
QLineEdit:disabled, QComboBox:disabled {{ background: {GROUND}; color: {INK_FAINT}; }}
QComboBox::drop-down {{ border: none; width: 24px; }}
QComboBox::down-arrow {{ image: url(icons:chevron-down.svg); width: 16px; height: 16px; }}
QComboBox[active="true"] {{ background: {ACCENT_SOFT}; border-color: {ACCENT}; color: {ACCENT_DARK}; }}
QComboBox QAbstractItemView {{ background: {SURFACE}; border: 1px solid {LINE_STRONG}; outline: none; }}
QComboBox QAbstractItemView::item {{ min-height: 28px; }}

QTableView, QTreeView, QListView, QTextBrowser {{ background: {SURFACE}; border: 1px solid {LINE_STRONG};
    padding: 1px; border-radius: 6px; outline: none; selection-background-color: {ACCENT_SOFT};
    selection-color: {INK}; }}
QTableView:focus, QTreeView:focus, QListView:focus, QTextBrowser:focus, QScrollArea:focus {{
    border: 2px solid {ACCENT}; padding: 0; }}
QTableView {{ gridline-color: {LINE}; }}
QTableView::item {{ padding: 0 8px; border: none; }}
QTableView::item:selected, QTreeView::item:selected, QListView::item:selected {{ background: {ACCENT_SOFT};
    color: {INK}; }}
QTreeView::item {{ min-height: px({ROW_HEIGHT}); padding: 0 8px; }}
QListView::item {{ min-height: px({ROW_HEIGHT - 2}); padding: 0 8px; }}
QListView::item:hover {{ background: {GROUND}; }}
QListView[role="plain"] {{ border: 2px solid transparent; padding: 0; background: transparent; }}
QListView[role="plain"]:focus {{ border-color: {ACCENT}; }}
QHeaderView {{ background: {RAISED}; border: none; }}
QHeaderView::section {{ background: {RAISED}; color: {INK_SOFT}; border: none;
    border-bottom: 1px solid {LINE}; padding: 0 11px; min-height: px({ROW_HEIGHT - 2}); }}
QHeaderView::up-arrow {{ image: url(icons:chevron-up.svg); width: 14px; height: 14px; }}
QHeaderView::down-arrow {{ image: url(icons:chevron-down.svg); width: 14px; height: 14px; }}

QAbstractScrollArea::corner {{ background: transparent; border: none; }}
QScrollArea {{ border: none; background: transparent; }}
QScrollArea > QWidget > QWidget[role="page"] {{ background: transparent; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
QScrollBar::handle {{ background: {LINE_STRONG}; border-radius: 4px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: 32px; }}
QScrollBar::handle:horizontal {{ min-width: 32px; }}
QScrollBar::handle:hover {{ background: {INK_FAINT}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}

QCheckBox, QRadioButton {{ border: 2px solid transparent; border-radius: 4px; padding: 1px 2px; }}
QCheckBox:focus, QRadioButton:focus {{ border-color: {ACCENT}; }}

PaperView {{ border: 2px solid {LINE}; }}
PaperView:focus {{ border-color: {ACCENT}; }}

QTabWidget::pane {{ border: none; }}
QTabBar::tab {{ background: transparent; color: {INK_SOFT}; border: none; padding: 6px 10px;
    border-bottom: 2px solid transparent; }}
QTabBar::tab:hover {{ color: {INK}; }}
QTabBar::tab:selected {{ color: {ACCENT_DARK}; border-bottom-color: {ACCENT}; font-weight: bold; }}
QTabBar::tab:selected:focus {{ border: 2px solid {ACCENT}; padding: 4px 8px 6px; }}

QSplitter::handle {{ background: transparent; }}
QMenu {{ background: {SURFACE}; border: 1px solid {LINE_STRONG}; padding: 4px 0; }}
QMenu::item {{ padding: 6px 24px 6px 16px; }}
QMenu::item:selected {{ background: {ACCENT}; color: {SURFACE}; }}
QMenu::separator {{ height: 1px; background: {LINE}; margin: 4px 0; }}
QDialog {{ background: {GROUND}; }}
QCalendarWidget QTableView {{ border: none; border-radius: 0; selection-background-color: {ACCENT};
    selection-color: {SURFACE}; }}
QCalendarWidget QTableView::item {{ padding: 0; }}
QCalendarWidget QTableView::item:selected {{ background: {ACCENT}; color: {SURFACE}; }}
"""
