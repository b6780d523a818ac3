"""Acts and the search, also on a desk of ten years: it opens, undoes and searches as a new one does."""

from __future__ import annotations

from hazard_desk.demo import SAMPLE_DAY
from tests.bench import apart
from tests.bench.jobs import ACTS, SIZES, Bed, Job, Work, alone

_WORD = "配电室"
_LIKE = "SELECT ledger, record, title, text FROM search_entry WHERE title LIKE ?1 OR text LIKE ?1"


def _undone(bed: Bed) -> Work:
    bed.own.activities.add({"kind": "五进宣传", "title": "宣传", "held_on": "2023-10-19", "level": "镇"})
    return bed.own.undo


def _registered(bed: Bed) -> Work:
    values = {
        "level": "一般",
        "source": "执法检查",
        "sector": "工贸",
        "unit_name": "柳林村砖瓦厂",
        "place": "成型车间",
        "description": "传动皮带未设防护罩",
        "found_on": "2023-10-19",
        "inspectors": "张三",
    }
    return lambda: bed.own.hazards.add(values)


def _opened(bed: Bed) -> Work:
    return alone(apart.opened, bed.once("opened", lambda to: bed.copy().rename(to)), SAMPLE_DAY)


def _found(bed: Bed) -> Work:
    return lambda: bed.desk.find(_WORD)


def _found_by_scan(bed: Bed) -> Work:
    link = bed.desk.cabinet.db.link()
    return lambda: link.execute(_LIKE, (f"%{_WORD}%",)).fetchall()


JOBS = (
    Job("Ctrl+Z", None, _undone, {ACTS: 0.005}, (*SIZES, ACTS)),
    Job("a hazard is registered", None, _registered, {100_000: 0.005, ACTS: 0.005}, (*SIZES, ACTS)),
    Job("a desk is opened, before its window", None, _opened, {ACTS: 0.2}, (*SIZES, ACTS), unit="CPU s"),
    Job("search", None, _found, {100_000: 0.055, ACTS: 0.055}, (*SIZES, ACTS), _found_by_scan, "LIKE"),
)
