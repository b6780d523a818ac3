"""One kill and one failure of each kind, in the middle of the renames; ``dev.py harm`` does them all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.harm.cases import Ground, Outcome
from tests.harm.events import Mode
from tests.harm.kills import random_kills
from tests.harm.kinds import KINDS, Kind
from tests.harm.run import told

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="a process that can be copied is needed"),
    pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning"),
]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_the_desk_is_that_of_before_or_that_of_after(tmp_path: Path, kind: Kind) -> None:
    ground = Ground(tmp_path, kind)
    last = max(number for number, event in enumerate(ground.events, 1) if event.startswith("os.rename"))
    for mode in (Mode.KILL, Mode.FAIL):
        verdict, why = ground.case(mode, last)
        assert verdict in ("before", "after"), why


def test_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    acts, wrong = random_kills(tmp_path, 3)
    assert wrong == []
    assert acts.total() > 0


def test_what_is_told() -> None:
    outcome = Outcome("create", "kill")
    outcome.ends.update(["before", "before", "after", "broken"])
    assert told([outcome]).splitlines()[1].split() == ["create", "kill", "4", "2", "1", "1", "0"]
    assert told([outcome]).splitlines()[-1] == "4 cases, 1 broken"
