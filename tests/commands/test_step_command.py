"""``step``: a step of the loop for one hazard or many, from the command line."""

from __future__ import annotations

import pytest

from hazard_desk.desk import Desk
from hazard_desk.rules.fields import Row
from tests.papers.reading import read_pdf


@pytest.fixture
def numbers(desk: Desk, found: Row) -> list[str]:
    """The numbers of three hazards on the desk, whose window is closed."""
    numbers = [desk.hazards.get(desk.hazards.add(found).ids[0]).number for _ in range(3)]
    desk.close()
    return numbers


def test_many_take_it_and_the_others_are_told(ask, numbers):
    done = ask(
        "step", f"{numbers[0]}，2", "整改完成", "--set", "整改人=丁整改", "--set", "办理日期=2023-05-20"
    )
    assert done.code == 0, done.err
    said = ask(
        "step", *numbers, "recheck_passed", "--set", "rechecked_by=戊", "--set", "复查结论=合格", "--json"
    )
    told = said.json
    assert (said.code, told["step"], told["title"]) == (0, "recheck_passed", "“复查通过”2条隐患")
    assert [(row["id"], row["number"], row["state"]) for row in told["done"]] == [
        (1, numbers[0], "待销号"),
        (2, numbers[1], "待销号"),
    ]
    (refused,) = told["refused"]
    assert (refused["number"], refused["field"]) == (numbers[2], "happened_on")
    assert "不能办理“复查通过”" in refused["reason"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("1", "complete"), "没有“complete”这一步，可用的有："),
        (("1", "销号", "--set", "颜色=红"), "没有“颜色”这一栏"),
        (("1", "销号", "--set", "销号"), "--set 栏目=值"),
        (("1", "整改完成"), "请填写“整改人”"),
        (("9", "销号", "--set", "销号审批人=己"), "没有“9”"),
    ],
)
def test_what_is_refused(ask, numbers, words, says):
    said = ask("step", *words)
    assert said.code == 2
    assert says in said.err


def test_the_overview_of_the_major_ones(ask, desk, found):
    desk.hazards.add(found | {"level": "重大", "criterion": "判定标准"})
    desk.close()
    (row,) = ask("majors", "--json").json
    assert (row["id"], row["lacking"]) == (1, ["发现报告", "五落实", "一案一策"])
    assert row["lamps"][2] == {
        "id": "committed",
        "label": "五落实",
        "state": "缺",
        "on": None,
        "said": "责任、措施、资金、时限、预案",
    }
    assert "缺：发现报告、五落实、一案一策" in ask("majors").out


def test_one_paper_for_many_is_one_file_and_the_others_are_told(ask, numbers, tmp_path):
    asked = ("step", *numbers[:2], "下发限期整改意见书", "--set", "整改时限=2023-06-30")
    assert ask(*asked).code == 0
    to = tmp_path / "意见书.pdf"
    told = ask("print", "notice-rectify", "--number", "1，2,9", "--to", to, "--json").json
    assert told["files"] == [str(to)]
    assert list(told["refused"]) == ["9"]
    ask("print", "notice-rectify", "--number", "1", "--to", tmp_path / "一份.pdf")
    pages = [len(read_pdf(file.read_bytes())) for file in (to, tmp_path / "一份.pdf")]
    assert pages[0] == 2 * pages[1]
