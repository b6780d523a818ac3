"""The form of one step of a hazard's closed loop, wherever it is opened, and the way on to the next."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from hazard_desk.books.hazards.begun import step_begins
from hazard_desk.books.hazards.course import leading_on
from hazard_desk.books.hazards.step import Step
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.rules.states import OPEN_STATES
from hazard_desk.store.acts import Change
from ui.forms.form_dialog import FormDialog
from ui.office import Office
from ui.panes.record_papers import issue_paper, report_of


def ask_step(office: Office, hazard: Hazard, step: Step, parent: QWidget) -> FormDialog:
    """Open the form of a step, filled with what it takes over of what the hazard knows; return it.

    Where the step is the issue of a paper, that is asked: its number is drawn and the paper shown.
    """
    if step.paper:
        return issue_paper(office, report_of(office, step.paper), hazard, parent)
    hazards = office.desk.hazards
    known = step_begins(hazards, step, [hazard])
    save = partial(hazards.step, hazard.id, step.kind)
    title = f"{hazards.name_of(hazard)}　{step.label}"
    onward = partial(ask_next_step, office, parent)
    dialog = FormDialog(
        office,
        title,
        step.fields_for(hazard.level),
        save,
        parent,
        known,
        step.help,
        hazards,
        onward=onward,
    )
    dialog.open()
    return dialog


def ask_next_step(office: Office, parent: QWidget, change: Change) -> None:
    """Open the form of the step that leads the hazard of a change on; nothing where it is done."""
    hazards, number = office.desk.hazards, change.ids[0]
    hazard = hazards.get(number)
    onward = leading_on(hazards.steps(number), hazard) if hazard.state in OPEN_STATES else []
    if onward:
        ask_step(office, hazard, onward[0], parent)
