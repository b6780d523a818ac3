"""The kinds of paper of one shape: what their text calls the thing that they tell, and of which it can be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hazard_desk.books.catalogue import Books
from hazard_desk.books.documents.wordings import RECOVERY_CODE
from hazard_desk.books.hazards.book import Hazards
from hazard_desk.books.kit.query import Query
from hazard_desk.figures.progress.filling import fill
from hazard_desk.library.progress_forms import bundled_progress_forms
from hazard_desk.papers.facts.campaign import form_told
from hazard_desk.papers.facts.families.binder import binder_facts, task_facts
from hazard_desk.papers.facts.families.ledger import ledger_facts
from hazard_desk.papers.facts.families.progress_form import form_facts
from hazard_desk.papers.facts.families.recovery_code import recovery_facts
from hazard_desk.papers.wording.facts import PaperFacts
from hazard_desk.papers.wording.kinds import BINDER, BINDER_TASK, FORM, LEDGER


@dataclass(frozen=True)
class Family:
    """Papers that one text tells: ``title`` says of what, ``root`` is what the text calls it.

    ``facts`` tells of one of them by its name, of '' the names alone. ``usual`` is the one to look at.
    """

    title: str
    root: str
    facts: Callable[[Books, str], PaperFacts]
    usual: Callable[[Books], str] = lambda books: ""


def _ledger(books: Books, name: str) -> PaperFacts:
    return ledger_facts(books.ledger(name) if name else None, Query())


def _form(books: Books, name: str) -> PaperFacts:
    form = bundled_progress_forms().get(name)
    return form_facts(fill(books, form, books.today) if form else None)


FAMILIES = {
    LEDGER: Family("各台账", "台账", _ledger, lambda books: Hazards.id),
    FORM: Family("各调度表", "调度表", _form, lambda books: form_told(books).id),
    BINDER: Family("迎检档案", "档案", lambda books, name: binder_facts()),
    BINDER_TASK: Family("每项任务", "任务卷", lambda books, name: task_facts(books, None)),
    RECOVERY_CODE: Family("恢复码", "恢复码", lambda books, name: recovery_facts()),
}
"""By what their texts are about (关于：…). Their papers are made by what has the thing, not from a list."""
