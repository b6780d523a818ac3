"""挂牌督办: the notice that lists a hazard, the reply to an extension, acceptance and removal."""

from __future__ import annotations

from datetime import date

from hazard_desk.books.catalogue import Books
from hazard_desk.books.hazards.steps import Steps
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.papers.model import Paper
from hazard_desk.papers.order import Order
from hazard_desk.papers.texts.phrases import blank, day, known, sentence, signing_office
from hazard_desk.papers.texts.records.hazard_words import (
    facts_before,
    facts_of,
    last_step,
    place_and_danger,
    taken_on,
    unit_of,
)
from hazard_desk.papers.texts.records.notices import NoticeHead, issued_number, notice
from hazard_desk.store.columns import Made, name_of

_OWN_LEVEL = "乡镇级"
_EXTENSIONS = (Steps.SUPERVISION_EXTENDED.kind, Steps.EXTENDED.kind)


def lacks_supervision(books: Books, number: int) -> str:
    """Only a hazard that was listed has a notice of it."""
    hazard = books.hazards.get(number)
    return "" if _took(hazard, Hazard.supervision_on) else f"隐患 {hazard.number} 没有挂牌督办"


def _took(hazard: Hazard, on: Made) -> bool:
    """Whether a step was taken, be its day unknown."""
    return hazard[name_of(on)] is not None or name_of(on) in hazard.gaps


def notice_supervise(books: Books, order: Order) -> Paper:
    """Return the notice that lists the hazard for supervision."""
    hazard = books.hazards.get(order.record)
    text = (
        f"经排查，你单位存在下列事故隐患：{place_and_danger(hazard)}",
        f"为督促隐患及时整改到位，决定自{day(hazard.supervision_on)}起对该隐患实行"
        f"{hazard.supervision_level}挂牌督办。有关事项通知如下：",
        f"一、督办责任人：{known(hazard.supervisor)}。",
        f"二、督办时限：{day(_first_deadline(books, hazard))}前完成整改并申请验收。",
        f"三、整改责任人：{known(hazard.responsible)}。整改措施：{sentence(known(hazard.measures, 12))}",
        "四、整改期间，要落实安全防范措施和应急预案，定期报告进展；整改完成后，书面申请验收，"
        "合格后摘牌。确实不能按期完成的，应当在时限届满前书面申请延期。",
    )
    head = NoticeHead(
        "事故隐患挂牌督办通知书",
        _issuer(books, hazard),
        issued_number(order, hazard.supervision_number),
        unit_of(hazard),
    )
    return notice(books, order, head, text, hazard.supervision_on)


def _issuer(books: Books, hazard: Hazard) -> str:
    """Who lists it: the plan's issuer at its own level; above that a line to write on."""
    own = hazard.supervision_level == _OWN_LEVEL
    return str(books.plans.current().issuer) if own else blank(10)


def _first_deadline(books: Books, hazard: Hazard) -> date | None:
    """The deadline as it was set when the hazard was listed, whatever was extended since."""
    step = last_step(books, hazard, Steps.SUPERVISED.kind)
    return (facts_of(step) if step else hazard).supervision_deadline


def lacks_extension(books: Books, number: int) -> str:
    """Only an extension that was granted has a reply."""
    hazard = books.hazards.get(number)
    if last_step(books, hazard, *_EXTENSIONS):
        return ""
    return f"隐患 {hazard.number} 没有办理过延期，请先办理“延期”或“督办延期”"


def notice_extension(books: Books, order: Order) -> Paper:
    """Return the reply that grants the last extension."""
    hazard = books.hazards.get(order.record)
    step = last_step(books, hazard, *_EXTENSIONS)
    assert step is not None  # lacks_extension
    now, before = facts_of(step), facts_before(books, hazard, step)
    supervised = step.kind == Steps.SUPERVISION_EXTENDED.kind
    if supervised:
        what, old, new = "督办时限", before.supervision_deadline, now.supervision_deadline
    else:
        what, old, new = "整改时限", before.deadline, now.deadline
    text = (
        f"你单位关于{known(hazard.place)}事故隐患整改延期的申请收悉。经研究，现批复如下：",
        f"一、隐患情况。{place_and_danger(hazard)}",
        f"二、延期理由。{sentence(known(step.note, 12))}",
        f"三、批复意见。同意将该隐患的{what}由{day(old)}延长至{day(new)}。",
        "四、延期期间，要加强现场值守和巡查，严格落实安全防范措施和应急预案，确保安全；"
        "按新的时限完成整改，并及时书面报告、申请验收。",
    )
    issuer = _issuer(books, hazard) if supervised else signing_office(books)
    head = NoticeHead("关于同意事故隐患整改延期的批复", issuer, issued_number(order), unit_of(hazard))
    return notice(books, order, head, text, taken_on(step))


def lacks_acceptance(books: Books, number: int) -> str:
    """Only what was accepted has a notice of acceptance."""
    if missing := lacks_supervision(books, number):
        return missing
    hazard = books.hazards.get(number)
    accepted = _took(hazard, Hazard.supervision_accepted_on)
    return "" if accepted else f"隐患 {hazard.number} 还没有办理“督办验收”"


def notice_acceptance(books: Books, order: Order) -> Paper:
    """Return the notice that the hazard was accepted, and where it was, removed from the list."""
    hazard = books.hazards.get(order.record)
    removed, on = _took(hazard, Hazard.supervision_removed_on), hazard.supervision_removed_on
    title = "挂牌督办事故隐患验收摘牌通知书" if removed else "挂牌督办事故隐患验收通知书"
    verdict = f"自{day(on)}起予以摘牌，解除挂牌督办。" if removed else "待办理摘牌手续后解除挂牌督办。"
    text = (
        f"你单位下列事故隐患于{day(hazard.supervision_on)}实行{hazard.supervision_level}挂牌督办"
        f"，文号为{known(hazard.supervision_number, 10)}：{place_and_danger(hazard)}",
        f"{day(hazard.rectified_on)}，你单位报告整改完成；{day(hazard.rechecked_on)}，"
        f"{known(hazard.rechecked_by)}进行了复查，"
        f"复查结论：{sentence(known(hazard.recheck_finding, 10))}",
        f"{day(hazard.supervision_accepted_on)}，经验收，该隐患整改合格。{verdict}",
        "请你单位举一反三，健全安全管理制度，落实日常排查，防止同类隐患再次发生。",
        f"验收人员（签名）：{blank(12)}",
    )
    head = NoticeHead(title, _issuer(books, hazard), issued_number(order), unit_of(hazard))
    return notice(books, order, head, text, on or hazard.supervision_accepted_on)
