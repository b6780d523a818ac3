"""What a paper can tell of the office, the plan, and of itself as a document issued."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from hazard_desk.books.catalogue import Books
from hazard_desk.books.documents.book import DocumentRow
from hazard_desk.books.documents.kinds import DOCUMENT_KINDS, GOVERNMENT, DocumentKind
from hazard_desk.books.plans.tables import PlanRow
from hazard_desk.papers.order import Order
from hazard_desk.papers.texts.phrases import campaign_of, place_of, plan_named, signing_office, theme_of
from hazard_desk.papers.wording.facts import PaperFacts, fact, facts_of_row
from hazard_desk.papers.wording.reading import (
    ADDRESSEE,
    AS_DOCUMENT,
    AS_LETTER,
    AS_SET,
    COPIES,
    RED,
    SEALED,
    SIGNED,
)
from hazard_desk.papers.wording.tree import PaperText
from hazard_desk.rules.fields import Kind
from hazard_desk.store.columns import declared, name_of
from hazard_desk.store.lock import CLERK


def paper_facts(books: Books, order: Order, text: PaperText | None, said: Callable[[str], str]) -> PaperFacts:
    """Return what stands in the register of documents, else what the kind of paper usually has there.

    ``said`` tells a line of the head of the text (落款, 主送, 抄送), '' where it has none.
    """
    document = order.document
    head = text.head if text else {}
    held = DocumentRow({name_of(DocumentRow.number): order.number})
    own = facts_of_row(declared(DocumentRow), document or held)
    kind = DOCUMENT_KINDS.get(document.kind) if document else None

    def addressee() -> str:
        named = order.record or (text and ADDRESSEE in text.said)
        usual = "" if named else books.cabinet.setting("addressees")
        return (document.addressee if document else "") or said(ADDRESSEE) or usual

    def signer() -> str:
        return said(SIGNED) or _issuer(books, kind)

    def red() -> str:
        as_set = books.cabinet.setting("red_head") == "套"
        wanted = head.get(RED, AS_SET)
        if wanted == AS_LETTER:
            return signer()
        return f"{signer()}文件" if wanted == AS_DOCUMENT or (wanted == AS_SET and as_set) else ""

    return PaperFacts(
        {
            **own,
            "主送": fact("主送", addressee),
            "抄送": fact("抄送", lambda: (document.copies if document else "") or said(COPIES)),
            "落款": fact("落款", signer),
            "红头": fact("红头", red),
            "信函式": fact("信函式", lambda: head.get(RED) == AS_LETTER, Kind.BOOL),
            "盖章": fact("盖章", lambda: head.get(SEALED) != "否", Kind.BOOL),
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
            "经办人": fact(
                "经办人", lambda: "" if (clerk := books.cabinet.setting("clerk")) == CLERK else clerk
            ),
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
            "行动主题": fact("行动主题", lambda: theme_of(plan)),
        }
    )
