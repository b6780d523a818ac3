"""How much of the sheets and plans of the tests is understood: each cell is understood, asked, wrong or lost.

Understood: it is in the right field as the right value, or kept aside where no field is for it. Asked: it is
kept as written and named, so that she can say what it is. Wrong: it is somewhere as something else.
Lost: it is nowhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from hazard_desk.desk import Desk
from hazard_desk.errors import Refused
from hazard_desk.library.annex.annex import Annex
from hazard_desk.library.plan_file import find_plan
from hazard_desk.sheets.importing import judge_rows
from hazard_desk.sheets.incoming import Incoming
from hazard_desk.sheets.questions import Answers
from tests.real.ledger_sheets import Fact, LedgerSheet, ledger_sheets
from tests.real.plan_layouts import LAYOUTS
from tests.real.sources import NAMES, as_word, marked_leads

READ_ON = date(2023, 9, 1)
"""After the last day in any sheet: nobody sends what has not happened yet, and import does not believe it."""
FATES = ("understood", "asked", "wrong", "lost")
_AMID = {
    ("yongqiao-three-holds", 9): ((), ("政策法规股",), ("各部门",), ""),
    ("yongqiao-three-holds", 10): ((), ("执法大队",), (), ""),
}
"""Who leads a task in the midst of its text: the bundled plan has it in the text only."""
_NAMING = ("description", "name", "content", "title", "target", "situation", "unit_name")
"""The fields by which a row of a sheet is found again among those that were read, the surest first."""


@dataclass
class Score:
    """How many cells met each fate, and which were wrong or lost."""

    fates: Counter[str] = field(default_factory=Counter)
    told: list[str] = field(default_factory=list)
    files: int = 0

    def add(self, fate: str, what: str) -> None:
        self.fates[fate] += 1
        if fate != "understood":
            self.told.append(f"{fate}: {what}")

    @property
    def cells(self) -> int:
        return sum(self.fates.values())

    def row(self, name: str) -> str:
        """Return a line of the table in README.md."""
        counts = " | ".join(str(self.fates[fate]) for fate in FATES)
        share = 100 * self.fates["understood"] / (self.cells or 1)
        return f"| {name} | {self.files} | {self.cells} | {counts} | {share:.1f} % |"


@dataclass
class ReadRow:
    """A row as it came in: what its fields say, and what was kept as written, by heading."""

    values: dict[str, str]
    kept: dict[str, str]


def score_ledgers(desk: Desk, folder: Path, only: Sequence[str] = ()) -> Score:
    """Read every ledger sheet of the tests; return the score."""
    score = Score()
    desk.cabinet.clock.set(READ_ON)
    for name, sheet in ledger_sheets().items():
        if only and name not in only:
            continue
        score.files += 1
        try:
            rows = _read(desk, sheet, folder)
        except Refused as refused:
            score.told.append(f"{name}: {refused.message}")
            rows = []
        for facts in sheet.facts:
            row = _found(facts, rows)
            for fact in facts:
                score.add(_fate(fact, row), f"{name} {fact.heading} {fact.text} {dict(fact.values)}")
    return score


def _read(desk: Desk, sheet: LedgerSheet, folder: Path) -> list[ReadRow]:
    """Return the rows of a sheet as import would write them."""
    incoming, answered = _named(desk.sheets.incoming(sheet.ledger, sheet.write(folder)), sheet)
    read = []
    for row in judge_rows(desk.books, incoming).rows:
        if row.taken and row.judgement:
            written = row.judgement.row
            values = {name: field.show(written.get(name)) for name, field in incoming.fields.items()}
            told = {heading: values.pop(name) for heading, name in answered.items()}
            read.append(ReadRow(values, row.judgement.others | told))
    return read


def _named(incoming: Incoming, sheet: LedgerSheet) -> tuple[Incoming, dict[str, str]]:
    """Give the one answer that import cannot do without: which column names a row.

    Return what came in with it, and the column that was answered with its field: its cells count as asked.
    """
    naming = incoming.naming
    if naming is None or incoming.filled(naming.name):
        return incoming, {}
    columns = {fact.heading: naming.name for fact in sheet.facts[0] if naming.name in fact.fields}
    return incoming.answered(Answers(columns)), columns


def _found(facts: Sequence[Fact], rows: Sequence[ReadRow]) -> ReadRow:
    """The row that was read for these facts; one that says nothing where there is none."""
    for name in _NAMING:
        for fact in facts:
            if name in fact.fields and fact.text:
                wanted = _plain(fact.text)
                for row in rows:
                    if wanted in map(_plain, (*row.values.values(), *row.kept.values())):
                        return row
    return ReadRow({}, {})


def _fate(fact: Fact, row: ReadRow) -> str:
    for name in fact.fields:
        right = fact.values.get(name, (fact.text,))
        if name != "-" and _plain(row.values.get(name, "")) in map(_plain, right):
            return "understood"
    kept = [heading for heading, text in row.kept.items() if text and _plain(text) == _plain(fact.text)]
    if kept:
        return "understood" if "-" in fact.fields else "asked"
    if any(row.values.get(name) for name in fact.fields):
        return "wrong"
    return "wrong" if fact.text and _plain(fact.text) in map(_plain, row.values.values()) else "lost"


def score_plans(folder: Path) -> Score:
    """Read every plan layout and the five sources; return the score of the facts of their tasks."""
    score = Score()
    for name, make in LAYOUTS.items():
        layout = make()
        read = Desk.read_annex(layout.write(folder), 2023, layout.told)
        want = [(one[0], one[1:]) for one in layout.tasks]
        _score_tasks(score, name, read, want)
        unread = {one.text for one in read.unread if one.kind == "column"}
        for heading in layout.unread:
            score.add("asked" if heading in unread else "lost", f"{name} {heading}")
    for name in NAMES:
        read = Desk.read_annex(as_word(name, folder), 2026)
        want = [
            (
                one.text,
                _AMID.get(
                    (name, one.number), (marked_leads(name, one), one.units, one.helpers, one.deadline)
                ),
            )
            for one in find_plan(name).tasks
        ]
        _score_tasks(score, name, read, want)
    return score


Facts = tuple[tuple[str, ...] | str, ...]


def _score_tasks(score: Score, name: str, read: Annex, want: Iterable[tuple[str, Facts]]) -> None:
    """Compare the tasks in order: the text (its beginning), who leads, does and helps, by when."""
    score.files += 1
    tasks = iter(read.tasks)
    rest = _plain(" ".join(one.text for one in read.unread) + " ".join(read.doubts))
    for text, facts in want:
        task = next(tasks, None)
        same = task is not None and _plain(task.text).startswith(_plain(text))
        score.add("understood" if same else "wrong" if task else "lost", f"{name} {text}")
        told: Facts = (task.leads, task.units, task.helpers, task.deadline) if task else ((), (), (), "")
        for right, got in zip(facts, told, strict=True):
            if right == got and not right:
                continue
            words = right if isinstance(right, str) else "".join(right)
            noted = task is not None and _plain(words) in _plain(
                " ".join((*task.notes, *task.doubts.values()))
            )
            aside = "asked" if words and (noted or _plain(words) in rest) else "lost"
            fate = "understood" if right == got else "wrong" if got else aside
            score.add(fate, f"{name} {text}: {right}, not {got}")


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", text)
