"""What the columns of our ledgers are called, by us and by other offices: the synonyms are data."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from hazard_desk.grid.headings import Vocabulary
from hazard_desk.library import places
from hazard_desk.library.reader import naming, read_toml, wrong
from hazard_desk.rules.fields import Field, Value


@cache
def synonyms() -> dict[str, tuple[str, ...]]:
    """Return other names by the declared label. ``Refused`` names the key that is wrong."""
    path = places.resources() / "sheets" / "headings.toml"
    with naming(path, "栏目名称文件"):
        return {label: _names(label, told) for label, told in read_toml(path).items()}


def _names(label: str, told: Value) -> tuple[str, ...]:
    if not isinstance(told, list) or not all(isinstance(name, str) and name for name in told):
        raise wrong(label, "应为文字的列表。")
    return tuple(told)


def words_of(fields: Sequence[Field]) -> Vocabulary:
    """Return what columns with these fields may be called: as they are declared, else by a synonym."""
    declared = {field.name: (field.label, field.heading) for field in fields}
    return Vocabulary(declared, {field.name: synonyms().get(field.label, ()) for field in fields})
