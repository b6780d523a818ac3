"""The recurring duties: every time they fall due, what is found for it, and the clerk's own word."""

from __future__ import annotations

from collections import Counter
from datetime import date

from hazard_desk.figures.due import due_items

WHOLE = (date(2023, 5, 18), date(2023, 12, 31))
MONTH_ENDS = ["05-31", "06-30", "07-31", "08-31", "09-30", "10-31", "11-30", "12-31"]
QUARTER_ENDS = ["06-30", "09-30", "12-31"]
HAND_MADE = {
    "党政主要负责人每月实地督导检查": MONTH_ENDS,
    "分管负责人每月调研检查或专题调度": MONTH_ENDS,
    "每月风险研判会": MONTH_ENDS,
    "每月“五进”宣传活动": MONTH_ENDS,
    "每月督促企业开展“日周月”隐患排查": MONTH_ENDS,
    "每季度“两单两卡”培训": QUARTER_ENDS,
    "每季度更新重大事故隐患台账": QUARTER_ENDS,
    "每半年通报整治进展情况": ["06-30", "12-31"],
    "每半年应急救援预案专题培训": ["06-30", "12-31"],
    "每年事故应急救援预案演练": ["12-31"],
    "每年邀请安全专家为小微企业服务": ["06-30"],
    "“5.12”防灾减灾日和安全生产月主题宣传教育": ["06-30"],
}
"""When each duty of 三星乡2023行动 falls due in 2023; the other two are kept up and wait for an event."""
REMINDED = {"09-30": "09-28", "12-31": "12-29"}
"""Days that are no working days, and the last working day before: 30 September was the Saturday of the
Mid-Autumn rest that began on the 29th, 31 December a Sunday."""


def all_due(desk) -> list:
    return [item for item in due_items(desk.books, *WHOLE) if item.kind == "occurrence"]


class TestOccurrences:
    def test_every_duty_of_S0_falls_due_as_counted_by_hand(self, desk):
        by_duty: dict[str, list[str]] = {}
        for item in all_due(desk):
            by_duty.setdefault(item.title.rpartition("（")[0], []).append(item.date.isoformat()[5:])
        assert by_duty == HAND_MADE
        assert len(all_due(desk)) == 53

    def test_every_one_is_reminded_of_on_a_working_day(self, desk):
        for item in all_due(desk):
            day = item.date.isoformat()[5:]
            assert item.remind_on.isoformat()[5:] == REMINDED.get(day, day)

    def test_a_span_is_the_sum_of_its_days(self, desk):
        whole = desk.duties.occurrences(date(2023, 5, 1), date(2023, 12, 31))
        halves = [
            *desk.duties.occurrences(date(2023, 5, 1), date(2023, 8, 30)),
            *desk.duties.occurrences(date(2023, 8, 31), date(2023, 12, 31)),
        ]
        assert Counter(map(str, whole)) == Counter(map(str, halves))

    def test_nothing_outside_the_campaign(self, desk):
        assert desk.duties.occurrences(date(2022, 1, 1), date(2023, 3, 31)) == []
        assert desk.duties.occurrences(date(2024, 1, 1), date(2030, 1, 1)) == []


def test_the_rows_speak_Chinese(desk):
    rows = desk.duties.all_rows()
    assert len(rows) == 14
    assert all(row["title"] and row["rhythm"] for row in rows)
    text = " ".join(field.show(row[field.name]) for row in rows for field in desk.duties.fields)
    assert not any(word in text for word in ("month", "recurring", "counter", "FREQ", "activity"))
