"""For every act of every book: every open page shows, by plain navigation, what a newly opened window shows.

One window stays open on a desk with records. An act is done, a window is newly opened, and page by page the
one is held against the other: first the page that was seen when the act was done, then all others as they are
turned to. Then the act is as if it had never been, and the next one follows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from hazard_desk.books.kit.query import Query
from hazard_desk.desk import Desk
from hazard_desk.library.plan_file import bundled_plans, load_plan
from hazard_desk.library.plans import Plan
from hazard_desk.store.acts import Change
from tests.conftest import TODAY
from tests.every_act import ACTS, FOUND, furnish
from tests.ui.truth import difference, follow, gone, opened, settle
from ui.imports.dialog import ImportDialog
from ui.pages.board_page import BoardPage
from ui.pages.desk_page import DeskPage
from ui.pages.hazard_page import HazardPage
from ui.pages.ledger_page import LedgerPage
from ui.window import MainWindow

UNDONE = (
    "an enterprise changed",
    "a step",
    "a tip's reward",
    "a notice issued",
    "files attached",
    "a register made",
    "a task withdrawn",
    "a plan switched",
    "rows pasted",
)
"""Acts that are taken back too: one of each way that an undo has."""


class Back(Exception):
    """Ends an example so that nothing of it is kept."""


def small_plan() -> Plan:
    """The 三星乡 plan cut down to its first actions, so that everything is quickly read."""
    plan = load_plan(bundled_plans()["sanxiang-2023"])
    actions = plan.actions[:2]
    numbers = {task.number for action in actions for key in action.key_tasks for task in key.tasks}
    duties = tuple(duty for duty in plan.duties if duty.tasks and numbers >= set(duty.tasks))
    return replace(plan, actions=actions, duties=duties[:3], registers=(), narrative=())


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk with everything in it."""
    with Desk.create(tmp_path_factory.mktemp("truth") / "desk", small_plan(), TODAY) as made:
        furnish(made)
        ladders = made.registers.ledgers()["own-1"]
        ladders.add({ladders.fields[0].name: "示例商店"})
        yield made


@pytest.fixture(scope="module")
def old(qapp: QApplication, desk: Desk) -> Iterator[MainWindow]:
    """The window that stays open; on every page a record is chosen.

    Without a style sheet, which takes a third of the time and changes no word.
    """
    sheet = qapp.styleSheet()
    qapp.setStyleSheet("")
    window = opened(desk)
    settle(window)
    yield window
    gone(window)
    qapp.setStyleSheet(sheet)


@contextmanager
def gone_after(window: MainWindow, place: int) -> Iterator[None]:
    """While one of the pages is seen something is done in the block; nothing of it is kept.

    What is not seen still shows the example before: it would be caught if it were never read anew.
    """
    window.go(place)
    window.page.refresh()
    window.bar.refresh()
    with suppress(Back), window.office.desk.cabinet.together():
        yield
        raise Back


def titled(window: MainWindow, title: str) -> int:
    return next(place for place, page in enumerate(window.pages) if page.title == title)


def hold(window: MainWindow, after: str) -> None:
    """Compare what the open window shows with a new one, beginning with the page that is seen."""
    new = opened(window.office.desk)
    try:
        assert window.windowTitle() == new.windowTitle()
        here = window.pages.index(window.page)
        for place in (here, *(at for at in range(len(window.pages)) if at != here)):
            if place != here:
                window.go(place)
            new.go(place)
            mine, theirs = window.pages[place], new.pages[place]
            follow(theirs, mine)
            QCoreApplication.sendPostedEvents()  # what was added to a page that is seen is shown by the loop
            assert difference(mine, theirs) == ([], []), f"{after}: {mine.title}"
        assert difference(window.bar, new.bar) == ([], []), f"{after}: the bar"
    finally:
        gone(new)


def about(window: MainWindow, act: Callable[[Desk], Change]) -> Change:
    """Return what an act will change; its record, where it is there already, is chosen on its page."""
    changes: list[Change] = []
    with suppress(Back), window.office.desk.cabinet.together():
        changes.append(act(window.office.desk))
        raise Back
    (change,) = changes
    for page in window.pages:
        if isinstance(page, BoardPage) and page.takes(change.ledger) and change.ids:
            page.listing.choose(change.ids[0])
    return change


@pytest.mark.parametrize("name", ACTS)
def test_every_act(old: MainWindow, name: str) -> None:
    """Mostly the page of the book is seen while the act is done, now and then another."""
    change = about(old, ACTS[name])
    turn = list(ACTS).index(name)
    own = [place for place, page in enumerate(old.pages) if page.takes(change.ledger)]
    with gone_after(old, own[0] if own and turn % 3 else turn % len(old.pages)):
        old.office.perform(partial(ACTS[name], old.office.desk))
        hold(old, name)
        if name in UNDONE:
            assert old.office.attempt(old.office.desk.undo, old) is not None
            hold(old, f"{name}, undone")


def _import(window: MainWindow) -> None:
    page = next(page for page in window.pages if isinstance(page, HazardPage))
    desk = window.office.desk
    file = desk.sheets.export(page.ledger.id, desk.out / "报来.xlsx", Query())
    desk.hazards.change(1, {"place": "别处"})
    page.import_sheet()
    _take_in(page, partial(_read_again, file))


def _read_again(file: Path, dialog: ImportDialog) -> None:
    dialog.open_file(file)
    dialog.existing.setCurrentText("按表格更新")
    dialog.existing.activated.emit(dialog.existing.currentIndex())


def _paste(window: MainWindow) -> None:
    page = next(page for page in window.pages if isinstance(page, HazardPage))
    heads = {field.label: field.name for field in page.ledger.entry_fields() if field.name in FOUND}
    rows = ("\t".join(heads), "\t".join(str(FOUND[name]) for name in heads.values()))
    QGuiApplication.clipboard().setText("\n".join(rows).replace("电线私拉乱接", "灭火器过期"))
    page.paste()
    _take_in(page, str)


def _take_in(page: HazardPage, read: Callable[[ImportDialog], object]) -> None:
    (dialog,) = (one for one in page.findChildren(ImportDialog) if one.isVisible())
    read(dialog)
    dialog.take_in()
    page.office.jobs.wait()
    assert dialog.taken is not None and dialog.taken.result.change is not None
    dialog.reject()


def _midnight(window: MainWindow) -> None:
    clock = window.office.desk.cabinet.clock
    clock.set(clock.today + timedelta(days=1))
    window.watch_day()


@pytest.mark.parametrize(
    ("seen", "event"), [("隐患台账", _import), ("工作台", _paste), ("方案任务", _midnight)]
)
def test_every_other_event(old: MainWindow, seen: str, event: Callable[[MainWindow], None]) -> None:
    with gone_after(old, titled(old, seen)):
        event(old)
        hold(old, event.__name__)
    old.office.desk.cabinet.clock.set(TODAY)
    old.watch_day()


def test_a_backup(old: MainWindow) -> None:
    old.office.renew()
    old.go(titled(old, "调度表"))
    next(page for page in old.pages if isinstance(page, DeskPage)).backup()
    hold(old, "a backup")


def test_a_page_that_does_not_age_is_caught(old: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    with gone_after(old, titled(old, "工作台")):
        monkeypatch.setattr(LedgerPage, "age", lambda page, touched: None)
        old.office.perform(partial(ACTS["an enterprise changed"], old.office.desk))
        with pytest.raises(AssertionError, match="隐患台账"):  # its pane names the firm
            hold(old, "an enterprise changed")
        monkeypatch.undo()
