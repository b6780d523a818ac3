"""Recurring work and reports that sentences demand: 每月25日前上报…, 请于5月31日前将…报送…."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from hazard_desk.library.annex.annex import FoundDuty
from hazard_desk.library.annex.task import AnnexTask
from hazard_desk.rules.deadlines import parse_deadline

_EVERY = re.compile(
    r"每\s*(?:个|两|2|二)?\s*(?:个)?(?:月|季度?末?月?|季|半年|年|周|星期|日|天|旬)"
    r"(?:第[一1]个月|[一二三四五六日天](?=[前上下中\d点，、开召报])|底|初|末)?(?:\s*\d{1,2}\s*月)?(?:\s*\d{1,2}\s*日)?"
    r"(?:\s*(?:上午|下午)?\s*\d{1,2}\s*[点时:：]\d{0,2})?(?:之?前)?"
)
_COUNT = re.compile(r"(?:至少|不少于)\s*(?:组织|召开|开展)*\s*[\d一二两三]\s*次")
_NOT = re.compile(r"每(?:月|年|日|天|周)[来均度]|每日一|日常|天天")
_DAY = r"(?:20\d\d\s*年\s*)?\d{1,2}\s*月(?:\s*\d{1,2}\s*日|底|上旬|中旬|下旬)\s*之?前?"
_REPORT = re.compile(
    rf"(?:(?:请|务必|须|应)?\s*(?:分别)?(?:于|在)\s*|(?<![每年\d次至到—-])(?={_DAY}(?:报|上报|反馈)))"
    rf"(?P<when>{_DAY}(?:\s*[、和，,]\s*{_DAY})*)\s*[，,]?\s*"
    r"(?P<what>(?:[^。；;]{2,80}?(?:报送|上报|报告|反馈|报)|(?:报送|上报|反馈|报告|报))[^。；;，,]{0,30})"
)
_LEAD_IN = re.compile(
    r"^(?:[（(](?:[一二三四五六七八九十]+|\d+)[）)]|\d{1,2}[.．、])\s*|^(?:并|且|要|应|请|于|由|和)(?=[^于])|[（(]$"
)
_PARTS = re.compile(r"[^。；;！\n]+")


def duties_in(texts: Iterable[str], year: int) -> list[FoundDuty]:
    """Return the recurring work that the texts demand, each once."""
    found: dict[str, FoundDuty] = {}
    for text in texts:
        for sentence in _PARTS.findall(text):
            for duty in (*_recurring(sentence, year), *_reports(sentence, year)):
                found.setdefault(re.sub(r"\s", "", duty.title), duty)
    return list(found.values())


def duties_of_tasks(tasks: Iterable[AnnexTask], year: int) -> list[FoundDuty]:
    """Return the recurring work that texts and deadlines of tasks demand, each once."""
    found: dict[str, FoundDuty] = {}
    for task in tasks:
        for duty in _of_task(task.text, task.deadline, year):
            told = replace(duty, basis=f"第{task.number}项任务：{duty.basis}", task=task.number)
            found.setdefault(duty.title, told)
    return list(found.values())


@lru_cache(2_000)
def _of_task(text: str, deadline: str, year: int) -> tuple[FoundDuty, ...]:
    said = duties_in([text], year)
    periods = {repeat for duty in said for repeat in parse_deadline(duty.rhythm, year).periods}
    meaning = parse_deadline(deadline, year)
    if meaning.understood and set(meaning.periods) - periods:
        title = next(iter(_PARTS.findall(text)), text)
        said.append(FoundDuty(_short(title), deadline, f"完成时限：{deadline}"))
    return tuple(said)


def _recurring(sentence: str, year: int) -> Iterator[FoundDuty]:
    clauses = [part for part in re.split(r"[，,]", sentence) if part.strip()]
    for at, clause in enumerate(clauses):
        match = _EVERY.search(clause)
        if not match or _NOT.search(clause):
            continue
        title = clause.strip()
        if len(re.sub(r"\s", "", title)) - len(match.group()) < 4 and len(clauses) > 1:
            beside = (title, clauses[at + 1]) if at + 1 < len(clauses) else (clauses[at - 1], title)
            title = "，".join(clause.strip() for clause in beside)
        title = _LEAD_IN.sub("", title)
        rhythm = re.sub(r"\s", "", match.group())
        if count := _COUNT.search(clause, match.end()):
            rhythm += re.sub(r"\s|组织|召开|开展", "", count.group())
        meaning = parse_deadline(rhythm, year)
        known = meaning.understood and bool(meaning.periods)
        yield FoundDuty(_short(title), rhythm, sentence.strip(), understood=known)


def _reports(sentence: str, year: int) -> Iterator[FoundDuty]:
    for match in _REPORT.finditer(sentence):
        words = re.sub(r"\s", "", match["when"])
        meaning = parse_deadline(words, year)
        if meaning.dates:
            title = f"{words}{match['what'].strip()}"
            yield FoundDuty(_short(title), words, sentence.strip(), meaning.dates)


def _short(title: str) -> str:
    title = re.sub(r"\s+", "", title).strip("，,：:、 “”")
    if title.count("（") > title.count("）"):
        title += "）" if title.count("（") == title.count("）") + 1 else ""
    return title[:60]
