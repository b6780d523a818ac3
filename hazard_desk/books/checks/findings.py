"""A check with what it found: each finding becomes a hazard, all by one form, one act and one undo."""

from __future__ import annotations

from collections.abc import Mapping

from hazard_desk.books.checks.book import CheckRow, Checks, FindingRow
from hazard_desk.books.hazards.same_day import ON_THE_SPOT, folded, is_told, spot_fields
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.errors import Refused, RefusedFields
from hazard_desk.rules.fields import Field, Kind, Row, Value, by_name, read_all
from hazard_desk.rules.states import MAJOR
from hazard_desk.store.acts import Change
from hazard_desk.store.columns import field_of, fields_of, name_of, names_of

LINES = "found"
"""What a form of a check calls its findings: a list of mappings, one for each."""
KEPT_OUT = Field(
    "kept_out", "暂不登记为隐患", Kind.BOOL, help="只记在检查里，以后可以在检查的详情里登记为隐患"
)
_OWN = names_of(FindingRow.level, FindingRow.place, FindingRow.description)
_JUDGED = name_of(Hazard.criterion)
_LATER = names_of(Hazard.responsible, Hazard.deadline)
"""What is settled for a hazard that is not put right on the spot."""
_SECTOR = name_of(Hazard.sector)
_CALLED = {name_of(Hazard.found_on): name_of(CheckRow.checked_on)}
"""What the check calls what its hazards take from it, where it calls it otherwise."""


def line_fields() -> tuple[Field, ...]:
    """Return what the form asks of each finding: what it is, and what its hazard is registered with."""
    hazard = fields_of(Hazard.criterion, Hazard.responsible, Hazard.deadline)
    return (*Checks.finding_fields, *hazard, ON_THE_SPOT, *spot_fields(), KEPT_OUT)


def besides_fields(checks: Checks, number: int) -> tuple[Field, ...]:
    """Return what the form asks of a finding of a check that is entered already.

    The sector too, where neither the check nor its firm knows it.
    """
    known = checks.known_of(checks.get(number))
    sector = by_name(checks.hazards.fields, _SECTOR)
    own = Checks.finding_fields
    return line_fields() if known.sector else (*own, sector, *line_fields()[len(own) :])


def besides_begin(checks: Checks, number: int) -> Row:
    """Return what follows from the firm of a check for what is found besides."""
    return checks.enterprises.tells(checks.get(number).unit_name, besides_fields(checks, number)) or {}


def folded_line(values: Mapping[str, Value]) -> set[str]:
    """Return the names of those of ``line_fields`` that are not asked for as the line is filled in now."""
    hidden = folded(values)
    if values.get(KEPT_OUT.name):
        return hidden | {field.name for field in (ON_THE_SPOT, *spot_fields())} | {_JUDGED, _SECTOR, *_LATER}
    hidden |= set(_LATER) if values.get(ON_THE_SPOT.name) else set()
    return hidden if values.get(name_of(FindingRow.level)) == MAJOR else hidden | {_JUDGED}


def lines_decided_by(values: Mapping[str, Value]) -> Row:
    """Return what of a check decides what is offered for its findings, as their hazards call it."""
    return {name: values.get(_CALLED.get(name, name)) for name in field_of(Hazard.criterion).asks}


def line_field(line: int, name: str) -> str:
    """Return how a field of a line is called among what is wrong; lines count from 1."""
    return f"{LINES}/{line}/{name}"


def enter_check(checks: Checks, values: Mapping[str, Value]) -> Change:
    """Enter a check with its findings (``LINES`` of ``values``), each as a hazard unless it is kept out.

    A line in which nothing is told counts for none. Raises ``RefusedFields`` with all that is wrong, in lines
    too (``line_field``); nothing is written then.
    """
    lines = _told(values.get(LINES))
    problems = _unreadable(checks, values, lines)
    if problems:
        raise RefusedFields(problems)
    with checks.cabinet.whole("checks.enter", checks.id) as act:
        made = checks.add(values)
        (number,) = made.ids
        for place, line in lines.items():
            problems |= _entered(checks, number, place, line)
        if problems:
            raise RefusedFields(problems)
        act.done(f"{made.title}{f'，发现问题{len(lines)}个' if lines else ''}", number)
    return act.result


def note_finding(checks: Checks, number: int, line: Mapping[str, Value]) -> Change:
    """Note what a check found besides, and register its hazard unless it is kept out, in one act.

    Raises ``RefusedFields`` and ``Refused``.
    """
    with checks.cabinet.whole("checks.note", checks.id) as act:
        _enter(checks, number, line)
        act.done(f"{checks.name_of(checks.get(number))} 登记发现的问题", number)
    return act.result


def _told(lines: Value) -> dict[int, Mapping[str, Value]]:
    """Return the lines in which something is told, by their place.

    A level, a tick or what follows from the firm tells nothing alone.
    """
    if not isinstance(lines, list | tuple):
        return {}
    ticks = {name_of(FindingRow.level), ON_THE_SPOT.name, KEPT_OUT.name}
    asked = {field.name for field in line_fields() if not field.of_firm} - ticks
    return {
        place: line
        for place, line in enumerate(lines, start=1)
        if isinstance(line, Mapping) and any(is_told(line.get(name)) for name in asked)
    }


def _unreadable(
    checks: Checks, values: Mapping[str, Value], lines: Mapping[int, Mapping[str, Value]]
) -> dict[str, str]:
    """Return what is lacking or wrong in the check and in each finding, before anything is written."""
    problems: dict[str, str] = {}
    try:
        checks.read(values, None)
    except RefusedFields as refused:
        problems |= refused.problems
    for place, line in lines.items():
        try:
            read_all(Checks.finding_fields, line, checks.cabinet.clock.today)
        except RefusedFields as refused:
            problems |= {line_field(place, name): said for name, said in refused.problems.items()}
    return problems


def _entered(checks: Checks, number: int, place: int, line: Mapping[str, Value]) -> dict[str, str]:
    """Enter a line; return what speaks against it, a sentence by the field of the line or of the check."""
    try:
        _enter(checks, number, line)
    except RefusedFields as refused:
        wrong = refused.problems
    except Refused as refused:
        wrong = {refused.field: refused.message}
    else:
        return {}
    own = {field.name for field in line_fields()}
    theirs = {field.name for field in checks.entry_fields()} - own
    problems: dict[str, str] = {}
    for name, said in wrong.items():
        called = _CALLED.get(name, name)
        lined = line_field(place, name if name in own else _OWN[-1])
        problems[called if called in theirs else lined] = said
    return problems


def _enter(checks: Checks, number: int, line: Mapping[str, Value]) -> None:
    checks.add_finding(number, line)
    if not KEPT_OUT.read(line.get(KEPT_OUT.name), checks.cabinet.clock.today):
        finding = checks.findings(number)[-1]
        asked = {field.name for field in line_fields()} - set(_OWN) - folded_line(line)
        told = {name: line.get(name) for name in asked}
        told |= {_SECTOR: line[_SECTOR]} if _SECTOR in line else {}
        checks.make_hazard(finding.id, told)
