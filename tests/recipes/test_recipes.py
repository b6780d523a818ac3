"""Every recipe does what it promises, in the files it names and no others. Done in scratch copies."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.recipes.cookbook import ROOT, Recipe, changed, copy_project, recipes

COOKBOOK = recipes()
WALKS = {
    "Add a field": "field",
    "Add a ledger": "ledger",
    "Add a special register": "register",
    "Add a paper": "paper",
    "Add a step": "step",
    "Add a plan": "plan",
    "Add a fact to a part of a plan": "plan_fact",
    "Add a progress form": "progress_form",
}
"""What proves each: a script beside this test, run in the copy."""
PROVED = {"Add a step": ("tests/books/hazards/test_any_course.py", "tests/books/hazards/test_replay.py")}
"""Tests that take in what was added by its declaration."""
NAMED = re.compile(r"^\| \[([^\]]+)\]\(docs/recipes\.md#([\w-]+)\) \| (.+) \|$", re.M)


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., str]:
    """Run Python in the copy and return what it printed."""

    def in_copy(*words: str) -> str:
        here = {**os.environ, "PYTHONPATH": str(tmp_path / "copy"), "QT_QPA_PLATFORM": "offscreen"}
        said = subprocess.run(
            [sys.executable, *words],
            cwd=tmp_path / "copy",
            env=here | {"PYTHONUTF8": "1"},
            capture_output=True,
            encoding="utf-8",
            timeout=180,
            check=False,
        )
        assert said.returncode == 0, said.stdout[-3000:] + said.stderr[-4000:]
        return said.stdout

    return in_copy


def test_every_recipe_is_tried():
    assert WALKS.keys() == COOKBOOK.keys()


@pytest.mark.parametrize("recipe", COOKBOOK.values(), ids=lambda recipe: WALKS[recipe.title])
def test_a_recipe_keeps_its_promise(recipe: Recipe, tmp_path: Path, run: Callable[..., str]) -> None:
    copy = copy_project(tmp_path / "copy")
    recipe.apply(copy)
    walk = f"tests.recipes.{WALKS[recipe.title]}"
    assert run("-m", walk, str(tmp_path / "台账")).endswith("done\n")
    assert changed(copy) == {file.replace("NNNN", f"{recipe.number(ROOT):04}") for file in recipe.files}
    if any("migrations" in file for file in recipe.files):
        run("-m", "pytest", "-n0", "tests/test_migrations.py", *PROVED.get(recipe.title, ()))


def test_a_fact_of_a_plan_travels_also_without_a_column(tmp_path: Path, run: Callable[..., str]) -> None:
    recipe = COOKBOOK["Add a fact to a part of a plan"]
    copy = copy_project(tmp_path / "copy")
    recipe.blocks[0].apply(copy, 0)
    assert run("-m", "tests.recipes.plan_fact", str(tmp_path / "台账")).endswith("done\n")


def test_the_readme_names_every_recipe_and_its_files():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    named = {title: set(re.findall(r"`([^`]+)`", files)) for title, _, files in NAMED.findall(readme)}
    told = {recipe.title: {_short(file) for file in recipe.files} for recipe in COOKBOOK.values()}
    assert named == told
    for title, place, _ in NAMED.findall(readme):
        assert place == title.lower().replace(" ", "-")


def _short(file: str) -> str:
    return file.removeprefix("hazard_desk/")
