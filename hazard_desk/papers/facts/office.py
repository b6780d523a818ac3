"""What a paper can tell of the office, the plan, and of itself as a document issued."""

from __future__ import annotations

from functools import partial

from hazard_desk.books.catalogue import Books
from hazard_desk.books.documents.book import DocumentRow
from hazard_desk.books.documents.kinds import DOCUMENT_KINDS, GOVERNMENT, DocumentKind
from hazard_desk.books.plans.tables import PlanRow
from hazard_desk.papers.order import Order
from hazard_desk.papers.texts.phrases import campaign_of, place_of, plan_named, signing_office
from hazard_desk.papers.wording.facts import PaperFacts, fact, facts_of_row
from hazard_desk.rules.fields import Kind
from hazard_desk.store.columns import declared


def paper_facts(books: Books, order: Order) -> PaperFacts:
    """Return what stands in the register of documents, else what the office usually writes there."""
    document = order.document
    own = facts_of_row(declared(DocumentRow), document or DocumentRow())
    red = books.cabinet.setting("red_head") == "套"
    kind = DOCUMENT_KINDS.get(document.kind) if document else None
    addressee = document.addressee if document else ""
    usual = addressee or ("" if order.record else books.cabinet.setting("addressees"))
    return PaperFacts(
        {
            **own,
            "主送": fact("主送", lambda: usual),
            "红头": fact("红头", lambda: f"{_issuer(books, kind)}文件" if red else ""),
        }
    )


def _issuer(books: Books, kind: DocumentKind | None) -> str:
    """Who issues a document of this kind: its series tells the government's own from the office's."""
    of_government = kind is not None and kind.series == GOVERNMENT
    return books.plans.current().issuer if of_government else signing_office(books)


def office_facts(books: Books) -> PaperFacts:
    """Return what the settings tell of the office, and who signs."""
    stated = [field for field in books.settings.stated if field.kind is not Kind.DATE]
    settings = {one.label: fact(one.label, partial(books.cabinet.setting, one.name)) for one in stated}
    return PaperFacts(
        {
            **settings,
            "落款单位": fact("落款单位", lambda: signing_office(books)),
            "全辖区": fact("全辖区", lambda: place_of(books)),
        }
    )


def plan_facts(books: Books) -> PaperFacts:
    """Return what the plan in use is called, and its dates."""
    plan = books.plans.current()
    return PaperFacts(
        {
            **facts_of_row(declared(PlanRow), plan),
            "名称和文号": fact("名称和文号", lambda: plan_named(plan)),
            "行动名称": fact("行动名称", lambda: campaign_of(plan)),
        }
    )
