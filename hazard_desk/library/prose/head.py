"""What the head and the foot of a notice say: title, issuer, number (文号), day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from hazard_desk.library.annex.origins import UsedSpan
from hazard_desk.library.prose.outline import TextLine
from hazard_desk.rules.dates import parse_date

_NUMBER = re.compile(
    r"[\u3400-\u9fff（）()]{1,16}[〔\[［【（(]\s*20\d\d\s*[〕\]］】）)]\s*第?\s*\d{1,4}\s*号"
)
_NOTICE = re.compile(
    r"《(?P<title>[^》《]*(?:《[^》]*》[^》《]*)*(?:方案|计划|要点|意见|办法|清单|行动|通知)[^》《]*)》"
)
_PLAN = re.compile(
    r"(?:方\s*案|计划|要点|意见|清单|分解表|任务表|分工表|分工|办法|台账|一览表|安排|行动)(?:\s*[（(][^（()）]*[）)])?$"
)
_DATE = re.compile(r"20\d\d年\s*\d{1,2}月\s*\d{1,2}日")
_CN_DATE = re.compile(
    r"二[〇○Ｏ零Oo]([〇○零一二三四五六七八九]{2})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日"
)
_ORG = re.compile(
    r"^[\u3400-\u9fff（）()]{2,30}?(?:人民政府|政府办公室|委员会办公室|委员会|办公室|办事处|管理局|分局|管委会|指挥部"
    r"|集团公司|有限公司|公司|局|党委|党工委|安委办|安委会|大队|支队|学校|医院|中心|领导小组)$"
)
_HEAD_LINES, _LONGEST = 45, 60
_CN = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "十": 10}


@dataclass
class DocumentHead:
    """What a document says of itself."""

    title: str = ""
    issuer: str = ""
    number: str = ""
    issued_on: date | None = None
    used: list[UsedSpan] = field(default_factory=list)


def read_head(lines: Sequence[TextLine]) -> DocumentHead:
    """Return title, issuer, number and day, as far as head and foot of the text tell them."""
    head = DocumentHead()
    top = list(lines[:_HEAD_LINES])
    _number(head, top)
    _dates(head, lines)
    _title(head, top)
    _issuer(head, lines)
    return head


def _number(head: DocumentHead, top: Sequence[TextLine]) -> None:
    for line in top[:15]:
        match = _NUMBER.fullmatch(line.whole.strip())
        if match:
            head.number = re.sub(r"\s", "", match.group())
            _use(head, line, "发文字号")
            return


def _dates(head: DocumentHead, lines: Sequence[TextLine]) -> None:
    """The day stands on a line of its own, after the issuer or in the imprint."""
    for line in lines:
        match = _DATE.search(line.whole)
        text = match.group() if match else ""
        if not match and (match := _CN_DATE.search(line.whole)):
            year = 2000 + 10 * _CN[match[1][0]] + _CN[match[1][1]]
            text = f"{year}年{_cn(match[2])}月{_cn(match[3])}日"
        if not match or len(re.sub(r"\s", "", line.whole)) > len(match.group()) + 24:
            continue
        rest = re.sub(r"\s|印发|发布|[（()）]", "", line.whole.replace(match.group(), ""))
        if rest and not _ORG.match(rest) and not rest.endswith(("办公室", "党政办")):
            continue
        day = parse_date(re.sub(r"\s", "", text), 2000)
        if day and head.issued_on is None:
            head.issued_on = day
        if day:
            _use(head, line, "成文日期")
            if rest and not head.issuer and _ORG.match(rest):
                head.issuer = rest


def _cn(words: str) -> int:
    tens, ten, ones = words.partition("十")
    return (_CN.get(tens, 1) * 10 + _CN.get(ones, 0)) if ten else _CN[words[0]]


def _title(head: DocumentHead, top: Sequence[TextLine]) -> None:
    """The title stands over the text, in one line or several; a notice quotes it, often shortened."""
    quoted = _quoted(top)
    best = _title_lines(top, quoted)
    words = _joined(best)
    words = re.sub(r"^附[件表]\d*[:：]", "", words)
    head.title = (quoted if quoted and _bare(quoted) == _bare(words) else words or quoted)[:100]
    told = [
        line for line in top if "印发" in line.whole or (quoted[:12] in line.whole and "通知" in line.whole)
    ]
    if not head.title and (notice := _notice(top)):
        head.title, best = notice[0], [notice[1]]
    if not head.title and top and len(top[0].whole) >= 6 and _may_be_title(top[0]):
        head.title, best = top[0].whole.strip(), [top[0]]
    for line in (*best, *(told if quoted else ())):
        _use(head, line, "标题")


def _notice(top: Sequence[TextLine]) -> tuple[str, TextLine] | None:
    """What a notice that quotes no title is about: 关于印发甲方案的通知 is 甲方案."""
    for line in top:
        words = re.sub(r"\s+", "", line.whole)
        if match := re.fullmatch(
            r".{0,40}?关于(?P<sends>印发|下发|转发)?(?P<what>.{4,60})的(?:通知|提示|函|意见)", words
        ):
            return (match["what"] if match["sends"] else words), line
    return None


def _title_lines(top: Sequence[TextLine], quoted: str) -> list[TextLine]:
    """The most lines together that read as a title, and as the one that is quoted."""
    best: list[TextLine] = []
    for at in range(len(top)):
        for end in range(at + 1, min(at + 5, len(top)) + 1):
            part = list(top[at:end])
            if not all(map(_may_be_title, part)):
                break
            words = _joined(part)
            if not _PLAN.search(words) or len(words) > 90 or words.startswith("关于"):
                continue
            if _bare(quoted) in _bare(words) and len(part) > len(best) and _begins(top, at):
                best = part
    return best


def _quoted(top: Sequence[TextLine]) -> str:
    said = "".join(line.whole for line in top[:12])
    match = re.search(r"印发", said)
    found = _NOTICE.search(said, match.start() if match else 0) if match else None
    return re.sub(r"\s+", "", found["title"]) if found else ""


def _may_be_title(line: TextLine) -> bool:
    words = line.whole.strip()
    return (
        line.rank in (0,)
        and len(words) <= _LONGEST
        and not re.search(r"[。；;，,：:]$|^附\s*[件表]\s*\d*\s*$|^[（(]?续", words)
        and not _NUMBER.fullmatch(words)
        and not _DATE.search(words)
        and "通知" not in words
        and not words.endswith("文件")
    ) or (line.rank == 3 and re.match(r"20\d\d", line.mark) is not None)


def _begins(top: Sequence[TextLine], at: int) -> bool:
    """Whether a title may begin at a line: an issuer's signature and day are not part of one."""
    return not (at and _may_be_title(top[at - 1]) and not _ORG.match(re.sub(r"\s", "", top[at - 1].whole)))


def _joined(lines: Sequence[TextLine]) -> str:
    return "".join(re.sub(r"\s+", "", line.whole) for line in lines)


def _bare(words: str) -> str:
    return re.sub(r"[\s—–\-－“”\"《》]", "", words)


def _issuer(head: DocumentHead, lines: Sequence[TextLine]) -> None:
    """The issuer signs over the day; else stands over the notice; else the title begins with it."""
    for before, line in pairwise(lines):
        words, day = (re.sub(r"\s", "", one.whole) for one in (before, line))
        if (_DATE.fullmatch(day) or _CN_DATE.fullmatch(day)) and _ORG.match(words):
            head.issuer = words
            _use(head, before, "发文机关")
            break
    for line in lines[:_HEAD_LINES]:
        words = re.sub(r"\s", "", line.whole).removesuffix("文件")
        if _ORG.match(words) and (not head.issuer or words == head.issuer):
            head.issuer = words
            _use(head, line, "发文机关")
    if not head.issuer and (
        match := re.match(
            r"[\u3400-\u9fff]{2,20}?(?:分局|人民政府|委员会|管理局|局)(?=安全|重大|20|“|关于|开展)",
            head.title,
        )
    ):
        head.issuer = match.group()


def _use(head: DocumentHead, line: TextLine, what: str) -> None:
    head.used += line.spans(what)
