"""A second start calls the window that shows the desk."""

from __future__ import annotations

from pathlib import Path

import pytest

from hazard_desk.store.starting import calling
from hazard_desk.store.starting.calling import CallBox, Called


def answering(box: CallBox, taken: list[Called | None]):
    """What happens while the second start waits: the window looks once."""

    def wait(seconds: float) -> None:
        taken.append(box.take())

    return wait


def test_a_window_that_listens_is_called(user_folder: Path, folder: Path, tmp_path: Path):
    taken: list[Called | None] = []
    box = CallBox(folder)
    with box.open():
        assert CallBox(folder).call(None, answering(box, taken))
        assert CallBox(folder).call(tmp_path / "备份.zip", answering(box, taken))
    assert taken == [Called(), Called(tmp_path / "备份.zip")]
    assert list((user_folder / "windows").iterdir()) == []


def test_the_same_desk_by_another_name_is_the_same_window(user_folder: Path, folder: Path, monkeypatch):
    folder.mkdir()
    monkeypatch.chdir(folder)
    taken: list[Called | None] = []
    box = CallBox(folder)
    with box.open():
        assert CallBox(Path()).call(None, answering(box, taken))
        assert not CallBox(folder.with_name("别的台账")).call(None, answering(box, taken))


def test_nobody_is_called_where_no_window_listens(user_folder: Path, folder: Path):
    assert not CallBox(folder).call(None, lambda seconds: pytest.fail("nobody is waited for"))


def test_a_window_that_hangs_leaves_no_call_behind(user_folder: Path, folder: Path):
    waited: list[float] = []
    box = CallBox(folder)
    with box.open():
        assert not CallBox(folder).call(None, waited.append)
        assert box.take() is None, "it would come up long after"
    assert len(waited) == calling._TRIES


def test_a_call_that_is_half_written_is_none(user_folder: Path, folder: Path):
    box = CallBox(folder)
    with box.open():
        box._call.write_text('{"copy', encoding="utf-8")
        assert box.take() is None


def test_where_nothing_can_be_written_the_window_opens_all_the_same(
    tmp_path: Path, folder: Path, monkeypatch
):
    (tmp_path / "file").touch()
    monkeypatch.setenv("HAZARD_DESK_USER_FOLDER", str(tmp_path / "file"))
    with CallBox(folder).open():
        assert not CallBox(folder).call(None)
