"""The clerk's first month by keyboard alone: from the first start to the month that is closed.

Run as a program on a screen: the walk goes on beside the command ``hazard-desk`` itself.
"""

from __future__ import annotations

import runpy
import sys
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer

from tests.ui.walk.walker import Walker
from ui.application import make_application

COMMAND = Path(sys.executable).with_name("hazard-desk")


def walk(clerk: Walker) -> None:
    """What she does, key by key."""
    begin(clerk)
    clerk.leave("alt+F4")


def begin(clerk: Walker) -> None:
    """The first start: her office, the plan, where it is kept, where copies go."""
    clerk.until_window("隐患工作台")
    clerk.to("新建台账")
    clerk.press("Return")


def main() -> None:
    """Start the program as she does, and walk."""
    make_application(offscreen_allowed=False)
    walker = Walker()
    QTimer.singleShot(0, partial(walker.start, walk))
    sys.argv[0] = str(COMMAND)
    runpy.run_path(str(COMMAND), run_name="__main__")


if __name__ == "__main__":
    main()
