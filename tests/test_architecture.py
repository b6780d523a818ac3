"""Who may import whom: the directions of the rooms, read from the sources."""

from __future__ import annotations

import ast
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CORE, UI = ROOT / "hazard_desk", ROOT / "ui"
RULES_MAY = {"dateutil", "chinese_calendar"}


@cache
def imported(file: Path, type_checks: bool = False) -> tuple[str, ...]:
    """Return every module that a file imports, wherever in it; those only for type checks where asked."""
    return tuple(_imported(file, type_checks))


def _imported(file: Path, type_checks: bool) -> Iterator[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    typing_only = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if node in typing_only and not type_checks:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file.name}: imports are written in full"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def sources(*folders: str) -> list[Path]:
    found = [path for folder in folders for path in sorted((CORE / folder).rglob("*.py"))]
    assert found
    return found


def importing(files: list[Path], *modules: str) -> set[str]:
    """Return which of the files import one of the modules or something of it."""
    return {
        file.relative_to(ROOT).as_posix()
        for file in files
        for name in imported(file)
        if any(name == module or name.startswith(f"{module}.") for module in modules)
    }


def outside(*folders: str) -> list[Path]:
    """Return the sources of the core that lie in none of the folders."""
    inside = {CORE / folder for folder in folders}
    return [file for file in sources("") if not inside & set(file.parents)]


QT = ("PySide6", "shiboken6", "ui")


def test_the_core_knows_no_screen():
    assert importing(sources(""), *QT) == set()


def test_qt_is_known_only_to_the_window():
    assert importing([*UI.rglob("*.py")], "PySide6"), "there is a window"
    assert importing(outside(), "PySide6", "shiboken6") == set()


@pytest.mark.parametrize(
    ("library", "rooms"),
    [
        ("peewee", ("store", "books")),
        ("playhouse", ("store", "books")),
        ("sqlite3", ("store",)),
        ("reportlab", ("papers",)),
        ("docx", ("papers", "sheets")),  # papers go out as Word; tables come in, in Word or as a sheet
        ("pypdfium2", ("papers", "sheets", "scans")),  # papers are shown; a PDF that comes in is read, apart
        ("zxingcpp", ("papers", "scans")),  # the code of a paper is made here, and found there
        ("openpyxl", ("sheets",)),
        ("xlsxwriter", ("sheets",)),
        ("python_calamine", ("sheets",)),
        ("olefile", ("sheets",)),
        ("icalendar", ("sheets",)),
        ("filelock", ("store",)),
        ("cryptography", ("store",)),
        ("pyzipper", ("store",)),
        ("pi_heif", ("store",)),
        ("chinese_calendar", ("rules",)),
        ("dateutil", ("rules",)),
    ],
)
def test_a_library_is_known_only_in_its_room(library, rooms):
    assert importing(outside(*rooms), library) == set()
    assert importing([*UI.rglob("*.py")], library) == set()


ABOVE = (
    *("capture", "scans", "rescue", "exchange", "batch", "printing", "mail"),
    *("demo", "making", "desk", "commands", "cli", "console"),
)
HIGHER = {
    "rules": ("grid", "store", "library", "books", "figures", "papers", "sheets", *ABOVE),
    "grid": ("store", "library", "books", "figures", "papers", "sheets", *ABOVE),
    "library": ("store", "books", "figures", "papers", "sheets", *ABOVE),
    "store": ("library", "books", "figures", "papers", "sheets", *ABOVE),
    "books": ("figures", "papers", "sheets", *ABOVE),
    "figures": ("papers", "sheets", *ABOVE),
    "papers": ("sheets", *ABOVE),
    "sheets": ABOVE,
    "capture": ("figures", "papers", "sheets", *(room for room in ABOVE if room != "capture")),
    "scans": ("sheets", *(room for room in ABOVE if room != "scans")),
}


@pytest.mark.parametrize("room", HIGHER)
def test_a_room_imports_nothing_above_it(room):
    assert importing(sources(room), *(f"hazard_desk.{other}" for other in HIGHER[room])) == set()


def test_the_desk_does_not_know_the_command_line():
    assert (
        importing([CORE / "desk.py"], "hazard_desk.cli", "hazard_desk.commands", "hazard_desk.console")
        == set()
    )


def test_the_law_stands_on_dates_and_words():
    for file in sources("rules"):
        for name in imported(file):
            top = name.partition(".")[0]
            own = name.startswith(("hazard_desk.rules.", "hazard_desk.errors."))
            assert own or top in sys.stdlib_module_names or top in RULES_MAY, f"{file.name}: {name}"
        assert importing([file], "sqlite3", "pathlib", "os") == set(), "no file, no database"


def test_errors_stand_on_nothing():
    assert {name.partition(".")[0] for name in imported(CORE / "errors.py")} <= {"__future__"}


def test_the_window_reaches_the_cabinet_only_through_the_desk():
    """It may name the fields of a row; tables and their columns are not its affair."""
    columns = "hazard_desk.store.columns"
    may = {f"{columns}.{name}" for name in ("Record", "name_of", "names_of", "field_of", "fields_of")}
    used = {name for file in UI.rglob("*.py") for name in imported(file)}
    assert {name for name in used - may if name.startswith(columns)} == set()
    assert importing([*UI.rglob("*.py")], "hazard_desk.store.tables") == set()


def modules() -> dict[str, Path]:
    """Return every module of core and window by the name that imports it."""
    files = [*sorted(CORE.rglob("*.py")), *sorted(UI.rglob("*.py"))]
    return {
        ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): file
        for file in files
    }


def test_nothing_is_imported_in_a_circle():
    """Every module can be the first one that is imported, also for the type checker."""
    files = modules()

    def module_of(name: str) -> str:
        return name if not name or name in files else module_of(name.rpartition(".")[0])

    needs = {
        module: {module_of(name) for name in imported(file, type_checks=True)} - {module, ""}
        for module, file in files.items()
    }
    around = {module: others & reaching(module, needs) for module, others in needs.items()}
    assert {module: sorted(others) for module, others in around.items() if others} == {}


def reaching(goal: str, needs: dict[str, set[str]]) -> set[str]:
    """Return every module that imports ``goal``, itself or through others."""
    found: set[str] = set()
    while more := {module for module, others in needs.items() if others & {goal, *found}} - found:
        found |= more
    return found


FOLDER, FILE, FUNCTION = 20, 400, 45
"""How many modules a room holds, lines a file, lines a function: one can see through them."""


def test_no_room_is_crowded():
    rooms: Counter[str] = Counter()
    for module, file in modules().items():
        if file.name != "__init__.py" and "migrations" not in file.parts:
            rooms[module.rpartition(".")[0]] += 1
    assert {room: count for room, count in rooms.items() if count > FOLDER} == {}


def test_files_and_functions_are_short():
    long: dict[str, int] = {}
    for module, file in modules().items():
        text = file.read_text(encoding="utf-8")
        lines = len(text.splitlines())
        if lines > FILE:
            long[module] = lines
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno is not None:
                lines = node.end_lineno - node.lineno + 1
                if lines > FUNCTION:
                    long[f"{module}.{node.name}"] = lines
    assert long == {}


SAME_NAME = {
    "main": "the ways in: of the module and of the command line",
    "register": "every family of commands enters its own: ``commands/__init__.py`` calls each",
}
"""Names that stand in several modules because they stand for one thing there."""


def test_no_public_name_stands_for_two_things():
    """A class or function of a module; migrations are read one by one and have the same two functions."""
    where: dict[str, set[str]] = {}
    for module, file in modules().items():
        if "migrations" in file.parts:
            continue
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
                where.setdefault(node.name, set()).add(module)
    twice = {name: sorted(some) for name, some in where.items() if len(some) > 1}
    assert {name: some for name, some in twice.items() if name not in SAME_NAME} == {}
    assert SAME_NAME.keys() <= twice.keys(), "a reason that is no longer needed"


OF_DATA = {"hazard_desk/figures/progress/pool.py"}
"""Asks a special register, whose fields are declared in resources/registers/, not in the program."""


def test_what_a_book_is_asked_for_is_named_by_its_column():
    """A string would outlive a renamed field: nothing would be found, and no type checker would tell."""
    files = {path.relative_to(ROOT).as_posix(): path for path in [*CORE.rglob("*.py"), *UI.rglob("*.py")]}
    written = {
        f"{name}:{node.lineno}"
        for name in files.keys() - OF_DATA
        for part in ast.walk(ast.parse(files[name].read_text(encoding="utf-8")))
        for node in _asked(part)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and node.value not in ("", "-", "id")
    }
    assert not written, written


def _asked(node: ast.AST) -> Iterator[ast.AST]:
    """Return the names in what a book is sorted by and known again by, and in a query."""
    if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in ("default_sort", "same_by"):
        yield from ast.walk(node.value)
    if isinstance(node, ast.Call) and ast.unparse(node.func) == "Query":
        for told in node.keywords:
            if told.arg == "sort":
                yield told.value
            elif told.arg == "where" and isinstance(told.value, ast.Dict):
                yield from (key for key in told.value.keys if key is not None)


def test_the_command_line_starts_light(program):
    """Papers, sheets and the window cost seconds: they come when they are wanted."""
    said = program("-c", "import sys, hazard_desk.cli; print(*sorted(sys.modules))")
    assert said.returncode == 0, said.stderr
    loaded = {name.partition(".")[0] for name in said.stdout.split()}
    assert not loaded & {
        "reportlab",
        "openpyxl",
        "xlsxwriter",
        "docx",
        "PySide6",
        "ui",
        "pypdfium2",
        "PIL",
        "fontTools",
        "icalendar",
    }
    assert "hazard_desk.papers" not in said.stdout.split()


def test_the_window_starts_without_what_makes_papers(program):
    """It is loaded behind the window, or when it is wanted."""
    said = program("-c", "import sys, ui.window; print(*sorted(sys.modules))")
    assert said.returncode == 0, said.stderr
    assert not set(said.stdout.split()) & {"reportlab", "docx", "zxingcpp", "hazard_desk.papers.catalogue"}
