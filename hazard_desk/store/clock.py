"""The desk's clock: the one place where "today" comes from."""

from __future__ import annotations

from datetime import date, datetime, time


class Clock:
    """The system's clock, or one that stands on a given day (``--today``, the sample desk)."""

    def __init__(self, today: date | None = None) -> None:
        self._fixed = today

    def set(self, today: date) -> None:
        """Let the clock stand on ``today`` from now on."""
        self._fixed = today

    @property
    def real(self) -> bool:
        """Whether it is the system's clock."""
        return self._fixed is None

    @property
    def today(self) -> date:
        return self._fixed or datetime.now().date()

    @property
    def now(self) -> datetime:
        """The moment an entry is made, to the second."""
        if self._fixed:
            return datetime.combine(self._fixed, time(9, 0))
        return datetime.now().replace(microsecond=0)
