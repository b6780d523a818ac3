"""What a form does not show yet is not made yet, and nothing of it is lost: values, offers, complaints."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication

from hazard_desk.books.kit.offers import Offer, Offered
from hazard_desk.desk import Desk
from hazard_desk.rules.fields import Field, Kind
from tests.ui.conftest import Seen, Write
from tests.ui.hands import Hands
from ui.forms.folding_form import FoldingForm
from ui.office import Office
from ui.settings.dialog import SettingsDialog
from ui.window import MainWindow

FIELDS = (
    Field("more", "当场整改", Kind.BOOL),
    Field("who", "整改人"),
    Field("day", "日期", Kind.DATE),
    Field("spent", "花费", Kind.NUMBER, unit="万元"),
    Field("said", "情况", Kind.LONG),
    Field("level", "级别", Kind.CHOICE, choices=("重大", "一般")),
)
ALL = {field.name for field in FIELDS}
VALUES = {"who": "甲", "day": "2023-05-20", "spent": "1.5", "said": "一\n二", "level": "一般"}


@pytest.fixture
def form(window: MainWindow, office: Office) -> FoldingForm:
    """Asks for all its fields only where the first is ticked."""

    def folds(row: object) -> set[str]:
        return set() if isinstance(row, dict) and row["more"] else ALL - {"more"}

    return FoldingForm(FIELDS, office.today, window, folds)


def made(form: FoldingForm) -> set[str]:
    return {name for name, box in form.boxes.items() if box.asked}


def test_a_field_is_made_when_it_is_asked_for_and_says_what_it_held(form: FoldingForm, desk: Desk) -> None:
    read = {field.name: field.read(VALUES[field.name], desk.today) for field in FIELDS[1:]}
    form.put(read)
    form.offer({"who": Offered((Offer("甲"), Offer("乙")))})
    before = form.raw()
    assert made(form) == {"more"}
    form.write({"more": True})
    assert made(form) == ALL
    assert form.raw() == before | {"more": True} == VALUES | {"more": True}
    assert not form.boxes["who"].isHidden()
    assert form.editor("who").offers == (Offer("甲"), Offer("乙"))
    form.put(read)
    assert not form.dirty
    assert form.boxes["who"].isHidden()


def test_a_draft_and_a_complaint_reach_a_field_that_is_not_made(form: FoldingForm) -> None:
    form.restore({"day": "5月40日"})
    assert form.raw()["day"] == "5月40日"
    assert form.dirty
    form.show_problems({"who": "请填写整改人"})
    assert form.boxes["who"].below.text() == "请填写整改人"


def test_settings_make_the_page_that_is_turned_to_and_save_the_others_as_they_were(
    window: MainWindow, desk: Desk, seen: Seen, write: Write
) -> None:
    window.activateWindow()
    before = desk.settings.get()
    window.change_settings()
    dialog = seen(window, SettingsDialog)
    assert isinstance(dialog, SettingsDialog)
    first, second = list(desk.settings.pages.values())[:2]
    asked = {name for name, box in dialog.form.boxes.items() if box.asked}
    assert asked == set(first)
    dialog.reject()
    assert not dialog.isVisible(), "nothing was typed, nothing is asked"
    window.change_settings()
    dialog = seen(window, SettingsDialog)
    assert isinstance(dialog, SettingsDialog)
    dialog.pages.setFocus()
    Hands().press("Down")
    assert all(dialog.form.boxes[name].isVisible() for name in second)
    dialog.form.editor("phone").put_raw("021-59610000")
    dialog.save()
    QCoreApplication.processEvents()
    assert desk.settings.get() == before | {"phone": "021-59610000"}
