"""A duty's row: as the table keeps it, as the clerk reads it, and where it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from hazard_desk.books.duties.evidence import Proofs
from hazard_desk.books.duties.occurrences import DutyOccurrence
from hazard_desk.errors import Refused, RefusedFields
from hazard_desk.rules.fields import Row
from hazard_desk.rules.fulfilment import MET, DutyState, duty_state
from hazard_desk.rules.rhythm import describe, read_rhythm

OWN = "own-"
"""What the code of a duty of the office's own begins with, once its plan was copied; before it has none."""


def shown(proofs: Proofs, row: Row, tasks: Sequence[Row]) -> Row:
    """Return a row of the table as the clerk reads it; ``tasks`` are those it names.

    ``codes`` are what fulfils it, ``people`` and ``offices`` who answers for it, its tasks included.
    """
    at_least = row["at_least"] or 1
    named = (row["kind"], row["period"], row["rrule"], row["at"], at_least, row["counted_in"], row["trigger"])
    rhythm = describe(*named)
    return row | {
        "rhythm": rhythm,
        "rule": row["rule"] or ("" if row["trigger"] else rhythm),
        "codes": row["fulfilled_by"],
        "fulfilled_by": [proofs.in_words(code) for code in row["fulfilled_by"]],
        "own": not row["code"] or row["code"].startswith(OWN),
        "people": row["leads"] or _all(tasks, "leads"),
        "offices": row["units"] or _all(tasks, "units"),
    }


def _all(tasks: Sequence[Row], name: str) -> list[str]:
    return list(dict.fromkeys(one for task in tasks for one in task[name]))


def entry_problems(proofs: Proofs, row: Row) -> dict[str, str]:
    """Return what is wrong with a duty that the clerk entered, by field."""
    problems = unknown_sources(proofs, row)
    if bool(row["rule"]) == bool(row["trigger"]):
        problems["rule"] = "“周期”和“遇事办理”请填写其中一项"
    return problems


def unknown_sources(proofs: Proofs, row: Row) -> dict[str, str]:
    """Return what is wrong with what shall fulfil a duty, by field."""
    unknown = [words for words in row["fulfilled_by"] if proofs.code_of(words) is None]
    return {"fulfilled_by": f"“完成依据”里没有“{unknown[0]}”，请从列表中选择"} if unknown else {}


def codes_of(proofs: Proofs, row: Row) -> list[str]:
    """Return what fulfils a duty, as the table keeps it, from the words that the clerk chose."""
    return [code for code in map(proofs.code_of, row["fulfilled_by"]) if code]


def kept(proofs: Proofs, row: Row, year: int) -> Row:
    """Return what the table keeps of a duty that was entered. Raises ``RefusedFields`` for its rhythm."""
    row = row | {"fulfilled_by": codes_of(proofs, row)}
    if row["trigger"]:
        return row | {"kind": "triggered", "period": "", "rrule": "", "at": "", "at_least": 1}
    try:
        rhythm = read_rhythm(row["rule"], year)
    except Refused as wrong:
        raise RefusedFields({"rule": wrong.message}) from None
    row |= {"kind": rhythm.kind, "period": rhythm.period, "rrule": rhythm.rrule, "at": rhythm.at}
    return row | {"at_least": rhythm.at_least, "counted_in": rhythm.unit}


def stand(duty: Row, times: Sequence[DutyOccurrence], in_use: Mapping[str, int], day: date) -> Row:
    """Return the derived fields of a duty: how often it was met, what comes next, where it stands."""
    met = sum(one.state in MET for one in times)
    should = sum(one.state in MET or one.due <= day for one in times)
    state = duty_state([one.state for one in times])
    if duty["kind"] == "triggered" and state is DutyState.DONE:
        state = DutyState.ON_TRACK  # its event may come again
    if duty["kind"] == "standing_count":
        met, should = sum(in_use[name] for name in registers_kept_up([duty])), duty["at_least"] or 1
        state = DutyState.KEPT if met >= should else DutyState.SHORT
    if duty["ends_on"] and duty["ends_on"] < day:
        state = DutyState.ENDED
    coming = [one.due for one in times if one.open]
    found = {"met": met, "should": should, "total": len(times), "next_due": min(coming, default=None)}
    return found | {"state": str(state)}


def registers_kept_up(duties: Sequence[Row]) -> set[str]:
    """Return the registers in which these duties keep up a number of things."""
    codes = [code for duty in duties if duty["kind"] == "standing_count" for code in duty["codes"]]
    return {code.partition(":")[2] for code in codes if code.startswith("register:")}
