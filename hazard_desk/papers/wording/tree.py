"""What a text is made of, read: pieces within a line, lines, tables, conditions and loops."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

T = TypeVar("T")

Test = Literal["有", "没有", "是", "不是", "多于"]


@dataclass(frozen=True)
class Say:
    """«名称 格式»: a fact, said."""

    name: str
    formats: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ask:
    """One question of a condition: 隐患.来源 是 群众举报｜上级交办."""

    name: str
    test: Test
    words: tuple[str, ...] = ()


Condition = tuple[tuple[Ask, ...], ...]
"""Of these at least one, in each of which all hold: 或 joins what 且 joined."""


@dataclass(frozen=True)
class When(Generic[T]):
    """«如 …»…«否则»…«完»."""

    condition: Condition
    then: tuple[T, ...]
    otherwise: tuple[T, ...]
    line: int


@dataclass(frozen=True)
class Loop(Generic[T]):
    """«每条 …»…«完»; ``least``: where there are fewer, so many, with nothing known of those that are not."""

    name: str
    body: tuple[T, ...]
    line: int
    least: int = 0


@dataclass(frozen=True)
class Inline:
    """The text of a line, or of one part of it between ｜."""

    pieces: tuple[Piece, ...]
    line: int


Piece = str | Say | When["Piece"] | Loop["Piece"]


@dataclass(frozen=True)
class MarkedLine:
    """One line: its mark ('' for a paragraph), the words behind the name of the mark, its parts."""

    mark: str
    options: tuple[str, ...]
    parts: tuple[Inline, ...]
    line: int


@dataclass(frozen=True)
class TableText:
    """A table: its opening line, and what stands between it and 【表完】."""

    head: MarkedLine
    rows: tuple[Node, ...]


Node = MarkedLine | TableText | When["Node"] | Loop["Node"]


@dataclass(frozen=True)
class Rule:
    """When there is such a paper: a condition, and the sentence that says why there is none."""

    condition: Condition
    reason: Inline
    line: int


@dataclass(frozen=True)
class PaperText:
    """A text that was read: its head, word by word, its rules, and its body."""

    head: dict[str, str]
    said: dict[str, Inline]
    """What of the head is told with fields: the name of the file (文件名), 落款, 主送, 抄送."""
    rules: tuple[Rule, ...]
    body: tuple[Node, ...]
    text: str
    broken: str = ""
    """Why it cannot be read: then it has nothing but its name and what it is about."""
    happened: Rule | None = None
    """Whether what it tells of has happened; None where that is so whenever it can be printed."""
