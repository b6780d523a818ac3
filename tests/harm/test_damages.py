"""A few damages of each file; ``dev.py harm damages`` does many more."""

from __future__ import annotations

from pathlib import Path

from tests.harm.damages import random_damages


def test_no_damage_is_silent_and_none_ends_as_a_bug(tmp_path: Path) -> None:
    ends, wrong = random_damages(tmp_path, 15)
    assert wrong == []
    assert ends["opening"] >= 8
