"""An act of the list is taken back when later acts, of other rows, stand in its way: refused in her words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hazard_desk.books.kit.query import Query
from hazard_desk.desk import Desk
from hazard_desk.errors import Refused
from hazard_desk.store.acts import Change
from hazard_desk.store.undo import deeds, take_back_deed
from tests.conftest import TODAY
from tests.every_act import FIVE, FORM, SHOP, duty
from tests.test_every_act import tables

SHOP_NAMED = SHOP | {"name": "新开的厂"}
MINOR = Query(where={"level": "一般"})


def a_firm_entered_again(desk: Desk) -> Change:
    gone = desk.enterprises.remove(desk.enterprises.add(SHOP_NAMED).ids[0])
    desk.enterprises.add(SHOP_NAMED)
    return gone


def a_duty_whose_firm_is_gone(desk: Desk) -> Change:
    firm = desk.enterprises.add(SHOP_NAMED).ids[0]
    told = {"unit_name": SHOP_NAMED["name"], "duty": "应急演练", "state": "已落实"}
    gone = desk.enterprise_duties.remove(desk.enterprise_duties.add(told).ids[0])
    desk.enterprises.remove(firm)
    return gone


def a_firm_that_others_name(desk: Desk) -> Change:
    entered = desk.enterprises.add(SHOP_NAMED)
    told = {"unit_name": SHOP_NAMED["name"], "duty": "应急演练", "state": "已落实"}
    desk.enterprise_duties.add(told)
    return entered


def a_holiday_whose_day_is_taken(desk: Desk) -> Change:
    moved = desk.holidays.change(
        desk.holidays.add({"day": "2030-06-05", "rest": "放假"}).ids[0], {"day": "2030-06-06"}
    )
    desk.holidays.add({"day": "2030-06-05", "rest": "放假"})
    return moved


def a_view_of_the_same_name(desk: Desk) -> Change:
    gone = desk.views.remove("hazards", "逾期")
    desk.views.save("hazards", "逾期", MINOR)
    return gone


def a_duty_marked_anew(desk: Desk) -> Change:
    gone = desk.duties.unmark(duty(desk, FIVE[0]), "2023-06-30")
    desk.duties.waive(duty(desk, FIVE[0]), "2023-06-30", {"note": "并入"})
    return gone


def a_value_set_anew(desk: Desk) -> Change:
    gone = desk.submissions.restore(FORM | {"item": "1.2"})
    desk.submissions.override(FORM | {"item": "1.2", "value": 7, "reason": "补报"})
    return gone


@pytest.mark.parametrize(
    ("act", "why"),
    [
        (a_firm_entered_again, "现在已有同样的记录，不能撤销"),
        (a_duty_whose_firm_is_gone, "它用到的记录已经删除，不能撤销"),
        (a_firm_that_others_name, "后来登记的记录还用到它，不能撤销"),
        (a_holiday_whose_day_is_taken, "现在已有同样的记录，不能撤销"),
        (a_view_of_the_same_name, "现在已有同样的记录，不能撤销"),
        (a_duty_marked_anew, "现在已有同样的记录，不能撤销"),
        (a_value_set_anew, "现在已有同样的记录，不能撤销"),
    ],
)
def test_it_is_refused_and_nothing_is_written(kept: Desk, act: Callable[[Desk], Change], why: str) -> None:
    title = act(kept).title
    deed = next(one for one in deeds(kept.cabinet, TODAY) if one.title == title)
    before = tables(kept)
    with pytest.raises(Refused, match=why):
        take_back_deed(kept.cabinet, deed.number)
    assert tables(kept) == before
    assert kept.check() == []
