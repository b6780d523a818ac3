"""A major hazard through every step of the closed loop: its states, its facts, days past."""

from __future__ import annotations

from datetime import date, timedelta

from hazard_desk.books.hazards.course import fold
from hazard_desk.books.hazards.steps import Steps
from hazard_desk.books.kit.query import Query
from tests.books.hazards.kept import stored
from tests.books.hazards.loop.conftest import (
    COURSE,
    FIVE,
    FOUND_ON,
    PLAN,
    day,
    on,
)
from tests.books.hazards.test_step_table import ASKS


class TestTheWholeCourse:
    def test_it_takes_every_step_that_does_not_end_a_hazard(self):
        others = {Steps.REGISTERED.kind, Steps.MERGED.kind, Steps.RESTORED.kind, Steps.VOIDED.kind}
        assert {kind for kind, *_ in COURSE} >= set(ASKS) - others

    def test_each_step_is_offered_taken_and_leads_where_it_must(self, desk, major):
        for kind, after, values, state in COURSE:
            offered = {form.kind: form for form in desk.hazards.steps(major)}
            assert kind in offered, kind
            required = {field.name for field in offered[kind].fields if field.required}
            assert required <= {"happened_on", *values}, kind
            desk.hazards.step(major, kind, on(after, **values))
            assert desk.hazards.get(major)["state"] == state, kind
            assert desk.check() == []

    def test_what_it_leaves(self, desk, reopened):
        row = desk.hazards.get(reopened)
        assert row["reports"] == [f"监管单位（{day(0)}）", f"乡政府（{day(0)}）"]
        assert row["deadline"] == date.fromisoformat(day(16))
        assert (row["notice_number"], row["recheck_number"]) == ("示例限改〔2023〕1号", "示例复查〔2023〕1号")
        assert (row.pool, row.handed_to, row.handed_on, row.reply) == ("全量库", "", None, "")
        assert row["supervision_deadline"] == date.fromisoformat(day(18))
        assert row["supervision_removed_on"] == date.fromisoformat(day(12))
        dates = [row[name].isoformat() for name in ("rectified_on", "rechecked_on", "signed_off_on")]
        assert dates == [day(15), day(16), day(17)]
        assert {name: row[name] for name in ("plan_goal", "plan_safety")} == {
            name: PLAN[name] for name in ("plan_goal", "plan_safety")
        }

    def test_the_kept_row_is_what_the_events_fold_to(self, desk, reopened):
        folded, row = fold(stored(desk, reopened)), desk.hazards.get(reopened)
        assert {name: row[name] for name in folded.facts} == folded.facts
        assert row["state"] == folded.state

    def test_the_state_of_any_day_is_that_of_the_last_step_until_then(self, desk, reopened):
        for after in range(-1, 20):
            states = ["待整改"] if after >= 0 else []
            states += [state for _, at, _, state in COURSE if at <= after]
            rows = desk.hazards.select(Query(as_of=FOUND_ON + timedelta(after)))
            assert [row["state"] for row in rows] == states[-1:], after

    def test_the_facts_of_a_past_day(self, desk, reopened):
        (row,) = desk.hazards.select(Query(as_of=FOUND_ON + timedelta(4)))
        assert (row["deadline"], row["pool"]) == (date.fromisoformat(day(8)), "蓄水池")
        (row,) = desk.hazards.select(Query(as_of=FOUND_ON + timedelta(13)))
        assert (row["signed_off_on"], row["spent"]) == (date.fromisoformat(day(12)), 1.4)
        (row,) = desk.hazards.select(Query(as_of=FOUND_ON + timedelta(14)))
        assert (row["signed_off_on"], row["rectified_on"]) == (None, None)

    def test_all_of_it_can_be_taken_back_step_by_step(self, desk, reopened):
        for _, _, _, state in reversed([(None, 0, {}, "待整改"), *COURSE[:-1]]):
            desk.undo()
            assert desk.hazards.get(reopened)["state"] == state
        assert desk.check() == []
        assert len(desk.hazards.events(reopened)) == 1 + 2 * len(COURSE)


class TestDaysPast:
    def test_a_past_day_is_sorted_by_what_stood_then(self, desk, minor, found):
        other = desk.hazards.add(found | {"deadline": day(13)}).ids[0]
        desk.hazards.step(minor, Steps.COMMITTED.kind, on(1, **FIVE))
        desk.hazards.step(
            minor, Steps.EXTENDED.kind, on(5, deadline=day(20), extended_by="己审批", note="材料未到")
        )
        then, now = (Query(sort="deadline", as_of=FOUND_ON + timedelta(after)) for after in (4, 5))
        assert [row["id"] for row in desk.hazards.select(then)] == [minor, other]
        assert [row["id"] for row in desk.hazards.select(now)] == [other, minor]
        down = Query(sort="deadline", descending=True, as_of=FOUND_ON + timedelta(4))
        assert desk.hazards.ids(down) == [other, minor]


class TestTheLine:
    def test_a_correction_taken_back_counts_no_more(self, desk, minor):
        desk.hazards.step(minor, Steps.COMMITTED.kind, on(1, **FIVE))
        desk.hazards.correct(minor, 2, {"responsible": "壬"})
        assert [row["effective"] for row in desk.hazards.events(minor)] == [True, False, True]
        desk.undo()
        assert desk.hazards.get(minor)["responsible"] == FIVE["responsible"]
        assert [row["effective"] for row in desk.hazards.events(minor)] == [True, True, False, False]
