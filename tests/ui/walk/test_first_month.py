"""By keyboard alone, in a real window on a real screen: first start, import, ten acts, the month closed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ui.walk.screen import missing, screen

LIMIT_S = 240


@pytest.mark.skipif(bool(missing()) and not os.environ.get("CI"), reason=f"not installed: {missing()}")
def test_the_first_month_by_keyboard_alone(tmp_path: Path) -> None:
    assert not missing()
    home = {
        "HOME": str(tmp_path),
        "XDG_DATA_HOME": str(tmp_path / "data"),
        "XDG_CONFIG_HOME": str(tmp_path / "c"),
    }
    words = [sys.executable, "-m", "tests.ui.walk.first_month", "--today", "2023-06-27"]
    with screen() as seen:
        walked = subprocess.run(
            words, env={**seen, **home}, capture_output=True, encoding="utf-8", timeout=LIMIT_S, check=False
        )
    assert walked.returncode == 0, walked.stdout + walked.stderr
