"""The sample desk, and its records read from the file with plain SQL, to count once more."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from hazard_desk import demo
from hazard_desk.demo import SAMPLE_DAY, make_demo
from hazard_desk.desk import Desk

Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a sample desk; its papers are not printed."""
    folder = tmp_path_factory.mktemp("sample") / "desk"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(demo, "print_papers", lambda desk: [])
        make_demo(folder)
    return folder


@pytest.fixture
def sample(made: Path, tmp_path: Path) -> Iterator[Desk]:
    """A sample desk of the test's own, on its own day."""
    folder = tmp_path / "示例 desk"
    shutil.copytree(made, folder)
    with Desk.open(folder, SAMPLE_DAY) as desk:
        yield desk


@pytest.fixture
def rows(made: Path) -> Callable[..., Rows]:
    """Return what a statement finds in the file."""

    def read(statement: str, *values: str) -> Rows:
        with closing(sqlite3.connect(made / "desk.db")) as link:
            link.row_factory = sqlite3.Row
            return [dict(row) for row in link.execute(statement, values)]

    return read
