"""Replays the trail of acts against the rows of all books: whatever a row holds is what an act last said."""

from __future__ import annotations

from hazard_desk.store.acts import Undo
from hazard_desk.store.cabinet import Cabinet


def accept_loss(cabinet: Cabinet, lost: str) -> None:
    """Note that the clerk goes on although something is missing or was changed."""
    with cabinet.act("desk.accept", "settings", Undo.FINAL) as act:
        act.done(f"确认后继续使用：{lost.partition('，请用')[0]}")
