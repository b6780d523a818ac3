"""Desks after five acts: one that was killed, one that was closed."""

from __future__ import annotations

from pathlib import Path

import pytest

from hazard_desk.desk import Desk
from tests.store.trail.harming import enter, killed


@pytest.fixture
def busy(desk: Desk, tmp_path: Path) -> Path:
    """The folder of a desk that was killed after five acts; the log holds all five."""
    desk.cabinet.checkpoint()
    enter(desk, 5)
    return killed(desk, tmp_path / "killed")


@pytest.fixture
def shut(desk: Desk) -> Path:
    """The folder of a desk that was closed after five acts."""
    enter(desk, 5)
    desk.close()
    return desk.folder
