"""How long the ledger page takes with 100,000 hazards, against the same window on an empty desk.

pytest -n0 -s tests/bench/test_window_bench.py
"""

from __future__ import annotations

import resource
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QTableView
from pytestqt.qtbot import QtBot

from hazard_desk.books.kit.query import Query
from hazard_desk.desk import Desk
from hazard_desk.store.columns import Record
from tests.bench.many import TODAY
from ui.jobs import Jobs
from ui.office import Office
from ui.tables.ledger_model import LedgerModel
from ui.window import MainWindow


def _open_and_scroll(qtbot: QtBot, patch: pytest.MonkeyPatch, folder: Path) -> dict[str, float]:
    """Seconds to show the ledger, to jump to its end, to sort it; and how many rows were fetched."""
    took: dict[str, float] = {}
    with Desk.open(folder, TODAY) as desk:
        rows = desk.hazards.count(Query())
        fetched = 0
        read = LedgerModel.read_rows

        def counted(model: LedgerModel, ids: Sequence[int]) -> Sequence[Record]:
            nonlocal fetched
            fetched += len(ids)
            return read(model, ids)

        patch.setattr(LedgerModel, "read_rows", counted)
        began = perf_counter()
        window = MainWindow(Office(desk, Jobs(synchronous=True)))
        window.resize(1366, 768)
        window.show()
        qtbot.waitExposed(window)
        window.open_ledger("hazards", {})
        QCoreApplication.processEvents()
        took["open"] = perf_counter() - began
        table = window.page.findChild(QTableView)
        assert table is not None
        assert table.model().rowCount() == rows
        began = perf_counter()
        table.scrollToBottom()
        table.viewport().grab()
        took["jump to the end"] = perf_counter() - began
        began = perf_counter()
        table.sortByColumn(1, table.horizontalHeader().sortIndicatorOrder())
        QCoreApplication.processEvents()
        table.viewport().grab()
        took["sort"] = perf_counter() - began
        took["rows fetched"] = fetched
        window.close()
    return took


def test_a_hundred_thousand_hazards_against_an_empty_window(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, many: Path, tmp_path: Path
) -> None:
    Desk.create(tmp_path / "empty", "sanxiang-2023", TODAY).close()
    _open_and_scroll(qtbot, monkeypatch, tmp_path / "empty")  # warm: fonts, icons, imports
    empty = _open_and_scroll(qtbot, monkeypatch, tmp_path / "empty")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    full = _open_and_scroll(qtbot, monkeypatch, many)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print()
    for step in ("open", "jump to the end", "sort"):
        ratio = full[step] / empty[step]
        print(f"{step:16} empty {empty[step]:.3f} s   100,000 {full[step]:.3f} s   ratio {ratio:.1f}")
    print(f"rows fetched {full['rows fetched']:.0f} of 100,000; memory grew by {grown:.0f} MB")
    assert full["rows fetched"] < 5_000
