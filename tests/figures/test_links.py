"""Linked records: whatever a record names by a column of its table is shown, from both sides."""

from __future__ import annotations

from hazard_desk.books.kit.ledger import TableLedger
from hazard_desk.books.kit.query import Query
from hazard_desk.desk import Desk
from hazard_desk.figures.links import linked
from tests.every_act import ACTIVITY, FINE, FIVE, UNIT, furnish, task


def met(desk: Desk, ledger: str, number: int) -> list[tuple[str, int]]:
    return [(link.ledger, link.id) for link in linked(desk.books, ledger, number)]


def test_every_column_that_names_a_record_is_followed_both_ways(desk: Desk) -> None:
    furnish(desk)
    hazard = desk.hazards.get(desk.checks.make_hazard(1).ids[0])
    desk.tips.make_hazard(2, {"level": "一般", "sector": "工贸", "place": "通道"})
    desk.tips.make_reward(2, {"amount": "100"})
    about = FINE | {"target_kind": "单位", "hazard_number": hazard.number}
    desk.rewards.add(about, {"check_id": 1})
    desk.activities.add(ACTIVITY | {"task_number": "3", "duty_title": FIVE[0]})
    desk.registers.ledgers()["danger-sources"].add({"unit_name": UNIT, "source": "液化气瓶间"})
    of_table = {book.table_name: book for book in desk.ledgers.values()}
    followed = set()
    for book in desk.ledgers.values():
        for key, table in (
            desk.cabinet.links(book.table_name).items() if isinstance(book, TableLedger) else ()
        ):
            for row in book.select(Query()) if table in of_table else ():
                if isinstance(named := row.get(key), int):
                    assert (of_table[table].id, named) in met(desk, book.id, row.id), key
                    assert (book.id, row.id) in met(desk, of_table[table].id, named), key
                    followed.add((book.table_name, key))
    assert followed == {
        ("hazard", "enterprise_id"),
        ("hazard", "check_id"),
        ("hazard", "tip_id"),
        ("check_visit", "enterprise_id"),
        ("reward_penalty", "enterprise_id"),
        ("reward_penalty", "hazard_id"),
        ("reward_penalty", "check_id"),
        ("reward_penalty", "tip_id"),
        ("reward_penalty", "pair_id"),
        ("tip", "enterprise_id"),
        ("activity", "task_id"),
        ("activity", "duty_id"),
        ("enterprise_duty", "enterprise_id"),
        ("register_row", "enterprise_id"),
    }


def test_a_letter_and_its_record_lead_to_each_other(desk: Desk) -> None:
    furnish(desk)
    (letter,) = desk.papers.issue("letter-urge", "5").ids
    assert ("documents", letter) in met(desk, "rewards-penalties", 5)
    assert met(desk, "documents", letter) == [("rewards-penalties", 5)]


def test_what_names_nothing_has_no_links(desk: Desk) -> None:
    furnish(desk)
    assert met(desk, "enterprises", 2) == []
    assert met(desk, "tasks", task(desk, 5)) == []
