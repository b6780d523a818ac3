"""A finished file stands on disk whole, or what stood there stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from hazard_desk.errors import Trouble
from hazard_desk.store import saving
from hazard_desk.store.saving import insist, restored_on_failure, save


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.rglob("*") if file.is_file())


def test_it_is_written_with_the_folders_it_needs(tmp_path: Path) -> None:
    to = tmp_path / "迎检" / "六月" / "台账.pdf"
    save(b"one", to)
    save(b"two", to)
    assert to.read_bytes() == b"two"
    assert names(tmp_path) == ["台账.pdf"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (PermissionError(13, "in use"), "无法写入“{}”，请先关闭正在打开的这个文件，或换一个位置保存"),
        (OSError(28, "No space left on device"), "“{}”磁盘已满，请清理后再试"),
        (IsADirectoryError(21, "Is a directory"), "无法写入“{}”：是一个文件夹，不是文件"),
        (OSError("strange"), "无法写入“{}”（strange），请检查文件夹和磁盘"),
    ],
)
def test_what_goes_wrong_is_told_and_the_old_file_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wrong: OSError, said: str
) -> None:
    to = tmp_path / "台账.pdf"
    save(b"one", to)

    def fail(file: Path, target: Path) -> None:
        raise wrong

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(Trouble) as caught:
        save(b"two", to)
    assert caught.value.message == said.format(to)
    assert caught.value.__cause__ is wrong
    assert to.read_bytes() == b"one"
    assert names(tmp_path) == ["台账.pdf"]


def test_the_first_trouble_is_told_though_the_rest_cannot_be_cleared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(file: Path, *words: object, **named: object) -> None:
        raise PermissionError(13, "in use")

    monkeypatch.setattr(Path, "replace", fail)
    monkeypatch.setattr(Path, "unlink", fail)
    with pytest.raises(Trouble, match="请先关闭"):
        save(b"two", tmp_path / "台账.pdf")


def test_a_file_where_a_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "迎检").touch()
    with pytest.raises(Trouble, match="不是文件夹，请检查路径"):
        save(b"one", tmp_path / "迎检" / "台账.pdf")


def test_what_could_not_be_read_is_not_taken_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Word holds the file: nobody can say what stood there, but it stays."""
    to = tmp_path / "台账.pdf"
    to.write_bytes(b"one")

    def held(file: Path) -> bytes:
        raise PermissionError(13, "in use")

    monkeypatch.setattr(Path, "read_bytes", held)
    with pytest.raises(Trouble), restored_on_failure(to):
        raise Trouble("x")
    monkeypatch.undo()
    assert to.read_bytes() == b"one"


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no such device here")
def test_a_device_is_not_read_to_its_end() -> None:
    with pytest.raises(Trouble), restored_on_failure(Path("/dev/zero")):
        raise Trouble("x")
    assert Path("/dev/zero").exists()


class Held(PermissionError):
    """What Windows says of a file that another program has open."""

    def __init__(self, winerror: int) -> None:
        super().__init__(13, "in use")
        self.winerror = winerror


@pytest.mark.parametrize("winerror", [5, 32, 33])
@pytest.mark.parametrize("times", [0, 1, 7])
def test_what_a_scanner_holds_is_tried_again(winerror: int, times: int) -> None:
    waited: list[float] = []
    tries = iter([Held(winerror)] * times)

    def act() -> str:
        for wrong in tries:
            raise wrong
        return "done"

    assert insist(act, waited.append) == "done"
    assert len(waited) == times


def test_what_stays_held_is_told_after_a_second() -> None:
    waited: list[float] = []

    def act() -> None:
        raise Held(32)

    with pytest.raises(Held):
        insist(act, waited.append)
    assert 0.9 < sum(waited) < 1.2


@pytest.mark.parametrize("wrong", [PermissionError(13, "no right"), OSError(28, "full"), Held(112)])
def test_what_time_does_not_mend_is_told_at_once(wrong: OSError) -> None:
    def act() -> None:
        raise wrong

    with pytest.raises(OSError):
        insist(act, lambda seconds: pytest.fail("nobody waits"))


def test_a_scanner_hinders_no_saving(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace, held = Path.replace, iter([Held(32), Held(5)])

    def busy(file: Path, to: Path) -> Path:
        for wrong in held:
            raise wrong
        return replace(file, to)

    monkeypatch.setattr(saving, "_WAITS", (0, 0))
    monkeypatch.setattr(Path, "replace", busy)
    save(b"one", tmp_path / "台账.pdf")
    assert names(tmp_path) == ["台账.pdf"]
