"""Reads a text of ``resources/papers/``, or the office's own, into its tree."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hazard_desk.errors import Refused
from hazard_desk.papers.model import PageSize
from hazard_desk.papers.wording.blocks import BODY, GRID_END, GRIDS, MARKS, ROW, ROWS
from hazard_desk.papers.wording.inline import (
    BAR,
    EACH,
    ELSE,
    END,
    IF,
    directive,
    loop,
    read_condition,
    read_inline,
    refuse_too_deep,
    refused,
)
from hazard_desk.papers.wording.tree import Inline, MarkedLine, Node, PaperText, Rule, TableText, When

NAME = "名称"  # what the paper is called
ABOUT = "关于"  # the book one record of which it is about, by its name on the command line; none: about all
LOOK = "版式"  # 公文 or 表格
SHEET = "纸张"  # one of SHEETS
FORMATS = "格式"  # pdf docx xlsx
PAGES = "页码"  # 共几页: “第 1 页 共 3 页” on an official paper
FILE = "文件名"
NEEDS = "须"  # condition｜the sentence that says why there is no such paper; may stand several times
ORDER = "次序"  # a number: where it stands in the list of papers, 500 where nothing is said
BY_HAND = "签字"  # 要: people sign it by hand, so it carries a code; without the line it does not
EMPTY = "空白表"  # 可印: it can be printed of no record too, to be filled in by hand
CASE = "案卷"  # IN_CASE: when it is bound with the rest of a hazard or check; AS_ISSUED where nothing is said
HAPPENED = "已办"  # condition: whether what it tells of has happened; before that it is only a form
DATED = "日期"  # the day it is of in a case file, where no signature says it
RED = "红头"  # RED_HEADS: 随设置 where nothing is said
SIGNED = "落款"  # who signs; the office where nothing is said
SEALED = "盖章"  # 是 or 否: whether room is left for a seal; 是 where nothing is said
ADDRESSEE = "主送"  # to whom it usually goes
COPIES = "抄送"  # who usually gets a copy
WORD_FILE = "Word文件"  # the name of the office's own Word file, which then says the paper
HEAD = (
    *(NAME, ABOUT, LOOK, SHEET, FORMATS, PAGES, FILE, NEEDS, ORDER, BY_HAND, EMPTY),
    *(CASE, HAPPENED, DATED),
    *(RED, SIGNED, SEALED, ADDRESSEE, COPIES, WORD_FILE),
)
SAID = (FILE, DATED, SIGNED, ADDRESSEE, COPIES)
"""The words of the head that are told with fields."""
AS_SET, AS_DOCUMENT, AS_LETTER, NO_HEAD = RED_HEADS = ("随设置", "文件式", "信函式", "无")
_CHOICES = {RED: RED_HEADS, SEALED: ("是", "否"), LOOK: ("公文", "表格"), PAGES: ("公文", "共几页")}
SHEETS: dict[str, tuple[PageSize, bool]] = {
    "A4": ("A4", False),
    "A4横": ("A4", True),
    "A3": ("A3", False),
    "A3横": ("A3", True),
    "A4横或A3横": ("wide", True),  # as wide as the columns need
}
"""The size of the page, and whether it lies across."""
AS_ISSUED, AS_PRINTED, OF_VISIT = IN_CASE = ("编发后入卷", "能印就入卷", "只出全套")
"""In a case file once it is issued or came back signed; once it can be printed, and among all papers of one
visit; of these two only among those of the visit."""
_CHOICES |= {SHEET: tuple(SHEETS), BY_HAND: ("要",), EMPTY: ("可印",), CASE: IN_CASE}
_FORMATS = ("pdf", "docx", "xlsx")
STARTS = "正文"
_MARKED = re.compile(r"【(?P<mark>[^】\s]+)(?P<options>(?:\s+[^】\s]+)*)\s*】(?P<rest>.*)")
_LINE_END = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")


def tidied(text: str) -> str:
    """Return a text as it is kept, wherever it came from: one kind of line end, nothing that is not seen."""
    return _UNSEEN.sub("", _LINE_END.sub("\n", text)).replace("\xa0", " ")


def said_in_head(line: str) -> tuple[str, str]:
    """Return the word of a line of the head and what it says; ('', '') where there is no colon."""
    word, colon, told = line.replace(":", "：", 1).partition("：")
    return (word.strip(), told.strip()) if colon else ("", "")


def lines_above(lines: Sequence[str]) -> int:
    """Return how many lines stand above the body, 正文： among them; 0 where there is no such line."""
    return next((at for at, line in enumerate(lines, 1) if said_in_head(line) == (STARTS, "")), 0)


def parse_text(text: str) -> PaperText:
    """Return the tree of a text. ``Refused`` names the line and what is wrong with it."""
    text = tidied(text)
    lines = text.split("\n")
    above = lines_above(lines)
    if not above:
        raise Refused(f"没有找到“{STARTS}：”这一行，正文请写在它的下面")
    head, said, rules, happened = _head(lines[: above - 1])
    refuse_too_deep((at, word) for at, line in enumerate(lines, 1) if (word := directive(line)))
    body, rest_at = _nodes(lines, above, within="")
    if rest_at < len(lines):
        raise refused(rest_at + 1, f"“{lines[rest_at].strip()}”前面没有与它对应的开头")
    return PaperText(head, said, rules, body, text, happened=happened)


def _head(lines: Sequence[str]) -> tuple[dict[str, str], dict[str, Inline], tuple[Rule, ...], Rule | None]:
    """Return the words of the head, those of them that are told with fields, the rules, and ``HAPPENED``."""
    head: dict[str, str] = {}
    said: dict[str, Inline] = {}
    rules: list[Rule] = []
    happened: Rule | None = None
    for at, line in enumerate(lines, start=1):
        word, told = said_in_head(line)
        if not line.strip():
            continue
        if word not in HEAD:
            raise refused(at, f"开头只能有“{'、'.join(HEAD)}”这些行，正文请从“{STARTS}：”下一行写起")
        if word == NEEDS:
            rules.append(_rule(told, at))
            continue
        if wrong := _wrong_in_head(word, told):
            raise refused(at, f"“{word}”{wrong}，现为“{told}”")
        if word == HAPPENED:
            happened = Rule(read_condition(told, at), Inline((), at), at)
        head[word] = told
        if word in SAID:
            said[word] = read_inline(told, at)
    if not head.get(NAME):
        raise Refused(f"开头没有写“{NAME}：”，请写明这份材料叫什么")
    said.setdefault(FILE, Inline((head[NAME],), 1))
    return head, said, tuple(rules), happened


def _rule(told: str, at: int) -> Rule:
    condition, _, reason = told.rpartition(BAR)
    if not condition.strip() or not reason.strip():
        raise refused(at, f"“{NEEDS}”应写作：条件{BAR}不符合条件时的说明")
    return Rule(read_condition(condition, at), read_inline(reason.strip(), at), at)


def _wrong_in_head(word: str, told: str) -> str:
    """Return what a word of the head may say where it says something else, '' where it is right."""
    if word in _CHOICES:
        return "" if told in _CHOICES[word] else f"可写{'、'.join(_CHOICES[word])}"
    if word == FORMATS and not (told and set(told.split()) <= set(_FORMATS)):
        return f"可写{'、'.join(_FORMATS)}，中间空一格"
    if word == NAME and ("«" in told or "»" in told):
        return "里不能有栏目，要写栏目请写在“文件名：”里"
    return "应是整数" if word == ORDER and not (told.isascii() and told.isdigit()) else ""


def words_of_head(text: str) -> dict[str, str]:
    """Return the words of the head of a text, however wrong the rest of it is."""
    lines = tidied(text).split("\n")
    told = map(said_in_head, lines[: lines_above(lines)])
    return {word: rest for word, rest in told if word in HEAD}


def _nodes(lines: list[str], at: int, within: str) -> tuple[tuple[Node, ...], int]:
    """Return the nodes from ``at`` (from 0) to the end of what they stand within, and where that is."""
    nodes: list[Node] = []
    while at < len(lines):
        told = lines[at].strip()
        word = directive(told)
        if word in (ELSE, END) or told == f"【{GRID_END}】":
            return tuple(nodes), at
        number = at + 1
        at += 1
        if not told:
            continue
        if word is not None and word.startswith(IF):
            node, at = _when(lines, at, word, number, within)
            nodes.append(node)
        elif word is not None:
            body, at = _nodes(lines, at, within)
            at = _ended(lines, at, f"«{END}»", word, number)
            nodes.append(loop(word.removeprefix(EACH), body, number))
        else:
            line = _line(told, number, within)
            if line.mark in GRIDS:
                rows, at = _nodes(lines, at, line.mark)
                at = _ended(lines, at, f"【{GRID_END}】", f"【{line.mark}】", number)
                nodes.append(TableText(line, rows))
            else:
                nodes.append(line)
    return tuple(nodes), at


def _when(lines: list[str], at: int, word: str, number: int, within: str) -> tuple[When[Node], int]:
    then, at = _nodes(lines, at, within)
    otherwise: tuple[Node, ...] = ()
    if at < len(lines) and directive(lines[at]) == ELSE:
        otherwise, at = _nodes(lines, at + 1, within)
    at = _ended(lines, at, f"«{END}»", word, number)
    return When(read_condition(word.removeprefix(IF).strip(), number), then, otherwise, number), at


def _ended(lines: list[str], at: int, end: str, begun: str, number: int) -> int:
    if at >= len(lines) or lines[at].strip().replace(" ", "") != end:
        raise refused(number, f"“{begun}”没有以“{end}”结束")
    return at + 1


def _line(told: str, number: int, within: str) -> MarkedLine:
    match = _MARKED.fullmatch(told)
    mark, options, rest = BODY, (), told
    if match and match["mark"] in MARKS:
        mark, options, rest = match["mark"], tuple(match["options"].split()), match["rest"]
    elif match and told.startswith("【"):
        raise refused(
            number,
            f"没有“【{match['mark']}】”这种行，可用的有：{'、'.join(f'【{one}】' for one in MARKS if one)}",
        )
    if (mark in ROWS) != bool(within):
        where = "之间" if mark in ROWS else "之外"
        raise refused(number, f"“{told[:12]}”应写在表格的开头和“【{GRID_END}】”{where}")
    least, most = MARKS[mark].parts
    parts = [read_inline(part.strip(), number) for part in (_split(rest) if most > 1 else [rest])]
    filled = parts if mark == ROW else [part for part in parts if part.pieces]
    if not least <= len(filled) or len(parts) > most:
        raise refused(
            number, f"“【{mark}】”后面应有{least if least == most else f'{least}到{most}'}段，用“{BAR}”分开"
        )
    return MarkedLine(mark, options, tuple(parts), number)


def _split(text: str) -> list[str]:
    """Cut a line at its bars, but not within a field."""
    return re.split(rf"{BAR}(?![^«]*»)", text)
