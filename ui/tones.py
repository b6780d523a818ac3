"""How a state word looks: a colour and a shape, so that colour never speaks alone.

The words are those of the core (states of hazards, tasks, stages, levels); an unknown word is grey.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Sign(StrEnum):
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
    "milestone": Tone("#3B4A9E", "#E8EBF9"),
    "target": Tone("#6B4E00", "#F6F0DF"),
    "occurrence": Tone("#0B6661", "#DFF2F0"),
    "hazard": AMBER,
    "supervision": Tone("#8E2463", "#FAE8F2"),
    "report": Tone("#5B3E96", "#EEE9F8"),
    "tip": Tone("#96351E", "#FBEAE5"),
    "document": Tone("#2F5D3A", "#E5F1E8"),
    "register": Tone("#5A4A3F", "#F1ECE8"),
    "certificate": Tone("#7A4F8C", "#F4ECF8"),
    "enterprise": Tone("#55611A", "#F0F3DC"),
}
"""The colours of dated things by their kind."""

_LOOKS: dict[str, tuple[Tone, Sign]] = {
    "待整改": (AMBER, Sign.RING),
    "整改中": (BLUE, Sign.HALF),
    "已移交": (GREY, Sign.HALF),
    "待复查": (BLUE, Sign.DOT),
    "待销号": (BLUE, Sign.BAR),
    "已销号": (GREEN, Sign.CHECK),
    "已作废": (GREY, Sign.CROSS),
    "未开始": (GREY, Sign.RING),
    "进行中": (BLUE, Sign.HALF),
    "已完成": (GREEN, Sign.CHECK),
    "逾期完成": (AMBER, Sign.CHECK),
    "已逾期": (RED, Sign.TRIANGLE),
    "按期推进": (GREEN, Sign.BAR),
    "滞后": (RED, Sign.BAR),
    "待完成": (BLUE, Sign.RING),
    "未开展": (RED, Sign.CROSS),
    "无需开展": (GREY, Sign.CROSS),
    "按期": (GREEN, Sign.BAR),
    "有缺项": (RED, Sign.CROSS),
    "达标": (GREEN, Sign.CHECK),
    "不足": (RED, Sign.TRIANGLE),
    "未触发": (GREY, Sign.RING),
    "已停用": (GREY, Sign.CROSS),
    "已结束": (GREEN, Sign.CHECK),
    "重大": (RED, Sign.TRIANGLE),
    "一般": (GREY, Sign.DOT),
    "待补": (AMBER, Sign.RING),
    "逾期": (RED, Sign.TRIANGLE),
    "已办": (GREEN, Sign.CHECK),
    "缺": (RED, Sign.CROSS),
    "未到": (GREY, Sign.RING),
    "示例": (AMBER, Sign.DOT),
    "承接": (BLUE, Sign.BAR),
    "存疑": (AMBER, Sign.TRIANGLE),
    "对照": (GREY, Sign.DOT),
    "已达到": (GREEN, Sign.CHECK),
    "未达到": (AMBER, Sign.TRIANGLE),
    "起账前": (GREY, Sign.BAR),
    "未报": (BLUE, Sign.RING),
    "已报": (GREEN, Sign.CHECK),
    "逾期上报": (AMBER, Sign.CHECK),
    "逾期未报": (RED, Sign.TRIANGLE),
    "未办结": (BLUE, Sign.RING),
    "已办结": (GREEN, Sign.CHECK),
    "已核对": (GREEN, Sign.CHECK),
    "未落实": (RED, Sign.CROSS),
    "待落实": (BLUE, Sign.RING),
    "已落实": (GREEN, Sign.CHECK),
    "进展": (BLUE, Sign.HALF),
    "完成": (GREEN, Sign.CHECK),
    "重新开展": (AMBER, Sign.RING),
    "完好": (GREEN, Sign.CHECK),
    "有问题": (RED, Sign.TRIANGLE),
    "未校验": (GREY, Sign.RING),
    "读得到": (GREEN, Sign.DOT),
    "没连上": (GREY, Sign.RING),
    "不见了": (RED, Sign.CROSS),
    "已封存": (GREEN, Sign.CHECK),
    "待改写": (AMBER, Sign.TRIANGLE),
    "写明": (GREEN, Sign.CHECK),
    "推定": (GREY, Sign.HALF),
    "请核对": (AMBER, Sign.TRIANGLE),
}


def look(word: str) -> tuple[Tone, Sign]:
    """Return the colours and the shape of a state word."""
    return _LOOKS.get(word, (GREY, Sign.DOT))


def is_state_words(words: Iterable[str]) -> bool:
    """Tell whether a field with these choices is worth showing as chips."""
    return any(word in _LOOKS for word in words)
