"""What is made in many small events: a record's pane, a form; nothing is lost to a clerk who is quicker."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from hazard_desk.desk import Desk
from hazard_desk.errors import RefusedFields
from hazard_desk.rules.fields import Field, Kind, Row, Value
from hazard_desk.store.acts import Change
from tests.conftest import TODAY
from tests.ui.hands import Hands
from ui.forms.field_box import FieldBox
from ui.forms.form_dialog import FormDialog
from ui.jobs import Jobs
from ui.pages.hazard_page import HazardPage
from ui.pages.ledger_page import LedgerPage
from ui.panes.detail_pane import DetailPane
from ui.window import MainWindow


@pytest.fixture
def quick(window: MainWindow) -> Iterator[MainWindow]:
    """The window as the clerk has it: what is much is done in turn."""
    window.office.jobs.wait()
    window.office.jobs.synchronous = False
    yield window
    window.office.jobs.wait()


def pieces_of(done: list[int], pieces: int) -> Callable[[], bool]:
    def step() -> bool:
        if len(done) < pieces:
            done.append(len(done))
        return len(done) < pieces

    return step


def words(part: QWidget) -> list[str]:
    return [one.text() for one in part.findChildren(QWidget) if isinstance(one, QLabel | QPushButton)]


def hazards(window: MainWindow) -> HazardPage:
    window.open_ledger("hazards", {})
    window.office.jobs.wait()
    assert isinstance(window.page, HazardPage)
    window.page.show_all()
    window.office.jobs.wait()
    return window.page


def test_each_piece_has_an_event_of_its_own(qapp: QApplication) -> None:
    jobs, owner, done = Jobs(), QObject(), list[int]()
    job = jobs.in_turn(pieces_of(done, 4), owner)
    assert done == []
    seen = []
    while not job.finished:
        QCoreApplication.processEvents()
        seen.append(len(done))
    assert seen == [1, 2, 3, 4]


@pytest.mark.parametrize("way", ["cancelled", "owner gone"])
def test_what_nobody_wants_any_more_is_left_off(qapp: QApplication, way: str) -> None:
    jobs, owner, done = Jobs(), QObject(), list[int]()
    job = jobs.in_turn(pieces_of(done, 4), owner)
    while len(done) < 2:
        QCoreApplication.processEvents()
    job.cancel() if way == "cancelled" else delete(owner)
    jobs.wait()
    assert done == [0, 1]
    assert job.finished


def test_a_piece_that_fails_ends_it_and_is_told(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[object] = []
    monkeypatch.setattr("sys.excepthook", lambda kind, error, where: told.append(error))
    jobs, owner, slip = Jobs(), QObject(), ValueError("slip")

    def step() -> bool:
        raise slip

    jobs.in_turn(step, owner)
    jobs.wait()
    assert told == [slip]


def test_a_pane_filled_in_turn_says_the_same(window: MainWindow, desk: Desk, found: Row) -> None:
    for place in ("东车间", "西车间"):
        desk.hazards.add(found | {"place": place})
    page = hazards(window)
    page.table.selectRow(0)
    at_once = words(page.pane)
    page.table.selectRow(1)
    window.office.jobs.synchronous = False
    page.table.selectRow(0)
    first = words(page.pane)
    assert any(button.isEnabled() for button in page.pane.findChildren(QPushButton)), (
        "its acts are there first"
    )
    assert len(first) < len(at_once)
    window.office.jobs.wait()
    assert words(page.pane) == at_once


def test_a_record_chosen_meanwhile_has_the_pane_alone(quick: MainWindow, desk: Desk, found: Row) -> None:
    for place in ("东车间", "西车间"):
        desk.hazards.add(found | {"place": place})
    page = hazards(quick)
    for row in (0, 1, 0, 1):
        page.table.selectRow(row)
        QCoreApplication.processEvents()
    quick.office.jobs.wait()
    assert page.pane.record is not None
    place, other = str(page.pane.record.place), {"东车间": "西车间", "西车间": "东车间"}
    said = words(page.pane)
    assert place in said
    assert other[place] not in said
    assert said.count("办理过程") == 1


def test_a_form_saved_before_it_is_whole_keeps_all_it_was_given(
    quick: MainWindow, desk: Desk, hands: Hands
) -> None:
    firm = {
        "name": "甲厂",
        "category": "企业",
        "sector": "工贸",
        "phone": "13800000000",
        "address": "东村1号",
    }
    number = desk.enterprises.add(firm).ids[0]
    quick.open_record(f"enterprises/{number}")
    quick.office.jobs.wait()
    page = quick.page
    page.pane.edit()  # type: ignore[attr-defined]
    form = quick.findChild(FormDialog)
    assert form is not None
    assert not all(box.asked for box in form.form.boxes.values()), "else the test shows nothing"
    form.form.editor("name").put_raw("甲厂（东村）")
    form.save()
    kept = desk.enterprises.get(number)
    assert (kept.name, kept.phone, kept.address) == ("甲厂（东村）", "13800000000", "东村1号")


def test_tab_reaches_every_field_however_quick_she_is(quick: MainWindow, desk: Desk, hands: Hands) -> None:
    quick.open_ledger("enterprises", {})
    quick.office.jobs.wait()
    quick.page.start_new()  # type: ignore[attr-defined]
    form = quick.findChild(FormDialog)
    assert form is not None
    reached = []
    for _ in form.form.boxes:
        at = form.focusWidget()
        reached.append(at.accessibleName())
        tab = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier)
        QCoreApplication.sendEvent(at, tab)
    assert reached == [box.field.heading for box in form.form.boxes.values()]


def test_a_form_is_as_high_as_when_it_is_whole(quick: MainWindow, desk: Desk) -> None:
    """What is not made yet takes about the room it will need: the dialog is not too small for its form."""
    for ledger in ("enterprises", "hazards", "checks", "rewards-penalties", "tips", "activities"):
        quick.open_ledger(ledger, {})
        quick.office.jobs.wait()
        page = quick.page
        assert isinstance(page, LedgerPage) and page.ledger.id == ledger
        page.start_new()
        form = quick.findChild(FormDialog)
        assert form is not None
        before = form.form.height_at(form.area.viewport().width())
        form.form.ask_all()
        after = form.form.height_at(form.area.viewport().width())
        room = form.area.viewport().height()
        assert after <= max(before, room) + 24, (ledger, before, after, room)
        form.form.put({})
        form.done(0)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.mark.parametrize("kind", list(Kind))
def test_a_box_says_the_same_before_its_editor_is_there(qtbot: QtBot, kind: Kind) -> None:
    """Else a form that nobody touched would ask whether what was typed is to be given up."""
    values: dict[Kind, list[Value]] = {
        Kind.BOOL: [True],
        Kind.DATE: [TODAY],
        Kind.NAMES: [["甲", "乙"]],
        Kind.INTEGER: [12],
        Kind.NUMBER: [12.5],
    }
    texts: list[Value] = ["", "甲 乙\xa0丙\u3000丁", "第一行\n第二行\u2028第三行"]
    field = Field("asked", "所问", kind, choices=("甲", "乙"))
    for value in (field.empty, *values.get(kind, texts)):
        over = QWidget()
        qtbot.addWidget(over)
        box = FieldBox(field, TODAY, over)
        box.put(value)
        before = box.raw()
        box.ask()
        assert box.raw() == before


@pytest.mark.parametrize("asked", ["at", "wrong"])
def test_the_field_asked_for_stays_in_sight_when_the_rest_is_there(quick: MainWindow, asked: str) -> None:
    """What is made above it takes more room than was kept for it, and the complaint stands below it."""

    def save(values: Row) -> Change:
        raise RefusedFields({"remark": "这里写错了。"})

    book = quick.office.desk.enterprises
    dialog = FormDialog(quick.office, "试", book.entry_fields(), save, quick, ledger=book)
    dialog.open()
    dialog.begin_at("remark") if asked == "at" else dialog.save()
    quick.office.jobs.wait()
    QCoreApplication.processEvents()
    box, seen = dialog.form.boxes["remark"], dialog.area.viewport()
    assert dialog.area.verticalScrollBar().maximum(), "else the test shows nothing"
    assert seen.rect().contains(box.rect().translated(box.mapTo(seen, QPoint(0, 0))))
    dialog.form.put({})
    dialog.done(0)


def test_a_pane_stays_where_she_scrolled_it(quick: MainWindow) -> None:
    """It became shorter than where it stood; when it is longer again it does not go back by itself."""
    lines = 60

    def fill(layout: QVBoxLayout, body: QWidget) -> Iterator[None]:
        for _ in range(lines):
            layout.addWidget(QLabel("行", body))
            yield

    pane = DetailPane(quick.office, "无", quick)
    pane.resize(320, 400)
    pane.show()
    bar = pane.findChildren(QScrollArea)[0].verticalScrollBar()
    pane.put("a", fill)
    quick.office.jobs.wait()
    QCoreApplication.processEvents()
    bar.setValue(bar.maximum())
    lines = 30
    pane.put("a", fill)
    quick.office.jobs.wait()
    QCoreApplication.processEvents()
    assert bar.value() == bar.maximum() > 0
    bar.triggerAction(bar.SliderAction.SliderToMinimum)
    pane.resize(320, 300)
    QCoreApplication.processEvents()
    assert bar.value() == 0
