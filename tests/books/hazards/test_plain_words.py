"""Every word of the law that the clerk reads is plain Chinese."""

from __future__ import annotations

import re

import pytest

from hazard_desk.books.hazards.law import COMMITMENTS
from hazard_desk.books.hazards.step import CORRECTED, WITHDRAWN
from hazard_desk.books.hazards.steps import STEPS
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.library.sectors import bundled_sectors
from hazard_desk.rules.fulfilment import DutyState, MarkKind, OccurrenceState
from hazard_desk.rules.readings import Reading
from hazard_desk.rules.states import LEVELS, POOLS, SOURCES, SUPERVISION_LEVELS, State
from hazard_desk.rules.tasks import LogKind, TaskStatus
from hazard_desk.store.columns import computed, declared

CHOICES = {
    "where a hazard stands": tuple(State),
    "levels": LEVELS,
    "sources": SOURCES,
    "pools": POOLS,
    "supervision": SUPERVISION_LEVELS,
    "five commitments": tuple(COMMITMENTS.values()),
    "steps": tuple(step.label for step in STEPS.values()),
    "sectors": bundled_sectors(),
    "tasks": tuple(TaskStatus),
    "work log": tuple(LogKind),
    "occurrences": tuple(OccurrenceState),
    "duties": tuple(DutyState),
    "marks": tuple(MarkKind),
    "readings": tuple(Reading),
}
SHOWN = [
    "number",
    "state",
    "level",
    "source",
    "sector",
    "unit_name",
    "place",
    "description",
    "found_on",
    "responsible",
    "deadline",
    "office",
    "rectified_on",
    "signed_off_on",
    "overdue",
]
CHINESE = re.compile(r"[\u4e00-\u9fff“”（）]+")


@pytest.mark.parametrize("name", CHOICES)
def test_choices_are_chinese_and_each_another(name: str) -> None:
    words = CHOICES[name]
    assert len(set(words)) == len(words) > 1
    assert [word for word in words if not CHINESE.fullmatch(word)] == []


@pytest.mark.parametrize("kind", STEPS)
def test_a_step_is_explained_in_a_short_sentence(kind: str) -> None:
    said = STEPS[kind].help
    assert said == "" or re.fullmatch(r"[\u4e00-\u9fff“”，、；]{4,40}", said)


def test_kinds_of_events_are_called_in_the_ledger_as_in_the_program() -> None:
    """They stand in every desk that was ever made: another spelling would lose its events."""
    assert {*STEPS, CORRECTED, WITHDRAWN} >= {
        "committed",
        "corrected",
        "escalated",
        "extended",
        "handed_over",
        "merged",
        "notice_recheck",
        "notice_rectify",
        "planned",
        "recheck_failed",
        "recheck_passed",
        "rectified",
        "registered",
        "reopened",
        "reported",
        "signed_off",
        "supervised",
        "supervision_accepted",
        "supervision_extended",
        "supervision_removed",
        "voided",
        "withdrawn",
    }


def test_what_the_clerk_must_say_of_a_hazard() -> None:
    required = {field.name for field in declared(Hazard) if field.required}
    assert required == {"level", "source", "sector", "place", "description", "found_on"}


def test_what_the_desk_says_of_a_hazard_by_itself() -> None:
    given = {field.name for field in declared(Hazard) if field.given}
    days = {"rectified", "rechecked", "signed_off", "handed"}
    days |= {"supervision", "supervision_accepted", "supervision_removed"}
    days |= {"lapsed", "listed", "regraded", "replied", "posted", "county_signed"}
    assert given == {"number", "state", "pool", "others", "gaps", *(f"{step}_on" for step in days)}


def test_a_hazard_is_found_by_where_it_is_and_whose() -> None:
    searched = {field.name for field in declared(Hazard) if field.searched}
    assert searched == {"number", "unit_name", "place", "description", "responsible", "others"}


def test_what_the_ledger_shows_at_first() -> None:
    """What a clerk looks for in a list; all else stands in the pane, and can be shown."""
    shown = [field.name for field in (*declared(Hazard), *computed(Hazard)) if field.shown]
    assert shown == SHOWN
