"""The declarations of the closed loop: every step asks for declared fields and says what it does."""

from __future__ import annotations

from datetime import date

import pytest

from hazard_desk.books.hazards.course import fold, lawful_steps
from hazard_desk.books.hazards.law import COMMITMENTS
from hazard_desk.books.hazards.step import CORRECTED, WITHDRAWN, Event
from hazard_desk.books.hazards.steps import STEPS, Steps
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.rules.states import LEVELS, MAJOR, OPEN_STATES, SOURCES, STANDING, UNRECTIFIED, State
from hazard_desk.rules.wording import quoted
from hazard_desk.store.columns import declared, field_of, names_of

FIELDS = {field.name: field for field in declared(Hazard)}
NO_STEPS = {CORRECTED, WITHDRAWN}


def test_corrections_and_withdrawals_are_no_steps():
    assert not NO_STEPS & set(STEPS)
    assert [step.kind for step in STEPS.values()] == list(STEPS)


def test_no_two_steps_are_called_alike():
    labels = [step.label for step in STEPS.values()]
    assert len(labels) == len(set(labels))


@pytest.mark.parametrize("kind", STEPS)
def test_what_a_step_asks_for_is_declared_and_not_given_by_the_desk(kind):
    asked = STEPS[kind].asked
    assert len(asked) == len(set(asked))
    assert all(not FIELDS[name].given for name in asked)


@pytest.mark.parametrize("kind", STEPS)
def test_the_day_of_a_step_is_a_field_that_the_desk_gives(kind):
    dates = STEPS[kind].dates
    assert dates is None or field_of(dates).given or dates is Hazard.found_on


def test_the_five_commitments_are_asked_by_their_own_step():
    assert Steps.COMMITTED.asked == tuple(COMMITMENTS)
    assert list(COMMITMENTS.values()) == ["责任", "措施", "资金", "时限", "预案"]


def test_a_rectification_plan_has_the_six_parts_and_is_for_major_hazards():
    """安监总局令第16号第十五条: goals, methods, funds, people, time, safety."""
    assert len(STEPS[Steps.PLANNED.kind].needs) == 6
    assert [kind for kind, step in STEPS.items() if step.major_only] == [Steps.PLANNED.kind]


def test_what_departs_from_the_loop_is_explained():
    explained = {kind for kind, step in STEPS.items() if step.note_required}
    assert explained == {
        Steps.EXTENDED.kind,
        Steps.SUPERVISION_EXTENDED.kind,
        Steps.ESCALATED.kind,
        Steps.REOPENED.kind,
        Steps.REGRADED.kind,
        Steps.SENT_BACK.kind,
        Steps.RESTORED.kind,
        Steps.VOIDED.kind,
    }


def test_every_state_is_reached_and_only_the_ends_are_final():
    reached = {step.leads_to for step in STEPS.values() if step.leads_to}
    assert reached == set(State)
    left = {state for step in STEPS.values() for state in step.after}
    assert set(State) - left == {State.VOID}


def test_groups_of_states_lie_in_each_other():
    assert set(UNRECTIFIED) < set(OPEN_STATES) < set(STANDING) < set(State)
    assert set(State) - set(STANDING) == {State.MERGED, State.VOID}


def test_the_choices_of_the_ledger_are_those_of_the_law():
    assert FIELDS["state"].choices == tuple(State)
    assert FIELDS["level"].choices == LEVELS
    assert FIELDS["source"].choices == SOURCES
    assert MAJOR in LEVELS


@pytest.mark.parametrize(
    ("label", "shown"), [("销号", "“销号”"), ("落实“五落实”", "“落实‘五落实’”"), ("", "“”")]
)
def test_a_label_between_marks(label, shown):
    assert quoted(label) == shown


def test_registering_is_offered_to_no_hazard_and_begins_every_one():
    assert STEPS[Steps.REGISTERED.kind].after == ()
    registered = [Event(1, Steps.REGISTERED.kind, date(2023, 5, 20), {"level": MAJOR})]
    assert fold(registered).state is State.FOUND
    assert Steps.REGISTERED.kind not in {step.kind for step in lawful_steps(registered)}


def test_people_are_carried_and_no_verdict_number_or_new_deadline_is():
    for step in STEPS.values():
        assert set(names_of(*step.carries)) <= set(step.asked), step.label
    carried = {(kind, name) for kind, step in STEPS.items() for name in names_of(*step.carries)}
    names = {name for _, name in carried}
    assert not {"recheck_finding", "reports", "handed_to", "merged_into", "supervision_deadline"} & names
    assert not {name for name in names if name.endswith("_number")}
    assert (Steps.EXTENDED.kind, "deadline") not in carried
    assert {"rectified_by", "rechecked_by", "signed_off_by", "extended_by", "supervisor"} <= names
