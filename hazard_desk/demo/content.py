"""What the sample year tells: people, enterprises, hazards and work log from ``resources/demo``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from hazard_desk.books.checks.book import Checks
from hazard_desk.books.tips import Tips
from hazard_desk.library.places import resources
from hazard_desk.library.reader import build, naming, read_toml
from hazard_desk.rules.fields import Row

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

T = TypeVar("T", bound="DataclassInstance")
V = TypeVar("V")


@dataclass(frozen=True)
class SampleOffice:
    """An office of the township (科室) with the sectors that it supervises."""

    name: str
    sectors: tuple[str, ...]
    leader: str
    head: str
    staff: tuple[str, ...]


@dataclass(frozen=True)
class Village:
    """A village and who looks after its enterprises (包联责任人)."""

    name: str
    keeper: str


@dataclass(frozen=True)
class People:
    """The content of people.toml."""

    clerk: str
    offices: tuple[SampleOffice, ...]
    villages: tuple[Village, ...]

    def office_for(self, sector: str) -> SampleOffice:
        """Return the office that supervises ``sector``."""
        return next(office for office in self.offices if sector in office.sectors)

    def keeper_of(self, village: str) -> str:
        return next(place.keeper for place in self.villages if place.name == village)


@dataclass(frozen=True)
class FirmKind:
    """What enterprises of one kind share; ``code`` begins the social credit code, '' for none."""

    category: str
    sector: str
    code: str = ""
    grade: str = ""
    high_risk: bool = False


@dataclass(frozen=True)
class Firm:
    """One enterprise; from the day ``until`` on its status is ``ends`` for the ``reason``."""

    name: str
    kind: str
    village: str
    address: str
    principal: str
    officers: tuple[str, ...]
    headcount: int
    risk: str
    entered: date | None = None
    until: date | None = None
    ends: str = ""
    reason: str = ""
    remark: str = ""


@dataclass(frozen=True)
class SampleFirms:
    """The content of enterprises.toml."""

    kinds: Mapping[str, FirmKind]
    firms: tuple[Firm, ...]

    def kind_of(self, firm: Firm) -> FirmKind:
        return self.kinds[firm.kind]


@dataclass(frozen=True)
class Dangers:
    """The content of dangers.toml: titles of criteria, and contingency plans by danger."""

    criteria: Mapping[str, str]
    dangers: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Case:
    """One hazard: when and where it was found, and what is special in its course (see industry.toml)."""

    found: date
    source: str
    at: str
    place: str
    fault: str
    delay: str = ""
    extended_to: date | None = None
    failed: str = ""
    late: int = 0
    note: str = ""
    commit_after: int = 0
    merged: int = 0
    void: str = ""
    void_on: date | None = None
    slip: str = ""
    why: str = ""
    measures: str = ""
    done: str = ""


@dataclass(frozen=True)
class Pattern:
    """A kind of fault with what its cases share: danger, measures, term in days, funds in 万元."""

    category: str
    danger: str
    days: int
    why: str
    measures: str
    done: str
    cases: tuple[Case, ...]
    funds: tuple[float, ...] = ()
    level: str = "一般"
    criterion: str = ""
    sector: str = ""
    at_once: bool = False


@dataclass(frozen=True)
class _HazardFile:
    patterns: tuple[Pattern, ...]


@dataclass(frozen=True)
class Service:
    """A member of the leading group, from when to when, by which document."""

    role: str
    person: str
    post: str
    starts_on: date
    basis: str
    ends_on: date | None = None


@dataclass(frozen=True)
class Log:
    """An entry of a task's work log; ``task`` is the task's number in the plan."""

    task: int
    on: date
    note: str
    kind: str = "进展"


@dataclass(frozen=True)
class Story:
    """The content of story.toml."""

    services: tuple[Service, ...]
    logs: tuple[Log, ...]


@dataclass(frozen=True)
class Content:
    """Everything that the sample year is made of."""

    people: People
    enterprises: SampleFirms
    dangers: Dangers
    patterns: tuple[Pattern, ...]
    story: Story


def load_content() -> Content:
    """Return the sample content. ``Refused`` names the file and key that is wrong."""
    folder = resources() / "demo"
    hazards = folder / "hazards"
    files = [path for path in sorted(hazards.glob("*.toml")) if path.name != "dangers.toml"]
    return Content(
        people=_load(People, folder / "people.toml"),
        enterprises=_load(SampleFirms, folder / "enterprises.toml"),
        dangers=_load(Dangers, hazards / "dangers.toml"),
        patterns=tuple(pattern for path in files for pattern in _load(_HazardFile, path).patterns),
        story=_load(Story, folder / "story.toml"),
    )


@dataclass(frozen=True)
class QuietCheck:
    """A check that found nothing to be entered."""

    on: date
    kind: str
    unit_name: str
    situation: str


@dataclass(frozen=True)
class CheckContent:
    """The content of books/checks.toml."""

    kinds: tuple[str, ...]
    spots: tuple[str, ...]
    defects: Mapping[str, tuple[str, ...]]
    rows: tuple[QuietCheck, ...]


@dataclass(frozen=True)
class QuietTip:
    """A report that became no hazard; not true where it was settled."""

    on: date
    way: str
    unit_name: str
    content: str
    informant: str = ""
    settle: date | None = None
    finding: str = ""


@dataclass(frozen=True)
class TipContent:
    """The content of books/tips.toml."""

    informants: tuple[str, ...]
    silent: tuple[int, ...]
    paid: Mapping[str, int]
    rows: tuple[QuietTip, ...]


def load_checks() -> CheckContent:
    return _load(CheckContent, _book(Checks.id))


def load_tips() -> TipContent:
    return _load(TipContent, _book(Tips.id))


def load_rows(name: str) -> dict[str, list[Row]]:
    """Return the tables of ``resources/demo/books/<name>.toml``; the ledgers check what their rows say."""
    with naming(_book(name), "示例文件"):
        read = read_toml(_book(name))
    return {
        table: [row for row in rows if isinstance(row, dict)]
        for table, rows in read.items()
        if isinstance(rows, list)
    }


def taken(row: Row, name: str, usual: V) -> V:
    """Take out of a row what is not for the ledger; ``usual`` where it says nothing, and of the same type."""
    value = row.pop(name, None)
    return value if isinstance(value, type(usual)) else usual


def _book(name: str) -> Path:
    return resources() / "demo" / "books" / f"{name}.toml"


def _load(cls: type[T], path: Path) -> T:
    with naming(path, "示例文件"):
        return build(cls, read_toml(path))
