"""What stands beside what: lines and columns of widgets, each laid out by one call."""

from __future__ import annotations

from typing import NamedTuple, TypeVar

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from ui.style import GAP


class Stretch(NamedTuple):
    """Takes what room is left; without a piece that room stays empty."""

    piece: QWidget | QLayout | None = None


Piece = QWidget | QLayout | Stretch
Edges = int | tuple[int, int, int, int]
"""Pixels around a layout: all four alike, or left, top, right, bottom."""
Box = TypeVar("Box", bound=QBoxLayout)


def across(*pieces: Piece, within: QWidget | None = None, edges: Edges = 0, gap: int = GAP) -> QHBoxLayout:
    """Return a line of pieces from left to right, filling ``within`` or to be put into another layout."""
    return _laid(QHBoxLayout(), pieces, within, edges, gap)


def down(*pieces: Piece, within: QWidget | None = None, edges: Edges = 0, gap: int = GAP) -> QVBoxLayout:
    """Return a column of pieces from top to bottom, filling ``within`` or to be put into another layout."""
    return _laid(QVBoxLayout(), pieces, within, edges, gap)


def lay(layout: QBoxLayout, *pieces: Piece) -> None:
    """Put further pieces at the end of a line or column."""
    for piece in pieces:
        what, share = (piece.piece, 1) if isinstance(piece, Stretch) else (piece, 0)
        if what is None:
            layout.addStretch(share)
        elif isinstance(what, QWidget):
            layout.addWidget(what, share)
        else:
            layout.addLayout(what, share)


def _laid(layout: Box, pieces: tuple[Piece, ...], within: QWidget | None, edges: Edges, gap: int) -> Box:
    layout.setContentsMargins(*(edges if isinstance(edges, tuple) else (edges,) * 4))
    layout.setSpacing(gap)
    lay(layout, *pieces)
    if within is not None:
        within.setLayout(layout)
    return layout
