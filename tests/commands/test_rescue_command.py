"""``rescue``: what happened to a desk that does not open, and what can be done about it, by command."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from hazard_desk.desk import Desk
from tests.commands.conftest import TODAY, Said


@pytest.fixture
def damaged(blank: Path, folder: Path) -> Path:
    """A desk with one copy whose database is overwritten at its beginning."""
    shutil.copytree(blank, folder)
    with Desk.open(folder) as desk:
        desk.backup()
    data = (folder / "desk.db").read_bytes()
    (folder / "desk.db").write_bytes(bytes(100) + data[100:])
    return folder


@pytest.fixture
def rescue(damaged: Path, run: Callable[..., Said]) -> Callable[..., Said]:
    return lambda *words: run("--desk", damaged, "--today", TODAY, "rescue", *words)


def test_alone_it_says_what_happened_and_what_can_be_done(rescue: Callable[..., Said]) -> None:
    said = rescue()
    assert said.code == 0
    assert "已损坏" in said.out
    assert "rescue --salvage" in said.out
    assert rescue("--json").json["situation"]["kind"] == "damaged"


def test_the_copies_are_listed_and_one_is_put_back(rescue: Callable[..., Said], damaged: Path) -> None:
    told = rescue("--list", "--json").json
    (copy,) = told["copies"]
    assert told["situation"]["ways"] == ["restore", "salvage"]
    assert copy["there"]
    assert rescue("--list").out.count("\n") == 1
    assert rescue("--from", copy["file"]).code == 0
    with Desk.open(damaged) as desk:
        assert desk.check() == []


def test_what_can_be_read_is_saved_beside(rescue: Callable[..., Said], damaged: Path, tmp_path: Path) -> None:
    told = rescue("--salvage", "--to", tmp_path / "neu", "--json").json
    assert told["lost"] == []
    assert told["counts"]["方案任务"] > 0
    with Desk.open(tmp_path / "neu") as desk:
        assert desk.check() == []
    assert "抢救出" in rescue("--salvage").out
    assert len(list(damaged.parent.glob("*抢救*"))) == 1


def test_a_parcel_is_written(rescue: Callable[..., Said], tmp_path: Path) -> None:
    assert rescue("--parcel", "--to", tmp_path / "a.zip").code == 0
    assert (tmp_path / "a.zip").is_file()


def test_what_does_not_go_together_is_refused(rescue: Callable[..., Said]) -> None:
    for words in (["--to", "x"], ["--list", "--salvage"], ["--from", "nirgends.zip"]):
        said = rescue(*words)
        assert said.code == 2
        assert said.refusal
    assert "不能同时用" in rescue("--list", "--salvage").refusal


def test_of_a_desk_that_lacks_nothing_nothing_is_accepted(
    run: Callable[..., Said], folder: Path, blank: Path
) -> None:
    shutil.copytree(blank, folder)
    assert "不缺少操作" in run("--desk", folder, "rescue", "--accept").refusal


def test_where_there_is_none_or_somebody_works_it_says_so(
    run: Callable[..., Said], folder: Path, blank: Path
) -> None:
    assert "还没有台账" in run("--desk", folder, "rescue").out
    shutil.copytree(blank, folder)
    (folder / "desk.db").unlink()
    refused = run("--desk", folder, "check").refusal
    assert "还在，请恢复备份" in refused and "新建" not in refused
    shutil.copy(blank / "desk.db", folder)
    with Desk.open(folder):
        assert "正在使用中" in run("--desk", folder, "rescue").out
        assert run("--desk", folder, "rescue", "--from", folder / "desk.db").code in (2, 3)
