"""One thing that waits for the clerk, and the step that she takes next with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from hazard_desk.figures.inbox.kinds import INBOX_KINDS, RANKS
from hazard_desk.rules.fields import Row


class Opens(StrEnum):
    """What a next step opens."""

    STEP = "step"
    """The form of a step of the hazard; ``what`` is its kind."""
    WORK = "work"
    """The form for the work done on a task; ``what`` is the id of the part, or ''."""
    DONE = "done"
    """The form that says that a duty was done; ``what`` is the key of the occurrence."""
    FORM = "form"
    """The record's own form; ``what`` is the field where the cursor stands."""
    REPORT = "report"
    """The progress form to be sent; ``what`` is its day."""
    URGE = "urge"
    """Letters to all firms of the item."""
    GAPS = "gaps"
    """The records of the ledger that lack something."""
    RECORD = "record"
    """The record itself on its page."""
    COPY = "copy"
    """A copy of the desk is made."""


@dataclass(frozen=True)
class NextStep:
    """What is done next: what its button says, and what it opens."""

    words: str
    opens: Opens
    what: str = ""

    def row(self) -> Row:
        """Return it as JSON tells it."""
        return {"words": self.words, "opens": str(self.opens), "what": self.what}


@dataclass(frozen=True)
class InboxItem:
    """One line of the inbox. ``record`` is ledger/id, of a bundle the first one; of gaps ledger/0."""

    kind: str
    title: str
    record: str
    next: NextStep
    whose: str = ""
    """Who is concerned: the firm and who is responsible."""
    due: date | None = None
    since: date | None = None
    """Since when it waits, where it has no day by which it is to be done."""
    reason: str = ""
    """Why just this one waits, where its kind does not say it all."""
    state: str = ""
    grave: bool = False
    """About a major hazard: first among those of its kind."""
    late: bool = False
    keys: tuple[str, ...] = ()
    """What it is put off by: one for each record of a bundle."""
    records: tuple[str, ...] = ()
    """All records of a bundle."""

    @property
    def rank(self) -> int:
        """Its consequence: 1 is the gravest."""
        return RANKS[self.kind]

    @property
    def kind_label(self) -> str:
        return INBOX_KINDS[self.kind].label

    @property
    def why(self) -> str:
        """What follows when it is left, and why just this one waits."""
        return "；".join(one for one in (self.reason, INBOX_KINDS[self.kind].why) if one)

    @property
    def ledger(self) -> str:
        """The book that its record stands in; '' for the copy."""
        return self.record.partition("/")[0]

    @property
    def number(self) -> int:
        """The id of its record."""
        return int(self.record.partition("/")[2] or 0)

    def when(self, today: date) -> str:
        """Return since or until when, in full: 逾期3天（时限2023-05-29）."""
        if self.due is not None:
            days = (self.due - today).days
            told = f"逾期{-days}天" if days < 0 else _NEAR.get(days, f"还有{days}天")
            return f"{told}（时限{self.due.isoformat()}）"
        if self.since is not None:
            days = (today - self.since).days
            return f"{self.since.isoformat()}起，已{days}天" if days > 0 else "今天起"
        return ""

    def standing(self, today: date) -> str:
        """Return when, how it stands and who is concerned, in one line."""
        return "　".join(one for one in (self.when(today), self.state, self.whose) if one)

    def row(self) -> Row:
        """Return the item as JSON tells it, its next step as its parts."""
        told = {name: getattr(self, name) for name in _IN_ROW}
        return {**told, "next": self.next.row(), "records": list(self.records or (self.record,))}

    @property
    def order(self) -> tuple[int, bool, date, str]:
        """By consequence; among equals the major hazards first, then what waits longest."""
        return self.rank, not self.grave, self.due or self.since or date.max, self.title


_NEAR = {0: "今天到期", 1: "明天到期", 2: "后天到期"}
_IN_ROW = ("rank", "kind", "kind_label", "title", "whose", "record", "due", "since", "state", "why")


def in_order(items: Sequence[InboxItem]) -> list[InboxItem]:
    """Return the items by rank."""
    return sorted(items, key=lambda item: item.order)
