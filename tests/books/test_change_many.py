"""Many records changed, tried and removed in one act: the good ones are, each other is told, one undo."""

from __future__ import annotations

import pytest

from hazard_desk.books.kit.query import Query
from hazard_desk.errors import Refused, RefusedFields
from hazard_desk.rules.fields import Row
from hazard_desk.stopping import Stopped, while_wanted
from tests.books.hazards.kept import everything

FIRM = {"category": "企业", "sector": "工贸"}


@pytest.fixture
def firms(desk) -> list[int]:
    return [desk.enterprises.add(FIRM | {"name": f"{one}厂"}).ids[0] for one in "甲乙丙"]


def test_the_good_ones_are_changed_and_each_refusal_is_told(desk, firms):
    acts = len(everything(desk)[2])
    changes: dict[int, Row] = {
        firms[0]: {"phone": "13800001111"},
        firms[1]: {"phone": "12"},
        firms[2]: {"category": "企业"},
        99: {"phone": "13800001111"},
    }
    tried = desk.enterprises.try_many(changes)
    assert len(everything(desk)[2]) == acts
    assert desk.enterprises.get(firms[0]).phone == ""
    done = desk.enterprises.change_many(changes)
    assert (done.done, done.refused) == (tried.done, tried.refused) == ((firms[0],), done.refused)
    assert [(one.id, one.name, one.field) for one in done.refused] == [
        (firms[1], "乙厂", "phone"),
        (99, "第99号记录", ""),
    ]
    assert "“联系电话”" in done.refused[0].reason
    assert done.change.title == "修改监管对象1条"
    assert len(everything(desk)[2]) == acts + 1
    desk.undo()
    assert desk.enterprises.get(firms[0]).phone == ""
    assert desk.check() == []


def test_a_trial_tells_how_far_it_is_and_ends_when_nobody_wants_it(desk, firms):
    kept, told = everything(desk), []
    changes: dict[int, Row] = {one: {"phone": "13800001111"} for one in firms}
    desk.enterprises.try_many(changes, lambda done, of: told.append((done, of)))
    assert told == [(0, 3)]
    asked = []
    with pytest.raises(Stopped), while_wanted(lambda: len(asked) < 1):
        desk.enterprises.try_many(changes, lambda done, of: asked.append(done))
    assert asked == [0], "it ended after the first record"
    assert everything(desk) == kept
    assert not desk.cabinet.db.in_transaction()


def test_nothing_to_change_is_no_act(desk, firms):
    acts = len(everything(desk)[2])
    with pytest.raises(Refused, match="与原来一样"):
        desk.enterprises.change_many({firms[0]: {"sector": "工贸"}, firms[1]: {}})
    with pytest.raises(RefusedFields):
        desk.enterprises.change_many({one: {"name": ""} for one in firms})
    with pytest.raises(Refused, match="请先选择记录"):
        desk.enterprises.change_many({})
    assert len(everything(desk)[2]) == acts


def test_hazards_are_corrected_each_by_an_event_of_its_own(desk, found):
    ids = [desk.hazards.add(found).ids[0] for _ in range(3)]
    done = desk.hazards.change_many(
        {one: {"found_on": "2023-05-21"} for one in ids} | {ids[0]: {"level": ""}}
    )
    assert done.done == tuple(ids[1:])
    assert [one.field for one in done.refused] == ["level"]
    assert [len(desk.hazards.events(one)) for one in ids] == [1, 2, 2]
    assert desk.check() == []
    desk.undo()
    assert {str(desk.hazards.get(one).found_on) for one in ids} == {str(found["found_on"])}
    assert desk.check() == []


def test_those_that_others_name_stay_when_many_are_removed(desk, firms, found):
    desk.hazards.add(found | {"unit_name": "乙厂"})
    done = desk.enterprises.remove_many(firms)
    assert done.done == (firms[0], firms[2])
    assert [one.reason for one in done.refused] == ["还有其他记录与这条记录关联，不能删除"]
    desk.undo()
    assert desk.enterprises.count(Query()) == 3
    with pytest.raises(Refused, match="请办理“作废”"):
        desk.hazards.remove_many([1])


def test_numbers_are_voided_together(desk):
    paper = {"kind": "提醒函", "title": "示例", "issued_on": "2023-05-30"}
    ids = [desk.documents.add(paper).ids[0] for _ in range(3)]
    desk.documents.void(ids[1], "有误")
    done = desk.documents.void_many(ids, "重复印发")
    assert done.done == (ids[0], ids[2])
    assert len(done.refused) == 1
    desk.undo()
    assert [row.state for row in desk.documents.rows(ids)] == ["已印发", "已作废", "已印发"]
