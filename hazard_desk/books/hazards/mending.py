"""The line of a hazard that lost some of its events, told anew from what is kept of it: after a salvage."""

from __future__ import annotations

from collections.abc import Iterable

from hazard_desk.books.hazards.course import fold
from hazard_desk.books.hazards.events import kept_row
from hazard_desk.books.hazards.past import unfollowed
from hazard_desk.books.hazards.replay import carried, moves
from hazard_desk.books.hazards.step import Event
from hazard_desk.books.hazards.steps import Steps
from hazard_desk.books.hazards.tables import Hazard, HazardEvent
from hazard_desk.errors import Refused
from hazard_desk.rules.fields import Field
from hazard_desk.store.acts import Act, Undo, plain
from hazard_desk.store.cabinet import Cabinet
from hazard_desk.store.columns import name_of


def mend_lines(cabinet: Cabinet, ledger: str, entry: Iterable[Field]) -> list[str]:
    """Give every hazard that its events no longer make a new line, by one act; return a sentence for each.

    ``entry`` are the fields that a registration asks for. What the row does not tell is not invented: the
    hazard then stands where its line ends.
    """
    asked = [field.name for field in entry if field.name != name_of(Hazard.found_on)]
    rows = unfollowed(cabinet)
    if rows:
        with cabinet.act("hazards.mend", ledger, Undo.FINAL) as act:
            for row in rows:
                _lay(cabinet, act, row, _line(row, asked))
            act.done(f"重新建立{len(rows)}条隐患的办理记录", *(row.id for row in rows))
    return [f"隐患 {row.number} 的办理记录不全，已按台账中现有的内容重新建立，请核对" for row in rows]


def _lay(cabinet: Cabinet, act: Act, row: Hazard, events: list[Event]) -> None:
    """Put these events in the place of what is left of a hazard's line."""
    folded = fold(events)
    line = HazardEvent.select(HazardEvent.id).where(HazardEvent.hazard_id == row.id)
    for number in cabinet.numbers(line):
        act.delete(HazardEvent, number)
    for event in events:
        kept = HazardEvent()
        kept.hazard_id, kept.kind, kept.note = row.id, event.kind, event.note
        kept.happened_on, kept.entered_at = event.happened_on, act.at
        kept.facts = {name: plain(value) for name, value in event.facts.items()}
        kept.who, kept.state = cabinet.setting("clerk"), str(folded.after[event.number])
        act.insert(HazardEvent, kept)
    act.update(Hazard, row.id, kept_row(folded))


def _line(row: Hazard, entry: list[str]) -> list[Event]:
    """Return the events that lead to what the row tells, as far as they are lawful."""
    facts = Hazard({name: row[name] for name in entry} | carried(row))
    events = [Event(1, Steps.REGISTERED.kind, row.found_on, facts, "")]
    try:
        found = moves(kept_row(fold(events)), row, row.found_on)
    except Refused:
        return events
    for move in found:
        told = Hazard(move.values)
        note = str(told.pop("note", ""))
        event = Event(len(events) + 1, move.kind, move.day, told, note)
        try:
            fold([*events, event])
        except Refused:
            continue
        events.append(event)
    return events
