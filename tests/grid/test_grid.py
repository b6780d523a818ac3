"""Tables as they lie: merged blocks, what is said in each row, and a block that lies about its reach."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazard_desk.grid.cells import Broken, CellContent, cell_text
from hazard_desk.grid.grid import Grid

ROWS = [["题", "", ""], ["甲", "乙", ""], ["丙", "", "丁"], ["", "", "戊"]]


def test_a_block_is_one_text_wherever_it_is_asked() -> None:
    grid = Grid("a", ROWS, [(0, 0, 0, 2), (2, 0, 3, 1)])
    assert [grid.text(0, column) for column in range(3)] == ["题", "题", "题"]
    assert [grid.line(row) for row in range(4)] == [["题"], ["甲", "乙"], ["丙", "丁"], ["丙", "戊"]]
    assert (grid.origin(3, 1), grid.cell(3, 1), grid.text(9, 9)) == ((2, 0), "", "")


def test_blocks_end_with_the_rows_and_columns_that_there_are() -> None:
    far = [(1, 1, 1_048_575, 1), (0, 0, 0, 16_383), (3, 2, 1_048_575, 16_383), (7, 0, 9, 0), (2, 1, 1, 1)]
    assert Grid("a", ROWS, far).merges == [(1, 1, 3, 1), (0, 0, 0, 2)]


def test_what_a_block_says_it_says_in_each_of_its_rows() -> None:
    grid = Grid("a", ROWS, [(0, 2, 3, 2), (1, 1, 3, 1), (2, 0, 3, 0)])
    told = list(grid.rows_from(1))
    assert told == [(1, ["甲", "乙", ""]), (2, ["丙", "乙", "丁"]), (3, ["丙", "乙", "戊"])]


def test_a_part_is_a_table_of_its_own() -> None:
    part = Grid("a", ROWS, [(1, 0, 3, 0), (0, 1, 0, 2)]).part(2, 2)
    assert (part.rows, part.merges, part.width) == ([["题", ""], ["甲", "乙"]], [], 2)


@given(blocks=st.lists(st.tuples(*[st.integers(0, 6)] * 4)))
def test_blocks_that_overlap_end_no_program(blocks: list[tuple[int, int, int, int]]) -> None:
    grid = Grid("a", ROWS, blocks)
    for row in range(4):
        assert all(place[0] <= row for place in grid.places(row))
    assert len(list(grid.rows_from(0))) == 4


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        (Broken("错误值"), ""),
        (True, "是"),
        (13800000001.0, "13800000001"),
        (0.25, "0.25"),
        (date(2023, 5, 18), "2023-05-18"),
        (datetime(2023, 5, 18, 9, 5), "2023-05-18 09:05"),
    ],
)
def test_a_cell_as_a_person_reads_it(cell: CellContent, text: str) -> None:
    assert cell_text(cell) == text
