"""One editor per kind: what is typed is what the field reads."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QTableView, QWidget
from pytestqt.qtbot import QtBot

from hazard_desk.books.kit.offers import Offer, with_letters
from hazard_desk.rules.fields import LONG_LIMIT, Field, Kind
from ui.forms.editors import (
    BoolEditor,
    ChoiceEditor,
    DateEditor,
    Editor,
    LineEditor,
    LongEditor,
    editor_for,
)

Write = Callable[[QWidget | None, str], None]
TODAY = date(2023, 6, 1)


@pytest.fixture
def around(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


def make(field: Field, around: QWidget) -> Editor:
    return editor_for(field, TODAY, around)


CASES = [
    (Field("a", "名称"), LineEditor, "三星加油站"),
    (Field("a", "电话", Kind.CODE), LineEditor, "013812345678"),
    (Field("a", "情况", Kind.LONG), LongEditor, "第一行\n第二行"),
    (Field("a", "级别", Kind.CHOICE, choices=("重大", "一般")), ChoiceEditor, "一般"),
    (Field("a", "日期", Kind.DATE), DateEditor, date(2023, 5, 18)),
    (Field("a", "人数", Kind.INTEGER, unit="人"), LineEditor, 30),
    (Field("a", "资金", Kind.NUMBER, unit="万元"), LineEditor, 1.5),
    (Field("a", "督办", Kind.BOOL), BoolEditor, True),
    (Field("a", "检查人", Kind.NAMES), LineEditor, ["肖永富", "谭华祥"]),
]


@pytest.mark.parametrize(("field", "kind", "value"), CASES, ids=lambda case: getattr(case, "kind", None))
def test_a_value_comes_back_as_it_went_in(field: Field, kind: type, value: Any, around: QWidget) -> None:
    editor = make(field, around)
    assert type(editor) is kind
    editor.put(value)
    assert field.read(editor.raw(), TODAY) == value


@pytest.mark.parametrize(("field", "kind", "value"), CASES, ids=lambda case: getattr(case, "kind", None))
def test_nothing_entered_is_the_empty_value(field: Field, kind: type, value: Any, around: QWidget) -> None:
    editor = make(field, around)
    assert field.read(editor.raw(), TODAY) == field.empty
    editor.put(value)
    editor.put(field.empty)
    assert field.read(editor.raw(), TODAY) == field.empty


@pytest.mark.parametrize("typed", ["2023.5.18", "2023/5/18", "5月18日", "20230518"])
def test_a_date_is_set_right_when_the_cursor_leaves(typed: str, around: QWidget, write: Write) -> None:
    editor = make(Field("day", "日期", Kind.DATE), around)
    assert isinstance(editor, DateEditor)
    write(editor.line, typed)
    editor.line.editingFinished.emit()
    assert editor.line.text() == "2023-05-18"


def test_what_is_no_date_stays_for_the_clerk_to_mend(around: QWidget) -> None:
    editor = make(Field("day", "日期", Kind.DATE), around)
    assert isinstance(editor, DateEditor)
    editor.line.setText("2023.2.30")
    editor.line.editingFinished.emit()
    assert editor.raw() == "2023.2.30"


def test_a_day_can_be_picked_from_the_calendar(around: QWidget, qtbot: QtBot) -> None:
    editor = make(Field("day", "日期", Kind.DATE), around)
    assert isinstance(editor, DateEditor)
    around.show()
    with qtbot.waitSignal(editor.edited):
        qtbot.keyClick(editor.line, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
        popup = editor.popup
        assert popup is not None
        assert popup.calendar.selectedDate().toPython() == TODAY
        assert popup.month.text() == "2023年6月"
        days = popup.calendar.findChildren(QTableView)[0]
        last = days.visualRect(days.model().index(days.model().rowCount() - 1, 1))
        assert last.bottom() <= days.viewport().height(), "the last week is seen whole"
        popup.calendar.clicked.emit(popup.calendar.selectedDate().addDays(4))
    assert editor.raw() == "2023-06-05"
    assert not popup.isVisible()


def test_the_count_of_characters_follows_and_warns(around: QWidget) -> None:
    editor = make(Field("note", "情况", Kind.LONG), around)
    assert isinstance(editor, LongEditor)
    editor.put("五个汉字呀")
    assert editor.count.text() == f"5/{LONG_LIMIT}字"
    editor.put("字" * (LONG_LIMIT + 1))
    assert editor.count.property("role") == "problem"


def test_an_old_choice_stays_visible(around: QWidget) -> None:
    editor = make(Field("a", "级别", Kind.CHOICE, choices=("重大", "一般")), around)
    editor.put("较大")
    assert editor.raw() == "较大"


def test_the_wheel_does_not_change_what_has_no_focus(around: QWidget) -> None:
    editor = make(Field("a", "级别", Kind.CHOICE, choices=("重大", "一般")), around)
    assert isinstance(editor, ChoiceEditor)
    editor.put("重大")
    at = QPointF(5, 5)
    turn = QWheelEvent(
        at,
        at,
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(editor.line, turn)
    assert editor.raw() == "重大"


def offers(*texts: str) -> tuple[Offer, ...]:
    return with_letters(map(Offer, texts))


def line_editor(around: QWidget, field: Field, *texts: str, strict: bool = False) -> LineEditor:
    """An editor to type into, with what is offered for it."""
    around.resize(400, 300)
    around.show()
    editor = make(field, around)
    assert isinstance(editor, LineEditor)
    editor.offer(offers(*texts), strict)
    editor.show()
    editor.line.setFocus()
    return editor


def shown(editor: LineEditor) -> list[str]:
    assert editor.drop is not None
    return [one.text for one in editor.drop.offers] if editor.drop.is_open else []


UNITS = ("三星加油站", "观音村加油点", "三星乡卫生院")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("加油", UNITS[:2]),
        ("站 三星", UNITS[:1]),
        ("wsy", UNITS[2:]),
        ("sx", (UNITS[0], UNITS[2])),
        ("没有", ()),
    ],
)
def test_what_is_offered_is_found_by_any_words_and_by_initials(
    typed: str, found: tuple[str, ...], around: QWidget, write: Write
) -> None:
    editor = line_editor(around, Field("unit", "单位名称"), *UNITS)
    write(editor.line, typed)
    assert tuple(shown(editor)) == found


def test_a_word_that_is_not_in_the_list_is_never_lost(around: QWidget, write: Write, qtbot: QtBot) -> None:
    free = line_editor(around, Field("unit", "单位名称"), *UNITS)
    write(free.line, "三星")
    qtbot.keyClick(free.line, Qt.Key.Key_Return)
    assert free.raw() == "三星", "Enter takes nothing that was not chosen"
    closed = line_editor(
        around, Field("a", "级别", Kind.CHOICE, choices=("重大", "一般")), "重大", "一般", strict=True
    )
    write(closed.line, "较大")
    closed.line.editingFinished.emit()
    assert closed.raw() == "较大", "it stays to be mended"


def test_initials_take_what_they_mean(around: QWidget, write: Write, qtbot: QtBot) -> None:
    editor = line_editor(around, Field("unit", "单位名称"), *UNITS)
    write(editor.line, "gyc")
    qtbot.keyClick(editor.line, Qt.Key.Key_Return)
    assert editor.raw() == "观音村加油点"


def test_a_choice_is_taken_by_its_first_characters(around: QWidget, write: Write, qtbot: QtBot) -> None:
    field = Field("a", "来源", Kind.CHOICE, choices=("企业自查", "日常检查", "上级交办"))
    editor = line_editor(around, field, *field.choices, strict=True)
    write(editor.line, "日常")
    assert shown(editor) == ["日常检查"]
    with qtbot.waitSignal(editor.edited):
        qtbot.keyClick(editor.line, Qt.Key.Key_Return)
    assert editor.raw() == "日常检查"
    editor.put("")
    write(editor.line, "sjjb")
    qtbot.keyClick(editor.line, Qt.Key.Key_Tab)
    assert editor.raw() == "上级交办"
    editor.put("")
    write(editor.line, "自查")
    editor.line.editingFinished.emit()
    assert editor.raw() == "企业自查", "left without Enter, it can mean but one"


@pytest.mark.parametrize("key", ["Alt+Down", "Down", "F4"])
def test_keys_drop_down_all_choices_and_choose_among_them(key: str, around: QWidget, qtbot: QtBot) -> None:
    field = Field("a", "级别", Kind.CHOICE, choices=("重大", "一般"))
    editor = line_editor(around, field, *field.choices, strict=True)
    editor.put("重大")
    QTest.keySequence(editor.line, QKeySequence(key))
    assert shown(editor) == ["重大", "一般", ""], "it need not be filled"
    qtbot.keyClick(editor.line, Qt.Key.Key_Down)
    qtbot.keyClick(editor.line, Qt.Key.Key_Return)
    assert editor.raw() == "一般"
    QTest.keySequence(editor.line, QKeySequence(key))
    qtbot.keyClick(editor.line, Qt.Key.Key_Escape)
    assert shown(editor) == []
    assert editor.raw() == "一般"


class Taker(QObject):
    """Takes Enter for itself, as a table does in which a cell is edited."""

    def __init__(self, editor: LineEditor) -> None:
        super().__init__(editor)
        self.entered: list[object] = []
        self._editor = editor
        editor.line.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        enter = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Return
        if enter and event.type() == QEvent.Type.KeyPress:
            self.entered.append(self._editor.raw())
        return enter


def test_an_open_list_takes_enter_before_whoever_else_waits_for_it(
    around: QWidget, write: Write, qtbot: QtBot
) -> None:
    field = Field("a", "来源", Kind.CHOICE, choices=("企业自查", "执法检查"))
    editor = line_editor(around, field, *field.choices, strict=True)
    taker = Taker(editor)
    write(editor.line, "zf")
    qtbot.keyClick(editor.line, Qt.Key.Key_Return)
    assert taker.entered == ["执法检查"]


def test_a_click_into_a_choice_opens_it(around: QWidget, qtbot: QtBot) -> None:
    field = Field("a", "级别", Kind.CHOICE, required=True, choices=("重大", "一般"))
    editor = line_editor(around, field, *field.choices, strict=True)
    qtbot.mouseClick(editor.line, Qt.MouseButton.LeftButton)
    assert shown(editor) == ["重大", "一般"]
    assert editor.drop is not None
    view = editor.drop.view
    qtbot.mouseClick(
        view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(view.model().index(1, 0)).center()
    )
    assert editor.raw() == "一般"


def test_the_arrow_drops_down_all_that_is_offered(around: QWidget) -> None:
    editor = line_editor(around, Field("a", "判定依据"))
    assert editor.line.actions() == [], "nothing to drop down yet"
    editor.offer(offers("《甲标准》", "《乙标准》"))
    editor.offer(offers("《甲标准》", "《乙标准》", "《丙标准》"))
    (arrow,) = editor.line.actions()
    editor.put("第三条")
    arrow.trigger()
    assert len(shown(editor)) == 3


def test_names_from_the_list_come_after_those_that_stand_there(
    around: QWidget, write: Write, qtbot: QtBot
) -> None:
    editor = line_editor(around, Field("a", "检查人", Kind.NAMES), "甲检查", "乙检查")
    write(editor.line, "甲检查，乙")
    assert shown(editor) == ["乙检查"]
    qtbot.keyClick(editor.line, Qt.Key.Key_Down)
    qtbot.keyClick(editor.line, Qt.Key.Key_Return)
    assert editor.raw() == "甲检查、乙检查"
    editor.put(["甲检查"])
    editor.open_options()
    qtbot.keyClick(editor.line, Qt.Key.Key_Down)
    qtbot.keyClick(editor.line, Qt.Key.Key_Down)
    qtbot.keyClick(editor.line, Qt.Key.Key_Return)
    assert editor.raw() == "甲检查、乙检查"


@pytest.mark.parametrize(
    ("typed", "ahead", "day"),
    [
        ("今天", False, "2023-06-01"),
        ("昨天", False, "2023-05-31"),
        ("前天", False, "2023-05-30"),
        ("25", False, "2023-05-25"),
        ("25", True, "2023-06-25"),
        ("5.25", False, "2023-05-25"),
        ("12.25", False, "2022-12-25"),
    ],
)
def test_a_day_is_read_as_it_is_said(
    typed: str, ahead: bool, day: str, around: QWidget, write: Write
) -> None:
    editor = make(Field("day", "日期", Kind.DATE, coming=ahead), around)
    assert isinstance(editor, DateEditor)
    write(editor.line, typed)
    assert editor.raw() == day, "also where it is saved from within the field"
    editor.line.editingFinished.emit()
    assert editor.line.text() == day


def test_an_amount_shows_the_unit_that_the_record_decides(around: QWidget) -> None:
    editor = line_editor(around, Field("amount", "金额", Kind.NUMBER))
    unit = editor.findChild(QLabel)
    assert unit.isHidden()
    editor.say_unit("万元")
    assert unit.text() == "万元"
    assert unit.isVisible()
