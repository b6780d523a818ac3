"""Any acts of any books, undone, done again, taken back out of turn: nothing is lost, the desk is sound."""

from __future__ import annotations

from contextlib import suppress

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hazard_desk.desk import Desk
from hazard_desk.errors import Refused
from hazard_desk.store.acts import Undo
from hazard_desk.store.undo import deeds, take_back_deed
from tests.conftest import TODAY, Back
from tests.every_act import ACTS
from tests.test_every_act import audits, tables

BESIDE_THE_DESK = ("recovery code", "PIN", "form", "imported", "plan switched", "year turned")
"""Acts that write files or keys beside the database, or take long."""
NAMES = [name for name in ACTS if not any(word in name for word in BESIDE_THE_DESK)]
DOES = st.one_of(
    st.tuples(st.just("act"), st.integers(0, len(NAMES) - 1)),
    st.tuples(st.sampled_from(["undo", "undo", "redo", "deed"]), st.integers(0, 30)),
)


def do(desk: Desk, what: str, which: int) -> None:
    if what == "act":
        with suppress(ValueError, IndexError):  # what the act is about was taken back or out
            ACTS[NAMES[which]](desk)
    elif what == "undo":
        undo_and_back(desk)
    elif what == "redo":
        title = desk.redoable()
        assert desk.redo().title == f"恢复：{title}"
    else:
        found = deeds(desk.cabinet, TODAY)
        take_back_deed(desk.cabinet, found[which % len(found)].number)


def undo_and_back(desk: Desk) -> None:
    """Undo, do again, undo: of what is put back by its rows each state is the one before."""
    title, before = desk.undoable(), tables(desk)
    assert desk.undo().title == f"撤销：{title}"
    undone, undoing = tables(desk), audits(desk)[-1]
    by_rows = next(row for row in audits(desk) if row["id"] == undoing["undoes"])["undo"] == Undo.ROWS
    assert desk.redoable() == title
    try:
        desk.redo()
    except Refused:  # an informant is not kept
        assert tables(desk) == undone
        return
    if by_rows:
        assert tables(desk) == before
    desk.undo()
    if by_rows:
        assert tables(desk) == undone


@settings(max_examples=3, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(DOES, min_size=4, max_size=8))
def test_whatever_is_done_and_undone_the_desk_is_sound(furnished: Desk, tried: list[tuple[str, int]]) -> None:
    with suppress(Back), furnished.cabinet.together():
        for what, which in tried:
            before, acts = tables(furnished), len(audits(furnished))
            try:
                do(furnished, what, which)
            except Refused as wrong:
                assert wrong.message
                assert (tables(furnished), len(audits(furnished))) == (before, acts), "nothing is written"
        assert furnished.check() == []
        raise Back
