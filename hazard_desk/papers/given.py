"""Papers told of what whoever makes them has in hand: a filled form, two compared, the binder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hazard_desk.books.catalogue import Books
from hazard_desk.books.documents.wordings import RECOVERY_CODE
from hazard_desk.errors import Refused
from hazard_desk.figures.dossier import Dossier
from hazard_desk.figures.progress.filling import FilledProgressForm
from hazard_desk.papers.facts.families.binder import LeftOut, binder_facts, task_facts
from hazard_desk.papers.facts.families.progress_form import change_facts, form_facts
from hazard_desk.papers.facts.families.recovery_code import recovery_facts
from hazard_desk.papers.model import Paper, Title
from hazard_desk.papers.order import Order
from hazard_desk.papers.telling import tell_text
from hazard_desk.papers.wording.kinds import BINDER_TASK, FORM, FORM_CHANGES


def progress_form_paper(books: Books, filled: FilledProgressForm) -> Paper:
    """Return a filled form as a paper; it is marked as it was when it was filled."""
    told = tell_text(FORM, books, Order(given={"调度表": form_facts(filled)}))
    return replace(told, mark=filled.mark)


def changes_paper(books: Books, last: FilledProgressForm, now: FilledProgressForm) -> Paper:
    """Return what changed between two forms, one line for each cell, as a page."""
    told = tell_text(FORM_CHANGES, books, Order(given={"调度表变化": change_facts(lambda: (last, now))}))
    return replace(told, mark=now.mark)


def recovery_code(books: Books, code: str) -> Paper:
    """Return the sheet with the code of this desk. ``Refused`` where the office's words leave it out."""
    paper = tell_text(RECOVERY_CODE, books, Order(given={"恢复码": recovery_facts(code)}))
    told = "".join(block.text for block in paper.blocks if isinstance(block, Title))
    if any(group not in told for group in code.split("-")):
        raise Refused("这张纸的措辞里没有写恢复码，请在标题行里放上恢复码的前一半和后一半，或者恢复原文")
    return paper


def binder_cover(
    books: Books, dossiers: Sequence[Dossier], folders: Sequence[str], left_out: LeftOut
) -> Paper:
    """Return cover, the list of what is missing, and the contents; ``folders`` are the names on disk."""
    return tell_text("binder-cover", books, Order(given={"档案": binder_facts(dossiers, folders, left_out)}))


def contents_paper(books: Books, dossiers: Sequence[Dossier], folders: Sequence[str]) -> Paper:
    """Return the contents alone, to be kept as a spreadsheet."""
    return tell_text("binder-contents", books, Order(given={"档案": binder_facts(dossiers, folders)}))


def dossier_paper(books: Books, one: Dossier) -> Paper:
    """Return the sheet of one task: what is asked, what was done, what is missing."""
    return tell_text(BINDER_TASK, books, Order(given={"任务卷": task_facts(books, one)}))
