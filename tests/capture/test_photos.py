"""Photos find the records they may belong to, by their day, the unit in the file's name, and what is open."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from hazard_desk.books.attachments import AFTER, BEFORE
from hazard_desk.books.kit.placed_file import PlacedFile
from hazard_desk.capture.photos import PlacedPhoto, place_photos
from hazard_desk.desk import Desk
from hazard_desk.rules.fields import Row

_EXIF, _TAKEN_ON = 0x8769, 0x9003


def take(folder: Path, name: str, day: str = "") -> Path:
    """A small photo; ``day`` is what the telephone wrote into it."""
    exif = Image.Exif()
    if day:
        exif.get_ifd(_EXIF)[_TAKEN_ON] = f"{day.replace('-', ':')} 09:30:00"
    file = folder / name
    Image.new("RGB", (40, 30), "grey").save(file, "JPEG", exif=exif)
    return file


def place(desk: Desk, file: Path, open_record: str = "") -> PlacedPhoto:
    (found,) = place_photos(desk.books, [file], open_record)
    return found


@pytest.fixture
def shop(desk: Desk, found: Row) -> int:
    """A hazard of 红星超市, found on 20 May, put right on that day week; another is found beside it."""
    desk.enterprises.add({"name": "三星乡红星超市", "category": "企业", "sector": "消防"})
    desk.enterprises.add({"name": "长岭加油站", "category": "企业", "sector": "消防"})
    desk.hazards.add({**found, "unit_name": "长岭加油站", "found_on": "2023-05-20"})
    number = desk.hazards.add({**found, "unit_name": "三星乡红星超市", "found_on": "2023-05-20"}).ids[0]
    desk.hazards.step(number, "rectified", {"happened_on": "2023-05-20", "rectified_by": "丙负责"})
    return number


def test_day_and_unit_find_the_hazard(desk: Desk, shop: int, tmp_path: Path):
    found = place(desk, take(tmp_path, "红星超市出口.jpg", "2023-05-20"))
    assert (found.day, found.sure) == (date(2023, 5, 20), True)
    assert [one.record for one in found.places] == [f"hazards/{shop}"]
    assert "红星超市" in found.places[0].title
    assert found.places[0].why == "文件名里有“三星乡红星超市”，当天整改完成"
    assert found.places[0].label == AFTER


def test_the_day_alone_leaves_the_choice(desk: Desk, shop: int, tmp_path: Path):
    found = place(desk, take(tmp_path, "1.jpg", "2023-05-20"))
    assert {one.record for one in found.places} == {"hazards/1", f"hazards/{shop}"}
    assert not found.sure


@pytest.mark.parametrize(
    "name",
    [
        "IMG_20230520_093000.jpg",
        "微信图片_20230520093000.jpg",
        "2023-05-20 出口.jpg",
        "mmexport1684560600000.jpg",
    ],
)
def test_the_day_stands_in_the_name_where_the_photo_lost_it(desk: Desk, tmp_path: Path, name: str):
    assert place(desk, take(tmp_path, name)).day == date(2023, 5, 20)


def test_a_photo_before_anything_was_put_right(desk: Desk, shop: int, tmp_path: Path):
    found = place(desk, take(tmp_path, "长岭加油站.jpg", "2023-05-20"))
    assert (found.places[0].record, found.places[0].label) == ("hazards/1", BEFORE)


def test_the_open_record_may_always_be_meant(desk: Desk, shop: int, tmp_path: Path):
    file = take(tmp_path, "x.jpg")
    assert place(desk, file).places == ()
    (only,) = place(desk, file, f"hazards/{shop}").places
    assert (only.record, only.why) == (f"hazards/{shop}", "正打开着")
    (task,) = place(desk, file, "tasks/1").places
    assert task.title.startswith("方案任务　")
    assert place(desk, file, "hazards/99").places == (), "one that is gone is none"


def test_open_and_of_the_day_is_sure(desk: Desk, shop: int, tmp_path: Path):
    assert place(desk, take(tmp_path, "x.jpg", "2023-05-20"), f"hazards/{shop}").sure


def test_a_check_and_what_was_held_are_found_by_their_day(desk: Desk, tmp_path: Path):
    desk.checks.add(
        {"checked_on": "2023-05-18", "kind": "日常", "unit_name": "某店", "inspectors": "王小明、李小红"}
    )
    desk.activities.add(
        {"kind": "应急演练", "held_on": "2023-05-18", "title": "灭火演练", "level": "镇", "content": "演练"}
    )
    found = place(desk, take(tmp_path, "x.jpg", "2023-05-18"))
    assert [(one.record, one.why) for one in found.places] == [
        ("checks/1", "当天检查"),
        ("activities/1", "当天开展"),
    ]


def test_a_file_that_is_no_photo_is_asked_about_all_the_same(desk: Desk, shop: int, tmp_path: Path):
    file = tmp_path / "红星超市签字.pdf"
    file.write_bytes(b"%PDF-1.4")
    found = place(desk, file)
    assert (found.day, [one.record for one in found.places]) == (None, [f"hazards/{shop}"])


def test_photos_go_to_several_records_in_one_act(desk: Desk, shop: int, tmp_path: Path):
    one, other = take(tmp_path, "1.jpg"), take(tmp_path, "2.jpg", "2023-05-20")
    change = desk.attachments.add_each(
        [PlacedFile("hazards", shop, one, BEFORE), PlacedFile("hazards", 1, other, AFTER)]
    )
    assert change.title == "添加2个附件，分在2条记录"
    assert [row.label for row in desk.attachments.of("hazards", shop)] == [BEFORE]
    desk.undo()
    assert desk.attachments.of("hazards", shop) + desk.attachments.of("hazards", 1) == []
    assert desk.check() == []
