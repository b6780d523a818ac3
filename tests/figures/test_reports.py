"""Reports are dates: those of the plan, and the form that the office uses where its plan names none."""

from __future__ import annotations

from datetime import date

import pytest

from hazard_desk.books.plans.forms import form_in_use, offered_forms
from hazard_desk.desk import Desk
from hazard_desk.figures.due import due_items, overdue_items
from hazard_desk.figures.progress.filling import fill, submit
from hazard_desk.library.plan_file import bundled_plans, find_plan
from hazard_desk.library.progress_forms import find_progress_form

YEAR = (date(2023, 1, 1), date(2023, 12, 31))


def reports(desk: Desk) -> list:
    return [item for item in due_items(desk.books, *YEAR) if item.kind == "report"]


def test_the_form_of_the_same_campaign_is_due_each_month_as_the_offices(desk):
    found = reports(desk)
    assert [item.date for item in found] == [date(2023, month, 28) for month in range(6, 13)]
    assert all("本单位在用的表" in item.title and item.state == "未报" for item in found)
    assert len({(item.record, item.key) for item in found}) == len(found)


def test_sent_it_is_sent_and_unsent_it_is_late(desk):
    form = find_progress_form("fangshan-2023")
    desk.cabinet.clock.set(date(2023, 6, 27))
    submit(desk.books, fill(desk.books, form, date(2023, 6, 28)))
    june = reports(desk)[0]
    assert (june.state, june.open, june.record) == ("已报", False, "submissions/1")
    desk.cabinet.clock.set(date(2023, 8, 2))
    assert [item.state for item in reports(desk)[:3]] == ["已报", "逾期未报", "未报"]
    assert [item.date for item in overdue_items(desk.books) if item.kind == "report"] == [date(2023, 7, 28)]
    submit(desk.books, fill(desk.books, form, date(2023, 7, 28)))
    assert reports(desk)[1].state == "逾期上报"
    assert "report" not in {item.kind for item in overdue_items(desk.books)}


@pytest.mark.parametrize(
    ("as_of", "sent"),
    [(date(2023, 6, 2), ""), (date(2023, 6, 27), ""), (date(2023, 6, 28), "6"), (date(2023, 6, 30), "6")],
)
def test_what_tells_of_less_than_its_day_is_not_the_form_of_the_month(desk, as_of, sent):
    desk.cabinet.clock.set(as_of)
    submit(desk.books, fill(desk.books, find_progress_form("fangshan-2023"), as_of))
    desk.cabinet.clock.set(date(2023, 8, 1))
    told = "".join(str(item.date.month) for item in reports(desk) if item.state in ("已报", "逾期上报"))
    assert told == sent


def test_the_sheet_of_one_group_is_not_the_form(desk, found):
    desk.hazards.add(found)
    desk.cabinet.clock.set(date(2023, 6, 27))
    form = find_progress_form("fangshan-2023")
    submit(desk.books, fill(desk.books, form, date(2023, 6, 28), found["sector"]))
    assert reports(desk)[0].state == "未报"


def test_the_setting_chooses_another_or_none(desk):
    settings = desk.settings.get()
    assert settings["form_in_use"] == find_progress_form("fangshan-2023").short
    desk.settings.change({"form_in_use": find_progress_form("chongming-2023").short})
    assert form_in_use(desk.cabinet).id == "chongming-2023"
    desk.settings.change({"form_in_use": ""})
    assert form_in_use(desk.cabinet) is None and reports(desk) == []


def test_the_setting_is_the_plans(desk):
    desk.plans.enter(find_plan("fangshan-2023"))
    assert form_in_use(desk.cabinet) is None  # the plan asks for it by a duty of its own
    desk.plans.switch(1)
    assert form_in_use(desk.cabinet).id == "fangshan-2023"


@pytest.mark.parametrize("plan", bundled_plans())
def test_a_foreign_form_is_not_offered_as_the_plans_own(tmp_path, plan):
    with Desk.create(tmp_path / "desk", plan) as desk:
        offered = {form.id: word for form, word in offered_forms(desk.cabinet)}
        own = find_plan(plan).forms
        assert {name for name, word in offered.items() if not word} == set(own)
        used = {name for name, word in offered.items() if word == "本单位在用"}
        assert len(used) == (0 if own or plan == "yongqiao-three-holds" else 1)
        assert list(offered)[: len(own) + len(used)] == [*own, *used]
        years = range(find_plan(plan).starts_on.year, find_plan(plan).ends_on.year + 1)
        for name, word in offered.items():
            assert (word == "其他年份的表") == (find_progress_form(name).first.year not in years)
