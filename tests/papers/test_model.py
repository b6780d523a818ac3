"""The paper model refuses a table whose cells and spans do not fit: a mistake in a report."""

from __future__ import annotations

import pytest

from hazard_desk.papers.model import Cell, Column, Table, TableRow

COLUMNS = (Column("甲"), Column("乙"))
ONE = Cell("一")


def test_labels_are_the_head_unless_another_is_given() -> None:
    assert Table(COLUMNS, ()).header_rows == ((Cell("甲"), Cell("乙")),)
    head: tuple[TableRow, ...] = ((Cell("合计", colspan=2), None),)
    assert Table(COLUMNS, (), head).header_rows == head


def test_merged_cells_that_fit_are_taken() -> None:
    rows = ((Cell("合", rowspan=2), ONE), (None, ONE), (Cell("并", colspan=2), None))
    assert Table(COLUMNS, rows).rows == rows


@pytest.mark.parametrize(
    "rows",
    [
        ((ONE,),),
        ((ONE, None),),
        ((Cell("合", colspan=2), ONE),),
        ((Cell("合", rowspan=2), ONE),),
        ((ONE, Cell("合", colspan=2)),),
        ((Cell("合", rowspan=2), ONE), (ONE, ONE)),
        ((ONE, Cell("合", rowspan=2)), (Cell("并", colspan=2), None)),
    ],
    ids=["too few", "a hole", "covered twice", "too tall", "too wide", "in the way", "overlapping"],
)
def test_cells_that_do_not_fit_are_a_mistake(rows: tuple[TableRow, ...]) -> None:
    with pytest.raises(ValueError, match="row"):
        Table(COLUMNS, rows)
