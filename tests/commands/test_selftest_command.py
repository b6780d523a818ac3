"""``selftest``: what a setup asks of the program that it brought, in a file that it can read."""

from __future__ import annotations

from pathlib import Path

import pytest

from hazard_desk import __version__
from hazard_desk.cli import main
from hazard_desk.commands import selftest
from hazard_desk.exchange import Papers
from hazard_desk.store.place import USER_FOLDER, user_folder
from tests.commands.conftest import Said


def everything_in(folder: Path) -> set[Path]:
    return set(folder.rglob("*"))


def test_a_sound_program_says_so(run, tmp_path: Path, monkeypatch):
    monkeypatch.setenv(USER_FOLDER, str(tmp_path / "hers"))
    before = everything_in(tmp_path)
    said: Said = run("selftest", "--json")
    assert said.json == {"version": __version__, "held": list(selftest._STEPS)}
    assert everything_in(tmp_path) == before, "no desk, no key, nothing of hers"
    assert user_folder() == tmp_path / "hers"


def test_the_setup_reads_the_answer_in_a_file(run, tmp_path: Path):
    told = tmp_path / "自检.txt"
    assert run("selftest", "--to", told).code == 0
    assert told.read_text(encoding="utf-16").startswith("可以使用。")
    assert told.read_bytes()[:2] == b"\xff\xfe", "NSIS reads UTF-16, the low byte first"


def test_what_does_not_hold_is_named(run, tmp_path: Path, monkeypatch):
    def broken(self: Papers, *words: object) -> Path:
        raise ImportError("DLL load failed")

    monkeypatch.setattr(Papers, "print", broken)
    told = tmp_path / "自检.txt"
    said: Said = run("selftest", "--to", told)
    assert said.code == 3
    assert said.refusal == "不能使用：“打印成PDF”没有完成（ImportError: DLL load failed）"
    first, *trace = told.read_text(encoding="utf-16").splitlines()
    assert first == said.refusal
    assert trace[-1] == "ImportError: DLL load failed", "for whoever is to help"


def test_an_empty_page_is_no_page(run, monkeypatch):
    from hazard_desk.papers.pixels import Pixels

    monkeypatch.setattr("hazard_desk.papers.pixels.page_pixels", lambda *words: Pixels(1, 1, 3, b"\xff" * 3))
    assert "空白" in run("selftest").refusal


def test_a_copy_that_lost_what_was_entered_is_told(run, monkeypatch):
    from hazard_desk.desk import Desk

    def put_back_another(copy: Path, folder: Path) -> None:
        Desk.create(folder, "sanxiang-2023").close()

    monkeypatch.setattr(Desk, "restore", put_back_another)
    assert run("selftest").refusal == "不能使用：“从备份恢复”没有完成（恢复的台账里缺少登记的内容）"


def test_a_window_that_does_not_load_is_told(capsys: pytest.CaptureFixture[str]):
    def no_window():
        raise ImportError("QtGui")

    assert main(["selftest"], window=no_window) == 3
    assert "“装载窗口”没有完成（ImportError: QtGui）" in capsys.readouterr().err
