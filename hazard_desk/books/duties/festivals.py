"""Holidays before which a duty asks for work (节前检查), though nobody has triggered it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from hazard_desk.books.duties.book import Duties
from hazard_desk.books.plans.tables import DutyRow

_HOLIDAY = re.compile(r"(?<![环季细关情章])节(?![点约能])")
"""A holiday in what a duty is triggered by (主要节日); 关键环节 and 时间节点 are none."""


@dataclass(frozen=True)
class Festival:
    """A duty and a holiday: to be done by ``due``, the working day before it."""

    duty: DutyRow
    name: str
    holiday: date
    due: date


def untriggered_festivals(duties: Duties) -> Iterator[Festival]:
    """Yield the holidays of the campaign for each duty that asks for work before holidays, past ones too."""
    for duty, times in duties.courses(duties.cabinet.clock.today):
        if duty.kind != "triggered" or duty.ends_on is not None:
            continue
        if any(code.endswith("节前") for code in duty.codes) or _HOLIDAY.search(duty.trigger):
            for row in duties.untriggered(duty.id, times):
                yield Festival(duty, row.name, row.happened_on, row.due)
