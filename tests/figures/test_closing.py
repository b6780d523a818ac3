"""A month on its way up: which form, up to which day, how it is counted, and where it is taken up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from hazard_desk.desk import Desk
from hazard_desk.errors import Refused
from hazard_desk.figures.closing import (
    ClosingStep,
    counted_before,
    day_to_fill,
    forms_to_close,
    month_closing,
    ways_to_count,
)
from hazard_desk.figures.inbox.item import Opens
from hazard_desk.figures.progress.filling import fill
from hazard_desk.library.plan_file import find_plan
from hazard_desk.library.progress_forms import find_progress_form

JUNE = date(2023, 6, 28)


@pytest.fixture
def bureau(tmp_path: Path) -> Iterator[Desk]:
    """S2: four sub-groups, each with a sheet of its office and one of its sectors."""
    with Desk.create(tmp_path / "desk", find_plan("fangshan-2023"), today=JUNE) as desk:
        yield desk


@pytest.mark.parametrize(
    ("today", "day"),
    [
        (date(2023, 6, 20), JUNE),
        (date(2023, 6, 30), JUNE),
        (date(2023, 7, 17), JUNE),
        (date(2023, 7, 18), date(2023, 7, 28)),
        (date(2023, 1, 5), date(2023, 5, 28)),
    ],
)
def test_the_day_that_is_due_or_near(today: date, day: date):
    form = find_progress_form("fangshan-2023")
    assert day_to_fill(form, today) == max(day, form.first)


def test_the_plans_own_form_comes_before_the_one_in_use(bureau: Desk, desk: Desk):
    assert [form.id for form in forms_to_close(bureau.books)] == ["fangshan-2023"]
    assert [form.id for form in forms_to_close(desk.books)] == ["fangshan-2023"], "in use"
    desk.settings.change({"form_in_use": ""})
    assert forms_to_close(desk.books) == []


def test_it_is_counted_as_it_was_the_last_time(bureau: Desk):
    (form,) = forms_to_close(bureau.books)
    ways = ways_to_count(bureau.books, JUNE)
    assert list(ways.values()) == [None, "本股室", "所属行业领域"]
    assert counted_before(bureau.books, form) is None
    with pytest.raises(Refused, match="还没有单位上报"):
        month_closing(bureau.books, bureau.out, form, JUNE, "本股室")
    for sheet in month_closing(bureau.books, bureau.out, form, JUNE).unsent:
        bureau.papers.send_form(fill(bureau.books, form, JUNE, sheet.group))
    closing = month_closing(bureau.books, bureau.out, form, JUNE, "本股室")
    assert (closing.unsent, closing.told(ClosingStep.UNITS)) == ([], "都报了")
    bureau.papers.send_form(closing.standing.filled)
    assert counted_before(bureau.books, form) == "本股室"
    assert month_closing(bureau.books, bureau.out, form, JUNE, "本股室").first() is ClosingStep.DRAFT
    assert month_closing(bureau.books, bureau.out, form, JUNE, "所属行业领域").first() < ClosingStep.DRAFT


def test_what_was_sent_is_drafted_once(bureau: Desk):
    (form,) = forms_to_close(bureau.books)
    number = bureau.papers.send_form(fill(bureau.books, form, JUNE)).ids[0]
    draft = bureau.papers.draft_sent(number)
    closing = month_closing(bureau.books, bureau.out, form, JUNE)
    assert (closing.draft, closing.first()) == (draft, ClosingStep.FILED)
    assert bureau.papers.draft_sent(number) == draft, "made again, it is the same"
    draft.unlink()
    assert month_closing(bureau.books, bureau.out, form, JUNE).first() is ClosingStep.DRAFT


def test_what_waits_to_be_reported_by_a_form_leads_to_the_form(bureau: Desk):
    next_steps = {item.title: item.next for item in bureau.inbox().today if item.kind == "report"}
    by_form = [step for title, step in next_steps.items() if "调度表" in title]
    assert by_form and {step.opens for step in by_form} == {Opens.REPORT}
    assert {step.what for step in by_form} == {"2023-06-28"}
