"""The style sheet made of the palette and the type scale, over Qt's Fusion, or the system's colours.

No length in it follows the text size: a sheet that is set again costs half a millisecond for every widget.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, QDir, Qt
from PySide6.QtGui import QAccessibilityHints, QColor, QPalette, QStyleHints
from PySide6.QtWidgets import QApplication

from hazard_desk.library.places import resources
from ui.style import (
    ACCENT,
    ACCENT_DARK,
    ACCENT_SOFT,
    DANGER,
    GROUND,
    INK,
    INK_FAINT,
    INK_SOFT,
    LINE,
    LINE_OF_TEXT,
    LINE_STRONG,
    RAISED,
    SURFACE,
    apply_font,
)
from ui.tones import AMBER, RED


class _Asked:
    """What the system was asked for once and is kept: what Qt gives at a second asking is soon gone."""

    hints: QStyleHints | None = None
    access: QAccessibilityHints | None = None


def apply(app: QApplication) -> None:
    """Give the application its base style, palette, font and style sheet.

    They are light whatever the system is; where Windows has a contrast theme on, its colours stay.
    """
    app.setStyle("Fusion")
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_UseStyleSheetPropagationInWidgetStyles)
    QDir.setSearchPaths("icons", [str(resources() / "icons")])
    _Asked.hints = app.styleHints()
    _Asked.access = _Asked.hints.accessibility()
    _Asked.access.contrastPreferenceChanged.connect(partial(_dress, app))
    _dress(app)


def _dress(app: QApplication, _preference: Qt.ContrastPreference | None = None) -> None:
    access = _Asked.access
    strong = access is not None and access.contrastPreference() == Qt.ContrastPreference.HighContrast
    apply_font(app)
    if strong:
        app.styleHints().unsetColorScheme()
        app.setPalette(QPalette())
        app.setStyleSheet(_in_system_colours(_SHEET))
    else:
        app.styleHints().setColorScheme(Qt.ColorScheme.Light)
        app.setPalette(_palette())
        app.setStyleSheet(_SHEET)


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
QToolTip {{ background: {INK}; color: {SURFACE}; border: none; padding: 4px 6px; }}
QLabel[tone="amber"] {{ color: {AMBER.ink}; }}
QLabel[tone="red"] {{ color: {RED.ink}; font-weight: bold; }}
QLabel[role="title"] {{ font-weight: bold; }}
QLabel[role="heading"] {{ font-weight: bold; }}
QLabel[role="soft"] {{ color: {INK_SOFT}; }}
QLabel[role="small"] {{ color: {INK_SOFT}; }}
QLabel[role="warning"] {{ background: {AMBER.ground}; color: {AMBER.ink}; border-radius: 4px; padding: 8px; }}
QLabel[role="refusal"] {{ background: {RED.ground}; color: {RED.ink}; border: 1px solid {RED.ink};
    border-radius: 4px; padding: 6px; }}
QLabel[role="star"] {{ color: {DANGER}; }}
QLabel[role="problem"] {{ color: {DANGER}; }}

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
    color: {SURFACE}; background: transparent; border: 1px solid {SURFACE}; padding: 5px 10px 4px;
}}
QPushButton[role="notice"]:hover, QPushButton[role="notice"]:focus {{ color: {INK}; background: {SURFACE}; }}
QFrame[role="popup"] {{ background: {SURFACE}; border: 1px solid {LINE_STRONG}; }}

QPushButton {{ background: {SURFACE}; border: 1px solid {LINE_STRONG}; border-radius: 4px;
    padding: 5px 12px 4px; }}
QPushButton:hover {{ background: {GROUND}; }}
QPushButton:pressed {{ background: {LINE}; }}
QPushButton:focus {{ border: 2px solid {ACCENT}; padding: 4px 11px 3px; }}
QPushButton:disabled {{ color: {INK_FAINT}; background: {GROUND}; border-color: {LINE}; }}
QPushButton::menu-indicator {{ image: url(icons:chevron-down.svg); width: 14px; height: 14px;
    subcontrol-position: right center; subcontrol-origin: padding; right: 6px; }}
QPushButton[menu="true"] {{ padding-right: 24px; }}
QPushButton[menu="true"]:focus {{ padding-right: 23px; }}
QPushButton[role="primary"] {{ background: {ACCENT}; border-color: {ACCENT}; color: {SURFACE}; }}
QPushButton[role="primary"]:hover {{ background: {ACCENT_DARK}; }}
QPushButton[role="primary"]:focus {{ border: 4px double {SURFACE}; padding: 2px 9px 1px; }}
QPushButton[role="primary"]:disabled {{ background: {LINE}; border-color: {LINE}; color: {INK_FAINT}; }}
QPushButton[role="quiet"] {{ border-color: transparent; background: transparent; color: {ACCENT};
    padding: 5px 8px 4px; }}
QPushButton[role="quiet"]:hover {{ background: {ACCENT_SOFT}; }}
QPushButton[role="quiet"]:focus {{ border-color: {ACCENT}; padding: 4px 7px 3px; }}
QPushButton[role="quiet"][low="true"] {{ padding: 0 6px; }}
QPushButton[role="quiet"][low="true"]:focus {{ padding: 0 5px; }}
QPushButton[role="segment"] {{ padding: 5px 10px 4px; color: {INK_SOFT}; }}
QPushButton[role="segment"]:checked {{ background: {ACCENT_SOFT}; border-color: {ACCENT};
    color: {ACCENT_DARK}; font-weight: bold; }}
QPushButton[role="segment"][proposed="true"] {{ border: 1px dashed {ACCENT}; color: {ACCENT_DARK}; }}
QPushButton[role="segment"][proposed="true"]:checked {{ border-style: solid; }}
QPushButton[role="segment"]:focus {{ border: 2px solid {ACCENT}; padding: 4px 9px 3px; }}
QPushButton[role="link"] {{ border-color: transparent; background: transparent; color: {ACCENT};
    padding: 0 2px; min-height: 22px; text-align: left; }}
QPushButton[role="link"]:hover {{ text-decoration: underline; }}
QPushButton[role="link"]:focus {{ border-color: {ACCENT}; padding: 0 1px; min-height: 20px; }}
QPushButton[role="plan"] {{ border-color: transparent; background: transparent; color: {INK_SOFT};
    padding: 5px 26px 4px 8px; text-align: left; }}
QPushButton[role="plan"]:hover {{ background: {GROUND}; }}
QPushButton[role="plan"]:focus {{ border-color: {ACCENT}; padding: 4px 25px 3px 7px; }}

QToolButton {{ border: 1px solid transparent; border-radius: 4px; padding: 4px; background: transparent; }}
QToolButton:hover {{ background: {GROUND}; }}
QToolButton:focus {{ border: 2px solid {ACCENT}; padding: 3px; }}
QPushButton[role="nav"] {{ text-align: left; padding: 0 10px; min-height: 34px; border-radius: 6px;
    border-color: transparent; background: transparent; color: {INK_SOFT}; }}
QPushButton[role="nav"]:hover {{ background: {GROUND}; }}
QPushButton[role="nav"]:checked {{ background: {ACCENT_SOFT}; color: {ACCENT_DARK}; font-weight: bold; }}
QPushButton[role="nav"]:focus {{ border-color: {ACCENT}; padding: 0 9px; min-height: 32px; }}

QLineEdit, QPlainTextEdit, QComboBox {{ background: {SURFACE}; border: 1px solid {LINE_STRONG};
    border-radius: 4px; padding: 4px 8px; selection-background-color: {ACCENT}; }}
QComboBox {{ padding-bottom: 3px; }}
QPlainTextEdit {{ padding: 4px; }}
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QComboBox[wrong="true"] {{ border-color: {DANGER};
    background: {RED.ground}; }}
QLineEdit:focus {{ border: 2px solid {ACCENT}; padding: 3px 7px; }}
QComboBox:focus {{ border: 2px solid {ACCENT}; padding: 3px 7px 2px; }}
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
QTreeView::item {{ min-height: {LINE_OF_TEXT}px; padding: 7px 8px 6px; }}
QListView::item {{ min-height: {LINE_OF_TEXT}px; padding: 6px 8px 5px; }}
QListView::item:hover {{ background: {GROUND}; }}
QListView[role="plain"] {{ border: 2px solid transparent; padding: 0; background: transparent; }}
QListView[role="plain"]:focus {{ border-color: {ACCENT}; }}
QHeaderView {{ background: {RAISED}; border: none; }}
QHeaderView::section {{ background: {RAISED}; color: {INK_SOFT}; border: none;
    border-bottom: 1px solid {LINE}; padding: 4px 11px 3px; }}
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
