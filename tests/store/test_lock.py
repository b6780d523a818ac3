"""One writer at a time, and what a killed process leaves: whole acts, and a lock that is free."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from hazard_desk.books.kit.query import Query
from hazard_desk.desk import Desk
from hazard_desk.errors import Trouble
from hazard_desk.store.lock import DeskLock, user_name

windows = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
ROOT = Path(__file__).parents[2]

OPEN = """
import os, signal, sys
from pathlib import Path
from hazard_desk.desk import Desk
from hazard_desk.errors import Refused, Trouble
sys.stdout.reconfigure(encoding="utf-8")
folder = Path(sys.argv[1])
"""


def script(text: str) -> str:
    return OPEN + textwrap.dedent(text)


def test_a_second_process_is_told_who_holds_the_desk(desk, program):
    said = program(
        "-c",
        script(
            """
            try:
                Desk.open(folder)
            except Trouble as wrong:
                print(wrong.message)
            """
        ),
        str(desk.folder),
    )
    assert said.stderr == ""
    assert "台账正在使用中" in said.stdout
    assert user_name() in said.stdout
    assert socket.gethostname() in said.stdout
    desk.enterprises.add({"name": "示例商店", "category": "企业", "sector": "消防"})


def test_a_name_that_is_open_elsewhere_hinders_no_closing(folder: Path, monkeypatch: pytest.MonkeyPatch):
    folder.mkdir()
    lock = DeskLock(folder)
    lock.take()

    def fail(file: Path, missing_ok: bool = False) -> None:
        raise PermissionError(13, "in use")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", fail)
        lock.release()
    again = DeskLock(folder)
    again.take()
    again.release()


def test_a_second_window_in_the_same_process_too(desk):
    with pytest.raises(Trouble, match="正在使用中"):
        Desk.open(desk.folder)


def test_reading_needs_no_lock(desk, program):
    with Desk.open(desk.folder, lock=False) as reader:
        assert reader.tasks.all_rows()
    said = program("-m", "hazard_desk", "--desk", str(desk.folder), "tasks")
    assert said.returncode == 0


def test_the_lock_is_free_after_closing(desk):
    desk.close()
    with Desk.open(desk.folder):
        pass
    assert not (desk.folder / "desk.holder").exists()


def test_a_desk_is_not_restored_over_while_it_is_open(desk):
    copy = desk.backup()
    with pytest.raises(Trouble, match="正在使用中"):
        Desk.restore(copy, desk.folder)


def test_a_holder_that_left_no_name(folder):
    folder.mkdir()
    first, second = DeskLock(folder), DeskLock(folder)
    first.take()
    (folder / "desk.holder").unlink()
    with pytest.raises(Trouble, match="使用人不明"):
        second.take()
    (folder / "desk.holder").write_bytes(b"\xff\xfe")
    with pytest.raises(Trouble, match="使用人不明"):
        second.take()
    first.release()
    second.take()
    second.release()
    second.release()


HOLD = """
desk = Desk.open(folder)
print("open", flush=True)
sys.stdin.read()
"""


@windows
def test_the_lock_is_free_after_its_holder_was_killed(desk):
    desk.close()
    holder = subprocess.Popen(
        [sys.executable, "-c", script(HOLD), str(desk.folder)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"open\n"
        with pytest.raises(Trouble, match="正在使用中"):
            Desk.open(desk.folder)
        os.kill(holder.pid, signal.SIGKILL)
        holder.wait()
        with Desk.open(desk.folder) as opened:
            assert opened.check() == []
    finally:
        holder.kill()
        holder.communicate()


ADD = """
from datetime import date
desk = Desk.open(folder, date(2023, 6, 1))
HAZARD = {
    "level": "一般", "source": "执法检查", "sector": "工贸", "place": "仓库",
    "description": "通道堵塞", "found_on": "2023-06-01",
}
"""


@windows
def test_an_act_that_returned_is_kept_though_the_process_is_killed_at_once(desk, program):
    desk.close()
    said = program(
        "-c",
        script(ADD)
        + script(
            """
            print(desk.hazards.add(HAZARD).title, flush=True)
            os.kill(os.getpid(), signal.SIGKILL)
            """
        ),
        str(desk.folder),
    )
    assert said.returncode == -signal.SIGKILL
    assert said.stdout == "登记隐患 三星隐患〔2023〕001号\n"
    with Desk.open(desk.folder, desk.today) as opened:
        assert opened.hazards.get(1)["place"] == "仓库"
        assert opened.check() == []


@windows
def test_an_act_that_did_not_return_leaves_nothing(desk, program, found):
    desk.close()
    said = program(
        "-c",
        script(ADD)
        + script(
            """
            done = desk.hazards._append
            desk.hazards._append = lambda *words: (done(*words), os.kill(os.getpid(), signal.SIGKILL))
            desk.hazards.add(HAZARD)
            """
        ),
        str(desk.folder),
    )
    assert said.returncode == -signal.SIGKILL
    with Desk.open(desk.folder, desk.today) as opened:
        assert opened.hazards.count(Query()) == 0
        assert opened.check() == []
        assert opened.hazards.add(found).title == "登记隐患 三星隐患〔2023〕001号"


def test_the_holder_is_named_to_who_comes_second(folder):
    folder.mkdir()
    first, second = DeskLock(folder), DeskLock(folder)
    first.take()
    holder = (folder / "desk.holder").read_text(encoding="utf-8")
    assert holder == f"{user_name()}，电脑{socket.gethostname()}"
    with pytest.raises(Trouble) as caught:
        second.take()
    assert caught.value.message == f"台账正在使用中（{holder}），请先关闭那边的隐患工作台"
    assert caught.value.__cause__ is None
    second.release()
    assert (folder / "desk.holder").exists(), "only its holder lets go of it"
    first.release()


def test_a_folder_that_takes_no_lock_is_trouble(tmp_path):
    (tmp_path / "desk").touch()
    with pytest.raises(Trouble, match="desk"):
        DeskLock(tmp_path / "desk").take()


@pytest.mark.parametrize("wrong", [OSError, KeyError, ImportError])
def test_a_user_without_a_name_is_the_clerk(monkeypatch, wrong):
    def nobody() -> str:
        raise wrong

    monkeypatch.setattr("hazard_desk.store.lock.getpass.getuser", nobody)
    assert user_name() == "经办人"


def test_a_holder_whose_name_is_gone_still_lets_go(folder):
    folder.mkdir()
    first, second = DeskLock(folder), DeskLock(folder)
    first.take()
    (folder / "desk.holder").unlink()
    first.release()
    second.take()
    second.release()
