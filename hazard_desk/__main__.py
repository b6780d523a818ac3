"""``python -m hazard_desk``: puts the command line and the window together.

The core knows no screen; here, outside of it, the window is found by name when it is wanted.
"""

from __future__ import annotations

import sys
from pkgutil import resolve_name
from typing import cast

from hazard_desk.cli import main as run
from hazard_desk.commands.answers import Window
from hazard_desk.sheets.reading.apart import READ_APART
from hazard_desk.sheets.reading.apart import main as read_apart

WINDOW = "ui.app"


def _window() -> Window:
    return cast(Window, resolve_name(WINDOW))


def main() -> int:
    """Run the program; return its exit code."""
    if sys.argv[1:2] == [READ_APART]:
        return read_apart(*sys.argv[2:4])
    return run(window=_window)


if __name__ == "__main__":
    sys.exit(main())
