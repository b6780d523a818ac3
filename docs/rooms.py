"""Draws the rooms of the house and who imports whom, from the sources, into ``docs/rooms.svg``.

    python3 dev.py pictures

A room stands above every room that it imports. An arrow that others already imply (from a room to one that a
room between them imports) is left out.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PICTURE = ROOT / "docs" / "rooms.svg"
ROOMS: dict[str, tuple[str, int, tuple[str, ...]]] = {
    "ui": ("the window", -1, ("ui",)),
    "cli": ("the command line", 1, ("hazard_desk.cli", "hazard_desk.console", "hazard_desk.commands")),
    "demo": ("a sample year", 0, ("hazard_desk.demo",)),
    "desk": (
        "one open desk and its parts",
        0,
        (
            "hazard_desk.desk",
            "hazard_desk.exchange",
            "hazard_desk.binder",
            "hazard_desk.printing",
            "hazard_desk.mail",
        ),
    ),
    "papers": ("what leaves as paper", 0, ("hazard_desk.papers",)),
    "sheets": ("what comes and goes as a sheet", 0, ("hazard_desk.sheets",)),
    "figures": ("counting, what is due", 0, ("hazard_desk.figures",)),
    "books": ("the books and their acts", 0, ("hazard_desk.books",)),
    "store": ("the cabinet: SQLite, acts, copies", -1, ("hazard_desk.store",)),
    "library": ("what resources/ defines", 1, ("hazard_desk.library",)),
    "grid": ("a table that comes in", 1, ("hazard_desk.grid",)),
    "rules": ("the law: pure functions", 0, ("hazard_desk.rules",)),
}
"""What it is, its side of the picture, the modules that belong to it; ``errors`` is known to all."""

WIDTH, SIDE, BOX, HEIGHT, GAP = 660, 150, 220, 52, 34


def rooms_of(names: Iterable[str]) -> set[str]:
    """Return the rooms to which imported modules belong."""
    return {
        room
        for room, (_, _, modules) in ROOMS.items()
        for name in names
        if any(name == module or name.startswith(f"{module}.") for module in modules)
    }


def imports() -> dict[str, set[str]]:
    """Return which other rooms each room imports, wherever in its sources."""
    needs: dict[str, set[str]] = {room: set() for room in ROOMS}
    for file in sorted((*ROOT.glob("hazard_desk/**/*.py"), *ROOT.glob("ui/**/*.py"))):
        own = rooms_of([".".join(file.relative_to(ROOT).with_suffix("").parts)])
        tree = ast.parse(file.read_text(encoding="utf-8"))
        named = {
            alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names
        }
        named |= {
            f"{node.module}.{alias.name}"
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }
        for room in own:
            needs[room] |= rooms_of(named) - own
    return needs


def levels(needs: dict[str, set[str]]) -> dict[str, int]:
    """Return how high each room stands: one above the highest that it imports."""
    found: dict[str, int] = {}
    while len(found) < len(needs):
        free = [room for room in needs if room not in found and needs[room] <= found.keys()]
        if not free:
            raise ValueError(f"a circle: {sorted(needs.keys() - found.keys())}")
        found |= {room: 1 + max((found[one] for one in needs[room]), default=-1) for room in free}
    return found


def below(room: str, needs: dict[str, set[str]]) -> set[str]:
    """Return every room that a room needs, itself or through others."""
    return needs[room].union(*(below(one, needs) for one in needs[room]))


def drawing(needs: dict[str, set[str]]) -> str:
    """Return the picture as SVG."""
    height = levels(needs)
    top = max(height.values())
    place = {
        room: (WIDTH // 2 + SIDE * side, 12 + (top - height[room]) * (HEIGHT + GAP))
        for room, (_, side, _) in ROOMS.items()
    }
    lines = [_arrow(place[room], place[one]) for room in ROOMS for one in _shown(room, needs)]
    boxes = [_box(room, *place[room]) for room in ROOMS]
    size = f"0 0 {WIDTH} {24 + (top + 1) * (HEIGHT + GAP) - GAP}"
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{size}" font-family="sans-serif">'
    mark = '<marker id="to" markerWidth="9" markerHeight="8" refX="8" refY="4" orient="auto">'
    tip = "<defs>" + mark + '<path d="M0 0 9 4 0 8z" fill="#52606D"/></marker></defs>'
    return "\n".join((head, tip, *lines, *boxes, "</svg>", ""))


def _shown(room: str, needs: dict[str, set[str]]) -> list[str]:
    implied = set().union(*(below(one, needs) for one in needs[room]))
    return sorted(needs[room] - implied)


def _arrow(above: tuple[int, int], under: tuple[int, int]) -> str:
    (left, top), (right, bottom) = above, under
    ends = f'x1="{left}" y1="{top + HEIGHT}" x2="{right}" y2="{bottom}"'
    return f'<line {ends} stroke="#52606D" stroke-width="1.5" marker-end="url(#to)"/>'


def _box(room: str, middle: int, top: int) -> str:
    frame = f'<rect x="{middle - BOX // 2}" y="{top}" width="{BOX}" height="{HEIGHT}" rx="6"'
    name = f'<text x="{middle}" y="{top + 22}" text-anchor="middle" font-size="17">{escape(room)}</text>'
    what = f'<text x="{middle}" y="{top + 40}" text-anchor="middle" font-size="12" fill="#52606D">'
    return f'{frame} fill="#E6EFF8" stroke="#1F5C99"/>{name}{what}{escape(ROOMS[room][0])}</text>'


def main() -> None:
    PICTURE.write_text(drawing(imports()), encoding="utf-8")


if __name__ == "__main__":
    main()
