"""The log of the window: a small file, and none that stays open."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from hazard_desk.errors import Trouble
from hazard_desk.store.log import LOG, logging_to

log = logging.getLogger("hazard_desk.test")


def test_what_goes_wrong_meanwhile_is_written(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    before = list(logging.getLogger().handlers)
    with logging_to(tmp_path / "日志" / "logs"):
        log.warning("出错了 %s", "甲")
    log.warning("以后的")
    text = (tmp_path / "日志" / "logs" / LOG).read_text(encoding="utf-8")
    (line,) = text.splitlines()
    assert line.endswith(" WARNING hazard_desk.test 出错了 甲")
    assert line[:2] == "20"
    assert logging.getLogger().handlers == before
    caplog.clear()


def test_it_goes_on_where_it_was_and_never_grows_beyond_three_files(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(3):
        with logging_to(tmp_path):
            for number in range(30):
                log.warning("%s %s", number, "x" * 60_000)
    files = sorted(tmp_path.iterdir())
    assert [file.name for file in files] == [LOG, f"{LOG}.1", f"{LOG}.2"]
    assert all(file.stat().st_size <= 1_000_000 for file in files)
    caplog.clear()


def test_nothing_is_written_where_nothing_went_wrong(tmp_path: Path) -> None:
    with logging_to(tmp_path / "logs"):
        pass
    assert list((tmp_path / "logs").iterdir()) == []


def test_a_file_in_its_place_is_told(tmp_path: Path) -> None:
    (tmp_path / "logs").touch()
    with pytest.raises(Trouble) as caught, logging_to(tmp_path / "logs"):
        pass
    told = f"“{tmp_path / 'logs'}”应当是存放日志的文件夹，现在却是一个文件，请把它改名或移走"
    assert caught.value.message == told


def test_it_ends_though_the_block_fails(tmp_path: Path) -> None:
    before = list(logging.getLogger().handlers)
    with pytest.raises(KeyError), logging_to(tmp_path):
        raise KeyError
    assert logging.getLogger().handlers == before


def test_an_error_is_told_without_what_it_says(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    person, shop = "举报人肖某13800000000", "示例木材加工厂"

    def fail() -> None:
        try:
            int(person)
        except ValueError as first:
            raise KeyError(shop) from first

    with logging_to(tmp_path / "logs"):
        try:
            fail()
        except KeyError:
            log.error("unforeseen", exc_info=True)
        log.error("unforeseen", exc_info=Trouble("磁盘已满"))
    text = (tmp_path / "logs" / LOG).read_text(encoding="utf-8")
    assert person not in text
    assert shop not in text
    assert [line for line in text.splitlines() if line in ("ValueError", "KeyError")] == [
        "ValueError",
        "KeyError",
    ]
    assert "in fail" in text
    assert text.endswith("Trouble: 磁盘已满\n")
    caplog.clear()
