"""催办: whoever has not done what a duty asks is reminded by a letter (提醒函), one for each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from hazard_desk.books.duties.book import Duties
from hazard_desk.books.duties.occurrences import DutyOccurrence
from hazard_desk.books.enterprise_duties import EnterpriseDuties, EnterpriseDutyRow
from hazard_desk.books.plans.book import Plans
from hazard_desk.books.postponed import Postponed, PutOff, waiting_key
from hazard_desk.books.rewards import OF_OFFICE, OF_PERSON, OF_UNIT, REMINDER, RewardRow, Rewards
from hazard_desk.errors import Refused
from hazard_desk.rules.dates import show_date
from hazard_desk.rules.wording import cited, quoted
from hazard_desk.store.acts import Change, Undo

PATIENCE = timedelta(days=7)
"""How long firms that were urged are given before they stand in the inbox again."""


class Urging:
    """Urges on those who are behind with a duty; each letter is a record that its paper is printed from."""

    def __init__(
        self,
        plans: Plans,
        duties: Duties,
        enterprise_duties: EnterpriseDuties,
        rewards: Rewards,
        postponed: Postponed,
    ) -> None:
        self.cabinet = duties.cabinet
        self.plans = plans
        self.duties = duties
        self.enterprise_duties = enterprise_duties
        self.enterprises = enterprise_duties.enterprises
        self.postponed = postponed
        self.rewards = rewards

    def targets(self, one: DutyOccurrence) -> tuple[str, ...]:
        """Return who may be urged: the objects that are missing, else who is to do it."""
        if one.asked.whom:
            return one.missing
        serving = [doer.person for doer in one.asked.doers if doer.on(min(self._today, one.due))]
        return tuple(dict.fromkeys(serving or one.duty.offices or one.duty.people))

    def urged(self, one: DutyOccurrence) -> dict[str, int]:
        """Return who was urged for a time a duty falls due, each with the id of the letter's record."""
        select = RewardRow.select(RewardRow.target, RewardRow.id)
        wanted = (RewardRow.kind == REMINDER) & (RewardRow.reason == reason_of(one))
        return dict(self.cabinet.pairs(select.where(wanted)))

    def urge(self, number: int, key: str, names: Sequence[str] = ()) -> Change:
        """Urge those named, or all who are behind and were not urged yet: one act with one undo.

        ``ids`` of the change are the records from which the letters are printed. Raises ``Refused`` when
        nothing is behind, or all were urged already.
        """
        one = self.duties.occurrence(number, key)
        if not (one.open or one.behind):
            raise Refused(f"{quoted(one.title)}已经完成，不用催办")
        there, done = self.targets(one), self.urged(one)
        if unknown := [name for name in names if name not in there]:
            raise Refused(f"{quoted(unknown[0])}不在要催办的名单里，请刷新后再选")
        asked = [name for name in names or there if name not in done]
        if not asked:
            told = "都已催办过，见奖惩记录中的提醒函" if there else "没有写明由谁办，请先填写责任科室"
            raise Refused(f"{quoted(one.title)}{told}")
        with self.cabinet.whole("duties.urge", self.rewards.id, Undo.ROWS) as act:
            ids = [i for name in asked for i in self.rewards.add(self._letter(one, name)).ids]
            act.done(f"{quoted(one.title)}催办{'、'.join(asked)}", *ids)
        return act.result

    def urge_firms(self, ids: Sequence[int]) -> Change:
        """Urge the firms whose duties these are (rows of 企业履职), a letter for each: one act, one undo.

        They stand out of the inbox for ``PATIENCE`` then. ``ids`` of the change are the records from which
        the letters are printed. Raises ``Refused`` where none of them is due by a day.
        """
        rows = [row for row in self.enterprise_duties.rows(ids) if row.next_due]
        if not rows:
            raise Refused("这几家都没有到期的履职事项，不用催办")
        until = self._today + PATIENCE
        with self.cabinet.whole("enterprise-duties.urge", self.rewards.id, Undo.ROWS) as act:
            made = [i for row in rows for i in self.rewards.add(self._firm_letter(row)).ids]
            self.postponed.put_off([self._patient(row) for row in rows], until)
            names = "、".join(dict.fromkeys(row.unit_name for row in rows))
            act.done(f"催办{names}，{show_date(until)}再提醒", *made)
        return act.result

    def _patient(self, duty: EnterpriseDutyRow) -> PutOff:
        (kind,) = {field.due.kind for field in self.enterprise_duties.fields if field.due}
        key = waiting_key(kind, f"{self.enterprise_duties.id}/{duty.id}", str(duty.next_due))
        return PutOff(f"{duty.unit_name}{duty.duty}到期", (key,))

    def _firm_letter(self, duty: EnterpriseDutyRow) -> RewardRow:
        assert duty.next_due is not None  # only such rows are urged
        reason = f"{quoted(duty.duty)}尚未落实，期限{show_date(duty.next_due)}"
        return self._to(duty.unit_name, OF_UNIT, reason)

    def _letter(self, one: DutyOccurrence, name: str) -> RewardRow:
        return self._to(name, self._kind(one, name), reason_of(one))

    def _to(self, name: str, kind: str, reason: str) -> RewardRow:
        plan = self.plans.current()
        row = RewardRow()
        row.kind, row.target, row.target_kind = REMINDER, name, kind
        row.happened_on, row.reason = self._today, reason
        row.basis = cited(plan.title, plan.number)
        return row

    def _kind(self, one: DutyOccurrence, name: str) -> str:
        if self.enterprises.find(name) is not None:
            return OF_UNIT
        return OF_PERSON if name in {doer.person for doer in one.asked.doers} else OF_OFFICE

    @property
    def _today(self) -> date:
        return self.cabinet.clock.today


def reason_of(one: DutyOccurrence) -> str:
    """Return why somebody is urged, as the letter says it."""
    hour = f" {one.when.time:%H:%M}" if one.when.time else ""
    return f"{quoted(one.title)}尚未完成，时限{show_date(one.due)}{hour}"
