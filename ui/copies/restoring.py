"""A copy that is to be put back, and what has to be asked before it can be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from hazard_desk.desk import Desk
from hazard_desk.errors import Refused
from hazard_desk.store.copies.unpacking import Incomplete
from ui.copies.password import PasswordDialog
from ui.jobs import Refusal
from ui.widgets.ask import ask


@dataclass(frozen=True)
class WantedCopy:
    """A copy that the clerk wants back, with what she was asked for it."""

    file: Path
    password: str = ""
    incomplete: bool = False
    """Whether she takes it although photos or files are missing from it."""

    def restore(self, folder: Path) -> None:
        """Put it back as the desk in ``folder``; see ``Desk.restore``."""
        Desk.restore(self.file, folder, self.password, self.incomplete)


def ask_for_more(
    error: Refusal | None, wanted: WantedCopy, over: QWidget, again: Callable[[WantedCopy], object]
) -> bool:
    """Ask for the password, or whether the copy may lack files, and then try ``again``.

    False where ``error`` is of another kind, and nothing was asked.
    """
    if isinstance(error, Incomplete):
        go_on = partial(again, replace(wanted, incomplete=True))
        ask(over, "从备份恢复", error.question, "恢复其余内容", "不恢复", go_on)
        return True
    if isinstance(error, Refused) and error.field == "password":
        asking = PasswordDialog(wanted.file, error.message if wanted.password else "", over)
        asking.given.connect(lambda typed: again(replace(wanted, password=typed)))
        asking.open()
        return True
    return False
