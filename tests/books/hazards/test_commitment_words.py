"""What the pane says of the five commitments: red only where required, nothing well when late."""

from __future__ import annotations

from datetime import date

import pytest

from hazard_desk.books.hazards.law import COMMITMENTS, commitment_word
from hazard_desk.desk import Desk
from hazard_desk.rules.fields import Row

TOLD: Row = {"responsible": "丙负责", "measures": "更换线路", "deadline": "2023-06-10"}


def words(desk: Desk, number: int, today: date | None = None, past: bool = False) -> dict[str, str]:
    row = desk.hazards.get(number)
    return {word: commitment_word(name, row, today or desk.today, past) for name, word in COMMITMENTS.items()}


def test_on_its_day_nothing_is_missing_yet(desk: Desk, found: Row) -> None:
    (number,) = desk.hazards.add(found | {"found_on": desk.today}).ids
    assert words(desk, number) == dict.fromkeys(("责任", "措施", "时限"), "待落实") | {
        "资金": "可不填",
        "预案": "可不填",
    }


def test_a_day_later_what_is_required_is_missing(desk: Desk, found: Row) -> None:
    (number,) = desk.hazards.add(found).ids
    assert [word for word in words(desk, number).values() if word == "未落实"] == ["未落实"] * 3
    assert set(words(desk, number, past=True).values()) == {"未填写", "可不填"}


@pytest.mark.parametrize(
    ("today", "expected"),
    [(date(2023, 6, 10), ("已落实", "已落实")), (date(2023, 6, 11), ("已填写", "已逾期"))],
)
def test_of_what_is_late_none_is_said_to_be_kept(
    desk: Desk, found: Row, today: date, expected: tuple[str, str]
) -> None:
    (number,) = desk.hazards.add(found | TOLD).ids
    desk.hazards.step(number, "committed", TOLD | {"happened_on": "2023-05-22"})
    said = words(desk, number, today)
    assert (said["责任"], said["时限"]) == expected


def test_what_was_put_right_in_time_is_kept(desk: Desk, found: Row) -> None:
    (number,) = desk.hazards.add(found | TOLD).ids
    desk.hazards.step(number, "rectified", {"happened_on": "2023-05-25", "rectified_by": "丙负责"})
    assert words(desk, number, date(2023, 8, 1))["时限"] == "已落实"
