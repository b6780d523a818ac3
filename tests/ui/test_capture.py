"""一句话登记 in the window: a sentence opens the form filled with it; nothing is saved before she says so."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from hazard_desk.books.hazards.same_day import ON_THE_SPOT
from hazard_desk.books.kit.query import Query
from hazard_desk.desk import Desk
from hazard_desk.rules.states import State
from tests.ui.conftest import Seen, turn
from tests.ui.hands import Hands
from ui.capture.sentence_dialog import SentenceDialog
from ui.forms.form_dialog import FormDialog
from ui.pages.hazard_page import HazardPage
from ui.widgets.chip import Chip
from ui.window import MainWindow

Line = Callable[[], SentenceDialog]
Form = Callable[[], FormDialog]


@pytest.fixture(autouse=True)
def shop(desk: Desk) -> None:
    values = {"name": "三星乡红星超市", "category": "企业", "sector": "消防", "principal": "周掌柜"}
    desk.enterprises.add(values)


@pytest.fixture
def line(window: MainWindow, seen: Seen) -> Line:
    """The line, opened by its key."""

    def begin() -> SentenceDialog:
        Hands().press("Ctrl+Shift+N")
        return seen(window, SentenceDialog)

    return begin


def test_a_sentence_becomes_a_form(desk: Desk, line: Line, form: Form):
    line()
    hands = Hands()
    hands.write("5.25 红星超市 一般 举报 厨房 灭火器过期 责任人 周掌柜")
    hands.press("Return")
    form()
    assert desk.hazards.count(Query()) == 0, "nothing is saved before she says so"
    hands.press("Ctrl+S")
    (row,) = desk.hazards.select(Query())
    assert (row.unit_name, row.level, row.source) == ("三星乡红星超市", "一般", "群众举报")
    assert (row.sector, row.place, row.description) == ("消防", "厨房", "灭火器过期")
    assert (str(row.found_on), row.responsible) == ("2023-05-25", "周掌柜")
    assert hands.keys == 2


def test_the_form_of_what_was_put_right_at_once(desk: Desk, line: Line, form: Form):
    line()
    hands = Hands()
    hands.write("今天 红星超市 一般 执法检查 安全出口堵塞 当场整改 整改人 周掌柜")
    hands.press("Return")
    assert form().form.raw()[ON_THE_SPOT.name] is True
    hands.press("Ctrl+S")
    (row,) = desk.hazards.select(Query())
    assert (row.state, row.rectified_by, row.place) == (State.RECTIFIED, ["周掌柜"], "安全出口")


def test_a_check_has_its_own_form(desk: Desk, line: Line, form: Form):
    line()
    hands = Hands()
    hands.write("检查 红星超市 日常 今天 检查人 王小明 李小红 未发现问题")
    hands.press("Return")
    assert form().windowTitle() == "新增检查"
    hands.press("Ctrl+S")
    (row,) = desk.checks.select(Query())
    assert (row.unit_name, row.inspectors) == ("三星乡红星超市", ["王小明", "李小红"])
    assert row.situation == "未发现问题"


def test_what_is_unsure_is_said_in_words_and_why(line: Line):
    dialog = line()
    Hands().write("新华书店 灭火器过期 孙九")
    dialog.understand()
    QCoreApplication.processEvents()
    assert [chip.word for chip in dialog.told.findChildren(Chip) if not chip.isHidden()].count("请核对") == 2
    texts = [child.text() for child in dialog.told.findChildren(type(dialog.missing)) if not child.isHidden()]
    assert "监管对象台账里没有这个名称" in texts
    assert "台账里没有这个人，也可能是检查人" in texts
    assert dialog.missing.text() == "还没有写：级别、来源、行业领域、隐患部位。打开登记表以后再填。"


def test_a_sentence_that_was_given_up_is_there_again(
    desk: Desk, window: MainWindow, seen: Seen, line: Line, form: Form
):
    line()
    hands = Hands()
    hands.write("红星超市 灭火器过期")
    hands.press("Return")
    dialog = form()
    hands.press("Escape")
    assert dialog.question is not None, "what was told counts as typed: it is not lost unasked"
    dialog.question.buttons()[0].click()
    window.capture()
    assert seen(window, SentenceDialog).box.text() == "红星超市 灭火器过期"
    assert desk.hazards.count(Query()) == 0


def test_an_empty_line_opens_nothing(qtbot: QtBot, line: Line):
    dialog = line()
    Hands().press("Return")
    assert dialog.isVisible()
    with qtbot.waitSignal(dialog.rejected):
        Hands().press("Escape")


def test_the_cursor_is_in_sight_in_a_form_that_a_sentence_unfolded(
    window: MainWindow, desk: Desk, form: Callable[[], FormDialog]
) -> None:
    page = turn(window, HazardPage)
    dialog = page.start_with({"unit_name": "红星超市", "level": "一般", "on_the_spot": True})
    dialog.resize(760, 420)
    assert form() is dialog
    box = dialog.form.editor("source").box
    assert box.hasFocus()
    assert not box.visibleRegion().isEmpty()
