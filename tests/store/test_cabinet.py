"""Questions to the cabinet, its settings, and what its acts leave in the search index and the history."""

from __future__ import annotations

from datetime import datetime
from types import SimpleNamespace

import pytest

from hazard_desk.books.enterprises import Enterprise
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.errors import Refused
from hazard_desk.rules.fields import Field
from hazard_desk.store.search import Entry
from hazard_desk.store.tables import Audit, Audited, Setting
from hazard_desk.store.undo import history

SHOP = {"name": "示例商店", "category": "个体工商户", "sector": "消防"}


@pytest.fixture
def three(desk):
    """A desk with three enterprises."""
    for name in ("甲店", "乙店", "丙店"):
        desk.enterprises.add(SHOP | {"name": name})
    return desk


class TestAsking:
    def test_rows_columns_and_counts(self, three):
        cabinet, query = three.cabinet, Enterprise.select().order_by(Enterprise.id)
        assert [row["name"] for row in cabinet.rows(query)] == ["甲店", "乙店", "丙店"]
        assert [type(row) for row in cabinet.records(Enterprise, query)] == [Enterprise] * 3
        names = Enterprise.select(Enterprise.name, Enterprise.id).order_by(Enterprise.id)
        assert cabinet.column(names) == ["甲店", "乙店", "丙店"]
        ids = Enterprise.select(Enterprise.id).order_by(Enterprise.id.desc())
        assert cabinet.numbers(ids.where(Enterprise.name != "乙店")) == [3, 1]
        assert cabinet.count(query.where(Enterprise.name == "乙店")) == 1

    def test_one_value_or_none(self, three):
        names = Enterprise.select(Enterprise.name).order_by(Enterprise.id)
        assert three.cabinet.scalar(names) == "甲店"
        assert three.cabinet.scalar(names.where(Enterprise.id > 3)) is None

    def test_one_row_or_a_refusal(self, three):
        row = three.cabinet.row(Enterprise, 2)
        assert (type(row), row.name) == (Enterprise, "乙店")
        with pytest.raises(Refused) as caught:
            three.cabinet.row(Enterprise, 4)
        assert (caught.value.message, caught.value.field) == ("这条记录已不存在，请刷新后再看", "")

    def test_a_setting_that_was_set_empty_is_not_the_default(self, desk):
        with desk.cabinet.act("settings", "settings") as act:
            desk.cabinet.set(act, "colour", "")
            act.done("设置")
        assert desk.cabinet.setting("colour", "红") == ""
        assert desk.cabinet.count(Setting.select().where(Setting.name == "colour")) == 1


class TestActs:
    def test_what_nothing_changed_is_not_written(self, three):
        change = three.enterprises.change(1, {"name": "甲店"})
        assert change.ids == (1,)
        assert change.at == datetime(2023, 6, 1, 9, 0)
        assert "enterprise" not in change.touched

    def test_what_others_name_is_not_deleted(self, desk, found):
        number = desk.hazards.add(found).ids[0]
        with pytest.raises(Refused) as caught, desk.cabinet.act("x", "hazards") as act:
            act.delete(Hazard, number)
        assert caught.value.message == "还有其他记录与这条记录关联，不能删除"
        assert desk.hazards.get(number)

    def test_a_row_put_back_takes_its_own_id(self, three):
        row = three.cabinet.row(Enterprise, 3)
        with three.cabinet.act("x", "enterprises") as act:
            act.delete(Enterprise, 3)
            assert act.insert(Enterprise, row) == 3
            act.done("换一换", 3)
        assert act.result.ids == (3,)
        assert act.result.act == "x"

    def test_ids_are_counted_on_within_one_act(self, three):
        row = three.cabinet.row(Enterprise, 1) | {"id": None}
        with three.cabinet.act("x", "enterprises") as act:
            ids = [act.insert(Enterprise, row | {"name": name}) for name in "ABC"]
            act.done("三家", *ids)
        assert ids == [4, 5, 6]
        audited = (
            Audited.select(Audited.row).where(Audited.table == "enterprise").order_by(Audited.row.desc())
        )
        assert three.cabinet.column(audited)[:3] == [6, 5, 4]

    def test_a_row_that_no_audit_knows_keeps_its_id_too(self, three):
        """Desks of the first version hold such rows."""
        three.cabinet.db.execute_sql("UPDATE enterprise SET id = 50 WHERE id = 3")
        assert three.enterprises.add(SHOP | {"name": "丁店"}).ids == (51,)

    def test_what_is_taken_back_is_noted_as_an_act_of_its_book(self, three):
        undone = three.cabinet.rows(Audit.select().order_by(Audit.id.desc()))[0]
        change = three.undo()
        noted = three.cabinet.rows(Audit.select().order_by(Audit.id.desc()))[0]
        assert (noted["act"], noted["ledger"], noted["undo"]) == ("undo", "enterprises", "parts")
        assert (noted["undoes"], noted["title"]) == (undone["id"], "撤销：新增监管对象“丙店”")
        assert (change.act, change.ledger, change.title) == ("undo", "enterprises", noted["title"])

    def test_an_act_without_a_sentence_is_named(self, desk):
        with (
            pytest.raises(RuntimeError, match=r"^act x did not say what it did$"),
            desk.cabinet.act("x", "y"),
        ):
            pass

    def test_parts_of_a_whole_act_share_its_ids(self, three):
        with three.cabinet.whole("x", "enterprises") as act:
            one = three.enterprises.add(SHOP | {"name": "丁店"}).ids[0]
            three.enterprises.remove(one)
            two = three.enterprises.add(SHOP | {"name": "戊店"}).ids[0]
            act.done("三件事")
        assert (one, two) == (4, 5)

    def test_the_result_of_an_act_is_there_once_it_is_kept(self, desk):
        with desk.cabinet.act("x", "enterprises") as act:
            act.done("无")
            with pytest.raises(RuntimeError, match=r"^the act is not committed yet$"):
                _ = act.result
        assert act.result.title == "无"


class Shelf(SimpleNamespace):
    """A book of this test that is searched: two entries under two names for each enterprise."""

    table_name = "enterprise"
    search_ids = ("shelf", "other")

    def entries(self, ids):
        self.asked.append(ids)
        query = Enterprise.select().order_by(Enterprise.id)
        if ids is not None:
            query = query.where(Enterprise.id.in_(list(ids)))
        for row in self.cabinet.rows(query):
            if row["name"] != "无":
                yield Entry("shelf", row["id"], row["name"])


class TestTheIndex:
    @pytest.fixture
    def shelf(self, desk):
        made = Shelf(cabinet=desk.cabinet, asked=[])
        desk.cabinet.indexers.append(made)
        return made

    def found(self, desk, words: str) -> list[int]:
        return [hit.record for hit in desk.cabinet.find(words, ledger="shelf")]

    def test_every_row_of_an_act_is_indexed_once_with_it(self, desk, shelf):
        desk.enterprises.add(SHOP | {"name": "红旗店"})
        assert self.found(desk, "红旗") == [1]
        assert shelf.asked == [[1]]
        desk.enterprises.change(1, {"name": "黄河店"})
        assert (self.found(desk, "红旗"), self.found(desk, "黄河")) == ([], [1])

    def test_what_the_book_says_nothing_of_any_more_is_forgotten(self, desk, shelf):
        desk.enterprises.add(SHOP | {"name": "红旗店"})
        desk.enterprises.change(1, {"name": "无"})
        assert self.found(desk, "红旗") == []
        desk.enterprises.change(1, {"name": "红旗店"})
        desk.enterprises.remove(1)
        assert self.found(desk, "红旗") == []

    def test_many_rows_are_asked_for_in_portions(self, desk, shelf):
        row = {field.name: "" for field in Enterprise.model._meta.sorted_fields if field.name != "id"}
        row |= SHOP | {"safety_officers": [], "former": [], "stopped_on": None, "headcount": None}
        with desk.cabinet.act("x", "enterprises") as act:
            for number in range(501):
                act.insert(Enterprise, row | {"name": f"第{number}店"})
            act.done("许多")
        assert [len(some) for some in shelf.asked] == [500, 1]
        assert self.found(desk, "第500店") == [501]

    def test_an_act_of_another_table_asks_nothing(self, desk, shelf):
        desk.settings.change({"clerk": "甲"})
        assert shelf.asked == []

    def test_made_anew_it_says_the_same(self, desk, shelf):
        desk.enterprises.add(SHOP | {"name": "红旗店"})
        desk.cabinet.reindex()
        assert shelf.asked[-1] is None
        assert self.found(desk, "红旗") == [1]
        assert [hit.record for hit in desk.cabinet.find("红旗", limit=1)] == [1]


class TestHistory:
    def lines(self, desk, number: int) -> list[tuple[str, list[tuple[str, str, str]]]]:
        return [(past.title, past.lines) for past in history(desk.cabinet, Enterprise, number)]

    def test_the_latest_comes_first_with_both_values(self, desk):
        number = desk.enterprises.add(SHOP).ids[0]
        desk.enterprises.change(number, {"headcount": 12, "safety_officers": ["甲", "乙"]})
        desk.enterprises.change(number, {"headcount": None})
        told = self.lines(desk, number)
        assert [title for title, _ in told][-1] == "新增监管对象“示例商店”"
        assert told[0][1] == [("从业人数（人）", "12", "")]
        assert told[1][1] == [("安全管理人员", "", "甲、乙"), ("从业人数（人）", "", "12")]
        assert ("单位名称", "", "示例商店") in told[2][1]
        assert all(before == "" for _, before, _ in told[2][1])

    def test_an_amount_stands_as_in_the_tables(self, desk):
        number = desk.enterprises.add(SHOP).ids[0]
        with desk.cabinet.act("test", "enterprises") as act:
            act.update(Enterprise, number, {"headcount": 3.0})
            act.done("改人数")
        assert self.lines(desk, number)[0] == ("改人数", [("从业人数（人）", "", "3")])

    def test_who_and_when(self, desk):
        desk.settings.change({"clerk": "甲经办"})
        number = desk.enterprises.add(SHOP).ids[0]
        (past,) = history(desk.cabinet, Enterprise, number)
        assert (past.who, past.at) == ("甲经办", datetime(2023, 6, 1, 9, 0))

    def test_only_what_concerns_the_record(self, three):
        assert len(history(three.cabinet, Enterprise, 2)) == 1
        assert history(three.cabinet, Enterprise, 9) == []

    def test_a_removed_record_keeps_its_history(self, three):
        three.enterprises.remove(2)
        removed, added = self.lines(three, 2)
        assert ("单位名称", "乙店", "") in removed[1]
        assert ("单位名称", "", "乙店") in added[1]

    def test_only_the_fields_that_are_asked_for(self, three):
        (past,) = history(three.cabinet, Enterprise, 1, (Field("name", "叫作"),))
        assert past.lines == [("叫作", "", "甲店")]
