"""The kinds of files that are read, by the endings of their names, for whoever asks for one.

What a file is is told by its content; these only say which files are shown.
"""

from __future__ import annotations

TABLES = (".xlsx", ".xls", ".et", ".csv", ".xlsm", ".docx", ".doc", ".wps", ".txt")
"""Files that may hold tables."""
DOCUMENTS = (*TABLES, ".pdf")
"""Files that may hold text or tables. Of a PDF only its text is read."""
