"""The marks that a line of a text may begin with, and the blocks that each makes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from hazard_desk.papers.model import (
    AttachmentMark,
    Block,
    DocNumber,
    FieldsLine,
    Hanging,
    Heading,
    Imprint,
    Letterhead,
    Line,
    Note,
    PageBreak,
    Para,
    Signature,
    Space,
    Subtitle,
    Title,
)
from hazard_desk.papers.texts.phrases import BLANK_NUMBER, unlined

BODY = ""
"""The mark of a paragraph: none."""
ROW, BAND = ROWS = ("行", "栏")
TABLE, FORM = GRIDS = ("表", "填表")
GRID_END = "表完"
PUT = "插入"
OPENING = "文件头"
NOT_SEALED = "不盖章"
_UPRIGHT, _TURNED = "竖", "横"
_ANY = 40
Made = Iterable[Block]


@dataclass(frozen=True)
class OfficialHead:
    """What a document needs: its number, the red mark of its issuer, '' for none, and room for a seal.

    ``letter``: the mark is that of a letter (信函格式).
    """

    number: str = ""
    red: str = ""
    sealed: bool = True
    letter: bool = False


@dataclass(frozen=True)
class LineMark:
    """A kind of line: what it is for, how many parts it has, and its blocks. ``options`` it knows."""

    about: str
    parts: tuple[int, int]
    made: Callable[[Sequence[str], Sequence[str], OfficialHead], Made]
    options: tuple[str, ...] = ()


def _heading(level: Literal[1, 2, 3, 4]) -> Callable[[Sequence[str], Sequence[str], OfficialHead], Made]:
    return lambda parts, options, head: [Heading(level, parts[0])]


def _opening(parts: Sequence[str], options: Sequence[str], head: OfficialHead) -> Made:
    """The red mark with number and title; without it title and number."""
    if head.red and head.number:
        return [Letterhead(head.red, head.number, head.letter), Title(parts[0])]
    return [Title(parts[0]), DocNumber(head.number or BLANK_NUMBER)]


def _fields(parts: Sequence[str], options: Sequence[str], head: OfficialHead) -> Made:
    pairs = (part.partition("：") for part in parts)
    return [FieldsLine(tuple((label, told) if colon else ("", label) for label, colon, told in pairs))]


def _imprint(parts: Sequence[str], options: Sequence[str], head: OfficialHead) -> Made:
    if not parts[0]:
        return []
    letter = head.letter and head.red and head.number
    return [Imprint(parts[0], "", "") if letter else Imprint(parts[0], parts[1], parts[2])]


def _page(parts: Sequence[str], options: Sequence[str], head: OfficialHead) -> Made:
    turned = True if _TURNED in options else False if _UPRIGHT in options else None
    return [PageBreak(turned)]


def _addressee(parts: Sequence[str], options: Sequence[str], head: OfficialHead) -> Made:
    return [Line(parts[0].rstrip("：:") + "：")]


def _row(parts: Sequence[str], options: Sequence[str], head: OfficialHead) -> Made:
    raise TypeError("a row is made by its table")


MARKS = {
    BODY: LineMark("段落", (1, 1), lambda parts, options, head: [Para(parts[0])]),
    OPENING: LineMark("标题和文号，按红头的设置排", (1, 1), _opening),
    "标题": LineMark("标题", (1, 1), lambda parts, options, head: [Title(parts[0])]),
    "副标题": LineMark("标题下居中的一行", (1, 1), lambda parts, options, head: [Subtitle(parts[0])]),
    "文号": LineMark("文号", (1, 1), lambda parts, options, head: [DocNumber(parts[0])]),
    "主送": LineMark("主送机关", (1, 1), _addressee),
    "一级": LineMark("一、黑体标题", (1, 1), _heading(1)),
    "二级": LineMark("（一）楷体标题", (1, 1), _heading(2)),
    "三级": LineMark("1．标题", (1, 1), _heading(3)),
    "四级": LineMark("（1）标题", (1, 1), _heading(4)),
    "顶格": LineMark("不缩进的一段", (1, 1), lambda parts, options, head: [Para(parts[0], indent=False)]),
    "小标题": LineMark("表格上面的一行", (1, 1), lambda parts, options, head: [Line(parts[0])]),
    "居中": LineMark("居中的一行", (1, 1), lambda parts, options, head: [Line(parts[0], "center")]),
    "居右": LineMark("居右的一行", (1, 1), lambda parts, options, head: [Line(parts[0], "right")]),
    "悬挂": LineMark(
        "名目｜内容，内容对齐", (2, 2), lambda parts, options, head: [Hanging(parts[0], parts[1])]
    ),
    "填报": LineMark("表头或表尾：名目：内容｜名目：内容", (1, 8), _fields),
    "落款": LineMark(
        "署名｜日期",
        (2, 2),
        lambda parts, options, head: [
            Signature(parts[0], unlined(parts[1]), head.sealed and NOT_SEALED not in options)
        ],
        (NOT_SEALED,),
    ),
    "版记": LineMark("抄送｜印发机关｜印发日期；没有抄送时不印", (3, 3), _imprint),
    "附件": LineMark("另起一页的附件标记", (1, 1), lambda parts, options, head: [AttachmentMark(parts[0])]),
    "注": LineMark("小字说明", (1, 1), lambda parts, options, head: [Note(parts[0])]),
    "空行": LineMark("空一行", (0, 1), lambda parts, options, head: [Space()]),
    "换页": LineMark("另起一页", (0, 1), _page, (_UPRIGHT, _TURNED)),
    PUT: LineMark("把图表整个放进来", (1, 1), _row),
    TABLE: LineMark("表格：列名 宽 对齐｜…", (1, _ANY), _row, tuple(f"高{lines}" for lines in range(2, 31))),
    FORM: LineMark("填空的表：名目宽｜内容宽", (2, 2), _row, tuple(f"高{lines}" for lines in range(2, 31))),
    ROW: LineMark("表格的一行", (1, _ANY), _row),
    BAND: LineMark("表格里一行通栏的小标题", (1, 1), _row),
}
"""By the word in 【】. What each is for is what the clerk reads."""
