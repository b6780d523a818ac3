"""Which form enters a record of a book: the plain one, or that of a book whose form asks for more."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from hazard_desk.books.checks.book import Checks
from hazard_desk.books.checks.findings import (
    besides_begin,
    besides_fields,
    enter_check,
    folded_line,
    line_fields,
    lines_decided_by,
    note_finding,
)
from hazard_desk.books.documents.book import Documents
from hazard_desk.books.hazards.book import Hazards
from hazard_desk.books.hazards.same_day import folded, form_fields, register_hazard
from hazard_desk.books.kit.ledger import Ledger
from hazard_desk.books.kit.offers import offers_for
from hazard_desk.rules.fields import Row
from ui.forms.check_form import CheckForm
from ui.forms.folding_form import FoldingForm
from ui.forms.form_dialog import FormDialog, Save
from ui.forms.step_form import ask_next_step
from ui.office import Office


def entry_form(
    office: Office,
    book: Ledger,
    parent: QWidget,
    values: Row | None = None,
    title: str = "",
    save: Save | None = None,
    again: bool = False,
    about: str = "",
) -> FormDialog:
    """Return the form of a new record, not opened yet, filled with ``values``.

    ``save`` enters it otherwise than the form alone: from a check, from a report of the public; ``again``
    offers to begin the next one; ``about`` is what it is entered from.
    """
    title = title or f"新增{book.noun}"
    asked = partial(
        FormDialog,
        office,
        title,
        parent=parent,
        values=values,
        ledger=book,
        again=again,
        fresh=True,
        about=about,
    )
    if isinstance(book, Hazards):
        register = save or partial(register_hazard, book)
        onward = partial(ask_next_step, office, parent)
        form = partial(FoldingForm, folds=folded)
        return asked(form_fields(book.entry_fields()), register, form=form, onward=onward)
    if isinstance(book, Checks):
        dialog = asked(book.entry_fields(), save or partial(enter_check, book), form=CheckForm)
        if isinstance(dialog.form, CheckForm):
            _LineOffers(office, dialog.form, dialog)
        return dialog
    add = office.desk.books.issuing.enter if isinstance(book, Documents) else book.add
    return asked(book.entry_fields(), save or add)


def finding_form(office: Office, check: int, parent: QWidget) -> FormDialog:
    """Return the form of one thing that a check found besides, registered as a hazard with it."""
    save = partial(note_finding, office.desk.checks, check)
    return FormDialog(
        office,
        "登记发现的问题",
        besides_fields(office.desk.checks, check),
        save,
        parent,
        besides_begin(office.desk.checks, check),
        ledger=office.desk.hazards,
        again=True,
        form=partial(FoldingForm, folds=folded_line),
        about=f"{Checks.id}/{check}",
    )


class _LineOffers(QObject):
    """The findings of a check complete from what is entered of hazards, and of what fits the check."""

    def __init__(self, office: Office, form: CheckForm, parent: QObject) -> None:
        super().__init__(parent)
        self._office, self._form = office, form
        self._offer()
        form.grown.connect(self._offer)
        form.settled.connect(self._offer)

    def _offer(self) -> None:
        row = lines_decided_by(self._form.raw())
        work = partial(offers_for, line_fields(), self._office.desk.hazards, row)
        self._office.read(work, self._form.offer_lines, self)
