"""README and docs say what is there: commands, options, names, files, and the picture of the rooms."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

import dev
import hazard_desk
from docs.rooms import PICTURE, drawing, imports
from hazard_desk.cli import main
from hazard_desk.desk import Desk
from hazard_desk.papers.catalogue import REPORTS
from tests.recipes.cookbook import recipes

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
DOCS = sorted((ROOT / "docs").rglob("*.md"))
PAGES = [README, *DOCS]
SOURCES = [*(ROOT / "hazard_desk").rglob("*.py"), *(ROOT / "ui").rglob("*.py")]
CODE = re.compile(r"`([^`\n]+)`")
OPTION = re.compile(r"--[a-z][\w-]*")
ALWAYS = {"--help", "--json"}


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def named(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def section(title: str) -> str:
    """Return a section of the README."""
    return text_of(README).partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def helped(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    with pytest.raises(SystemExit) as ended:
        main([*words, "--help"])
    assert ended.value.code == 0
    return capsys.readouterr().out


def documented() -> dict[str, set[str]]:
    """Return every command in the README's table with its options."""
    found: dict[str, set[str]] = {}
    for cell in re.findall(r"^\| (`.+`) \| ", section("The command line").replace("\\|", "¦"), re.M):
        for usage in CODE.findall(cell):
            found.setdefault(usage.split()[0], set()).update(OPTION.findall(usage))
    return found


def test_every_command_and_option_is_documented_and_there(capsys):
    there = set(re.findall(r"^    ([a-z]+)\b", helped(capsys).partition("\n内容")[2], re.M))
    assert documented().keys() == there
    for command, options in documented().items():
        assert options == set(OPTION.findall(helped(capsys, command))) - ALWAYS, command


def test_the_papers_and_books_that_the_command_line_knows_are_listed(desk: Desk):
    told = section("The command line")
    papers = set(CODE.findall(told.partition("REPORT is one of")[2].partition("\n\n")[0]))
    own = {report.id for report in REPORTS.values()}
    assert own <= papers | set(desk.ledgers)
    assert papers <= own | set(desk.ledgers)
    books = set(CODE.findall(told.partition("LEDGER is")[2].partition(", or the id")[0]))
    registers = {register.id for register in desk.registers.ledgers().values()}
    assert books == set(desk.ledgers) - registers


def test_every_command_of_dev_py_is_documented_and_there():
    assert set(re.findall(r"^    python3 dev\.py (\w+)", dev.__doc__ or "", re.M)) == set(dev.COMMANDS)
    told = " ".join(map(text_of, PAGES))
    assert set(re.findall(r"python3 dev\.py (\w+)", told)) <= set(dev.COMMANDS)
    more = section("Two commands")
    assert set(re.findall(r"dev\.py (\w+)", more)) | set(CODE.findall(more.partition("More:")[2])) >= set(
        dev.COMMANDS
    )


def commands(page: Path) -> list[str]:
    """Return the lines of the blocks of shell commands on a page."""
    blocks = re.findall(r"^ *```sh\n(.*?)^ *```", text_of(page), re.M | re.S)
    return [line.partition(" #")[0].strip() for block in blocks for line in block.splitlines()]


@pytest.mark.parametrize("page", [page for page in PAGES if commands(page)], ids=named)
def test_the_commands_on_a_page_can_be_typed(page: Path, tmp_path: Path, monkeypatch, capsys):
    """Those of the program are run, those of the tools as far as they are quick."""
    monkeypatch.chdir(tmp_path)
    for line in commands(page):
        words = shlex.split(line)
        tool = Path(words[0]).name
        if words[:2] == ["python3", "dev.py"]:
            assert words[2] in dev.COMMANDS, line
        elif tool == "hazard-desk":
            assert main(words[1:]) == 0, line + capsys.readouterr().err
        elif tool == "python":
            assert words[1:3] == ["-m", "pytest"], line
            assert all((ROOT / word).exists() for word in words[3:] if word[0] != "-"), line
        else:
            assert words[0] in (".venv/bin/ruff", ".venv/bin/mypy"), f"{line}: who tries this one?"
            asked = [sys.executable, "-m", tool, *words[1:2], "--help"]
            assert subprocess.run(asked, capture_output=True, check=False).returncode == 0, line


MADE = {"attachments", "backups", "files", "scratch", "out", "logs", "drafts", "thumbs", "opened"}
MADE |= {"dist", "demo", "shots"}
"""Folders that a desk or a command of dev.py makes."""
TREE = [
    f"/{named(path)}"
    for top in ("hazard_desk", "ui", "resources", "docs", "tests")
    for path in (ROOT / top, *(ROOT / top).rglob("*"))
]
OF_RECIPES = {f"/{file}" for recipe in recipes().values() for file in recipe.files}


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_links_and_paths_lead_somewhere(page: Path):
    told = re.sub(r"^ *```.*?^ *```", "", text_of(page), flags=re.M | re.S)
    for link in re.findall(r"\]\(([^)#\s]+)[^)]*\)", told):
        assert (page.parent / link).exists(), link
    for name in CODE.findall(told):
        if re.fullmatch(r"[\w-]+(/[\w.-]+)*(\.(py|toml|md)|/)", name) and name.split("/")[0] not in MADE:
            ends = f"/{name.rstrip('/')}"
            there = (ROOT / name).exists() or any(path.endswith(ends) for path in (*TREE, *OF_RECIPES))
            assert there, name


def test_the_rooms_in_the_readme_are_the_rooms():
    told = re.findall(r"^  ([\w/.]+) ", section("The rooms"), re.M)
    core = ROOT / "hazard_desk"
    there = {f"{path.name}/" for path in core.iterdir() if (path / "__init__.py").exists()}
    assert {name for name in told if name.endswith("/")} | {"commands/", "demo/"} == there
    assert all((core / name).exists() for name in told)
    mapped = set(re.findall(r"^``(\w+)``", hazard_desk.__doc__ or "", re.M))
    assert {name.rstrip("/") for name in there} <= mapped | {"commands"}


def test_what_the_glossary_calls_a_word_is_called_so():
    whole = "\n".join(map(text_of, SOURCES))
    data = "\n".join(text_of(file) for file in (ROOT / "resources").rglob("*.toml"))
    data += "\n".join(f"{file.stem}\n{text_of(file)}" for file in (ROOT / "resources/papers").glob("*.txt"))
    glossary = text_of(ROOT / "docs" / "glossary.md")
    for row in re.findall(r"^\| .+ \|$", glossary, re.M):
        words, *rest = (cell.strip() for cell in row.strip("|").split("|"))
        for name in CODE.findall(rest[0]) if len(rest) == 2 else ():
            last = name.rpartition(".")[2]
            assert re.search(rf"\b{re.escape(last)}\b", whole + data), name
        if re.search(r"[\u4e00-\u9fff]", words) and words != "中文":
            one = re.split(r"[、,，]", words)[0]
            assert one in whole + data + text_of(README), one


def test_every_decision_is_listed():
    folder = ROOT / "docs" / "decisions"
    listed = re.findall(r"\]\((\S+\.md)\)", text_of(folder / "README.md"))
    assert listed == sorted(path.name for path in folder.glob("[0-9]*.md"))


def test_the_picture_of_the_rooms_is_of_today():
    assert text_of(PICTURE) == drawing(imports()), "python3 dev.py pictures draws it anew"
