"""Issuing twice: a letter has one number until that is voided; other papers come again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import peewee
import pytest

from hazard_desk.books.kit.query import Query
from hazard_desk.desk import Desk
from hazard_desk.errors import Refused, RefusedFields, Trouble
from hazard_desk.rules.fields import Row
from tests.papers.reading import read_pdf


@pytest.fixture
def letter(desk: Desk) -> int:
    """A record of a letter that is not issued yet."""
    told = {"kind": "督办函", "target_kind": "单位", "target": "示例木材加工厂", "reason": "进度偏慢"}
    return desk.rewards.add(told | {"happened_on": "2023-05-25"}).ids[0]


def states(desk: Desk) -> list[tuple[str, str]]:
    return [(row.number, row.state) for row in desk.documents.select(Query(sort="number"))]


def test_a_letter_is_not_given_a_second_number(desk: Desk, letter: int) -> None:
    desk.papers.issue("letter-urge", str(letter))
    told = "2023年6月1日编发，文号是三星安督〔2023〕1号；要重新编发，请先在发文登记中把它作废"
    with pytest.raises(Refused, match=told):
        desk.papers.issue("letter-urge", str(letter))
    assert states(desk) == [("三星安督〔2023〕1号", "已印发")]


def test_one_whose_number_is_voided_is_issued_anew(desk: Desk, letter: int) -> None:
    (first,) = desk.papers.issue("letter-urge", str(letter)).ids
    desk.documents.void(first, "对象写错")
    desk.papers.issue("letter-urge", str(letter))
    assert states(desk) == [("三星安督〔2023〕1号", "已作废"), ("三星安督〔2023〕2号", "已印发")]
    assert desk.rewards.get(letter).number == "三星安督〔2023〕2号"


def test_one_taken_back_is_issued_anew(desk: Desk, letter: int) -> None:
    desk.papers.issue("letter-urge", str(letter))
    desk.undo()
    desk.papers.issue("letter-urge", str(letter))
    assert states(desk) == [("三星安督〔2023〕1号", "已作废"), ("三星安督〔2023〕2号", "已印发")]


def test_each_letter_has_its_own(desk: Desk, letter: int) -> None:
    row = desk.rewards.get(letter)
    other = desk.rewards.add(row | {"target": "示例商店"}).ids[0]
    for number in (letter, other):
        desk.papers.issue("letter-urge", str(number))
    assert [number for number, _ in states(desk)] == ["三星安督〔2023〕1号", "三星安督〔2023〕2号"]


def test_a_bulletin_and_a_second_notice_are_issued_again(desk: Desk, found: Row) -> None:
    number = desk.hazards.add(found).ids[0]
    for deadline in ("2023-06-10", "2023-06-20"):
        desk.papers.issue("bulletin")
        desk.papers.issue("notice-rectify", str(number), {"deadline": deadline})
    assert [state for _, state in states(desk)] == ["已印发"] * 4
    row = desk.hazards.get(number)
    assert (row.notice_number, row.deadline) == ("三星应急责改〔2023〕2号", date(2023, 6, 20))


def test_that_a_hazard_is_supervised_already_is_said_before_what_the_form_lacks(
    desk: Desk, found: Row
) -> None:
    number = desk.hazards.add(found | {"level": "重大", "criterion": "《判定标准》第三条"}).ids[0]
    listed = {"supervision_level": "乡镇级", "supervisor": "丁督办", "supervision_deadline": "2023-06-30"}
    desk.papers.issue("notice-supervise", str(number), listed)
    with pytest.raises(Refused, match="已挂牌督办"):
        desk.papers.issue("notice-supervise", str(number))
    with pytest.raises(RefusedFields, match="整改时限"):
        desk.papers.issue("notice-rectify", str(number), {"deadline": ""})


def read_text(file: Path) -> str:
    return "".join(page.text for page in read_pdf(file.read_bytes())).replace("\n", "")


class TestPrinting:
    """What is issued and printed in one act."""

    @pytest.fixture
    def blocked(self, tmp_path: Path) -> Path:
        """A place that cannot be written: where a folder would have to stand, a file stands."""
        (tmp_path / "不是文件夹").write_text("", encoding="utf-8")
        return tmp_path / "不是文件夹" / "督办函.pdf"

    def test_the_file_has_the_number(self, desk: Desk, letter: int, tmp_path: Path) -> None:
        to = desk.papers.print_issued("letter-urge", tmp_path / "函.pdf", number=str(letter))
        assert "三星安督〔2023〕1号" in read_text(to)
        assert states(desk) == [("三星安督〔2023〕1号", "已印发")]
        bulletin = desk.papers.print_issued("bulletin")
        assert bulletin.parent == desk.out
        assert "三星府发〔2023〕1号" in read_text(bulletin)

    def test_a_place_that_cannot_be_written_spends_no_number(
        self, desk: Desk, letter: int, blocked: Path, tmp_path: Path
    ) -> None:
        with pytest.raises(Trouble, match="无法写入"):
            desk.papers.print_issued("letter-urge", blocked, number=str(letter))
        with pytest.raises(Refused, match="可存为"):
            desk.papers.print_issued("letter-urge", tmp_path / "函.txt", number=str(letter))
        assert states(desk) == []
        desk.papers.print_issued("letter-urge", tmp_path / "函.pdf", number=str(letter))
        assert states(desk) == [("三星安督〔2023〕1号", "已印发")]

    @pytest.mark.parametrize("stood", [b"", b"what stood there"])
    def test_an_act_that_fails_leaves_no_file(
        self, desk: Desk, letter: int, tmp_path: Path, stood: bytes
    ) -> None:
        to = tmp_path / "函.pdf"
        if stood:
            to.write_bytes(stood)
        desk.cabinet.db.execute_sql(
            "CREATE TEMP TRIGGER full BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'disk is full'); END"
        )
        with pytest.raises((Trouble, peewee.IntegrityError)):
            desk.papers.print_issued("letter-urge", to, number=str(letter))
        assert (to.read_bytes() if to.exists() else b"") == stood
        assert list(tmp_path.glob(".*")) == []
        assert states(desk) == []
