"""The inbox of each bundled plan, with records that ended aside, changed, or fall due on the very day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from hazard_desk.books.postponed import PutOff
from hazard_desk.cli import main
from hazard_desk.desk import Desk
from hazard_desk.figures.inbox.evening import evening
from hazard_desk.figures.inbox.inbox import inbox
from hazard_desk.figures.inbox.item import InboxItem
from hazard_desk.library.plan_file import bundled_plans, find_plan
from hazard_desk.rules.fields import Row
from hazard_desk.store.acts import Change
from tests.figures.inbox.listing import Listing

FIRMS = {"甲厂": "在产", "乙厂": "停产", "丙厂": "关闭", "丁厂": "在产"}
PLANS = sorted(bundled_plans())
AHEAD = (-1, 0, 1, 3, 8, 30)
"""Days from the day on which the records were made."""


def day_of(plan: str) -> date:
    return date(2025, 3, 20) if "2024" in plan else date(2023, 9, 20)


@pytest.fixture(params=PLANS)
def odd(request: pytest.FixtureRequest, tmp_path: Path, found: Row, five: Row) -> Iterator[Desk]:
    """A desk of a plan with one hazard in each odd place, and firms of which some are stopped."""
    today = day_of(request.param)
    with Desk.create(tmp_path / "desk", find_plan(request.param), today=today) as desk:
        make_odd(desk, found, five)
        yield desk


def make_odd(desk: Desk, found: Row, five: Row) -> None:
    today = desk.today

    def near(days: int) -> str:
        return (today + timedelta(days=days)).isoformat()

    for name, status in FIRMS.items():
        desk.enterprises.add({"name": name, "category": "企业", "sector": "工贸", "status": status})
        duty: Row = {"unit_name": name, "duty": "两单两卡", "state": "已落实", "next_due": near(-1)}
        desk.enterprise_duties.add(duty | {"last_on": near(-300)})
    base = found | {"found_on": near(-20), "unit_name": "甲厂"}
    five = five | {"happened_on": near(-18)}

    def add(more: Row, *steps: tuple[str, Row]) -> int:
        number = desk.hazards.add(base | more).ids[0]
        for kind, values in steps:
            desk.hazards.step(number, kind, values)
        return number

    for place, days in (("昨天", -1), ("今天", 0), ("明天", 1), ("7天", 7), ("8天", 8)):
        add({"place": place}, ("committed", five | {"deadline": near(days)}))
    kept = desk.hazards.get(1).number
    then: Row = {"happened_on": near(-2)}
    late = ("committed", five | {"deadline": near(-1)})
    add({"place": "作废"}, late, ("voided", then | {"note": "重复登记"}))
    add({"place": "并案"}, late, ("merged", then | {"merged_into": kept}))
    handing = ("handed_over", then | {"handed_to": "县局", "reply_due": near(-1)})
    add({"place": "移交"}, handing)
    add(
        {"place": "已回复"},
        handing,
        ("replied", {"happened_on": near(-1), "reply": "已收到"}),
    )
    above: Row = {"source": "上级交办", "assigner": "县安委办", "feedback_due": near(-1)}
    add({"place": "交办又移交"} | above, handing)
    add({"place": "当天"} | {"found_on": near(0)})


def test_what_waits_is_what_sql_lists_on_a_desk_of_each_plan(odd: Desk) -> None:
    made = odd.today
    for days in AHEAD:
        odd.cabinet.clock.set(made + timedelta(days=days))
        told = [(item.kind, one) for item in odd.inbox().today for one in item.records or (item.record,)]
        assert {one for one in told if one[0] != "copy"} == Listing(odd).lines, days
    odd.cabinet.clock.set(made)
    odd.enterprises.merge([4], 1)
    told = [(item.kind, one) for item in odd.inbox().today for one in item.records or (item.record,)]
    assert {one for one in told if one[0] != "copy"} == Listing(odd).lines


@pytest.fixture
def township(desk: Desk, found: Row, five: Row) -> Desk:
    desk.cabinet.clock.set(day_of("sanxiang-2023"))
    make_odd(desk, found, five)
    return desk


def line_of(desk: Desk, place: str) -> list[InboxItem]:
    return [item for item in inbox(desk.books).today if f" {place}：" in item.title]


def test_what_was_handed_on_after_it_was_handed_down_waits_for_both_answers(township: Desk) -> None:
    told = {item.kind: (item.state, item.next.words) for item in line_of(township, "交办又移交")}
    assert told == {"report": ("未反馈", "查看"), "handed": ("未回复", "收到回复")}
    (answered,) = line_of(township, "已回复")
    assert (answered.state, answered.next.words) == ("已回复", "整改完成")


def test_firms_that_are_stopped_are_not_urged_and_no_late_one_is_called_well(township: Desk) -> None:
    (line,) = [item for item in inbox(township.books).today if item.kind == "enterprise"]
    assert (line.title, line.whose, line.state) == ("两单两卡到期 2家", "丁厂、甲厂", "已到期")


def test_what_is_silenced_is_told_again_after_a_step_though_it_stands_as_before(township: Desk) -> None:
    rectified: Row = {"happened_on": "2023-09-18", "rectified_by": "丁"}
    failed: Row = {"happened_on": "2023-09-19", "rechecked_by": "戊", "recheck_finding": "没有改好"}
    (late,) = line_of(township, "昨天")
    township.hazards.step(late.number, "rectified", rectified)
    (line,) = line_of(township, "昨天")
    township.books.postponed.silence([PutOff(line.title, line.keys)], "等下周一起复查")
    assert line_of(township, "昨天") == []
    township.hazards.step(late.number, "recheck_failed", failed | {"deadline": "2023-09-30"})
    township.hazards.step(late.number, "rectified", rectified | {"happened_on": "2023-09-20"})
    assert [item.kind for item in line_of(township, "昨天")] == [line.kind] == ["recheck"]


@pytest.mark.parametrize(
    "put_off",
    [
        lambda desk, line: desk.books.postponed.silence([line], "另案处理"),
        lambda desk, line: desk.books.postponed.put_off([line], desk.today + timedelta(days=9)),
    ],
)
def test_what_comes_can_be_put_off_too(township: Desk, put_off: Callable[[Desk, PutOff], Change]) -> None:
    coming = next(item for item in inbox(township.books).week if " 7天：" in item.title)
    put_off(township, PutOff(coming.title, coming.keys))
    assert coming not in inbox(township.books).week
    firms = next(item for item in inbox(township.books).today if item.kind == "enterprise")
    put_off(township, PutOff(firms.title, firms.keys))
    assert "enterprise" not in {item.kind for item in inbox(township.books).today}


def test_tomorrow_is_what_is_new_in_the_inbox_of_tomorrow(township: Desk) -> None:
    """Also what is reminded of before its day, and what was put off until then, if it still waits."""
    for place in ("昨天", "今天"):
        (line,) = line_of(township, place)
        township.books.postponed.put_off([PutOff(line.title, line.keys)], township.today + timedelta(days=1))
    done = line.number
    township.hazards.step(done, "rectified", {"happened_on": "2023-09-20", "rectified_by": "丁"})
    now = {item.keys for item in inbox(township.books).today}
    told = evening(township.books).tomorrow
    township.cabinet.clock.set(township.today + timedelta(days=1))
    new = [item.title for item in inbox(township.books).today if item.keys not in now]
    assert told == new
    assert any(" 昨天：" in title for title in told) and any(" 明天：" in title for title in told)
    assert any("9月" in title for title in told), "a report is told a week ahead"


def test_the_evening_counts_what_was_done_and_joins_whole_sentences(desk: Desk, found: Row) -> None:
    task = next(item for item in inbox(desk.books).today if item.title.endswith("。"))
    desk.books.postponed.put_off([PutOff(task.title, task.keys)], desk.today + timedelta(days=1))
    assert evening(desk.books).sentences == [], "nothing was done by putting it off"
    desk.hazards.add(found)
    done, tomorrow = evening(desk.books).sentences
    assert done.startswith("今天办了1件：")
    assert task.title.rstrip("。") in tomorrow
    assert "。；" not in tomorrow and "。。" not in tomorrow


def test_the_command_cuts_nothing(township: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    items, folder, today = inbox(township.books).today, township.folder, township.today
    township.close()
    assert main(["--desk", str(folder), "--today", today.isoformat(), "today"]) == 0
    said = capsys.readouterr().out
    assert "…" not in said
    for item in items:
        for words in (item.title, item.whose, item.when(today), item.next.words, item.why):
            assert words in said


def test_a_certificate_that_runs_out_is_renewed_first(township: Desk) -> None:
    paper: Row = {"unit_name": "甲厂", "operation": "委外作业", "target": "作业人员", "subject": "焊工甲"}
    reviewed: Row = {"reviewed_on": "2023-01-09", "result": "符合", "valid_until": "2023-10-01"}
    township.registers.ledgers()["qualifications"].add(paper | reviewed)
    (line,) = [item for item in inbox(township.books).today if item.kind == "certificate"]
    assert (line.next.words, line.next.what) == ("换证或停用", "valid_until")


def test_a_hazard_whose_events_were_lost_still_waits(township: Desk) -> None:
    before = [item.record for item in inbox(township.books).today]
    township.cabinet.db.execute_sql("DELETE FROM hazard_event")
    assert [item.record for item in inbox(township.books).today] == before


def test_what_is_late_in_another_plan_is_one_line(tmp_path: Path) -> None:
    first, other = find_plan("sanxiang-2023"), find_plan("chongming-2023")
    with Desk.create(tmp_path / "desk", first, today=date(2023, 9, 20)) as desk:
        here = [item for item in inbox(desk.books).today if item.kind == "task"]
        desk.plans.enter(other)
        (line,) = (item for item in inbox(desk.books).today if item.kind == "task")
        assert line.title == f"另一方案“{first.title}”有{len(line.records)}项任务逾期"
        assert set(line.records) >= {item.record for item in here if item.late} != set()
        desk.cabinet.clock.set(date(2024, 1, 2))
        assert all(item.kind != "task" or first.title not in item.title for item in inbox(desk.books).today)
