"""Papers about records with gaps say what is known, 待补 or a line to write on; never what nobody told."""

from __future__ import annotations

from datetime import date

import pytest

from hazard_desk.books.checks.book import CheckRow
from hazard_desk.books.kit.query import Query
from hazard_desk.desk import Desk
from hazard_desk.figures.summary import summary
from hazard_desk.papers.catalogue import find_report, order_of
from hazard_desk.papers.model import Cell, Heading, Line, Note, Paper, Para, Signature, Subtitle, Table, Title
from hazard_desk.rules.dates import show_date
from tests.books.hazards.test_history import CLOSING, FOUND, without
from tests.books.taking import take
from tests.every_act import VISIT
from tests.gaps import take_out


def made(desk: Desk, report: str, number: int | str = "") -> Paper:
    found = find_report(desk.books, report)
    return found.make(desk.books, order_of(desk.books, found, str(number), Query()))


def words(paper: Paper) -> str:
    told = [paper.title]
    for block in paper.blocks:
        if isinstance(block, Table):
            told += [cell.text for row in block.rows for cell in row if isinstance(cell, Cell)]
        elif isinstance(block, Title | Subtitle | Para | Line | Note | Heading):
            told.append(block.text)
        elif isinstance(block, Signature):
            told.append(block.date)
    return "\n".join(told)


def test_a_card_marks_what_nobody_told_and_no_day_of_the_import(desk: Desk) -> None:
    number = take(desk.hazards, without("level", "found_on", state="已销号"))
    told = words(made(desk, "hazard-card", number))
    assert told.count("日期待补") == 3, "found, rectified, signed off"
    assert "级别\n待补" in told
    assert "整改完成日期\n待补" in told
    assert desk.today.isoformat() not in told
    assert "（未落实）" not in told, "whether they were kept, nobody told"
    assert desk.cabinet.setting("clerk") not in told, "who handled it, nobody told"


def test_a_step_that_was_filled_in_stands_in_the_course_of_the_card(desk: Desk) -> None:
    number = take(desk.hazards, without(state="已销号"))
    desk.hazards.correct(number, 2, {"happened_on": "2023-05-22", "rectified_by": "丁整改"})
    told = words(made(desk, "hazard-card", number))
    assert "2023-05-22\n整改完成\n整改人：丁整改" in told


def test_the_ledger_on_paper_marks_them(desk: Desk) -> None:
    take(desk.hazards, without("found_on", "source"))
    table = next(block for block in made(desk, "hazard-ledger").blocks if isinstance(block, Table))
    assert [cell.text for cell in table.rows[0] if cell].count("待补") == 2


@pytest.mark.parametrize(
    "report", ["notice-rectify", "notice-recheck", "notice-supervise", "rectification-plan"]
)
def test_a_notice_has_blanks_for_days_that_nobody_told(desk: Desk, report: str) -> None:
    plan = {"plan_goal": "消除", "plan_methods": "更换", "plan_resources": "自筹", "plan_people": "安环部"}
    more = {"supervision_level": "县级", "notice_number": "三应急责改〔2023〕1号", **plan}
    days = ("found_on", "level", "rectified_on", "rechecked_on", "signed_off_on")
    told = {name: value for name, value in (FOUND | CLOSING | more).items() if name not in days}
    number = take(desk.hazards, told | {"level": "重大", "state": "已销号"})
    assert find_report(desk.books, report).lacks(desk.books, number) == ""
    text = words(made(desk, report, number))
    assert show_date(desk.today) not in text
    assert "None" not in text


def test_a_hazard_without_a_level_is_called_neither_major_nor_ordinary(desk: Desk) -> None:
    number = take(desk.hazards, without("level"))
    told = words(made(desk, "notice-rectify", number))
    assert FOUND["description"] in told
    assert "事故隐患" not in told.replace("发现存在下列事故隐患", "")


def test_a_check_without_its_day_and_people(desk: Desk) -> None:
    number = desk.checks.add(VISIT).ids[0]
    take_out(desk, CheckRow, number, "checked_on", "inspectors")
    paper = made(desk, "record-check", number)
    assert "日期待补" in paper.title
    assert "我们是三星乡应急办的检查人员＿" in words(paper)


def test_figures_say_what_they_leave_out(desk: Desk) -> None:
    take(desk.hazards, FOUND)
    take(desk.hazards, without("found_on"))
    take(desk.hazards, without("level", state="已销号"))
    figures = summary(desk.books, date(2023, 5, 18), desk.today)
    assert (figures.span.found, figures.span.rectified, figures.span.overdue) == (2, 1, 0)
    assert figures.span.on_time_rate is None, "on which day it was put right, nobody told"
    told = "1条隐患缺发现日期，未计入；1条隐患缺级别，未计入重大隐患；1条隐患缺整改完成日期，按期整改率不计"
    assert figures.untold == told
    assert f"另有待补：{told}。" in words(made(desk, "bulletin"))
    assert f"待补：{told}。" in words(made(desk, "hazard-figures"))
