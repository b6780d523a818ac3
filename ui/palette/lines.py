"""What Ctrl+K offers: a line of words and what it does. Pages, acts and papers are offered as they declare
themselves: by the keys, the buttons and menus of the pages, the catalogue of papers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from hazard_desk.books.kit.offers import Offer
from hazard_desk.desk import Desk
from ui.keys import PAGE_KEYS, WINDOW_ACTS
from ui.palette.doing import Doing

PAGE, ACT, PAPER, BLANK, STEP, CAPTURED, RECENT = ("页面", "操作", "文书", "空白表", "办理", "登记", "最近")


@dataclass(frozen=True)
class PaletteLine:
    """One line: what kind of thing it is, its words, what is said beside it, what it does."""

    kind: str
    text: str
    says: str
    act: Callable[[], object]

    @property
    def offer(self) -> Offer:
        """What typed words are looked for in."""
        return Offer(f"{self.kind}{self.text}", self.says)


def lines_at_hand(doing: Doing, desk: Desk) -> list[PaletteLine]:
    """Return the pages and acts of the window, read where they stand: on the window's own thread."""
    return [*_pages(doing, desk), *_window_acts(doing), *_page_acts(doing), *_new_in_registers(doing, desk)]


def papers_to_print(doing: Doing, desk: Desk) -> list[PaletteLine]:
    """Return the papers about all records, and those that can be printed blank.

    Their texts come with it: off the window's thread.
    """
    return [
        PaletteLine(
            BLANK if report.about else PAPER, f"打印{report.title}", "", partial(doing.print_paper, report.id)
        )
        for report in desk.papers.reports()
        if report.alone
    ]


def _pages(doing: Doing, desk: Desk) -> Iterator[PaletteLine]:
    for place, page in enumerate(doing.window.pages.places):
        keys = PAGE_KEYS[place] if place < len(PAGE_KEYS) else ""
        yield PaletteLine(PAGE, page.title, keys, partial(doing.window.go, place))
    for ledger in desk.registers.ledgers().values():
        yield PaletteLine(PAGE, ledger.title, "专项台账", partial(doing.window.open_ledger, ledger.id, {}))


def _window_acts(doing: Doing) -> Iterator[PaletteLine]:
    for key in WINDOW_ACTS:
        yield PaletteLine(ACT, key.name, key.keys, getattr(doing.window, key.does))


def _page_acts(doing: Doing) -> Iterator[PaletteLine]:
    for place, page in enumerate(doing.window.pages):
        for words, act in page.acts():
            yield PaletteLine(ACT, words, page.title, partial(_on_page, doing, place, act))


def _on_page(doing: Doing, place: int, act: Callable[[], object]) -> None:
    doing.window.go(place)
    act()


def _new_in_registers(doing: Doing, desk: Desk) -> Iterator[PaletteLine]:
    for ledger in desk.registers.ledgers().values():
        yield PaletteLine(ACT, f"新增{ledger.noun}", ledger.title, partial(doing.start_in, ledger.id))
