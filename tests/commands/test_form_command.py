"""``form``: a progress form on the command line, counted, saved, sent."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from hazard_desk.cli import main
from hazard_desk.desk import Desk

TODAY = "2023-06-28"


@pytest.fixture
def form(desk: Desk, found: dict, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Run ``form`` on a desk with one major hazard, which is let go of so that it can be written to."""
    major = {"level": "重大", "source": "企业自查", "criterion": "判定标准", "office": "应急办"}
    desk.hazards.add(found | major)
    desk.close()

    def run(*words: object) -> tuple[int, str, str]:
        code = main(["--desk", str(desk.folder), "--today", TODAY, "form", *map(str, words)])
        return (code, *capsys.readouterr())

    return run


def value(said: tuple[int, str, str]) -> Any:
    assert said[0] == 0, said[2]
    return json.loads(said[1])


def test_every_cell_with_its_records(form):
    found = value(form("fangshan-2023", "--as-of", TODAY, "--json"))
    assert (found["form"], found["as_of"], found["group"]) == ("fangshan-2023", TODAY, "")
    assert len(found["cells"]) == 36
    first = found["cells"][0]
    assert first["id"] == "1.1" and first["value"] == 1 and first["overridden"] is False
    assert first["label"] == "企业自查发现的重大事故隐患(个)"
    assert first["records"][0]["ledger"] == "hazards" and first["records"][0]["id"] == 1
    cells = {cell["id"]: cell["value"] for cell in found["cells"]}
    assert cells["3.3"] == {"次": 0, "万元": 0}
    assert cells["3.6"] == {"停产": 0, "关闭": 0}
    assert cells["4.1"] == {"县": 0, "镇": 0, "部门": 0}
    assert cells["4.5"] == {"万元": 0, "其中匿名": 0}
    assert cells["4.6"] == "否"


def test_one_group_and_the_other_reading(form):
    assert value(form("fangshan-2023", "--as-of", TODAY, "--group", "应急办", "--json"))["group"] == "应急办"
    monthly = value(form("chongming-2023", "--as-of", TODAY, "--reading", "monthly", "--json"))
    assert monthly["reading"] == "当月"
    assert monthly["cells"][0]["value"] == 0, "found on 20 May"


def test_for_a_person_with_what_to_look_at(form):
    code, out, err = form("fangshan-2023", "--as-of", "2023-06-20")
    assert (code, err) == (0, "")
    assert "1.1  企业自查发现的重大事故隐患(个)：1" in out
    assert "请核对：本表每月28日前上报" in out


@pytest.mark.parametrize("ending", ["pdf", "docx", "xlsx"])
def test_as_a_file(form, tmp_path, ending):
    file = tmp_path / f"表.{ending}"
    assert value(form("fangshan-2023", "--as-of", TODAY, "--to", file, "--json"))["files"] == [str(file)]
    assert file.stat().st_size > 1000


def test_sent_kept_and_compared(form, tmp_path):
    code, _, err = form("fangshan-2023", "--as-of", "2023-05-28", "--changes", "--to", tmp_path / "a.pdf")
    assert code == 2 and "还没有上报过更早的一期" in err
    assert value(form("fangshan-2023", "--as-of", "2023-05-28", "--submit", "--json"))["submission"] == 1
    code, out, _ = form("fangshan-2023", "--as-of", TODAY, "--changes", "--to", tmp_path / "a.pdf")
    assert code == 0 and (tmp_path / "a.pdf").is_file()
    code, out, _ = form("fangshan-2023", "--as-of", TODAY, "--submit")
    assert code == 0 and "上报“全县" in out


def test_what_was_sent_and_sent_again(form, tmp_path):
    first = tmp_path / "first.xlsx"
    asked = ("fangshan-2023", "--as-of", TODAY)
    assert value(form(*asked, "--json"))["sent"] is None
    assert value(form(*asked, "--submit", "--to", first, "--json"))["submission"] == 1
    code, _, err = form(*asked, "--submit")
    assert code == 2 and "已于2023年6月28日上报（第1次），更正重报请写明更正原因" in err
    _, out, _ = form(*asked)
    assert "这一期已于2023年6月28日上报（第1次），与现在的统计相同" in out
    assert value(form(*asked, "--submit", "--reason", "补签字", "--json"))["submission"] == 2
    told = value(form(*asked, "--json"))["sent"]
    assert (told["submission"], told["version"], told["reason"], told["changed"]) == (2, 2, "补签字", [])

    kept = value(form("fangshan-2023", "--sent", 1, "--to", tmp_path / "again.xlsx", "--json"))
    assert (kept["version"], kept["replaced_by"], kept["differences"]) == (1, 2, [])
    assert (tmp_path / "again.xlsx").read_bytes() == first.read_bytes()
    latest = value(form("fangshan-2023", "--sent", "--json"))
    assert (latest["submission"], latest["submitted_on"]) == (2, TODAY)
    assert latest["cells"] == kept["cells"]
    _, out, _ = form("fangshan-2023", "--sent", 1)
    assert out.startswith("2023年6月28日上报（第1次），已由第2次更正代替")
    assert "更正原因：补签字" in form("fangshan-2023", "--sent")[1]


def test_what_was_sent_is_listed_with_its_version(form, desk, capsys):
    asked = ("fangshan-2023", "--as-of", TODAY, "--submit")
    form(*asked)
    form(*asked, "--reason", "补签字")
    assert main(["--desk", str(desk.folder), "submissions", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [(row["number"], row["version"], row["reason"], row["replaced_by"]) for row in rows] == [
        (2, 2, "补签字", None),
        (1, 1, "", 2),
    ]
    assert rows[0]["as_of"] == rows[0]["submitted_on"] == TODAY
    assert main(["--desk", str(desk.folder), "submissions", "--form", "chongming-2023"]) == 0
    assert capsys.readouterr().out == "还没有上报过调度表\n"


def test_the_sum_of_the_units(form):
    asked = ("fangshan-2023", "--as-of", TODAY)
    form(*asked, "--group", "应急办", "--submit")
    found = value(form(*asked, "--sum", "--json"))
    source = found["cells"][0]["sources"][0]
    assert (found["cells"][0]["value"], source["unit"], source["version"]) == (1, "应急办", 1)
    assert source["records"][0]["id"] == 1
    assert value(form(*asked, "--sum", "应急办", "--submit", "--json"))["submission"] == 2


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("nothing",), "没有“nothing”这张调度表"),
        (("fangshan-2023", "--group", "文旅"), "没有“文旅”这个报送单位、科室、行业领域或村（社区）"),
        (("fangshan-2023", "--as-of", "2023-08-28", "--submit"), "还早，最多提前10天上报"),
        (("fangshan-2023", "--to", "a.txt"), "请用 .pdf、.docx 或 .xlsx 结尾的文件名"),
        (("fangshan-2023", "--sent"), "还没有这样上报过的"),
        (("fangshan-2023", "--sent", "x"), "请写上报记录的序号"),
        (("fangshan-2023", "--sent", "7"), "不存在"),
        (("fangshan-2023", "--sent", "9" * 20), "不存在"),
        (("fangshan-2023", "--sum", "--group", "工贸"), "不能同时用"),
        (("fangshan-2023", "--sum"), "还没有单位上报"),
        (("fangshan-2023", "--reading", "全年"), "没有“全年”这种统计口径，可用的有：累计、当月"),
    ],
)
def test_refused_in_one_line(form, words, says):
    code, out, err = form(*words)
    assert (code, out) == (2, "")
    assert says in err and err.count("\n") == 1
