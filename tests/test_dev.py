"""dev.py: what is done again and what is skipped, what is missing, and what the lock file holds."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

import dev

LDCONFIG = """3 libs found in cache `/etc/ld.so.cache'
\tlibGL.so.1 (libc6,x86-64) => /lib/x86_64-linux-gnu/libGL.so.1
\tlibEGL.so.1.1 (libc6,x86-64) => /lib/x86_64-linux-gnu/libEGL.so.1.1
\tlibxkbcommon.so.0 (libc6,x86-64) => /lib/x86_64-linux-gnu/libxkbcommon.so.0
"""
RARE = "堃喆䶮㛃𬎆𬍛"


@pytest.fixture
def done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the steps of a test did; their stamps lie in tmp_path."""
    monkeypatch.setattr(dev, "STAMPS", tmp_path / "stamps")
    return []


def step(done: list[str], made_from: list[str], *makes: Path) -> dev.Step:
    return dev.Step("step", "doing it", lambda: done.append("did"), lambda: made_from, makes)


def test_a_step_is_done_once(done: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    step(done, ["a"]).prepare()
    step(done, ["a"]).prepare()
    assert done == ["did"]
    assert capsys.readouterr().out == "step: doing it\n"


def test_a_step_is_done_again_when_what_it_is_made_from_changes(done: list[str]) -> None:
    step(done, ["a", "bc"]).prepare()
    step(done, ["ab", "c"]).prepare()
    assert done == ["did", "did"]


def test_a_step_is_done_again_when_what_it_made_is_gone(done: list[str], tmp_path: Path) -> None:
    made = tmp_path / "made"
    step(done, ["a"], made).prepare()
    step(done, ["a"], made).prepare()
    made.touch()
    step(done, ["a"], made).prepare()
    assert done == ["did", "did"]


def test_a_step_that_failed_is_done_again(done: list[str]) -> None:
    def fail() -> None:
        raise dev.Stop("no network")

    step(done, ["a"]).prepare()
    with pytest.raises(dev.Stop):
        dev.Step("step", "doing it", fail, lambda: ["b"]).prepare()
    step(done, ["a"]).prepare()
    assert done == ["did", "did"]


def test_missing_libraries_are_told_by_their_exact_name() -> None:
    assert dev.missing_libraries(["libGL.so.1", "libEGL.so.1", "libxkbcommon.so.0"], LDCONFIG) == [
        "libEGL.so.1"
    ]


def test_an_empty_answer_means_that_all_are_missing() -> None:
    assert dev.missing_libraries(dev.QT_LIBRARIES, "") == list(dev.QT_LIBRARIES)


@pytest.mark.skipif(os.name == "nt", reason="Debian")
def test_who_is_not_root_is_told_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(dev.os, "geteuid", lambda: 1000)
    with pytest.raises(dev.Stop, match=r"sudo apt-get install .* libegl1 libgl1"):
        dev.apt_install(["libegl1", "libgl1"])


@pytest.mark.parametrize(
    ("display", "wayland", "ci", "headless"),
    [("", "", "", True), (":0", "", "", False), ("", "wayland-0", "", False), (":0", "", "true", True)],
)
def test_whether_a_window_can_be_seen(
    display: str, wayland: str, ci: str, headless: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev.sys, "platform", "linux")
    monkeypatch.setenv("DISPLAY", display)
    monkeypatch.setenv("WAYLAND_DISPLAY", wayland)
    monkeypatch.setenv("CI", ci)
    assert dev.headless() is headless


def test_all_gates_run_also_after_one_failed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ran: list[str] = []

    def call(*command: str) -> int:
        ran.append(" ".join(command[2:]))
        return int(command[2] in ("mypy", "ruff"))

    monkeypatch.setattr(dev, "prepare", lambda screen: None)
    monkeypatch.setattr(dev, "call", call)
    monkeypatch.setattr(dev, "tell_coverage", lambda: ran.append("coverage"))
    assert dev.test(["-k", "dates"]) == 1
    tests = "pytest --cov --cov-report= -k dates"
    assert ran == ["ruff check", "ruff format --check", "mypy", tests, "coverage"]
    assert capsys.readouterr().out.endswith("failed: ruff check, ruff format --check, mypy\n")


def test_what_was_run_is_added_up_by_room() -> None:
    def counted(lines: int) -> dict[str, dict[str, int]]:
        return {"summary": {"covered_lines": lines, "num_statements": 10}}

    files = {
        "ui/app.py": counted(1),
        "hazard_desk/rules/a.py": counted(2),
        "hazard_desk/rules/b.py": counted(4),
    }
    rooms = dev.by_room(files | {"hazard_desk/desk.py": counted(8)})
    assert {room: count["covered_lines"] for room, count in rooms.items()} == {
        "hazard_desk": 8,
        "hazard_desk/rules": 6,
        "ui": 1,
        "in all": 15,
    }
    assert list(rooms)[-1] == "in all"
    assert rooms["in all"]["num_statements"] == 40


def test_a_wrong_command_shows_the_usage() -> None:
    command = [sys.executable, str(dev.ROOT / "dev.py"), "fly"]
    ran = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert ran.returncode == 2
    assert "python3 dev.py test" in ran.stdout


def locked() -> dict[str, str]:
    """Each package of the lock file, with all that is said of it."""
    blocks = re.split(r"^(?=\w)", dev.text_of(dev.LOCK), flags=re.MULTILINE)[1:]
    return {block.partition("==")[0]: block for block in blocks}


def test_every_locked_package_has_one_version_and_hashes() -> None:
    for name, block in locked().items():
        first, *hashes = (line.strip(" \\") for line in block.splitlines())
        assert re.fullmatch(rf"{name}==[\w.]+( ; .+)?", first)
        assert hashes
        assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", line) for line in hashes)


def test_the_lock_file_names_no_address() -> None:
    text = dev.text_of(dev.LOCK)
    assert "://" not in text
    assert not re.search(r"^-", text, flags=re.MULTILINE)


def test_everything_declared_is_locked() -> None:
    declared = tomllib.loads(dev.text_of(dev.ROOT / "pyproject.toml"))
    pins = locked()
    for requirement in [*declared["project"]["dependencies"], *declared["dependency-groups"]["dev"]]:
        name, version = re.match(r"([\w-]+)(?:==([\w.]+))?", requirement).groups()
        block = pins[name.lower()]
        assert version is None or block.startswith(f"{name.lower()}=={version} ")


def test_pinned_finds_whole_names_only() -> None:
    text = "pytest==9.2.0 \\\n    --hash=x\npytest-qt==4.5.0 \\\n"
    assert dev.pinned(text, "pytest") == ["pytest==9.2.0 \\"]


@pytest.mark.parametrize("name", ["serif", "sans"])
def test_the_shipped_fonts_hold_rare_names_and_may_be_embedded(name: str) -> None:
    with TTFont(dev.FONTS / f"hazard-desk-{name}.ttf", lazy=True) as font:
        assert {ord(char) for char in RARE + "〔〕①℃㎡✓✔√○●□★〓"} <= font.getBestCmap().keys()
        assert "glyf" in font
        assert font["OS/2"].fsType == 0
        assert font["name"].getDebugName(1) == f"Hazard Desk {name.title()}"
