"""What is read for a page concerns it, in whatever way it was read: it is read anew once that changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from hazard_desk.books.kit.query import Query
from tests.every_act import SHOP, TRUE, VISIT
from ui.office import Office
from ui.panes.detail_pane import DetailPane, Pieces
from ui.reader import Reader
from ui.tables.ledger_model import LedgerModel


class Counted(Reader):
    """Counts how often it was read anew."""

    def __init__(self, office: Office, over: QWidget) -> None:
        super().__init__(over)
        self.times = 0
        office.keep_true(self)

    def refresh(self) -> None:
        self.times += 1


@pytest.fixture
def reader(qtbot: QtBot, office: Office) -> Iterator[Counted]:
    over = QWidget()
    made = Counted(office, over)
    over.show()
    yield made
    over.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def in_the_background(office: Office, reader: Reader) -> None:
    office.read(partial(office.desk.checks.count, Query()), int, QWidget(reader))


def at_once(office: Office, reader: Reader) -> None:
    assert office.read_now(partial(office.desk.checks.count, Query()), QWidget(reader)) == 0


def into_a_pane(office: Office, reader: Reader) -> None:
    def fill(layout: QVBoxLayout, body: QWidget) -> Pieces:
        yield
        office.desk.checks.count(Query())

    DetailPane(office, "", reader).put("checks", fill)


@pytest.mark.parametrize("read", [in_the_background, at_once, into_a_pane])
def test_what_was_read_concerns_the_page(
    office: Office, reader: Counted, read: Callable[[Office, Reader], None]
) -> None:
    read(office, reader)
    before = reader.times
    office.perform(partial(office.desk.enterprises.add, SHOP))
    assert reader.times == before, "nothing of it is read for the page"
    office.perform(partial(office.desk.checks.add, VISIT))
    assert reader.times == before + 1


def test_what_only_the_rows_in_sight_tell_concerns_the_page(office: Office, reader: Counted) -> None:
    tips = office.desk.tips
    tip = tips.add(TRUE).ids[0]
    tips.make_reward(tip, tips.reward_values(tip) | {"amount": "500"})
    model = LedgerModel(office, tips, reader)
    model.ask(Query())
    record = model.record(0)
    assert record is not None and record["rewarded"]
    before = reader.times
    office.perform(partial(office.desk.rewards.remove, office.desk.rewards.ids(Query())[0]))
    assert reader.times == before + 1
