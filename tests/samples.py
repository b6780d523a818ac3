"""The sample desk for tests."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from hazard_desk import demo


def make_sample(folder: Path, day: date = demo.SAMPLE_DAY) -> Path:
    """Make the sample desk as it stands on a day, but for its papers, which take long; return its folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(demo, "print_papers", lambda desk: [])
        demo.make_demo(folder, day)
    return folder
