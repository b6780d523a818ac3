"""待补 counted by ledger, and the filter that shows the records."""

from __future__ import annotations

from hazard_desk.books.checks.book import CheckRow
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.books.kit.gaps import ANY_GAP, GAPS
from hazard_desk.books.kit.query import ANY, Query
from hazard_desk.books.registers import RegisterRow
from hazard_desk.figures.gaps import WITH_GAPS, gap_counts
from tests.gaps import take_out


def test_a_desk_without_gaps_has_nothing_to_tell(desk):
    assert gap_counts(desk.books) == []


def test_records_with_gaps_are_counted_by_ledger(kept):
    take_out(kept, Hazard, 1, "source", "place")
    take_out(kept, Hazard, 3, "source")
    take_out(kept, CheckRow, 1, "unit_name")
    take_out(kept, RegisterRow, 1)
    kept.cabinet.db.execute_sql("UPDATE register_row SET gaps = '[\"c1\"]' WHERE id = 1")
    counts = gap_counts(kept.books)
    found = {one.title: one.count for one in counts}
    assert found == {"隐患台账": 2, "检查执法": 1, "安全生产专家库": 1}
    waiting = [item.title for item in kept.inbox().today if item.kind == "gap"]
    told = {"安全生产专家库": 1, "检查执法": 1, "隐患台账": 2}
    assert waiting == [f"{title}有{count}条记录内容不全" for title, count in told.items()]
    for one in counts:
        ledger = kept.books.ledger(one.ledger)
        assert ledger.count(Query(where=WITH_GAPS)) == one.count == ledger.count(Query(where={GAPS: ANY}))


def test_the_filter_offers_the_fields_that_are_missing_by_their_labels(kept):
    take_out(kept, Hazard, 1, "source", "place")
    hazards = kept.hazards
    assert hazards.options(GAPS) == [ANY_GAP, "来源", "隐患部位"]
    assert hazards.ids(Query(where={GAPS: "来源"})) == [1]
    assert hazards.ids(Query(where={GAPS: ANY_GAP})) == [1]
    assert hazards.ids(Query(where={GAPS: ""})) == [2, 3]
    assert hazards.ids(Query(where={GAPS: "来源"}, as_of=kept.today)) == [1]
    assert hazards.options("inspectors") == ["乙检查", "甲检查"], "any of them is asked only of gaps"


def test_every_ledger_that_may_lack_facts_can_be_asked_for_them(kept):
    for ledger in kept.books.ledgers.values():
        if any(field.name == GAPS for field in ledger.fields):
            assert ledger.ids(Query(where=WITH_GAPS)) == [], ledger.id
            assert len(ledger.ids(Query(where={GAPS: ""}))) == ledger.count(Query()), ledger.id
