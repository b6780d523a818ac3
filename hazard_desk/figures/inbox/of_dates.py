"""What waits because of its day, but hazards: reports, tips, letters, tasks, duties, firms, registers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from hazard_desk.books.catalogue import Books
from hazard_desk.books.enterprise_duties import EnterpriseDutyRow
from hazard_desk.books.kit.ledger import TableLedger
from hazard_desk.books.postponed import waiting_key
from hazard_desk.figures.dated import UNTRIGGERED, DueItem
from hazard_desk.figures.inbox.item import InboxItem, NextStep, Opens
from hazard_desk.figures.inbox.kinds import CERTIFICATE, FIRMS, REPORT, TASK
from hazard_desk.rules.fulfilment import named_of

_KINDS = {"milestone": TASK.id}
"""Kinds of dated things that wait as another kind; most wait as what they are."""
_UNASKED = ("stage", "target")
"""Dated things of which nobody is asked anything by their day alone."""


def dated_items(books: Books, dated: Iterable[DueItem]) -> Iterator[InboxItem]:
    """Yield what waits of these dates; those of hazards and of firms are told elsewhere."""
    for item in dated:
        if item.kind not in _UNASKED and item.ledger not in (books.hazards.id, books.enterprise_duties.id):
            yield _item(books, item)


def other_plans(books: Books) -> Iterator[InboxItem]:
    """Yield a line for each other plan that still runs and has tasks overdue: there they are told singly."""
    late = books.tasks.overdue_elsewhere()
    titles = {plan.id: plan.title for plan in books.plans.all()} if late else {}
    for plan, tasks in late.items():
        first = min(tasks, key=lambda task: (task.due, task.id))
        yield InboxItem(
            TASK.id,
            f"另一方案“{titles[plan]}”有{len(tasks)}项任务逾期",
            f"{books.tasks.id}/{first.id}",
            NextStep("转到该方案", Opens.RECORD),
            due=first.due,
            late=True,
            keys=tuple(waiting_key(TASK.id, f"{books.tasks.id}/{task.id}", str(task.due)) for task in tasks),
            records=tuple(f"{books.tasks.id}/{task.id}" for task in tasks),
        )


def _item(books: Books, item: DueItem) -> InboxItem:
    return InboxItem(
        _KINDS.get(item.kind, item.kind),
        item.title,
        item.record,
        _next(books, item),
        "、".join(dict.fromkeys((*item.people, *item.units))),
        item.date,
        reason=item.reason,
        state=item.state,
        late=item.overdue,
        keys=(key_of_item(item),),
    )


def key_of_item(item: DueItem) -> str:
    """Return what a dated thing is put off by; should its day change, it is another one."""
    return waiting_key(item.kind, item.record, f"{item.key} {item.date}".strip())


def _next(books: Books, item: DueItem) -> NextStep:
    if item.ledger == books.submissions.id:
        return NextStep("去上报", Opens.REPORT, item.date.isoformat())
    if item.ledger == books.tasks.id:
        return NextStep("登记进展", Opens.WORK, item.key)
    if item.ledger == books.duties.id:
        if item.kind == REPORT.id and named_of(books.duties.get(item.number).codes, "form"):
            return NextStep("去上报", Opens.REPORT, item.date.isoformat())
        begun = not item.key.startswith(UNTRIGGERED)
        return NextStep("登记完成", Opens.DONE, item.key) if begun else NextStep("查看", Opens.RECORD)
    if item.kind == CERTIFICATE.id:
        return NextStep("换证或停用", Opens.FORM, item.field)
    book = books.ledgers.get(item.ledger)
    if isinstance(book, TableLedger):
        typed = [field.name for field in book.entry_fields()]
        for field in book.fields:
            answer = next((name for name in field.due.done if name in typed), "") if field.due else ""
            if answer:
                label = next(one.label for one in book.fields if one.name == answer)
                return NextStep(f"填{label}", Opens.FORM, answer)
    return NextStep("查看", Opens.RECORD)


# The duties of firms, bundled by duty: they are urged together


def firm_items(books: Books, dated: Iterable[DueItem], put_off: Iterable[str]) -> Iterator[InboxItem]:
    """Yield a line for each duty of which firms are due or late; ``put_off`` are keys left out."""
    hidden, ledger = set(put_off), books.enterprise_duties.id
    mine = [item for item in dated if item.ledger == ledger and key_of_item(item) not in hidden]
    rows = {row.id: row for row in books.enterprise_duties.rows([item.number for item in mine])}
    bundles: dict[str, list[tuple[DueItem, EnterpriseDutyRow]]] = {}
    for item in mine:
        if (row := rows.get(item.number)) is not None:
            bundles.setdefault(row.duty, []).append((item, row))
    for duty, found in bundles.items():
        yield _bundle(duty, sorted(found, key=lambda pair: (pair[0].date, pair[1].unit_name)), books.today)


def _bundle(duty: str, found: list[tuple[DueItem, EnterpriseDutyRow]], today: date) -> InboxItem:
    first = found[0][0]
    return InboxItem(
        FIRMS.id,
        f"{duty}到期 {len(found)}家",
        first.record,
        NextStep(f"催办{len(found)}家", Opens.URGE, duty),
        "、".join(row.unit_name for _, row in found),
        first.date,
        state="、".join(dict.fromkeys(item.state for item, _ in found)),
        late=first.date < today,
        keys=tuple(key_of_item(item) for item, _ in found),
        records=tuple(item.record for item, _ in found),
    )
