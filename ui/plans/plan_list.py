"""The plans that come with the program, to choose one from: what it is called and how much it asks for."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from hazard_desk.library.plan_file import bundled_plans, load_plan, plan_of_office
from hazard_desk.library.plans import Plan
from ui.style import BODY, px


class PlanList(QListWidget):
    """Lists the bundled plans but those with an id in ``without``; none is chosen at first."""

    def __init__(self, parent: QWidget, without: Collection[str] = ()) -> None:
        super().__init__(parent)
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.plans = [load_plan(path) for name, path in bundled_plans().items() if name not in without]
        for plan in self.plans:
            item = QListWidgetItem(f"{plan.title}\n{told(plan)}", self)
            item.setToolTip(plan.title)
            item.setSizeHint(QSize(0, px(BODY * 2 + 26)))

    def choose_for(self, office: str) -> None:
        """Choose the plan of an office's place; none where there is none."""
        plan = plan_of_office(self.plans, office)
        self.setCurrentRow(-1 if plan is None else self.plans.index(plan))

    def chosen(self) -> Plan | None:
        """Return the chosen plan, or None where there is none to choose."""
        found = self.selectedIndexes()
        return self.plans[found[0].row()] if found else None

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt would make the first line current: only what the clerk chose is chosen."""
        super().focusInEvent(event)
        if not self.selectedIndexes():
            self.setCurrentRow(-1)


def told(plan: Plan) -> str:
    """Return when a plan runs and how much it asks for, in one line."""
    counts = plan.counts()
    span = "—".join(map(str, dict.fromkeys((plan.starts_on.year, plan.ends_on.year))))
    return (
        f"{span}年　{counts['actions']}个主要行动、{counts['key_tasks']}个重点任务、"
        f"{counts['tasks']}项任务、{counts['duties']}项常态化工作"
    )
