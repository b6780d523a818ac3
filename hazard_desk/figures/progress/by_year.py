"""The figures of a progress form year by year, and over all of a plan's years: for a closing report.

Each year is counted by itself, with the same indicators; the whole is counted too, for different firms do
not add up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from hazard_desk.books.catalogue import Books
from hazard_desk.figures.progress.filling import show
from hazard_desk.figures.progress.indicators import INDICATORS
from hazard_desk.figures.progress.pool import Pool, read_pool
from hazard_desk.library.progress_forms import Item, ProgressForm
from hazard_desk.rules.readings import Span


@dataclass(frozen=True)
class YearlyFigure:
    """An item of a form: what it counted in each year, and over all of them, as the form shows it."""

    section: str
    label: str
    years: tuple[str, ...]
    whole: str


def years_of(books: Books, day: date) -> list[Span]:
    """Return the plan's part of each of its years, up to a day."""
    plan = books.plans.current()
    last = min(day, plan.ends_on)
    return [
        Span(max(plan.starts_on, date(year, 1, 1)), min(last, date(year, 12, 31)))
        for year in range(plan.starts_on.year, last.year + 1)
    ]


def by_year(books: Books, form: ProgressForm, spans: Sequence[Span]) -> list[YearlyFigure]:
    """Return every item of a form for these spans, and for all of them together."""
    if not spans:
        return []
    pools = [read_pool(books, span) for span in spans]
    whole = read_pool(books, Span(spans[0].first, spans[-1].last))
    return list(_figures(form, pools, whole))


def _figures(form: ProgressForm, pools: Sequence[Pool], whole: Pool) -> Iterator[YearlyFigure]:
    for section in form.sections:
        for item in section.items:
            shown = tuple(_shown(form, item, pool) for pool in pools)
            yield YearlyFigure(section.title, item.label, shown, _shown(form, item, whole))


def _shown(form: ProgressForm, item: Item, pool: Pool) -> str:
    parts = {part: INDICATORS[name].count(pool).value for part, name in item.indicators.items()}
    return show(form, item, parts if item.parts else parts[""])
