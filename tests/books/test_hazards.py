"""The hazard ledger on a real desk: registering, the closed loop, corrections, days past."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hazard_desk.books.hazards.course import effective, fold
from hazard_desk.books.hazards.law import COMMITMENTS
from hazard_desk.books.hazards.step import CORRECTED, Event
from hazard_desk.books.hazards.steps import STEPS, Steps
from hazard_desk.books.hazards.tables import Hazard, HazardEvent
from hazard_desk.books.kit.query import Query
from hazard_desk.desk import Desk
from hazard_desk.errors import Refused, RefusedFields
from hazard_desk.rules.fields import Row, by_name
from hazard_desk.rules.states import State
from hazard_desk.store.tables import Audit

TODAY = date(2023, 6, 1)
FOUND_ON = date(2023, 5, 20)


def on(day: int, **values: Any) -> Row:
    """Return the entry of a step so many days after discovery, as the clerk types it."""
    return {"happened_on": (FOUND_ON + timedelta(day)).isoformat()} | values


RECTIFIED = {"rectified_by": "丁整改", "spent": "1.2"}
PASSED = {"rechecked_by": "戊复查", "recheck_finding": "已穿管，合格"}
SIGNED = {"signed_off_by": "己审批"}


@pytest.fixture
def number(desk: Desk, found: Row) -> int:
    """A registered hazard."""
    return desk.hazards.add(found).ids[0]


@pytest.fixture
def closed(desk: Desk, number: int, five: Row) -> int:
    """A hazard that went through the whole loop: found on day 0, closed on day 7."""
    desk.hazards.step(number, Steps.COMMITTED.kind, five)
    desk.hazards.step(number, Steps.RECTIFIED.kind, on(5, **RECTIFIED))
    desk.hazards.step(number, Steps.RECHECK_PASSED.kind, on(6, **PASSED))
    desk.hazards.step(number, Steps.SIGNED_OFF.kind, on(7, **SIGNED))
    return number


def everything(desk: Desk) -> list[list[Row]]:
    """Return all that acts on hazards write."""
    return [desk.cabinet.rows(table.select()) for table in (Hazard, HazardEvent, Audit)]


@pytest.fixture
def refused(desk: Desk) -> Callable[..., Refused]:
    """Do something that is refused, and see that nothing changed."""

    def check(act: Callable[..., Any], *words: Any, match: str | None = None) -> Refused:
        before = everything(desk)
        with pytest.raises(Refused, match=match) as caught:
            act(*words)
        assert everything(desk) == before
        return caught.value

    return check


class TestRegistering:
    def test_the_desk_gives_number_and_state(self, desk, number, found):
        row = desk.hazards.get(number)
        assert row["number"] == "三星隐患〔2023〕001号"
        assert row["state"] == "待整改"
        assert row["found_on"] == FOUND_ON
        assert row["inspectors"] == ["甲检查", "乙检查"]
        assert row["description"] == found["description"]

    def test_numbers_go_on_by_the_year_of_discovery(self, desk, found):
        days = ("2023-05-01", "2022-12-31", "2023-01-01", "2022-11-30")
        ids = [desk.hazards.add(found | {"found_on": day}).ids[0] for day in days]
        numbers = [row["number"][4:] for row in desk.hazards.rows(ids)]
        assert numbers == ["〔2023〕001号", "〔2022〕001号", "〔2023〕002号", "〔2022〕002号"]

    def test_a_number_stays_though_the_year_is_corrected(self, desk, number):
        desk.hazards.change(number, {"found_on": "2022-12-30"})
        assert desk.hazards.get(number)["number"] == "三星隐患〔2023〕001号"
        assert desk.check() == []

    def test_every_wrong_field_is_told_at_once(self, desk, refused):
        wrong = refused(desk.hazards.add, {"level": "特大", "found_on": "昨天", "funds": "多", "place": " "})
        assert isinstance(wrong, RefusedFields)
        expected = {"level", "source", "sector", "place", "description", "found_on", "funds"}
        assert set(wrong.problems) == expected

    @pytest.mark.parametrize(
        ("other", "field"),
        [
            ({"level": "重大"}, "criterion"),
            ({"found_on": "2023-06-02"}, "found_on"),
            ({"deadline": "2023-05-19"}, "deadline"),
        ],
    )
    def test_the_rules_of_a_registration(self, desk, refused, found, other, field):
        wrong = refused(desk.hazards.add, found | other)
        assert list(wrong.problems) == [field]

    def test_what_the_desk_gives_cannot_be_entered(self, desk, found):
        typed = {"state": "已销号", "number": "1", "rectified_on": "2023-05-20", "signed_off_by": "甲"}
        row = desk.hazards.get(desk.hazards.add(found | typed).ids[0])
        assert row["state"] == "待整改"
        assert row["number"] == "三星隐患〔2023〕001号"
        assert row["rectified_on"] is None
        assert row["signed_off_by"] == ""

    def test_the_unit_is_linked_when_the_ledger_has_it(self, desk, found):
        unit = desk.enterprises.add({"name": found["unit_name"], "category": "企业", "sector": "工贸"}).ids[0]
        known = desk.hazards.add(found).ids[0]
        unknown = desk.hazards.add(found | {"unit_name": "台账外的单位"}).ids[0]
        assert desk.hazards.get(known)["enterprise_id"] == unit
        assert desk.hazards.get(unknown)["enterprise_id"] is None
        assert desk.hazards.options("unit_name") == [found["unit_name"]]

    def test_a_hazard_is_never_taken_out(self, desk, number, refused):
        refused(desk.hazards.remove, number, match="作废")


class TestTheLoop:
    def test_from_discovery_to_sign_off(self, desk, closed):
        row = desk.hazards.get(closed)
        assert row["state"] == "已销号"
        assert (row["rectified_on"], row["rechecked_on"], row["signed_off_on"]) == tuple(
            FOUND_ON + timedelta(day) for day in (5, 6, 7)
        )
        assert row["funds"] == 1.5
        assert row["spent"] == 1.2
        assert row["overdue"] is False
        assert row["days_left"] is None
        assert desk.check() == []

    def test_each_step_is_one_change_and_one_audit_row(self, desk, number, five):
        before = len(desk.cabinet.rows(Audit.select()))
        change = desk.hazards.step(number, "committed", five)
        assert change.title == "三星隐患〔2023〕001号 落实“五落实”"
        corrected = desk.hazards.correct(number, 2, {"responsible": "乙"})
        assert corrected.title == "三星隐患〔2023〕001号 更正“落实‘五落实’”"
        assert change.ids == (number,)
        assert len(desk.cabinet.rows(Audit.select())) == before + 2

    def test_days_left_and_overdue(self, desk, number, five):
        desk.hazards.step(number, Steps.COMMITTED.kind, five)
        assert desk.hazards.get(number)["days_left"] == -1
        assert desk.hazards.get(number)["overdue"] is True
        desk.cabinet.clock.set(date(2023, 5, 31))
        assert desk.hazards.get(number)["days_left"] == 0
        assert desk.hazards.get(number)["overdue"] is False

    @pytest.mark.parametrize("name", COMMITMENTS)
    def test_none_of_the_five_may_be_missing(self, desk, number, refused, five, name):
        wrong = refused(desk.hazards.step, number, Steps.COMMITTED.kind, five | {name: " "})
        assert list(wrong.problems) == [name]

    def test_a_step_tells_all_that_is_missing(self, desk, number, refused):
        wrong = refused(desk.hazards.step, number, Steps.COMMITTED.kind, {})
        assert set(wrong.problems) == {"happened_on", *COMMITMENTS}

    def test_names_need_a_name(self, desk, number, refused):
        wrong = refused(desk.hazards.step, number, Steps.RECTIFIED.kind, on(0, rectified_by="、"))
        assert list(wrong.problems) == ["rectified_by"]

    def test_put_right_on_the_day_itself(self, desk, number):
        desk.hazards.step(number, Steps.RECTIFIED.kind, on(0, **RECTIFIED))
        assert desk.hazards.get(number)["state"] == "待复查"

    def test_put_right_later_without_the_five(self, desk, number, refused):
        refused(
            desk.hazards.step,
            number,
            Steps.RECTIFIED.kind,
            on(1, **RECTIFIED),
            match="现缺：责任、措施、资金",
        )

    def test_a_step_does_not_lie_ahead(self, desk, number, refused):
        wrong = refused(
            desk.hazards.step, number, Steps.VOIDED.kind, {"happened_on": "2023-06-02", "note": "重复"}
        )
        assert wrong.field == "happened_on"

    def test_a_step_before_discovery(self, desk, number, refused, five):
        refused(desk.hazards.step, number, Steps.COMMITTED.kind, five | on(-1), match="不能早于发现日期")

    def test_an_extension_is_later_approved_and_explained(self, desk, number, refused, five):
        desk.hazards.step(number, Steps.COMMITTED.kind, five)
        asks = on(3, deadline="2023-06-15", extended_by="己审批", note="材料未到")
        for missing in ("deadline", "extended_by", "note"):
            wrong = refused(desk.hazards.step, number, Steps.EXTENDED.kind, asks | {missing: ""})
            assert list(wrong.problems) == [missing]
        refused(
            desk.hazards.step, number, Steps.EXTENDED.kind, asks | {"deadline": "2023-05-31"}, match="须晚于"
        )
        desk.hazards.step(number, Steps.EXTENDED.kind, asks)
        assert desk.hazards.get(number)["deadline"] == date(2023, 6, 15)

    def test_a_major_hazard_is_rechecked_by_somebody_else(self, desk, found, five, refused):
        number = desk.hazards.add(found | {"level": "重大", "criterion": "判定标准第三条"}).ids[0]
        desk.hazards.step(number, Steps.COMMITTED.kind, five)
        desk.hazards.step(number, Steps.RECTIFIED.kind, on(5, rectified_by="甲、乙"))
        desk.hazards.step(number, Steps.RECHECK_PASSED.kind, on(6, rechecked_by="乙", recheck_finding="合格"))
        refused(desk.hazards.step, number, Steps.SIGNED_OFF.kind, on(7, **SIGNED), match="整改人以外")
        desk.hazards.correct(number, 4, {"rechecked_by": "丙"})
        desk.hazards.step(number, Steps.SIGNED_OFF.kind, on(7, **SIGNED))
        assert desk.hazards.get(number)["state"] == "已销号"

    def test_a_step_entered_late_takes_its_place(self, desk, number, five):
        desk.hazards.step(number, Steps.COMMITTED.kind, five)
        desk.hazards.step(number, Steps.RECTIFIED.kind, on(5, **RECTIFIED))
        late = {"deadline": "2023-06-15", "extended_by": "己审批", "note": "补录"}
        desk.hazards.step(number, Steps.EXTENDED.kind, on(4, **late))
        assert desk.hazards.get(number)["state"] == "待复查"
        assert desk.hazards.get(number)["deadline"] == date(2023, 6, 15)
        assert [row["state"] for row in desk.hazards.events(number)] == [
            "待整改",
            "整改中",
            "待复查",
            "整改中",
        ]

    def test_a_step_entered_late_where_it_is_not_lawful(self, desk, closed, refused, five):
        refused(desk.hazards.step, closed, Steps.COMMITTED.kind, five | on(5), match="当前为“待复查”")

    def test_the_steps_offered_are_lawful_and_say_what_they_ask(self, desk, number):
        forms = {form.kind: form for form in desk.hazards.steps(number)}
        assert {Steps.COMMITTED.kind, Steps.RECTIFIED.kind, Steps.VOIDED.kind} <= set(forms)
        assert not {
            Steps.RECHECK_PASSED.kind,
            Steps.SIGNED_OFF.kind,
            Steps.EXTENDED.kind,
            Steps.REGISTERED.kind,
            CORRECTED,
        } & set(forms)
        asked = {field.name: field.required for field in forms[Steps.COMMITTED.kind].fields}
        assert asked == {"happened_on": True, **dict.fromkeys(COMMITMENTS, True), "note": False}

    def test_only_steps_can_be_taken(self, desk, number, refused):
        refused(desk.hazards.step, number, Steps.REGISTERED.kind, on(1))
        refused(desk.hazards.step, number, Steps.REGISTERED.kind, on(-1))

    def test_a_hazard_that_is_gone(self, desk, refused, five):
        for act in (
            lambda: desk.hazards.step(99, Steps.COMMITTED.kind, five),
            lambda: desk.hazards.change(99, {}),
            lambda: desk.hazards.correct(99, 1, {}),
            lambda: desk.hazards.withdraw(99),
            lambda: desk.hazards.steps(99),
            lambda: desk.hazards.events(99),
        ):
            refused(act, match="已不存在")


class TestMerging:
    def test_into_another_that_counts(self, desk, number, found, refused):
        first = desk.hazards.get(number)["number"]
        second = desk.hazards.add(found).ids[0]
        own = desk.hazards.get(second)["number"]
        for into, says in ((own, "不能并入自己"), ("三星隐患〔2023〕999号", "没有隐患")):
            refused(desk.hazards.step, second, Steps.MERGED.kind, on(1, merged_into=into), match=says)
        desk.hazards.step(second, Steps.MERGED.kind, on(1, merged_into=first))
        assert desk.hazards.get(second)["state"] == "已并案"
        refused(desk.hazards.step, number, Steps.MERGED.kind, on(1, merged_into=own), match="不能并入")


class TestCorrections:
    def test_the_registration_is_set_right_by_a_further_event(self, desk, number):
        desk.hazards.change(number, {"place": "仓库"})
        assert desk.hazards.get(number)["place"] == "仓库"
        first, second = desk.hazards.events(number)
        assert dict(first["lines"])["隐患部位"] == "加工车间"
        assert second["lines"] == [("隐患部位", "仓库")]
        assert (first["effective"], second["effective"]) == (False, True)
        assert second["kind_label"] == "更正“登记”"

    def test_a_correction_is_corrected_by_a_further_one(self, desk, closed):
        desk.hazards.correct(closed, 3, {"spent": "2"})
        desk.hazards.correct(closed, 3, {"spent": "3"})
        assert desk.hazards.get(closed)["spent"] == 3
        desk.hazards.correct(closed, 3, {"spent": ""})
        assert desk.hazards.get(closed)["spent"] is None
        assert desk.check() == []

    def test_a_correction_itself_is_no_step(self, desk, closed, refused):
        desk.hazards.correct(closed, 3, {"spent": "2"})
        for entry in (6, 0, 99):
            refused(desk.hazards.correct, closed, entry, {"spent": "3"}, match="没有找到")

    def test_only_what_is_named_changes(self, desk, closed):
        before = desk.hazards.get(closed)
        desk.hazards.correct(closed, 4, {"recheck_finding": "合格"})
        assert desk.hazards.get(closed) == before | {"recheck_finding": "合格"}

    def test_a_day_that_keeps_the_order(self, desk, closed):
        desk.hazards.correct(closed, 3, on(4))
        assert desk.hazards.get(closed)["rectified_on"] == FOUND_ON + timedelta(4)
        assert desk.check() == []

    @pytest.mark.parametrize(("entry", "day"), [(2, 6), (3, 8), (4, 4), (5, 3), (1, 3), (3, -1)])
    def test_a_day_that_breaks_the_order(self, desk, closed, refused, entry, day):
        values = on(day) if entry > 1 else {"found_on": on(day)["happened_on"]}
        refused(desk.hazards.correct, closed, entry, values)

    @pytest.mark.parametrize("entry", range(1, 6))
    def test_no_day_ahead(self, desk, closed, refused, entry):
        refused(desk.hazards.correct, closed, entry, {"found_on": "2023-06-02", "happened_on": "2023-06-02"})

    def test_a_required_fact_stays_required(self, desk, closed, refused):
        wrong = refused(desk.hazards.correct, closed, 5, {"signed_off_by": ""})
        assert list(wrong.problems) == ["signed_off_by"]

    def test_making_it_major_asks_for_the_criterion_and_another_rechecker(self, desk, closed, refused):
        refused(desk.hazards.change, closed, {"level": "重大"}, match="判定依据")
        desk.hazards.correct(closed, 4, {"rechecked_by": "丁整改"})
        major = {"level": "重大", "criterion": "判定标准第三条"}
        refused(desk.hazards.change, closed, major, match="整改人以外")

    def test_a_deadline_stays_before_its_extension(self, desk, number, five, refused):
        desk.hazards.step(number, Steps.COMMITTED.kind, five)
        desk.hazards.step(
            number, Steps.EXTENDED.kind, on(3, deadline="2023-06-15", extended_by="己审批", note="材料未到")
        )
        refused(desk.hazards.correct, number, 2, {"deadline": "2023-06-20"}, match="须晚于原时限2023-06-20")
        desk.hazards.correct(number, 2, {"deadline": "2023-06-10"})
        assert desk.hazards.get(number)["deadline"] == date(2023, 6, 15)

    def test_the_event_line_shows_the_state_after_each_step(self, desk, closed):
        states = [row["state"] for row in desk.hazards.events(closed)]
        assert states == ["待整改", "整改中", "待复查", "待销号", "已销号"]
        assert [row["entry"] for row in desk.hazards.events(closed)] == [1, 2, 3, 4, 5]


class TestWithdrawing:
    def test_what_was_entered_last_is_taken_back_and_stays_in_sight(self, desk, closed):
        desk.hazards.withdraw(closed)
        assert desk.hazards.get(closed)["state"] == "待销号"
        assert desk.hazards.get(closed)["signed_off_on"] is None
        line = desk.hazards.events(closed)
        assert [row["effective"] for row in line[-2:]] == [False, False]
        assert line[-1]["kind_label"] == "撤回“销号”"
        assert desk.check() == []

    def test_all_the_way_back(self, desk, closed):
        for state in ("待销号", "待复查", "整改中", "待整改", "已作废"):
            desk.hazards.withdraw(closed)
            assert desk.hazards.get(closed)["state"] == state
            assert desk.check() == []


class TestDaysPast:
    @pytest.mark.parametrize(
        ("day", "state"),
        [
            (-1, None),
            (0, "待整改"),
            (1, "待整改"),
            (2, "整改中"),
            (4, "整改中"),
            (5, "待复查"),
            (6, "待销号"),
            (7, "已销号"),
            (12, "已销号"),
        ],
    )
    def test_the_state_of_a_day(self, desk, closed, day, state):
        rows = desk.hazards.select(Query(as_of=FOUND_ON + timedelta(day)))
        assert [row["state"] for row in rows] == ([state] if state else [])
        assert desk.hazards.count(Query(as_of=FOUND_ON + timedelta(day))) == len(rows)
        assert desk.hazards.ids(Query(as_of=FOUND_ON + timedelta(day))) == [row["id"] for row in rows]

    def test_overdue_is_asked_of_that_day(self, desk, closed, five):
        desk.hazards.correct(closed, 2, {"deadline": "2023-05-23"})
        late = {"overdue": "是"}
        assert desk.hazards.count(Query(where=late, as_of=date(2023, 5, 23))) == 0
        assert desk.hazards.count(Query(where=late, as_of=date(2023, 5, 24))) == 1
        assert desk.hazards.count(Query(where=late, as_of=date(2023, 5, 25))) == 0
        (row,) = desk.hazards.select(Query(as_of=date(2023, 5, 24)))
        assert row["days_left"] == -1

    def test_the_usual_filters_hold_for_past_days(self, desk, closed, found):
        desk.hazards.add(found | {"found_on": "2023-05-25", "sector": "消防", "inspectors": "丙"})
        as_of = date(2023, 5, 26)

        def count(where: dict | None = None, text: str = "") -> int:
            return desk.hazards.count(Query(where=where or {}, text=text, as_of=as_of))

        assert count() == 2
        assert count({"state": "待销号"}) == 1
        assert count({"found_on": "2023-05-21.."}) == 1
        assert count({"inspectors": "甲检查"}) == 1
        assert count({"level": ["重大", "一般"]}) == 2
        assert count(text="电线 车间") == 2

    def test_what_a_day_sums_up_to_is_what_stood_then(self, desk, closed):
        before, then = FOUND_ON + timedelta(1), FOUND_ON + timedelta(2)
        assert desk.hazards.sums(Query(as_of=before)) == []
        assert desk.hazards.sums(Query(as_of=then)) == [("整改资金（万元）", 1.5)]
        desk.hazards.correct(closed, 2, {"funds": "2.5"})
        assert desk.hazards.sums(Query(as_of=then)) == [("整改资金（万元）", 2.5)]
        assert desk.hazards.sums(Query()) == [("整改资金（万元）", 2.5), ("实际投入（万元）", 1.2)]

    def test_what_a_day_showed_then_it_shows_for_ever(self, desk, found, five):
        """The rows kept day by day are those that are folded for the day later."""
        plan = {
            0: lambda: desk.hazards.add(found),
            2: lambda: desk.hazards.step(1, Steps.COMMITTED.kind, five),
            3: lambda: desk.hazards.add(found | {"found_on": "2023-05-23", "level": "一般"}),
            5: lambda: desk.hazards.step(1, Steps.RECTIFIED.kind, on(5, **RECTIFIED)),
            6: lambda: desk.hazards.step(1, Steps.RECHECK_FAILED.kind, on(6, **PASSED)),
            7: lambda: desk.hazards.step(2, Steps.VOIDED.kind, on(7, note="重复登记")),
            9: lambda: desk.hazards.step(1, Steps.RECTIFIED.kind, on(9, **RECTIFIED)),
            10: lambda: desk.hazards.step(1, Steps.RECHECK_PASSED.kind, on(10, **PASSED)),
            11: lambda: desk.hazards.step(1, Steps.SIGNED_OFF.kind, on(11, **SIGNED)),
        }
        seen = {}
        for day in range(-1, 12):
            today = FOUND_ON + timedelta(day)
            desk.cabinet.clock.set(today)
            plan.get(day, lambda: None)()
            seen[today] = desk.hazards.select(Query(sort="number"))
        for today, rows in seen.items():
            past = desk.hazards.select(Query(sort="number", as_of=today))
            names = [field.name for field in desk.hazards.fields]
            assert [[row[name] for name in names] for row in past] == [
                [row[name] for name in names] for row in rows
            ]


# Any acts on a real desk

DAYS = st.integers(-1, 13).map(lambda day: (FOUND_ON + timedelta(day)).isoformat())
NAMES = st.sampled_from(["甲", "乙", "甲、乙", "丙", ""])


def entered(name: str) -> st.SearchStrategy[str]:
    """What a clerk may type into a field of a step."""
    if name.endswith("deadline") or name == "deadline":
        return DAYS
    if name in ("rectified_by", "rechecked_by", "reports"):
        return NAMES
    words = {
        "funds": "0",
        "spent": "1.5",
        "supervision_level": "县级",
        "merged_into": "三星隐患〔2023〕001号",
    }
    return st.just(words.get(name, "写明"))


@st.composite
def acts(draw: Callable) -> tuple[str, Any, Row]:
    """A step, a correction of an entry, a change of the registration, or a withdrawal."""
    what = draw(st.sampled_from(["step"] * 8 + ["correct", "change", "withdraw"]))
    if what == "change":
        values = draw(st.fixed_dictionaries({}, optional={"found_on": DAYS, "deadline": DAYS}))
        return what, None, values | draw(st.sampled_from([{}, {"level": "重大", "criterion": "标准"}]))
    if what == "withdraw":
        return what, None, {}
    kind = draw(
        st.sampled_from(
            [
                kind
                for kind in STEPS
                if kind not in (Steps.REGISTERED.kind, Steps.VOIDED.kind, Steps.MERGED.kind)
            ]
        )
    )
    names = [*STEPS[kind].needs, *STEPS[kind].may]
    values = draw(st.fixed_dictionaries({name: entered(name) for name in names}))
    return (
        what,
        draw(st.integers(1, 9)) if what == "correct" else kind,
        values
        | {
            "happened_on": draw(DAYS),
            "note": "说明",
        },
    )


def do(desk: Desk, act: tuple[str, Any, Row]) -> None:
    what, which, values = act
    if what == "step":
        desk.hazards.step(1, which, values)
    elif what == "correct":
        desk.hazards.correct(1, which, values)
    elif what == "change":
        desk.hazards.change(1, values)
    else:
        desk.hazards.withdraw(1)


def stored(desk: Desk) -> list[Event]:
    """Return the events as the rules know them, read from what the ledger shows."""
    fields = desk.hazards.fields
    return [
        Event(
            row["entry"],
            row["kind"],
            row["happened_on"],
            {name: by_name(fields, name).read(value, TODAY) for name, value in row["facts"].items()},
            row["note"],
            row["corrects"],
        )
        for row in desk.hazards.events(1)
    ]


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(acts(), min_size=4, max_size=14))
def test_whatever_the_clerk_does_the_ledger_is_lawful_and_sound(blank: Path, found: Row, five: Row, tried):
    with tempfile.TemporaryDirectory() as scratch:
        shutil.copytree(blank, Path(scratch) / "desk")
        with Desk.open(Path(scratch) / "desk", TODAY) as desk:
            desk.hazards.add(found | {name: value for name, value in five.items() if name in COMMITMENTS})
            for act in tried:
                before = everything(desk)
                try:
                    do(desk, act)
                except Refused:
                    assert everything(desk) == before
                else:
                    assert len(desk.cabinet.rows(Audit.select())) == len(before[2]) + 1
            events, row = stored(desk), desk.hazards.get(1)
            folded = fold(events)
            assert row["state"] == folded.state
            assert {name: row[name] for name in folded.facts} == folded.facts
            assert desk.check() == []
            for day in range(-1, 14):
                until = FOUND_ON + timedelta(day)
                happened = [event for event in effective(events) if event.happened_on <= until]
                rows = desk.hazards.select(Query(as_of=until))
                assert [row["state"] for row in rows] == ([fold(happened).state] if happened else [])


def test_every_state_is_a_choice_of_the_field(desk):
    assert desk.hazards.options("state") == [str(state) for state in State]
