"""How long a search takes at 100,000 hazards, against a LIKE scan of the same entries in the same run.

    pytest -n0 -s tests/bench/test_search_bench.py

Prints the times and their ratio; the only thing it asserts is that both find the same.
"""

from __future__ import annotations

import importlib.util
import random
from collections.abc import Callable, Iterator
from time import perf_counter

import peewee
import pytest

from hazard_desk.rules.grams import initials, tokens
from hazard_desk.store import dbfile
from hazard_desk.store.search import Entry, find, put, rebuild

ENTRIES = 100_000
PLACES, THINGS, FAULTS, RISKS, MEASURES, VILLAGES, KINDS = map(
    str.split,
    (
        "配电室 仓库 厨房 加工车间 疏散通道 储油罐区 施工脚手架 锅炉房 二楼走廊 值班室 原料堆场 烘干房",
        "线路 灭火器 应急照明 安全出口 防护罩 接地装置 燃气软管 脚手板 临边防护 可燃气体报警器 配电箱",
        "老化 未穿管保护 被杂物占用 压力不足 损坏失效 未按规定检测 未设置 已过期 堆放易燃物 私拉乱接",
        "存在起火风险 容易造成触电 不利于人员疏散 可能引发坍塌 不符合规定要求 存在爆炸危险",
        "立即更换 停用并挂牌 安排电工整改 清理通道 增配灭火器2具 组织员工培训 请有资质的单位检测",
        "红旗 石桥 大坪 青山 龙潭 重庆路 柳林 枫树 杨家湾",
        "木材加工厂 砖厂 饭店 加油站 幼儿园 卫生院 粮油店 烟花爆竹零售点 采石场 汽车修理厂 敬老院",
    ),
)
GIVEN = "伟芳娜敏静秀英丽强磊军洋勇艳杰娟涛明超兰霞平刚桂喆堃"
FAMILY = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
NEEDLE = Entry("hazards", ENTRIES + 1, "三星隐患〔2022〕1号", "鑫鑫米粉店 欧阳龘", "后厨油烟管道积垢")

QUERIES = {
    "two characters, common": "老化",
    "one character, in every entry": "三",
    "one character": "箱",
    "six characters": "配电室线路老",
    "six characters, not in this order": "线路配电室老",
    "two words": "灭火器 堆场",
    "five single characters": "三 星 室 老 化",
    "rare": "米粉店",
    "nothing found": "餍飨",
    "a year, in every entry": "2023",
    "a phone number": "138",
    "end of a phone number": "5678",
    "pinyin, common": "sxyh",
    "pinyin, one letter": "s",
    "pinyin, rare": "xxmfd",
    "pinyin, nothing found": "sxsxsx",
}


def entries() -> Iterator[Entry]:
    """Hazards as a township writes them, about 130 characters each; the same in every run."""
    chance = random.Random(1)
    pick = chance.choice
    units = [
        f"三星乡{village}村{pick(GIVEN)}{pick(GIVEN)}{kind}"
        for village in VILLAGES
        for kind in KINDS
        for _ in range(4)
    ]
    names = [pick(FAMILY) + "".join(chance.choices(GIVEN, k=pick((1, 2, 2)))) for _ in range(600)]
    for number in range(1, ENTRIES + 1):
        phone = f"1{chance.randint(30, 99)}{chance.randint(10**7, 10**8 - 1)}"
        fault = f"{pick(PLACES)}{pick(THINGS)}{pick(FAULTS)}，{pick(THINGS)}{pick(FAULTS)}，{pick(RISKS)}"
        measures = f"{pick(MEASURES)}，{pick(MEASURES)}，限{chance.randint(3, 60)}日内完成；复查后报应急办"
        title = f"三星隐患〔2023〕{number:03}号"
        short = "\n".join((pick(units), pick(PLACES), pick(names), phone))
        yield Entry("hazards", number, title, short, f"{fault}\n{measures}")


def took(work: Callable[[], object], times: int = 5) -> float:
    """The best of a few runs, in milliseconds."""
    best = float("inf")
    for _ in range(times):
        start = perf_counter()
        work()
        best = min(best, perf_counter() - start)
    return best * 1000


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[peewee.SqliteDatabase]:
    (file,) = dbfile.MIGRATIONS.glob("*_search.py")
    spec = importlib.util.spec_from_file_location("search_migration", file)
    migration = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(migration)
    made = dbfile.connect(tmp_path_factory.mktemp("search") / "desk.db")
    with made.connection_context():
        migration.up(None, made)
        whole = [*entries(), NEEDLE]
        print(f"\nrebuild of {len(whole):,} entries: {took(lambda: rebuild(made, whole), 1) / 1000:.1f} s")
        yield made


def like(db: peewee.SqliteDatabase, query: str) -> set[int]:
    """What a scan of all entries finds."""
    every = " AND ".join("(title LIKE ? OR text LIKE ? OR initials LIKE ?)" for _ in query.split())
    values = [f"%{word}%" for word in query.split() for _ in range(3)]
    return {row[0] for row in db.execute_sql(f"SELECT record FROM search_entry WHERE {every}", values)}


@pytest.mark.parametrize("kind", QUERIES)
def test_find_against_a_like_scan(db, kind):
    query = QUERIES[kind]
    mine = took(lambda: find(db, query))
    scan = took(lambda: like(db, query), 2)
    print(f"{kind:34}{query:12} find {mine:7.2f} ms   LIKE {scan:7.1f} ms   ratio {mine / scan:.4f}")
    found = {hit.record for hit in find(db, query, limit=10**6)}
    if query.isdigit():  # a scan also finds digits in the middle of a number
        assert found <= like(db, query)
    else:
        assert found == like(db, query)


def test_the_cost_of_keeping_one_record(db):
    some = [entry for entry, _ in zip(entries(), range(1000), strict=False)]

    def keep() -> None:
        with db.atomic():
            for entry in some:
                with db.atomic():
                    put(db, entry)

    text = "".join(f"{entry.title}{entry.short}{entry.text}" for entry in some)
    unseen = [entry.short.replace("\n", f"{chr(0x4E00 + at)}\n") for at, entry in enumerate(some)]
    print(f"\nput, each in its own savepoint: {took(keep, 1) / 1000:.3f} ms a record")
    print(f"tokens: {took(lambda: tokens(text)) / 1000:.4f} ms a record")
    print(f"initials of texts never met: {took(lambda: [*map(initials, unseen)], 1) / 1000:.4f} ms a record")
    pages = db.execute_sql("SELECT sum(pgsize) FROM dbstat WHERE name LIKE 'search_gram%'").fetchone()
    whole = db.execute_sql("SELECT sum(pgsize) FROM dbstat").fetchone()
    print(f"size: tokens {pages[0] / 1e6:.0f} MB of {whole[0] / 1e6:.0f} MB")
