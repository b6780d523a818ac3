"""The search index: what is found, what is not, and that nothing of the past is left in it."""

from __future__ import annotations

import importlib.util
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import peewee
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hazard_desk.rules.grams import comparable
from hazard_desk.store import dbfile
from hazard_desk.store.initials import initials
from hazard_desk.store.search import Entry, Hit, drop, find, put, rebuild


@contextmanager
def index(*entries: Entry) -> Iterator[peewee.SqliteDatabase]:
    """A database with nothing but the search index, made by its migration."""
    (file,) = dbfile.MIGRATIONS.glob("*_search.py")
    spec = importlib.util.spec_from_file_location("search_migration", file)
    migration = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(migration)
    db = peewee.SqliteDatabase(":memory:", pragmas=dbfile.PRAGMAS)
    with db.connection_context():
        migration.up(None, db)
        for entry in entries:
            put(db, [entry])
        yield db


def sound(db: peewee.SqliteDatabase) -> bool:
    """Whether SQLite finds the index whole."""
    db.execute_sql("INSERT INTO search_gram (search_gram) VALUES ('integrity-check')")
    return db.execute_sql("PRAGMA integrity_check").fetchall() == [("ok",)]


def left_over(db: peewee.SqliteDatabase) -> list[str]:
    """Every token in the index."""
    db.execute_sql("CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, search_gram, 'row')")
    return [row[0] for row in db.execute_sql("SELECT term FROM temp.vocabulary")]


FACTORY = Entry(
    "enterprises", 1, "三星乡示例木材加工厂", "91430000MA4L00001X 13800005678 李喆", "主要加工LNG储罐包装箱"
)
HAZARD = Entry(
    "hazards", 1, "三星隐患〔2023〕76号", "重庆路13号仓库 单明", "配电箱线路老化，未穿管保护；\n限30日内更换"
)
OTHER = Entry("hazards", 2, "三星隐患〔2023〕77号", "红旗村配电室", "灭火器压力不足，线路杂乱")


@pytest.fixture
def db() -> Iterator[peewee.SqliteDatabase]:
    with index(FACTORY, HAZARD, OTHER) as made:
        yield made


def numbers(hits: list[Hit]) -> list[tuple[str, int]]:
    return [(hit.ledger, hit.record) for hit in hits]


ALL = [("hazards", 2), ("hazards", 1), ("enterprises", 1)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("三", ALL),
        ("厂", ALL[2:]),
        ("线路", ALL[:2]),
        ("线路老化", ALL[1:2]),
        ("路老化，未穿", ALL[1:2]),
        ("线路 三星", ALL[:2]),
        ("三星　灭火器", ALL[:1]),
        ("线路 木材", []),
        ("星三", []),
        ("化未", []),
        ("〔2023〕76号", ALL[1:2]),
        ("[2023]76", ALL[1:2]),
        ("76", ALL[1:2]),
        ("2023", ALL[:2]),
        ("ｌｎｇ", ALL[2:]),
        ("LNG储", ALL[2:]),
        ("NG储", []),
        ("ma4l", ALL[2:]),
        ("5678", ALL[2:]),
        ("678", []),
        ("1380000", ALL[2:]),
        ("13号", ALL[1:2]),
        ("sx", ALL),
        ("SXX", ALL[2:]),
        ("cql", ALL[1:2]),
        ("cql13hck", ALL[1:2]),
        ("lz", ALL[2:]),
        ("dm", ALL[1:2]),
        ("s", ALL),
        ("pdx", []),  # long texts are not found by initials
        ("sxyh 灭火", ALL[:1]),
    ],
)
def test_what_a_query_finds(db, query, expected):
    assert numbers(find(db, query)) == expected


def test_the_newest_come_first_and_no_more_than_wanted(db):
    assert numbers(find(db, "三星", limit=2)) == ALL[:2]
    put(db, [Entry("enterprises", 2, "三星学校")])
    assert numbers(find(db, "三星", limit=1)) == [("enterprises", 2)]


def test_a_changed_record_keeps_its_place(db):
    put(db, [Entry("hazards", 1, HAZARD.title, "仓库", "已更换")])
    assert numbers(find(db, "三星")) == ALL


def test_one_ledger_alone(db):
    assert numbers(find(db, "三星", ledger="hazards")) == ALL[:2]
    put(db, [Entry("rewards-penalties", 1, "三星处罚")])
    put(db, [Entry("penalties", 1, "三星处罚")])
    assert numbers(find(db, "三星", ledger="penalties")) == [("penalties", 1)]
    assert numbers(find(db, "三星", ledger="rewards-penalties")) == [("rewards-penalties", 1)]
    assert find(db, "hazards") == find(db, "penalties") == []


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("配电箱", "重庆路13号仓库 单明 配电箱线路老化，未穿管保护； 限30日内更换"),
        ("dm", "重庆路13号仓库 单明 配电箱线路老化，未穿管保护； 限30日内更换"),
        ("sxyh 76", "重庆路13号仓库 单明 配电箱线路老化，未穿管保护； 限30日内更换"),
    ],
)
def test_a_short_text_is_its_own_excerpt(db, query, expected):
    assert [hit.excerpt for hit in find(db, query)] == [expected]


@pytest.mark.parametrize("query", ["灭火器", "？ 灭火器", "无 灭火器无", "“灭火器”", "ysf", "ＹＳＦ"])
def test_a_long_text_is_cut_around_what_was_found(query):
    long = Entry("hazards", 1, "无" * 40, "甲" * 60 + "杨十分" + "灭火器无" + "乙" * 60, "丙" * 100)
    with index(long) as db:
        (hit,) = find(db, query)
    assert len(hit.excerpt) == 40
    assert "杨十分灭火器" in hit.excerpt
    assert hit.excerpt[0] == hit.excerpt[-1] == "…"


def test_an_excerpt_at_the_end_of_a_text():
    with index(Entry("hazards", 1, "", text="甲" * 60 + "末尾")) as db:
        assert find(db, "末尾")[0].excerpt == "…" + "甲" * 37 + "末尾"


def test_a_changed_record_is_no_more_found_by_what_it_said(db):
    put(db, [Entry("hazards", 1, "三星隐患〔2023〕78号", "龙潭", "锅炉")])
    for gone in ("老化", "76", "cql", "单", "仓库", "dm"):
        assert find(db, gone) == []
    assert numbers(find(db, "锅炉 lt 78")) == ALL[1:2]
    assert sound(db)


def test_a_dropped_record_leaves_nothing(db):
    for entry in (HAZARD, OTHER, FACTORY):
        drop(db, entry.ledger, [entry.record])
        drop(db, entry.ledger, [entry.record])
        assert sound(db)
    assert find(db, "三") == []
    assert left_over(db) == []


def test_rebuilding_takes_the_place_of_all_that_was(db):
    put(db, [Entry("hazards", 3, "旧隐患")])
    rebuild(db, iter([FACTORY, HAZARD, OTHER]))
    assert numbers(find(db, "三")) == ALL
    assert find(db, "旧") == []
    assert sound(db)
    drop(db, "hazards", [1])
    assert numbers(find(db, "线路")) == ALL[:1]


def test_a_rebuilding_that_fails_changes_nothing(db):
    def broken() -> Iterator[Entry]:
        yield HAZARD
        raise OSError

    with pytest.raises(OSError):
        rebuild(db, broken())
    with pytest.raises(sqlite3.IntegrityError):
        rebuild(db, [HAZARD, HAZARD])
    assert numbers(find(db, "三")) == ALL
    assert sound(db)


def test_an_act_taken_back_leaves_the_index_as_it_was(db):
    with pytest.raises(ZeroDivisionError), db.transaction("IMMEDIATE"):
        put(db, [Entry("hazards", 1, "另一条")])
        with db.savepoint():
            drop(db, "hazards", [2])
        raise ZeroDivisionError
    assert numbers(find(db, "三星")) == ALL
    assert find(db, "另一") == []
    assert sound(db)


HOSTILE = [
    "",
    " \n",
    "？！",
    '"',
    '"三星" OR "',
    "三*",
    "NEAR(三 星)",
    "grams:三",
    "{grams initials} : 三",
    "三 AND",
    "NOT 三",
    "^三",
    "三 + 星",
    "((((",
    "\0",
    "三\0星",
    "\ud800三",
    "-- ; DROP TABLE search_entry",
    "三" * 10_000,
    "三 " * 5_000,
    " ".join(map(chr, range(0x4E00, 0x4E00 + 5_000))),
    "a" * 10_000,
    "*" * 10_000,
]


@pytest.mark.parametrize("query", HOSTILE)
def test_hostile_queries_are_only_text(db, query):
    assert set(numbers(find(db, query))) <= set(ALL)


def test_a_pasted_page_is_read_at_its_beginning(db):
    assert numbers(find(db, "线路老化" + " " * 200 + "鑫")) == ALL[1:2]


@given(st.text(st.one_of(st.characters(), st.sampled_from("\"*()^:+-'{} \0三星sx1"))))
def test_no_query_is_refused(query):
    with index(HAZARD) as db:
        find(db, query)
        assert find(db, query + " 鑫") == []


# A small alphabet, so that texts often share pieces; 𬎆 lies beyond the BMP.
HAN = "三星乡重庆𬎆"
some_text = st.text(HAN + "ａA1２，。 \n", max_size=12)
some_entries = st.lists(st.tuples(some_text, some_text, some_text), min_size=1, max_size=5)


def entries_of(texts: list[tuple[str, str, str]]) -> list[Entry]:
    return [Entry("hazards", number, *parts) for number, parts in enumerate(texts)]


@given(some_entries, st.text(HAN, min_size=1, max_size=5))
@example([("三星", "乡", "")], "三星乡")
@example([("三星，星乡", "", "")], "三星乡")
def test_characters_are_found_exactly_where_they_stand(texts, query):
    with index(*entries_of(texts)) as db:
        found = {record for _, record in numbers(find(db, query))}
    assert found == {number for number, parts in enumerate(texts) if any(query in part for part in parts)}


@given(some_entries, st.text("sxcq1a2", min_size=1, max_size=4))
def test_letters_are_found_exactly_as_initials_or_beginnings(texts, query):
    def holds(title: str, short: str, text: str) -> bool:
        words = "".join(
            char if char.isascii() and char.isalnum() else " "
            for char in comparable(f"{title} {short} {text}")
        )
        letters = initials(f"{title}\n{short}") if not query.isdigit() or len(query) == 4 else ""
        return query in letters or any(word.startswith(query) for word in words.split())

    with index(*entries_of(texts)) as db:
        found = {record for _, record in numbers(find(db, query))}
    assert found == {number for number, parts in enumerate(texts) if holds(*parts)}


@given(some_entries, st.data())
def test_every_piece_of_a_text_finds_it(texts, data):
    """A piece that begins within a word of letters is none that a clerk would type."""
    number = data.draw(st.integers(0, len(texts) - 1))
    part = data.draw(st.sampled_from(texts[number]))
    start = data.draw(st.integers(0, len(part)))
    while (
        0 < start < len(part) and comparable(part[start - 1 : start + 1]).isascii() and part[start].isalnum()
    ):
        start -= 1
    piece = part[start : data.draw(st.integers(start, len(part)))]
    with index(*entries_of(texts)) as db:
        hits = find(db, piece)
    if any(char.isalnum() for char in piece):
        assert ("hazards", number) in numbers(hits)
        assert all(len(hit.excerpt) <= 40 for hit in hits)
    else:
        assert hits == []


changes = st.lists(
    st.tuples(st.integers(0, 3), st.one_of(st.none(), st.tuples(some_text, some_text, some_text))),
    max_size=12,
)


@settings(max_examples=60)
@given(changes)
def test_after_any_changes_the_index_is_as_if_made_anew(made):
    kept: dict[int, Entry] = {}
    with index() as db:
        for record, parts in made:
            if parts is None:
                drop(db, "hazards", [record])
                kept.pop(record, None)
            else:
                put(db, [Entry("hazards", record, *parts)])
                kept[record] = Entry("hazards", record, *parts)
        assert sound(db)
        words = sorted(left_over(db))
    with index(*kept.values()) as anew:
        assert words == sorted(left_over(anew))
