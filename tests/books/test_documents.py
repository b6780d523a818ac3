"""The register of documents issued: numbers drawn, gaps, voided numbers, what a given number keeps."""

from __future__ import annotations

import pytest

from hazard_desk.books.kit.query import Query
from hazard_desk.desk import Desk
from hazard_desk.errors import Refused, RefusedFields
from hazard_desk.rules.fields import Row
from hazard_desk.sheets.importing import run_import
from hazard_desk.sheets.opening import open_pasted

NOTICE = {"kind": "限期整改意见书", "title": "关于示例木材加工厂的限期整改意见书", "issued_on": "2023-05-22"}


def number_of(desk: Desk, **other: object) -> str:
    return str(desk.documents.get(desk.documents.add(NOTICE | other).ids[0])["number"])


def rows(desk: Desk, **where: str) -> list[Row]:
    return desk.documents.select(Query(where=where, sort="number"))


class TestDrawing:
    def test_numbers_of_a_series_follow_each_other(self, desk):
        assert [number_of(desk) for _ in range(2)] == ["三星应急责改〔2023〕1号", "三星应急责改〔2023〕2号"]
        assert number_of(desk, kind="通报") == "三星府发〔2023〕1号"
        assert number_of(desk, kind="领导小组通知") == "三星府发〔2023〕2号", "one series for both kinds"
        assert number_of(desk, issued_on="2022-12-30") == "三星应急责改〔2022〕1号"

    def test_the_series_goes_on_after_a_number_issued_outside(self, desk):
        assert number_of(desk, kind="通报", seq="76") == "三星府发〔2023〕76号"
        assert desk.documents.next_number("通报", 2023) == "三星府发〔2023〕77号"
        assert number_of(desk, kind="通报") == "三星府发〔2023〕77号"

    def test_the_office_writes_its_own_pattern(self, desk):
        number_of(desk)
        desk.settings.change({"document_rectify": "（石三）应急责改〔{year}〕{seq:03}号"})
        assert number_of(desk) == "（石三）应急责改〔2023〕002号"
        with pytest.raises(RefusedFields, match="流水号"):
            desk.settings.change({"document_rectify": "责改{year}"})

    def test_two_series_written_alike_are_refused(self, desk):
        desk.settings.change({"document_recheck": "三星应急责改〔{year}〕{seq}号"})
        number_of(desk)
        with pytest.raises(RefusedFields, match="文号样式"):
            number_of(desk, kind="复查意见书")

    def test_what_it_is_about(self, desk):
        desk.documents.add(NOTICE, "hazards/3", "三星隐患〔2023〕003号")
        (row,) = desk.documents.about_record("hazards/3", "notice-rectify")
        assert (row["report"], row["about"], row["state"]) == (
            "notice-rectify",
            "三星隐患〔2023〕003号",
            "已印发",
        )
        assert desk.documents.about_record("hazards/3", "notice-recheck") == []

    @pytest.mark.parametrize(
        ("other", "field"),
        [
            ({"kind": "便条"}, "kind"),
            ({"title": ""}, "title"),
            ({"issued_on": "2023-06-02"}, "issued_on"),
            ({"seq": "0"}, "seq"),
            ({"seq": "1"}, "seq"),
        ],
    )
    def test_what_is_refused(self, desk, other, field):
        number_of(desk)
        with pytest.raises(RefusedFields) as wrong:
            desk.documents.add(NOTICE | other)
        assert field in wrong.value.problems
        assert len(rows(desk)) == 1


class TestGaps:
    def test_numbers_that_no_row_holds_are_seen(self, desk):
        for seq in ("3", "4", "6", "9"):
            number_of(desk, seq=seq)
        assert {row["seq"]: row["gap"] for row in rows(desk)} == {3: "", 4: "", 6: "缺5号", 9: "缺7—8号"}
        assert desk.documents.missing() == [f"三星应急责改〔2023〕{seq}号" for seq in (5, 7, 8)]

    def test_a_number_that_was_drawn_stays_after_undo_and_is_not_given_again(self, desk):
        number_of(desk)
        number_of(desk)
        desk.undo()
        (row,) = rows(desk, state="已作废")
        assert (row["number"], row["void_reason"]) == ("三星应急责改〔2023〕2号", "撤销印发")
        assert number_of(desk) == "三星应急责改〔2023〕3号"
        assert desk.documents.missing() == []

    def test_numbers_that_imported_rows_drew_stay_too(self, desk):
        block = "文种\t标题\t印发日期\t序号\n提醒函\t甲\t2023-05-30\t\n提醒函\t乙\t2023-05-30\t7"
        run_import(desk.books, open_pasted(desk.books, desk.documents, block))
        drawn = {row["title"]: row["number"] for row in rows(desk)}
        assert drawn == {"甲": "三星安提〔2023〕8号", "乙": "三星安提〔2023〕7号"}
        desk.undo()
        assert [(row["number"], row["state"]) for row in rows(desk)] == [("三星安提〔2023〕8号", "已作废")]
        assert desk.documents.next_number("提醒函", 2023) == "三星安提〔2023〕9号"

    def test_a_number_entered_later_goes_with_undo(self, desk):
        number_of(desk, seq="7")
        desk.undo()
        assert rows(desk) == []
        assert number_of(desk, seq="7") == "三星应急责改〔2023〕7号"


class TestKeeping:
    def test_a_voided_number_stays_with_its_reason(self, desk):
        number_of(desk)
        desk.documents.void(1, "文书内容有误")
        (row,) = rows(desk, state="已作废")
        assert (row["void_reason"], str(row["voided_on"])) == ("文书内容有误", "2023-06-01")
        assert rows(desk, state="已印发") == []
        assert number_of(desk) == "三星应急责改〔2023〕2号"
        assert desk.documents.missing() == []
        with pytest.raises(Refused, match="已经作废"):
            desk.documents.void(1, "再次")

    def test_voiding_asks_for_a_reason(self, desk):
        number_of(desk)
        with pytest.raises(Refused, match="作废原因"):
            desk.documents.void(1, " ")

    def test_nothing_is_deleted(self, desk):
        number_of(desk)
        with pytest.raises(Refused, match="作废"):
            desk.documents.remove(1)

    def test_title_and_addressee_are_set_right_the_number_stays(self, desk):
        number_of(desk)
        desk.documents.change(1, {"addressee": "示例木材加工厂", "issued_on": "2023-05-23"})
        row = desk.documents.get(1)
        assert (row["addressee"], row["number"]) == ("示例木材加工厂", "三星应急责改〔2023〕1号")

    @pytest.mark.parametrize("other", [{"kind": "通报"}, {"seq": "5"}, {"issued_on": "2022-12-31"}])
    def test_what_the_number_follows_from_is_not_changed(self, desk, other):
        number_of(desk)
        with pytest.raises(RefusedFields) as wrong:
            desk.documents.change(1, other)
        assert other.keys() == wrong.value.problems.keys()
