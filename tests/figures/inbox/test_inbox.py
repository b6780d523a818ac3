"""The inbox: what waits, all of it and nothing else, ranked by consequence; what is put off stays away."""

from __future__ import annotations

import json
import random
import shutil
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

import pytest

from hazard_desk.books.postponed import PutOff
from hazard_desk.cli import main
from hazard_desk.desk import Desk
from hazard_desk.errors import Refused, RefusedFields
from hazard_desk.figures.inbox.inbox import inbox
from hazard_desk.figures.inbox.item import InboxItem
from hazard_desk.figures.inbox.kinds import INBOX_KINDS, rank_lines
from hazard_desk.papers.texts.manual import manual_chapters
from hazard_desk.rules.fields import Row
from tests.figures.inbox.listing import Listing
from tests.figures.test_random_desks import LAST, acts_of

UNITS = ("甲厂（东区）", "乙石料有限公司", "丙校")


def lines(items: list[InboxItem]) -> set[tuple[str, str]]:
    return {(item.kind, record) for item in items for record in item.records or (item.record,)}


def waits(desk: Desk) -> list[InboxItem]:
    return inbox(desk.books).today


def dated(seed: int, desk: Desk) -> None:
    """Enter what has a day, on days around the last one."""
    dice = random.Random(seed)

    def near() -> date:
        return LAST + timedelta(days=dice.randrange(-60, 40))

    for place, duty in enumerate(("两单两卡", "应急演练", "教育培训") * 3):
        row: Row = {"unit_name": UNITS[place // 3], "duty": duty, "next_due": near()}
        desk.enterprise_duties.add(row | {"state": dice.choice(("已落实", "未落实", "不适用"))})
    for _ in range(8):
        received = near() - timedelta(days=90)
        tip: Row = {"received_on": received, "way": "电话", "content": "堵塞", "deadline": near()}
        answered: Row = {"answered_on": received + timedelta(days=9), "verified": "不属实"}
        desk.tips.add(tip | dice.choice(({}, answered)))
    registers = desk.registers.ledgers()
    for _ in range(6):
        letter: Row = {"title": "关于报送情况的通知", "sender": "县安委办", "received_on": "2023-10-08"}
        with suppress(Refused):
            registers["incoming"].add(letter | {"reply_by": near()})
    for _ in range(6):
        paper: Row = {"subject": "甲", "certificate": "焊工证", "person": "甲", "unit_name": UNITS[0]}
        with suppress(Refused):
            registers["qualifications"].add(paper | {"valid_until": near()})


@pytest.mark.parametrize("seed", [11, 12, 13])
def test_random_desks_wait_for_what_sql_lists(blank: Path, tmp_path: Path, seed: int) -> None:
    shutil.copytree(blank, tmp_path / "desk")
    with Desk.open(tmp_path / "desk", LAST) as desk:
        for act in acts_of(seed):
            act(desk)
        dated(seed, desk)
        for day in (LAST, LAST - timedelta(days=33), LAST + timedelta(days=9)):
            desk.cabinet.clock.set(day)
            found = waits(desk)
            assert lines(found) == Listing(desk).lines, day
            assert len({item.kind for item in found}) > 6


@pytest.mark.parametrize("days", [0, 8, 40])
def test_the_sample_desk_waits_for_what_sql_lists(year: Path, tmp_path: Path, days: int) -> None:
    shutil.copytree(year, tmp_path / "desk")
    with Desk.open(tmp_path / "desk") as desk:
        desk.cabinet.clock.set(desk.today + timedelta(days=days))
        assert lines(waits(desk)) == Listing(desk).lines


def test_consequence_goes_before_age(desk: Desk, found: Row, five: Row) -> None:
    """An ordinary hazard that is late for long stands behind a major one late since yesterday."""
    major = found | {"level": "重大", "criterion": "判定标准第三条"}
    old, new = desk.hazards.add(found).ids[0], desk.hazards.add(major).ids[0]
    desk.hazards.step(old, "committed", five | {"deadline": "2023-05-22"})
    desk.hazards.step(new, "committed", five)
    told = [item.record for item in waits(desk) if item.ledger == "hazards"]
    assert told == [f"hazards/{new}", f"hazards/{old}"]
    ranks = [item.rank for item in waits(desk)]
    assert ranks == sorted(ranks)


def test_a_line_says_what_whose_until_when_and_what_next(desk: Desk, found: Row, five: Row) -> None:
    desk.hazards.step(number := desk.hazards.add(found).ids[0], "committed", five)
    item = next(item for item in waits(desk) if item.record == f"hazards/{number}")
    assert (item.kind, item.whose, item.next.words, item.next.what) == (
        "hazard_overdue",
        "丙负责",
        "整改完成",
        "rectified",
    )
    assert item.title.startswith("示例木材加工厂 加工车间：电线私拉乱接，未穿管保护（")
    assert item.when(desk.today) == "逾期1天（时限2023-05-31）"
    assert item.why


def test_firms_stand_in_one_line_and_are_urged_by_one_act(desk: Desk) -> None:
    for name in ("甲", "乙", "丙"):
        desk.enterprises.add({"name": name, "category": "企业", "sector": "工贸"})
        row: Row = {"unit_name": name, "duty": "两单两卡", "state": "部分落实", "next_due": "2023-05-30"}
        desk.enterprise_duties.add(row)
    (item,) = [item for item in waits(desk) if item.kind == "enterprise"]
    assert (item.title, item.whose, item.next.words) == ("两单两卡到期 3家", "丙、乙、甲", "催办3家")
    numbers = [int(record.partition("/")[2]) for record in item.records]
    change = desk.books.urging.urge_firms(numbers)
    assert [desk.rewards.get(one).target for one in change.ids] == ["丙", "乙", "甲"]
    file, refused = desk.papers.print_many("letter-remind", list(map(str, change.ids)))
    assert file.exists()
    assert refused == {}
    assert not [item for item in waits(desk) if item.kind == "enterprise"], "they are given a week"
    desk.cabinet.clock.set(desk.today + timedelta(days=7))
    assert [item.title for item in waits(desk) if item.kind == "enterprise"] == ["两单两卡到期 3家"]
    desk.cabinet.clock.set(date(2023, 6, 1))
    desk.undo()
    assert item in waits(desk)
    assert desk.rewards.count_by("kind")["提醒函"] == 0


def test_what_is_put_off_comes_back_on_its_day_or_when_it_changes(desk: Desk, found: Row) -> None:
    number = desk.hazards.add(found).ids[0]
    item = next(item for item in waits(desk) if item.record == f"hazards/{number}")
    desk.books.postponed.put_off([PutOff(item.title, item.keys)], date(2023, 6, 2))
    assert item not in waits(desk)
    assert [row.title for row in inbox(desk.books).put_off] == [item.title]
    desk.cabinet.clock.set(date(2023, 6, 2))
    assert item in waits(desk)
    desk.books.postponed.silence([PutOff(item.title, item.keys)], "已由县局接办")
    assert item not in waits(desk)
    desk.hazards.step(
        number, "rectified", {"happened_on": "2023-05-20", "rectified_by": "甲"}
    )  # another thing waits now
    assert [one.kind for one in waits(desk) if one.record == item.record] == ["recheck"]
    (row,) = inbox(desk.books).put_off
    assert row.said == "不再提醒：已由县局接办"
    desk.books.postponed.bring_back([row.id])
    assert inbox(desk.books).put_off == []


@pytest.mark.parametrize("until", ["2023-06-01", "2023-05-01", "", "何时"])
def test_putting_off_needs_a_day_to_come(desk: Desk, until: str) -> None:
    with pytest.raises(RefusedFields):
        desk.books.postponed.put_off([PutOff("示例", ("a",))], until)
    with pytest.raises(RefusedFields):
        desk.books.postponed.silence([PutOff("示例", ("a",))], "  ")


def test_reports_of_the_week_stand_until_they_are_sent(desk: Desk) -> None:
    desk.settings.change({"form_in_use": next(iter(desk.settings.fields[-1].choices))})
    desk.cabinet.clock.set(date(2023, 6, 22))
    report = next(item for item in waits(desk) if item.kind == "report" and item.ledger == "submissions")
    assert (report.state, report.due, report.next.words) == ("未报", date(2023, 6, 28), "去上报")


def test_what_no_copy_holds_waits(desk: Desk) -> None:
    assert "copy" not in {item.kind for item in desk.inbox().today}
    desk.cabinet.clock.set(desk.today + timedelta(days=8))
    desk.cabinet.clock.set(date.today() + timedelta(days=8))
    (item,) = [item for item in desk.inbox().today if item.kind == "copy"]
    assert (item.record, item.next.words) == ("", "立即备份")
    desk.copies.make()
    assert "copy" not in {item.kind for item in desk.inbox().today}


def test_the_command_tells_the_same_list(desk: Desk, found: Row, capsys: pytest.CaptureFixture[str]) -> None:
    desk.hazards.add(found)
    told = [item.row() for item in desk.inbox().today]
    folder = desk.folder
    desk.close()
    assert main(["--desk", str(folder), "--today", "2023-06-01", "today", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert {"rank", "kind", "title", "record", "next", "due", "why"} <= rows[0].keys()
    assert [(row["rank"], row["record"]) for row in rows] == [(row["rank"], row["record"]) for row in told]
    assert main(["--desk", str(folder), "--today", "2023-06-01", "today"]) == 0
    assert f"共{len(rows)}项" in capsys.readouterr().out


def test_the_manual_explains_the_ranks() -> None:
    (chapter,) = [one for one in manual_chapters() if "desk" in one.pages]
    for kind, line in zip(INBOX_KINDS.values(), rank_lines(), strict=True):
        assert line in chapter.body
        assert kind.why in line
