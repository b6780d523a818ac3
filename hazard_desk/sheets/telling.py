"""What an import did, or would do, told: for scripts as plain values, for the clerk in sentences."""

from __future__ import annotations

from dataclasses import dataclass

from hazard_desk.errors import Refused
from hazard_desk.rules.fields import Row, Value
from hazard_desk.sheets.asking import questions_of
from hazard_desk.sheets.importing import Fate, Result
from hazard_desk.sheets.incoming import Incoming
from hazard_desk.sheets.questions import ASIDE, Asked, Question

_MOST_ROWS = 30
"""Doubts that are told one by one."""


@dataclass(frozen=True)
class Nameless:
    """A sheet of which nothing can be taken in before one column is chosen."""

    value: Row
    lines: list[str]
    sentence: str


def nameless(incoming: Incoming) -> Nameless | None:
    """Return what is told of a sheet in which no column says what a row is about; None for any other."""
    try:
        if not incoming.nil:
            incoming.refuse_nameless()
        return None
    except Refused as wrong:
        label = incoming.fields[wrong.field].label
        questions = questions_of(incoming)
        refused: list[Value] = [{"row": None, "column": label, "reason": wrong.message}]
        counts: Row = {"new": 0, "updated": 0, "skipped": 0, "refused": refused}
        return Nameless(
            _understood(incoming, questions) | counts, [*map(asked_line, questions)], wrong.message
        )


def told_plain(result: Result) -> Row:
    """Return for scripts what became of the rows, what was understood, and what is still to be asked."""
    understood = _understood(result.incoming, questions_of(result.incoming))
    return understood | {
        "new": result.count(Fate.NEW),
        "updated": result.count(Fate.UPDATED),
        "skipped": result.count(Fate.SKIPPED, Fate.REPEATED),
        "refused": result.told(),
        "kept_aside": dict(result.kept_aside),
        "gaps": dict(result.gaps),
        "doubts": result.told(row for row in result.doubtful if not row.left_out),
        "nil": result.nil,
    }


def _understood(incoming: Incoming, questions: list[Question]) -> Row:
    columns = incoming.columns()
    ignored = [column["heading"] for column in columns if column["field"] is None]
    return {
        "questions": [question.plain() for question in questions],
        "columns": columns,
        "ignored_columns": ignored,
        "kept_aside": {},
        "gaps": {},
    }


def told_lines(result: Result, trial: bool) -> list[str]:
    """Return the same for the clerk, a sentence each."""
    incoming, label = result.incoming, result.incoming.label_of
    lines = [f"零报告：{said}" for said in incoming.nil]
    lines += [f"{called}不像{incoming.ledger.title}，没有导入" for called in incoming.strange]
    protected = dict.fromkeys(told for table in incoming.tables for told in table.protected.values())
    if protected:
        lines.append(f"举报人等受保护的内容不从表格导入：{'、'.join(protected)}")
    if result.kept_aside:
        told = "、".join(f"{heading}（{rows}行）" for heading, rows in result.kept_aside.items())
        lines.append(f"照录在“其他栏目”里的：{told}")
    if incoming.heading.remembered:
        lines.append("按上次的回答导入")
    doubts = result.told(row for row in result.rows if row.problems)
    lines += [_doubt(one) for one in doubts[:_MOST_ROWS]]
    if len(doubts) > _MOST_ROWS:
        lines.append(f"还有{len(doubts) - _MOST_ROWS}处有疑问，可加 --errors 标注在表里查看")
    if result.gaps:
        told = "、".join(f"{label(name) or name}（{rows}条）" for name, rows in result.gaps.items())
        lines.append(f"待补：{told}")
    if trial:
        lines += map(asked_line, questions_of(incoming))
    counts = [f"新增{result.count(Fate.NEW)}条", f"更新{result.count(Fate.UPDATED)}条"]
    counts.append(f"跳过{result.count(Fate.SKIPPED, Fate.REPEATED)}条")
    counts.append(f"没有内容的{result.count(Fate.REFUSED)}行")
    if left_out := result.count(Fate.DOUBTFUL):
        counts.append(f"有疑问没有导入的{left_out}行")
    return [*lines, f"{'试导入' if trial else '导入'}：{'，'.join(counts)}"]


def _doubt(told: Row) -> str:
    sheet = f"工作表“{told['sheet']}”" if "sheet" in told else ""
    column = f" {told['column']}" if told["column"] else ""
    return f"{sheet}第{told['row']}行{column}：{told['reason']}"


def asked_line(one: Question) -> str:
    """Return a question as the command line puts it: what may be answered, and with which option."""
    said = [label for offer, label in one.offers if offer != ASIDE]
    offers = f"，可选：{'、'.join(said)}" if said else ""
    hint = f"，建议：{dict(one.offers).get(one.proposal, one.proposal)}" if one.proposal else ""
    if one.kind is Asked.COLUMN:
        return f"请确认：“{one.about}”一列是哪个栏目（{one.rows}行）{offers}{hint}，用 --map {one.key}=栏目"
    if one.kind is Asked.LABEL:
        return f"请确认：“{one.about}”填什么（{one.rows}格）{offers}{hint}，用 --map {one.key}=栏目"
    if one.kind is Asked.LEDGER:
        ids = "、".join(f"{offer}（{label}）" for offer, label in one.offers if offer != ASIDE)
        return f"请确认：空行填哪一本{one.about}（{one.rows}行），可选：{ids}，用 --map {one.key}=编号"
    if one.kind is Asked.WORD:
        label, word = one.about.partition(":")[::2]
        return (
            f"请确认：“{label}”里的“{word}”是哪一项（{one.rows}行）{offers}{hint}，用 --word {one.about}=选项"
        )
    return f"请确认：整张表没有“{one.about}”（{one.rows}行）{offers}{hint}，用 --set {one.about}=值"
