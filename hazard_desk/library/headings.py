"""How other offices call the columns of our ledgers: the synonyms of headings, as data."""

from __future__ import annotations

from functools import cache

from hazard_desk.library import places
from hazard_desk.library.reader import naming, read_toml, wrong


@cache
def synonyms() -> dict[str, tuple[str, ...]]:
    """Return other names by the declared label. ``Refused`` names the key that is wrong."""
    path = places.resources() / "sheets" / "headings.toml"
    with naming(path, "栏目名称文件"):
        table = read_toml(path)
        for label, names in table.items():
            if not isinstance(names, list) or not all(isinstance(name, str) and name for name in names):
                raise wrong(label, "应为文字的列表。")
    return {label: tuple(names) for label, names in table.items()}
