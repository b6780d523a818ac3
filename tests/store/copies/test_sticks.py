"""What is told of a file on a stick."""

from __future__ import annotations

from pathlib import Path

import pytest

from hazard_desk.store.copies import places
from hazard_desk.store.copies.places import on_stick, saved_at


@pytest.mark.parametrize(
    ("path", "is_one"),
    [
        ("/media/u/KINGSTON/台账.xlsx", True),
        ("/run/media/u/盘/a", True),
        ("/home/media/a", False),
        ("a", False),
    ],
)
def test_where_linux_keeps_sticks(path: str, is_one: bool) -> None:
    assert on_stick(Path(path)) is is_one
    said = saved_at(Path(path))
    assert said == (f"已保存，可以拔出U盘：{path}" if is_one else f"已保存：{path}")


def test_a_drive_that_can_be_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not on_stick(tmp_path)
    monkeypatch.setattr(places, "removable_drives", lambda: [Path(tmp_path.anchor)])
    assert on_stick(tmp_path / "台账.xlsx")
