"""What fell due before the desk was begun (起账前), recorded by the office's word: many at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hazard_desk.books.duties.book import Duties
from hazard_desk.books.duties.occurrences import OccurrenceMarkRow
from hazard_desk.books.plans.tables import TaskLogRow
from hazard_desk.books.plans.tasks import Tasks
from hazard_desk.errors import Refused
from hazard_desk.rules.fields import Value, read_all
from hazard_desk.rules.tasks import LogKind
from hazard_desk.store.acts import Change
from hazard_desk.store.columns import declared

Due = tuple[str, int, str]
"""A ledger, the id of a task or a duty in it, and which part or time of it ('' for a task as a whole)."""


class Backlog:
    """Records tasks and times of duties as done, for which the desk has no records."""

    fields = declared(OccurrenceMarkRow)
    """The day and the office's word."""

    def __init__(self, tasks: Tasks, duties: Duties) -> None:
        self.tasks = tasks
        self.duties = duties

    def takes(self, ledger: str) -> bool:
        """Whether what is due in a ledger can be recorded so; the rows of others are worked on themselves."""
        return ledger in (self.tasks.id, self.duties.id)

    def record(self, dues: Sequence[Due], values: Mapping[str, Value]) -> Change:
        """Record all of these as done on a day, by one act. Raises ``RefusedFields`` and ``Refused``."""
        cabinet = self.tasks.cabinet
        asked = [due for due in dues if self.takes(due[0])]
        if not asked:
            raise Refused("请选择要补记的任务或常态化工作")
        said = OccurrenceMarkRow(read_all(self.fields, values, cabinet.clock.today))
        log = TaskLogRow(kind=str(LogKind.DONE), happened_on=said.happened_on, note=said.note)
        with cabinet.whole("backlog.record", self.tasks.id) as act:
            for ledger, number, key in asked:
                if ledger == self.tasks.id:
                    self.tasks.add_log(number, log, part=int(key) if key else None)
                else:
                    self.duties.tick(number, key, said)
            act.done(f"补记{len(asked)}项起账前的工作")
        return act.result
