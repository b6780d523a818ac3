"""Erasing an informant for good: every row that a report or its rewards ever had, also of earlier edits.

Their ids are written beside the database, into the places of copies and the user's own folder before the act
is committed: what is cut short, or put back with a copy, is erased again when the desk is next opened.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from hazard_desk.books.informants import Informants, Protected
from hazard_desk.books.rewards import RewardRow, Rewards
from hazard_desk.books.tips import TipRow, Tips
from hazard_desk.errors import Refused, Trouble
from hazard_desk.rules.fields import Row
from hazard_desk.store.acts import Change, Undo
from hazard_desk.store.cabinet import Cabinet
from hazard_desk.store.columns import name_of, table_name
from hazard_desk.store.place import user_folder
from hazard_desk.store.seal.erased import erased_in, note_erased
from hazard_desk.store.seal.seal import YEARS
from hazard_desk.store.tables import Audit, Audited

_LINK, _TIP = name_of(Protected.informant_id), name_of(RewardRow.tip_id)
_log = logging.getLogger(__name__)


@dataclass
class InformantCase:
    """A report with its rewards, or a reward of its own: all that was ever written of them."""

    ledger: str
    number: int
    informants: set[int] = field(default_factory=set)
    rewards: set[int] = field(default_factory=set)
    last: date = date.min
    """When it was last written."""
    title: str = ""
    closed: date | None = None


class Erasing:
    """The informants of reports and rewards, as the audit trail knows them."""

    def __init__(self, cabinet: Cabinet, informants: Informants, tips: Tips, rewards: Rewards) -> None:
        self.cabinet = cabinet
        self.informants = informants
        self.tips = tips
        self.rewards = rewards
        self.places: Callable[[], Sequence[Path]] = lambda: ()
        """The places of copies."""

    def erase(self, ledger: str, number: int, reason: str) -> Change:
        """Erase the informant of a report or reward, which may be removed since. Nothing brings it back.

        The trail keeps that it was done and why, never who. Raises ``Refused`` where there is none.
        """
        if ledger not in (self.tips.id, self.rewards.id):
            raise Refused(
                f"只有{self.tips.title}（{self.tips.id}）和{self.rewards.title}（{self.rewards.id}）有举报人"
            )
        if not reason.strip():
            raise Refused("请写明抹去举报人信息的原因", "reason")
        case = next((one for one in self._cases() if _is(one, ledger, number, self.rewards.id)), None)
        ever = case.informants if case else set()
        rows = self.informants.standing(ever)
        if case is None or not rows:
            raise Refused("这条记录的举报人信息已经抹去" if ever else "这条记录没有举报人信息")
        self.informants.refuse_named(reason, rows)
        self._note({row.uid for row in rows})
        what = f"“{case.title}”的" if case.title else ""
        with self.cabinet.act("informant.erase", ledger, Undo.FINAL) as act:
            self.informants.erase(act, [row.id for row in rows])
            act.done(f"抹去{what}举报人信息，原因：{reason.strip()}", number)
        self._leave_no_trace()
        return act.result

    def again(self) -> Change | None:
        """Erase anew those whom the list in the desk's folder names and who are back; mend the list."""
        folder = self.cabinet.file.parent
        named = erased_in(folder, user_folder())
        back = [row for row in self.informants.standing() if row.uid in named]
        note_erased(self.informants.erased(), folder)
        if not back:
            return None
        with self.cabinet.act("informant.erase", self.tips.id, Undo.FINAL) as act:
            self.informants.erase(act, [row.id for row in back])
            act.done(f"再次抹去已抹去的{len(back)}条举报人信息")
        self._leave_no_trace()
        return act.result

    def proposed(self, today: date) -> list[InformantCase]:
        """Return what was closed, or removed, more years ago than informants are to be kept; oldest first."""
        years = self.cabinet.setting(YEARS)
        if not years.isdecimal() or not int(years):
            return []
        standing = {row.id for row in self.informants.standing()}
        if not standing:
            return []
        before = _years_before(today, int(years))
        cases = [case for case in self._cases() if case.informants & standing]
        old = [case for case in cases if case.closed is not None and case.closed <= before]
        return sorted(old, key=lambda case: case.closed or date.min)

    def notes(self, today: date) -> list[str]:
        """Return what waits about informants, a Chinese sentence each; none of them in the sample."""
        seal = self.informants.seal
        if self.cabinet.setting("sample") == "1":
            return []
        found = []
        if seal.locked:
            if count := len(self.informants.standing()):
                found.append(f"这台电脑上还没有输入恢复码，已登记的{count}条举报人信息暂时不能查看。")
        elif seal.code and not seal.in_the_safe:
            found.append("举报人信息的恢复码还没有打印，请打印后放进保险柜。")
        if due := self.proposed(today):
            found.append(f"有{len(due)}条记录的举报人信息已满保存年限，建议抹去。")
        return found

    def _cases(self) -> list[InformantCase]:
        """Every report and every reward of its own, with what was ever written of it."""
        found: dict[tuple[str, int], InformantCase] = {}
        rewards: dict[int, InformantCase] = {}
        tips = table_name(TipRow)
        for table, number, day, told in self._written():
            tip = number if table == tips else told.get(_TIP)
            if isinstance(tip, int):
                case = found.setdefault((tips, tip), InformantCase(self.tips.id, tip))
            else:
                case = rewards.get(number) or found.setdefault(
                    (table, number), InformantCase(self.rewards.id, number)
                )
            if table != tips:
                case = rewards.setdefault(number, case)
                case.rewards.add(number)
            if isinstance(informant := told.get(_LINK), int):
                case.informants.add(informant)
            case.last = max(case.last, day)
        for case in found.values():
            self._tell(case)
        return list(found.values())

    def _written(self) -> Iterator[tuple[str, int, date, Row]]:
        """Every row of the two books as it was ever written: table, id, the day, what was written."""
        names = (table_name(TipRow), table_name(RewardRow))
        acts = Audited.select(Audited.audit_id).where(Audited.table.in_(names))
        asked = Audit.select(Audit.at, Audit.rows).where(Audit.id.in_(acts)).order_by(Audit.id)
        for act in self.cabinet.records(Audit, asked):
            for row in act.rows:
                if row["table"] in names:
                    sides = (side for side in (row["before"], row["after"]) if side)
                    yield from ((row["table"], row["id"], act.at.date(), side) for side in sides)

    def _tell(self, case: InformantCase) -> None:
        """Say of a case how it is called and when it was closed; one that was removed, on that day."""
        there = self.rewards.rows(sorted(case.rewards))
        days = [row.happened_on for row in there]
        if case.ledger == self.tips.id:
            for tip in self.tips.rows([case.number]):
                case.title = f"{self.tips.noun} {self.tips.name_of(tip)}"
                days += [tip.answered_on] if tip.answered_on else []
        elif there:
            case.title = self.rewards.name_of(there[0])
        case.closed = max(days, default=None) if case.title else case.last
        case.title = (
            case.title or f"已删除的{self.tips.noun if case.ledger == self.tips.id else self.rewards.noun}"
        )

    def _note(self, uids: Iterable[str]) -> None:
        """Have the lists name them: beside the database for certain, in the places where it can be."""
        note_erased(uids, self.cabinet.file.parent)
        for place in filter(Path.is_dir, (*self.places(), user_folder())):
            try:
                note_erased(uids, place)
            except Trouble as error:
                _log.info("a place of copies does not take the list of the erased: %s", error)

    def _leave_no_trace(self) -> None:
        """No older page of the rows stays in the write-ahead log."""
        if not self.cabinet.db.in_transaction():
            self.cabinet.checkpoint()


def _is(case: InformantCase, ledger: str, number: int, rewards: str) -> bool:
    """Whether a case is about this record."""
    return number in case.rewards if ledger == rewards else case.ledger == ledger and case.number == number


def _years_before(day: date, years: int) -> date:
    """Return the same day so many years before; of 29 February the day before it."""
    if day.year <= years:
        return date.min
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
