"""Numbers are given once: whatever is undone, voided, imported again or written by another pattern."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path
from tempfile import mkdtemp

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from hazard_desk.books.kit.query import Query
from hazard_desk.desk import Desk
from hazard_desk.errors import Refused
from hazard_desk.rules.fields import Row
from hazard_desk.rules.states import State
from hazard_desk.sheets.importing import run_import
from hazard_desk.sheets.opening import open_pasted
from tests.conftest import TODAY

HEAD = "编号\t级别\t来源\t行业领域\t隐患部位\t隐患描述\t发现日期"


def paste(desk: Desk, *rows: tuple[str, str]) -> list[str]:
    """Import hazards, each a number or '' and a place that no other has; return their numbers."""
    lines = [f"{number}\t一般\t执法检查\t工贸\t{place}\t{place}有隐患\t2023-05-20" for number, place in rows]
    result = run_import(desk.books, open_pasted(desk.books, desk.hazards, "\n".join([HEAD, *lines])))
    found = {row.place: row.number for row in desk.hazards.select(Query())}
    return [found[place] for _, place in rows if place in found and result.change]


def number_of(desk: Desk, values: Row) -> str:
    return desk.hazards.get(desk.hazards.add(values).ids[0]).number


def test_what_an_import_drew_that_was_taken_back_is_not_drawn_again(desk, found):
    assert paste(desk, ("", "锅炉房"), ("", "配电室")) == ["三星隐患〔2023〕001号", "三星隐患〔2023〕002号"]
    desk.undo()
    assert desk.hazards.select(Query()) == []
    assert number_of(desk, found) == "三星隐患〔2023〕003号"
    assert paste(desk, ("", "锅炉房")) == ["三星隐患〔2023〕004号"]
    assert desk.check() == []


def test_a_number_that_came_with_a_sheet_is_that_of_its_hazard_for_ever(desk, found):
    paste(desk, ("三星隐患〔2023〕002号", "锅炉房"))
    desk.undo()
    assert number_of(desk, found) == "三星隐患〔2023〕001号"
    assert number_of(desk, found) == "三星隐患〔2023〕003号", "002 was the boiler room's"
    assert paste(desk, ("三星隐患〔2023〕002号", "锅炉房")) == ["三星隐患〔2023〕002号"], "and is again"


def test_another_hazard_does_not_come_in_under_it(desk):
    paste(desk, ("", "锅炉房"))
    desk.undo()
    other = f"{HEAD}\n三星隐患〔2023〕001号\t一般\t执法检查\t工贸\t配电室\t漏电\t2023-05-20"
    (number,) = run_import(desk.books, open_pasted(desk.books, desk.hazards, other)).change.ids
    row = desk.hazards.get(number)
    assert row.number == "三星隐患〔2023〕002号"
    assert row.others == {"原编号": "三星隐患〔2023〕001号"}


def test_a_typing_error_that_was_undone_does_not_move_the_series_on(desk, found):
    paste(desk, ("三星隐患〔2023〕700号", "锅炉房"))
    desk.undo()
    assert number_of(desk, found) == "三星隐患〔2023〕001号"


def test_two_patterns_that_write_one_text(desk, found):
    desk.settings.change({"hazard_number": "{year}-{seq}"})
    assert [number_of(desk, found) for _ in range(12)][-1] == "2023-12"
    desk.settings.change({"hazard_number": "{year}-1{seq}"})
    assert number_of(desk, found) == "2023-113"
    desk.settings.change({"hazard_number": "{year}-{seq}"})
    for _ in range(99):
        number_of(desk, found)
    assert number_of(desk, found) == "2023-114", "113 was given by the other pattern"


def test_a_paper_that_only_the_hazards_know_has_its_number(desk, found):
    told = {"notice_number": "三星应急责改〔2023〕7号", "deadline": "2023-06-20", "happened_on": "2023-05-21"}
    desk.hazards.step(desk.hazards.add(found).ids[0], "notice_rectify", told)
    assert desk.documents.next_number("限期整改意见书", 2023) == "三星应急责改〔2023〕8号"
    assert desk.documents.next_number("限期整改意见书", 2022) == "三星应急责改〔2022〕1号"


def test_a_document_entered_by_hand_and_taken_back(desk):
    told = {"kind": "通报", "title": "通报", "issued_on": "2023-05-22"}
    desk.documents.add({**told, "seq": "2"})
    desk.undo()
    numbers = [desk.documents.get(desk.documents.add(told).ids[0]).number for _ in range(2)]
    assert numbers == ["三星府发〔2023〕1号", "三星府发〔2023〕3号"]
    desk.documents.add({**told, "seq": "2"})
    assert desk.documents.missing() == []


class Numbers(RuleBasedStateMachine):
    """Acts of all kinds on one desk; what was ever seen under a number is remembered."""

    blank: Path

    def __init__(self) -> None:
        super().__init__()
        self.root = Path(mkdtemp())
        self.desk = Desk.open(Path(shutil.copytree(self.blank, self.root / "desk")), TODAY)
        self.seen: dict[str, str] = {}
        """Number to the place of its hazard, or the title of its document."""
        self.made = 0
        self.sheets: list[tuple[str, str]] = []

    def teardown(self) -> None:
        self.desk.close()
        shutil.rmtree(self.root)

    def _new(self, what: str) -> str:
        self.made += 1
        return f"{what}{self.made}"

    @rule(year=st.sampled_from([2022, 2023]))
    def register(self, year: int) -> None:
        told = {"level": "一般", "source": "执法检查", "sector": "工贸", "place": self._new("部位")}
        self._is_new(
            number_of(self.desk, {**told, "description": told["place"], "found_on": f"{year}-03-01"})
        )

    @rule(count=st.integers(1, 3))
    def import_without_numbers(self, count: int) -> None:
        for number in paste(self.desk, *(("", self._new("部位")) for _ in range(count))):
            self._is_new(number)

    @rule(serial=st.integers(1, 12))
    def import_with_a_number(self, serial: int) -> None:
        row = f"三星隐患〔2023〕{serial:03}号", self._new("部位")
        if paste(self.desk, row) == [row[0]]:
            self._is_new(row[0])
            self.sheets.append(row)

    @precondition(lambda self: self.sheets)
    @rule()
    def import_the_same_sheet_again(self) -> None:
        paste(self.desk, self.sheets[-1])

    @rule(kind=st.sampled_from(["通报", "限期整改意见书"]), seq=st.one_of(st.none(), st.integers(1, 9)))
    def enter_a_document(self, kind: str, seq: int | None) -> None:
        told = {"kind": kind, "title": self._new("文"), "issued_on": "2023-05-22", "seq": seq}
        try:
            number = self.desk.documents.get(self.desk.documents.add(told).ids[0]).number
        except Refused:
            assert seq is not None
            return
        if seq is None:
            self._is_new(number)

    @rule()
    def issue_a_bulletin(self) -> None:
        change = self.desk.papers.issue("bulletin")
        self._is_new(self.desk.documents.get(change.ids[0]).number)

    @rule()
    def issue_to_nowhere(self) -> None:
        (self.root / "file").write_bytes(b"")
        with pytest.raises(Exception, match="无法写入"):
            self.desk.papers.print_issued("bulletin", self.root / "file" / "x.pdf")

    @rule()
    def undo(self) -> None:
        if self.desk.undoable():
            self.desk.undo()

    @rule(pattern=st.sampled_from(["三星隐患〔{year}〕{seq:03}号", "隐患{year}-{seq}"]))
    def write_otherwise(self, pattern: str) -> None:
        self.desk.settings.change({"hazard_number": pattern})

    @rule()
    def void_the_last_hazard(self) -> None:
        for row in self.desk.hazards.select(Query())[:1]:
            if row.state != State.VOID:
                self.desk.hazards.step(row.id, "voided", {"note": "录错", "happened_on": TODAY})

    @rule()
    def void_the_last_document(self) -> None:
        for row in self.desk.documents.select(Query())[:1]:
            if row.state != "已作废":
                self.desk.documents.void(row.id, "录错")

    @rule()
    def open_again(self) -> None:
        self.desk.close()
        self.desk = Desk.open(self.root / "desk", TODAY)

    def _is_new(self, number: str) -> None:
        assert number not in self.seen, f"{number} was given before"

    @invariant()
    def every_number_is_whose_it_was(self) -> None:
        hazards = [(row.number, row.place) for row in self.desk.hazards.select(Query())]
        documents = [(row.number, "") for row in self.desk.documents.select(Query())]
        assert all(times == 1 for times in Counter(number for number, _ in hazards + documents).values())
        for number, what in hazards + documents:
            assert self.seen.setdefault(number, what) == what


def test_no_number_is_given_twice(blank):
    Numbers.blank = blank
    Numbers.TestCase.settings = settings(max_examples=15, stateful_step_count=15, deadline=None)
    Numbers.TestCase().runTest()
