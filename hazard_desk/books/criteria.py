"""The standards to choose a hazard's 判定依据 from: the office's own register before the bundled ones."""

from __future__ import annotations

from collections.abc import Sequence

from hazard_desk.books.registers import REGISTER as OF
from hazard_desk.books.registers import RegisterRow
from hazard_desk.library.criteria import bundled_criteria, cited
from hazard_desk.store.cabinet import Cabinet

REGISTER = "criteria"
"""The register in which the office keeps standards of its own."""
REPEALED = "已废止"


def offered(cabinet: Cabinet, entered: Sequence[str]) -> list[str]:
    """Return the standards in force as papers cite them, then what was ``entered`` in other words.

    A standard that the office entered stands for the bundled one of the same name.
    """
    own = cabinet.column(RegisterRow.select(RegisterRow.facts).where(OF == REGISTER))
    titles = {facts["title"] for facts in own}
    found = [cited(facts["title"], facts.get("number", "")) for facts in own if facts["state"] != REPEALED]
    found += [cited(one.title, one.number) for one in bundled_criteria() if one.title not in titles]
    return list(dict.fromkeys([*found, *entered]))
