"""The papers of time: a month, a year, the chart for the wall, the record of duties, the plan of a week."""

from __future__ import annotations

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


def test_the_year_names_what_is_dated(desk: Desk, tmp_path: Path):
    (text,), (width, _) = printed(desk, "calendar-year", tmp_path)
    assert abs(width - A3_LANDSCAPE[0]) <= 1
    assert all(f"{month}月" in text for month in range(1, 13))
    assert "20日动员部署" in text.replace(" ", "")


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
