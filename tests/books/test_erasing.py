"""Erasing an informant: nothing is left to open, whatever is put back; and when it is proposed."""

from __future__ import annotations

import json
import shutil
from datetime import date

import pytest

from hazard_desk.books.informants import ERASED, LOCKED, RENEWED, InformantRow
from hazard_desk.desk import Desk
from hazard_desk.errors import Refused, Trouble
from hazard_desk.store.place import USER_FOLDER
from hazard_desk.store.seal.code import new_code
from hazard_desk.store.seal.erased import FILE, erased_in
from hazard_desk.store.seal.seal import YEARS
from hazard_desk.store.tables import Audit
from tests.conftest import TODAY

NAME, PHONE = "欧阳示例", "13800005678"
TOLD = {"informant_name": NAME, "informant_phone": PHONE}
TIP = {
    "received_on": "2023-05-20",
    "way": "电话",
    "content": "某厂消防通道堵塞",
    "unit_name": "某厂",
    "verified": "属实",
}


@pytest.fixture
def tip(desk: Desk) -> int:
    return desk.tips.add(TIP | TOLD).ids[0]


def kept(desk: Desk) -> list[InformantRow]:
    return desk.cabinet.records(InformantRow, InformantRow.select().order_by(InformantRow.id))


def trail(desk: Desk) -> str:
    return json.dumps(desk.cabinet.rows(Audit.select()), ensure_ascii=False, default=str)


class TestErasing:
    def test_all_that_a_report_ever_had(self, desk, tip):
        desk.tips.change(tip, {"informant_name": "王示例"})
        reward = desk.tips.make_reward(tip, {"amount": "500"}).ids[0]
        desk.rewards.change(reward, {"informant_phone": "13900001234"})
        other = desk.tips.add(TIP | TOLD).ids[0]
        change = desk.erasing.erase("tips", tip, "保存期满")
        assert change.title == "抹去“举报 2023-05-20 某厂”的举报人信息，原因：保存期满"
        assert [bool(row.data_key or row.informant_name or row.informant_phone) for row in kept(desk)] == [
            False,
            False,
            False,
            True,
        ]
        assert desk.tips.get(tip).informant == desk.rewards.get(reward).informant == ERASED
        assert desk.tips.get(other).informant == "欧**"
        with pytest.raises(Refused, match="已经抹去"):
            desk.tips.reveal(tip, "回访")
        assert desk.check() == []

    def test_by_the_reward_too(self, desk, tip):
        reward = desk.tips.make_reward(tip, {"amount": "500"}).ids[0]
        desk.erasing.erase("rewards-penalties", reward, "保存期满")
        assert desk.tips.get(tip).informant == ERASED

    def test_of_a_record_that_was_removed(self, desk, tip):
        desk.tips.remove(tip)
        desk.erasing.erase("tips", tip, "误登")
        assert [row.data_key for row in kept(desk)] == [""]
        desk.undo()
        assert desk.tips.get(tip).informant == ERASED

    def test_it_is_audited_without_the_name_and_final(self, desk, tip):
        uid = kept(desk)[0].uid
        desk.erasing.erase("tips", tip, "保存期满")
        last = desk.cabinet.records(Audit, Audit.select())[-1]
        assert (last.act, last.undo, last.who) == ("informant.erase", "final", desk.clerk)
        assert all(text not in trail(desk) for text in (NAME, PHONE, uid))
        assert desk.undoable() == "", "the entry is not taken back over it"

    @pytest.mark.parametrize("reason", ["", " ", f"{NAME}要求", f"回电{PHONE}"])
    def test_not_without_a_reason_or_with_the_name_in_it(self, desk, tip, reason):
        with pytest.raises(Refused) as caught:
            desk.erasing.erase("tips", tip, reason)
        assert caught.value.field == "reason"
        with pytest.raises(Refused):
            desk.tips.reveal(tip, reason)
        assert desk.tips.get(tip).informant == "欧**"

    @pytest.mark.parametrize(("ledger", "number"), [("tips", 99), ("rewards-penalties", 1), ("hazards", 1)])
    def test_where_there_is_nobody(self, desk, tip, ledger, number):
        with pytest.raises(Refused):
            desk.erasing.erase(ledger, number, "保存期满")

    def test_twice_is_refused(self, desk, tip):
        desk.erasing.erase("tips", tip, "保存期满")
        with pytest.raises(Refused, match="已经抹去"):
            desk.erasing.erase("tips", tip, "保存期满")

    def test_after_erasing_another_may_be_entered(self, desk, tip):
        desk.erasing.erase("tips", tip, "保存期满")
        desk.tips.change(tip, {"informant_name": "王示例"})
        assert desk.tips.get(tip).informant == "王**"
        assert desk.tips.reveal(tip, "回访")[0].informant_phone == ""


class TestForGood:
    def test_the_list_is_written_before_the_act(self, desk, tip, monkeypatch):
        def killed(*_: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(desk.books.informants, "erase", killed)
        with pytest.raises(KeyboardInterrupt):
            desk.erasing.erase("tips", tip, "保存期满")
        assert erased_in(desk.folder) == {kept(desk)[0].uid}
        desk.close()
        with Desk.open(desk.folder, TODAY) as again:
            assert again.tips.get(tip).informant == ERASED
            assert again.check() == []

    def test_a_copy_put_back_is_erased_again(self, desk, tip):
        copy = desk.backup()
        desk.erasing.erase("tips", tip, "保存期满")
        desk.close()
        Desk.restore(copy, desk.folder)
        with Desk.open(desk.folder, TODAY) as again:
            assert again.tips.get(tip).informant == ERASED
            assert "再次抹去" in trail(again)
            assert again.check() == []

    def test_where_the_copy_lies_the_list_lies_too(self, desk, tip):
        copy = desk.backup()
        desk.erasing.erase("tips", tip, "保存期满")
        desk.close()
        (desk.folder / FILE).unlink()
        Desk.restore(copy, desk.folder)
        with Desk.open(desk.folder, TODAY, lock=False) as again:
            assert again.tips.get(tip).informant == ERASED

    def test_a_copy_put_back_elsewhere_on_this_computer_is_erased_too(self, desk, tip, tmp_path):
        copy = desk.backup(tmp_path / "copy.zip")
        desk.erasing.erase("tips", tip, "保存期满")
        desk.close()
        Desk.restore(copy, tmp_path / "elsewhere")
        with Desk.open(tmp_path / "elsewhere", TODAY, lock=False) as again:
            assert again.tips.get(tip).informant == ERASED
            assert again.check() == []

    def test_on_another_computer_a_copy_beside_the_place_of_copies_on_its_stick(
        self, desk, tip, tmp_path, monkeypatch
    ):
        stick = tmp_path / "stick"
        stick.mkdir()
        desk.copies.set_second(stick)
        copy = desk.backup(stick / "copy.zip")
        desk.erasing.erase("tips", tip, "保存期满")
        code = desk.seal.code
        desk.close()
        monkeypatch.setenv(USER_FOLDER, str(tmp_path / "other user"))
        Desk.restore(copy, tmp_path / "elsewhere")
        with Desk.open(tmp_path / "elsewhere", TODAY) as again:
            again.seal.unlock(code)
            assert again.tips.get(tip).informant == ERASED

    def test_a_lost_list_is_made_anew(self, desk, tip):
        desk.erasing.erase("tips", tip, "保存期满")
        desk.close()
        (desk.folder / FILE).write_text("damaged", encoding="utf-8")
        with Desk.open(desk.folder, TODAY):
            assert len(erased_in(desk.folder)) == 1

    def test_the_places_of_copies_know_it_too(self, desk, tip):
        copy = desk.backup()
        desk.erasing.erase("tips", tip, "保存期满")
        assert erased_in(copy.parent) == erased_in(desk.folder) != set()


class TestProposing:
    @pytest.mark.parametrize(("today", "found"), [(date(2026, 5, 28), 0), (date(2026, 5, 29), 1)])
    def test_years_after_it_was_answered(self, desk, tip, today, found):
        desk.tips.change(tip, {"answered_on": "2023-05-29"})
        assert [case.number for case in desk.erasing.proposed(today)] == [tip] * found

    def test_the_reward_counts_where_it_is_later(self, desk, tip):
        desk.tips.change(tip, {"answered_on": "2023-05-21"})
        desk.tips.make_reward(tip, {"amount": "500", "happened_on": "2023-06-01"})
        assert desk.erasing.proposed(date(2026, 5, 31)) == []
        assert [case.closed for case in desk.erasing.proposed(date(2026, 6, 1))] == [date(2023, 6, 1)]

    def test_what_is_open_is_not_proposed(self, desk, tip):
        assert desk.erasing.proposed(date(2040, 1, 1)) == []

    @pytest.mark.parametrize("years", ["", "0", "2040", "99999"])
    def test_not_where_no_years_are_set(self, desk, tip, years):
        desk.tips.change(tip, {"answered_on": "2023-05-29"})
        desk.settings.change({YEARS: years})
        assert desk.erasing.proposed(date(2040, 1, 1)) == []

    def test_a_removed_one_from_the_day_it_was_removed(self, desk, tip):
        desk.tips.remove(tip)
        (case,) = desk.erasing.proposed(date(2026, 6, 1))
        assert (case.number, case.title) == (tip, "已删除的举报")

    def test_an_erased_one_no_more(self, desk, tip):
        desk.tips.change(tip, {"answered_on": "2023-05-29"})
        desk.erasing.erase("tips", tip, "保存期满")
        assert desk.erasing.proposed(date(2040, 1, 1)) == []


class TestAnotherComputer:
    @pytest.fixture
    def moved(self, desk, tip, tmp_path, monkeypatch) -> tuple[Desk, str]:
        code = desk.seal.code
        desk.close()
        shutil.copytree(desk.folder, tmp_path / "moved")
        monkeypatch.setenv(USER_FOLDER, str(tmp_path / "other user"))
        opened = Desk.open(tmp_path / "moved", TODAY)
        yield opened, code
        opened.close()

    def test_everything_but_the_informants_works(self, moved):
        desk, _ = moved
        row = desk.tips.get(1)
        assert (row.informant, row.informant_call) == (LOCKED, LOCKED)
        desk.tips.change(1, {"handler": "甲承办"})
        desk.tips.add(TIP)
        for name in ("tips", "notice-reward"):
            number = str(desk.tips.make_reward(1, {"amount": "5"}).ids[0]) if name != "tips" else ""
            desk.papers.print(name, desk.out / f"{name}.docx", number=number)
        with pytest.raises(Refused, match="请先输入恢复码"):
            desk.tips.reveal(1, "回访")
        with pytest.raises(Refused, match="请先输入恢复码") as caught:
            desk.tips.add(TIP | TOLD)
        assert caught.value.field == "informant_name"
        assert desk.seal.locked and desk.seal.code == ""
        with pytest.raises(Refused, match="请先输入恢复码"):
            desk.papers.print_recovery_code()

    def test_the_code_brings_them_back(self, moved):
        desk, code = moved
        desk.seal.unlock(code.lower())
        assert desk.tips.get(1).informant == "欧**"
        assert desk.tips.reveal(1, "回访")[0].informant_phone == PHONE
        assert code not in trail(desk)

    def test_that_of_another_desk_does_not(self, moved):
        desk, _ = moved
        with pytest.raises(Refused, match="另一个台账的恢复码"):
            desk.seal.unlock(new_code())
        assert desk.seal.locked

    def test_they_can_be_erased_without_it(self, moved):
        desk, _ = moved
        desk.erasing.erase("tips", 1, "保存期满")
        assert desk.tips.get(1).informant == ERASED

    def test_a_lost_code_is_replaced(self, moved):
        desk, code = moved
        desk.seal.renew()
        assert desk.seal.code not in ("", code)
        assert desk.tips.get(1).informant == RENEWED
        with pytest.raises(Refused, match="已经丢失"):
            desk.tips.reveal(1, "回访")
        number = desk.tips.add(TIP | TOLD).ids[0]
        assert desk.tips.get(number).informant == "欧**"
        with pytest.raises(Refused, match="不必更换"):
            desk.seal.renew()


class TestTheCode:
    def test_it_is_made_with_the_desk_and_never_in_it(self, desk):
        assert desk.seal.code and desk.seal.never_shown
        rows = str(desk.cabinet.rows(Audit.select())) + (desk.folder / "desk.db").read_bytes().decode(
            "latin-1"
        )
        assert desk.seal.code not in rows

    def test_to_print_it_is_an_act(self, desk):
        file = desk.papers.print_recovery_code(desk.out / "code.docx")
        assert file.is_file() and desk.seal.in_the_safe
        assert desk.cabinet.records(Audit, Audit.select())[-1].title == "打印恢复码"
        with pytest.raises(Refused):
            desk.papers.print_recovery_code(desk.out / "code.txt")

    def test_what_could_not_be_printed_counts_as_not_printed(self, desk):
        with pytest.raises(Refused):
            desk.papers.print_recovery_code(desk.out / "code.txt")
        assert not desk.seal.in_the_safe
        assert "打印恢复码" not in trail(desk)

    def test_to_show_it_is_an_act(self, desk):
        seen: list[str] = []
        desk.seal.show(seen.append)
        assert seen == [desk.seal.code]
        assert not desk.seal.never_shown and not desk.seal.in_the_safe
        assert "查看恢复码" in trail(desk)


def test_where_the_code_cannot_be_kept_a_desk_is_made_and_no_informant_taken(folder, tmp_path, monkeypatch):
    (tmp_path / "user").write_bytes(b"")
    monkeypatch.setenv(USER_FOLDER, str(tmp_path / "user"))
    with Desk.create(folder, "sanxiang-2023", today=TODAY) as desk:
        desk.tips.add(TIP)
        assert desk.erasing.notes(TODAY) == []
        with pytest.raises(Trouble):
            desk.tips.add(TIP | TOLD)
        assert kept(desk) == []
        monkeypatch.setenv(USER_FOLDER, str(tmp_path / "better"))
        assert desk.tips.get(desk.tips.add(TIP | TOLD).ids[0]).informant == "欧**"
