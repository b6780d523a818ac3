"""A further fact of a part of a plan is the lines that the README names; done in a scratch copy."""

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
PARTS = CORE / "library" / "plans.py"
TABLES = CORE / "books" / "plans" / "tables.py"
HEAD = CORE / "store" / "dbfile.py"
MIGRATIONS = CORE / "store" / "migrations"

FACT = ('    remark: str = ""\n', '    remark: str = ""\n    funds: str = ""\n')
COLUMN = ("    remark = column(", '    funds = column("经费", width=6)\n    remark = column(')
MIGRATION = '''
"""What the tasks cost."""


def up(migrator, db):
    db.execute_sql("ALTER TABLE task ADD COLUMN funds TEXT NOT NULL DEFAULT ''")
'''
WALK = """
import sys
from datetime import date
from pathlib import Path

import hazard_desk
from hazard_desk.desk import Desk
from hazard_desk.library.plan_file import dump_plan
from hazard_desk.library.plans import bundled_plans, load_plan

scratch, folder, kept = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] == "kept"
assert Path(hazard_desk.__file__).is_relative_to(scratch), "the copy is tried, not the house"

text = bundled_plans()["sanxiang-2023"].read_text(encoding="utf-8")
file = folder.with_suffix(".toml")
task = "[[actions.key_tasks.tasks]]\\n"
file.write_text(text.replace(task, task + 'funds = "5万元"\\n', 1), encoding="utf-8")
plan = load_plan(file)


def costs(plan):
    return [task.funds for task in plan.tasks if task.funds]


assert costs(plan) == ["5万元"]
assert dump_plan(plan).count("funds") == 1
with Desk.create(folder, str(file), today=date(2023, 6, 1)) as desk:
    assert desk.plans.plan() == plan
    assert load_plan(desk.plans.save_file(folder / "out" / "plan.toml")) == plan
    first = plan.tasks[0].number
    number = desk.tasks.find(first)
    if kept:
        assert desk.tasks.get(number)["funds"] == "5万元"
        assert "经费" in [field.label for field in desk.tasks.fields]
        desk.task_edits.change(number, {"funds": "6万元"})
        assert load_plan(desk.plans.save_file(folder / "out" / "changed.toml")) == desk.plans.plan()
    told = ["6万元" if kept else "5万元"]
    assert costs(desk.plans.plan()) == told
    desk.plans.next_year(desk.plans.next_values())
    assert desk.plans.current().starts_on.year == 2024
    assert costs(desk.plans.plan()) == told
    assert not desk.check()
print("done")
"""


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    file.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    """A copy of the program in which tasks have a further fact."""
    copy = tmp_path / "copy"
    shutil.copytree(ROOT / CORE, copy / CORE, ignore=shutil.ignore_patterns("__pycache__"))
    (copy / "resources").symlink_to(ROOT / "resources", target_is_directory=True)
    edit(copy / PARTS, *FACT)
    return copy


def walk(scratch: Path, folder: Path, how: str) -> None:
    file = scratch / "walk.py"
    file.write_text(WALK, encoding="utf-8")
    said = subprocess.run(
        [sys.executable, str(file), str(scratch), str(folder), how],
        cwd=scratch,
        env={**os.environ, "PYTHONPATH": str(scratch), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert said.stdout.endswith("done\n"), said.stdout[-2000:] + said.stderr[-4000:]


def test_a_fact_of_a_task_is_one_line_and_travels(scratch: Path, tmp_path: Path) -> None:
    walk(scratch, tmp_path / "台账", "carried")


def test_with_a_column_it_is_shown_and_changed(scratch: Path, tmp_path: Path) -> None:
    edit(scratch / TABLES, *COLUMN)
    number = len(list((scratch / MIGRATIONS).glob("0*.py"))) + 1
    (scratch / MIGRATIONS / f"{number:04}_funds.py").write_text(MIGRATION, encoding="utf-8")
    edit(scratch / HEAD, f"HEAD = {number - 1}\n", f"HEAD = {number}\n")
    walk(scratch, tmp_path / "台账", "kept")


def test_the_readme_names_these_files_and_no_others() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    recipe = readme.partition("**add a fact to a part of a plan.**")[2].partition("\n\n")[0]
    named = {one.rstrip("/") for one in re.findall(r"`(\w+/[\w/.]+)`", recipe)}
    told = {path.relative_to(CORE).as_posix() for path in (PARTS, TABLES, HEAD, MIGRATIONS)}
    assert told <= named
    assert named - told == {"books/plans/parts.py", "tests/test_new_fact.py"}, "where to read more"
