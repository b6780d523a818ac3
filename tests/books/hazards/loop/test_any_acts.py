"""Any acts on three hazards: steps, ends, mergers, corrections, undo."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hazard_desk.books.hazards.course import effective, fold
from hazard_desk.books.hazards.steps import STEPS, Steps
from hazard_desk.books.kit.query import Query
from hazard_desk.desk import Desk
from hazard_desk.errors import Refused
from hazard_desk.rules.fields import Row
from hazard_desk.rules.states import State
from tests.books.hazards.kept import everything, stored
from tests.books.hazards.loop.conftest import (
    FIVE,
    FOUND_ON,
    day,
)
from tests.conftest import TODAY

DAYS = st.integers(-1, 14).map(day)
PEOPLE = st.sampled_from(["甲", "乙", "甲、乙", "丙"])
NUMBERS = st.sampled_from([f"三星隐患〔2023〕00{serial}号" for serial in (1, 2, 3, 9)])
ENTERED = {
    "funds": st.just("0"),
    "spent": st.just("1.5"),
    "supervision_level": st.just("县级"),
    "merged_into": NUMBERS,
}


def entered(name: str) -> st.SearchStrategy[str]:
    """What a clerk may type into a field of a step."""
    if name.endswith("deadline"):
        return DAYS
    if name in ("rectified_by", "rechecked_by", "reports"):
        return PEOPLE
    return ENTERED.get(name, st.just("写明"))


ENDS = (Steps.MERGED.kind, Steps.VOIDED.kind)
LIKELY = [kind for kind in STEPS if kind not in (Steps.REGISTERED.kind, *ENDS)]


@st.composite
def acts(draw: Callable[..., Any]) -> tuple[str, int, Any, Row]:
    """One of the three hazards, what is done to it, and what is typed."""
    what = draw(st.sampled_from(["next"] * 6 + ["step"] * 4 + ["correct", "undo", "undo"]))
    kind = draw(st.sampled_from(LIKELY * 3 + list(ENDS)))
    names = {name for step in STEPS.values() for name in (*step.needs, *step.may)}
    values = {name: draw(entered(name)) for name in sorted(names)}
    which = draw(st.integers(0, 99)) if what == "next" else kind
    if what == "correct":
        which = draw(st.integers(1, 9))
    return what, draw(st.integers(1, 3)), which, values | {"happened_on": draw(DAYS), "note": "说明"}


def do(desk: Desk, act: tuple[str, int, Any, Row]) -> None:
    what, number, which, values = act
    if what == "undo":
        desk.undo()
    elif what == "correct":
        desk.hazards.correct(number, which, values)
    elif what == "next":  # a step that is offered, at the day of the last one: most are lawful
        offered = [form.kind for form in desk.hazards.steps(number) if form.kind not in ENDS]
        if not offered:
            raise Refused("nothing is offered")
        last = max(row["happened_on"] for row in desk.hazards.events(number))
        desk.hazards.step(number, offered[which % len(offered)], values | {"happened_on": last})
    else:
        desk.hazards.step(number, which, values)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(acts(), min_size=5, max_size=16))
def test_whatever_is_done_to_several_hazards_every_one_is_what_its_events_say(
    blank: Path, found: Row, tried: list[Any]
) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        shutil.copytree(blank, Path(scratch) / "desk")
        with Desk.open(Path(scratch) / "desk", TODAY) as desk:
            desk.hazards.add(found)
            desk.hazards.add(found | FIVE)
            desk.hazards.add(found | FIVE | {"level": "重大", "criterion": "标准"})
            for act in tried:
                before = everything(desk)
                try:
                    do(desk, act)
                except Refused as wrong:
                    assert wrong.message
                    assert everything(desk) == before
                else:
                    assert len(everything(desk)[2]) == len(before[2]) + 1, "one act, one audit row"
            courses = {number: stored(desk, number) for number in (1, 2, 3)}
            for number, events in courses.items():
                folded, row = fold(events), desk.hazards.get(number)
                assert row["state"] == folded.state
                assert {name: row[name] for name in folded.facts} == folded.facts
            assert desk.check() == []
            for after in range(-1, 15):
                until = FOUND_ON + timedelta(after)
                expected = {}
                for number, events in courses.items():
                    happened = [event for event in effective(events) if event.happened_on <= until]
                    if happened:
                        expected[number] = State(fold(happened).state)
                rows = desk.hazards.select(Query(as_of=until))
                assert {row["id"]: row["state"] for row in rows} == expected
