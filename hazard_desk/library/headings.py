"""What the columns of our ledgers are called, by us and by other offices: the synonyms are data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from hazard_desk.grid.blocks import side_by_side
from hazard_desk.grid.grid import Grid
from hazard_desk.grid.headings import Names
from hazard_desk.grid.senses import Lexicon
from hazard_desk.grid.understanding import Understood, understand_columns
from hazard_desk.grid.values import Knowledge
from hazard_desk.grid.wording import Wording
from hazard_desk.library import places
from hazard_desk.library.reader import list_of_texts, naming, read_toml, wrong
from hazard_desk.rules.fields import NUMBERS, Field, Kind

_OF_KIND = {
    Kind.DATE: "date",
    Kind.MOMENT: "date",
    Kind.CHOICE: "choice",
    Kind.BOOL: "choice",
    Kind.LONG: "prose",
    **dict.fromkeys(NUMBERS, "amount"),
}


@cache
def synonyms() -> dict[str, tuple[str, ...]]:
    """Return other names by the declared label, or by label/name where two fields share a label.

    ``Refused`` names the key that is wrong.
    """
    path = places.resources() / "sheets" / "headings.toml"
    with naming(path, "栏目名称文件"):
        return {label: list_of_texts(label, told) for label, told in read_toml(path).items()}


@cache
def aside() -> tuple[str, ...]:
    """Return the headings that are known and never taken in. ``Refused`` names the key that is wrong."""
    path = places.resources() / "sheets" / "aside.toml"
    with naming(path, "栏目名称文件"):
        return list_of_texts("names", read_toml(path).get("names"))


@cache
def lexicon() -> Lexicon:
    """Return the words that headings are made of. ``Refused`` names the key that is wrong."""
    path = places.resources() / "sheets" / "senses.toml"
    with naming(path, "同义词文件"):
        told = read_toml(path)
        same = told.get("same")
        if not isinstance(same, list):
            raise wrong("same", "应为列表。")
        kinds = told.get("kinds")
        if not isinstance(kinds, dict):
            raise wrong("kinds", "应为表。")
        words = [list_of_texts(f"same[{place}]", one) for place, one in enumerate(same)]
        idle, light = (list_of_texts(key, told.get(key)) for key in ("idle", "light"))
        return Lexicon(words, idle, light, {kind: list_of_texts(kind, one) for kind, one in kinds.items()})


def understand(
    grid: Grid, fields: Sequence[Field], known: Knowledge | None = None, least: int = 2
) -> Understood | None:
    """Return what the columns of a grid mean for a ledger with these fields; None where no heading is found.

    ``least`` is how many columns must be known for a row to be its heading.
    """
    return understand_columns(grid, fields, words_of(tuple(fields)), known or Knowledge(), least)


def understand_all(
    grid: Grid, fields: Sequence[Field], known: Knowledge | None = None, least: int = 2
) -> list[Understood]:
    """Return the same of each table that stands beside others in a sheet; none where no heading is found."""
    beside = side_by_side(grid)
    if len(beside) > 1:
        whole = [part for one in beside if (part := understand(one, fields, known, least))]
        if len(whole) == len(beside):
            return whole
    one = understand(grid, fields, known, least)
    return [one] if one else []


@lru_cache(64)
def words_of(fields: tuple[Field, ...]) -> Wording:
    """Return what columns with these fields may be called: as they are declared, else by a synonym."""
    return wording(fields, {one.name: synonyms_of(one) for one in fields}, aside())


def synonyms_of(field: Field) -> tuple[str, ...]:
    """Return the synonyms of a field, the surest first."""
    known = synonyms()
    return (*known.get(field.label, ()), *known.get(f"{field.label}/{field.name}", ()))


def wording(fields: Sequence[Field], names: Names, kept_aside: Iterable[str]) -> Wording:
    """Return the same with other synonyms, and other headings that are kept aside."""
    declared = {field.name: (field.label, field.heading) for field in fields}
    return Wording({one.name: kind_of(one) for one in fields}, declared, names, kept_aside, lexicon())


def kind_of(field: Field) -> str:
    """Return what a field holds as headings and values tell it: date, person, phone …; '' for any text."""
    if field.kind in _OF_KIND:
        return _OF_KIND[field.kind]
    said = _kind_said(field.label)
    return "span" if said == "date" else said


@lru_cache(4096)
def _kind_said(label: str) -> str:
    words = lexicon()
    return words.kind(words.senses(label))
