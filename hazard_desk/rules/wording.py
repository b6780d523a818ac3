"""One spelling for the many ways people write numbers, dates and frequencies.

``one_spelling`` turns "五月十五日 前", "2023.5.15" or "每个星期四" into the few forms that the grammar of
``deadlines`` knows. It never decides what a wording means.
Here stand, too, the words around a date that say nothing about it, the doubt that a wording leaves, how a
sentence quotes it, and how wide it is.
"""

from __future__ import annotations

import re
import unicodedata

WEEKDAYS = "一二三四五六日"
"""From Monday on, as ``date.weekday`` counts."""
_DIGITS = {char: str(value) for value, chars in enumerate(("〇零○", *"一二三四五六七八九")) for char in chars}
_TENS = re.compile(r"([一二三四五六七八九]?)(十|廿|卅)([一二三四五六七八九]?)")
# After 周 a numeral is a weekday (周四), unless 次 follows (每周一次).
_NUMERAL = re.compile(
    r"(?<![\d周〇零○一二三四五六七八九十廿卅两])([〇零○一二三四五六七八九十廿卅两]+)"
    r"(?=[年月日号次条幅个季点时分场篇期份家人前至周天小工、,)]|$)"
    r"|(?<=周)([一二三四五六七八九十两]+)(?=次)"
)
_SPACE = re.compile(r"[\s\u200b-\u200d\ufeff]+")

_SPELLINGS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.ASCII), replacement)
    for pattern, replacement in (
        (r"星期|礼拜", "周"),
        (r"^(\d{4}-\d\d-\d\d)00:00:00$", r"\1"),  # how a spreadsheet's date cell reads as text
        (r"截[至止]到?(?=\d|年)", "于"),
        (r"(?<![\d.])(\d{4})([-./])(\d{1,2})\2(\d{1,2})(?![\d.])[日号]?", r"\1年\3月\4日"),
        (r"(?<![\d.])(\d{4})(\d\d)(\d\d)(?![\d.])", r"\1年\2月\3日"),
        (r"(?<![\d.])(\d{4})[-./](\d{1,2})(?![\d.])月?", r"\1年\2月"),
        (r"(?<![\d.])(\d{1,2})\.(\d{1,2})(?![\d.])[日号]?", r"\1月\2日"),
        (r"(?:[-—–−~]|到(?!位))+", "至"),
        (r"(?<=\d)号", "日"),
        (r"月份", "月"),
        (r"元月", "1月"),
        (r"[“”‘’「」\"']", ""),
        (r"之前|以前", "前"),
        (r"(?:逐|按|每个|每一|每1个?|各)(?=日|天|周|月|季|半年|年)", "每"),
        (r"每天", "每日"),
        (r"每季(?!度)|每3个月", "每季度"),
        (r"每6个月|每半个?年", "每半年"),
        (r"每12个月", "每年"),
        (r"(?<=年)[末终]|(?<=[月度])末", "底"),
        (r"年年底", "年底"),
        (r"月月底", "月底"),
        (r"\(含(?:当日|当天)?\)", ""),
    )
)


def _number(match: re.Match[str]) -> str:
    """Return a Chinese numeral as digits, or as it stands when it is no plain number (三四次)."""
    word = match.group()
    if word == "两":
        return "2"
    if ten := _TENS.fullmatch(word):
        first, unit, last = ten.groups()
        if unit != "十" and first:
            return word
        tens = {"十": int(_DIGITS.get(first, "1")), "廿": 2, "卅": 3}[unit]
        return str(tens * 10 + int(_DIGITS.get(last, "0")))
    if len(word) in (1, 4) and all(char in _DIGITS for char in word):
        return "".join(_DIGITS[char] for char in word)
    return word


def half_width_text(text: str) -> str:
    """Return digits, letters and marks at half width: １３８ is 138, ￥ is ¥."""
    return unicodedata.normalize("NFKC", text)


def one_spelling(text: str) -> str:
    """Return ``text`` half-width, without spaces, numbers in digits, dates as 5月18日, ranges with 至."""
    text = _SPACE.sub("", half_width_text(text))
    text = _SPELLINGS[0][0].sub(_SPELLINGS[0][1], text)
    text = _NUMERAL.sub(_number, text)
    for pattern, replacement in _SPELLINGS[1:]:
        text = pattern.sub(replacement, text)
    return text


LEAD_IN = (
    r"(?P<hope>力争|争取)?(?:请|应|须|要|务必|必须|确保|务)*"
    r"(?:最迟|最晚|至迟|不得?[晚迟]于|限)?[于在到至]?"
)
AT_LEAST = r"(?:至少|不少于|不低于|不得少于|不得低于)"
_KNOWN = """
    基本 全面 全部 初步 首次 首轮 集中 普遍 整体 有序 稳步 逐级 逐项 汇总 阶段性 明显 显著 成效 效果 见效
    启动 部署 安排 开展 组织 召开 进行 完成 建立 建成 健全 完善 实现 达到 形成 取得 制定 制订 编制 修订
    印发 出台 落实 整改 整治 治理 排查 摸排 摸底 检查 抽查 督查 督导 巡查 清零 结束 验收 总结 上报 报送
    报告 报表 报 提交 办结 销号 到位 通过 巩固 提升 提高 全覆盖 覆盖 推进 实施 执行 公布 公开 公示 通报
    调度 更新 动态 评估 考核 演练 培训 宣传 学习 研究 分析 研判 截止 止 备案 反馈 拆除 移交 投入使用 运行
    自查 自纠 互查 方案 计划 工作 任务 情况 进展 上月 上季度 名单 台账 台帐 清单 存量 年度 月度 季度 目标
    各项 相关 材料 信息 数据 会议 机制 体系 制度 重大 事故 隐患 问题 安全 生产 活动 专项 行动 书面 长效
    小结 发布 回头看 的 完工 竣工 开工 投用 投运 建设 改造 关闭 关停 确定 签订 更换 加固 清理 搬迁 退出 启用
    达标
"""
WORD = (
    r"(?:第[一二三四五六七八九十\d]{1,2}[轮批次]|\d{1,3}%(?:以上)?|"
    + "|".join(sorted(set(_KNOWN.split()), key=len, reverse=True))
    + ")"
)
"""A word for what is to be done by a date, one that leaves the date as it is."""
WORDS = f"{WORD}*+"
_VAGUE = re.compile(
    r"立即|即时|即刻|马上|随时|及时|尽快|即知即改|立行立改|即查即改|即日|适时|限期|另行通知|汛期|节假日|节日"
    r"|两节|两会|视情|根据|按照?.*要求|结束前|期间|通知后"
)
_FRAGMENT = re.compile(
    r"(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日|底|[上中下]旬)?前?|年底前?|每(?:周|月|季度|半年|年)", re.ASCII
)
_EMPTY = re.compile(r"[\s\-—–―－一/／\\、.。·_＿~～]*|无|略|/|空|暂无|不填")


class Doubt(Exception):
    """The wording can't be understood; the message says what is wrong, '' where it is just unknown."""


def empty(text: str) -> bool:
    """Return whether a cell says nothing: it is blank, dashed out, or says so (无, 略)."""
    text = text.strip()
    return text != "一" and bool(_EMPTY.fullmatch(text))


def doubt_note(cell: str, doubt: Doubt) -> str:
    """Return the note for a cell that leaves a doubt; it quotes the cell as it is written."""
    if said := str(doubt):
        return f"“{short(cell)}”{said}"
    return unknown(cell)


def unknown(cell: str) -> str:
    """Return the note for a cell that no pattern knows, naming the date that is hidden in it if any."""
    if found := _FRAGMENT.search(cell):
        return f"“{short(cell)}”中只认出“{found.group()}”，其余文字未能识别，请核对后填写日期。"
    if _VAGUE.search(cell):
        return f"“{short(cell)}”没有写明日期，请核对后填写。"
    return f"“{short(cell)}”未能识别，请核对后填写日期。"


def short(text: str) -> str:
    """Return the text in one line, cut to what fits a sentence."""
    text = re.sub(r"\s*[\r\n]\s*", "", text.strip())
    return text if len(text) <= 30 else text[:30] + "…"


class _Letters(dict[str, int]):
    """How many letters wide a character is; each is looked up once."""

    def __missing__(self, char: str) -> int:
        self[char] = wide = 2 if unicodedata.east_asian_width(char) in "WFA" else 1
        return wide


_LETTERS = _Letters()


def letters_wide(text: str) -> int:
    """Return how wide a text is, in letters: a Chinese character is as wide as two."""
    return sum(map(_LETTERS.__getitem__, text))


def weekday_named(sign: str) -> int:
    """Return which day of the week 一 to 日 names, as ``date.weekday`` counts; 天 is 日, -1 is none."""
    return WEEKDAYS.find(sign.replace("天", "日"))


def cited(title: str, number: str) -> str:
    """Return a document as papers cite it: 《重大火灾隐患判定规则》（GB 35181-2025）."""
    return f"《{title}》（{number}）" if number else f"《{title}》"


def quoted(text: str) -> str:
    """Return ``text`` in quotation marks: 每月“五进”活动 gives “每月‘五进’活动”."""
    return f"“{text.replace('“', '‘').replace('”', '’')}”"
