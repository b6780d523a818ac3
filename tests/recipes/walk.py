"""What the walks share: the copy is tried, not the house; its commands and its window."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from datetime import date
from pathlib import Path
from typing import Any

import hazard_desk
from hazard_desk.cli import main
from hazard_desk.desk import Desk

TODAY = date(2023, 6, 1)
FOLDER = Path(sys.argv[1])
OUT = FOLDER / "out"

assert Path(hazard_desk.__file__).is_relative_to(Path.cwd()), "the copy is tried, not the house"


def run(*words: object) -> Any:
    """Run a command on the desk and return the value that it prints."""
    said = io.StringIO()
    with redirect_stdout(said):
        code = main(["--desk", str(FOLDER), "--today", TODAY.isoformat(), *map(str, words), "--json"])
    assert code == 0, words
    return json.loads(said.getvalue())


def text_of(file: Path) -> str:
    """Return every text in a spreadsheet, a Word file or a PDF."""
    if file.suffix == ".xlsx":
        import openpyxl

        book = openpyxl.load_workbook(file)
        return "\n".join(str(cell.value) for sheet in book for row in sheet for cell in row if cell.value)
    if file.suffix == ".docx":
        import docx

        return "".join(
            text.text or "" for text in docx.Document(str(file)).element.iter() if text.tag.endswith("}t")
        )
    import pypdfium2

    return "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(str(file)))


@contextmanager
def window(desk: Desk) -> Iterator[Any]:
    """The real window on the desk."""
    from ui.application import make_application
    from ui.jobs import Jobs
    from ui.office import Office
    from ui.window import MainWindow

    application = make_application()
    opened = MainWindow(Office(desk, Jobs(synchronous=True)))
    opened.show()
    yield opened
    application.processEvents()
    opened.close()
