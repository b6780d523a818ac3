"""Filters, search and order: the same question gets the same answer from SQL and from memory."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hazard_desk.books.kit.query import Query, fitting
from hazard_desk.desk import Desk
from hazard_desk.errors import Refused

TODAY = date(2023, 6, 1)

HAZARDS = [
    {
        "level": "重大",
        "criterion": "工贸企业重大事故隐患判定标准",
        "source": "执法检查",
        "sector": "工贸",
        "unit_name": "示例木材加工厂",
        "place": "加工车间",
        "description": "粉尘100%超标",
        "found_on": "2023-05-10",
        "inspectors": "甲、乙",
        "deadline": "2023-05-31",
        "funds": "1.5",
    },
    {
        "level": "一般",
        "source": "企业自查",
        "sector": "消防",
        "unit_name": "示例_超市",
        "place": "仓库",
        "description": "Fire exit 堵塞",
        "found_on": "2023-05-20",
        "inspectors": '乙"丙',
        "deadline": "2023-06-01",
        "funds": "0",
    },
    {
        "level": "一般",
        "source": "群众举报",
        "sector": "消防",
        "place": "仓库",
        "description": "灭火器过期\\失效",
        "found_on": "2023-05-31",
        "inspectors": "甲乙",
    },
]


@pytest.fixture(scope="module")
def filled(blank: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk with the three hazards; nothing here changes it."""
    folder = tmp_path_factory.mktemp("where") / "desk"
    shutil.copytree(blank, folder)
    with Desk.open(folder, TODAY) as desk:
        for hazard in HAZARDS:
            desk.hazards.add(hazard)
        yield desk


def numbers(desk: Desk, where: dict | None = None, text: str = "", **says: object) -> list[int]:
    """Return which of the three hazards a query finds, in order of entry; SQL and memory must agree."""
    query = Query(where=where or {}, text=text, sort="number", **says)
    ids = desk.hazards.ids(query)
    whole = desk.hazards.select(Query(sort="number"))
    assert desk.hazards.count(query) == len(ids)
    assert [row["id"] for row in desk.hazards.select(query)] == ids
    assert [row["id"] for row in fitting(whole, desk.hazards.fields, query, TODAY)] == ids
    return ids


class TestWhere:
    @pytest.mark.parametrize(
        ("name", "wanted", "found"),
        [
            ("level", "重大", [1]),
            ("level", "一般", [2, 3]),
            ("level", ["重大", "一般"], [1, 2, 3]),
            ("unit_name", "示例_超市", [2]),
            ("unit_name", "示例木超市", []),
            ("unit_name", "", [3]),
            ("description", "灭火器过期\\失效", [3]),
            ("found_on", "2023-05-20", [2]),
            ("found_on", "2023年5月20日", [2]),
            ("found_on", "2023-05-10..2023-05-20", [1, 2]),
            ("found_on", "2023-05-20..", [2, 3]),
            ("found_on", "..2023-05-20", [1, 2]),
            ("found_on", "..", [1, 2, 3]),
            ("found_on", ["2023-05-10", "2023-05-31.."], [1, 3]),
            ("found_on", "2023-05-20..2023-05-10", []),
            ("deadline", "", [3]),
            ("deadline", "..", [1, 2]),
            ("funds", "1.5", [1]),
            ("funds", "1.50万元", [1]),
            ("funds", "0", [2]),
            ("funds", "", [3]),
            ("inspectors", "甲", [1]),
            ("inspectors", "乙", [1]),
            ("inspectors", '乙"丙', [2]),
            ("inspectors", ["甲", "甲乙"], [1, 3]),
            ("inspectors", "_", []),
            ("responsible", "", [1, 2, 3]),
            ("rectified_by", "", [1, 2, 3]),
            ("overdue", "是", [1]),
            ("overdue", "否", [2, 3]),
            ("overdue", ["是", "否"], [1, 2, 3]),
            ("state", "待整改", [1, 2, 3]),
        ],
    )
    def test_each_kind_of_field(self, filled, name, wanted, found):
        assert numbers(filled, {name: wanted}) == found

    def test_all_conditions_hold_at_once(self, filled):
        assert numbers(filled, {"sector": "消防", "found_on": "..2023-05-25"}) == [2]

    @pytest.mark.parametrize(
        ("name", "wanted", "says"),
        [
            ("found_on", "明天", "请填写日期"),
            ("found_on", "2023-05-01..明天", "请填写日期"),
            ("funds", "很多", "请填写数字"),
            ("overdue", "也许", "“是”或“否”"),
            ("level", "特大", "请从以下选项中选择：重大、一般"),
        ],
    )
    def test_what_cannot_be_meant_is_refused(self, filled, name, wanted, says):
        query = Query(where={name: wanted})
        for ask in (filled.hazards.ids, filled.hazards.count, filled.hazards.select):
            with pytest.raises(Refused, match=says):
                ask(query)
        with pytest.raises(Refused, match=says):
            filled.hazards.select(Query(where={name: wanted}, as_of=TODAY))

    def test_a_date_without_a_year_is_of_this_year(self, filled):
        assert numbers(filled, {"found_on": "5月20日"}) == [2]


class TestSearch:
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("", [1, 2, 3]),
            ("仓库", [2, 3]),
            ("仓库 堵塞", [2]),
            ("堵塞\u3000仓库", [2]),
            ("%", [1]),
            ("100%超", [1]),
            ("_", [2]),
            ("例_超", [2]),
            ("\\", [3]),
            ("fire EXIT", [2]),
            ("〔2023〕002号", [2]),
            ("没有这个", []),
            ("'; DROP TABLE hazard; --", []),
            ('"', []),
        ],
    )
    def test_every_word_is_found_literally(self, filled, text, found):
        assert numbers(filled, text=text) == found

    def test_names_are_searched_one_by_one(self, desk):
        visit = {"checked_on": "2023-05-20", "kind": "执法检查", "unit_name": "示例厂", "situation": "正常"}
        choices = {field.name: field.choices for field in desk.checks.entry_fields()}
        visit["kind"] = choices["kind"][0]
        desk.checks.add(visit | {"inspectors": ["甲检查", '乙"\\查']})
        for text, count in (
            ("甲检", 1),
            ("甲 乙", 1),
            ('"', 1),
            ("\\查", 1),
            ("丙", 0),
            ("_", 0),
            ("[", 0),
            ("、", 1),
        ):
            assert desk.checks.count(Query(text=text)) == count, text
            assert (
                len(fitting(desk.checks.select(Query()), desk.checks.fields, Query(text=text), TODAY))
                == count
            )


class TestOrder:
    def test_by_a_field_up_and_down(self, filled):
        hazards = filled.hazards
        assert hazards.ids(Query(sort="found_on")) == [1, 2, 3]
        assert hazards.ids(Query(sort="found_on", descending=True)) == [3, 2, 1]
        assert hazards.ids(Query(sort="-found_on")) == [3, 2, 1]
        assert hazards.ids(Query(sort="-found_on", descending=True)) == [1, 2, 3]

    def test_what_the_program_misspells_is_a_bug_and_not_the_clerk_s_fault(self, filled):
        for book in filled.books.ledgers.values():
            for asked in (Query(where={"nonsense": "x"}), Query(sort="nonsense")):
                with pytest.raises(KeyError):
                    book.select(asked)
            with pytest.raises(KeyError):
                book.options("nonsense")

    def test_usually_the_newest_first(self, filled):
        assert filled.hazards.ids(Query()) == [3, 2, 1]

    def test_equal_ones_keep_the_order_of_entry(self, filled):
        assert filled.hazards.ids(Query(sort="place")) == [2, 3, 1]

    def test_rows_come_in_the_order_asked_and_without_those_that_are_gone(self, filled):
        assert [row["id"] for row in filled.hazards.rows([3, 99, 1])] == [3, 1]
        assert filled.hazards.rows([]) == []

    def test_rows_select_and_get_give_the_same(self, filled):
        ids = filled.hazards.ids(Query())
        rows = filled.hazards.rows(ids)
        assert rows == filled.hazards.select(Query()) == [filled.hazards.get(number) for number in ids]
        assert set(rows[0]) >= {field.name for field in filled.hazards.fields}

    def test_a_row_that_is_gone(self, filled):
        for ledger in filled.ledgers.values():
            with pytest.raises(Refused, match="已不存在"):
                ledger.get(9999)


class TestEveryLedger:
    def test_answers_the_same_questions(self, filled):
        for ledger in filled.ledgers.values():
            ids = ledger.ids(Query())
            rows = ledger.select(Query())
            assert [row["id"] for row in rows] == ids
            assert ledger.count(Query()) == len(ids)
            assert ledger.rows(ids) == rows
            names = {field.name for field in ledger.fields}
            assert len(names) == len(ledger.fields), f"{ledger.id}: a field twice"
            assert all(names <= set(row) for row in rows)

    def test_shown_values_find_their_own_row(self, filled):
        """What the table shows in a column is what a filter on that column takes."""
        for ledger in filled.ledgers.values():
            for row in ledger.select(Query())[:5]:
                for field in ledger.fields:
                    value = row[field.name]
                    shown = value[0] if isinstance(value, list) and value else field.show(value)
                    try:
                        found = ledger.ids(Query(where={field.name: shown}))
                    except Refused as wrong:
                        assert "不能用来筛选" in wrong.message
                    else:
                        assert row["id"] in found, f"{ledger.id}.{field.name} = {shown!r}"

    def test_options_are_what_may_be_wanted(self, filled):
        for ledger in filled.ledgers.values():
            for field in ledger.fields:
                options = ledger.options(field.name)
                assert "" not in options
                assert len(set(options)) == len(options)
            for field in ledger.filter_fields():
                for option in ledger.options(field.name):
                    ledger.ids(Query(where={field.name: option}))

    def test_options_of_names_are_single_names(self, filled):
        assert filled.hazards.options("inspectors") == sorted(["甲", "乙", '乙"丙', "甲乙"])
        assert "肖永富" in filled.tasks.options("leads")

    def test_only_the_hazards_and_tasks_look_back(self, filled):
        query = Query(as_of=date(2023, 5, 15))
        for name in ("enterprises", "groups"):
            ledger = filled.books.ledger(name)
            for ask in (ledger.ids, ledger.count, ledger.select):
                with pytest.raises(Refused, match="不支持按日期回看"):
                    ask(query)

    def test_an_unknown_ledger_names_the_known(self, desk):
        with pytest.raises(Refused, match="hazards（隐患台账）"):
            desk.books.ledger("nothing")

    def test_a_short_book_is_sorted_in_memory(self, desk):
        tasks = desk.tasks
        assert [row["number"] for row in tasks.select(Query(sort="number", descending=True))][:2] == [34, 33]
        by_due = [row["due"] for row in tasks.select(Query(sort="due"))]
        assert by_due[0] == date(2023, 5, 15)
        assert by_due[-1] is None

    @pytest.mark.parametrize(
        ("where", "count"),
        [
            ({"due": "2023-05-01..2023-05-31"}, 9),
            ({"standing": "是"}, 17),
            ({"deadline_text": "长期坚持"}, 17),
            ({"leads": "肖永富", "due": "2023-05-15"}, 1),
            ({"number": "7"}, 1),
        ],
    )
    def test_a_short_book_filters_by_every_kind(self, desk, where, count):
        assert desk.tasks.count(Query(where=where)) == count


@settings(max_examples=40)
@given(st.text(st.characters(), max_size=12) | st.text("%_\\'\"甲乙仓库 .-0"))
def test_any_search_text_is_answered(filled, text):
    numbers(filled, text=text)
