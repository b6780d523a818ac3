"""What the record of a unit says beside the labels of a form that is filled for it."""

from __future__ import annotations

import re

from hazard_desk.books.catalogue import Books
from hazard_desk.books.enterprises import Enterprise
from hazard_desk.figures.progress.filling import CountedRecord
from hazard_desk.grid.headings import normal
from hazard_desk.library.headings import words_of
from hazard_desk.rules.fields import NUMBERS
from hazard_desk.sheets.filling.blank import Written

_EXACT = 0.95
"""Only names that are known: a figure is like a field of the record as well."""
_UNIT_NAME = re.compile(r"(?:受|被|应)?检?[查检]?(?:企业|单位|场所|对象)(?:名称)?|受[查检]单位")


def unit_fact(books: Books, unit: Enterprise, label: str) -> tuple[Written, str, CountedRecord] | None:
    """Return what stands beside a label, where that comes from and the record; None for nothing."""
    book = books.enterprises
    fields = {one.name: one for one in book.own_fields}
    named = _UNIT_NAME.fullmatch(normal(label))
    scores = {book.name_field.name: 1.0} if named else words_of(tuple(fields.values())).scores(label)
    best = max(scores, key=lambda name: scores[name], default="")
    if not best or scores[best] < _EXACT or not (said := fields[best].show(unit[best])):
        return None
    value: Written = said
    if fields[best].kind in NUMBERS and isinstance(unit[best], int):
        value = int(said)
    return value, f"{book.id}/{unit.id}.{best}", CountedRecord(book.id, unit.id, book.name_of(unit))
