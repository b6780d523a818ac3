"""What the window remembers of its care for the desk: what failed, what a check found, when it looked."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from datetime import date

from hazard_desk.errors import Fault
from ui.memory import Memory

_FAILED, _CHECKED, _FOUND, _PROOF = "safety/failed", "safety/checked", "safety/found", "safety/proof"
EVERY = 30
"""Days after which the whole desk is checked again."""


class Safety:
    """KeptCopies beside the window's sizes, so that the next start can tell what the last one met."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    @property
    def failed(self) -> str:
        """Why the last copy was not made, a sentence; '' when it was."""
        return self._memory.text(_FAILED)

    def keep_failed(self, sentence: str) -> None:
        """Remember why a copy was not made, or with '' that one was."""
        if sentence != self.failed:
            self._keep(_FAILED, sentence)

    @property
    def found(self) -> list[Fault]:
        """What the last check found wrong with the desk."""
        with suppress(ValueError, TypeError):
            return [Fault(str(said), str(record)) for said, record in json.loads(self._memory.text(_FOUND))]
        return []

    def keep_found(self, found: Sequence[str], today: date) -> None:
        """Remember what a check of today found."""
        told = [(fault, fault.record if isinstance(fault, Fault) else "") for fault in found]
        self._memory.keep_text(_CHECKED, today.isoformat())
        self._keep(_FOUND, json.dumps(told))

    @property
    def proof(self) -> list[str]:
        """What was found wrong with copies when they were read back."""
        return self._memory.text(_PROOF).split("\n") if self._memory.text(_PROOF) else []

    def keep_proof(self, found: Sequence[str]) -> None:
        """Remember what was found wrong with copies."""
        self._keep(_PROOF, "\n".join(found))

    def wants_check(self, today: date) -> bool:
        """Whether the desk was not checked for a month, or found wanting."""
        try:
            checked = date.fromisoformat(self._memory.text(_CHECKED))
        except ValueError:
            return True
        return abs((today - checked).days) >= EVERY or bool(self.found)

    def _keep(self, name: str, text: str) -> None:
        self._memory.keep_text(name, text)
        self._memory.flush()
