"""What the letters of rewards and penalties can tell; of who reported something only how he is addressed."""

from __future__ import annotations

from hazard_desk.books.catalogue import Books
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.books.informants import addressed
from hazard_desk.books.kit.gaps import UNDATED
from hazard_desk.books.rewards import RewardRow
from hazard_desk.books.tips import TipRow
from hazard_desk.papers.facts.hazard import facts_of_hazard
from hazard_desk.papers.order import Order
from hazard_desk.papers.wording.facts import PaperFacts, Thing, fact
from hazard_desk.rules.fields import Kind, read_names
from hazard_desk.store.columns import field_of


def letter_facts(books: Books, order: Order) -> PaperFacts:
    """Return what a letter about a record tells of its day, its basis, its hazard and its report."""
    record = books.rewards.get(order.record) if order.record else RewardRow()
    hazard = books.hazards.get(record.hazard_id) if record and record.hazard_id else Hazard()
    tip = books.tips.get(record.tip_id) if record and record.tip_id else TipRow()
    other = hazard.unit_name if hazard and hazard.unit_name != record.target else ""
    issued = order.document.get("issued_on") if order.document else None
    cited = read_names(order.document.get("basis")) if order.document else []
    amount_of = record.amount if record else None
    return PaperFacts(
        {
            "日期": fact("日期", lambda: issued or (record.happened_on if record else None), Kind.DATE),
            "登记日期": fact("登记日期", lambda: _day(record)),
            "依据": fact("依据", lambda: "、".join(cited) or (record.basis if record else "")),
            "奖励金额": fact("奖励金额", lambda: amount_of, Kind.NUMBER, "元"),
            "经过检查": fact("经过检查", lambda: bool(record.get("check_id")), Kind.BOOL),
            "有隐患": fact("有隐患", lambda: bool(hazard), Kind.BOOL),
            "隐患单位": fact("隐患单位", lambda: other),
            "隐患": Thing(lambda: facts_of_hazard(books, hazard)),
            "有举报": fact("有举报", lambda: bool(tip), Kind.BOOL),
            "接报日期": fact("接报日期", lambda: tip.get("received_on"), Kind.DATE),
            "被举报单位": fact("被举报单位", lambda: tip.get("unit_name", "")),
            "核查结果": fact("核查结果", lambda: tip.get("verified", "")),
            "称呼": fact("称呼", lambda: _called(record)),
        }
    )


def _day(record: RewardRow) -> str:
    return field_of(RewardRow.happened_on).show(record.happened_on) if record else UNDATED


def _called(record: RewardRow) -> str:
    """How an informant is written to: by surname and stars, or not by name at all."""
    if not record:
        return ""
    return addressed(record) or ("匿名举报人" if record.anonymous else "举报人")
