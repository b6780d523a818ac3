"""Attachments are relabelled, removed, checked, and their files swept only when nothing needs them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hazard_desk.books.attachments import KEPT_DAYS
from hazard_desk.errors import Refused, RefusedFields, Trouble
from hazard_desk.store.undo import last_act, take_back
from tests.books.attachments.conftest import TODAY, files


class TestChanging:
    @pytest.fixture
    def number(self, kept, camera) -> int:
        return kept.add("hazards", 1, camera, label="整改前照片").ids[0]

    def test_relabel(self, kept, number):
        change = kept.relabel(number, "整改后照片", "西门")
        assert change.title == "修改附件“整改前 IMG_0001.JPG”（整改后照片）"
        assert (kept.get(number)["label"], kept.get(number)["note"]) == ("整改后照片", "西门")
        with pytest.raises(RefusedFields):
            kept.relabel(number, "照片")

    def test_a_removed_one_is_gone_but_its_file_stays(self, desk, kept, number):
        assert kept.remove(number).title == "删除附件“整改前 IMG_0001.JPG”（整改前照片）"
        assert kept.of("hazards", 1) == []
        assert kept.check() == []
        for act in (kept.get, kept.remove, lambda it: kept.relabel(it, "文件")):
            with pytest.raises(Refused, match="已不存在"):
                act(number)
        assert kept.sweep() == 0
        assert len(files(desk)) == 1

    def test_every_act_can_be_taken_back(self, desk, kept, number):
        kept.relabel(number, "整改后照片", "西门")
        kept.remove(number)
        for expected in (("整改后照片", "西门"), ("整改前照片", "")):
            take_back(desk.cabinet, last_act(desk.cabinet))
            row = kept.get(number)
            assert (row["label"], row["note"], row["state"]) == (*expected, "正常")
        take_back(desk.cabinet, last_act(desk.cabinet))
        assert kept.of("hazards", 1) == []
        assert kept.sweep() == 1

    def test_one_that_goes_with_its_record_does_not_come_to_the_next(self, desk, kept):
        """SQLite gives the id of a deleted last row to the next one."""
        shop = {"name": "示例商店", "category": "个体工商户", "sector": "消防"}
        number = desk.enterprises.add(shop).ids[0]
        kept.add("enterprises", number, b"text", "执照.txt")
        with desk.cabinet.act("enterprises.remove", "enterprises") as act:
            kept.remove_with(act, "enterprises", number)
            act.delete(desk.enterprises.table, number)
            act.done("删除监管对象", number)
        removal = last_act(desk.cabinet)
        assert kept.of("enterprises", number) == []
        take_back(desk.cabinet, removal)
        assert [row["name"] for row in kept.of("enterprises", number)] == ["执照.txt"]


class TestCheck:
    def test_missing_and_damaged_files_are_named(self, kept):
        for name in ("好.txt", "缺.txt", "短.txt", "坏.txt"):
            kept.add("hazards", 1, name.encode(), name)
        rows = {row["name"]: row for row in kept.of("hazards", 1)}
        kept.path(rows["缺.txt"]).unlink()
        kept.path(rows["短.txt"]).write_bytes(b"x")
        kept.path(rows["坏.txt"]).write_bytes(b"x" * rows["坏.txt"]["size"])
        states = {row["name"]: row["state"] for row in kept.of("hazards", 1)}
        assert states == {"好.txt": "正常", "缺.txt": "缺失", "短.txt": "大小不符", "坏.txt": "正常"}
        damaged = "的文件已损坏（与添加时不一致），请用备份恢复"
        assert kept.check() == [
            "2023-06-01添加的附件“缺.txt”（其他）的文件缺失，请用备份恢复",
            f"2023-06-01添加的附件“短.txt”（其他）{damaged}",
            f"2023-06-01添加的附件“坏.txt”（其他）{damaged}",
        ]

    def test_adding_the_same_content_again_mends_it(self, kept):
        kept.add("hazards", 1, b"text", "a.txt")
        kept.path(kept.of("hazards", 1)[0]).write_bytes(b"xxxx")
        kept.add("hazards", 2, b"text", "b.txt")
        assert kept.check() == []


class TestSweeping:
    def test_a_crash_within_the_act_leaves_at_worst_a_file_without_a_row(
        self, desk, kept, camera, monkeypatch
    ):
        def crash(*values: object) -> None:
            raise RuntimeError("the power went")

        with monkeypatch.context() as cut, pytest.raises(RuntimeError):
            cut.setattr(desk.cabinet, "_audit", crash)
            kept.add("hazards", 1, camera)
        assert kept.of("hazards", 1) == []
        assert len(files(desk)) == 1
        assert kept.sweep() == 1
        assert files(desk) == []

    def test_a_crash_before_the_file_is_whole_leaves_no_row(self, desk, kept, camera, monkeypatch):
        def full(number: int) -> None:
            raise OSError(28, "No space left on device")

        with monkeypatch.context() as cut, pytest.raises(Trouble, match="磁盘已满"):
            cut.setattr("hazard_desk.store.files.os.fsync", full)
            kept.add("hazards", 1, camera)
        assert kept.of("hazards", 1) == []
        assert files(desk) == []

    def test_the_file_is_there_before_its_row_is_committed(self, desk, kept, camera, monkeypatch):
        audit = desk.cabinet._audit
        seen = []

        def look(*values):
            seen.append(len(files(desk)))
            return audit(*values)

        monkeypatch.setattr(desk.cabinet, "_audit", look)
        kept.add("hazards", 1, camera)
        assert seen == [1]

    def test_what_one_record_lost_another_may_still_need(self, desk, kept):
        first = kept.add("hazards", 1, b"text", "a.txt").ids[0]
        kept.add("hazards", 2, b"text", "b.txt")
        kept.remove(first)
        desk.cabinet.clock.set(TODAY + timedelta(days=400))
        assert kept.sweep() == 0
        assert kept.of("hazards", 2)[0]["state"] == "正常"

    @pytest.mark.parametrize(("days", "gone"), [(KEPT_DAYS, 0), (KEPT_DAYS + 1, 1)])
    def test_the_file_of_a_removed_one_goes_after_a_while(self, desk, kept, camera, days, gone):
        kept.remove(kept.add("hazards", 1, camera).ids[0])
        desk.cabinet.clock.set(TODAY + timedelta(days=days))
        assert kept.sweep() == gone
