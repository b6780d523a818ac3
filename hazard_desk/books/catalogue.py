"""All the books of one desk, on one cabinet: what figures, papers and sheets are given to read.

A book declares itself in its class (``kit/book.py``); one line here takes it in, and everything follows.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TypeVar

from hazard_desk.books.activities import Activities
from hazard_desk.books.attachments import Attachments
from hazard_desk.books.backlog import Backlog
from hazard_desk.books.checks.book import Checks
from hazard_desk.books.checks.law import warnings
from hazard_desk.books.checks.plans import CheckPlans
from hazard_desk.books.documents.book import Documents
from hazard_desk.books.documents.doubts import Doubts
from hazard_desk.books.documents.issuing import Issuing
from hazard_desk.books.documents.wordings import Wordings
from hazard_desk.books.duties.book import Duties
from hazard_desk.books.duties.evidence import Proofs
from hazard_desk.books.duties.holidays import Holidays
from hazard_desk.books.enterprise_duties import EnterpriseDuties
from hazard_desk.books.enterprises import Enterprises
from hazard_desk.books.erasing import Erasing
from hazard_desk.books.groups import Groups
from hazard_desk.books.hazards.book import Hazards
from hazard_desk.books.hazards.steps import NUMBERS
from hazard_desk.books.informants import Informants
from hazard_desk.books.kit.ledger import Ledger
from hazard_desk.books.plans.book import Plans
from hazard_desk.books.plans.part_edits import PartEdits
from hazard_desk.books.plans.renewal import PlanRenewal
from hazard_desk.books.plans.task_edits import TaskEdits
from hazard_desk.books.plans.tasks import Tasks
from hazard_desk.books.postponed import Postponed
from hazard_desk.books.registers import Registers
from hazard_desk.books.rewards import RewardRow, Rewards
from hazard_desk.books.settings import Settings
from hazard_desk.books.sheet_mappings import SheetMappings
from hazard_desk.books.submissions import Submissions
from hazard_desk.books.tips import Tips
from hazard_desk.books.units.book import Units
from hazard_desk.books.units.sectors import Sectors
from hazard_desk.books.urging import Urging
from hazard_desk.books.views import Views
from hazard_desk.errors import Refused
from hazard_desk.library.registers import elsewhere
from hazard_desk.store.acts import Undo
from hazard_desk.store.cabinet import Cabinet
from hazard_desk.store.seal.seal import Seal

Entered = TypeVar("Entered", bound=Ledger)


_BESIDE = {
    "setting": "设置",
    "saved_view": "保存的筛选",
    "sheet_mapping": "导入对应关系",
    "postponed": "推后的事项",
    "wording": "文书措辞",
    "attachment": "附件",
    "register_def": "自建台账",
    "register_row": "专项台账",
    "hazard_event": "隐患办理记录",
    "finding": "检查发现的问题",
    "plan": "方案",
    "stage": "方案阶段",
    "action": "主要行动",
    "key_task": "重点任务",
    "task_part": "任务分项",
    "task_log": "任务工作记录",
    "plan_register": "方案要求的台账",
    "occurrence_mark": "常态化工作办理情况",
    "duty_trigger": "触发事项",
    "holiday": "节假日",
    "leading_group": "领导小组",
    "informant": "举报人",
    "submission": "已报送的调度表",
    "form_override": "调度表手工值",
}
"""What the tables are called that no book keeps as its own."""


class Books:
    """The ledgers of a desk by name, and what every paper's head needs to know of the office."""

    def __init__(self, cabinet: Cabinet) -> None:
        self.cabinet = cabinet
        cabinet.indexers = []
        self._fixed: dict[str, Ledger] = {}
        self.plans = Plans(cabinet)
        self.holidays = Holidays(cabinet)
        self.seal = Seal(cabinet)
        self.informants = Informants(cabinet, self.seal)
        self._proofs = Proofs(cabinet)
        duties = Duties(self._proofs, self.holidays)
        tasks = Tasks(cabinet, duties)
        self.enterprises = self._enter(Enterprises(cabinet))
        self.enterprise_duties = self._enter(EnterpriseDuties(cabinet, self.enterprises))
        self.hazards = self._enter(Hazards(cabinet, self.enterprises, self.plans.hazard_asks))
        self.checks = self._enter(Checks(cabinet, self.enterprises, self.hazards, warnings))
        self.check_plans = self._enter(CheckPlans(cabinet, self.enterprises))
        rewards = Rewards(cabinet, self.informants, self.enterprises, self.hazards, self.checks)
        self.rewards = self._enter(rewards)
        self.tips = self._enter(Tips(cabinet, self.informants, self.enterprises, self.hazards, self.rewards))
        self.erasing = Erasing(cabinet, self.informants, self.tips, self.rewards)
        self.activities = self._enter(Activities(cabinet, tasks, duties, self.enterprises))
        self.documents = self._enter(Documents(cabinet, (*NUMBERS, RewardRow.number)))
        self.tasks = self._enter(tasks)
        self.groups = self._enter(Groups(cabinet))
        self.duties = self._enter(duties)
        self.backlog = Backlog(tasks, duties)
        self.sectors = self._enter(Sectors(cabinet))
        self.units = self._enter(Units(cabinet))
        self.task_edits = TaskEdits(cabinet, self.tasks)
        self.part_edits = PartEdits(cabinet, self.tasks)
        self.renewal = PlanRenewal(cabinet, self.plans)
        doubts = Doubts(self.hazards, self.checks, self.tips, self.rewards)
        self.issuing = Issuing(cabinet, self.documents, self.hazards, self.rewards, doubts)
        self.postponed = Postponed(cabinet)
        self.urging = Urging(self.plans, duties, self.enterprise_duties, self.rewards, self.postponed)
        self.submissions = Submissions(cabinet)
        self._proofs.take(self.submissions, self.submissions.evidence)
        self.attachments = Attachments(cabinet, cabinet.file.parent)
        about = (self.hazards, self.checks, self.rewards)
        self.registers = Registers(cabinet, self.enterprises, self._fixed.values(), about)
        cabinet.indexers.append(self.registers)
        self._set_beside(cabinet)
        self._heed_acts()

    def _set_beside(self, cabinet: Cabinet) -> None:
        """What is kept besides the books: how this office wants them shown, read and worded."""
        self.settings = Settings(cabinet)
        self.views = Views(cabinet)
        self.sheet_mappings = SheetMappings(cabinet)
        self.wordings = Wordings(cabinet)

    def _heed_acts(self) -> None:
        """Let the books that keep something about records of others know what becomes of these."""
        self.cabinet.on_remove = [self.attachments.remove_with]
        self.cabinet.on_move = [self.attachments.move_with, self.documents.move_with]
        self.cabinet.ways = {Undo.STEP: self.hazards.take_back, Undo.NUMBER: self.documents.take_back}

    def _enter(self, book: Entered) -> Entered:
        """Take a book into the catalogue, at the next place in every list of books."""
        if book.id in self._fixed:
            raise ValueError(f"two books are called {book.id}")
        self._fixed[book.id] = book
        self.cabinet.indexers.append(book)
        if book.evidence:
            self._proofs.take(book, book.evidence)
        return book

    @property
    def ledgers(self) -> dict[str, Ledger]:
        """All books by their command-line names; the registers, which the office may add to, last."""
        return {**self._fixed, **self.registers.ledgers()}

    def called(self, table: str) -> str:
        """Return the Chinese name of a table: that of the book that keeps it, else its own."""
        kept = {book.table_name: book.title for book in reversed(self._fixed.values())}
        return _BESIDE.get(table) or kept.get(table) or f"数据表{table}"

    @property
    def today(self) -> date:
        return self.cabinet.clock.today

    @property
    def office_name(self) -> str:
        """The office that keeps this desk: 三星乡应急办."""
        return self.cabinet.setting("office")

    @property
    def sample(self) -> bool:
        """Whether this is a sample desk (示例), to be marked so on every page and paper."""
        return self.cabinet.setting("sample") == "1"

    def ledger(self, name: str) -> Ledger:
        """Return the ledger with this command-line name; ``Refused`` with the known ones."""
        name, _ = self.place_of(name)
        ledgers = self._fixed if name in self._fixed else self.ledgers
        if name not in ledgers:
            known = "、".join(f"{book.id}（{book.title}）" for book in ledgers.values())
            raise Refused(f"没有“{name}”这本台账，可用的有：{known}")
        return ledgers[name]

    def plan_of(self, name: str, number: int) -> int | None:
        """Return the plan that a record of this book belongs to; None where it belongs to none."""
        book = self.ledgers.get(name)
        return None if book is None else book.plan_of(number)

    def place_of(self, name: str) -> tuple[str, Mapping[str, str]]:
        """Return the ledger that holds what is called ``name``, and the filter that picks it there.

        Some registers that plans ask for are a part of another ledger: 重大事故隐患台账 is the major hazards.
        """
        part = elsewhere().get(name)
        return (part.ledger, part.where) if part else (name, {})
