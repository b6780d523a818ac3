"""What a book declares of itself, once: page, papers, links and place in the binder follow from it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Protocol

from hazard_desk.books.kit.source import Source
from hazard_desk.store.acts import Undo


class Book(Protocol):
    """The declaration of a book; ``catalogue.py`` takes each in by one line."""

    id: str
    """Its name on the command line, and in records: hazards/12."""
    title: str
    noun: str
    """What one row is called: 隐患, 监管对象."""
    why: str = ""
    """What it is kept for, in a sentence without a full stop: said while it holds nothing."""
    icon: str = "note"
    """The picture of it, by its name in ``resources/icons``."""
    paper: str = ""
    """The paper that tells the whole book, where that is more than its plain table."""
    first_columns: tuple[str, ...] = ()
    """The fields by which its rows are told apart, first in its table; none: as they are declared."""
    usual_filter: Mapping[str, str] = MappingProxyType({})
    """What its table asks for until the clerk asks for something else."""
    in_binder: bool = True
    """Whether its sheet lies among the general papers of the binder (迎检档案)."""
    evidence: Source | None = None
    """How its records fulfil duties, where they can."""
    import_undo: Undo = Undo.ROWS
    """How an import is taken back: as if its rows had never been there."""
    numbered_by: str = ""
    """The field of a running number that is given to what brings none; '' in a book without one."""

    def plan_of(self, number: int) -> int | None:
        """Return the plan that a record belongs to; None in a book of no plan."""
        return None

    @property
    def own_paper(self) -> str:
        """The paper that tells the whole book."""
        return self.paper or self.id
