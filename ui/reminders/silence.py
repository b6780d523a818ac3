"""What the clerk does not want to be reminded of.

This is her own affair, no fact of the desk: it is remembered beside the window's sizes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date

from hazard_desk.figures.due import DueItem
from ui.memory import Memory

_DAY, _ITEMS = "reminders/day", "reminders/silenced"


class Silence:
    """What the clerk does not want to be reminded of: for a day, or an item for good."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    def day(self, today: date) -> bool:
        """Whether nothing is to be said today."""
        return self._memory.text(_DAY) == today.isoformat()

    def keep_day(self, today: date) -> None:
        """Say nothing more today."""
        self._memory.keep_text(_DAY, today.isoformat())
        self._memory.flush()

    def keep_item(self, item: DueItem) -> None:
        """Say nothing more of one item; should its date change, it is a new one."""
        self._keep({*self._items(), _key(item)})

    def lift(self) -> None:
        """Remind of everything again."""
        self._memory.keep_text(_DAY, "")
        self._keep(set())

    def left(self, items: Iterable[DueItem]) -> list[DueItem]:
        """Return the items that are not silenced."""
        silenced = self._items()
        return [item for item in items if _key(item) not in silenced]

    def _items(self) -> set[str]:
        try:
            kept = json.loads(self._memory.text(_ITEMS) or "[]")
        except ValueError:
            return set()
        return {str(key) for key in kept} if isinstance(kept, list) else set()

    def _keep(self, keys: set[str]) -> None:
        self._memory.keep_text(_ITEMS, json.dumps(sorted(keys)))
        self._memory.flush()


def _key(item: DueItem) -> str:
    return f"{item.kind} {item.record} {item.date.isoformat()}"
