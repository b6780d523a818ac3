"""The log of the window: what went wrong and where in the program, for whoever mends it."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from hazard_desk.errors import Trouble
from hazard_desk.store.place import make_own_folder
from hazard_desk.store.troubles import troubles

_ErrorInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
LOG = "window.log"


class _WithoutValues(logging.Formatter):
    """Writes where an error came from and of which kind it is, not what it says: that may quote a record.

    A ``Trouble`` says what the disk did, and of which file.
    """

    def format(self, record: logging.LogRecord) -> str:
        kept, record.exc_text = record.exc_text, None  # as another handler wrote it
        try:
            return super().format(record)
        finally:
            record.exc_text = kept

    def formatException(self, ei: _ErrorInfo) -> str:
        parts: list[str] = []
        error = ei[1]
        while error is not None:
            said = f": {error.message}" if isinstance(error, Trouble) else ""
            parts.append("".join(traceback.format_tb(error.__traceback__)) + type(error).__name__ + said)
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\n\n".join(reversed(parts))


@contextmanager
def logging_to(folder: Path) -> Iterator[None]:
    """Meanwhile write the log to ``LOG`` in ``folder`` too, three files of at most 1 MB.

    Raises ``Trouble`` where the folder cannot be made.
    """
    with troubles(folder):
        if folder.exists() and not folder.is_dir():
            raise Trouble(f"“{folder}”应当是存放日志的文件夹，现在却是一个文件，请把它改名或移走")
        make_own_folder(folder)
    handler = RotatingFileHandler(
        folder / LOG, maxBytes=1_000_000, backupCount=2, encoding="utf-8", delay=True
    )
    handler.setFormatter(_WithoutValues("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.getLogger().addHandler(handler)
    try:
        yield
    finally:
        logging.getLogger().removeHandler(handler)
        handler.close()
