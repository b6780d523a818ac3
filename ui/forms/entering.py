"""Which form enters a record of a book: the plain one, or that of a book whose form asks for more."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from hazard_desk.books.hazards.book import Hazards
from hazard_desk.books.kit.ledger import Ledger
from hazard_desk.rules.fields import Row
from ui.forms.form_dialog import FormDialog, Save
from ui.forms.hazard_form import HazardDialog
from ui.office import Office


def entry_form(
    office: Office,
    book: Ledger,
    parent: QWidget,
    values: Row | None = None,
    title: str = "",
    save: Save | None = None,
    again: bool = False,
) -> FormDialog:
    """Return the form of a new record, not opened yet, filled with ``values``.

    ``save`` enters it otherwise than ``book.add``; ``again`` offers to begin the next one.
    """
    title = title or f"新增{book.noun}"
    if isinstance(book, Hazards):
        return HazardDialog(office, title, save, parent, values, again)
    return FormDialog(
        office, title, book.entry_fields(), save or book.add, parent, values, ledger=book, again=again
    )
