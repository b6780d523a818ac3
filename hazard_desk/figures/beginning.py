"""起步: what a new desk still lacks before its papers and figures follow, each line done or not.

Nothing of it is kept: a line is done when the books, the settings and the folder of papers say so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from hazard_desk.books.catalogue import Books
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.books.kit.query import Query
from hazard_desk.books.opening import OPENED_ON
from hazard_desk.books.plans.forms import form_in_use, forms_of_plan
from hazard_desk.books.plans.tables import TaskFacts
from hazard_desk.store.columns import name_of

FIRMS, EARLIER, LEADS, MEMBERS, FORM, RECIPIENT, COPIES, PAPER = (
    "firms",
    "earlier",
    "leads",
    "members",
    "form",
    "recipient",
    "copies",
    "paper",
)
_PAPERS = (".pdf", ".docx")


@dataclass(frozen=True)
class BeginningLine:
    """One thing to begin with: what, why, how far it is; ``record`` (ledger/id) is where to go on, or ''."""

    id: str
    title: str
    why: str
    done: bool
    told: str
    record: str = ""


@dataclass(frozen=True)
class Beginning:
    """The lines in the order in which they are best done; ``over`` tells that the office is in full work."""

    lines: tuple[BeginningLine, ...]
    over: bool

    @property
    def left(self) -> int:
        """How many lines are not done yet."""
        return sum(not line.done for line in self.lines)


def beginning(books: Books, second_place: bool, out: Path) -> Beginning:
    """Return what is done and what is not; ``out`` is where papers go.

    It is over when nothing is left, when a form was sent, and on a sample desk.
    """
    lines = (
        _firms(books),
        _earlier(books),
        *_plan(books),
        *_settings(books),
        BeginningLine(
            COPIES,
            "给备份再选一个位置",
            "U盘、另一块硬盘或共享文件夹，电脑坏了台账还在",
            second_place,
            "已选好" if second_place else "还没有选",
        ),
        _paper(out),
    )
    left = any(not line.done for line in lines)
    return Beginning(lines, not left or in_full_work(books))


def in_full_work(books: Books) -> bool:
    """Whether the office needs no beginning any more: it sent a form, or the desk is a sample."""
    return books.sample or bool(books.submissions.under_any_plan())


def _firms(books: Books) -> BeginningLine:
    count = books.enterprises.count(Query())
    why = "登记检查、隐患时选单位，行业领域、村、电话自动带出；企业履职按名册逐家对照"
    return BeginningLine(FIRMS, "录入监管对象", why, count > 0, f"已有{count}家" if count else "还没有录入")


def _earlier(books: Books) -> BeginningLine:
    """Hazards found before the desk was begun, or taken in without a day."""
    opened = books.cabinet.setting(OPENED_ON)
    first = date.fromisoformat(opened) if opened else books.plans.current().starts_on
    before = (f"..{first - timedelta(days=1)}", "")
    count = sum(books.hazards.count(Query(where={name_of(Hazard.found_on): days})) for days in before)
    told = f"已有{count}条" if count else "还没有以前的隐患"
    why = "没有销号的接着办、到期提醒，往年的也查得到"
    return BeginningLine(EARLIER, "导入以前的隐患台账", why, count > 0, told)


def _plan(books: Books) -> Iterator[BeginningLine]:
    """What the plan left open: who leads its tasks, and who the members are that it names by their post."""
    unled = Query(where={name_of(TaskFacts.leads): ""})
    tasks = [row.id for row in books.tasks.select(unled) if not row.part_leads]
    told = f"还有{len(tasks)}项没有写明" if tasks else "都已写明"
    first = f"{books.tasks.id}/{tasks[0]}" if tasks else ""
    yield BeginningLine(LEADS, "写明任务由谁牵头", "按牵头领导筛选、汇总、催办", not tasks, told, first)
    unnamed = [row.id for row in books.groups.facts() if not row.person and row.ends_on is None]
    told = f"还有{len(unnamed)}名只写了职务" if unnamed else "都已写明"
    first = f"{books.groups.id}/{unnamed[0]}" if unnamed else ""
    why = "领导带队检查、召开会议，按姓名对照"
    yield BeginningLine(MEMBERS, "补上领导小组成员的姓名", why, not unnamed, told, first)


def _settings(books: Books) -> Iterator[BeginningLine]:
    asked = bool(forms_of_plan(books.cabinet)) or form_in_use(books.cabinet) is not None
    why = "到期提醒上报，写明已报、未报"
    yield BeginningLine(FORM, "选定要报的调度表", why, asked, "已选定" if asked else "还没有选")
    recipient = books.cabinet.setting("mail_to")
    why = "报表做成邮件草稿时，收件人自动填好"
    yield BeginningLine(RECIPIENT, "填写上级的收件邮箱", why, bool(recipient), recipient or "还没有填")


def _paper(out: Path) -> BeginningLine:
    there = out.is_dir() and any(file.suffix.lower() in _PAPERS for file in out.iterdir())
    why = "如任务分解表、领导小组名单，存成PDF或Word，样式合用再打印"
    return BeginningLine(PAPER, "存一份材料看看样式", why, there, "已存过" if there else "还没有存过")
