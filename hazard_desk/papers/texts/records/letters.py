"""Papers from the ledger of rewards and penalties: 提醒函, 督办函, 约谈记录, 举报奖励通知书."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from hazard_desk.books.catalogue import Books
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.books.informants import addressed
from hazard_desk.books.kit.gaps import UNDATED
from hazard_desk.books.rewards import RewardRow
from hazard_desk.papers.model import Block, Cell, Note, Paper, Title
from hazard_desk.papers.order import Order
from hazard_desk.papers.texts.phrases import blank, contact, day, known, sentence, signing_office
from hazard_desk.papers.texts.records.hazard_words import grade_of, in_short, place_and_danger
from hazard_desk.papers.texts.records.notices import NoticeHead, issued_number, labelled_table, notice
from hazard_desk.papers.texts.tables import mark_of
from hazard_desk.rules.numerals import capital_yuan
from hazard_desk.store.columns import field_of


def only(*kinds: str) -> Callable[[Books, int], str]:
    """Return the rule that a paper is for records of these kinds."""

    def lacks(books: Books, number: int) -> str:
        kind = books.rewards.get(number).kind
        return "" if kind in kinds else f"这条奖惩记录的类型是“{kind}”，不是{'、'.join(kinds)}"

    return lacks


def _hazard(books: Books, record: RewardRow) -> Hazard | None:
    return books.hazards.get(record.hazard_id) if record.hazard_id else None


def _about(books: Books, record: RewardRow) -> Iterator[str]:
    """Yield what is wrong: the reason, and the hazard with its deadline."""
    yield f"经查，你单位存在以下问题：{sentence(known(record.reason, 12))}"
    if hazard := _hazard(books, record):
        limit = f"整改时限：{day(hazard.deadline)}。" if hazard.deadline else ""
        unit = "" if hazard.unit_name == record.target else hazard.unit_name
        yield f"涉及{grade_of(hazard)}（编号：{hazard.number}）：{unit}{in_short(hazard)}{limit}"


def letter_remind(books: Books, order: Order) -> Paper:
    """Return the letter that reminds a unit."""
    record = books.rewards.get(order.record)
    basis = f"依据{record.basis}，" if record.basis else ""
    text = (
        *_about(books, record),
        f"{basis}为防范事故发生，现提醒你单位：",
        "一、主要负责人要亲自研究部署，立即组织整改，落实责任、措施、资金、时限和应急预案，"
        "整改期间采取有效的安全防范措施。",
        "二、举一反三，全面自查同类问题，健全制度，防止反弹。",
        f"请于{day(None)}前将整改情况书面报送我单位。",
        contact(books),
    )
    issuer, number = signing_office(books), issued_number(order, record.number)
    head = NoticeHead("提　醒　函", issuer, number, known(record.target))
    return _titled(notice(books, order, head, text, record.happened_on), "提醒函", record)


def letter_urge(books: Books, order: Order) -> Paper:
    """Return the letter that urges a unit to get on."""
    record = books.rewards.get(order.record)
    text = (
        *_about(books, record),
        "现予以督办，请你单位：",
        "一、明确专人负责，逐项制定推进措施，确保整改到位；整改到位前，落实安全防范措施，严防事故。",
        f"二、于{day(None)}前将办理情况书面报送我单位；逾期未办结或者推进不力的，将按规定予以约谈、通报。",
        contact(books),
    )
    issuer, number = signing_office(books), issued_number(order, record.number)
    head = NoticeHead("督　办　函", issuer, number, known(record.target))
    return _titled(notice(books, order, head, text, record.happened_on), "督办函", record)


def _titled(paper: Paper, word: str, record: RewardRow) -> Paper:
    """Return the paper with a title that tells it from others of its kind."""
    return Paper(f"致{known(record.target)}的{word}", paper.blocks, mark=paper.mark)


def notice_reward(books: Books, order: Order) -> Paper:
    """Return the notice to an informant, who is named only by surname and stars."""
    record = books.rewards.get(order.record)
    tip = books.tips.rows([record.tip_id])[0] if record.tip_id else None
    reported = (
        f"您于{day(tip.received_on)}举报{known(tip.unit_name)}的问题"
        if tip
        else f"您举报的问题（{known(record.reason.rstrip('。'))}）"
    )
    verified = f"，经核查{tip.verified}" if tip and tip.verified else ""
    basis = record.basis or f"安全生产举报奖励有关规定（{blank(8)}）"
    amount = record.amount
    money = f"{amount:g}元（大写：{capital_yuan(amount)}）" if amount is not None else f"{blank(4)}元"
    text = (
        f"{reported}{verified}。感谢您对安全生产工作的关心和支持。",
        f"依据{basis}，决定给予您举报奖励人民币{money}。",
        f"请于收到本通知之日起{blank(3)}日内，凭本通知和有效身份证明到{signing_office(books)}领取；逾期未领取的，"
        "按有关规定处理。委托他人代领的，还应当出具委托书。",
        "我单位依法为举报人保密。本通知请妥善保管，不向他人出示。",
        contact(books),
    )
    called = addressed(record) or ("匿名举报人" if record.anonymous else "举报人")
    head = NoticeHead("举报奖励通知书", signing_office(books), issued_number(order, record.number), called)
    paper = notice(books, order, head, text, record.happened_on)
    on = field_of(RewardRow.happened_on).show(record.happened_on) or UNDATED
    return Paper(f"举报奖励通知书（{on}）", paper.blocks, mark=paper.mark)


def record_talk(books: Books, order: Order) -> Paper:
    """Return the form on which an interview (约谈) is written down."""
    record = books.rewards.get(order.record)
    hazard = _hazard(books, record)
    people = f"{record.people}人" if record.people else ""
    about = f"{hazard.number}　{place_and_danger(hazard)}" if hazard else ""
    dated = Cell(day(None), align="right")
    head = (
        (("约谈时间", f"{day(record.happened_on)}　　时　　分"), ("约谈地点", "")),
        (("约谈单位", signing_office(books)), ("约谈人", "")),
        (("被约谈单位", record.target), ("被约谈人", people)),
        (("记录人", ""), ("文　　号", issued_number(order, record.number))),
        (("约谈事由", sentence(record.reason)),),
        (("约谈依据", record.basis),),
        (("关联隐患", about),),
    )
    signed = ((("约谈人\n（签名）", dated), ("被约谈人\n（签名）", dated)),)
    blocks: tuple[Block, ...] = (
        Title("约　谈　记　录"),
        labelled_table(head, (6, 13), lines=2),
        labelled_table(((("约谈内容\n和要求", ""),),), (6, 32), lines=11),
        labelled_table(((("被约谈人\n陈述、表态", ""),),), (6, 32), lines=9),
        labelled_table(signed, (6, 13), lines=4),
        Note("本记录经被约谈人核对无误后签名，一式两份。"),
    )
    title = f"约谈记录（{record.target}）"
    return Paper(title, blocks, style="ledger", mark=mark_of(books), counted=True)
