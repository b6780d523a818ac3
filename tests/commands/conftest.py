"""Commands as they are typed: what one says, and a desk to ask."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from hazard_desk.books.hazards.steps import Steps
from hazard_desk.cli import main
from hazard_desk.desk import Desk
from hazard_desk.rules.fields import Row

TODAY = "2023-06-01"


class Said:
    """What a command answered."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def json(self) -> Any:
        """The one JSON value of stdout."""
        assert self.code == 0, self.err
        assert self.err == ""
        return json.loads(self.out)

    @property
    def refusal(self) -> str:
        """The one Chinese line of stderr, with nothing on stdout."""
        assert self.out == ""
        line = self.err.removesuffix("\n")
        assert re.search(r"[\u4e00-\u9fff]{2}", line)
        assert "\n" not in line
        assert "Traceback" not in line
        return line


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    """Run a command as it is typed."""

    def command(*words: object) -> Said:
        code = main([str(word) for word in words])
        return Said(code, *capsys.readouterr())

    return command


@pytest.fixture
def ask(desk: Desk, run: Callable[..., Said]) -> Callable[..., Said]:
    """Run a command on the desk, on 1 June 2023, while its window is open."""
    return lambda *words: run("--desk", desk.folder, "--today", TODAY, *words)


@pytest.fixture
def hazards(desk: Desk, found: Row, five: Row) -> None:
    """Two hazards: an ordinary one with commitments, a major one."""
    number = desk.hazards.add(found).ids[0]
    desk.hazards.step(number, Steps.COMMITTED.kind, five)
    desk.hazards.add(
        found | {"level": "重大", "criterion": "判定标准", "found_on": "2023-05-25", "place": "仓库"}
    )
