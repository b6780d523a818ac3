"""What a paper can tell: its own number and addressee, the office, the plan, and the record it is about."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from hazard_desk.books.activities import Activities
from hazard_desk.books.catalogue import Books
from hazard_desk.books.checks.book import Checks
from hazard_desk.books.documents.book import Documents
from hazard_desk.books.enterprises import Enterprises
from hazard_desk.books.hazards.book import Hazards
from hazard_desk.books.kit.book import Book
from hazard_desk.books.rewards import Rewards
from hazard_desk.papers.facts.campaign import campaign_facts
from hazard_desk.papers.facts.casefile import case_facts
from hazard_desk.papers.facts.checklist import sector_facts
from hazard_desk.papers.facts.documents import document_facts
from hazard_desk.papers.facts.families.kinds import FAMILIES
from hazard_desk.papers.facts.families.progress_form import changes_since_sent
from hazard_desk.papers.facts.firm import firm_facts
from hazard_desk.papers.facts.hazard import facts_of_hazard, hazard_of
from hazard_desk.papers.facts.letters import letter_facts
from hazard_desk.papers.facts.notices import rectify_facts
from hazard_desk.papers.facts.office import office_facts, paper_facts, plan_facts
from hazard_desk.papers.facts.recheck import recheck_facts
from hazard_desk.papers.facts.records import activity_facts, check_facts, reward_facts
from hazard_desk.papers.facts.rosters import check_plan_facts, watch_facts
from hazard_desk.papers.facts.standing.check_overview import check_overview_facts
from hazard_desk.papers.facts.supervision import extension_facts, supervision_facts
from hazard_desk.papers.order import Order
from hazard_desk.papers.wording.facts import Each, PaperFacts, Scope, Tell, Thing, fact
from hazard_desk.papers.wording.telling import say_line
from hazard_desk.papers.wording.tree import PaperText
from hazard_desk.rules.fields import Kind

FactsOf = Callable[[Books, Order], PaperFacts]


def _recorded(facts: Callable[[Books, int], PaperFacts]) -> FactsOf:
    """The facts of the record of an order as it stands now."""
    return lambda books, order: facts(books, order.record)


def _hazard(books: Books, order: Order) -> PaperFacts:
    """The facts of a hazard as they stood when the paper was issued."""
    return facts_of_hazard(books, hazard_of(books, order))


_ABOUT: tuple[tuple[type[Book], FactsOf, Mapping[str, FactsOf]], ...] = (
    (
        Hazards,
        _hazard,
        {"意见书": rectify_facts, "复查": recheck_facts, "督办": supervision_facts, "延期": extension_facts},
    ),
    (Checks, _recorded(check_facts), {}),
    (Rewards, _recorded(reward_facts), {"函": letter_facts}),
    (Activities, _recorded(activity_facts), {}),
    (Enterprises, _recorded(firm_facts), {}),
    (Documents, _recorded(document_facts), {}),
)
"""The books one record of which a text can be about: its facts, and what its papers can tell besides."""
OF_BOOKS = {book.id: book.noun for book, _, _ in _ABOUT}
"""These books, and what a record of each is called. Of record 0 nothing is known but the names."""
ABOUTS = OF_BOOKS | {name: family.title for name, family in FAMILIES.items()}
"""All that a text can be about."""


def facts_for(books: Books, about: str, order: Order, text: PaperText | None = None) -> PaperFacts:
    """Return what a paper about a record of the book ``about`` can tell, of a family, or about all ('').

    ``text`` says what its kind usually has for signature, addressee and copies.
    """

    def of_head(word: str) -> str:
        return say_line(text.said[word], Scope(apart)) if text and word in text.said else ""

    tells: dict[str, Tell] = {
        "今天": fact("今天", lambda: order.day or books.today, Kind.DATE),
        "填报日期": fact("填报日期", lambda: books.today, Kind.DATE),
        "今年": fact("今年", lambda: (order.day or books.today).year, Kind.INTEGER),
        "空白": fact("空白", lambda: ""),
        "空行": Each(lambda: PaperFacts({}), list),
        "文书": Thing(lambda: paper_facts(books, order, text, of_head)),
        "本单位": Thing(lambda: office_facts(books)),
        "方案": Thing(lambda: plan_facts(books)),
    }
    if not about:
        tells |= campaign_facts(books, order)
        day = order.day or books.today
        tells["案卷"] = Thing(case_facts)
        tells["行业检查"] = sector_facts(books)
        tells["值班"] = Thing(lambda: watch_facts(books, day))
        tells["检查一览"] = check_overview_facts(books, day)
        tells["检查计划"] = Thing(lambda: check_plan_facts(books, day.year))
        tells["调度表变化"] = Thing(lambda: changes_since_sent(books, order.as_of))
    if about in FAMILIES:
        tells[FAMILIES[about].root] = Thing(lambda: FAMILIES[about].facts(books, ""))
    for book, own, besides in _ABOUT:
        if book.id == about:
            tells |= {
                name: Thing(partial(facts, books, order))
                for name, facts in {book.noun: own, **besides}.items()
            }
    tells |= {name: _thing(facts) for name, facts in order.given.items()}
    # a head that speaks of itself (落款：«文书.落款») speaks of what stands there without it
    itself = {"文书": Thing(lambda: paper_facts(books, order, None, lambda word: ""))}
    apart = PaperFacts({**tells, **itself})
    return PaperFacts(tells)


def _thing(facts: PaperFacts) -> Thing:
    return Thing(lambda: facts)


def facts_of_none(books: Books, about: str) -> PaperFacts:
    """Return the same names with nothing known: what a text is held against before there is a record."""
    return facts_for(books, about, Order())
