"""The binder: a folder for each task with its records and files, what is missing first, all or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from PIL import Image

from hazard_desk.desk import Desk
from hazard_desk.errors import Refused
from hazard_desk.figures.dossier import Dossier, dossiers
from hazard_desk.stopping import Stopped, while_wanted
from tests.papers.reading import read_pdf


@pytest.fixture
def worked(desk: Desk) -> Desk:
    """A desk on which some work was done for tasks 3, 4 and 9."""
    desk.tasks.add_log(4, {"happened_on": "2023-05-25", "kind": "进展", "note": "设置标语三条"})
    activity = {"kind": "督导检查", "title": "党政主要负责人督导", "held_on": "2023-05-28", "level": "镇"}
    number = desk.activities.add(activity | {"task_number": "3"}).ids[0]
    photo = BytesIO()
    Image.new("RGB", (40, 30), "white").save(photo, "JPEG")
    desk.attachments.add("activities", number, photo.getvalue(), "现场照片.jpg", "文件")
    desk.papers.issue("bulletin", values={"issued_on": "2023-05-31"})
    return desk


def text_of(file: Path) -> str:
    return re.sub(r"\s", "", "".join(page.text for page in read_pdf(file.read_bytes())))


def folder(root: Path, number: int) -> Path:
    (found,) = root.glob(f"{number:02}_*")
    return found


@pytest.fixture
def binder(worked: Desk, tmp_path: Path) -> Iterator[Path]:
    return worked.papers.binder(tmp_path / "迎检 档案")


def test_a_folder_for_each_task(binder):
    numbers = [int(path.name[:2]) for path in binder.iterdir() if path.is_dir()]
    assert sorted(numbers) == [0, *range(1, 35), 99]
    assert folder(binder, 1).name.startswith("01_树牢红线意识_")
    assert all(len(path.name) <= 50 for path in binder.rglob("*"))
    assert not [path for path in binder.rglob("*") if re.search(r'[<>:"/\\|?*]|[. ]$', path.name)]


def test_what_is_missing_stands_first(binder):
    text = text_of(binder / "00_封面和目录.pdf")
    assert text.index("迎检档案") < text.index("缺项清单") < text.index("目录")
    missing = text[text.index("缺项清单") : text.index("目录", text.index("缺项清单"))]
    assert "08_强化工作保障_完成基层基础建设五有没有任何工作记录、活动、文书和附件" in missing
    assert "任务逾期" in missing
    assert "04_强化宣传力度_在重要地段没有任何" not in missing


def test_the_contents_are_a_sheet_too(binder):
    rows = list(openpyxl.load_workbook(binder / "00_目录.xlsx").active.values)
    assert rows[1][:4] == ("序号", "文件夹", "状态", "工作记录")
    named = {str(row[1]): row for row in rows[2:]}
    assert named.keys() == {path.name for path in binder.iterdir() if path.is_dir()} - {"00_综合材料"}
    assert str(named[folder(binder, 4).name][3]) == "1"


def test_a_task_has_its_records_activities_files_and_documents(binder):
    third = folder(binder, 3)
    assert "党政主要负责人督导" in text_of(third / "01_任务情况.pdf")
    assert (third / "02_活动记录.xlsx").is_file()
    assert [file.name for file in (third / "附件").iterdir()] == ["现场照片.jpg"]
    assert "设置标语三条" in text_of(folder(binder, 4) / "01_任务情况.pdf")
    (bulletin,) = (folder(binder, 9) / "文书").iterdir()
    assert bulletin.name.startswith("三星府发〔2023〕1号 关于2023年上半年")
    assert "三星府发〔2023〕1号" in text_of(bulletin)
    assert (folder(binder, 9) / "03_重大事故隐患数据库.xlsx").is_file()


def test_only_into_an_empty_folder(worked, tmp_path):
    (tmp_path / "notes.txt").touch()
    with pytest.raises(Refused, match="已有内容"):
        worked.papers.binder(tmp_path)
    assert [path.name for path in tmp_path.iterdir() if path.name != "台账 desk"] == ["notes.txt"]


def test_stopped_half_way_nothing_is_left(worked, tmp_path):
    told: list[tuple[int, int, str]] = []

    def tell(done: int, of: int, what: str) -> None:
        told.append((done, of, what))

    to = tmp_path / "binder"
    to.mkdir()
    with while_wanted(lambda: len(told) < 4), pytest.raises(Stopped):
        worked.papers.binder(to, tell)
    assert list(to.iterdir()) == []
    assert [path.name for path in tmp_path.iterdir() if path.name != "台账 desk"] == ["binder"]
    assert [done for done, _, _ in told] == [0, 1, 2, 3]
    assert told[0][1] > 34


def test_a_missing_file_is_no_reason_to_stop(worked, tmp_path):
    (row,) = worked.attachments.of("activities", 1)
    worked.attachments.path(row).unlink()
    made = worked.papers.binder(tmp_path / "binder")
    assert not (folder(made, 3) / "附件").exists()
    assert "现场照片" in text_of(folder(made, 3) / "01_任务情况.pdf")


def test_dossiers_of_an_empty_desk_are_all_missing_something(desk):
    found = dossiers(desk.books)
    assert [one.number for one in found][:34] == list(range(1, 35))
    assert all(one.missing for one in found if one.task)
    assert isinstance(found[0], Dossier)


def test_a_document_that_cannot_be_printed_any_more_is_told(worked: Desk, tmp_path: Path) -> None:
    worked.books.wordings.keep("bulletin", "通报", "名称：通报\n正文：\n«没有.栏目»", "")
    binder = worked.papers.binder(tmp_path / "迎检")
    assert not list(binder.rglob("三星府发〔2023〕1号*"))
    told = text_of(binder / "00_封面和目录.pdf")
    missing = told[told.index("缺项清单") : told.rindex("目录")]
    assert "三星府发〔2023〕1号《关于2023年上半年" in missing
    assert "没有印出，请放入纸质件或者扫描件：“通报”的措辞现在排不出来" in missing
