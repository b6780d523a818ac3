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


def test_a_refused_row_stops_all_with_code_2(run: Run, file: Path, tmp_path: Path) -> None:
    marked = tmp_path / "标注.xlsx"
    code, out, err = run("import", "enterprises", file, "--errors", marked, "--json")
    assert code == 2
    assert json.loads(out) == {
        "new": 0,
        "updated": 0,
        "skipped": 0,
        "refused": [
            {
                "row": 3,
                "column": "类别",
                "reason": "“类别”请从以下选项中选择：企业、个体工商户、学校、卫生院、敬老院、农户大院、其他",
            }
        ],
        "ignored_columns": [],
    }
    assert err == "有1行不能导入，没有导入任何内容，请改好后再试，或加 --good-rows\n"
    page: Any = load_workbook(marked).active
    assert page["B3"].comment is not None
    assert json.loads(run("list", "enterprises", "--json")[1]) == []


def test_the_good_rows_come_in_with_code_0(run: Run, file: Path) -> None:
    code, out, err = run("import", "enterprises", file, "--good-rows", "--json")
    assert (code, err) == (0, "")
    assert json.loads(out)["new"] == 1
    assert [row["name"] for row in json.loads(run("list", "enterprises", "--json")[1])] == ["示例一厂"]
    again = json.loads(
        run("import", "enterprises", file, "--good-rows", "--on-existing", "update", "--json")[1]
    )
    assert (again["new"], again["updated"], again["skipped"]) == (0, 0, 1)


def test_a_dry_run_keeps_nothing(run: Run, file: Path) -> None:
    code, out, _ = run("import", "enterprises", file, "--good-rows", "--dry-run", "--json")
    assert (code, json.loads(out)["new"]) == (0, 1)
    assert json.loads(run("list", "enterprises", "--json")[1]) == []


def test_it_is_told_line_by_line(run: Run, file: Path) -> None:
    _, out, _ = run("import", "enterprises", file)
    assert out.splitlines()[0].startswith("第3行 类别：“类别”请从以下选项中选择")
    assert out.splitlines()[-1] == "导入：新增0条，更新0条，跳过0条，不能导入1行"


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
    run("import", "enterprises", file, "--good-rows")
    run("export", "enterprises", "--to", tmp_path / "a.xlsx")
    code, out, _ = run("import", "enterprises", tmp_path / "a.xlsx", "--on-existing", "update", "--json")
    assert (code, json.loads(out)["skipped"]) == (0, 1)
