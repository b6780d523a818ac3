"""``python3 dev.py bundle``: the program as a folder for this system; for Windows all that is handed out.

    bundle           the folder, in dist/hazard-desk
    bundle setup     on Windows: the folder, the setup, the zip for a memory stick, their sums, in dist/
    bundle wine      the same on Debian, built and tried under Wine, in dist/windows/ (20 minutes the first time)
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT), str(HERE)]

import dev  # noqa: E402
from identity import version, write_icon  # noqa: E402
from pack import pack, too_large  # noqa: E402

DIST = ROOT / "dist"
WORK = ROOT / "build"
OF_WINDOWS = ("hazard_desk", "ui", "resources", "build.spec", "pyproject.toml")
"""What freezing needs of the repository."""
NOT_OURS = ("icuuc.dll", "mscms.dll", "bcryptprimitives.dll")
"""Windows' own libraries, for which Wine has stand-ins: they must never ship."""


def freeze() -> int:
    """Make the folder for this system."""
    return dev.call(str(dev.PYTHON), "-m", "PyInstaller", "--noconfirm", "build.spec")


def setup() -> int:
    """Make on Windows what is handed out."""
    if code := freeze():
        return code
    program = DIST / "hazard-desk"
    made, *_ = pack(program, write_icon(WORK / "hazard-desk.ico"), version(), DIST)
    return told(too_large(program, made))


def wine() -> int:
    """Make under Wine what is handed out, and try it there."""
    from trial import try_setup
    from wine_machine import machine, windows_path

    out = DIST / "windows"
    shutil.rmtree(out, ignore_errors=True)
    with machine(WORK / "wine") as one:
        app = one.folder / "app"
        copy_tracked(app)
        dev.say("wine: freezing (some minutes)")
        places = ("--distpath", windows_path(out), "--workpath", windows_path(one.folder / "work"))
        words = ("-X", "utf8", "-m", "PyInstaller", "--noconfirm", *places, "build.spec")
        one.must(one.python, *words, cwd=app)
        program = out / "hazard-desk"
        if strange := [file.name for file in program.rglob("*.dll") if file.name.lower() in NOT_OURS]:
            raise dev.Stop(f"a stand-in got into the folder: {strange}")
        icon = write_icon(WORK / "hazard-desk.ico")
        first, *_ = pack(program, icon, version(), out)
        try_setup(one, first, program, icon, version())
    said = subprocess.run(["wine", "--version"], capture_output=True, encoding="utf-8", check=True).stdout
    dev.say(f"every step held, under {said.strip()}; in {out.relative_to(ROOT)}")
    return told(too_large(program, first))


def told(faults: list[str]) -> int:
    """Say what is too large; return the exit code: it can be tried, and is not to be handed out."""
    for fault in faults:
        print(f"bundle: {fault}", file=sys.stderr)
    return int(bool(faults))


def copy_tracked(to: Path) -> None:
    """Copy what git tracks of the program, and what was built of it (fonts, initials), to freeze it there."""
    shutil.rmtree(to, ignore_errors=True)
    words = ["git", "ls-files", "-z", *OF_WINDOWS]
    told = subprocess.run(words, cwd=ROOT, capture_output=True, encoding="utf-8", check=True).stdout
    built = [str(file.relative_to(ROOT)) for file in [*dev.FONTS.glob("*.ttf"), dev.FONTS / "initials.txt"]]
    for name in [*told.strip("\0").split("\0"), *built]:
        (to / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, to / name)


def main(words: list[str]) -> int:
    """Do what the words say; return an exit code."""
    made = {"": freeze, "setup": setup, "wine": wine}.get(" ".join(words))
    if made is None:
        print(__doc__)
        return 2
    try:
        return made()
    except dev.Stop as stop:
        print(f"bundle: {stop}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
