"""Whatever mix of facts the records of the sample desk lack: every paper, form, figure and page is made."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from random import Random

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from hazard_desk.books.kit.query import Query
from hazard_desk.desk import Desk
from hazard_desk.errors import Refused
from hazard_desk.figures.board import board
from hazard_desk.figures.due import due_items, overdue_items
from hazard_desk.figures.gaps import WITH_GAPS, gap_counts
from hazard_desk.figures.progress.filling import fill
from hazard_desk.library.progress_forms import bundled_progress_forms
from hazard_desk.papers.catalogue import order_of, reports_about, reports_of
from hazard_desk.papers.model import Block, Cell, Paper, Table
from hazard_desk.papers.pdf.writer import write_pdf
from tests.conftest import Back
from tests.figures.test_left_out import FORM
from tests.gaps import lose

DAY = date(2023, 10, 20)


@pytest.fixture(scope="module")
def sample(year: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("gaps") / "desk"
    shutil.copytree(year, folder)
    with Desk.open(folder, DAY, lock=False) as desk:
        yield desk


def papers(desk: Desk, lacking: dict[str, list[int]]) -> Iterator[Paper]:
    """Every paper about all, and every one about a record that lacks something."""
    for report in reports_of(desk.books).values():
        if not report.about and report.id not in ("manual", "recovery-code"):
            yield report.make(desk.books, order_of(desk.books, report, "", Query()))
    for ledger, numbers in lacking.items():
        for number in numbers[:5]:
            for report in reports_about(desk.books, ledger, number):
                yield report.make(desk.books, order_of(desk.books, report, str(number), Query()))


def words(blocks: tuple[Block, ...]) -> str:
    found = []
    for block in blocks:
        if isinstance(block, Table):
            found += [cell.text for row in block.rows for cell in row if isinstance(cell, Cell)]
        else:
            found.append(str(getattr(block, "text", "")))
    return "\n".join(found)


@settings(max_examples=4, phases=(Phase.generate,))
@given(seed=st.integers(0, 10**6))
def test_all_figures_and_papers_are_made(sample: Desk, seed: int) -> None:
    books = sample.books
    with suppress(Back), sample.cabinet.together():
        lacking = lose(sample, Random(seed))
        assert board(books)
        assert sample.inbox().today
        counted = {one.ledger: one.count for one in gap_counts(books)}
        assert counted == {ledger: len(numbers) for ledger, numbers in lacking.items() if numbers}
        assert due_items(books, date(2023, 1, 1), date(2023, 12, 31))
        assert overdue_items(books) is not None
        for form in bundled_progress_forms().values():
            for group in ("", "工贸"):
                with suppress(Refused):
                    fill(books, form, DAY, group)
        for paper in papers(sample, lacking):
            told = paper.title + words(paper.blocks)
            assert "None" not in told, paper.title
        for ledger in lacking:
            book = books.ledger(ledger)
            for field in book.fields:
                with suppress(Refused):
                    book.ids(Query(where=WITH_GAPS, sort=field.name))
        assert fill(books, FORM, DAY).cells
        raise Back


def test_what_lacks_everything_prints(sample: Desk, tmp_path: Path) -> None:
    books = sample.books
    with suppress(Back), sample.cabinet.together():
        random = Random(7)
        random.randint = lambda low, high: high  # type: ignore[method-assign]
        lacking = lose(sample, random)
        for paper in papers(sample, {ledger: numbers[:1] for ledger, numbers in lacking.items()}):
            write_pdf(paper, io.BytesIO())
        for ledger in lacking:
            sample.sheets.export(ledger, tmp_path / f"{ledger}.xlsx", Query())
        assert books.hazards.select(Query(as_of=date(2023, 7, 1))) is not None
        raise Back
