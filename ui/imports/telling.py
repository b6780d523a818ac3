"""What is said of a sheet as a whole: before it is taken in, and at the end."""

from __future__ import annotations

from hazard_desk.sheets.importing import Fate, Result

_NAMED = 4
"""Columns that are named."""


def summary_told(result: Result) -> str:
    """Return what was found in a sheet and what will become of it."""
    if result.nil:
        return nothing(result)
    incoming = result.incoming
    heading, several = incoming.heading, len(incoming.tables)
    row = f"表头在第{heading.last + 1}行" if heading.last >= heading.first else "没有表头，按栏目的顺序对应"
    where = f"共{several}张表" if several > 1 else f"{incoming.grid.called}，{row}"
    known = "，按上次的回答对应栏目" if heading.remembered else ""
    told = [f"{where}{known}。将{_counts(result)}{_gaps(result)}"]
    told += [f"另有零报告：{'、'.join(incoming.nil)}"] if incoming.nil else []
    told += (
        [f"{'、'.join(incoming.strange)}不是{incoming.ledger.title}，没有用到"] if incoming.strange else []
    )
    return "。".join(told)


def ending_told(result: Result) -> str:
    """Return what came in, what it still lacks, and where that is found."""
    if result.change is None:
        return f"没有导入任何内容：{_counts(result)}"
    lacking = sum(row.taken and bool(row.gaps) for row in result.rows)
    told = f"已导入：{_counts(result)}。"
    if not lacking:
        return told
    where = "点“查看待补的记录”就列出来，以后在工作台最上面一行也能找到。"
    return f"{told}其中{lacking}条有待补的内容（{_labels(result)}），{where}"


def nothing(result: Result) -> str:
    """Return what is said of a sheet that reports nothing."""
    return f"这是一张零报告：表里写着“{'、'.join(result.incoming.nil)}”。没有要导入的记录"


def _counts(result: Result) -> str:
    told = {
        "新增{}行": result.count(Fate.NEW),
        "更新{}行": result.count(Fate.UPDATED),
        "跳过台账中已有的{}行": result.count(Fate.SKIPPED),
        "跳过重复的{}行": result.count(Fate.REPEATED),
        "不导入没有内容的{}行": result.count(Fate.REFUSED),
    }
    return "，".join(words.format(count) for words, count in told.items() if count) or "没有要导入的行"


def _gaps(result: Result) -> str:
    lacking = sum(row.taken and bool(row.gaps) for row in result.rows)
    return f"；{lacking}行有待补的内容：{_labels(result)}" if lacking else ""


def _labels(result: Result) -> str:
    """What is lacking most, and how many columns are lacking."""
    fields = {one.name: one.label for one in result.incoming.ledger.fields}
    names = sorted(result.gaps, key=lambda name: -result.gaps[name])
    labels = [fields.get(name, name) for name in names]
    told = "、".join(labels[:_NAMED])
    return f"{told}等{len(labels)}栏" if len(labels) > _NAMED else told
