"""Leading groups: who served in which role on a day."""

from __future__ import annotations

from datetime import date

import pytest

from hazard_desk.books.groups import ROLES
from hazard_desk.books.kit.query import Query
from hazard_desk.desk import Desk
from hazard_desk.errors import Refused, RefusedFields

NEW = {"role": "副组长", "person": "新副组长", "post": "副乡长", "starts_on": "2023-06-01"}


@pytest.fixture
def top(desk):
    """Return the top group on a day."""

    def of(day: date | None = None):
        (group,) = desk.groups.tree(day)
        return group

    return of


def people(group) -> list[str]:
    return [row["person"] for row in group.members if row["person"]]


def test_the_group_of_the_plan(desk, top):
    group = top()
    leaders = [row["role"] for row in group.members]
    assert leaders == sorted(leaders, key=ROLES.index)
    assert leaders[0] == "组长"
    assert group.office_director
    assert len(group.members) == desk.groups.count(Query())
    assert {row["starts_on"] for row in group.members} == {date(2023, 5, 18)}


def test_nobody_serves_before_the_plan_was_issued(top):
    assert top(date(2023, 5, 17)).members == []
    assert top(date(2023, 5, 18)).members


def test_a_new_member_serves_from_the_first_day(desk, top):
    change = desk.groups.add(NEW)
    assert "新副组长" in change.title
    assert "新副组长" not in people(top(date(2023, 5, 31)))
    assert "新副组长" in people(top(date(2023, 6, 1)))
    assert desk.groups.get(change.ids[0])["group"] == top().name


def test_who_left_is_gone_from_that_day_and_was_there_before(desk, top):
    number = desk.groups.add(NEW).ids[0]
    desk.groups.end(number, date(2023, 9, 1))
    assert "新副组长" in people(top(date(2023, 8, 31)))
    assert "新副组长" not in people(top(date(2023, 9, 1)))
    assert desk.groups.get(number)["ends_on"] == date(2023, 9, 1)


def test_nobody_leaves_before_they_came(desk):
    number = desk.groups.add(NEW).ids[0]
    with pytest.raises(Refused, match="不能早于任职日期"):
        desk.groups.end(number, date(2023, 5, 31))
    with pytest.raises(RefusedFields) as caught:
        desk.groups.change(number, {"ends_on": "2023-05-31"})
    assert list(caught.value.problems) == ["ends_on"]


def test_a_name_or_a_post(desk):
    desk.groups.add(NEW | {"person": ""})
    with pytest.raises(RefusedFields, match="“姓名”或“单位及职务”"):
        desk.groups.add(NEW | {"person": "", "post": ""})


@pytest.mark.parametrize("group", ["99", "别的小组", "1.5"])
def test_a_group_that_is_not_there(desk, group):
    with pytest.raises(Refused, match="小组"):
        desk.groups.add(NEW | {"group_id": group})


def test_a_sub_group_hangs_under_its_parent(desk, top):
    parent = top().id
    desk.cabinet.db.execute_sql(
        "INSERT INTO leading_group (plan_id, parent_id, name, office, charge) "
        f"VALUES (1, {parent}, '消防专班', '', '')"
    )
    (child,) = top().children
    desk.groups.add(NEW | {"group_id": child.id})
    (child,) = top().children
    assert people(child) == ["新副组长"]
    assert "新副组长" not in people(top())


def test_sub_groups_nest_under_their_group(desk):
    top = desk.groups.tree()[0]
    made = desk.groups.add_group({"name": "消防安全专项小组", "office": "乡应急办"}, top.id).ids[0]
    desk.groups.add({"group_id": made, "role": "组长", "person": "示例", "starts_on": "2023-05-20"})
    desk.groups.change_group(made, {"charge": "负责消防安全"})
    (child,) = desk.groups.tree()[0].children
    assert (child.name, child.office, child.charge) == ("消防安全专项小组", "乡应急办", "负责消防安全")
    assert [member["person"] for member in child.members] == ["示例"]


def test_a_member_belongs_to_the_plan_of_its_group(desk: Desk) -> None:
    number = desk.groups.ids(Query())[0]
    assert desk.groups.plan_of(number) == desk.plans.current().id
    assert desk.groups.plan_of(0) is None
