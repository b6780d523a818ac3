"""What the labels of statistics mean: the words that they are made of, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from hazard_desk.grid.headings import bare, normal
from hazard_desk.library import places
from hazard_desk.library.reader import list_of_texts, naming, read_toml, wrong
from hazard_desk.rules.fields import Value

Meanings = tuple[tuple[str, str], ...]
"""What a word says: noun, event=rectified, level=重大 … as pairs."""
_ANY, _IDLE, _OFFICE = "any", "idle", "office"


@dataclass(frozen=True)
class FigureWords:
    """The words of labels."""

    idle: frozenset[str]
    any: Mapping[str, Meanings]
    """Words that mean the same for every ledger: units and times."""
    ledgers: Mapping[str, Mapping[str, Meanings]]
    """By ledger: its words."""
    office: Mapping[str, str]
    """What a form asks of the office itself, by label: office, clerk, phone, today, as_of."""


@cache
def figure_words() -> FigureWords:
    """Return the words of labels. ``Refused`` names the key that is wrong."""
    path = places.resources() / "sheets" / "figures.toml"
    with naming(path, "统计标签文件"):
        told = read_toml(path)
        office = {
            form: name
            for name, words in _words(_OFFICE, told.get(_OFFICE)).items()
            for word in words
            for form in (normal(word), bare(word))
        }
        ledgers = {
            name: _meanings(name, one) for name, one in told.items() if name not in (_ANY, _IDLE, _OFFICE)
        }
        idle = frozenset(normal(word) for word in list_of_texts(_IDLE, told.get(_IDLE)))
        return FigureWords(idle, _meanings(_ANY, told.get(_ANY)), ledgers, office)


def _meanings(name: str, told: Value) -> dict[str, Meanings]:
    found: dict[str, Meanings] = {}
    for key, words in _words(name, told).items():
        meanings = tuple((part.partition("=")[0], part.partition("=")[2]) for part in key.split())
        found.update(dict.fromkeys(map(normal, words), meanings))
    return found


def _words(name: str, told: Value) -> dict[str, tuple[str, ...]]:
    if not isinstance(told, Mapping):
        raise wrong(name, "应为表。")
    return {key: list_of_texts(f"{name}.{key}", words) for key, words in told.items()}
