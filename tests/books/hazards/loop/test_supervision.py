"""A hazard under supervision (挂牌督办): listed, extended, accepted, removed."""

from __future__ import annotations

import pytest

from hazard_desk.books.hazards.steps import STEPS, Steps
from tests.books.hazards.loop.conftest import (
    FAILED,
    FIVE,
    LISTED,
    PASSED,
    RECTIFIED,
    SIGNED,
    day,
    on,
)
from tests.books.taking import take


class TestSupervision:
    def test_listed_once(self, desk, minor, refused):
        desk.hazards.step(minor, Steps.SUPERVISED.kind, on(1, **LISTED))
        refused(minor, Steps.SUPERVISED.kind, 2, "已挂牌督办，尚未摘牌", **LISTED)

    def test_its_deadline_is_not_before_it(self, minor, refused):
        wrong = refused(
            minor, Steps.SUPERVISED.kind, 3, "不能早于挂牌日期", **LISTED | {"supervision_deadline": day(2)}
        )
        assert wrong.field == "supervision_deadline"

    @pytest.mark.parametrize("after", [14, 15])
    def test_an_extension_is_later(self, desk, minor, refused, after):
        desk.hazards.step(minor, Steps.SUPERVISED.kind, on(1, **LISTED))
        wrong = refused(
            minor,
            Steps.SUPERVISION_EXTENDED.kind,
            2,
            f"须晚于原时限{day(15)}",
            supervision_deadline=day(after),
            note="原因",
        )
        assert wrong.field == "supervision_deadline"

    @pytest.mark.parametrize(
        ("kind", "values"),
        [
            (Steps.SUPERVISION_EXTENDED.kind, {"supervision_deadline": day(20), "note": "原因"}),
            (Steps.SUPERVISION_ACCEPTED.kind, {}),
            (Steps.SUPERVISION_REMOVED.kind, {}),
        ],
    )
    def test_what_is_not_listed_has_nothing_of_it(self, desk, minor, refused, kind, values):
        desk.hazards.step(minor, Steps.RECTIFIED.kind, on(0, **RECTIFIED))
        desk.hazards.step(minor, Steps.RECHECK_PASSED.kind, on(1, **PASSED))
        refused(minor, kind, 2, f"未挂牌督办，不能办理“{STEPS[kind].label}”", **values)
        assert kind not in {form.kind for form in desk.hazards.steps(minor)}

    def test_removed_only_after_acceptance(self, desk, minor, refused):
        desk.hazards.step(minor, Steps.SUPERVISED.kind, on(0, **LISTED))
        desk.hazards.step(minor, Steps.RECTIFIED.kind, on(0, **RECTIFIED))
        desk.hazards.step(minor, Steps.RECHECK_PASSED.kind, on(1, **PASSED))
        refused(minor, Steps.SUPERVISION_REMOVED.kind, 2, "须先办理“督办验收”")

    def test_signed_off_only_after_acceptance(self, desk, minor, refused):
        desk.hazards.step(minor, Steps.SUPERVISED.kind, on(0, **LISTED))
        desk.hazards.step(minor, Steps.RECTIFIED.kind, on(0, **RECTIFIED))
        desk.hazards.step(minor, Steps.RECHECK_PASSED.kind, on(1, **PASSED))
        wrong = refused(minor, Steps.SIGNED_OFF.kind, 2, "还缺：督办验收、摘牌。", **SIGNED)
        assert wrong.field == "closing_reason"
        desk.hazards.step(minor, Steps.SUPERVISION_ACCEPTED.kind, on(3))
        refused(minor, Steps.SIGNED_OFF.kind, 2, "还缺：督办验收、摘牌。", **SIGNED)
        desk.hazards.step(minor, Steps.SUPERVISION_REMOVED.kind, on(3))
        desk.hazards.step(minor, Steps.SIGNED_OFF.kind, on(3, **SIGNED))
        assert desk.hazards.get(minor)["state"] == "已销号"

    def test_history_signed_off_without_acceptance_is_kept_corrected_and_reopened(self, desk, minor, refused):
        """As an older version let it, or a sheet tells it."""
        desk.hazards.step(minor, Steps.SUPERVISED.kind, on(0, **LISTED))
        desk.hazards.step(minor, Steps.RECTIFIED.kind, on(0, **RECTIFIED))
        desk.hazards.step(minor, Steps.RECHECK_PASSED.kind, on(1, **PASSED))
        day = on(2)["happened_on"]
        take(desk.hazards, {"signed_off_on": day, **SIGNED}, minor)
        assert desk.hazards.check() == []
        desk.hazards.correct(minor, 5, {"note": "补记"})
        desk.hazards.step(minor, Steps.REPORTED.kind, on(3, reports="乡政府"))
        desk.hazards.step(minor, Steps.REOPENED.kind, on(4, note="又出现", deadline=on(9)["happened_on"]))
        assert desk.hazards.get(minor)["state"] == "待整改"

    @pytest.mark.parametrize(
        "back",
        [
            ((Steps.RECHECK_FAILED.kind, FAILED),),
            (
                (Steps.RECHECK_PASSED.kind, PASSED),
                (Steps.SIGNED_OFF.kind, SIGNED | {"closing_reason": "摘牌手续另办"}),
                (Steps.REOPENED.kind, {"note": "又出现"}),
            ),
        ],
    )
    def test_an_acceptance_does_not_outlive_the_rectification_that_it_accepted(
        self, desk, minor, refused, back
    ):
        desk.hazards.step(minor, Steps.COMMITTED.kind, on(0, **FIVE))
        desk.hazards.step(minor, Steps.SUPERVISED.kind, on(0, **LISTED))
        desk.hazards.step(minor, Steps.RECTIFIED.kind, on(1, **RECTIFIED))
        desk.hazards.step(minor, Steps.SUPERVISION_ACCEPTED.kind, on(1))
        for kind, values in back:
            desk.hazards.step(minor, kind, on(2, **values))
        desk.hazards.step(minor, Steps.RECTIFIED.kind, on(3, **RECTIFIED))
        desk.hazards.step(minor, Steps.RECHECK_PASSED.kind, on(4, **PASSED))
        refused(minor, Steps.SUPERVISION_REMOVED.kind, 5, "须先办理“督办验收”")

    def test_not_accepted_before_it_is_rectified(self, desk, minor, refused):
        desk.hazards.step(minor, Steps.SUPERVISED.kind, on(1, **LISTED))
        refused(minor, Steps.SUPERVISION_ACCEPTED.kind, 2, "当前为“待整改”")
