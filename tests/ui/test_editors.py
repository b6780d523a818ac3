"""One editor per kind: what is typed is what the field reads."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

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
        popup.calendar.clicked.emit(popup.calendar.selectedDate().addDays(4))
    assert editor.raw() == "2023-06-05"
    assert not popup.isVisible()


def test_the_count_of_characters_follows_and_warns(around: QWidget) -> None:
    editor = make(Field("note", "情况", Kind.LONG), around)
    assert isinstance(editor, LongEditor)
    editor.put("五个汉字呀")
    assert editor.count.text() == f"5/{LONG_LIMIT}字"
    quiet = editor.count.styleSheet()
    editor.put("字" * (LONG_LIMIT + 1))
    assert editor.count.styleSheet() != quiet


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
    QApplication.sendEvent(editor.combo, turn)
    assert editor.raw() == "重大"


def test_earlier_entries_are_offered_inside_the_word(around: QWidget) -> None:
    editor = make(Field("unit", "单位名称"), around)
    assert isinstance(editor, LineEditor)
    editor.offer(["三星加油站", "观音村加油点", "三星乡卫生院"])
    completer = editor.line.completer()
    completer.setCompletionPrefix("加油")
    assert completer.completionCount() == 2


def test_the_last_of_several_names_is_completed(around: QWidget) -> None:
    editor = make(Field("people", "检查人", Kind.NAMES), around)
    assert isinstance(editor, LineEditor)
    editor.offer(["肖永富", "谭华祥"])
    editor.line.setText("肖永富，谭")
    completer = editor.line.completer()
    completer.setCompletionPrefix(editor.line.text())
    assert completer.completionCount() == 1
    assert completer.currentCompletion() == "肖永富、谭华祥"


def test_the_arrow_drops_down_all_that_is_offered(around: QWidget) -> None:
    around.show()
    editor = make(Field("a", "判定依据"), around)
    assert isinstance(editor, LineEditor)
    assert editor.line.actions() == [], "nothing to drop down yet"
    editor.offer(["《甲标准》", "《乙标准》"])
    editor.offer(["《甲标准》", "《乙标准》", "《丙标准》"])
    (arrow,) = editor.line.actions()
    editor.put("第三条")
    arrow.trigger()
    popup = editor.line.completer().popup()
    assert popup.isVisible()
    assert popup.model().rowCount() == 3
    popup.hide()


def test_a_name_from_the_list_comes_after_those_that_stand_there(around: QWidget) -> None:
    around.show()
    editor = make(Field("a", "检查人", Kind.NAMES), around)
    assert isinstance(editor, LineEditor)
    editor.offer(["甲检查", "乙检查"])
    editor.put(["甲检查"])
    editor.open_options()
    completer = editor.line.completer()
    assert completer.completionCount() == 2
    completer.setCurrentRow(1)
    assert completer.pathFromIndex(completer.currentIndex()) == "甲检查、乙检查"
    completer.popup().hide()
