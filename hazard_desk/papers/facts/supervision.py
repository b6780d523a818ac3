"""What the papers of a supervision (挂牌督办) and of an extension can tell besides the hazard."""

from __future__ import annotations

from hazard_desk.books.catalogue import Books
from hazard_desk.books.hazards.step import Event
from hazard_desk.books.hazards.steps import Steps
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.books.kit.gaps import GAPS
from hazard_desk.papers.facts.hazard import hazard_of
from hazard_desk.papers.facts.notices import last_of
from hazard_desk.papers.order import Order
from hazard_desk.papers.texts.hazard_words import facts_before, facts_of, taken_on
from hazard_desk.papers.texts.phrases import signing_office
from hazard_desk.papers.wording.facts import PaperFacts, fact
from hazard_desk.rules.fields import Kind, names_in
from hazard_desk.store.columns import Made, name_of

_OWN_LEVEL = "乡镇级"


def supervision_facts(books: Books, order: Order) -> PaperFacts:
    """Return where a supervision stands, who supervises, and the deadline that was set at first."""
    hazard = hazard_of(books, order)
    listed = last_of(_course(books, order), Steps.SUPERVISED)
    first = (facts_of(listed) if listed else hazard).supervision_deadline
    issued = order.document.get("issued_on") if order.document else None

    def was(on: Made) -> bool:
        return hazard.get(name_of(on)) is not None or name_of(on) in names_in(hazard.get(GAPS))

    return PaperFacts(
        {
            "已挂牌": fact("已挂牌", lambda: was(Hazard.supervision_on), Kind.BOOL),
            "已验收": fact("已验收", lambda: was(Hazard.supervision_accepted_on), Kind.BOOL),
            "已摘牌": fact("已摘牌", lambda: was(Hazard.supervision_removed_on), Kind.BOOL),
            "督办机关": fact("督办机关", lambda: _issuer(books, hazard)),
            "最初时限": fact("最初时限", lambda: first, Kind.DATE),
            "通知日期": fact("通知日期", lambda: issued or hazard.supervision_on, Kind.DATE),
            "验收通知日期": fact(
                "验收通知日期",
                lambda: issued or hazard.supervision_removed_on or hazard.supervision_accepted_on,
                Kind.DATE,
            ),
        }
    )


def _course(books: Books, order: Order) -> list[Event]:
    """Return what had happened to the hazard when the paper was issued; all of it for a draft."""
    line = books.hazards.course(order.record) if order.record else []
    until = order.document.issued_on if order.document else None
    return [event for event in line if until is None or event.happened_on <= until]


def _issuer(books: Books, hazard: Hazard) -> str:
    """Who supervises: the plan's issuer at its own level; above that nobody the desk knows."""
    return str(books.plans.current().issuer) if hazard.supervision_level == _OWN_LEVEL else ""


def extension_facts(books: Books, order: Order) -> PaperFacts:
    """Return the last extension, for one issued the last until then: of supervision or rectification."""
    hazard = hazard_of(books, order)
    step = last_of(_course(books, order), Steps.SUPERVISION_EXTENDED, Steps.EXTENDED)
    now, before = (facts_of(step), facts_before(books, hazard, step)) if step else (Hazard(), Hazard())
    supervised = step is not None and step.kind == Steps.SUPERVISION_EXTENDED.kind
    old, new = (row.supervision_deadline if supervised else row.deadline for row in (before, now))
    issued = order.document.get("issued_on") if order.document else None
    return PaperFacts(
        {
            "办过": fact("办过", lambda: step is not None, Kind.BOOL),
            "时限名称": fact("时限名称", lambda: "督办时限" if supervised else "整改时限"),
            "原时限": fact("原时限", lambda: old, Kind.DATE),
            "新时限": fact("新时限", lambda: new, Kind.DATE),
            "理由": fact("理由", lambda: step.note if step else ""),
            "批复日期": fact("批复日期", lambda: issued or taken_on(step), Kind.DATE),
            "批复单位": fact(
                "批复单位", lambda: _issuer(books, hazard) if supervised else signing_office(books)
            ),
        }
    )
