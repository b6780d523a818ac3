"""The commands about informants: unlock, erase, print recovery-code, copies --rewrite."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from hazard_desk.cli import main
from hazard_desk.desk import Desk
from hazard_desk.store.place import USER_FOLDER

TIP = {"received_on": "2020-05-20", "way": "电话", "content": "通道堵塞", "answered_on": "2020-05-25"}
TIP |= {"verified": "不属实", "informant_name": "欧阳示例", "informant_phone": "13800005678"}
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(desk: Desk, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command on a closed desk with one report; return exit code, what it printed, what it told."""
    desk.tips.add(TIP)
    desk.close()

    def command(*words: str) -> tuple[int, str, str]:
        code = main(["--desk", str(desk.folder), "--today", "2023-06-01", *words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


def test_what_is_due_is_listed_and_erased(run: Run):
    _, out, _ = run("erase", "--json")
    assert [(row["ledger"], row["number"]) for row in json.loads(out)] == [("tips", 1)]
    assert run("erase", "tips", "1")[0] == 2, "not without a reason"
    code, out, _ = run("erase", "tips", "1", "--reason", "保存期满")
    assert code == 0 and "欧阳" not in out
    assert json.loads(run("erase", "--json")[1]) == []
    assert json.loads(run("list", "tips", "--json")[1])[0]["informant"] == "（已抹去）"


def test_on_another_computer_the_code_opens_them(run: Run, desk: Desk, tmp_path: Path, monkeypatch):
    with Desk.open(desk.folder) as opened:
        code = opened.seal.code
    monkeypatch.setenv(USER_FOLDER, str(tmp_path / "other"))
    assert json.loads(run("list", "tips", "--json")[1])[0]["informant"] == "（须输入恢复码）"
    assert run("print", "recovery-code")[0] == 2
    assert run("copies", "--rewrite")[0] == 2
    for typed, told in ((code[:-1], "31个"), (code.replace("-", "")[::-1], "恢复码"), ("", "请写上恢复码")):
        failed, _, err = run("unlock", typed)
        assert failed == 2 and told in err and len(err.splitlines()) == 1
    assert run("unlock", code)[0] == 0
    assert json.loads(run("list", "tips", "--json")[1])[0]["informant"] == "欧**"


def test_the_code_is_printed_and_no_list_of_papers_has_it(run: Run, tmp_path: Path):
    code, _, _ = run("print", "recovery-code", "--to", str(tmp_path / "code.docx"))
    assert code == 0 and (tmp_path / "code.docx").is_file()
    assert "recovery-code" not in run("print", "--list", "--json")[1]


def test_copies_with_an_erased_one_are_named_and_written_anew(run: Run):
    run("backup")
    run("erase", "tips", "1", "--reason", "保存期满")
    _, out, err = run("copies", "--json")
    assert [copy["holds_clear"] for copy in json.loads(out)["copies"]] == [True]
    assert "copies --rewrite" in err
    code, out, err = run("copies", "--rewrite", "--json")
    assert code == 0 and err == ""
    assert [copy["holds_clear"] for copy in json.loads(out)["copies"]] == [False]
