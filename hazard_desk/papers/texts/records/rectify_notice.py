"""限期整改意见书 (two copies with a receipt) and 复查意见书: what is ordered, what the recheck found."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from hazard_desk.books.catalogue import Books
from hazard_desk.books.hazards.step import Event
from hazard_desk.books.hazards.steps import Steps
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.books.kit.query import Query
from hazard_desk.papers.model import Block, Cell, Note, PageBreak, Paper, Para, Title
from hazard_desk.papers.order import Order
from hazard_desk.papers.texts.phrases import blank, contact, day, known, sentence, signing_office
from hazard_desk.papers.texts.records.hazard_words import (
    facts_of,
    found_by,
    last_step,
    place_and_danger,
    taken_on,
    unit_of,
)
from hazard_desk.papers.texts.records.notices import (
    NoticeHead,
    closing,
    issued_number,
    labelled_table,
    opening,
)
from hazard_desk.papers.texts.tables import mark_of
from hazard_desk.rules.states import UNRECTIFIED
from hazard_desk.store.columns import name_of

_COPIES = ("第一联　由本单位存档", "第二联　交被检查单位")


def lacks_notice(books: Books, number: int) -> str:
    """A notice is for what is still to be rectified, or was issued when it was."""
    hazard = books.hazards.get(number)
    if hazard.notice_number or hazard.state in UNRECTIFIED:
        return ""
    return f"隐患 {hazard.number} 现为“{hazard.state}”，没有下发过限期整改意见书"


def notice_rectify(books: Books, order: Order) -> Paper:
    """Return the notice in two copies, and the receipt."""
    hazard, issuer = books.hazards.get(order.record), signing_office(books)
    number = issued_number(order, hazard.notice_number)
    step = last_step(books, hazard, Steps.NOTICE_RECTIFY.kind)
    blocks: list[Block] = []
    for copy in _COPIES:
        blocks += opening(books, NoticeHead("限期整改意见书", issuer, number, unit_of(hazard)))
        blocks += _order(books, hazard, number)
        blocks += closing(order, issuer, taken_on(step))
        blocks += [Note(copy), PageBreak()]
    blocks += _receipt(unit_of(hazard), number)
    return Paper(f"关于{unit_of(hazard)}的限期整改意见书", tuple(blocks), mark=mark_of(books))


def _order(books: Books, hazard: Hazard, number: str) -> Iterator[Block]:
    hazards = _of_one_notice(books, hazard, number)
    yield Para(f"{day(hazard.found_on)}，{found_by(hazard)}对你单位进行检查，发现存在下列事故隐患：")
    for place, one in enumerate(hazards, start=1):
        lead = f"{place}．" if len(hazards) > 1 else ""
        yield Para(f"{lead}{place_and_danger(one)}")
    yield Para(
        f"依照安全生产有关法律法规，请你单位于{day(hazard.deadline)}前整改完毕，达到有关法律法规和"
        "标准的要求。整改期间要落实安全防范措施；无法保证安全的，应当撤出作业人员，"
        "暂停使用相关场所、设施和设备。整改完成后，书面报告并申请复查；"
        "逾期未整改或者整改不合格的，将依法处理。"
    )
    yield Para(contact(books))
    yield Para(f"检查人员（签名）：{blank(12)}")
    yield Para(f"被检查单位负责人（签名）：{blank(8)}")


def _of_one_notice(books: Books, hazard: Hazard, number: str) -> list[Hazard]:
    """Return the hazards that one notice orders to be rectified."""
    if not number or number != hazard.notice_number:
        return [hazard]
    same = Query(where={name_of(Hazard.notice_number): number}, sort=name_of(Hazard.found_on))
    rows = books.hazards.select(same)
    return [row for row in rows if row.unit_name == hazard.unit_name]


def _receipt(unit: str, number: str) -> Iterator[Block]:
    called = f"《限期整改意见书》（文号：{number or blank(10)}）"
    dated = Cell(day(None), align="right")
    yield Title("回　　执")
    yield Para(f"{called}一份已收到。我单位将按照要求落实整改，按期报告整改情况。")
    yield labelled_table(
        (
            (("收件单位\n（盖章）", unit), ("收件人\n（签名）", "")),
            (("收件日期", dated), ("联系电话", "")),
            (("送达人\n（签名）", ""), ("送达日期", dated)),
            (("送达方式", "□直接送达　□留置送达　□邮寄送达　□其他"),),
            (("备　　注", ""),),
        ),
        (5, 12),
        lines=3,
    )


def lacks_recheck(books: Books, number: int) -> str:
    """A recheck notice answers an earlier notice, and tells what the recheck found."""
    hazard = books.hazards.get(number)
    if not hazard.notice_number:
        return f"隐患 {hazard.number} 还没有下发限期整改意见书，不能出具复查意见书"
    if _recheck(books, hazard) is None:
        return f"隐患 {hazard.number} 还没有登记复查结果，请先办理复查"
    return ""


def _recheck(books: Books, hazard: Hazard) -> Event | None:
    return last_step(books, hazard, Steps.RECHECK_PASSED.kind, Steps.RECHECK_FAILED.kind)


def _term(hazard: Hazard, recheck: Event) -> date | None:
    """Until when a refused hazard is to be rectified; None where its deadline had, or may have, passed."""
    on = taken_on(recheck)
    return hazard.deadline if on and hazard.deadline and hazard.deadline > on else None


def notice_recheck(books: Books, order: Order) -> Paper:
    """Return the notice on what the last recheck found."""
    hazard, issuer = books.hazards.get(order.record), signing_office(books)
    recheck = _recheck(books, hazard)
    assert recheck is not None  # lacks_recheck
    told = facts_of(recheck)
    noticed = last_step(books, hazard, Steps.NOTICE_RECTIFY.kind)
    step = last_step(books, hazard, Steps.NOTICE_RECHECK.kind)
    passed = recheck.kind == Steps.RECHECK_PASSED.kind
    verdict = (
        "经复查，上述隐患已按要求整改完成。请继续落实安全管理责任，防止隐患反弹。"
        if passed
        else f"经复查，上述隐患尚未整改到位。请你单位继续整改，并于{day(_term(hazard, recheck))}前完成；"
        "逾期未整改的，将依法处理。"
    )
    noticed_on = day(taken_on(noticed))
    text = (
        f"我单位于{noticed_on}向你单位下发《限期整改意见书》，文号为{hazard.notice_number}。"
        f"{day(taken_on(recheck))}，复查人员{known(told.rechecked_by)}对整改情况进行了复查，意见如下：",
        f"一、隐患情况。{place_and_danger(hazard)}",
        f"二、复查情况。{sentence(told.recheck_finding)}",
        f"三、复查意见。{verdict}",
        f"复查人员（签名）：{blank(12)}",
        f"被复查单位负责人（签名）：{blank(8)}",
    )
    number = issued_number(order, hazard.recheck_number)
    blocks = (
        *opening(books, NoticeHead("复查意见书", issuer, number, unit_of(hazard))),
        *map(Para, text),
        *closing(order, issuer, taken_on(step)),
    )
    return Paper(f"关于{unit_of(hazard)}的复查意见书", blocks, mark=mark_of(books))
