"""群众举报: what the public reported, whether it was true, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping

import peewee

from hazard_desk.books.checks.dated_rules import reward_rate
from hazard_desk.books.enterprises import Enterprises
from hazard_desk.books.hazards.book import Hazards
from hazard_desk.books.hazards.same_day import register_hazard
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.books.informants import Informants, Protected
from hazard_desk.books.kit.gaps import UNDATED, ahead, odd_day
from hazard_desk.books.kit.protected import ProtectedLedger
from hazard_desk.books.kit.source import Source
from hazard_desk.books.rewards import OF_PERSON, PENALTY, REPORT_REWARD, RewardRow, Rewards
from hazard_desk.errors import Refused
from hazard_desk.rules.dates import show_date
from hazard_desk.rules.fields import NAMES_FIRM, Due, Kind, Row, Value
from hazard_desk.rules.states import REPORTED
from hazard_desk.store.acts import Change
from hazard_desk.store.cabinet import Cabinet
from hazard_desk.store.columns import column, name_of, names_of

TRUE = ("属实", "部分属实")


class TipRow(Protected, table="tip"):
    """One report by a member of the public."""

    enterprise_id = peewee.IntegerField(null=True, index=True)
    received_on = column("接报日期", Kind.DATE, required=True, width=7, index=True, now=True)
    way = column(
        "举报方式",
        Kind.CHOICE,
        required=True,
        choices=("电话", "来信", "来访", "网络", "12345热线", "上级转办", "其他"),
        width=6,
    )
    unit_name = column("被举报单位", width=14, searched=True, of_firm=NAMES_FIRM)
    content = column("举报内容", Kind.LONG, required=True, width=24, searched=True)
    anonymous = column("是否匿名", Kind.BOOL, width=4)
    handler = column("承办人", width=6, searched=True)
    deadline = column(
        "办理时限",
        Kind.DATE,
        width=7,
        since="received_on",
        due=Due("tip", done=("answered_on",), people=("handler",), units=("unit_name",)),
    )
    verified = column("核查结果", Kind.CHOICE, choices=(*TRUE, "不属实"), width=6)
    finding = column("核查情况", Kind.LONG, width=16, shown=False)
    answered_on = column("答复日期", Kind.DATE, width=7)
    remark = column("备注", Kind.LONG, width=10, shown=False)
    hazards = column("登记隐患", Kind.NAMES, width=11, computed=True)
    rewarded = column("已奖励", Kind.BOOL, width=4, computed=True)


class Tips(ProtectedLedger[TipRow]):
    """The ledger of public reports."""

    id = "tips"
    title = "群众举报"
    noun = "举报"
    why = "群众举报登记在这里，办理时限到期提醒，查实的登记为隐患，举报人信息加密保存"
    icon = "tips"
    first_columns = names_of(TipRow.unit_name, TipRow.content, TipRow.received_on, TipRow.deadline)
    in_binder = False
    evidence: Source | None = Source(
        TipRow.answered_on,
        TipRow.unit_name.concat("举报答复"),
        about=(TipRow.unit_name,),
        firm=TipRow.enterprise_id,
    )
    default_sort = f"-{name_of(TipRow.received_on)}"
    table = TipRow
    headed_by = names_of(TipRow.unit_name, TipRow.way, TipRow.received_on)

    def __init__(
        self,
        cabinet: Cabinet,
        informants: Informants,
        enterprises: Enterprises,
        hazards: Hazards,
        rewards: Rewards,
    ) -> None:
        super().__init__(cabinet, informants)
        self.hazards = hazards
        self.rewards = rewards
        self.links = (enterprises.link(self.id, TipRow, TipRow.unit_name),)

    def name_of(self, row: TipRow) -> str:
        return f"{row.received_on or UNDATED} {row.unit_name or row.way}".strip()

    def headline(self, row: TipRow) -> tuple[str, str]:
        whose, on = row.unit_name or row.way, row.received_on
        if on is None:
            return whose, whose
        return f"{whose}（{show_date(on)}）", f"{whose}（{on.month}月{on.day}日）"

    def lacking(self, row: TipRow) -> dict[str, str]:
        unsaid = row.answered_on and not row.verified
        told = {name_of(TipRow.verified): "答复举报前，请先填写“核查结果”"} if unsaid else {}
        return super().lacking(row) | told

    def wrong(self, row: TipRow, number: int | None) -> dict[str, str]:
        problems = odd_day(TipRow.received_on, row, self.cabinet.clock.today, TipRow.remark)
        if row.answered_on and ahead(row.received_on, row.answered_on):
            problems[name_of(TipRow.answered_on)] = "“答复日期”不能早于接报日期"
        return problems

    def finish_all(self, rows: list[TipRow]) -> list[TipRow]:
        made = self.hazards.made_from(name_of(Hazard.tip_id), [row.id for row in rows])
        paid = self.rewards.made_from(name_of(RewardRow.tip_id), [row.id for row in rows])
        for row in rows:
            row.hazards = [hazard.number for hazard in made.get(row.id, [])]
            row.rewarded = row.id in paid
        return super().finish_all(rows)

    def hazard_values(self, number: int) -> Row:
        """Return what the desk knows already of the hazard that a report becomes. Never the informant."""
        tip = self.get(number)
        known = Hazard()
        known.source, known.unit_name = REPORTED, tip.unit_name
        known.description, known.found_on = tip.content, tip.received_on
        return known

    def make_hazard(self, number: int, values: Mapping[str, Value]) -> Change:
        """Register the hazard that was reported; ``values`` adds what the report does not say."""
        if self.get(number).verified not in TRUE:
            raise Refused(
                "核查属实或部分属实的举报才能登记为隐患，请先填写“核查结果”", name_of(TipRow.verified)
            )
        told = self.hazard_values(number) | dict(values)
        return register_hazard(self.hazards, told, {name_of(Hazard.tip_id): number})

    def reward_values(self, number: int) -> Row:
        """Return what the desk knows already of the reward for a report. Never the informant."""
        tip = self.get(number)
        known = RewardRow()
        known.kind, known.target_kind, known.target = REPORT_REWARD, OF_PERSON, "举报人"
        known.reason = f"举报{tip.unit_name or '事故隐患'}，核查{tip.verified}"
        known.anonymous, known.happened_on = tip.anonymous, self.cabinet.clock.today
        rate = reward_rate(self.cabinet, tip.received_on or self.cabinet.clock.today)
        if rate and (fine := self._fined(number)):
            known.amount, known.basis = rate.amount(fine), rate.named
        return known

    def _fined(self, number: int) -> float:
        """Return the fines for what a report led to, in 万元."""
        made = self.hazards.made_from(name_of(Hazard.tip_id), [number]).get(number, [])
        fined = self.rewards.made_from(name_of(RewardRow.hazard_id), [hazard.id for hazard in made])
        rows = [row for rows in fined.values() for row in rows]
        return sum(row.amount or 0 for row in rows if row.kind == PENALTY)

    def make_reward(self, number: int, values: Mapping[str, Value]) -> Change:
        """Enter the reward for a report found true; ``values`` gives amount, date and basis."""
        tip = self.get(number)
        if tip.verified not in TRUE:
            raise Refused("核查属实或部分属实的举报才能奖励，请先填写“核查结果”", name_of(TipRow.verified))
        links = {name_of(RewardRow.tip_id): number, name_of(RewardRow.informant_id): tip.informant_id}
        return self.rewards.add(self.reward_values(number) | dict(values), links)
