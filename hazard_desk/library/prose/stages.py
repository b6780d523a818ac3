"""The stages of a campaign (阶段安排) with their time, as the text sets them out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from hazard_desk.library.annex.origins import UsedSpan
from hazard_desk.library.plans import Stage
from hazard_desk.library.prose.outline import TextLine
from hazard_desk.rules.deadlines import parse_deadline

_SECTION = re.compile(r"阶段|步骤|时间安排|进度安排|实施安排|工作安排|方法步骤")
_WHEN = r"[^（()）。]{0,40}?(?:\d\s*月|\d{4}\s*年|年底|年内|季度|半年)[^（()）。]{0,30}"
_BRACKET = re.compile(
    rf"^(?P<name>[^（(。：:]{{2,40}})[（(](?P<when>{_WHEN})[）)]\s*[。．.：:，,]?\s*(?P<text>.*)$", re.DOTALL
)
_COLON = re.compile(
    rf"^(?P<name>[^（(。：:]{{2,30}})[：:](?P<when>{_WHEN})(?:[。；]\s*(?P<text>.*))?$", re.DOTALL
)
_STAGE_NAME = re.compile(r"^第?[一二三四五六][、个]?\s*阶段[:：]?\s*")
_SPAN = re.compile(
    r"[从自]\s*(?P<first>20\d\d\s*年\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?)\s*(?:起|开始)?\s*[，]?\s*至"
)


@dataclass
class StagesRead:
    """The stages that were found."""

    stages: list[Stage] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    used: list[UsedSpan] = field(default_factory=list)


def read_stages(lines: Sequence[TextLine], year: int, issued_on: date | None) -> StagesRead:
    """Return the stages in order; a stage whose time is not understood is a doubt."""
    read = StagesRead()
    within, begin = False, issued_on
    open_rank = -1
    texts: list[str] = []
    for line in lines:
        if line.rank == 1 or (
            line.rank and line.rank <= 2 and _SECTION.search(line.text) and len(line.text) < 20
        ):
            within, open_rank = bool(_SECTION.search(line.text[:20])), -1
            if within:
                _use(read, line)
            continue
        if not within:
            continue
        if (match := _SPAN.search(line.text)) and not read.stages:
            begin = parse_deadline(re.sub(r"\s", "", match["first"]), year).due or begin
            _use(read, line)
        found = _BRACKET.match(line.text) or _COLON.match(line.text)
        if (
            found
            and (line.rank or _STAGE_NAME.match(line.text))
            and (open_rank < 0 or line.rank <= open_rank)
        ):
            open_rank = line.rank
            if _add(read, found, year, begin):
                texts = [(found["text"] or "").strip()]
                _use(read, line)
        elif open_rank >= 0 and read.stages and (line.rank > open_rank or not (line.rank or any(texts))):
            texts.append(line.whole)
            _retell(read, texts)
            _use(read, line)
    return read


def _add(read: StagesRead, found: re.Match[str], year: int, begin: date | None) -> bool:
    words = re.sub(r"\s", "", found["when"])
    meaning = parse_deadline(words, year)
    name = _STAGE_NAME.sub("", found["name"].strip()) or found["name"].strip()
    if meaning.due is None:
        read.doubts.append(f"阶段“{name}”的时间“{found['when']}”未能识别，没有列入。")
        return False
    last = read.stages[-1].due if read.stages else None
    starts = meaning.starts or (last + timedelta(1) if last else begin) or date(meaning.due.year, 1, 1)
    if last and starts <= last:
        read.doubts.append(f"阶段“{name}”的时间“{found['when']}”与上一阶段重叠，没有列入。")
        return False
    starts = min(starts, meaning.due)
    read.stages.append(
        Stage(len(read.stages) + 1, name, words, starts, meaning.due, (found["text"] or "").strip())
    )
    return True


def _retell(read: StagesRead, texts: Sequence[str]) -> None:
    last = read.stages[-1]
    text = "\n".join(filter(None, texts))
    read.stages[-1] = Stage(last.number, last.name, last.deadline, last.starts_on, last.due, text)


def _use(read: StagesRead, line: TextLine) -> None:
    read.used += line.spans("阶段")
