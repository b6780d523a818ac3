"""Figures: against queries that group the same rows."""

from __future__ import annotations

from datetime import date

from hazard_desk.demo import SAMPLE_DAY
from hazard_desk.figures.progress.filling import fill
from hazard_desk.library.progress_forms import find_progress_form
from tests.bench.jobs import Bed, Job, Side, Work

PAST = date(2023, 8, 1)
_GROUPED = """
SELECT source, level, COUNT(*), SUM(rectified_on IS NOT NULL), SUM(supervision_on IS NOT NULL)
FROM hazard WHERE state NOT IN ('已作废', '已并案') AND found_on BETWEEN '2023-05-18' AND ?
GROUP BY source, level
"""


def _one_pass(day: date) -> Side:
    def prepare(bed: Bed) -> Work:
        link = bed.desk.cabinet.db.link()
        return lambda: link.execute(_GROUPED, (day.isoformat(),)).fetchall()

    return prepare


def _form(day: date) -> Side:
    def prepare(bed: Bed) -> Work:
        books, form = bed.desk.books, find_progress_form("fangshan-2023")
        return lambda: fill(books, form, day)

    return prepare


JOBS = (
    Job("form of 36 cells, today", _one_pass(SAMPLE_DAY), _form(SAMPLE_DAY), {5_000: 3, 100_000: 1.5}),
    Job("form on a past day", _one_pass(PAST), _form(PAST), {5_000: 5, 100_000: 3}),
)
