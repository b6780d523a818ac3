"""报送记录: the progress forms (调度表) that were sent up, frozen as they were sent.

What was sent is kept whole: the form's layout, every value and the records behind it. So a form sent in
June reprints in December as it was, whatever became of the ledgers and of the form's definition since.
Sent again for the same day, group and reading (更正重报) it is another version, with the reason: the latest
one counts, the earlier ones stay. Before it is sent, a counted value may be set by hand with a reason
(``override``).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NotRequired, TypedDict

import peewee

from hazard_desk.books.kit.source import Source
from hazard_desk.errors import Refused
from hazard_desk.library.progress_forms import bundled_progress_forms
from hazard_desk.rules.dates import show_date
from hazard_desk.rules.fields import Field, Kind, Row, Value, clean, read_all
from hazard_desk.store.acts import Change, Undo
from hazard_desk.store.cabinet import Cabinet
from hazard_desk.store.columns import JsonField, Record, column, declared, name_of, names_of

EARLY = 10
"""So many days before the day up to which it counts may a form be sent."""


Counted = int | float | str
"""A number, or 是/否."""
ItemValue = Counted | Mapping[str, Counted]
"""The value of a cell; of a compound one, each part's by its name: {"次": 3, "万元": 4.5}."""


class KeptLayout(TypedDict):
    """What is kept of a form besides its values: its definition as it was, who filled it in, 示例 or ''."""

    form: Row
    unit: str
    mark: str
    left_out: NotRequired[list[Row]]
    """What it did not count for gaps; not in those sent before gaps were told."""


class SubmissionRow(Record, table="submission"):
    """One form as it was sent."""

    plan_id = peewee.IntegerField()
    form = column("调度表编号", given=True, width=10, shown=False, index=True)
    title = column("调度表", given=True, width=20)
    as_of = column("截至日期", Kind.DATE, required=True, given=True, width=7)
    group = column("填报范围", given=True, width=8)
    reading = column("统计口径", given=True, width=6)
    submitted_on = column("上报日期", Kind.DATE, required=True, given=True, width=7)
    who = column("经办人", given=True, width=6)
    version = column("第几次上报", Kind.INTEGER, required=True, given=True, width=5)
    reason = column("更正原因", Kind.LONG, given=True, width=14)
    summed: JsonField[list[int]] = JsonField(default=list)
    """Of a form that adds up those of several units: the ids of these."""
    layout: JsonField[KeptLayout] = JsonField()
    cells: JsonField[list[Row]] = JsonField()
    """Every cell as it was: id, label, value, text, records, overridden, reason."""


class OverrideRow(
    Record, table="form_override", indexes=((("plan_id", "form", "as_of", "group", "reading", "item"), True),)
):
    """A value of a form that the clerk set by hand, before sending it."""

    plan_id = peewee.IntegerField()
    form = peewee.TextField()
    as_of = peewee.DateField()
    group = peewee.TextField()
    reading = peewee.TextField()
    item = peewee.TextField()
    """The cell's id: 1.3."""
    value: JsonField[ItemValue] = JsonField()
    reason = column("改动原因", Kind.LONG, required=True, width=20)
    who = peewee.TextField()


class Submissions:
    """The forms that were sent under the current plan, and the values set by hand for the next one."""

    id = "submissions"
    title = "报送记录"
    noun = "报送"
    evidence = Source(
        SubmissionRow.submitted_on,
        SubmissionRow.title,
        "form",
        SubmissionRow.form,
        sorts=lambda: {name: f"报送{form.short}" for name, form in bundled_progress_forms().items()},
        belongs=SubmissionRow.as_of,
        about=(SubmissionRow.group,),
        closes=lambda form: bundled_progress_forms()[form].due_day if form in bundled_progress_forms() else 0,
    )

    def __init__(self, cabinet: Cabinet) -> None:
        self.cabinet = cabinet

    @property
    def fields(self) -> tuple[Field, ...]:
        return declared(SubmissionRow)

    # Acts

    def submit(self, values: Mapping[str, Value]) -> Change:
        """Keep a form as it is sent today.

        ``values``: form, title, as_of, group, reading, layout, cells. Raises ``Refused`` for a day far ahead:
        before a holiday the form up to the 28th is sent some days early. What was sent is not taken back:
        another version is sent, with the ``reason``, and counts from then on; ``Refused`` without one.
        """
        today = self.cabinet.clock.today
        row = SubmissionRow(values, plan_id=self._plan, submitted_on=today, who=self.cabinet.setting("clerk"))
        if row.as_of > today + timedelta(days=EARLY):
            raise Refused(f"截至日期{row.as_of}还早，最多提前{EARLY}天上报", name_of(SubmissionRow.as_of))
        last = next(iter(self.versions(row.form, row.as_of, row.group, row.reading)), None)
        row.version = last.version + 1 if last else 1
        row.reason = (
            clean(str(values.get(name_of(SubmissionRow.reason), "")), keep_lines=True) if last else ""
        )
        if last and not row.reason:
            said = f"这一期已于{show_date(last.submitted_on)}上报（第{last.version}次）"
            raise Refused(f"{said}，更正重报请写明更正原因", name_of(SubmissionRow.reason))
        again = f"第{row.version}次" if last else ""
        with self.cabinet.act("submissions.submit", self.id, Undo.FINAL) as act:
            number = act.insert(SubmissionRow, row)
            act.done(f"{again}上报“{row.title}”（截至{row.as_of}{_of(row.group)}）", number)
        return act.result

    def override(self, values: Mapping[str, Value]) -> Change:
        """Set a cell's value by hand; an earlier one of the same cell is replaced.

        ``values``: form, as_of, group, reading, item, value, reason. Raises ``RefusedFields`` without reason.
        """
        reason = read_all(declared(OverrideRow), values, self.cabinet.clock.today)
        row = self._override({**values, **reason})
        old = self._override_id(row)
        with self.cabinet.act("submissions.override", self.id) as act:
            if old is None:
                act.insert(OverrideRow, row)
            else:
                act.update(OverrideRow, old, row)
            act.done(f"手工改动调度表第{row.item}项（截至{row.as_of}{_of(row.group)}）")
        return act.result

    def restore(self, values: Mapping[str, Value]) -> Change:
        """Take a value set by hand back, to the counted one. ``Refused`` when there is none."""
        row = self._override(values)
        old = self._override_id(row)
        if old is None:
            raise Refused("这一项没有手工改动")
        with self.cabinet.act("submissions.restore", self.id) as act:
            act.delete(OverrideRow, old)
            act.done(f"恢复调度表第{row.item}项的统计数（截至{row.as_of}{_of(row.group)}）")
        return act.result

    # Reading

    def rows(self, form: str | None = None, group: str | None = None, plan: int = 0) -> list[SubmissionRow]:
        """Return what was sent under a plan, the current one if none is named; of one form or group if named.

        Newest first, without layout and cells.
        """
        asked = self._sent(form, group).where(SubmissionRow.plan_id == (plan or self._plan))
        return self.cabinet.records(SubmissionRow, asked)

    def under_any_plan(self, form: str | None = None) -> list[SubmissionRow]:
        """Return what was ever sent, as ``rows`` does: another plan takes nothing of it away."""
        return self.cabinet.records(SubmissionRow, self._sent(form, None))

    @staticmethod
    def _sent(form: str | None, group: str | None) -> peewee.ModelSelect:
        large = names_of(SubmissionRow.layout, SubmissionRow.cells)
        what = [made for made in SubmissionRow.model._meta.sorted_fields if made.name not in large]
        select = SubmissionRow.select(*what)
        if form is not None:
            select = select.where(SubmissionRow.form == form)
        if group is not None:
            select = select.where(SubmissionRow.group == group)
        return select.order_by(SubmissionRow.as_of.desc(), SubmissionRow.id.desc())

    def get(self, number: int) -> SubmissionRow:
        """Return one sent form with its layout and cells; ``Refused`` when it is gone."""
        return self.cabinet.row(SubmissionRow, number)

    def latest(
        self, form: str, group: str, before: date, reading: str | None = None, plan: int = 0
    ) -> SubmissionRow | None:
        """Return the last one sent under a plan that counts up to a day before ``before``, or None."""
        for row in self.rows(form, group, plan):
            if row.as_of < before and reading in (None, row.reading):
                return self.get(row.id)
        return None

    def versions(
        self, form: str, as_of: date, group: str, reading: str, plan: int = 0
    ) -> list[SubmissionRow]:
        """Return every version that was sent of one form, the latest first, without layout and cells."""
        return [row for row in self.rows(form, group, plan) if (row.as_of, row.reading) == (as_of, reading)]

    def overrides(self, form: str, as_of: date, group: str, reading: str) -> dict[str, OverrideRow]:
        """Return the values set by hand for one form, by cell id, each with value, reason and who."""
        key = OverrideRow(plan_id=self._plan, form=form, as_of=as_of, group=group, reading=reading)
        asked = OverrideRow.select().where(*_same_form(key))
        return {row.item: row for row in self.cabinet.records(OverrideRow, asked)}

    # Inside

    @property
    def _plan(self) -> int:
        return int(self.cabinet.setting("plan"))

    def _override(self, values: Mapping[str, Value]) -> OverrideRow:
        return OverrideRow(values, plan_id=self._plan, who=self.cabinet.setting("clerk"))

    def _override_id(self, row: OverrideRow) -> int | None:
        select = OverrideRow.select(OverrideRow.id).where(*_same_form(row), OverrideRow.item == row.item)
        found = self.cabinet.scalar(select)
        return None if found is None else int(found)


def _same_form(row: OverrideRow) -> list[peewee.Expression]:
    names = (OverrideRow.plan_id, OverrideRow.form, OverrideRow.as_of, OverrideRow.group, OverrideRow.reading)
    return [made == row[name_of(made)] for made in names]


def _of(group: str) -> str:
    return f"，{group}" if group else ""
