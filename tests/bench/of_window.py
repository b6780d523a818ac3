"""The window: against a bare one, each in a process of its own, with Python and its libraries."""

from __future__ import annotations

from hazard_desk.demo import SAMPLE_DAY
from tests.bench import apart
from tests.bench.jobs import Bed, Job, Work, alone


def _bare(bed: Bed) -> Work:
    return alone(apart.bare)


def _started(bed: Bed) -> Work:
    return alone(apart.started, bed.copy(), SAMPLE_DAY)


def _ledger(bed: Bed) -> Work:
    return alone(apart.ledger_open, bed.copy(), SAMPLE_DAY)


def _registered(bed: Bed) -> Work:
    return alone(apart.first_registration, bed.copy(), SAMPLE_DAY)


JOBS = (
    Job("start → first paint", _bare, _started, {5_000: 3.5, 100_000: 4}),
    Job("memory with the ledger open", _bare, _ledger, {5_000: 2, 100_000: 2.5}, unit="MB"),
    Job("first registration of a day", None, _registered, {5_000: 0.030}, unit="CPU s"),
)
