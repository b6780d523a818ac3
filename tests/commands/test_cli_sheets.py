"""Sheets on the command line: exit codes, the JSON that scripts rely on, her file back with marks."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from hazard_desk.cli import main

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(blank: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command on a new desk; return exit code, output and messages."""
    shutil.copytree(blank, folder)

    def command(*words: object) -> tuple[int, str, str]:
        code = main(["--desk", str(folder), "--today", "2023-06-01", *map(str, words)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


@pytest.fixture
def file(tmp_path: Path) -> Path:
    book = Workbook()
    page: Any = book.active
    for row in (["单位名称", "类别", "行业领域"], ["示例一厂", "企业", "工贸"], ["示例二厂", "甲类", "工贸"]):
        page.append(row)
    book.save(tmp_path / "示例村.xlsx")
    return tmp_path / "示例村.xlsx"


def test_a_row_with_a_doubt_comes_in_with_a_gap(run: Run, file: Path, tmp_path: Path) -> None:
    marked = tmp_path / "标注.xlsx"
    code, out, err = run("import", "enterprises", file, "--errors", marked, "--json")
    assert (code, err) == (0, "")
    value = json.loads(out)
    assert [value[key] for key in ("new", "updated", "skipped", "refused", "ignored_columns")] == [
        2, 0, 0, [], []
    ]  # fmt: skip
    assert (value["kept_aside"], value["gaps"]) == ({"类别": 1}, {"category": 1})
    choices = "企业、个体工商户、学校、卫生院、敬老院、农户大院、其他"
    assert value["doubts"] == [{"row": 3, "column": "类别", "reason": f"“类别”请从以下选项中选择：{choices}"}]
    page: Any = load_workbook(marked).active
    assert page["B3"].comment is not None
    names = [row["name"] for row in json.loads(run("list", "enterprises", "--json")[1])]
    assert names == ["示例一厂", "示例二厂"]
    again = json.loads(run("import", "enterprises", file, "--on-existing", "update", "--json")[1])
    assert (again["new"], again["updated"], again["skipped"]) == (0, 0, 2)


def test_a_dry_run_keeps_nothing_and_asks(run: Run, file: Path) -> None:
    code, out, _ = run("import", "enterprises", file, "--dry-run", "--json")
    value = json.loads(out)
    assert (code, value["new"]) == (0, 2)
    (asked,) = value["questions"]
    assert (asked["id"], asked["kind"], asked["about"], asked["rows"]) == (
        "word:category:甲类", "word", "类别:甲类", 1
    )  # fmt: skip
    assert value["columns"][0] == {"heading": "单位名称", "field": "name", "certainty": 1.0}
    assert json.loads(run("list", "enterprises", "--json")[1]) == []


def test_what_is_answered_is_taken_and_remembered(run: Run, tmp_path: Path) -> None:
    book = Workbook()
    page: Any = book.active
    for row in (["填报单位：示例村"], ["企业名称", "性质", "喜好"], ["示例一厂", "甲类", "茶"]):
        page.append(row)
    file = tmp_path / "来表.xlsx"
    book.save(file)
    code, out, _ = run(
        "import", "enterprises", file, "--map", "性质=类别", "--word", "类别:甲类=企业",
        "--set", "行业领域=工业", "--map", "C=备注", "--json",
    )  # fmt: skip
    assert (code, json.loads(out)["gaps"], json.loads(out)["kept_aside"]) == (0, {}, {})
    (row,) = json.loads(run("list", "enterprises", "--json")[1])
    assert (row["category"], row["sector"], row["remark"]) == ("企业", "工贸", "茶")
    again = json.loads(run("import", "enterprises", file, "--dry-run", "--on-existing", "new", "--json")[1])
    assert (again["questions"], again["gaps"]) == ([], {})


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--map", "没有=类别"], "表格里没有“没有”这一列，找到的列有：单位名称、类别、行业领域"),
        (["--map", "类别=什么"], "没有“什么”这一栏，可用的栏目有：单位名称、类别"),
        (["--set", "类别=甲类"], "整表的“类别”没有“甲类”这一项，请从以下选项中选择：企业、"),
        (["--word", "类别:甲类=乙类"], "“类别”没有“乙类”这一项"),
        (["--word", "类别=乙类"], "“--word 类别=乙类”请写成 --word 栏目:原词=选项 的样子"),
        (["--map", "单位名称"], "“--map 单位名称”请写成 --map 列=栏目 的样子"),
        (["--map", "单位名称="], "没有找到“单位名称”一列"),
    ],
)
def test_an_answer_to_nothing_is_refused(run: Run, file: Path, words: list[str], sentence: str) -> None:
    code, _, err = run("import", "enterprises", file, *words)
    assert code == 2
    assert sentence in err


def test_a_sheet_without_its_naming_column_asks_for_it(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "来表.csv"
    file.write_text("点位,查出什么,谁来改\n车间,电线乱接,甲某\n", encoding="utf-8")
    code, out, err = run("import", "hazards", file, "--dry-run", "--json")
    value = json.loads(out)
    assert (code, value["new"], value["gaps"]) == (2, 0, {})
    assert "没有找到“隐患描述”一列" in err and "点位、查出什么、谁来改" in err
    code, out, _ = run("import", "hazards", file, "--map", "查出什么=隐患描述", "--json")
    assert (code, json.loads(out)["new"]) == (0, 1)


def test_it_is_told_line_by_line(run: Run, file: Path) -> None:
    _, out, _ = run("import", "enterprises", file, "--dry-run")
    lines = out.splitlines()
    assert lines[0] == "照录在“其他栏目”里的：类别（1行）"
    assert lines[1].startswith("第3行 类别：“类别”请从以下选项中选择")
    assert lines[2] == "待补：类别（1条）"
    assert lines[3].startswith("请确认：“类别”里的“甲类”是哪一项（1行），可选：企业、个体工商户")
    assert lines[-1] == "试导入：新增2条，更新0条，跳过0条，没有内容的0行"


def test_only_good_rows_where_that_is_wanted(run: Run, file: Path, tmp_path: Path) -> None:
    marked = tmp_path / "标注.xlsx"
    code, out, _ = run("import", "enterprises", file, "--good-rows", "--errors", marked, "--json")
    value = json.loads(out)
    assert (code, value["new"], value["gaps"], value["kept_aside"], value["doubts"]) == (0, 1, {}, {}, [])
    (left,) = value["refused"]
    assert (left["row"], left["column"]) == (3, "类别") and "请从以下选项中选择" in left["reason"]
    assert [row["name"] for row in json.loads(run("list", "enterprises", "--json")[1])] == ["示例一厂"]
    assert "请从以下选项中选择" in load_workbook(marked).worksheets[0]["D3"].value
    _, out, _ = run("import", "enterprises", file, "--good-rows")
    assert out.splitlines()[-1] == "导入：新增0条，更新0条，跳过1条，没有内容的0行，有疑问没有导入的1行"


def test_a_file_that_is_not_there_is_trouble(run: Run, tmp_path: Path) -> None:
    code, _, err = run("import", "enterprises", tmp_path / "没有.xlsx")
    assert code == 3
    assert "不存在" in err


def test_roll_up(run: Run, file: Path, tmp_path: Path) -> None:
    to = tmp_path / "汇总.xlsx"
    code, out, err = run("rollup", "enterprises", file, "--to", to, "--units", "示例村、另一村", "--json")
    value = json.loads(out)
    assert (code, err) == (0, "")
    assert value["missing"] == ["另一村"]
    assert value["rows"][-1] == {"单位": "合计", "记录数": 2}
    assert value["doubts"][0]["unit"] == "示例村"
    assert load_workbook(to).sheetnames == ["汇总", "报送情况", "全部记录", "需要核对", "示例村"]


def test_what_export_writes_goes_back(run: Run, file: Path, tmp_path: Path) -> None:
    run("import", "enterprises", file)
    run("export", "enterprises", "--to", tmp_path / "a.xlsx")
    code, out, _ = run("import", "enterprises", tmp_path / "a.xlsx", "--on-existing", "update", "--json")
    assert (code, json.loads(out)["skipped"]) == (0, 2)
