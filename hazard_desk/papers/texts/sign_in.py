"""会议签到表: the sheet on which those who come to a meeting sign."""

from __future__ import annotations

from hazard_desk.books.catalogue import Books
from hazard_desk.papers.model import Cell, Column, Paper, Table, Title
from hazard_desk.papers.order import Order
from hazard_desk.papers.texts.phrases import day
from hazard_desk.papers.texts.records.notices import labelled_table
from hazard_desk.papers.texts.tables import mark_of

_ROWS, _MOST = 17, 300
"""Lines to sign on: as many as came, at least so many, at most so many."""


def sign_in(books: Books, order: Order) -> Paper:
    """Return the sheet for one activity, with a line for each who attended."""
    activity = books.activities.get(order.record)
    came = "" if activity.attendance is None else f"{activity.attendance}人"
    head = (
        (("会议（活动）", activity.title),),
        (("时　　间", day(activity.held_on)), ("地　　点", activity.place)),
        (("主持人", activity.host), ("参加对象", activity.audience)),
        (("应到人数", ""), ("实到人数", came)),
    )
    columns = (
        Column("序号", 3, "center"),
        Column("姓　名", 8, "center"),
        Column("单位及职务", 16),
        Column("联系电话", 9, "center"),
        Column("签　到", 9, "center"),
    )
    count = min(max(activity.attendance or 0, _ROWS), _MOST)
    rows = tuple((Cell(str(place)), *(Cell("") for _ in columns[1:])) for place in range(1, count + 1))
    blocks = (
        Title("会议签到表"),
        labelled_table(head, (6, 12)),
        Table(columns, rows, row_lines=2),
    )
    return Paper(f"签到表（{activity.title}）", blocks, style="ledger", mark=mark_of(books))
