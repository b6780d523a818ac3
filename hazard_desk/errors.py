"""The two errors that are ours; everything else is a bug.

``Refused`` speaks to the clerk: what is wrong, in which field, how to mend it.
``Trouble`` names the disk, lock or file that stands in the way.
Both carry one Chinese sentence, shown as it is by the command line and the window.
"""

from __future__ import annotations


class Refused(Exception):
    """The clerk can mend it. ``field`` is the declared name of the field, or ''."""

    exit_code = 2

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class RefusedFields(Refused):
    """Several fields of one form are wrong at once: ``problems`` maps field name to sentence."""

    def __init__(self, problems: dict[str, str]) -> None:
        first = next(iter(problems))
        super().__init__("；".join(problems.values()), first)
        self.problems = problems


class Trouble(Exception):
    """The machine stands in the way: a disk, a lock, a damaged or newer file."""

    exit_code = 3

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Lost(Trouble):
    """Acts are missing, or trail or file were changed from outside: the clerk has to accept it to go on."""


class Fault(str):
    """What a check found, as a Chinese sentence; ``record`` is what it is about (ledger/id), or ''."""

    record: str

    def __new__(cls, sentence: str, record: str = "") -> Fault:
        made = super().__new__(cls, sentence)
        made.record = record
        return made


class Damaged(Trouble, ValueError):
    """A value in the desk is none of its kind: trouble, and a value error to whoever salvages the rest."""
