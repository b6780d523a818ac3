"""The sample desk, and its records read from the file with plain SQL, to count once more."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from hazard_desk.demo import SAMPLE_DAY
from hazard_desk.desk import Desk

Rows = list[dict[str, Any]]
BEGIN, DAY = "2023-05-18", "2023-10-20"
STANDING = "state NOT IN ('已作废', '已并案')"


@pytest.fixture
def sample(year: Path, tmp_path: Path) -> Iterator[Desk]:
    """A sample desk of the test's own, on its own day."""
    folder = tmp_path / "示例 desk"
    shutil.copytree(year, folder)
    with Desk.open(folder, SAMPLE_DAY) as desk:
        yield desk


@pytest.fixture
def rows(year: Path) -> Callable[..., Rows]:
    """Return what a statement finds in the file."""

    def read(statement: str, *values: str) -> Rows:
        with closing(sqlite3.connect(year / "desk.db")) as link:
            link.row_factory = sqlite3.Row
            return [dict(row) for row in link.execute(statement, values)]

    return read


@pytest.fixture
def count(rows: Callable[..., Rows]) -> Callable[..., Any]:
    """Count hazards of the campaign with plain SQL."""

    def hazards(*conditions: str, what: str = "COUNT(*)") -> Any:
        where = " AND ".join([STANDING, f"found_on >= '{BEGIN}'", *conditions])
        return rows(f"SELECT {what} AS n FROM hazard WHERE {where}")[0]["n"]

    return hazards
