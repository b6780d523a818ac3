"""Rows as aligned text for the console: a Chinese character is as wide as two letters."""

from __future__ import annotations

from collections.abc import Sequence

from hazard_desk.rules.fields import Field, Row
from hazard_desk.rules.wording import letters_wide

_WIDEST = 40


def shown_table(fields: Sequence[Field], rows: Sequence[Row]) -> list[str]:
    """Return a heading line and a line for each row; long texts are cut with ….

    Only fields shown by default; the whole of every field is in ``--json`` and in the sheets.
    """
    fields = [field for field in fields if field.shown]
    cells = [[_cut(field.show(row[field.name]).replace("\n", " ")) for field in fields] for row in rows]
    cells.insert(0, [field.heading for field in fields])
    widths = [max(letters_wide(line[place]) for line in cells) for place in range(len(fields))]
    return [
        "  ".join(
            cell + " " * (width - letters_wide(cell)) for cell, width in zip(line, widths, strict=True)
        ).rstrip()
        for line in cells
    ]


def _cut(text: str) -> str:
    if letters_wide(text) <= _WIDEST:
        return text
    while letters_wide(text) > _WIDEST - 2:
        text = text[:-1]
    return text + "…"
