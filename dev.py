"""Everything a developer starts. Needs only Python 3.11, 3.12 or 3.13, on Linux or Windows.

    python3 dev.py run [--today 2023-06-01]   the sample desk in its window
    python3 dev.py test [pytest arguments]    every gate: lint, format, types, tests; lines and branches run
    python3 dev.py mutate [rules|store|…]     plants faults, and tells which of them no test notices
    python3 dev.py harm [restore|create|…]    stops restore, create, copy, upgrade at every file event
    python3 dev.py shots [arguments]          a picture of every page in shots/
    python3 dev.py pictures                   the pictures in README.md, the manual and docs, taken anew
    python3 dev.py bench [words] [--readme]   how fast each job is, against its floor and goal; into README.md
    python3 dev.py bench held                 how long each act holds the window, also of 100,000 hazards
    python3 dev.py bench real                 how much of the sheets and plans of the tests is understood
    python3 dev.py bundle [setup|wine]        the program as a folder in dist/; the setup, in Windows or Wine
    python3 dev.py lock [--upgrade]           renews requirements.lock after a change in pyproject.toml

All but the last prepare what is missing: system libraries (Debian), ``.venv``, the pinned packages, the
project, the fonts, the table of initials. A finished step leaves a stamp, a hash of what it was made from,
and is skipped until that changes; a step that failed halfway has no stamp and is done again.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMPS = VENV / "stamps"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
LOCK = ROOT / "requirements.lock"
FONTS = ROOT / "resources" / "fonts"
HELP = ROOT / "resources" / "help"
INITIALS = ROOT / "resources" / "initials"
DEMO = ROOT / "demo"

QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
}
"""What Qt loads on Linux, and the Debian package that has it."""

SCREEN_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
"""What Qt loads besides to open a window."""

SCREEN = {"Xvfb": "xvfb", "openbox": "openbox", "xdotool": "xdotool"}
"""The programs that make a screen for the tests, with keys that are really pressed."""

OFFICE = {"soffice": "libreoffice-writer-nogui"}
"""What lays Word files out for the tests that hold them against the PDF."""

UV = "uv==0.13.9"  # writes the lock file; only ``lock`` installs it


class Stop(Exception):
    """The work can't go on; the text says why and what to do."""


@dataclass(frozen=True)
class Step:
    """One thing to prepare. ``made_from`` changes when it must be done again; ``makes`` must be there."""

    name: str
    says: str
    do: Callable[[], None]
    made_from: Callable[[], Iterable[str]]
    makes: tuple[Path, ...] = ()

    def prepare(self) -> None:
        """Do the step, unless its stamp says that it is done."""
        stamp = STAMPS / self.name
        if is_done(stamp, self.made_from(), self.makes):
            return
        say(f"{self.name}: {self.says}")
        stamp.unlink(missing_ok=True)
        self.do()
        STAMPS.mkdir(exist_ok=True)
        stamp.write_text(fingerprint(self.made_from()), encoding="utf-8")


def prepare(screen: bool = False) -> None:
    """Bring everything to the state that the files of the repository ask for, a screen for tests included."""
    install_libraries(SCREEN | OFFICE if screen else {})
    for step in STEPS:
        step.prepare()


def is_done(stamp: Path, made_from: Iterable[str], makes: Iterable[Path]) -> bool:
    """Whether ``stamp`` is that of ``made_from`` and all that the step makes is there."""
    there = stamp.is_file() and all(path.exists() for path in makes)
    return there and text_of(stamp) == fingerprint(made_from)


def fingerprint(parts: Iterable[str]) -> str:
    """Return the hash of ``parts``."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def pinned(lock: str, *packages: str) -> list[str]:
    """Return the lines ``package==version`` of ``packages`` in the lock file's text."""
    return [line for line in lock.splitlines() if line.partition("==")[0] in packages]


def make_environment() -> None:
    """Make ``.venv`` anew: one without a stamp may be half-made."""
    if VENV.exists():
        shutil.rmtree(VENV)
    if importlib.util.find_spec("ensurepip") is None:
        apt_install([f"python3.{sys.version_info.minor}-venv"])
    must(getattr(sys, "_base_executable", sys.executable), "-m", "venv", str(VENV))


def pip(*words: str) -> None:
    must(str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", *words)


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


STEPS = (
    Step(
        "environment",
        "making .venv (an old or half-made one goes)",
        make_environment,
        lambda: [str(ROOT), os.path.realpath(PYTHON)],  # a moved folder or another Python breaks it
        (PYTHON,),
    ),
    Step(
        "packages",
        "installing the pinned packages (120 MB, the first time some minutes)",
        lambda: pip("--only-binary=:all:", "--require-hashes", "--no-deps", "-r", str(LOCK)),
        lambda: [text_of(LOCK)],
    ),
    Step(
        "project",
        "making hazard-desk a command of .venv",
        lambda: pip("--no-index", "--no-build-isolation", "--no-deps", "-e", str(ROOT)),
        lambda: [text_of(ROOT / "pyproject.toml")],
    ),
    Step(
        "fonts",
        "building the two shipped fonts (half a minute)",
        lambda: must(str(PYTHON), str(FONTS / "build.py")),
        lambda: [text_of(FONTS / "build.py"), *pinned(text_of(LOCK), "fonttools", "pylopdf-fonts-zh-cn")],
        (FONTS / "hazard-desk-serif.ttf", FONTS / "hazard-desk-sans.ttf"),
    ),
    Step(
        "initials",
        "building the table of pinyin initials",
        lambda: must(str(PYTHON), str(INITIALS / "build.py")),
        lambda: [text_of(INITIALS / "build.py"), *pinned(text_of(LOCK), "pypinyin")],
        (FONTS / "initials.txt",),
    ),
)


def install_libraries(screen: Mapping[str, str]) -> None:
    """Install what Qt needs and the programs of a screen from Debian; elsewhere only say what is missing."""
    ldconfig = shutil.which("ldconfig", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    if ldconfig is None:
        return  # Windows
    wanted = QT_LIBRARIES | (SCREEN_LIBRARIES if screen or os.environ.get("DISPLAY") else {})
    known = subprocess.run([ldconfig, "-p"], capture_output=True, encoding="utf-8", check=True).stdout
    missing = [wanted[library] for library in missing_libraries(wanted, known)]
    missing += [package for program, package in screen.items() if not shutil.which(program)]
    if missing and shutil.which("apt-get"):
        apt_install(missing)
    elif missing:
        say(f"warning: what Debian calls {' '.join(missing)} is missing")


def missing_libraries(wanted: Iterable[str], known: str) -> list[str]:
    """Return those of ``wanted`` that are not in ``known``, the answer of ``ldconfig -p``."""
    names = {line.split()[0] for line in known.splitlines() if line.strip()}
    return [library for library in wanted if library not in names]


def apt_install(packages: Sequence[str]) -> None:
    """Install Debian packages as root; stop with the command to type for anyone else."""
    install = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
    if os.name == "nt" or not shutil.which("apt-get"):
        raise Stop(f"install what Debian calls {' '.join(packages)}, then start again")
    if os.geteuid() != 0:
        raise Stop(f"Debian packages are missing; type this, then start again:\n  sudo {' '.join(install)}")
    say(f"system: apt-get installs {' '.join(packages)}")
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    if subprocess.run(install, capture_output=True, check=False).returncode != 0:
        must("apt-get", "update", quiet=True)  # the list of packages may be old or empty
        must(*install, quiet=True)


def run(words: list[str]) -> int:
    """Open the sample desk; without a display make its papers and a picture of every page, and list them."""
    prepare_demo()
    if not headless():
        return call(*program(DEMO), *words)
    say("no display: taking pictures instead of opening the window")
    code = call(*program(DEMO), *words, "shots", "--to", str(DEMO / "shots"))
    for path in sorted(DEMO.glob("out/**/*.*")) + sorted(DEMO.glob("shots/**/*.*")):
        say(str(path.relative_to(ROOT)))
    return code


def test(words: list[str]) -> int:
    """Run every gate, also after one failed; ``words`` go to pytest."""
    prepare(screen=True)
    tests = ["pytest", "--cov", "--cov-report=", *words]
    gates = (["ruff", "check"], ["ruff", "format", "--check"], ["mypy"], tests)
    failed = [" ".join(gate) for gate in gates if not passes(gate)]
    tell_coverage()
    say(f"failed: {', '.join(failed)}" if failed else "all gates passed")
    return 1 if failed else 0


def passes(gate: Sequence[str]) -> bool:
    began = time.monotonic()
    say(f"== {' '.join(gate)}")
    code = call(str(PYTHON), "-m", *gate)
    say(f"   {'FAILED' if code else 'passed'} ({time.monotonic() - began:.1f} s)")
    return code == 0


def tell_coverage() -> None:
    """Print how many of a hundred lines and branches of each room the tests ran."""
    told = subprocess.run(
        [str(PYTHON), "-m", "coverage", "json", "--quiet", "-o", "-"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if told.returncode:
        say("no test measured what it ran")
        return
    for room, count in by_room(json.loads(told.stdout)["files"]).items():
        lines = share(count["covered_lines"], count["num_statements"], "lines")
        branches = share(count["covered_branches"], count["num_branches"], "branches")
        say(f"{room:24}{lines:24}{branches}")


def share(part: int, whole: int, what: str) -> str:
    return f"{100 * part / (whole or 1):5.1f} % of {whole} {what}"


def by_room(files: Mapping[str, Mapping[str, Mapping[str, int]]]) -> dict[str, Counter[str]]:
    """Return what ``coverage json`` counts of each file, added up by room and for all, ``in all``."""
    rooms: dict[str, Counter[str]] = {}
    for name, file in sorted(files.items()):
        parts = Path(name).parts
        for room in ("/".join(parts[: min(2, len(parts) - 1)]), "in all"):
            rooms.setdefault(room, Counter()).update(file["summary"])
    return rooms | {"in all": rooms.pop("in all", Counter())}


def mutate(words: list[str]) -> int:
    """Plant faults and print those that no test notices, and the score."""
    prepare()
    return call(str(PYTHON), "-m", "tests.mutation.run", *words)


def harm(words: list[str]) -> int:
    """Stop restore, create, copy and upgrade at every file event; then kill at random."""
    prepare()
    return call(str(PYTHON), "-m", "tests.harm.run", *words)


def shots(words: list[str]) -> int:
    """Take a picture of every page of the sample desk."""
    prepare_demo()
    return call(*program(DEMO), "shots", "--to", "shots", *words)


def pictures(words: list[str]) -> int:
    """Take the pictures that README.md and the manual show anew, of the sample desk; draw the rooms."""
    code = shots(words)
    wanted = set(re.findall(r"\]\((\S+\.png)\)", "".join(map(text_of, HELP.glob("*.md")))))
    for name in sorted(wanted if not code else ()):
        taken = sorted((ROOT / "shots").glob(f"*-{name}"), key=lambda file: (len(file.name), file.name))
        if not taken:
            raise Stop(f"no picture was taken for {name}")
        shutil.copyfile(taken[0], HELP / name)
    return code or call(str(PYTHON), "docs/rooms.py")


def bench(words: list[str]) -> int:
    """Print the table of speed; ``held``: how long each act holds the window; ``real``: see README.md."""
    prepare()
    others = {"held": "tests/bench", "real": "tests/real/test_score.py"}
    if not words or words[0] not in others:
        return call(str(PYTHON), "-m", "tests.bench.run", *words)
    plain = ("-n0", "-s", "-o", "addopts=", "-o", "faulthandler_timeout=0", "--import-mode=importlib")
    return call(str(PYTHON), "-m", "pytest", *plain, others[words[0]], *words[1:])


def bundle(words: list[str]) -> int:
    """Freeze the program; make and try what is handed out: see resources/setup/build.py."""
    prepare()
    return call(str(PYTHON), "resources/setup/build.py", *words)


def lock(words: list[str]) -> int:
    """Pin every package with the hashes of its files, as ``[tool.uv.pip]`` in pyproject.toml says."""
    STEPS[0].prepare()
    pip(UV)
    compile_lock = ("-m", "uv", "pip", "compile", "--quiet", "pyproject.toml", "--group", "dev")
    return call(str(PYTHON), *compile_lock, "--output-file", LOCK.name, *words)


def prepare_demo() -> None:
    """Prepare, and make the sample desk when there is none: beside its place, moved there when whole."""
    prepare()
    if (DEMO / "desk.db").exists():
        return
    say("demo: making the sample desk in demo/")
    unfinished = ROOT / "demo.part"
    for folder in (unfinished, DEMO):
        shutil.rmtree(folder, ignore_errors=True)
    must(*program(unfinished), "demo", quiet=True)
    unfinished.rename(DEMO)


def program(desk: Path) -> list[str]:
    return [str(PYTHON), "-m", "hazard_desk", "--desk", str(desk)]


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    one.__name__: one for one in (run, test, mutate, harm, shots, pictures, bench, bundle, lock)
}


def headless() -> bool:
    """Whether windows can't be seen here: Linux without a display, or a machine that tests."""
    seen = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return os.environ.get("CI") == "true" or (sys.platform.startswith("linux") and not seen)


def call(*command: str, quiet: bool = False) -> int:
    """Run a command in the project's folder and return its exit code; ``quiet`` shows only its errors."""
    surroundings = dict(os.environ)
    if headless():
        surroundings.setdefault("QT_QPA_PLATFORM", "offscreen")
    shown = subprocess.DEVNULL if quiet else None
    return subprocess.run(command, cwd=ROOT, env=surroundings, stdout=shown, check=False).returncode


def must(*command: str, quiet: bool = False) -> None:
    """Run a command; stop when it fails."""
    code = call(*command, quiet=quiet)
    if code:
        raise Stop(f"this failed with code {code}; mend it and start again:\n  {' '.join(command)}")


def say(text: str) -> None:
    print(text, flush=True)


def main(words: Sequence[str]) -> int:
    """Run one command of ``COMMANDS`` and return its exit code."""
    if not (3, 11) <= sys.version_info[:2] <= (3, 13):
        say("Hazard Desk needs Python 3.11, 3.12 or 3.13")
        return 2
    command = COMMANDS.get(words[0]) if words else None
    if command is None:
        say((__doc__ or "").strip())
        return 2
    try:
        return command(list(words[1:]))
    except Stop as stop:
        print(f"dev.py: {stop}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
