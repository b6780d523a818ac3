"""What the window shows of the copies, read in one go."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from hazard_desk.desk import Desk
from hazard_desk.store.copies.list import Copy
from ui.copies.places import remark_on

SAMPLE = "这是示例台账，不自动备份"


@dataclass(frozen=True)
class KeptCopies:
    """All copies, the places they go to, and what would be lost now, in one sentence."""

    copies: list[Copy]
    second: Path | None
    """The second place, where one was chosen."""
    remark: str
    """What is to be known of the second place."""
    sentence: str
    tone: str
    """'' is plain; amber, red."""

    @property
    def faulty(self) -> int:
        """How many copies do not hold what they should."""
        return sum(bool(copy.faults) for copy in self.copies)


def second_of(desk: Desk) -> tuple[Path | None, str]:
    """Return the second place, None without one, and what is to be known of it. A share may take a while."""
    second = next(iter(desk.copies.places[1:]), None)
    return second, remark_on(second, desk.folder)


def read_kept(desk: Desk) -> KeptCopies:
    """Read it from the disk; a share that does not answer may take a while."""
    sentence, tone = (SAMPLE, "") if desk.sample else desk.copies.sentence(desk.today)
    return KeptCopies(desk.copies.all(), *second_of(desk), sentence, tone)
