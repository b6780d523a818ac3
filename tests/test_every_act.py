"""One act is one audit row and one undo, and its change names what it wrote: every act of every book."""

from __future__ import annotations

import re
from contextlib import suppress

import pytest

from hazard_desk.desk import Desk
from hazard_desk.errors import Refused
from hazard_desk.store.acts import Undo
from hazard_desk.store.tables import Audit
from tests.conftest import ROOT, Back
from tests.every_act import ACTS

BESIDE = ("audit", "audited", "hazard_past", "search_", "sqlite_", "schema_")
"""Tables that keep what acts did, and what is found by it."""
NOT_KEPT = ("a tip entered",)
"""Acts whose undo takes out an informant, whom the trail does not keep."""
Tables = dict[str, dict[int, tuple[object, ...]]]


def tables(desk: Desk) -> Tables:
    """Return every row of every book."""
    run = desk.cabinet.db.execute_sql
    names = [row[0] for row in run("SELECT name FROM sqlite_master WHERE type = 'table'")]
    books = [name for name in names if not name.startswith(BESIDE)]
    return {name: {row[0]: row for row in run(f"SELECT * FROM {name}")} for name in books}


def written(before: Tables, now: Tables) -> dict[str, set[int]]:
    """Return the ids of the rows that differ, by table."""
    found = {name: {number for number, _ in before[name].items() ^ now[name].items()} for name in now}
    return {name: ids for name, ids in found.items() if ids}


def audits(desk: Desk) -> list[dict]:
    return desk.cabinet.rows(Audit.select().order_by(Audit.id))


@pytest.mark.parametrize("name", ACTS)
def test_one_act(kept: Desk, name: str) -> None:
    before, acts = tables(kept), len(audits(kept))
    change = ACTS[name](kept)
    assert len(audits(kept)) == acts + 1, "one audit row"
    audit = audits(kept)[-1]
    assert (audit["act"], audit["title"], audit["ledger"]) == (change.act, change.title, change.ledger)
    now = tables(kept)
    touched = {table: set(ids) for table, ids in change.touched.items() if not table.startswith(BESIDE)}
    assert touched == written(before, now), "the change names every row that differs, and no other"
    assert kept.check() == []

    if not touched or audit["undo"] == Undo.FINAL:
        assert kept.undoable() != change.title
        return
    assert kept.undoable() == change.title
    undo = kept.undo()
    assert undo.title == f"撤销：{change.title}"
    assert len(audits(kept)) == acts + 2, "one undo"
    again = {table: set(ids) for table, ids in undo.touched.items() if not table.startswith(BESIDE)}
    assert again == written(now, tables(kept))
    if audit["undo"] == Undo.ROWS:
        assert tables(kept) == before, "all of it is taken back"
    assert kept.undoable() not in (change.title, undo.title)
    assert kept.check() == []
    _done_again(kept, name, change.title, before, now)


def _done_again(desk: Desk, name: str, title: str, before: Tables, done: Tables) -> None:
    """What was taken back is done again by one act, and can be taken back once more."""
    acts, rows_only = len(audits(desk)), audits(desk)[-2]["undo"] == Undo.ROWS
    assert desk.redoable() == title
    if name in NOT_KEPT:
        with pytest.raises(Refused, match="受保护的举报人信息"):
            desk.redo()
        return
    redo = desk.redo()
    assert redo.title == f"恢复：{title}"
    assert len(audits(desk)) == acts + 1, "one act does it again"
    if rows_only:
        assert tables(desk) == done
    assert desk.check() == []
    assert (desk.redoable(), desk.undoable()) == ("", title)
    desk.undo()
    if rows_only:
        assert tables(desk) == before
    assert desk.check() == []
    assert desk.redoable() == title


def test_every_act_is_among_them(furnished: Desk) -> None:
    """Each name that an act is made with, in whatever room, was seen."""
    made = re.compile(r"""\b(?:act|whole)\(\s*f?"([^"]+)",""")
    names = {
        name
        for file in sorted((ROOT / "hazard_desk").rglob("*.py"))
        for name in made.findall(file.read_text(encoding="utf-8"))
    }
    assert len(names) > 30
    seen = {row["act"] for row in audits(furnished)}
    for act in ACTS.values():
        with suppress(Back), furnished.cabinet.together():
            seen.add(act(furnished).act)
            raise Back
    elsewhere = {"desk.sample", "desk.accept", "undo", "sheets.remember", "seal.renew"}
    # The last but one only in an import, the last only where the code is lost.
    elsewhere |= {"{ledger}.try"}  # nothing of it is kept
    elsewhere |= {"desk.salvage", "hazards.mend"}  # only of a desk that is damaged
    elsewhere |= {"plans.renew"}  # only of a desk of an earlier version
    patterns = {name: re.sub(r"\\{.*?\\}", ".+", re.escape(name)) for name in names - elsewhere}
    unseen = [name for name, said in patterns.items() if not any(re.fullmatch(said, act) for act in seen)]
    assert unseen == []
