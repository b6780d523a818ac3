"""By keyboard alone, in a real window on a real screen: first start, import, ten acts, the month closed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from openpyxl import Workbook

from hazard_desk.rules.fields import Row
from hazard_desk.store.place import USER_FOLDER
from tests.ui.walk.first_month import COMMAND, FIRMS
from tests.ui.walk.screen import missing, screen

LIMIT_S = 240
DAY = ("--today", "2023-06-27")
Said = Callable[..., list[Row]]


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> Said:
    """Walk; return what the desk says afterwards to a command."""
    if missing() and not os.environ.get("CI"):
        pytest.skip(f"not installed: {missing()}")
    home = tmp_path_factory.mktemp("home")
    places = {"HOME": str(home), "XDG_DATA_HOME": str(home / "data"), FIRMS: str(firms(home))}
    places[USER_FOLDER] = str(home / "user")  # nobody started the program there before

    def run(*words: str, env: dict[str, str]) -> CompletedProcess[str]:
        env = {**os.environ, **env, **places}
        done = subprocess.run(
            [sys.executable, *words],
            env=env,
            capture_output=True,
            encoding="utf-8",
            timeout=LIMIT_S,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done

    with screen() as seen:
        run("-m", "tests.ui.walk.first_month", *DAY, env=dict(seen))
    return lambda *words: json.loads(run(str(COMMAND), *DAY, *words, "--json", env={}).stdout)


def firms(folder: Path) -> Path:
    """Write the sheet of enterprises as an office keeps it."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for line in (
        ("企业名称", "行业领域", "所在村", "负责人", "联系电话"),
        ("红星超市", "商贸市场", "长岭村", "张伟", "13800138000"),
        ("长岭加油站", "危险化学品", "长岭村", "李强", "13800138001"),
        ("白果采石场", "非煤矿山", "白果村", "王建国", "13800138002"),
    ):
        sheet.append(line)
    book.save(folder / "firms.xlsx")
    return folder / "firms.xlsx"


def test_what_she_did_by_keyboard_alone_is_in_the_desk(said: Said) -> None:
    assert [row["name"] for row in said("list", "enterprises")] == ["红星超市", "长岭加油站", "白果采石场"]
    hazards = {row["description"]: row for row in said("list", "hazards")}
    assert {name: row["state"] for name, row in hazards.items()} == {
        "安全出口堵塞，已张贴提示": "整改中",
        "灭火器过期": "已销号",
        **dict.fromkeys((f"{place}没有警示标志" for place in ("罩棚", "配电间", "卸油口")), "整改中"),
    }
    assert [(row["unit_name"], row["inspectors"]) for row in said("list", "checks")] == [
        ("长岭加油站", ["李明", "周强"])
    ]
    assert hazards["安全出口堵塞，已张贴提示"]["deadline"] == "2023-06-30"
    (sent,) = said("submissions")
    assert sent["as_of"] == "2023-06-28"
