"""The plan as a whole, as its document has it: head, targets, what is doubtful, what no task repeats."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from hazard_desk.figures.targets import TargetView
from hazard_desk.library.plans import Plan
from ui.widgets.basics import label
from ui.widgets.chip import Chip
from ui.widgets.facts import Facts
from ui.widgets.layouts import Stretch, across, down, lay

DOUBTFUL = "存疑"


def fill_plan(layout: QVBoxLayout, body: QWidget, plan: Plan, targets: Sequence[TargetView]) -> None:
    """Add everything that the window tells of a plan besides its tasks."""
    lay(layout, label(plan.title, body, "heading", wrap=True), _head(plan, body))
    if targets:
        layout.addWidget(label("工作目标", body, "heading"))
        for seen in targets:
            _add_target(layout, body, seen)
    doubts = list(_doubts(plan))
    if doubts:
        layout.addWidget(label("需要核对的地方", body, "heading"))
        for sentence in doubts:
            layout.addLayout(marked(DOUBTFUL, sentence, body))
    if plan.narrative:
        layout.addWidget(label("正文有要求、任务中没有的事项", body, "heading"))
        for item in plan.narrative:
            lay(layout, label(item.title, body, wrap=True), label(item.basis, body, "small", wrap=True))
            for sentence in item.doubts:
                layout.addLayout(marked(DOUBTFUL, sentence, body))


def marked(mark: str, sentence: str, body: QWidget) -> QHBoxLayout:
    """Return a line of a chip and a sentence beside it."""
    return across(down(Chip(mark, body), Stretch()), Stretch(label(sentence, body, "soft", wrap=True)))


def _head(plan: Plan, body: QWidget) -> Facts:
    facts = Facts(body)
    facts.add("发文机关", plan.issuer)
    facts.add("发文字号", plan.number or "原文没有写明")
    facts.add("成文日期", plan.issued_on.isoformat() if plan.issued_on else "原文没有写明")
    facts.add("起止日期", f"{plan.starts_on.isoformat()} 至 {plan.ends_on.isoformat()}")
    for name, told in (
        ("报送单位", plan.report_to),
        ("报送方式", plan.report_way),
        ("报送联系人", plan.report_contact),
    ):
        if told:
            facts.add(name, told)
    if plan.basis:
        facts.add("制定依据", plan.basis)
    return facts


def _add_target(layout: QVBoxLayout, body: QWidget, seen: TargetView) -> None:
    layout.addWidget(label(target_line(seen), body, wrap=True))
    if seen.reached is not None:
        layout.addLayout(marked(target_state(seen), seen.reached.text, body))
    for sentence in seen.target.doubts:
        layout.addLayout(marked(DOUBTFUL, sentence, body))


def target_line(seen: TargetView) -> str:
    """Return a target in one line: 2024年底前：…, with the number to reach where there is one."""
    target = seen.target
    number = f"（{target.value}{target.unit}）" if target.value is not None else ""
    when = target.deadline or (f"{target.year}年" if target.year else "")
    return f"{when}：{target.text}{number}" if when else f"{target.text}{number}"


def target_state(seen: TargetView) -> str:
    """Return the state word of what is counted for a target."""
    if seen.reached is None or seen.reached.met is None:
        return "对照"
    return "已达到" if seen.reached.met else "未达到"


def _doubts(plan: Plan) -> Iterator[str]:
    """Yield the doubts about the document, then those about its groups, duties and registers."""
    yield from plan.notes
    parts = [(group.name, group.doubts) for group in plan.groups]
    parts += [(duty.title, duty.doubts) for duty in plan.duties]
    parts += [(register.title, register.doubts) for register in plan.registers]
    for name, doubts in parts:
        yield from (f"{name}：{sentence}" for sentence in doubts)
