"""The papers that are texts: those of ``resources/papers/`` by the names of their files."""

from __future__ import annotations

from functools import cache

from hazard_desk.library import places
from hazard_desk.library.reader import naming
from hazard_desk.papers.wording.reading import parse_text
from hazard_desk.papers.wording.tree import PaperText

OURS, CHANGED, OWN = "原文", "已修改", "自拟"
"""Whose words a paper has: the program's, the program's as the office changed them, the office's."""


@cache
def bundled_texts() -> dict[str, PaperText]:
    """Return the texts that come with the program, by the name of the paper on the command line."""
    found = {}
    for file in sorted((places.resources() / "papers").glob("*.txt")):
        with naming(file, "文书文本"):
            found[file.stem] = parse_text(file.read_text("utf-8"))
    return found
