"""The log of the window: what went wrong and where in the program, for whoever mends it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from logging.handlers import RotatingFileHandler
from pathlib import Path

from hazard_desk.errors import Trouble
from hazard_desk.store.place import make_own_folder
from hazard_desk.store.troubles import troubles

LOG = "window.log"


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
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.getLogger().addHandler(handler)
    try:
        yield
    finally:
        logging.getLogger().removeHandler(handler)
        handler.close()
