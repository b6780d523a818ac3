"""How a state word looks: a colour and a shape, so that colour never speaks alone.

The words are those of the core (states of hazards, tasks, stages, levels); an unknown word is grey.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    """The shape beside the word."""

    RING = "ring"
    DOT = "dot"
    HALF = "half"
    TRIANGLE = "triangle"
    CHECK = "check"
    CROSS = "cross"
    BAR = "bar"


@dataclass(frozen=True)
class Tone:
    """Ink and ground of a chip, both as #RRGGBB; every pair has a contrast above 4.5."""

    ink: str
    ground: str


RED = Tone("#A8201A", "#FCEBEA")
AMBER = Tone("#8A4B00", "#FCF1DD")
GREEN = Tone("#1B6B3F", "#E4F4EA")
BLUE = Tone("#1F5C99", "#E6EFF8")
GREY = Tone("#52606D", "#EEF1F4")

KIND_TONES = {
    "stage": Tone("#3E4C59", "#E9ECEF"),
    "task": BLUE,
    "occurrence": Tone("#0B6661", "#DFF2F0"),
    "hazard": AMBER,
    "supervision": Tone("#8E2463", "#FAE8F2"),
    "report": Tone("#5B3E96", "#EEE9F8"),
    "enterprise": Tone("#55611A", "#F0F3DC"),
}
"""The colours of dated things by their kind."""

_LOOKS: dict[str, tuple[Tone, Mark]] = {
    "待整改": (AMBER, Mark.RING),
    "整改中": (BLUE, Mark.HALF),
    "待复查": (BLUE, Mark.DOT),
    "待销号": (BLUE, Mark.BAR),
    "已销号": (GREEN, Mark.CHECK),
    "已作废": (GREY, Mark.CROSS),
    "未开始": (GREY, Mark.RING),
    "进行中": (BLUE, Mark.HALF),
    "已完成": (GREEN, Mark.CHECK),
    "逾期完成": (AMBER, Mark.CHECK),
    "已逾期": (RED, Mark.TRIANGLE),
    "按期推进": (GREEN, Mark.BAR),
    "滞后": (RED, Mark.BAR),
    "待完成": (BLUE, Mark.RING),
    "未开展": (RED, Mark.CROSS),
    "无需开展": (GREY, Mark.CROSS),
    "按期": (GREEN, Mark.BAR),
    "有缺项": (RED, Mark.CROSS),
    "达标": (GREEN, Mark.CHECK),
    "不足": (RED, Mark.TRIANGLE),
    "未触发": (GREY, Mark.RING),
    "已停用": (GREY, Mark.CROSS),
    "已结束": (GREEN, Mark.CHECK),
    "重大": (RED, Mark.TRIANGLE),
    "一般": (GREY, Mark.DOT),
    "逾期": (RED, Mark.TRIANGLE),
    "示例": (AMBER, Mark.DOT),
    "承接": (BLUE, Mark.BAR),
    "存疑": (AMBER, Mark.TRIANGLE),
    "对照": (GREY, Mark.DOT),
    "已达到": (GREEN, Mark.CHECK),
    "未达到": (AMBER, Mark.TRIANGLE),
    "已核对": (GREEN, Mark.CHECK),
    "未落实": (RED, Mark.CROSS),
    "已落实": (GREEN, Mark.CHECK),
    "进展": (BLUE, Mark.HALF),
    "完成": (GREEN, Mark.CHECK),
    "重新开展": (AMBER, Mark.RING),
}


def look(word: str) -> tuple[Tone, Mark]:
    """Return the colours and the shape of a state word."""
    return _LOOKS.get(word, (GREY, Mark.DOT))


def is_state_words(words: Iterable[str]) -> bool:
    """Tell whether a field with these choices is worth showing as chips."""
    return any(word in _LOOKS for word in words)
