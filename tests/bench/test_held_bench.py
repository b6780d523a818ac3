"""How long any act holds the window with 5,000 hazards: the longest of its events, on the window's thread.

pytest -n0 -s tests/bench/test_held_bench.py

Prints a line for each act, the longest first: milliseconds of the processor, and by the clock, which tells
how busy the machine was.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QMenu

from hazard_desk.books.hazards.steps import Steps
from hazard_desk.demo import SAMPLE_DAY
from hazard_desk.desk import Desk
from tests.bench.held import Watch, opened, watching
from tests.bench.many import multiply
from tests.samples import make_sample
from tests.ui.hands import Hands
from ui.forms.form_dialog import FormDialog
from ui.pages.hazard_page import HazardPage
from ui.tables.paste_dialog import PasteDialog
from ui.window import MainWindow

HAZARDS = 5_150
"""Twenty-five times those of the sample year."""
FIRMS = 300


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the sample desk with its year of records, and many times its hazards."""
    folder = make_sample(tmp_path_factory.mktemp("held") / "desk")
    with Desk.open(folder, SAMPLE_DAY) as desk:
        multiply(desk, HAZARDS)
        with desk.cabinet.whole("enterprises.import", "enterprises") as act:
            for number in range(FIRMS):
                firm = {
                    "name": f"示例单位{number}号厂",
                    "category": "企业",
                    "sector": "工贸",
                    "office": "应急办",
                }
                desk.enterprises.add(firm | {"village": f"示例{number % 30}村", "principal": "某某"})
            act.done("示例")
    return folder


@pytest.fixture(scope="module")
def watch(full: Path, qapp: QApplication) -> Iterator[Watch]:
    with Desk.open(full, SAMPLE_DAY) as desk, watching(desk, qapp) as watch:
        yield watch


@pytest.fixture(scope="module")
def window(watch: Watch) -> Iterator[MainWindow]:
    with opened(watch) as window:
        yield window


@pytest.fixture
def hands(window: MainWindow, watch: Watch) -> Hands:
    for dialog in window.findChildren(QDialog):
        if dialog.isVisible():
            dialog.done(0)
    window.activateWindow()
    watch.settle()
    return Hands()


def _press(watch: Watch, hands: Hands, name: str, *keys: str) -> None:
    with watch.act(f"{name} {' '.join(keys)}".strip()):
        for key in keys:
            _give_the_keyboard()
            hands.press(key)


def _give_the_keyboard() -> None:
    """Activate the window, where the dialog that had the keyboard was shut."""
    if QApplication.activeWindow() is None:
        (window,) = (one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow))
        window.activateWindow()
        QCoreApplication.processEvents()


def _type(watch: Watch, hands: Hands, name: str, text: str) -> None:
    with watch.act(f"{name}: a letter typed"):
        for letter in text:
            hands.write(letter)


def _shut(watch: Watch) -> None:
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, QMenu | QDialog) and widget.isVisible():
            with suppress(RuntimeError):
                widget.done(0) if isinstance(widget, QDialog) else widget.close()
    QCoreApplication.processEvents()
    watch.settle()


def _hazards(watch: Watch, window: MainWindow) -> HazardPage:
    window.open_ledger("hazards", {})
    page = window.page
    assert isinstance(page, HazardPage)
    page.show_all()
    watch.settle()
    assert page.model.rowCount() >= HAZARDS
    page.table.setFocus()
    return page


def test_pages(watch: Watch, window: MainWindow, hands: Hands) -> None:
    for time in ("first", "again"):
        for place, page in enumerate(window.pages):
            watch.do(f"page {page.title} {time}", partial(window.go, place))


def test_forms_of_new_records(watch: Watch, window: MainWindow, hands: Hands) -> None:
    for place, page in enumerate(window.pages):
        window.go(place)
        watch.settle()
        for time in ("first", "again"):
            _press(watch, hands, f"page {page.title} {time}", "Ctrl+N")
            _shut(watch)
            window.activateWindow()


def test_a_hazard_is_registered(watch: Watch, window: MainWindow, hands: Hands) -> None:
    _hazards(watch, window)
    hands.press("Ctrl+N")
    watch.settle()
    form = window.findChild(FormDialog)
    assert form is not None
    editors = {"unit_name": "示例单位7号厂", "place": "车间", "description": "线路老化", "found_on": "昨天"}
    for name, text in editors.items():
        form.begin_at(name)
        _type(watch, hands, f"form of a hazard, {name}", text)
        _press(watch, hands, f"form of a hazard, {name}", "Return")
    for name, text in {"level": "一般", "source": "执法检查", "sector": "工贸", "inspectors": "甲"}.items():
        if not form.form.editor(name).raw():
            form.form.editor(name).put_raw(text)
    _press(watch, hands, "form of a hazard", "Ctrl+S")
    _shut(watch)


def test_the_table(watch: Watch, window: MainWindow, hands: Hands) -> None:
    page = _hazards(watch, window)
    table = page.table
    for keys in ("Down", "PgDown", "Ctrl+End", "Ctrl+Home", "Shift+Down"):
        _press(watch, hands, "table", keys)
    header = table.horizontalHeader()
    for column in range(4):
        watch.do(
            f"sort by {page.model.fields[column].label}",
            partial(header.setSortIndicator, column, Qt.SortOrder.DescendingOrder),
        )
    watch.do("no order", partial(header.setSortIndicator, -1, Qt.SortOrder.AscendingOrder))
    for where in ({"state": "整改中"}, {"level": "重大"}, {}):
        watch.do(f"filter {where}", partial(page.filter_by, where))
    page.search.setFocus()
    _type(watch, hands, "search", "配电室")
    page.show_all()
    watch.settle()
    table.setFocus()
    column = next(at for at, one in enumerate(page.model.fields) if one.name == "place")
    table.setCurrentIndex(page.model.index(3, column))
    _press(watch, hands, "cell", "F2")
    _type(watch, hands, "cell", "东")
    _press(watch, hands, "cell saved", "Return")
    _press(watch, hands, "cell undone", "Ctrl+Z")
    _press(watch, hands, "cell redone", "Ctrl+Y")
    table.setFocus()
    _press(watch, hands, "menu of one", "Shift+F10")
    _shut(watch)
    watch.do("choose columns", page.choose_columns)
    _shut(watch)
    watch.do("freeze a column", partial(table.freeze, 2))
    watch.do("no frozen column", partial(table.freeze, 0))


def test_all_rows(watch: Watch, window: MainWindow, hands: Hands) -> None:
    page = _hazards(watch, window)
    page.table.selectRow(0)
    page.table.setFocus()
    _press(watch, hands, "all rows", "Ctrl+A")
    _press(watch, hands, "all rows", "Ctrl+C")
    _press(watch, hands, "menu of all", "Shift+F10")
    _shut(watch)
    window.activateWindow()
    watch.do("form for one field of all", partial(page.together.change_field, page.together.fields[-1]))
    form = window.findChild(FormDialog)
    assert form is not None
    form.form.editor(page.together.fields[-1].name).put_raw("统一备注")
    _press(watch, hands, "one field of all saved", "Ctrl+S")
    _shut(watch)
    window.activateWindow()
    _press(watch, hands, "one field of all undone", "Ctrl+Z")
    _press(watch, hands, "one field of all redone", "Ctrl+Y")
    page.table.setFocus()
    hands.press("Ctrl+A")
    watch.do("form of a step for all", partial(page.together.take_step, Steps.SIGNED_OFF))
    _shut(watch)


def test_a_block_is_pasted(watch: Watch, window: MainWindow, hands: Hands) -> None:
    page = _hazards(watch, window)
    column = next(at for at, one in enumerate(page.model.fields) if one.name == "place")
    page.table.setCurrentIndex(page.model.index(0, column))
    QGuiApplication.clipboard().setText("\n".join(f"东厂房{row}" for row in range(HAZARDS)))
    _press(watch, hands, "5,000 rows tried", "Ctrl+V")
    (dialog,) = window.findChildren(PasteDialog)
    watch.do("5,000 rows pasted", dialog.accept)
    _press(watch, hands, "5,000 rows undone", "Ctrl+Z")


def test_dialogs_of_the_window(watch: Watch, window: MainWindow, hands: Hands) -> None:
    for time in ("first", "again"):
        watch.do(f"settings {time}", window.change_settings)
        _press(watch, hands, f"settings turned {time}", *["Down"] * 6)
        _shut(watch)
        window.activateWindow()
        for keys in ("Ctrl+P", "Ctrl+H", "F1"):
            _press(watch, hands, f"window {time}", keys)
            _shut(watch)
            window.activateWindow()
        _press(watch, hands, f"month {time}", "Ctrl+M")
        _press(watch, hands, f"month {time}", *["Ctrl+Return"] * 3)
        _shut(watch)
        window.activateWindow()
        _press(watch, hands, f"window {time}", "Ctrl+K")
        _type(watch, hands, f"Ctrl+K {time}", "复查 配电室")
        _shut(watch)
        window.activateWindow()
        _press(watch, hands, f"window {time}", "Ctrl+Shift+N")
        _type(watch, hands, f"Ctrl+Shift+N {time}", "示例单位7号厂 一般 安全出口堵塞")
        _press(watch, hands, f"Ctrl+Shift+N {time}", "Return")
        _shut(watch)
        window.activateWindow()
        watch.do(f"copies {time}", window.show_copies)
        _shut(watch)
        watch.do(f"seal {time}", window.show_seal)
        _shut(watch)


def test_the_inbox(watch: Watch, window: MainWindow, hands: Hands) -> None:
    window.go(0)
    watch.settle()
    window.page.setFocus()
    for keys in ("J", "K", "Space", "Ctrl+A", "Return"):
        _press(watch, hands, "inbox", keys)
        _shut(watch)
        window.activateWindow()
        window.page.setFocus()
    _press(watch, hands, "inbox", "1")
    _press(watch, hands, "inbox put off, undone", "Ctrl+Z")


def test_text_size(watch: Watch, window: MainWindow, hands: Hands) -> None:
    from ui.style import change_scale

    _hazards(watch, window)
    watch.do("text size 125", partial(change_scale, 125))
    watch.do("text size 100", partial(change_scale, 100))
    watch.do("window made smaller", partial(window.resize, 1024, 700))
    watch.do("window made larger", partial(window.resize, 1366, 768))
