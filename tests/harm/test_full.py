"""A full disk at every stage, once each; ``dev.py harm full`` fills it at every file event."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from hazard_desk.desk import Desk
from hazard_desk.errors import Trouble
from tests.every_act import FOUND
from tests.harm.full import STAGES, Floor

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="a process that can be copied is needed"),
    pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning"),
]


@pytest.fixture(scope="module")
def floor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Floor]:
    yield Floor(tmp_path_factory.mktemp("full"))


@pytest.mark.parametrize("stage", STAGES)
def test_it_is_told_and_nothing_is_half_written(floor: Floor, stage: str) -> None:
    assert floor.fault(stage, 1) == ""


def test_a_database_that_cannot_grow(desk: Desk, tmp_path: Path) -> None:
    """SQLite takes its statements back by itself; the rollback that fails after it is not what is told."""
    desk.hazards.add(FOUND)
    run = desk.cabinet.db.execute_sql
    (pages,) = run("PRAGMA page_count").fetchone()
    before = run("SELECT COUNT(*) FROM audit").fetchone()
    run(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(Trouble, match="所在磁盘已满，请清理后再试") as caught:
        for _ in range(100):
            desk.hazards.add(FOUND | {"description": "隐患描述" * 400})
    assert "rollback" not in caught.value.message
    run("PRAGMA max_page_count = 1000000")
    desk.hazards.add(FOUND)
    assert run("SELECT COUNT(*) FROM audit").fetchone() > before
    assert desk.check() == []
