"""Reads ``docs/recipes.md`` and does what it says: its blocks, literally, in a copy of the project."""

from __future__ import annotations

import filecmp
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
BOOK = ROOT / "docs" / "recipes.md"
COPIED = ("hazard_desk", "ui", "resources", "tests")
HEAD = Path("hazard_desk/store/dbfile.py")

_RECIPE = re.compile(r"^## (.+)$", re.M)
_BLOCK = re.compile(r"^`([^`\s]+)`\n```(\w+)\n(.*?)^```$", re.M | re.S)
_FENCE = re.compile(r"^```", re.M)


@dataclass(frozen=True)
class Block:
    """What becomes of one file: its whole text, or changes of the one that is there."""

    file: str
    language: str
    text: str

    def apply(self, root: Path, number: int) -> None:
        """Do it below ``root``, where the next migration has this number."""
        file = root / self.file.replace("NNNN", f"{number:04}")
        if self.language != "diff":
            assert not file.exists(), f"{self.file} is no new file"
            file.parent.mkdir(exist_ok=True)
            file.write_text(self.text, encoding="utf-8")
            return
        text = file.read_text(encoding="utf-8")
        for old, new in _changes(
            self.text.replace("= M\n", f"= {number - 1}\n").replace("= N\n", f"= {number}\n")
        ):
            assert text.count(old) == 1, f"{self.file} has no such place, or several:\n{old}"
            text = text.replace(old, new)
        file.write_text(text, encoding="utf-8")


def _changes(block: str) -> Iterator[tuple[str, str]]:
    """Yield what stands there and what comes in its place, for each part of a block of changes."""
    for part in re.split(r"^@@\n", block, flags=re.M):
        lines = part.splitlines(keepends=True)
        assert all(line[0] in " +-" or line == "\n" for line in lines), part
        old = "".join(line[1:] or line for line in lines if line[0] != "+")
        yield old, "".join(line[1:] or line for line in lines if line[0] != "-")


@dataclass(frozen=True)
class Recipe:
    """One recipe: its title and its blocks."""

    title: str
    blocks: tuple[Block, ...]

    @property
    def files(self) -> set[str]:
        return {block.file for block in self.blocks}

    def apply(self, root: Path) -> None:
        """Do every block below ``root``."""
        number = self.number(root)
        for block in self.blocks:
            block.apply(root, number)

    @staticmethod
    def number(root: Path) -> int:
        """Return the number of the next migration."""
        head = re.search(r"^HEAD = (\d+)$", (root / HEAD).read_text(encoding="utf-8"), re.M)
        assert head is not None
        return int(head[1]) + 1


def recipes() -> dict[str, Recipe]:
    """Return the recipes by their titles, in their order."""
    parts = _RECIPE.split(BOOK.read_text(encoding="utf-8"))[1:]
    found = {}
    for title, text in zip(parts[::2], parts[1::2], strict=True):
        blocks = tuple(Block(*block) for block in _BLOCK.findall(text))
        assert 2 * len(blocks) == len(_FENCE.findall(text)), f"{title}: a block without the name of its file"
        found[title] = Recipe(title, blocks)
    return found


def copy_project(to: Path) -> Path:
    """Copy what the program is made of, and its tests; return the copy."""
    for folder in COPIED:
        shutil.copytree(ROOT / folder, to / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copyfile(ROOT / "pyproject.toml", to / "pyproject.toml")
    return to


def changed(copy: Path) -> set[str]:
    """Return every file that is not in the copy as it is here; what Python compiled is none."""
    files = {file.relative_to(copy) for top in COPIED for file in (copy / top).rglob("*") if file.is_file()}
    return {
        file.as_posix()
        for file in files
        if "__pycache__" not in file.parts
        and not ((ROOT / file).exists() and filecmp.cmp(ROOT / file, copy / file, shallow=False))
    }
