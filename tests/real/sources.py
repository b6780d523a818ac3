"""The five public notices on which the bundled plans stand, made into Word files from their own text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from docx import Document
from docx.document import Document as Made

from hazard_desk.library.plans import Task

FOLDER = Path(__file__).with_name("sources")
NAMES = ("sanxiang-2023", "yongqiao-three-holds", "fangshan-2023", "fenghuang-2024-2026", "chongming-2023")
COLUMNS = 8
_BY_A_PERSON = {"yongqiao-three-holds": {8}, "chongming-2023": set(range(1, 18))}
"""Tasks by number whose lead a person took from whom the text speaks to (企业主要负责人要…, 各乡镇…): the
document marks none, so a reader that fills in no lead is not wrong."""
_ACTION = re.compile(r"（[一二三四五六七八]）")


def marked_leads(name: str, task: Task) -> tuple[str, ...]:
    """Who leads a task of a bundled plan, as far as the document marks it."""
    return () if task.number in _BY_A_PERSON.get(name, ()) else task.leads


def as_word(name: str, to: Path) -> Path:
    """Write a source as Word: its lines as paragraphs, its tables as tables; S0's annex merged as it was."""
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    document = Document()
    before, _, annex = text.partition("\n\t序号\n")
    for block in _blocks(before.splitlines()):
        if isinstance(block, str):
            document.add_paragraph(re.sub(r"^#+ |\*\*|\[bookmark:[^\]]*\]|\\", "", block).rstrip())
        else:
            _add_table(document, block)
    if annex:
        _add_annex(document, list(_annex_rows(annex)))
    file = to / f"{name}.docx"
    document.save(str(file))
    return file


def _blocks(lines: list[str]) -> Iterator[str | list[list[str]]]:
    """Yield paragraphs, and the rows of a table where lines hold tabs."""
    rows: list[list[str]] = []
    fresh = True
    for line in lines:
        if "\t" in line and not line.startswith(("\t", " \t")):
            rows.append(line.split("\t"))
        elif line.startswith("\t") or (rows and line.strip() and not fresh and not re.match(r"注|##", line)):
            if fresh or not rows:
                rows.append([])
            rows[-1].append(line.strip())
            fresh = False
        elif rows and not line.strip():
            fresh = True
        else:
            if rows:
                yield rows
                rows = []
            fresh = True
            if line.strip():
                yield line
    if rows:
        yield rows


def _add_table(document: Made, rows: list[list[str]]) -> None:
    table = document.add_table(len(rows), max(map(len, rows)))
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text


def _annex_rows(annex: str) -> Iterator[list[str]]:
    """Yield the rows of S0's annex: what stands before （n） is right-aligned, what is not there is ''."""
    cells = [cell.strip() for cell in re.split(r"\n ?\t", "\n" + annex)]
    marks = [at for at, cell in enumerate(cells) if re.match(r"（\d+）", cell)]
    for at, following in zip(marks, [*marks[1:], len(cells)], strict=True):
        action = next(
            (one for one in cells[max(at - 2, 0) : at] if re.match(r"（[一二三四五六七八]）", one)), ""
        )
        key = cells[at - 1] if re.match(r"\d+\.", cells[at - 1]) else ""
        printed = cells[at - 3] if cells[at - 3].isdigit() else ""
        after = [re.sub(r"\s*\n\s*", "\n", one) for one in cells[at + 1 : following]]
        after = [one for one in after[:3] if not re.match(r"（[一二三四五六七八]）|\d+\.", one)]
        yield [printed, action, key, cells[at], *(after + [""] * 3)[:3], ""]


def _add_annex(document: Made, rows: list[list[str]]) -> None:
    heads = ["序号", "主要行动", "重点任务", "具体任务", "牵头领导", "责任科室", "完成时限", "备注"]
    table = document.add_table(len(rows) + 1, COLUMNS)
    for column, head in enumerate(heads):
        table.cell(0, column).text = head
        first = 1
        for row, texts in enumerate(rows, start=1):
            if texts[column] or column in (3, 7):
                table.cell(row, column).text = texts[column]
                first = row
            elif row > first:
                table.cell(first, column).merge(table.cell(row, column))
    for row in range(1, len(rows) + 1):  # merging leaves the empty paragraphs of the merged cells
        for cell in table.rows[row].cells:
            for paragraph in cell.paragraphs[1:]:
                if not paragraph.text and len(cell.paragraphs) > 1:
                    paragraph._p.getparent().remove(paragraph._p)
