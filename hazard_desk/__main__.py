"""``python -m hazard_desk``: puts the command line and the window together.

The core knows no screen; here, outside of it, the window is found by name when it is wanted.
"""

from __future__ import annotations

import sys
from pkgutil import resolve_name
from typing import TYPE_CHECKING, cast

from hazard_desk.apart import APART, be_apart

if TYPE_CHECKING:
    from hazard_desk.commands.answers import Window

WINDOW = "ui.app"


def _window() -> Window:
    return cast("Window", resolve_name(WINDOW))


def main() -> int:
    """Run the program; return its exit code."""
    if sys.argv[1:2] == [APART]:
        return be_apart(*sys.argv[2:])
    from hazard_desk.cli import main as run  # not for the work apart, which is to begin at once

    return run(window=_window)


if __name__ == "__main__":
    sys.exit(main())
