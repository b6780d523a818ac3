"""Rules of the field as dated data: caps on checks, certified inspectors, rewards, insurance, articles.

``resources/rules/`` explains the format at the head of each file. Each rule holds from a day on and says
whether its source was checked (已核) or not yet (待核); a later rule of the same sort takes its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal, TypeVar

from hazard_desk.library import places
from hazard_desk.library.reader import build, naming, read_toml
from hazard_desk.rules.wording import cited

UNCHECKED = "待核"


@dataclass(frozen=True, kw_only=True)
class DatedRule:
    """What every rule says of itself."""

    title: str
    number: str = ""
    since: date
    checked: Literal["已核", "待核"]

    @property
    def cited(self) -> str:
        """The rule as a sentence names it: 应急〔2025〕11号，待核."""
        return "，".join((self.number or f"《{self.title}》", *([UNCHECKED] * (self.checked == UNCHECKED))))


@dataclass(frozen=True)
class CheckLimit:
    """So often a year may a firm of this class be checked."""

    high_risk: bool
    grade: str
    most: int


@dataclass(frozen=True, kw_only=True)
class CheckCaps(DatedRule):
    """检查额度. ``exempt`` are the kinds of checks that do not count."""

    exempt: tuple[str, ...]
    limits: tuple[CheckLimit, ...]


@dataclass(frozen=True, kw_only=True)
class CertifiedCheck(DatedRule):
    """A check has at least so many inspectors with a valid certificate."""

    least: int


@dataclass(frozen=True, kw_only=True)
class RewardRate(DatedRule):
    """举报奖励: a share of the fine in percent, at least and at most so many 元."""

    share: int
    least: int
    most: int

    def amount(self, fine: float) -> int:
        """Return the reward in whole 元 for a fine in 万元."""
        return round(min(max(fine * 10_000 * self.share / 100, self.least), self.most))

    @property
    def named(self) -> str:
        """The rule as the basis of a reward: 《安全生产领域举报奖励办法》（安监总财〔2018〕19号）."""
        return cited(self.title, self.number)


@dataclass(frozen=True, kw_only=True)
class CompulsoryInsurance(DatedRule):
    """The desk's sectors that must take out 安全生产责任保险."""

    sectors: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Article(DatedRule):
    """An article of a law or rule, to be chosen as the basis of a paper; without ``article`` the whole of it.

    ``text`` is its wording in short, for choosing. It held until the day before ``until``.
    """

    article: str = ""
    text: str
    until: date | None = None
    sectors: tuple[str, ...] = ()

    @property
    def named(self) -> str:
        """The article as a paper cites it: 《中华人民共和国安全生产法》第四十一条第二款."""
        return cited(self.title, self.number) + self.article

    def held(self, day: date) -> bool:
        """Whether it was in force on a day."""
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True)
class DatedRules:
    """A file of rules."""

    caps: tuple[CheckCaps, ...] = ()
    certified: tuple[CertifiedCheck, ...] = ()
    rewards: tuple[RewardRate, ...] = ()
    insured: tuple[CompulsoryInsurance, ...] = ()
    articles: tuple[Article, ...] = ()


R = TypeVar("R", bound=DatedRule)


def load_rules(path: Path) -> DatedRules:
    """Return the rules in a file. ``Refused`` names the file and what is wrong; ``Trouble``."""
    with naming(path, "现行规定文件"):
        return build(DatedRules, read_toml(path))


@cache
def bundled_rules() -> DatedRules:
    """Return the rules that come with the program."""
    return load_rules(places.resources() / "rules" / "national.toml")


@cache
def bundled_articles() -> tuple[Article, ...]:
    """Return the articles that come with the program, in their order."""
    return load_rules(places.resources() / "rules" / "articles.toml").articles


def in_force(rules: Sequence[R], day: date) -> R | None:
    """Return the latest of these rules that holds on a day; None where none does yet."""
    return max((rule for rule in rules if rule.since <= day), key=lambda rule: rule.since, default=None)
