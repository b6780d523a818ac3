"""Keeps what is typed into a form on disk while it is not saved."""

from __future__ import annotations

from PySide6.QtCore import QObject

from hazard_desk.errors import Trouble
from hazard_desk.store.drafts import Drafts
from ui.forms.record_form import RecordForm
from ui.widgets.basics import pause

_PAUSE_MS = 700


class Draft(QObject):
    """The draft of one form, written after a pause in typing."""

    def __init__(self, drafts: Drafts, key: str, form: RecordForm, parent: QObject) -> None:
        super().__init__(parent)
        self._drafts, self._key, self._form = drafts, key, form
        self._pause = pause(_PAUSE_MS, self.keep, self)
        form.edited.connect(self._pause.start)

    def restore(self) -> bool:
        """Put a kept draft into the form; False when there is none or it says nothing new."""
        kept = self._drafts.get(self._key)
        if kept is None:
            return False
        self._form.restore(kept)
        return self._form.dirty

    def keep(self) -> None:
        """Write what stands in the form. A full disk must not stop the clerk: saving will tell."""
        if self._form.dirty:
            try:
                self._drafts.keep(self._key, self._form.draft())
            except Trouble:
                self._pause.stop()

    def drop(self) -> None:
        """Forget the draft: it was saved or given up."""
        self._pause.stop()
        try:
            self._drafts.drop(self._key)
        except Trouble:
            return  # it is offered once more, and can be given up again
