"""The sample desk: alike each time, lawful, plausible, marked as a sample, and nobody who told is named."""

from __future__ import annotations

import sqlite3
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from hazard_desk.books import activities, enterprise_duties, rewards
from hazard_desk.books.checks import book as checks
from hazard_desk.books.checks.dated_rules import CAPS, RATES
from hazard_desk.books.documents.articles import REGISTER as ARTICLES
from hazard_desk.books.kit.query import Query
from hazard_desk.demo import SAMPLE_DAY, make_demo
from hazard_desk.demo.content import load_content, load_tips
from hazard_desk.desk import Desk
from hazard_desk.errors import Refused
from hazard_desk.figures.due import due_items
from hazard_desk.rules.fields import Row
from hazard_desk.rules.identifiers import check_credit_code, check_phone
from hazard_desk.store.trail.packed import unpacked_act
from tests.bytes_kept import found_in

STATES = {"待整改", "整改中", "待复查", "待销号", "已销号", "已并案", "已作废"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Path]]:
    """The sample desk as it stands on its own day, with its printed papers."""
    folder = tmp_path_factory.mktemp("demo") / "示例 desk"
    return folder, make_demo(folder)


@pytest.fixture
def sample(made: tuple[Path, list[Path]]) -> Iterator[Desk]:
    with Desk.open(made[0], lock=False) as desk:
        yield desk


@pytest.fixture
def hazards(sample: Desk) -> list[Row]:
    return sample.hazards.select(Query(sort="found_on"))


def rows_of(folder: Path) -> dict[str, list[Any]]:
    """Return every row of every table of a desk but the index of grams, which cannot be read plainly."""
    with closing(sqlite3.connect(folder / "desk.db")) as db:
        names = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        tables = [name for name in names if not name.startswith("search_gram")]
        tables.remove("schema_migration")  # it notes the real time at which the file was made
        rows = {name: list(db.execute(f"SELECT * FROM {name}")) for name in tables}
        db.create_function("plain", 1, unpacked_act)
        rows["audit"] = list(
            db.execute("SELECT id, at, who, act, ledger, title, plain(rows), undo, undoes FROM audit")
        )
    # Each desk has an id and a seal of its own, and therefore a chain of its own.
    own = [value for _, name, value in rows["setting"] if name in ("desk_id", "seal_check")]
    assert len(own) == 2
    rows["setting"] = [row for row in rows["setting"] if row[2] not in own]
    rows["audit"] = [tuple(_without(str(fact), own) for fact in row) for row in rows["audit"]]
    rows["informant"] = [(row[0], *(text and "sealed" for text in row[1:])) for row in rows["informant"]]
    return rows


def _without(text: str, own: list[str]) -> str:
    for one in own:
        text = text.replace(one, "")
    return text


@pytest.fixture(scope="module")
def secret() -> list[str]:
    """The names and numbers of the sample's informants."""
    content = load_tips()
    names = [*content.informants, *(row.informant for row in content.rows)]
    return [name for name in names if name] + [f"1390000{at:04}" for at in range(1, len(names) + 1)]


def test_two_sample_desks_are_alike(made: tuple[Path, list[Path]], tmp_path: Path, no_papers: None) -> None:
    make_demo(tmp_path / "again")
    assert rows_of(tmp_path / "again") == rows_of(made[0])
    assert files_of(tmp_path / "again") == files_of(made[0])


def files_of(folder: Path) -> dict[str, bytes]:
    """Return the attached files of a desk by where they lie."""
    root = folder / "attachments"
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_is_marked_as_a_sample_on_its_own_day(sample: Desk) -> None:
    assert sample.sample
    assert sample.today == SAMPLE_DAY
    assert sample.clerk == load_content().people.clerk
    assert sample.check() == []


def test_has_about_sixty_enterprises_and_two_hundred_hazards(sample: Desk, hazards: list[Row]) -> None:
    assert 55 <= sample.enterprises.count(Query()) <= 65
    assert 190 <= len(hazards) <= 215
    assert hazards[0]["found_on"] >= date(2023, 5, 20)


def test_every_state_and_source_stands_in_the_ledger(hazards: list[Row]) -> None:
    assert {row["state"] for row in hazards} >= STATES
    shares = {source: count / len(hazards) for source, count in Counter(r["source"] for r in hazards).items()}
    wanted = {"企业自查": 0.45, "执法检查": 0.35, "群众举报": 0.10, "上级交办": 0.10}
    assert shares == pytest.approx(wanted, abs=0.05)
    major = [row for row in hazards if row["level"] == "重大"]
    assert 0.10 <= len(major) / len(hazards) <= 0.16
    assert all("《" in row["criterion"] for row in major)


def test_some_are_overdue_and_some_fall_due_soon(sample: Desk, hazards: list[Row]) -> None:
    late = [row for row in hazards if row["overdue"]]
    assert late
    assert {row["state"] for row in late} <= {"待整改", "整改中"}, "what was handed over is not ours"
    left = [row["days_left"] for row in hazards if row["days_left"] is not None]
    assert [days for days in left if 0 <= days <= 7]
    assert [days for days in left if 7 < days <= 30]
    soon = due_items(sample.books, SAMPLE_DAY, date(2023, 11, 19))
    assert {"task", "occurrence", "hazard"} <= {item.kind for item in soon}


def test_the_courses_take_every_turn(sample: Desk, hazards: list[Row]) -> None:
    events = [event for row in hazards for event in sample.hazards.events(row["id"])]
    seen = {event["kind"] for event in events}
    assert {"extended", "recheck_failed", "voided", "corrected", "signed_off"} <= seen
    assert all(event["note"] for event in events if event["kind"] in ("extended", "voided"))
    assert any(row["found_on"] == row["rectified_on"] for row in hazards)
    assert all(
        event["entered_at"].date() == event["happened_on"] for event in events if not event["corrects"]
    )


def test_no_two_hazards_read_alike(hazards: list[Row]) -> None:
    assert len({(row["place"], row["description"]) for row in hazards}) == len(hazards)
    assert max(Counter(row["description"] for row in hazards).values()) == 1
    patterns = [pattern for pattern in load_content().patterns if pattern.cases]
    assert len(patterns) >= 60


def test_every_hazard_is_one_of_a_known_unit_then_at_work(sample: Desk, hazards: list[Row]) -> None:
    assert all(row["enterprise_id"] for row in hazards)
    firms = {firm.name: firm for firm in load_content().enterprises.firms}
    for row in hazards:
        until = firms[row["unit_name"]].until
        assert until is None or row["found_on"] < until
        assert until is None or row["state"] in ("已销号", "已作废")


def test_nobody_who_told_is_named(
    made: tuple[Path, list[Path]], hazards: list[Row], secret: list[str]
) -> None:
    cadres = {name for office in load_content().people.offices for name in (*office.staff, office.head)}
    told = [row for row in hazards if row["source"] == "群众举报"]
    assert all(set(row["inspectors"]) <= cadres for row in told)
    assert {row["remark"] for row in told} == {"群众举报线索，经现场核实"}
    assert "举报人" not in str(rows_of(made[0])["hazard_event"])
    assert len(rows_of(made[0])["informant"]) >= 12
    assert found_in([made[0]], secret) == []


def test_printed_sheets_name_no_informant(made: tuple[Path, list[Path]], secret: list[str]) -> None:
    for sheet in (file for file in made[1] if file.suffix == ".xlsx"):
        with zipfile.ZipFile(sheet) as parts:
            inside = "".join(parts.read(name).decode("utf-8", "ignore") for name in parts.namelist())
        assert all(text not in inside for text in secret)


def test_nothing_that_leaves_the_desk_names_an_informant(
    made: tuple[Path, list[Path]], sample: Desk, tmp_path: Path, secret: list[str]
) -> None:
    """Every export, the papers on reports and rewards, everything found by search, the logs."""
    for name in sample.ledgers:
        sample.sheets.export(name, tmp_path / f"{name}.xlsx")
    papers = [(report.id, Query()) for report in sample.papers.reports() if report.id in TELLING]
    for report, query in papers:
        for ending in ("pdf", "docx"):
            sample.papers.print(report, tmp_path / f"{report}.{ending}", query)
    rewarded = sample.rewards.select(Query(where={"kind": "举报奖励"}))
    for row in rewarded[:3]:
        sample.papers.print("notice-reward", tmp_path / f"{row['id']}.docx", number=str(row["id"]))
    left = [file for folder in (tmp_path, made[0] / "logs", made[0] / "out") for file in folder.rglob("*.*")]
    assert len(left) > len(sample.ledgers)
    for file in left:
        inside = text_of(file)
        assert inside and all(text not in inside for text in secret), file.name
    for text in secret:
        assert sample.find(text) == [], "search knows no informant"


TELLING = ("bulletin", "year-summary", "tips", "rewards-penalties", "activities")
"""Papers whose ledgers know of informants, or that tell of reports and rewards."""


def text_of(file: Path) -> str:
    """Return all that a file says: unzipped, or the text of its pages."""
    if file.suffix in (".xlsx", ".docx"):
        with zipfile.ZipFile(file) as parts:
            return "".join(parts.read(name).decode("utf-8", "ignore") for name in parts.namelist())
    if file.suffix == ".pdf":
        with closing(pypdfium2.PdfDocument(file)) as pages:
            return "".join(page.get_textpage().get_text_range() for page in pages)
    return file.read_text(encoding="utf-8", errors="ignore")


def test_every_kind_of_check_reward_and_activity_is_there(sample: Desk) -> None:
    for ledger, kinds in (
        (sample.checks, checks.KINDS),
        (sample.rewards, rewards.KINDS),
        (sample.activities, activities.KINDS),
        (sample.enterprise_duties, enterprise_duties.DUTIES),
    ):
        name = "duty" if ledger is sample.enterprise_duties else "kind"
        assert {row[name] for row in ledger.select(Query())} == set(kinds)


def test_checks_found_hazards_and_stand_at_different_parts(sample: Desk, hazards: list[Row]) -> None:
    rows = sample.checks.select(Query())
    assert 55 <= len(rows) <= 80
    assert any(row["closed"] for row in rows)
    assert not all(row["closed"] for row in rows)
    assert all(len(row["badges"]) == len(row["inspectors"]) >= 2 for row in rows)
    later = [row for row in hazards if row["found_on"] >= date(2023, 6, 1)]
    assert all(row["check_id"] for row in later if row["source"] == "执法检查")
    findings = [finding for row in rows for finding in sample.checks.findings(row["id"])]
    assert {bool(finding["hazard_id"]) for finding in findings} == {True, False}


def test_tips_are_answered_late_or_not_at_all_and_some_are_not_true(sample: Desk, hazards: list[Row]) -> None:
    rows = sample.tips.select(Query())
    assert 18 <= len(rows) <= 28
    assert {row["verified"] for row in rows} == {"属实", "部分属实", "不属实", ""}
    assert {row["anonymous"] for row in rows} == {True, False}
    assert [row for row in rows if not row["answered_on"] and row["deadline"] < SAMPLE_DAY]
    assert [row for row in rows if row["rewarded"]]
    assert all(row["tip_id"] for row in hazards if row["source"] == "群众举报")


def test_rewards_and_penalties_are_paired_and_linked(sample: Desk) -> None:
    rows = sample.rewards.select(Query())
    assert sum(row["paired"] for row in rows) == 4
    assert sum(bool(row["crime"]) for row in rows) == 2, "handed to justice, and published"
    assert [row for row in rows if row["published_on"]]
    units = {row["kind"]: row["amount_unit"] for row in rows if row["amount"] is not None}
    assert units == {"举报奖励": "元", "表扬表彰": "元", "行政处罚": "万元"}


def test_enterprise_duties_are_late_soon_due_and_met(sample: Desk) -> None:
    rows = sample.enterprise_duties.select(Query())
    counts = Counter(row["unit_name"] for row in rows)
    assert len(counts) == 25
    assert set(counts.values()) <= set(range(3, 10))
    assert [row for row in rows if row["overdue"]]
    assert [row for row in rows if row["next_due"] and 0 <= (row["next_due"] - SAMPLE_DAY).days <= 30]


def test_every_register_has_rows_and_the_photos_are_sound(sample: Desk, hazards: list[Row]) -> None:
    for name, ledger in sample.registers.ledgers().items():
        if name in (CAPS, RATES, ARTICLES):  # the program's own hold until the office enters others
            continue
        assert 3 <= ledger.count(Query()) <= 8
    shown = [photo for row in hazards for photo in sample.attachments.of("hazards", row["id"])]
    assert Counter(photo["label"] for photo in shown) == {"整改前照片": 5, "整改后照片": 5}
    assert all(photo["is_photo"] for photo in shown)
    assert sample.attachments.check() == []


def test_majors_are_reported_planned_and_some_supervised(sample: Desk, hazards: list[Row]) -> None:
    open_majors = [row for row in hazards if row["level"] == "重大" and row["state"] == "整改中"]
    assert all(len(row["reports"]) == 2 and row["plan_goal"] for row in open_majors)
    assert [row for row in hazards if row["notice_number"] and row["recheck_number"]]
    supervised = [row for row in hazards if row["supervision_on"]]
    assert len(supervised) == 4
    assert len([row for row in supervised if row["supervision_removed_on"]]) == 1
    assert {row["pool"] for row in hazards} == {"", "全量库", "已推送", "蓄水池"}
    assigned = [row for row in hazards if row["source"] == "上级交办"]
    assert all(row["assigned_number"] and row["feedback_due"] for row in assigned)
    kinds = {event["kind"] for row in hazards for event in sample.hazards.events(row["id"])}
    assert {"reopened", "merged", "supervision_extended", "handed_over", "escalated"} <= kinds


def test_numbers_of_enterprises_are_right_and_of_nobody(sample: Desk) -> None:
    for row in sample.enterprises.select(Query()):
        assert row["phone"].startswith("1380000")
        check_phone(row["phone"])
        if row["credit_code"]:
            check_credit_code(row["credit_code"])
    assert {row["status"] for row in sample.enterprises.select(Query())} == {"在产", "停产", "关闭"}


def test_tasks_stand_in_every_light(sample: Desk) -> None:
    lights = Counter(row["status"] for row in sample.tasks.all_rows())
    assert set(lights) == {"未开始", "进行中", "已完成", "逾期完成", "已逾期", "按期推进", "滞后"}
    assert lights["已逾期"] == 2
    behind = [row["reason"] for row in sample.tasks.all_rows() if row["status"] == "滞后"]
    assert behind == [
        "“每月督促企业开展‘日周月’隐患排查”应完成5次，已完成4次，2023年7月未完成",
    ]
    monthly = next(row for row in sample.tasks.all_rows() if row["number"] == 5)
    assert monthly["log_count"] >= 5


def test_duties_were_met_late_missed_and_waived(sample: Desk) -> None:
    times = sample.duties.occurrences(date(2023, 5, 18), date(2023, 12, 31))
    states = Counter(str(one.state) for one in times)
    assert set(states) == {"未开始", "待完成", "已完成", "逾期完成", "未开展", "无需开展"}
    assert {one.title for one in times if one.state == "逾期完成"} == {
        "收齐各科室隐患排查月报（2023年7月）",
        "灾害天气安全检查（8月27日强降雨）",
        "每月风险研判会（2023年8月）",
    }
    assert {one.title for one in times if one.state == "未开展"} == {
        "每半年应急救援预案专题培训（2023年上半年）",
        "每月督促企业开展“日周月”隐患排查（2023年7月）",
    }
    (training,) = (one for one in times if one.missing and one.state == "未开展")
    assert 0 < len(training.missing) < len(training.asked.objects), "some firms had no training"
    found = [one for one in times if one.state == "已完成" and not one.mark]
    assert len(found) >= 30, "most are found by themselves"


def test_one_member_of_the_leading_group_follows_another(sample: Desk) -> None:
    (group,) = sample.groups.tree(date(2023, 9, 3))
    (later,) = sample.groups.tree(date(2023, 9, 4))
    before, after = ({row["person"] for row in node.members} for node in (group, later))
    assert len(before - after) == len(after - before) == 1
    (new,) = (row for row in later.members if row["person"] in after - before)
    assert "〔2023〕" in new["basis"]


def test_documents_are_numbered_marked_and_tied_to_their_records(sample: Desk, hazards: list[Row]) -> None:
    rows = sample.documents.select(Query())
    assert all("示例" in row["number"] for row in rows)
    by_number = {row["number"]: row for row in rows}
    for hazard in hazards:
        for name in ("notice_number", "recheck_number"):
            if hazard[name]:
                assert by_number[hazard[name]]["record"] == f"hazards/{hazard['id']}"
    assert {"限期整改意见书", "复查意见书", "挂牌督办通知书", "提醒函", "督办函", "通报"} <= {
        row["kind"] for row in rows
    }
    assert [row["number"] for row in rows if row["state"] == "已作废"] == ["三星应急〔2023〕1号（示例）"]
    assert {row["gap"] for row in rows} == {"", "缺77—79号"}


def test_prints_the_everyday_papers(made: tuple[Path, list[Path]]) -> None:
    folder, files = made
    assert Counter(file.suffix for file in files) == {".pdf": 8, ".docx": 1, ".xlsx": 4}
    assert len(set(files)) == len(files)
    assert all(file.parent == folder / "out" and file.stat().st_size > 1000 for file in files)


def test_refuses_a_folder_that_holds_a_desk(made: tuple[Path, list[Path]]) -> None:
    before = rows_of(made[0])
    with pytest.raises(Refused, match="已有台账"):
        make_demo(made[0])
    assert rows_of(made[0]) == before
