"""What the reporting units send up to a day: each unit's sheets of a form, by when, and whether they came."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from hazard_desk.books.catalogue import Books
from hazard_desk.library.progress_forms import ProgressForm
from hazard_desk.rules.fields import Field, Kind

SHEET_FIELDS = (
    Field("unit", "报送单位", width=10),
    Field("group", "填报范围", width=14),
    Field("due", "报送期限", Kind.DATE, width=7),
    Field("state", "状态", width=6),
    Field("sent_on", "上报日期", Kind.DATE, width=7),
    Field("version", "第几次", Kind.INTEGER, width=4),
    Field("number", "上报记录", Kind.INTEGER, width=5),
)
SENT, LATE, OPEN = "已报", "逾期未报", "未报"


@dataclass(frozen=True)
class UnitSheet:
    """One sheet that a unit is to send: as a group of the form, by a day; and the latest that it sent."""

    unit: str
    group: str
    due: date
    state: str
    sent_on: date | None = None
    version: int | None = None
    number: int | None = None
    """That of the submission."""


def unit_sheets(books: Books, form: ProgressForm, as_of: date) -> list[UnitSheet]:
    """Return the sheets of a form that the units of a day are to send, in the order of the units."""
    sent = {row.group: row for row in reversed(books.submissions.rows(form.id)) if row.as_of == as_of}
    found = []
    for unit in books.units.serving(as_of):
        if unit.form_day is None:
            continue
        due = as_of.replace(day=min(unit.form_day, monthrange(as_of.year, as_of.month)[1]))
        for group in unit.sheets:
            row = sent.get(group)
            if row is not None:
                came = (SENT, row.submitted_on, row.version, row.id)
                found.append(UnitSheet(unit.called, group, due, *came))
            else:
                state = LATE if due < books.today else OPEN
                found.append(UnitSheet(unit.called, group, due, state))
    return found
