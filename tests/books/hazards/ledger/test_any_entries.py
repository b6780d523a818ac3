"""Whatever the clerk enters on one hazard, the ledger is lawful and sound."""

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
from hazard_desk.books.hazards.law import COMMITMENTS
from hazard_desk.books.hazards.steps import STEPS, Steps
from hazard_desk.books.kit.query import Query
from hazard_desk.desk import Desk
from hazard_desk.errors import Refused
from hazard_desk.rules.fields import Row
from hazard_desk.store.tables import Audit
from tests.books.hazards.kept import everything, stored
from tests.books.hazards.ledger.conftest import FOUND_ON
from tests.conftest import TODAY

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
            events, row = stored(desk, 1), desk.hazards.get(1)
            folded = fold(events)
            assert row["state"] == folded.state
            assert {name: row[name] for name in folded.facts} == folded.facts
            assert desk.check() == []
            for day in range(-1, 14):
                until = FOUND_ON + timedelta(day)
                happened = [event for event in effective(events) if event.happened_on <= until]
                rows = desk.hazards.select(Query(as_of=until))
                assert [row["state"] for row in rows] == ([fold(happened).state] if happened else [])
