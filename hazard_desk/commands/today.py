"""The command of the inbox: what waits for the clerk today."""

from __future__ import annotations

import argparse

from hazard_desk.commands.answers import Answer, Command, reading
from hazard_desk.console import shown_table
from hazard_desk.figures.inbox.item import INBOX_FIELDS


def register(command: Command) -> None:
    """Make the command of this family."""
    command("today", _today, "今天要办：所有台账和方案里等着办的事，按后果轻重排列")


def _today(args: argparse.Namespace) -> Answer:
    with reading(args) as desk:
        items = desk.inbox().today
    rows = [item.row() for item in items]
    return Answer(rows, [*shown_table(INBOX_FIELDS, rows), f"共{len(rows)}项"])
