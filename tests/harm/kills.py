"""Kills a working program at random, again and again, on one desk: nothing that it acknowledged is lost."""

from __future__ import annotations

import importlib
import json
import os
import random
import select
import signal
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from hazard_desk.desk import Desk
from hazard_desk.sheets.importing import run_import
from hazard_desk.sheets.opening import open_pasted
from hazard_desk.store.copies.unpacking import unpack
from hazard_desk.store.place import USER_FOLDER
from tests.harm.events import in_child
from tests.harm.kinds import PLAN, SHOP, TODAY, photo

HAZARD = {
    "level": "一般",
    "source": "执法检查",
    "sector": "工贸",
    "unit_name": "示例木材加工厂",
    "place": "加工车间",
    "found_on": "2023-05-20",
    "inspectors": "甲检查、乙检查",
}
TIP = {"received_on": "2023-05-20", "way": "电话", "unit_name": "示例木材加工厂", "verified": "属实"}
TIP |= {"informant_name": "王示例", "informant_phone": "13800005678"}
_FACTS = {
    "shop": "SELECT name FROM enterprise",
    "hazard": "SELECT description FROM hazard",
    "photo": "SELECT name FROM attachment",
    "tip": "SELECT content FROM tip",
    "paper": "SELECT series || year || '-' || seq FROM document",
}
"""Kind of a fact and where the desk keeps it; every name is given once."""
_OFTEN = {"shop": 4, "hazard": 3, "photo": 3, "sheet": 2, "paper": 2, "tip": 4, "copy": 3}
_OFTEN |= {"restore": 2, "erase": 2}
"""How often the clerk does what."""
_MOST_ACTS, _LONGEST = 6, 0.4
"""The program is killed so many acts after it began, and so many seconds after that, at most."""


def facts_of(folder: Path) -> set[str]:
    """Return every fact that a closed desk holds."""
    with closing(sqlite3.connect(folder / "desk.db")) as link:
        return {f"{kind} {name}" for kind, asked in _FACTS.items() for (name,) in link.execute(asked)}


def standing(folder: Path) -> set[str]:
    """Return what the informants who were not erased have reported."""
    asked = "SELECT content FROM tip JOIN informant ON informant.id = informant_id WHERE data_key != ''"
    with closing(sqlite3.connect(folder / "desk.db")) as link:
        return {f"tip {content}" for (content,) in link.execute(asked)}


class Clerk:
    """Works on a desk until she is killed, and says before and after each act what it is about."""

    def __init__(self, folder: Path, copies: list[str], chance: random.Random, tell: int) -> None:
        self._folder, self._copies, self._chance, self._tell = folder, copies, chance, tell
        self._desk = Desk.open(folder, TODAY)

    def work(self) -> None:
        """Act without end."""
        while True:
            kind = self._chance.choices([*_OFTEN], [*_OFTEN.values()])[0]
            getattr(self, kind)()

    def shop(self) -> None:
        name = self._name()
        self._say("begin", "act", [f"shop {name}"])
        self._desk.enterprises.add(SHOP | {"name": name})
        self._say("done")

    def hazard(self) -> None:
        name = self._name()
        self._say("begin", "act", [f"hazard {name}"])
        self._desk.hazards.add(HAZARD | {"description": name})
        self._say("done")

    def photo(self) -> None:
        name = f"{self._name()}.png"
        self._say("begin", "act", [f"photo {name}"])
        shop = self._desk.cabinet.db.execute_sql("SELECT max(id) FROM enterprise").fetchone()[0]
        self._desk.attachments.add("enterprises", shop, photo(self._chance.randrange(256)), name)
        self._say("done")

    def tip(self) -> None:
        name = self._name()
        self._say("begin", "act", [f"tip {name}"])
        self._desk.tips.add(TIP | {"content": name})
        self._say("done")

    def erase(self) -> None:
        left = sorted(standing(self._folder))
        if left:
            name = self._chance.choice(left)
            asked = "SELECT id FROM tip WHERE content = ?"
            number = self._desk.cabinet.db.execute_sql(asked, (name.removeprefix("tip "),)).fetchone()[0]
            self._say("begin", "erase", [name])
            self._desk.erasing.erase("tips", number, "已满保存年限")
            self._say("done", name)

    def sheet(self) -> None:
        names = [self._name() for _ in range(20)]
        self._say("begin", "act", [f"shop {name}" for name in names])
        rows = "\n".join(f"{name}\t企业\t工贸" for name in names)
        text = f"单位名称\t类别\t行业领域\n{rows}"
        run_import(self._desk.books, open_pasted(self._desk.books, self._desk.enterprises, text))
        self._say("done")

    def paper(self) -> None:
        self._say("begin", "paper", [])
        to = self._folder.parent / "out" / f"{self._name()}.pdf"
        self._desk.papers.print_issued("bulletin", to)
        drawn = self._desk.cabinet.db.execute_sql(f"{_FACTS['paper']} ORDER BY id DESC LIMIT 1").fetchone()[0]
        self._say("done", str(to), [f"paper {drawn}"])

    def copy(self) -> None:
        self._say("begin", "copy", [])
        self._say("done", str(self._desk.copies.make().file))

    def restore(self) -> None:
        if self._copies:
            copy = self._chance.choice(self._copies)
            self._desk.close()
            self._say("begin", "restore", [copy])
            Desk.restore(Path(copy), self._folder)
            self._say("done", copy)
            self._desk = Desk.open(self._folder, TODAY)

    def _name(self) -> str:
        return f"{self._chance.randrange(10**12):012}"

    def _say(self, when: str, what: str = "", about: list[str] | None = None) -> None:
        os.write(self._tell, json.dumps([when, what, about or []]).encode() + b"\n")


@dataclass
class Book:
    """What the parent knows: all that was acknowledged, what each copy held, and what was under way."""

    known: set[str]
    copies: dict[str, set[str]] = field(default_factory=dict)
    papers: set[str] = field(default_factory=set)
    erased: set[str] = field(default_factory=set)
    under_way: tuple[str, list[str]] | None = None
    acts: Counter[str] = field(default_factory=Counter)

    def note(self, when: str, what: str, about: list[str]) -> None:
        """Take in what the clerk said."""
        if when == "begin":
            self.under_way = what, about
            return
        assert self.under_way
        kind, facts = self.under_way
        self.acts[kind] += 1
        if kind == "copy":
            self.copies[what] = set(self.known)
        elif kind == "restore":
            self.known = set(self.copies[what])
        elif kind == "erase":
            self.erased.add(what)
        else:
            self.known |= {*facts, *about}
        if kind == "paper":
            self.papers.add(what)
        self.under_way = None

    def wrong(self, now: set[str]) -> str:
        """Return what is amiss with a desk that holds ``now``; '' when it holds all it must, and no more."""
        kind, facts = self.under_way or ("", [])
        if kind == "restore":
            return "" if now in (self.known, self.copies[facts[0]]) else "neither before nor after a restore"
        lost, more = self.known - now, now - self.known
        if lost:
            return f"lost: {sorted(lost)[:5]}"
        if kind == "paper" and len(more) == 1:
            return ""
        if kind == "erase":
            facts = []
        return "" if not more or more == set(facts) else f"half an act: {sorted(more)[:5]} of {facts[:5]}"


def random_kills(place: Path, times: int, seed: int = 1) -> tuple[Counter[str], list[str]]:
    """Kill so many times; return the acts that were acknowledged by kind, and what was wrong."""
    _warm()
    chance = random.Random(seed)
    folder = place / "desk"
    os.environ[USER_FOLDER] = str(place / "user")
    end = in_child(lambda: _begun(folder))
    assert end.how == "done", end.said
    book, wrong = Book(facts_of(folder)), []
    for number in range(times):
        _killed(folder, book, chance)
        end = in_child(lambda: _looked_at(folder, book))
        fault = book.wrong(facts_of(folder)) if end.how == "done" else f"{end.how}: {end.said}"
        if fault:
            wrong.append(f"kill {number} during {book.under_way}: {fault[-3000:]}")
        if book.under_way and book.under_way[0] == "erase":  # not acknowledged, done all the same
            book.erased |= set(book.under_way[1]) - standing(folder)
        book.known, book.under_way = facts_of(folder), None
    return book.acts, wrong


def _begun(folder: Path) -> str:
    with Desk.create(folder, PLAN, TODAY) as desk:
        desk.enterprises.add(SHOP)
    return ""


def _warm() -> None:
    """Load what is heavy once: every clerk is a fork of this process."""
    for name in ("hazard_desk.papers.catalogue", "hazard_desk.printing", "hazard_desk.sheets.importing"):
        importlib.import_module(name)


def _killed(folder: Path, book: Book, chance: random.Random) -> None:
    """Let a clerk work for a while, kill her, and note all that she said."""
    read, write = os.pipe()
    seed, copies = chance.random(), sorted(book.copies)
    child = os.fork()
    if child == 0:  # never returns
        os.close(read)
        try:
            Clerk(folder, copies, random.Random(seed), write).work()
        except BaseException:
            import traceback

            os.write(write, json.dumps(["bug", traceback.format_exc()[-3000:], []]).encode() + b"\n")
        os._exit(1)
    os.close(write)
    acts, said = chance.randrange(_MOST_ACTS), b""
    while said.count(b'["done"') < acts and (block := os.read(read, 65536)):
        said += block
    select.select([], [], [], chance.uniform(0, _LONGEST))  # into the next act, or into opening
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(read, "rb") as rest:
        said += rest.read()
    for line in said.splitlines():
        when, what, about = json.loads(line)
        assert when != "bug", what
        book.note(when, what, about)


def _looked_at(folder: Path, book: Book) -> str:
    """Open the desk as the next start does, check it, and the newest copy and every paper."""
    with Desk.open(folder, TODAY) as desk:
        found = desk.check()
        assert found == [], found
    still = standing(folder)
    assert not still & book.erased, "who was erased is back"
    kind, about = book.under_way or ("", [])
    lost = {fact for fact in book.known if fact.startswith("tip ")} - still - book.erased
    assert kind == "restore" or lost <= set(about), "an informant is lost"
    for copy in sorted(book.copies)[-1:]:
        into = folder.parent / "looked"
        unpack(Path(copy), into)
        assert facts_of(into) == book.copies[copy], "a copy does not hold what it held"
    for paper in book.papers:
        assert Path(paper).read_bytes()[:5] == b"%PDF-", paper
    return ""
