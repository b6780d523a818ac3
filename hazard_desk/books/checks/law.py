"""What speaks against a check before it is entered: its cap, its certified inspectors, the yearly plan.

None of it forbids the check: the clerk may enter it with a reason (``Checks.doubts``). Each rule holds from
its day on, so the checks of earlier campaigns are not concerned.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from peewee import fn

from hazard_desk.books.checks.book import CheckRow
from hazard_desk.books.checks.dated_rules import Cap, caps_on
from hazard_desk.books.checks.plans import CheckPlanRow
from hazard_desk.books.enterprises import GRADES, Enterprise
from hazard_desk.books.kit.query import in_year
from hazard_desk.books.registers import REGISTER, RegisterRow
from hazard_desk.library.dated_rules import bundled_rules, in_force
from hazard_desk.rules.fields import Row
from hazard_desk.rules.identifiers import person
from hazard_desk.store.cabinet import Cabinet

INSPECTORS = "technical-inspectors"
"""The register of those who may check, with certificate and validity."""


def warnings(cabinet: Cabinet, row: CheckRow, number: int | None) -> list[str]:
    """Return what speaks against a check, a Chinese sentence each; ``number`` is its id once it is kept."""
    if row.checked_on is None:
        return []
    found = list(uncertified(cabinet, row.inspectors, row.checked_on))
    if row.enterprise_id:
        firm = cabinet.row(Enterprise, row.enterprise_id)
        cap = firm_cap(caps_on(cabinet, row.checked_on), firm)
        if cap is None or row.kind not in cap.exempt:  # what somebody reported or led is exempt of both
            found = [*_beyond_cap(cabinet, cap, firm, row.checked_on.year, number), *found]
            found += _unplanned(cabinet, firm, row.checked_on.year)
    return found


def firm_cap(caps: Mapping[tuple[bool, str], Cap], firm: Enterprise) -> Cap | None:
    """Return which of the caps of a day (``caps_on``) a firm has; one without a grade has that of 未创建."""
    return caps.get((bool(firm.high_risk), firm.grade or GRADES[-1]))


def checked_in(cabinet: Cabinet, firm: int, year: int, cap: Cap, but: int | None = None) -> int:
    """Return how many checks of a firm count in a year, the one with the id ``but`` left out."""
    here = (CheckRow.enterprise_id == firm) & CheckRow.kind.not_in(cap.exempt)
    here &= in_year(CheckRow.checked_on, year)
    if but is not None:
        here &= CheckRow.id != but
    return int(cabinet.scalar(CheckRow.select(fn.COUNT(CheckRow.id)).where(here)))


def _beyond_cap(
    cabinet: Cabinet, cap: Cap | None, firm: Enterprise, year: int, number: int | None
) -> Iterator[str]:
    if cap is None:
        return
    done = checked_in(cabinet, firm.id, year, cap, number)
    if done >= cap.most:
        said = f"“{firm.name}”{year}年已检查{done}次，达到每年{cap.most}次的额度（{cap.cited}）"
        yield said if firm.grade else f"{said}；标准化等级没有填写，按未创建计算"


def uncertified(cabinet: Cabinet, inspectors: Sequence[str], day: date) -> Iterator[str]:
    """Yield that too few of these held a certificate; a desk that keeps no list of them cannot tell."""
    rule = in_force(bundled_rules().certified, day)
    kept = cabinet.records(RegisterRow, RegisterRow.select().where(REGISTER == INSPECTORS))
    if rule is None or not kept:
        return
    valid = {person(str(one.facts.get("person", ""))) for one in kept if _valid(one.facts, day)}
    holders = [name for name in dict.fromkeys(inspectors) if person(name) in valid]
    if len(holders) < rule.least:
        who = f"只有{'、'.join(holders)}" if holders else "一个也没有"
        yield f"检查人中持有效证件的{who}，应有{rule.least}人以上（{rule.cited}）"


def _valid(facts: Row, day: date) -> bool:
    """Whether somebody held a certificate on a day. Facts keep days as text, which sorts as days do."""
    on = day.isoformat()
    until, left = str(facts.get("valid_until") or ""), str(facts.get("ends_on") or "")
    named = facts.get("certificate") or facts.get("certificate_number")
    return (
        bool(named)
        and str(facts.get("starts_on") or "") <= on
        and until >= on * bool(until)
        and (not left or on < left)
    )


def _unplanned(cabinet: Cabinet, firm: Enterprise, year: int) -> Iterator[str]:
    """Where there is a plan for the year, a firm outside it."""
    of_year = CheckPlanRow.select(CheckPlanRow.enterprise_id).where(in_year(CheckPlanRow.due_on, year))
    planned = cabinet.column(of_year)
    if planned and firm.id not in planned:
        yield f"“{firm.name}”不在{year}年的年度检查计划内"
