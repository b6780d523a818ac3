"""What the document says besides its tasks: groups, stages, and what is doubtful of it as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from PySide6.QtWidgets import QWidget

from hazard_desk.library.annex.annex import Annex
from hazard_desk.library.plans import Group
from ui.tones import AMBER
from ui.widgets.basics import ReadingText


class RestOfPlan(ReadingText):
    """Tells of it, to be read; groups and stages are changed in the desk, where they have their pages."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "领导小组、阶段和需要核对的地方")

    def show_annex(self, annex: Annex) -> None:
        """Show what was read."""
        self.setHtml("".join(_told(annex)))


def rest_count(annex: Annex) -> int:
    """Return how many things there are to be read here."""
    return len(annex.groups) + len(annex.stages) + len(annex.doubts) + len(annex.notes)


def _told(annex: Annex) -> Iterator[str]:
    yield from _part("需要核对", [(doubt, "") for doubt in annex.doubts], AMBER.ink)
    yield from _part("阶段", [(f"{one.name}（{one.deadline}）", one.text) for one in annex.stages])
    yield from _part("领导小组", [(group.name, _members(group)) for group in annex.groups])
    yield from _part("表下的说明", [(note, "") for note in annex.notes])
    if not rest_count(annex):
        yield "<p>正文里没有写领导小组和阶段，启用后可以在台账里补录。</p>"


def _part(heading: str, lines: list[tuple[str, str]], colour: str = "") -> Iterator[str]:
    if lines:
        yield f'<p style="margin-top:8px"><b>{heading}（{len(lines)}）</b></p>'
    for name, text in lines:
        style = f"color:{colour};" if colour else ""
        yield f'<p style="margin:2px 0;{style}">{escape(name)}</p>'
        if text:
            yield f'<p style="margin:0 0 4px 16px">{escape(text).replace(chr(10), "<br>")}</p>'


def _members(group: Group) -> str:
    return "；".join(
        f"{one.role}：{one.person}{f'（{one.post}）' if one.person and one.post else one.post}"
        for one in group.members
    )
