"""The command of the inbox: what waits for the clerk today."""

from __future__ import annotations

import argparse
from datetime import date

from hazard_desk.commands.answers import Answer, Command, reading
from hazard_desk.figures.inbox.item import InboxItem


def register(command: Command) -> None:
    """Make the command of this family."""
    command("today", _today, "今天要办：各本台账和正在用的方案里等着办的事，按后果轻重排列")


def _today(args: argparse.Namespace) -> Answer:
    with reading(args) as desk:
        today, items = desk.today, desk.inbox().today
    lines = [line for item in items for line in _told(item, today)]
    return Answer([item.row() for item in items], [*lines, f"共{len(items)}项"])


def _told(item: InboxItem, today: date) -> list[str]:
    """Return what an item says, nothing of it cut: how grave and what, who and when, what next and why."""
    head = f"{item.rank:>2}　{item.kind_label}　{item.title}"
    below = (item.standing(today), f"下一步：{item.next.words}。{item.why}。")
    return [head, *(f"    {line}" for line in below if line)]
