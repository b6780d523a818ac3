"""The parts (分项) of a task in its text: numbered there, each （n） on a line, or sentence by sentence.

A text that numbers its parts has them without a word in the plan file; sentences are parts where the file
says so. Both take the words from the task, so that they stand once.
"""

from __future__ import annotations

import re
from dataclasses import replace

from hazard_desk.library.plans import Plan, Task, TaskPart

_LINE = re.compile(r"^[（(](\d{1,2})[）)]\s*(.+)$", re.MULTILINE)
_SENTENCE = re.compile(r"[^。；]+[。；]")
_LED_BY = re.compile(r"由([^，。；、（）]{2,20}?)牵头")


def with_parts(plan: Plan) -> Plan:
    """Return the plan with the parts that the texts of its tasks number."""
    actions = []
    for action in plan.actions:
        keys = [replace(key, tasks=tuple(map(_with_parts, key.tasks))) for key in action.key_tasks]
        actions.append(replace(action, key_tasks=tuple(keys)))
    return replace(plan, actions=tuple(actions))


def numbered_parts(text: str) -> tuple[TaskPart, ...]:
    """Return the parts that a text numbers, with those who lead them; none for a single number."""
    lines = [(int(number), told.strip()) for number, told in _LINE.findall(text)]
    numbers = [number for number, _ in lines]
    if len(lines) < 2 or len(set(numbers)) < len(numbers):
        return ()
    return tuple(TaskPart(number, told, tuple(_LED_BY.findall(told))) for number, told in lines)


def _with_parts(task: Task) -> Task:
    """Fill in the words of the parts; what the file says of one goes before."""
    said = {part.number: part for part in task.parts}
    if any(part.text for part in task.parts):
        return task
    numbered = {part.number: part for part in numbered_parts(task.text)}
    sentences = enumerate(_SENTENCE.findall(task.text), start=1)
    found = numbered or {
        number: TaskPart(number, text.strip()) for number, text in sentences if number in said
    }
    parts = []
    for number, part in found.items():
        told = said.pop(number, part)
        parts.append(replace(told, text=part.text, leads=told.leads or part.leads))
    return replace(task, parts=(*parts, *said.values()))
