"""The trail takes little room, holds what it held, and one act is the same act packed and plain."""

from __future__ import annotations

import json
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazard_desk.desk import Desk
from hazard_desk.store.tables import Audit, NotedField
from hazard_desk.store.trail.chain import broken, links
from hazard_desk.store.trail.packed import _BEGIN, packed_act, unpacked_act

_FOREVER = "0e098bbcbcff2ee1d276c77fb45f20c880eafc35f228c37fb6acdab4da90f7e4"


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=300))
def test_what_is_packed_is_had_back(text: str) -> None:
    told = json.dumps([["hazard", 1, None, {"place": text}]], ensure_ascii=False)
    assert unpacked_act(packed_act(told)) == told
    assert len(packed_act(told)) <= len(told.encode())


def test_what_acts_are_packed_by_is_for_ever_the_same() -> None:
    assert sha256(_BEGIN).hexdigest() == _FOREVER


@pytest.mark.parametrize("harm", [lambda kept: kept[:-8], lambda kept: kept + "AAAA", lambda kept: "1?"])
def test_a_packed_act_that_is_no_whole_one_is_refused(harm) -> None:
    kept = packed_act(json.dumps([["hazard", 1, None, {"place": "配电室" * 30}]]))
    with pytest.raises(ValueError):
        unpacked_act(harm(kept))


def test_the_acts_of_a_desk_take_less_than_half(furnished: Desk) -> None:
    kept = furnished.cabinet.db.execute_sql("SELECT rows FROM audit WHERE act LIKE 'hazards.%'").fetchall()
    plain = [unpacked_act(rows) for (rows,) in kept]
    assert sum(len(rows) for (rows,) in kept) < 0.5 * sum(len(rows.encode()) for rows in plain)


def test_an_act_kept_plain_is_the_same_in_the_chain_and_in_the_undo(desk: Desk, found) -> None:
    """As in a desk from before acts were packed."""
    number = desk.hazards.add(found).ids[0]
    link = desk.cabinet.db.link()
    link.execute("UPDATE audit SET rows = unpacked_act(rows)")
    link.commit()
    assert list(broken(link, links(link))) == []
    assert desk.check() == []
    assert [one.title for one in desk.hazards.history(number)] == ["登记隐患 三星隐患〔2023〕001号"]
    desk.undo()
    assert desk.hazards.get(number).state == "已作废"
    (last,) = desk.cabinet.records(Audit, Audit.select().order_by(Audit.id.desc()).limit(1))
    assert NotedField().python_value(NotedField().db_value(last.rows)) == last.rows
