"""Where the files that come with the program lie."""

from __future__ import annotations

import sys
from pathlib import Path


def resources() -> Path:
    """Return the folder ``resources``: inside the bundle (PyInstaller), else of the repository."""
    bundle = getattr(sys, "_MEIPASS", None)
    root = Path(bundle) if bundle else Path(__file__).resolve().parents[2]
    return root / "resources"
