"""The generated form and its dialog: order, complaints in place, and nothing typed lost unasked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QLabel, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from hazard_desk.errors import Refused, RefusedFields, Trouble
from hazard_desk.rules.fields import Field, Kind, Row, read_all
from hazard_desk.store.acts import Change
from ui.forms.form_dialog import FormDialog
from ui.forms.record_form import TWO_COLUMNS_FROM, RecordForm
from ui.office import Office

FIELDS = (
    Field("name", "单位名称", required=True),
    Field("level", "级别", Kind.CHOICE, choices=("重大", "一般"), help="按判定标准"),
    Field("day", "日期", Kind.DATE, required=True),
    Field("note", "情况", Kind.LONG),
)

Write = Callable[[QWidget | None, str], None]
Answer = Callable[[Row], Change]


@pytest.fixture
def around(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    widget.resize(1000, 700)
    qtbot.addWidget(widget)
    return widget


@pytest.fixture
def open_form(office: Office, around: QWidget) -> Callable[..., FormDialog]:
    def make(save: Answer, **says: object) -> FormDialog:
        dialog = FormDialog(office, "新增", FIELDS, save, around, **says)
        dialog.show()
        dialog.activateWindow()
        QCoreApplication.processEvents()
        return dialog

    return make


def keeping(kept: list[Row], office: Office) -> Answer:
    def save(raw: Row) -> Change:
        kept.append(read_all(FIELDS, raw, office.today))
        return Change("test.add", "新增成功", "test", (1,), datetime(2023, 6, 1), {})

    return save


def test_required_fields_carry_a_star_and_hints_stand_below(around: QWidget, office: Office) -> None:
    form = RecordForm(FIELDS, office.today, around)
    shown = [label.text() for label in form.findChildren(QLabel)]
    assert shown.count("*") == 2
    assert "按判定标准" in shown


def test_two_columns_when_wide_one_when_narrow(around: QWidget, office: Office) -> None:
    form = RecordForm(FIELDS, office.today, around)
    around.show()

    def columns() -> int:
        QCoreApplication.processEvents()
        return len({box.x() for box in form.boxes.values()})

    form.resize(TWO_COLUMNS_FROM + 50, 500)
    assert columns() == 2
    form.resize(TWO_COLUMNS_FROM - 50, 500)
    assert columns() == 1


def test_enter_goes_through_the_fields_to_the_save_button(
    office: Office, open_form: Callable[..., FormDialog], qtbot: QtBot, write: Write
) -> None:
    kept: list[Row] = []
    dialog = open_form(keeping(kept, office))
    form = dialog.form
    assert dialog.focusWidget() is form.editor("name").box
    write(dialog.focusWidget(), "三星加油站")
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    assert dialog.focusWidget() is form.editor("level").box
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    write(dialog.focusWidget(), "5.18")
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    assert dialog.focusWidget() is form.editor("note").box
    write(dialog.focusWidget(), "甲")
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    assert form.editor("note").raw() == "甲\n", "long texts keep Enter for their lines"
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
    assert dialog.focusWidget() is dialog.save_button
    assert kept == []
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    assert [row["name"] for row in kept] == ["三星加油站"]
    assert gone(dialog)


@pytest.mark.parametrize(
    ("key", "with_ctrl"), [(Qt.Key.Key_S, True), (Qt.Key.Key_Return, True)], ids=["Ctrl+S", "Ctrl+Enter"]
)
def test_keys_save_from_any_field(
    key: Qt.Key,
    with_ctrl: bool,
    office: Office,
    open_form: Callable[..., FormDialog],
    qtbot: QtBot,
    write: Write,
) -> None:
    kept: list[Row] = []
    dialog = open_form(keeping(kept, office), values={"name": "甲", "day": office.today})
    qtbot.keyClick(dialog.form.editor("note").box, key, Qt.KeyboardModifier.ControlModifier)
    assert len(kept) == 1


def test_every_wrong_field_is_marked_and_the_first_has_the_cursor(
    office: Office, open_form: Callable[..., FormDialog], qtbot: QtBot, write: Write
) -> None:
    dialog = open_form(keeping([], office), values={"day": office.today})
    dialog.form.editor("day").put("")
    dialog.save()
    below = {name: box.below.text() for name, box in dialog.form.boxes.items()}
    assert below["name"] == "请填写“单位名称”"
    assert below["day"] == "请填写“日期”"
    assert below["level"] == "按判定标准"
    assert dialog.isVisible()
    assert dialog.focusWidget() is dialog.form.editor("name").box
    write(dialog.focusWidget(), "甲")
    assert not dialog.form.boxes["name"].below.isVisible(), "mending takes the complaint back"


@pytest.mark.parametrize(
    ("error", "under_field", "on_top"),
    [
        (Refused("已有这家单位", "name"), "已有这家单位", ""),
        (Refused("现在不能新增"), "", "现在不能新增"),
        (RefusedFields({"other": "另有一处不对"}), "", "另有一处不对"),
        (Trouble("磁盘已满"), "", "磁盘已满"),
    ],
    ids=["one field", "no field", "unknown field", "trouble"],
)
def test_a_refusal_keeps_what_was_typed(
    error: Exception, under_field: str, on_top: str, open_form: Callable[..., FormDialog]
) -> None:
    def refuse(raw: Row) -> Change:
        raise error

    dialog = open_form(refuse)
    dialog.form.editor("name").put("甲")
    dialog.save()
    assert dialog.form.boxes["name"].below.text() == under_field
    assert dialog.banner.text() == on_top
    assert dialog.form.raw()["name"] == "甲"
    assert dialog.isVisible()


def test_it_asks_before_throwing_away_what_was_typed(
    open_form: Callable[..., FormDialog], office: Office, qtbot: QtBot, write: Write
) -> None:
    dialog = open_form(keeping([], office))
    write(dialog.focusWidget(), "甲")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    question = dialog.question
    assert isinstance(question, QMessageBox)
    press(question, "继续填写")
    assert dialog.isVisible()
    assert dialog.question is None
    dialog.close()
    assert dialog.question is not None
    press(dialog.question, "放弃")
    assert gone(dialog)


def test_an_untouched_form_closes_without_asking(
    open_form: Callable[..., FormDialog], office: Office, qtbot: QtBot, write: Write
) -> None:
    dialog = open_form(keeping([], office), values={"name": "甲"})
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert gone(dialog)


def test_save_and_next_empties_the_form(open_form: Callable[..., FormDialog], office: Office) -> None:
    kept: list[Row] = []
    notices: list[str] = []
    office.noticed.connect(lambda sentence, about: notices.append(sentence))
    dialog = open_form(keeping(kept, office), values={"day": office.today}, again=True)
    dialog.form.editor("name").put("甲")
    dialog.save_and_next()
    assert dialog.isVisible()
    assert dialog.form.raw()["name"] == ""
    assert not dialog.form.dirty
    assert notices == ["已保存：新增成功"]
    dialog.close()
    assert gone(dialog)


def test_nothing_is_called_saved_that_was_refused(
    open_form: Callable[..., FormDialog], office: Office
) -> None:
    notices: list[str] = []
    office.noticed.connect(lambda sentence, about: notices.append(sentence))
    dialog = open_form(keeping([], office))
    dialog.save()
    assert notices == []


def press(box: QMessageBox, text: str) -> None:
    next(button for button in box.findChildren(QPushButton) if button.text() == text).click()
    QCoreApplication.processEvents()


def gone(dialog: FormDialog) -> bool:
    return not isValid(dialog) or not dialog.isVisible()
