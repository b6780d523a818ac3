"""The PIN of a desk: kept as a hash, slow after wrong tries, opened by the recovery code too."""

from __future__ import annotations

import shutil

import pytest

from hazard_desk.desk import Desk
from hazard_desk.errors import Refused
from hazard_desk.store.seal.pin import DEFAULT_MINUTES, Pin
from tests.conftest import TODAY

WORD = "8462肖"


class Watch:
    """A clock that is set by hand."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def pin(desk: Desk, watch: Watch) -> Pin:
    made = Pin(desk.cabinet, watch)
    made.choose(WORD, WORD, 20)
    return made


def test_a_new_desk_has_none(desk: Desk) -> None:
    assert not desk.pin.is_set
    assert desk.pin.minutes == DEFAULT_MINUTES
    assert not desk.pin.opens("")


def test_it_opens_and_nothing_else_does(pin: Pin) -> None:
    assert pin.is_set
    assert pin.minutes == 20
    assert pin.opens(WORD)
    for wrong in ("8462", "", "8462肖 "):
        assert not Pin(pin._cabinet).opens(wrong)


def test_what_is_refused(desk: Desk) -> None:
    with pytest.raises(Refused, match="至少4位"):
        desk.pin.choose("123", "123")
    with pytest.raises(Refused, match="不一样"):
        desk.pin.choose("1234", "1235")
    assert not desk.pin.is_set


def test_wrong_tries_make_ever_longer_pauses(pin: Pin, watch: Watch) -> None:
    for _ in range(2):
        assert not pin.opens("0000")
        assert pin.pause == 0
    pauses = []
    for _ in range(9):
        assert not pin.opens("0000")
        pauses.append(pin.pause)
        with pytest.raises(Refused, match=f"请等{pin.pause}秒"):
            pin.opens(WORD)
        watch.now += pin.pause
    assert pauses == [5, 10, 20, 40, 80, 160, 300, 300, 300]
    assert pin.opens(WORD)
    assert not pin.opens("0000")
    assert pin.pause == 0, "what was right lets her begin anew"


def test_the_recovery_code_opens_it_too(pin: Pin, desk: Desk) -> None:
    assert pin.opens(desk.seal.code)
    assert pin.is_code(desk.seal.code.lower())
    assert not pin.is_code("AAAA-BBBB")


def test_it_stands_nowhere_in_clear_and_is_not_undone(pin: Pin, desk: Desk) -> None:
    assert "锁屏密码" not in desk.undoable()
    desk.close()
    for file in desk.folder.rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            assert WORD.encode() not in content, file
            assert WORD.encode("utf-16-le") not in content, file


def test_it_goes_with_a_copy_and_can_be_given_up(pin: Pin, desk: Desk) -> None:
    copy = desk.backup()
    desk.close()
    Desk.restore(copy, desk.folder)
    with Desk.open(desk.folder, TODAY) as again:
        assert again.pin.opens(WORD)
        again.pin.remove()
        assert not again.pin.is_set
        assert not again.pin.opens(WORD)
    shutil.rmtree(desk.folder / "backups")
