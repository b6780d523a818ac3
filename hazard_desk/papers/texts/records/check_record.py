"""现场检查记录: what was looked at, what was found, who signs (S0 三（五）3: 谁检查、谁签名、谁负责)."""

from __future__ import annotations

from collections.abc import Iterator

from hazard_desk.books.catalogue import Books
from hazard_desk.books.checks.book import CheckRow
from hazard_desk.books.enterprises import Enterprise
from hazard_desk.papers.model import Block, Cell, Column, Heading, Paper, Para, Table, Title
from hazard_desk.papers.order import Order
from hazard_desk.papers.texts.phrases import blank, day, known, signing_office
from hazard_desk.papers.texts.records.notices import labelled_table
from hazard_desk.papers.texts.tables import mark_of
from hazard_desk.rules.fields import Kind


def record_check(books: Books, order: Order) -> Paper:
    """Return the record of one check, for both sides to sign."""
    check = books.checks.get(order.record)
    unit = books.enterprises.get(check.enterprise_id) if check.enterprise_id else Enterprise()
    times = check.times or "　　时　　分至　　时　　分"
    badges = "、".join(check.badges)
    dated = Cell(day(None), align="right")
    head = (
        (("被检查单位", check.unit_name), ("地　　址", unit.address)),
        (("主要负责人", unit.principal), ("联系电话", unit.phone)),
        (("检查时间", f"{day(check.checked_on)}　{times}"), ("检查类型", check.kind)),
        (("检查人员", "、".join(check.inspectors)), ("证件号", badges)),
        (("检查单位", signing_office(books)), ("带队领导", check.leader)),
    )
    told = ((("处理意见", "、".join(check.papers)),), (("被检查单位\n意　　见", ""),))
    signed = ((("检查人员\n（签名）", dated), ("被检查单位\n负责人\n（签名）", dated)),)
    blocks: tuple[Block, ...] = (
        Title("现场检查记录"),
        labelled_table(head, (5.5, 13)),
        Heading(1, "一、告知事项"),
        Para(
            f"我们是{signing_office(books)}的检查人员{known(check.inspectors)}，"
            f"证件号码为{badges or blank(10)}，这是我们的证件（出示证件）。"
            "现依法对你单位进行现场检查，请予以配合。"
        ),
        Heading(1, "二、检查情况"),
        Para(check.situation or blank(28)),
        _findings(books, check),
        Heading(1, "三、专项行动重点检查事项"),
        _defects(books, check),
        Heading(1, "四、处理意见和签名"),
        labelled_table(told, (5.5, 31.5), lines=3),
        labelled_table(signed, (5.5, 13), lines=4),
    )
    title = f"现场检查记录（{books.checks.name_of(check)}）"
    return Paper(title, blocks, style="ledger", mark=mark_of(books), counted=True)


def _findings(books: Books, check: CheckRow) -> Table:
    columns = (
        Column("序号", 3, "center"),
        Column("部位", 9),
        Column("发现的问题", 20),
        Column("级别", 4, "center"),
        Column("隐患编号", 10, "center"),
    )
    return Table(columns, tuple(_finding_rows(books, check)), row_lines=2)


def _finding_rows(books: Books, check: CheckRow) -> Iterator[tuple[Cell, ...]]:
    found = books.checks.findings(check.id)
    hazards = books.hazards.rows([row.hazard_id for row in found if row.hazard_id])
    numbers = {row.id: row.number for row in hazards}
    for place, row in enumerate(found, start=1):
        number = numbers.get(row.hazard_id, "") if row.hazard_id else "—"
        texts = (str(place), row.place, row.description, row.level, number)
        yield tuple(Cell(text) for text in texts)
    if not found:
        yield tuple(Cell(text) for text in ("", "", "未发现问题", "", ""))


def _defects(books: Books, check: CheckRow) -> Table:
    """The seven defects that the forms of the campaign count, each ticked or not (S2 调度表)."""
    ticked = [field for field in books.checks.own_fields if field.kind is Kind.BOOL]
    columns = (Column("序号", 3, "center"), Column("事项", 30), Column("是否存在", 6, "center"))
    rows = tuple(
        (Cell(str(place)), Cell(field.label), Cell(field.show(check[field.name])))
        for place, field in enumerate(ticked, start=1)
    )
    return Table(columns, rows)
