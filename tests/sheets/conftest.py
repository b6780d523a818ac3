"""Sheets for tests: two open desks whose writes are taken back, and files of other offices."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from hazard_desk.desk import Desk
from hazard_desk.sheets.reading import office
from tests.conftest import TODAY

Write = Callable[..., Path]
PLAIN = ["单位名称", "类别", "行业领域"]
ROW = ["示例一厂", "企业", "工贸"]


@pytest.fixture(autouse=True)
def no_office(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether LibreOffice is installed on this machine changes nothing."""
    monkeypatch.setattr(office, "_CALLED", ())


class Back(Exception):
    """Ends an example so that nothing of it is kept."""


@contextmanager
def taken_back(*desks: Desk) -> Iterator[None]:
    """What is written to the desks within the block is gone after it."""
    with suppress(Back):
        if not desks:
            yield
            raise Back
        with desks[0].cabinet.together():
            with taken_back(*desks[1:]):
                yield
            raise Back


@pytest.fixture(scope="module")
def pair(blank: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, Desk]]:
    """Two desks on the same plan; tests take back what they write."""
    folder = tmp_path_factory.mktemp("pair")
    for name in ("here", "elsewhere"):
        shutil.copytree(blank, folder / name)
    with Desk.open(folder / "here", TODAY) as here, Desk.open(folder / "elsewhere", TODAY) as elsewhere:
        yield here, elsewhere


@pytest.fixture
def sheet(tmp_path: Path) -> Write:
    """Write rows to an .xlsx as another office would."""

    def write(rows: Sequence[Sequence[Any]], name: str = "来表.xlsx", merges: Sequence[str] = ()) -> Path:
        book = Workbook()
        page: Any = book.active
        for row in rows:
            page.append(row)
        for block in merges:
            page.merge_cells(block)
        book.save(tmp_path / name)
        return tmp_path / name

    return write
