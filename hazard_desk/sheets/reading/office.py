"""LibreOffice, where one is installed: it makes a .docx of a text that cannot be read here.

It is never on the clerk's own computer, but it may be on the next one. It works on a copy, in a folder of
its own that is gone afterwards, with settings of its own, and not longer than a minute.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_SECONDS = 60
_CALLED = ("soffice", "libreoffice")


@contextmanager
def made_into_docx(file: Path) -> Iterator[Path | None]:
    """Give the file as a .docx for the time of the block; None where that cannot be made."""
    program = next((found for name in _CALLED if (found := shutil.which(name))), None)
    if program is None:
        yield None
        return
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        came = Path(scratch) / f"came{file.suffix}"
        shutil.copyfile(file, came)
        _run([program, *_words(Path(scratch)), str(came)])
        made = came.with_suffix(".docx") if came.suffix != ".docx" else Path(scratch) / "none"
        yield made if made.is_file() else None


def _words(scratch: Path) -> list[str]:
    profile = f"-env:UserInstallation={(scratch / 'profile').as_uri()}"
    return [profile, "--headless", "--norestore", "--convert-to", "docx", "--outdir", str(scratch)]


def _run(command: list[str]) -> None:
    """Run it and end it with all that it started, also when it does not come back."""
    silent = subprocess.DEVNULL
    with suppress(OSError):
        running = subprocess.Popen(command, stdout=silent, stderr=silent, start_new_session=True)
        try:
            running.wait(_SECONDS)
        except subprocess.TimeoutExpired:
            if sys.platform != "win32":
                os.killpg(running.pid, signal.SIGKILL)
            running.kill()
            running.wait()
