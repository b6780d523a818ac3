"""The setup tried in a Windows of Wine: installed, used, upgraded, refused, removed. Each step says what held."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path

import dev
from identity import NAME
from pack import make_setup
from wine_machine import Machine, windows_path

CHOSEN = f"C:\\程序试装\\{NAME}"  # without a space: Wine would quote the word, and NSIS takes /D= only bare
PLACE = f"{CHOSEN}\\hazard-desk"
WINDOW, CONSOLE = f"{PLACE}\\hazard-desk.exe", f"{PLACE}\\hazard-desk-cli.exe"
DESK = "C:\\台账 三星"
INSIDE = f"{PLACE}\\我的台账"
"""A desk that somebody keeps where no desk should be: in the program's own folder."""
REFUSED, TROUBLE = 2, 3
PATIENCE = 120
"""Seconds until something that was started must be seen."""
USERS = "users"


def try_setup(one: Machine, setup: Path, program: Path, icon: Path, version: str) -> None:
    """Try the setup. Raises ``dev.Stop`` at the first step that does not hold."""
    lower = make_setup(program, icon, "0.0.1", one.folder / "lower.exe", quick=True)
    spoiled = one.folder / "spoiled"
    shutil.rmtree(spoiled, ignore_errors=True)
    shutil.copytree(program, spoiled)
    (spoiled / "_internal" / "PySide6" / "Qt6Gui.dll").write_bytes(b"this is no library")
    broken = make_setup(spoiled, icon, version, one.folder / "broken.exe", quick=True)
    for folder in (CHOSEN, DESK, "C:\\pictures"):
        shutil.rmtree(one.within(folder), ignore_errors=True)

    expect(install(one, lower) == 0, "a lower version installs silently into a Chinese path")
    expect("可以使用" in log(one), "and proves itself: " + log(one))
    expect(entry(one, "DisplayVersion") == "0.0.1", "it stands among the programs of Windows")
    links = shortcuts(one)
    expect(len(links) == 2, f"there are {len(links)} shortcuts: start menu, desktop")
    one.must(CONSOLE, "--desk", DESK, "demo")
    expect(one.within(f"{DESK}\\desk.db").exists(), "the sample desk is made, with its papers")
    shutil.copytree(one.within(DESK), one.within(INSIDE))

    window = one.start(WINDOW, "--desk", DESK)
    until(lambda: one.within(f"{DESK}\\desk.holder").exists(), "hazard-desk.exe opens the desk")
    expect(install(one, setup) == REFUSED, "while it runs nothing is changed: " + log(one))
    window.terminate()
    window.wait(timeout=PATIENCE)

    before = listed(one.within(PLACE))
    expect(install(one, broken) == TROUBLE, "a damaged setup changes nothing: " + log(one))
    expect(listed(one.within(PLACE)) == before, "the old program is whole")
    expect(install(one, setup) == 0, "the setup upgrades it: " + log(one))
    expect(entry(one, "DisplayVersion") == version, f"{version} stands among the programs")
    expect(not list(one.within(CHOSEN).glob("hazard-desk.*")), "nothing of the old program is left")
    for desk in (DESK, INSIDE):
        one.must(CONSOLE, "--desk", desk, "check")
    expect(True, "the desks made before open and check well")
    expect(install(one, lower) == REFUSED, "a lower version is refused: " + log(one))

    one.must(CONSOLE, "--desk", DESK, "shots", "--to", "C:\\pictures\\console", seconds=1800)
    one.must(WINDOW, "--desk", DESK, "shots", "--to", "C:\\pictures\\window", seconds=1800)
    compare(one.within("C:\\pictures\\console"), one.within("C:\\pictures\\window"))

    one.must(f"{CHOSEN}\\uninstall.exe", "/S")
    until(lambda: not one.within(CONSOLE).exists(), "it is removed")
    until(lambda: not shortcuts(one), "with its shortcuts")
    until(lambda: not entry(one, "DisplayVersion"), "and from the programs of Windows")
    for desk in (DESK, INSIDE):
        expect(one.within(f"{desk}\\desk.db").exists(), f"{desk} is still there")


def install(one: Machine, setup: Path) -> int:
    """Run a setup silently; return its exit code."""
    return one.run(windows_path(setup), "/S", f"/D={CHOSEN}", seconds=900)


def log(one: Machine) -> str:
    """Return what the setup said last."""
    for file in (one.c / USERS).rglob("hazard-desk-setup.log"):
        return file.read_text(encoding="utf-16").strip().splitlines()[-1]
    return ""


def entry(one: Machine, name: str) -> str:
    """Return what stands of the program in 应用和功能; '' for nothing."""
    key = "HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\HazardDesk"
    if one.run("reg", "query", key, "/v", name):
        return ""
    said = (one.folder / "last.log").read_text(encoding="utf-8", errors="replace")
    return said.split("REG_SZ")[-1].strip()


def shortcuts(one: Machine) -> list[Path]:
    """Return the shortcuts of the start menu and the desktop. Wine's desktop is the user's own, or a folder."""
    return [file for file in (one.c / USERS).rglob(f"{NAME}.lnk") if file.is_file()]


def listed(folder: Path) -> dict[str, int]:
    """Return every file in a folder with its size."""
    return {
        file.relative_to(folder).as_posix(): file.stat().st_size for file in folder.rglob("*") if file.is_file()
    }


def compare(console: Path, window: Path) -> None:
    """Hold the pictures of the two programs against each other, byte by byte."""
    names = sorted(file.name for file in console.glob("*.png"))
    same = [name for name in names if (window / name).is_file() and _same(console / name, window / name)]
    other = [name for name in names if name not in same]
    expect(bool(names) and not other, f"{len(same)} of {len(names)} pictures of both programs are the same {other}")


def _same(one: Path, other: Path) -> bool:
    return one.read_bytes() == other.read_bytes()


def until(holds: Callable[[], bool], what: str) -> None:
    """Wait until something holds."""
    last = time.monotonic() + PATIENCE
    while not holds() and time.monotonic() < last:
        time.sleep(0.5)
    expect(holds(), what)


def expect(holds: bool, what: str) -> None:
    """Say that a step held. Raises ``dev.Stop`` when it did not."""
    if not holds:
        raise dev.Stop(f"did not hold: {what}")
    dev.say(f"held: {what}")
