"""What the clerk is told before she goes: what was done today, and what waits tomorrow."""

from __future__ import annotations

from dataclasses import dataclass

from hazard_desk.books.catalogue import Books
from hazard_desk.figures.inbox.inbox import today_and_tomorrow
from hazard_desk.store.undo import deeds

_TOLD = 5


@dataclass(frozen=True)
class Evening:
    """The sentences of what was done today, and the titles of what is new tomorrow; ``left`` waits still."""

    done: list[str]
    tomorrow: list[str]
    left: int

    @property
    def sentences(self) -> list[str]:
        """As she reads it; [] where nothing was done."""
        if not self.done:
            return []
        coming = f"明天{len(self.tomorrow)}件：{_some(self.tomorrow)}" if self.tomorrow else "明天没有新的事"
        left = f"；还没有办的{self.left}件" if self.left else ""
        return [f"今天办了{len(self.done)}件：{_some(self.done)}。", f"{coming}{left}。"]


def evening(books: Books) -> Evening:
    """Read what was done today in the books, and what is new in the inbox tomorrow."""
    own = (one for one in deeds(books.cabinet, books.today) if one.ledger in books.ledgers)
    done = [one.title for one in own if not one.undone]
    today, tomorrow = today_and_tomorrow(books)
    return Evening(done, [item.title for item in tomorrow], len(today))


def _some(titles: list[str]) -> str:
    return "；".join(title.rstrip("。") for title in titles[:_TOLD]) + ("等" if len(titles) > _TOLD else "")
