"""A further book is the files that the README names; all the rest follows. Done in a scratch copy."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CORE = Path("hazard_desk")
MODULE = CORE / "books" / "boats.py"
MIGRATIONS = CORE / "store" / "migrations"
HEAD = CORE / "store" / "dbfile.py"
CATALOGUE = CORE / "books" / "catalogue.py"

BOOK = '''
"""船只台账: the boats of the township."""

import peewee

from hazard_desk.books.kit.named_links import LinkedLedger, NamedLink
from hazard_desk.books.kit.source import Source
from hazard_desk.rules.fields import Kind
from hazard_desk.store.columns import Record, column


class Boat(Record):
    name = column("船名", required=True, width=10, searched=True)
    unit_name = column("单位名称", required=True, width=16)
    enterprise_id = peewee.IntegerField(index=True)
    inspected_on = column("检验日期", Kind.DATE, width=7)

    class Meta:
        table_name = "boat"


class Boats(LinkedLedger):
    id = "boats"
    title = "船只台账"
    noun = "船只"
    icon = "registers"
    table = Boat
    evidence = Source(Boat.inspected_on, Boat.name)

    def __init__(self, cabinet, enterprises):
        super().__init__(cabinet)
        self.links = (NamedLink("unit_name", "enterprise_id", enterprises.find, enterprises.names),)
'''
MIGRATION = '''
"""The boats of the township."""


def up(migrator, db):
    db.execute_sql(
        "CREATE TABLE boat (id INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, unit_name TEXT NOT NULL,"
        " enterprise_id INTEGER NOT NULL REFERENCES enterprise (id), inspected_on DATE)"
    )
    db.execute_sql("CREATE INDEX boat_enterprise_id ON boat (enterprise_id)")
'''
IMPORT = "from hazard_desk.books.boats import Boats"
ENTERED = ("self.documents = ", "self.boats = self._enter(Boats(cabinet, self.enterprises))")

WALK = """
import sys
from datetime import date
from pathlib import Path

import hazard_desk
from hazard_desk.books.kit.query import Query
from hazard_desk.cli import main
from hazard_desk.desk import Desk
from hazard_desk.figures.links import linked

scratch, folder = Path(sys.argv[1]), Path(sys.argv[2])
assert Path(hazard_desk.__file__).is_relative_to(scratch), "the copy is tried, not the house"
today = date(2023, 6, 1)


def run(*words):
    assert main(["--desk", str(folder), "--today", today.isoformat(), *map(str, words)]) == 0, words


unit = {"name": "示例航运公司", "category": "企业", "sector": "水上运输"}
boat = {"name": "三星一号", "unit_name": unit["name"], "inspected_on": "2023-05-30"}
with Desk.create(folder, "sanxiang-2023", today=today) as desk:
    unit["sector"] = desk.enterprises.options("sector")[0]
    firm = desk.enterprises.add(unit).ids[0]
    desk.duties.add({"title": "渡口检查", "rule": "每月底", "fulfilled_by": "船只台账"})
    number = desk.ledgers["boats"].add(boat).ids[0]
    assert desk.undoable() == "新增船只“三星一号”"
    assert [hit.ledger for hit in desk.find("三星一号")] == ["boats"]
    assert [(link.ledger, link.id) for link in linked(desk.books, "boats", number)] == [("enterprises", firm)]
    assert ("boats", number) in [(link.ledger, link.id) for link in linked(desk.books, "enterprises", firm)]
    kept = desk.duties.history(desk.duties.find("渡口检查"))[0]
    assert [one.record for one in kept.evidence] == [f"boats/{number}"]
    assert not desk.check()

sheet, blank = folder / "out" / "boats.xlsx", folder / "out" / "blank.xlsx"
run("list", "boats", "--json")
run("export", "boats", "--to", sheet)
run("import", "boats", sheet)
run("template", "boats", "--to", blank)
run("print", "--list")
for ending in ("pdf", "docx", "xlsx"):
    run("print", "boats", "--to", folder / "out" / f"boats.{ending}")
run("binder", "--to", folder / "binder")
assert list((folder / "binder").glob("*/船只台账.xlsx"))

from ui.application import make_application
from ui.jobs import Jobs
from ui.office import Office
from ui.window import MainWindow

application = make_application()
with Desk.open(folder, today) as desk:
    window = MainWindow(Office(desk, Jobs(synchronous=True)))
    window.show()
    window.open_record(f"boats/{number}")
    application.processEvents()
    page = window.page
    assert (page.title, page.picture, page.report) == ("船只台账", "registers", "boats")
    assert page.pane.record["name"] == "三星一号"
    page.start_new()
    window.close()
print("done")
"""


def edit(file: Path, pattern: str, new: str) -> None:
    text, count = re.subn(pattern, new, file.read_text(encoding="utf-8"), count=1)
    assert count == 1, pattern
    file.write_text(text, encoding="utf-8")


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    """A copy of the program to which a book was added."""
    copy = tmp_path / "copy"
    for folder in ("hazard_desk", "ui", "resources"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__"))
    number = len(list((copy / MIGRATIONS).glob("0*.py"))) + 1
    (copy / MODULE).write_text(BOOK, encoding="utf-8")
    (copy / MIGRATIONS / f"{number:04}_boats.py").write_text(MIGRATION, encoding="utf-8")
    edit(copy / HEAD, r"HEAD = \d+", f"HEAD = {number}")
    before, line = ENTERED
    edit(copy / CATALOGUE, re.escape(before), f"{line}\n        {before}")
    edit(
        copy / CATALOGUE,
        r"(?m)^from hazard_desk",
        "from hazard_desk.books.boats import Boats\nfrom hazard_desk",
    )
    return copy


def test_a_book_is_a_module_a_migration_and_a_line_in_the_catalogue(scratch: Path, tmp_path: Path) -> None:
    here = {**os.environ, "PYTHONPATH": str(scratch), "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"}
    walk = scratch / "walk.py"
    walk.write_text(WALK, encoding="utf-8")
    said = subprocess.run(
        [sys.executable, str(walk), str(scratch), str(tmp_path / "台账")],
        cwd=scratch,
        env=here,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert said.stdout.endswith("done\n"), said.stdout[-2000:] + said.stderr[-4000:]


def test_the_readme_names_these_files_and_no_others() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    recipe = readme.partition("**add a ledger.**")[2].partition("A register of a plan")[0]
    named = {one.rstrip("/") for one in re.findall(r"`(\w+/[\w/.]+)`", recipe)}
    told = {path.relative_to(CORE).as_posix() for path in (MODULE, HEAD, CATALOGUE, MIGRATIONS)}
    assert told <= named
    assert named - told == {"books/kit/book.py", "tests/test_new_book.py"}, "where to read more"
