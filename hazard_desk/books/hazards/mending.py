"""The line of a hazard that lost some of its events, told anew from what is kept of it: after a salvage."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from hazard_desk.books.hazards.course import fold
from hazard_desk.books.hazards.events import kept_event, kept_row
from hazard_desk.books.hazards.incoming.history import begun
from hazard_desk.books.hazards.past import unfollowed
from hazard_desk.books.hazards.step import Event
from hazard_desk.books.hazards.tables import Hazard, HazardEvent
from hazard_desk.books.kit.judging import Batch, telling_of
from hazard_desk.rules.fields import Field
from hazard_desk.store.acts import Act, Undo
from hazard_desk.store.cabinet import Cabinet


def mend_lines(cabinet: Cabinet, ledger: str, fields: Sequence[Field], entry: Collection[str]) -> list[str]:
    """Give every hazard that its events no longer make a new line, by one act; return a sentence for each.

    ``fields`` are those of a sheet, ``entry`` the names of those that a registration asks for. What the row
    does not tell is not invented: it is missing.
    """
    rows = unfollowed(cabinet)
    if rows:
        with cabinet.act("hazards.mend", ledger, Undo.FINAL) as act:
            for row in rows:
                _lay(cabinet, act, row, _line(row, fields, entry, cabinet.clock.today))
            act.done(f"重新建立{len(rows)}条隐患的办理记录", *(row.id for row in rows))
    return [f"隐患 {row.number} 的办理记录不全，已按台账中现有的内容重新建立，请核对" for row in rows]


def _lay(cabinet: Cabinet, act: Act, row: Hazard, events: list[Event]) -> None:
    """Put these events in the place of what is left of a hazard's line."""
    folded = fold(events)
    line = HazardEvent.select(HazardEvent.id).where(HazardEvent.hazard_id == row.id)
    for number in cabinet.numbers(line):
        act.delete(HazardEvent, number)
    who = cabinet.setting("clerk")
    act.insert_many(HazardEvent, (kept_event(row.id, event, folded, act.at, who) for event in events))
    act.update(Hazard, row.id, kept_row(folded))


def _line(row: Hazard, fields: Sequence[Field], entry: Collection[str], today: date) -> list[Event]:
    """Return the events that the row tells."""
    asked = Batch().asked(lambda: fields)
    return begun(telling_of(asked, row, row.others, {}, today), entry, today, ())[0]
