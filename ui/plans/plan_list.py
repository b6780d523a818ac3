"""The plans that come with the program, to choose one from: what it is called and how much it asks for."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from hazard_desk.library.plan_file import bundled_plans, load_plan
from hazard_desk.library.plans import Plan
from ui.style import BODY


class PlanList(QListWidget):
    """Lists the bundled plans but those with an id in ``without``."""

    def __init__(self, parent: QWidget, without: Collection[str] = ()) -> None:
        super().__init__(parent)
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.plans = [load_plan(path) for name, path in bundled_plans().items() if name not in without]
        for plan in self.plans:
            item = QListWidgetItem(f"{plan.title}\n{told(plan)}", self)
            item.setToolTip(plan.title)
            item.setSizeHint(QSize(0, BODY * 2 + 26))
        self.setCurrentRow(0)

    def chosen(self) -> Plan | None:
        """Return the chosen plan, or None where there is none to choose."""
        row = self.currentRow()
        return self.plans[row] if row >= 0 else None


def told(plan: Plan) -> str:
    """Return when a plan runs and how much it asks for, in one line."""
    counts = plan.counts()
    span = "—".join(map(str, dict.fromkeys((plan.starts_on.year, plan.ends_on.year))))
    return (
        f"{span}年　{counts['actions']}个主要行动、{counts['key_tasks']}个重点任务、"
        f"{counts['tasks']}项具体任务、{counts['duties']}项常态化工作"
    )
