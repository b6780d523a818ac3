"""The idioms of deadlines as patterns for parts in plain spelling; ``deadlines`` says what each means."""

from __future__ import annotations

import re

from hazard_desk.rules.phrases.points import CLOCK, POINT
from hazard_desk.rules.wording import AT_LEAST, LEAD_IN, WORD, WORDS

SEGMENTS = re.compile(r"[;。]|(?<![\d季年月日])(?=\d{4}年度?:)")
LABEL = re.compile(rf"{POINT}:(?P<rest>.+)", re.ASCII)
HEADING = re.compile(r"(?:完成|办结|整改|落实|工作)?(?:时限|时间|期限|日期|节点)(?:要求)?(?::|为|是)")
BRACKET = re.compile(r"\((?![条幅次]\)|周[一二三四五六日天]\))([^()]*)\)")
STANDING = re.compile(
    r"(?:(?:需|要)?(?:坚持|并)?(?:立即|马上)?(?:开展|启动|实施)?(?:长期|持续|常态化?|经常性?|常年|长年|始终|一直|日常|全程|不断|"
    r"常抓不懈|不间断|贯穿始终|贯穿全程|贯穿全过程|长效|不定期|滚动)(?:性|化)?)+"
    rf"(?:坚持|保持|推动|推进|抓好|抓|管控|加强|{WORD})*+"
)
_COUNT = (
    rf"{WORDS}{AT_LEAST}?{WORDS}(?P<count>\d{{1,4}})"
    rf"(?P<unit>[次条幅个场篇期份家人轮](?:\([条幅次]\))?)(?:以上)?{WORDS}"
)
_CAMPAIGN = r"(?:(?:本次|整个|专项|集中|攻坚|整治|排查|治理|\d年|安全生产)*(?:行动|整治|活动|攻坚|实施|工作))"
COUNTER = re.compile(rf"(?:{_CAMPAIGN}?期间)?{_COUNT}", re.ASCII)
THROUGHOUT = re.compile(rf"{_CAMPAIGN}(?:期间|期内|全程|全过程){WORDS}")
CAMPAIGN_END = re.compile(rf"{_CAMPAIGN}(?:结束|完成)(?:之)?前{WORDS}")
DATED = re.compile(
    rf"{LEAD_IN}{POINT}(?:\(?(?P<weekday>周[一二三四五六日天])\)?)?{CLOCK}?(?P<during>期间)?(?P<before>前)?"
    rf"(?:\((?P<weekday2>周[一二三四五六日天])\))?(?P<words>{WORDS})(?P<counted>{_COUNT})?",
    re.ASCII,
)
YEARLY = re.compile(rf"(?:全年|每年)(?P<counted>{_COUNT})", re.ASCII)
ONLY_POINT = re.compile(POINT, re.ASCII)
SINCE = re.compile(r"(?:自|从)?(?P<point>.+?)(?:起|开始)(?:执行|上报|报送)?(?P<rest>.*)")
_NOW = r"(?:即日|现在|今日|印发之日|发文之日|(?:本?方案|文件|通知)?(?:印发|下发|发布)(?:之日)?)"
SINCE_NOW = re.compile(rf"(?:自|从)?{_NOW}(?:起|开始)(?P<rest>[^至]*)")
RANGE = re.compile(r"(?:自|从)?(?P<first>[^至]+?)起?至(?P<last>(?![少迟])[^至]+)")
BARE_NUMBER = re.compile(r"(?:\d{4}年)?\d{1,2}|\d{4}", re.ASCII)
BARE_DAY = re.compile(r"\d{1,2}日.*", re.ASCII)
FROM_NOW = re.compile(_NOW)
ONLY_WORDS = re.compile(rf"{WORDS}")
MERE = re.compile(r"(?:完成|整改|落实|上报|报送|报|办结|结束|截止|止|到位|提交)*")
"""Words beside a date that add nothing worth a note."""
DATELIKE = re.compile(r"\d|[年月日周季旬初末底前]|每|半年|天")
