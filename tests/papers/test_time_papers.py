"""The papers of time: a month, a year, the chart for the wall, the record of duties, the plan of a week."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from hazard_desk.books.kit.query import Query
from hazard_desk.desk import Desk
from hazard_desk.rules.fields import Row

A3_LANDSCAPE = (1190, 842)
A4_LANDSCAPE = (842, 595)


def printed(desk: Desk, paper: str, to: Path, day: date | None = None) -> tuple[list[str], tuple[int, int]]:
    """Return the text of every page, without line ends, and the size of the first in points."""
    file = desk.papers.print(paper, to / f"{paper}.pdf", Query(as_of=day))
    document = pypdfium2.PdfDocument(file)
    texts = [page.get_textpage().get_text_range().replace("\r\n", "") for page in document]
    width, height = document[0].get_size()
    document.close()
    return texts, (round(width), round(height))


def test_the_wall_chart_is_one_sheet_with_every_task(desk: Desk, tmp_path: Path):
    (text,), (width, height) = printed(desk, "wall-chart", tmp_path)
    told = "".join(text.split())
    assert all("".join(str(row["text"]).split()) in told for row in desk.tasks.all_rows()), "nothing is cut"
    assert abs(width - A3_LANDSCAPE[0]) <= 1 and abs(height - A3_LANDSCAPE[1]) <= 1
    assert all(f"{number}" in text for number in range(1, 35))
    for action in {row["action"] for row in desk.tasks.all_rows()}:
        assert action[:6] in text
    assert "未开始" in text and "重点整治" in text


@pytest.mark.parametrize("day", [date(2023, 5, 20), date(2023, 7, 1), date(2023, 10, 20)])
def test_a_month_is_one_sheet(desk: Desk, tmp_path: Path, found: Row, five: Row, day: date):
    for place in range(12):  # more on one day than a cell can tell
        number = desk.hazards.add(found | {"place": f"车间{place}"}).ids[0]
        desk.hazards.step(number, "committed", five)
    (text,), (width, height) = printed(desk, "calendar", tmp_path, day)
    assert abs(width - A4_LANDSCAPE[0]) <= 1 and abs(height - A4_LANDSCAPE[1]) <= 1
    assert f"{day.year}年{day.month}月" in text
    if day.month == 5:
        assert "共" in text, "what does not fit is counted"


def test_the_year_is_a_calendar_and_names_what_is_dated(desk: Desk, tmp_path: Path):
    (text, names), (width, _) = printed(desk, "calendar-year", tmp_path)
    assert abs(width - A3_LANDSCAPE[0]) <= 1
    assert all(f"{month}月" in text and f"{month}月" in names for month in range(1, 13))
    assert text.count("31") >= 7 and "国庆节" in text
    assert "20日动员部署" in names.replace(" ", "")


def test_the_record_of_duties_tells_what_was_found(desk: Desk, tmp_path: Path):
    before = " ".join(printed(desk, "duty-record", tmp_path)[0])
    assert all(duty["title"][:8] in before for duty in desk.duties.all_rows())
    desk.activities.add(
        {"kind": "五进宣传", "held_on": "2023-05-25", "title": "五进宣传", "level": "镇", "content": "进企业"}
    )
    after = " ".join(printed(desk, "duty-record", tmp_path)[0])
    assert after.count("已完成") > before.count("已完成")
    past = " ".join(printed(desk, "duty-record", tmp_path, date(2023, 5, 24))[0])
    assert "1条" in after and "1条" not in past, "what was done later is nothing to show for that day"


def test_the_week_has_seven_days_and_its_reminders(desk: Desk, tmp_path: Path):
    text = "".join(printed(desk, "week-plan", tmp_path, date(2023, 5, 31))[0])
    assert all(f"{day}" in text for day in ("5月29日", "5月31日", "6月4日"))
    assert "任务" in text and "2023-05-31" in text


def test_the_week_tells_what_is_carried_over_and_what_waits(
    desk: Desk, tmp_path: Path, found: Row, five: Row
):
    numbers = [desk.hazards.add(found | {"place": place}).ids[0] for place in ("甲车间", "乙车间", "丙车间")]
    for number in numbers:
        desk.hazards.step(number, "committed", five)
    for number in numbers[:2]:
        done = {"happened_on": "2023-05-25", "rectified_by": "丙负责", "note": "已重新布线"}
        desk.hazards.step(number, "rectified", done)
    found_well = {"rechecked_by": "甲检查、乙检查", "recheck_finding": "线路已穿管保护"}
    desk.hazards.step(numbers[0], "recheck_passed", {"happened_on": "2023-05-26", **found_well})
    text = "".join("".join(printed(desk, "week-plan", tmp_path, date(2023, 6, 1))[0]).split())
    assert "待复查" in text and "2023年5月25日整改完成" in text
    assert "待销号" in text and "2023年5月26日复查通过" in text
    assert text.index("待复查") < text.index("乙车间") < text.index("待销号") < text.index("甲车间")


def test_a_week_carries_over_what_was_due_before_it(
    blank: Path, folder: Path, tmp_path: Path, found: Row, five: Row
):
    shutil.copytree(blank, folder)
    with Desk.open(folder, date(2023, 6, 7)) as later:
        number = later.hazards.add(found).ids[0]
        on_time = {"happened_on": "2023-05-25", "deadline": "2023-06-02"}
        later.hazards.step(number, "committed", five | on_time)
        text = "".join("".join(printed(later, "week-plan", tmp_path)[0]).split())
    assert text.index("以前结转") < text.index("示例木材加工厂") < text.index("6月5日星期一")
