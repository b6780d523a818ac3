"""The papers that are texts: those of ``resources/papers/`` by the names of their files."""

from __future__ import annotations

from functools import cache

from hazard_desk.library import places
from hazard_desk.library.reader import naming
from hazard_desk.papers.wording.reading import ORDER, parse_text
from hazard_desk.papers.wording.tree import PaperText

OURS, CHANGED, OWN = "原文", "已修改", "自拟"
"""Whose words a paper has: the program's, the program's as the office changed them, the office's."""

LEDGER, FORM = "ledger", "progress-form"
"""Texts that tell all papers of a kind: every ledger, every progress form; they are about themselves."""
BINDER, BINDER_TASK = "binder", "binder-task"
"""What texts of the binder are about: all its folders, or one."""
FORM_CHANGES = "form-changes"

_LAST = "500"


@cache
def bundled_texts() -> dict[str, PaperText]:
    """Return the texts that come with the program, in their order, by what the command line calls them."""
    found = {}
    for file in sorted((places.resources() / "papers").glob("*.txt")):
        with naming(file, "文书文本"):
            found[file.stem] = parse_text(file.read_text("utf-8"))
    return dict(sorted(found.items(), key=lambda one: int(one[1].head.get(ORDER, _LAST))))
