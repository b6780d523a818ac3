"""The one form of an act on many records, which is done beside the window."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QWidget

from hazard_desk.books.kit.ledger import Ledger
from hazard_desk.books.kit.many import ManyDone
from hazard_desk.errors import RefusedFields
from hazard_desk.rules.fields import Field, Row
from hazard_desk.store.acts import Change
from ui.forms.form_dialog import FormDialog
from ui.forms.issue_form import ask_doubts
from ui.jobs import Refusal
from ui.office import Office
from ui.production import LongWork


class TogetherForm(FormDialog):
    """Stays open until all are done; what is refused of all of them is shown in place."""

    finished_with = Signal(object)
    """Some or all were done (``ManyDone``)."""

    def __init__(
        self,
        office: Office,
        title: str,
        fields: Iterable[Field],
        do: Callable[[Row], ManyDone],
        parent: QWidget,
        values: Row,
        help: str,
        ledger: Ledger,
        doubts: Callable[[Row], list[str]] | None = None,
    ) -> None:
        """``doubts`` tells what is doubtful of it, as the form is filled in: it is asked about first."""
        self._do, self._doubts = do, doubts
        super().__init__(
            office,
            title,
            fields,
            lambda typed: do(typed).change,
            parent,
            values,
            help,
            ledger,
            keep_draft=False,
        )

    def take(self, made: ManyDone) -> None:
        """Close: it was done."""
        self.done(QDialog.DialogCode.Accepted)
        self._office.announce(made.change)
        self.saved.emit(made.change)
        self.finished_with.emit(made)

    def refuse(self, error: Refusal) -> None:
        """Show why none was done."""
        problems = error.problems if isinstance(error, RefusedFields) else {}
        self._complain(error.message, problems)

    def _try(self) -> Change | None:
        """Begin, once what is doubtful was asked about; whether it was done is told later."""
        self.following.settle()
        if self._doubts is None:
            self._begin()
        else:
            self._office.read(partial(self._doubts, self.form.raw()), self._ask_first, self)
        return None

    def _ask_first(self, doubts: list[str]) -> None:
        if doubts:
            self.question = ask_doubts(self, doubts, self._begin)
            self.question.finished.connect(self._answered)
        else:
            self._begin()

    def _begin(self) -> None:
        work = partial(self._do, self.form.raw())
        _Doing(self._office, "正在逐条办理…", work, self).start()


class _Doing(LongWork[ManyDone]):
    stoppable = False
    much = True

    def __init__(self, office: Office, text: str, make: Callable[[], ManyDone], form: TogetherForm) -> None:
        super().__init__(office, text, make, form)
        self._form = form

    def show_made(self, made: ManyDone) -> None:
        self._form.take(made)

    def _failed(self, error: Refusal | None) -> None:
        self.progress.accept()
        self.deleteLater()
        if error is not None:
            self._form.refuse(error)
