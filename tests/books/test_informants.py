"""Informants: kept apart, masked everywhere, shown only by a deliberate, audited act."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazard_desk.books.informants import ENTRY, InformantRow, Protected, mask_name, mask_phone
from hazard_desk.desk import Desk
from hazard_desk.errors import Refused
from hazard_desk.rules.fields import Row
from hazard_desk.store.columns import computed
from hazard_desk.store.tables import Audit

NAME, PHONE = "欧阳示例", "13800005678"
TIP = {"received_on": "2023-05-20", "way": "电话", "content": "某厂消防通道堵塞"}


@pytest.fixture
def tip(desk: Desk) -> int:
    return desk.tips.add(TIP | {"informant_name": NAME, "informant_phone": PHONE}).ids[0]


def kept(desk: Desk) -> list[Row]:
    return desk.cabinet.rows(InformantRow.select().order_by(InformantRow.id))


def trail(desk: Desk) -> str:
    return json.dumps(desk.cabinet.rows(Audit.select()), ensure_ascii=False, default=str)


class TestMasks:
    @pytest.mark.parametrize(
        ("phone", "shown"),
        [
            ("13800005678", "138****5678"),
            ("0839-12345678", "083****5678"),
            ("12345678", "****78"),
            ("", ""),
        ],
    )
    def test_a_number(self, phone, shown):
        assert mask_phone(phone) == shown

    @pytest.mark.parametrize(("name", "shown"), [("王小二", "王**"), ("𬎆示例", "𬎆**"), ("", "")])
    def test_a_name(self, name, shown):
        assert mask_name(name) == shown

    @given(st.from_regex(r"1\d{10}|\d{7,8}|0\d{2,3}-?\d{7,8}", fullmatch=True))
    def test_at_least_four_digits_are_hidden(self, phone):
        shown = mask_phone(phone)
        assert phone not in shown
        assert sum(map(str.isdigit, phone)) - sum(map(str.isdigit, shown)) >= 4

    @given(st.text(min_size=2, max_size=10))
    def test_of_a_name_its_first_character_alone(self, name):
        assert mask_name(name) == name[0] + "**"


def test_what_is_entered_is_sensitive_and_what_is_shown_is_masked():
    assert [field.name for field in ENTRY] == ["informant_name", "informant_phone"]
    assert all(field.sensitive and not field.given for field in ENTRY)
    assert all(field.given and not field.sensitive and not field.searched for field in computed(Protected))


class TestKeeping:
    def test_the_row_of_the_ledger_holds_only_the_mask(self, desk, tip):
        row = desk.tips.get(tip)
        assert (row["informant"], row["informant_call"]) == ("欧**", "138****5678")
        assert NAME not in str(row)
        assert PHONE not in str(row)
        (sealed,) = kept(desk)
        assert sealed["id"] == row["informant_id"]
        assert all(text not in str(sealed) for text in (NAME, PHONE))

    def test_without_one_nothing_is_kept(self, desk):
        row = desk.tips.get(desk.tips.add(TIP).ids[0])
        assert (row["informant"], row["informant_call"], row["informant_id"]) == ("", "", None)
        assert kept(desk) == []

    def test_a_change_of_something_else_leaves_the_informant(self, desk, tip):
        before = desk.tips.get(tip)
        desk.tips.change(tip, {"handler": "甲承办"})
        assert desk.tips.get(tip) == before | {"handler": "甲承办"}
        assert len(kept(desk)) == 1

    def test_one_of_the_two_may_be_set_right(self, desk, tip):
        desk.tips.change(tip, {"informant_phone": "0839-8765432"})
        assert desk.tips.reveal(tip, "回访")[0]["informant_name"] == NAME
        assert desk.tips.reveal(tip, "回访")[0]["informant_phone"] == "0839-8765432"

    @pytest.mark.parametrize("wrong", ["123", "1380000567x", "不详"])
    def test_a_wrong_number_is_refused_before_anything_is_kept(self, desk, wrong):
        with pytest.raises(Refused) as caught:
            desk.tips.add(TIP | {"informant_name": NAME, "informant_phone": wrong})
        assert caught.value.field == "informant_phone"
        assert wrong not in caught.value.message or wrong == "不详"
        assert NAME not in caught.value.message
        assert kept(desk) == []

    def test_they_are_no_column_to_filter_search_or_sort_by(self, desk, tip):
        from hazard_desk.books.kit.ledger import Query

        with pytest.raises(Refused, match="不能用来筛选"):
            desk.tips.select(Query(where={"informant": "欧**"}))
        for where in ({"informant_name": NAME}, {"informant_id": "1"}):
            with pytest.raises(KeyError):
                desk.tips.select(Query(where=where))
        assert desk.tips.ids(Query(text=NAME)) == desk.tips.ids(Query(text=PHONE)) == []
        with pytest.raises(KeyError):
            desk.tips.options("informant_name")


class TestRevealing:
    def test_it_gives_all_and_is_audited_with_its_reason(self, desk, tip):
        row, _ = desk.tips.reveal(tip, " 回访核实 ")
        assert (row["informant_name"], row["informant_phone"]) == (NAME, PHONE)
        last = desk.cabinet.rows(Audit.select())[-1]
        assert (last["act"], last["ledger"]) == ("informant.reveal", "tips")
        assert last["title"] == "查看举报人信息，原因：回访核实"
        assert last["who"] == desk.clerk

    @pytest.mark.parametrize("reason", ["", "  ", "\n"])
    def test_not_without_a_reason(self, desk, tip, reason):
        before = trail(desk)
        with pytest.raises(Refused, match="请写明查看举报人信息的原因"):
            desk.tips.reveal(tip, reason)
        assert trail(desk) == before

    def test_where_there_is_nobody(self, desk):
        number = desk.tips.add(TIP).ids[0]
        with pytest.raises(Refused, match="没有举报人信息"):
            desk.tips.reveal(number, "回访")

    def test_a_look_cannot_be_taken_back_and_does_not_stand_in_the_way(self, desk, tip):
        desk.tips.reveal(tip, "回访")
        assert "新增举报" in desk.undoable()
        desk.undo()
        assert desk.undoable() == ""
        assert "查看举报人信息" in trail(desk)


class TestUndo:
    def test_taking_an_entry_back_forgets_its_informant(self, desk, tip):
        desk.undo()
        assert kept(desk) == []

    def test_taking_a_change_back_brings_the_old_one_again(self, desk, tip):
        desk.tips.change(tip, {"informant_name": "王示例"})
        desk.undo()
        assert desk.tips.reveal(tip, "回访")[0]["informant_name"] == NAME
        assert len(kept(desk)) == 1

    def test_a_removed_tip_comes_back_with_its_informant(self, desk, tip):
        before = desk.tips.get(tip)
        desk.tips.remove(tip)
        desk.undo()
        assert desk.tips.get(tip) == before
        assert desk.tips.reveal(tip, "回访")[0]["informant_name"] == NAME

    def test_the_trail_never_holds_them(self, desk, tip):
        desk.tips.change(tip, {"informant_phone": "0839-8765432", "verified": "属实"})
        desk.tips.make_reward(tip, {"amount": "500"})
        desk.undo()
        desk.tips.reveal(tip, "回访")
        desk.tips.remove(tip)
        text = trail(desk)
        assert "（受保护）" in text
        assert all(secret not in text for secret in (NAME, PHONE, "8765432"))
