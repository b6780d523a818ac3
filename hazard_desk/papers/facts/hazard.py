"""What a paper can tell of a hazard: its fields, the unit, and what its course says."""

from __future__ import annotations

from hazard_desk.books.catalogue import Books
from hazard_desk.books.hazards.step import Event, Step
from hazard_desk.books.hazards.steps import STEPS
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.books.kit.query import Query
from hazard_desk.papers.facts.firm import firm_facts, id_or_none
from hazard_desk.papers.facts.hazard_course import course_facts
from hazard_desk.papers.order import Order
from hazard_desk.papers.texts.hazard_words import (
    grade_of,
    in_short,
    place_and_danger,
    taken_on,
    unit_of,
)
from hazard_desk.papers.wording.facts import Each, PaperFacts, Thing, fact, facts_of_row
from hazard_desk.rules.fields import Kind
from hazard_desk.rules.states import MAJOR
from hazard_desk.store.columns import computed, declared, name_of


def hazard_of(books: Books, order: Order) -> Hazard:
    """Return the hazard that a paper is about: as it stood when that was issued, else as it is."""
    if not order.record:
        return Hazard()
    then = books.hazards.rows_on([order.record], order.document.issued_on) if order.document else []
    return then[0] if then else books.hazards.get(order.record)


def facts_of_hazard(books: Books, hazard: Hazard) -> PaperFacts:
    """Return the facts of a hazard that was read."""
    return PaperFacts(
        {
            **facts_of_row((*declared(Hazard), *computed(Hazard)), hazard),
            **course_facts(books, hazard),
            "被查单位": fact("被查单位", lambda: unit_of(hazard)),
            "部位和描述": fact("部位和描述", lambda: in_short(hazard)),
            "部位、描述和级别": fact("部位、描述和级别", lambda: place_and_danger(hazard)),
            "等级": fact("等级", lambda: grade_of(hazard)),
            "同一文书的隐患": Each(
                lambda: facts_of_hazard(books, Hazard()),
                lambda: (facts_of_hazard(books, one) for one in _of_one_notice(books, hazard)),
            ),
            "单位": Thing(lambda: firm_facts(books, id_or_none(hazard.enterprise_id))),
            "证件号": fact("证件号", lambda: _badges(books, hazard), Kind.NAMES),
            "核查结果": fact("核查结果", lambda: _verified(books, hazard)),
            "办理": Thing(lambda: _course(books, hazard)),
        }
    )


def _of_one_notice(books: Books, hazard: Hazard) -> list[Hazard]:
    """Return the hazards that stand in the same notice; the hazard alone where there is none."""
    if not hazard.notice_number:
        return [hazard]
    asked = {name_of(Hazard.notice_number): hazard.notice_number}
    return list(books.hazards.select(Query(where=asked, sort=name_of(Hazard.serial))))


def _badges(books: Books, hazard: Hazard) -> list[str]:
    """The certificates of who found it, where the check says so of the same people."""
    check = books.checks.get(hazard.check_id) if hazard.check_id else None
    return check.badges if check and check.inspectors == hazard.inspectors else []


def _verified(books: Books, hazard: Hazard) -> str:
    """What came of the report of the public that it was made from; nothing else of it is told."""
    return books.tips.get(hazard.tip_id).verified if hazard.tip_id else ""


def _course(books: Books, hazard: Hazard) -> PaperFacts:
    """The steps of the loop by their labels: each as it was taken last, of those not taken nothing."""
    taken = {event.kind: event for event in books.hazards.course(hazard.id)} if "id" in hazard else {}
    return PaperFacts({_called(step): _step(step, taken.get(step.kind)) for step in STEPS.values()})


def _called(step: Step) -> str:
    return step.label.replace("“", "").replace("”", "")


def _step(step: Step, event: Event | None) -> Thing:
    told = event.said if event else Hazard()
    own = facts_of_row(step.fields_for(MAJOR), {**told, "note": event.note if event else ""})
    return Thing(
        lambda: PaperFacts(
            {
                **own,
                "办过": fact("办过", lambda: event is not None, Kind.BOOL),
                "办理日期": fact("办理日期", lambda: taken_on(event), Kind.DATE),
            }
        )
    )
