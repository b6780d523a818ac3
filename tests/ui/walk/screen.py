"""A screen of its own for a test: Xvfb with a window manager, on which real keys reach a real window."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from subprocess import DEVNULL

NEEDED = ("Xvfb", "openbox", "xdotool")
SIZE = "1366x768x24"
"""The clerk's screen."""


def missing() -> list[str]:
    """Return what of the screen is not on this machine."""
    return [program for program in NEEDED if shutil.which(program) is None]


@contextmanager
def screen() -> Iterator[Mapping[str, str]]:
    """Yield the environment in which programs open their windows on the screen."""
    reader, writer = os.pipe()
    words = ["Xvfb", "-displayfd", str(writer), "-screen", "0", SIZE, "-nolisten", "tcp"]
    with running(subprocess.Popen(words, pass_fds=(writer,), stdout=DEVNULL, stderr=DEVNULL)):
        os.close(writer)
        with os.fdopen(reader, encoding="ascii") as told:
            number = told.readline().strip()
        assert number, "Xvfb did not start"
        seen = {**os.environ, "DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
        with running(subprocess.Popen(["openbox"], env=seen, stdout=DEVNULL, stderr=DEVNULL)):
            yield seen


@contextmanager
def running(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """Let a process run as long as it is needed."""
    try:
        yield
    finally:
        process.terminate()
        process.wait()
