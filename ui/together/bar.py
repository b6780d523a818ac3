"""The bar over a table of which several rows are chosen, and the menu of one row or many."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from hazard_desk.books.hazards.step import Step
from hazard_desk.rules.states import STANDING, State
from ui.together.acts import Open, TogetherActs, can_void
from ui.widgets.basics import button, drops, label, pause
from ui.widgets.layouts import Stretch, across

_STILL_MS = 150
"""Rows are being chosen until they rest that long."""
_FIRST_STEPS = 4
"""So many steps stand in the menu of a row itself, the others in 更多办理."""

_KINDS = {"pdf": "PDF", "docx": "Word"}
"""The formats of a file for each record."""


class ChosenBar(QWidget):
    """Seen while more than one row is chosen: how many, and what can be done with all of them."""

    cleared = Signal()
    """They are not to be chosen any more."""

    def __init__(self, acts: TogetherActs, parent: QWidget) -> None:
        super().__init__(parent)
        self.acts = acts
        self.count = label("", self, "heading")
        self.steps = drops(QPushButton("办理", self), QMenu(self))
        self.papers = drops(QPushButton("打印文书", self), QMenu(self))
        self.fields = drops(QPushButton("改一个字段", self), QMenu(self))
        self.out = button("导出这些", self, acts.export, "export")
        self.gone = button("作废" if can_void(acts.ledger) else "删除", self, self._go, "remove")
        self.gone.setVisible(acts.removes or can_void(acts.ledger))
        self.clear = button("取消选择", self, self.cleared.emit, role="quiet")
        across(
            self.count,
            self.steps,
            self.papers,
            self.fields,
            self.out,
            self.gone,
            self.clear,
            Stretch(),
            within=self,
        )
        add_fields(self.fields.menu(), acts)
        self._still = pause(_STILL_MS, self._look_up, self)
        self.hide()

    def show_count(self, count: int) -> None:
        """Say how many rows are chosen; one alone has its pane."""
        self.setVisible(count > 1)
        self.count.setText(f"已选{count}条")
        self._still.start()

    def _look_up(self) -> None:
        if self.isVisible():
            self.acts.look_up(self._fill)

    def _fill(self, found: Open) -> None:
        self.steps.setVisible(bool(found.steps))
        self.papers.setVisible(bool(found.papers))
        for made, add in ((self.steps, add_steps), (self.papers, add_papers)):
            made.menu().clear()
            add(made.menu(), self.acts, found)

    def _go(self) -> None:
        if can_void(self.acts.ledger):
            self.acts.void()
        else:
            self.acts.remove()


def add_steps(menu: QMenu, acts: TogetherActs, found: Open) -> None:
    """Put the steps into a menu, those that lead on first, each with how many may take it."""
    for step, count in ordered_steps(found):
        entry = menu.addAction(f"{step.label}（{count}条）")
        entry.setToolTip(step.help)
        entry.triggered.connect(partial(acts.take_step, step))


def add_papers(menu: QMenu, acts: TogetherActs, found: Open) -> None:
    """Put the papers into a menu, each with the ways to print it."""
    for report in found.papers:
        ways = menu.addMenu(report.title)
        ways.addAction("印在一个文件里").triggered.connect(partial(acts.print_all, report, ""))
        for kind in report.formats:
            what = _KINDS.get(kind)
            if what:
                ways.addAction(f"每条一份（{what}）").triggered.connect(partial(acts.print_all, report, kind))


def add_fields(menu: QMenu, acts: TogetherActs) -> None:
    """Put the fields that can be changed into a menu."""
    for field in acts.fields:
        menu.addAction(field.label).triggered.connect(partial(acts.change_field, field))


def ordered_steps(found: Open) -> list[tuple[Step, int]]:
    """Return the steps that lead on first, those that most may take before the others."""
    return sorted(found.steps, key=lambda one: (not _leads_on(one[0]), -one[1]))


def _leads_on(step: Step) -> bool:
    """Whether a step leads on in the hands of this office; to reopen what is closed does not."""
    return step.leads_to in STANDING and step.leads_to != State.HANDED and State.CLOSED not in step.after


def pop_up(acts: TogetherActs, place: QPoint, over: QWidget) -> None:
    """Look up what the chosen rows may do and show it as a menu at ``place`` on the screen."""
    acts.look_up(partial(_show_menu, acts, place, over))


def _show_menu(acts: TogetherActs, place: QPoint, over: QWidget, found: Open) -> None:
    menu = QMenu(over)
    menu.setToolTipsVisible(True)
    menu.aboutToHide.connect(menu.deleteLater)
    steps = ordered_steps(found)
    add_steps(menu, acts, Open(steps[:_FIRST_STEPS], []))
    if steps[_FIRST_STEPS:]:
        add_steps(menu.addMenu("更多办理"), acts, Open(steps[_FIRST_STEPS:], []))
    if steps:
        menu.addSeparator()
    if found.papers:
        add_papers(menu.addMenu("打印文书"), acts, found)
    add_fields(menu.addMenu("改一个字段"), acts)
    menu.addAction("导出这些").triggered.connect(acts.export)
    if can_void(acts.ledger):
        menu.addAction("作废…").triggered.connect(acts.void)
    elif acts.removes:
        menu.addAction("删除…").triggered.connect(acts.remove)
    menu.popup(place)
    menu.setActiveAction(menu.actions()[0])
