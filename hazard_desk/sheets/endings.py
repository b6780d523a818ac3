"""The kinds of files that are read, by the endings of their names, for whoever asks for one.

What a file is is told by its content; these only say which files are shown.
"""

from __future__ import annotations

from collections.abc import Iterable

TABLES = (".xlsx", ".xls", ".et", ".csv", ".xlsm", ".docx", ".doc", ".wps", ".txt")
"""Files that may hold tables."""
DOCUMENTS = (*TABLES, ".pdf")
"""Files that may hold text or tables. Of a PDF only its text is read."""


def patterns(endings: Iterable[str]) -> str:
    """Return the endings as dialogs that ask for a file have them: *.xlsx *.xls."""
    return " ".join(f"*{ending}" for ending in endings)
