"""What follows in a form from what stands in it: facts of the firm, offers, the unit of an amount."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from functools import partial

from PySide6.QtCore import QObject

from hazard_desk.books.kit.ledger import Ledger
from hazard_desk.books.kit.offers import offers_for
from hazard_desk.books.kit.proposing import firm_field
from hazard_desk.rules.fields import NUMBERS, Field, Row, absent
from ui.forms.record_form import RecordForm
from ui.office import Office

Told = tuple[Row | None, str]
"""What the firm tells the form, None where it is not known; and what is to be said of it."""


class Following(QObject):
    """Keeps one form in step with itself. Only what the clerk did not type is changed."""

    def __init__(
        self, office: Office, form: RecordForm, ledger: Ledger | None, parent: QObject, fresh: bool
    ) -> None:
        """``fresh``: it is for a new record: what follows from the firm in it is brought in."""
        super().__init__(parent)
        self._office, self._form, self._ledger = office, form, ledger
        self._firm = firm_field(form.fields)
        self._named = "" if fresh else self._naming()
        """The firm whose facts stand in the form."""
        self._offer(form.fields)
        if self._named:
            office.read(self._telling(), self._stood, self)
        self._follow()
        form.settled.connect(self._settled)
        if ledger is not None:
            self._say_units()
            form.edited.connect(self._say_units)

    def settle(self) -> None:
        """Bring in what follows from the firm, before the form is saved."""
        if self._naming() != self._named:
            self._named = self._naming()
            self._told(self._named, self._office.read_now(self._telling(), self))

    def go_on(self) -> None:
        """The form begins anew with a firm in it."""
        self._named = ""
        self.settle()

    def _settled(self, name: str) -> None:
        if name == self._firm:
            self._follow()
        self._offer_anew([name])

    def _follow(self) -> None:
        if self._naming() != self._named:
            self._named = self._naming()
            self._office.read(self._telling(), partial(self._told, self._named), self)

    def _stood(self, read: Told) -> None:
        """What stands in a record as its firm tells it gives way where another firm is named."""
        boxes, (told, remark) = self._form.boxes, read
        boxes[self._firm].hint(remark)
        known = {name: value for name, value in (told or {}).items() if name in boxes and not absent(value)}
        self._form.put_forward(
            name for name, value in known.items() if boxes[name].raw() == boxes[name].field.show(value)
        )

    def _told(self, named: str, read: Told) -> None:
        """Put forward what the firm tells; another may have been named meanwhile."""
        if named != self._named:
            return
        told, remark = read
        self._form.boxes[self._firm].hint(remark)
        taking = self._form.taking
        self._form.propose({field.name: (told or {}).get(field.name, field.empty) for field in taking})
        self._offer_anew([field.name for field in taking])

    def _naming(self) -> str:
        """Which firm stands in the form."""
        return str(self._form.boxes[self._firm].raw()).strip() if self._firm else ""

    def _telling(self) -> Callable[[], Told]:
        firms, named, taking = self._office.desk.enterprises, self._named, self._form.taking
        return lambda: (firms.tells(named, taking), firms.remark(named))

    def _offer_anew(self, names: Collection[str]) -> None:
        """Offer again for the fields that depend on these."""
        self._offer(field for field in self._form.fields if not set(names).isdisjoint(field.asks))

    def _offer(self, fields: Iterable[Field]) -> None:
        if asked := list(fields):
            work = partial(offers_for, asked, self._ledger, self._form.raw())
            self._office.read(work, self._form.offer, self)

    def _say_units(self) -> None:
        """An amount is entered in the unit that the record decides."""
        assert self._ledger is not None
        amounts = [field for field in self._form.fields if field.kind in NUMBERS]
        row = self._form.raw() if amounts else {}
        for field in amounts:
            self._form.boxes[field.name].say_unit(self._ledger.unit_of(field, row))
