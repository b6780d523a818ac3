"""The catalogue: what a book is called stands in its own declaration and nowhere else."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from hazard_desk.books.catalogue import Books
from hazard_desk.books.hazards.book import Hazards
from hazard_desk.books.kit.ledger import Ledger
from hazard_desk.books.plans.tables import TaskRow
from hazard_desk.books.tips import Tips
from hazard_desk.desk import Desk
from hazard_desk.library.places import resources
from hazard_desk.papers.catalogue import reports_of
from hazard_desk.store.columns import name_of

ROOT = Path(__file__).parents[2]

PARTS_OF_A_PLAN = {"tasks", "groups", "duties"}
"""What a plan file calls its parts; ``plans --json`` and the annex's report call them so too."""
NAMES_FOR_THESE = {
    "hazard_desk/library/plans.py",
    "hazard_desk/books/plans/book.py",
    "hazard_desk/books/plans/entry.py",
    "hazard_desk/commands/annexes.py",
    "hazard_desk/commands/plans.py",
}
FIELDS = {
    ("hazard_desk/books/duties/book.py", "tasks"),
    ("hazard_desk/books/kit/lists.py", "sectors"),
    ("hazard_desk/books/tips.py", "hazards"),
    ("hazard_desk/books/units/sectors.py", "sectors"),
    ("hazard_desk/demo/content.py", "hazards"),
}
"""Fields, and a folder of the sample content, that are called like a book."""


@pytest.fixture
def books(desk: Desk) -> list[Ledger]:
    registers = desk.registers.ledgers()
    return [book for book in desk.ledgers.values() if book.id not in registers]


def declarations(book: ast.ClassDef) -> Iterator[ast.AST]:
    """Yield the values that a class declares as its ``id`` and ``icon``."""
    for one in book.body:
        if isinstance(one, ast.Assign) and ast.unparse(one.targets[0]) in ("id", "icon"):
            yield one.value


def literals(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield every text that stands in a module but docstrings, keys of rows and declarations of books."""
    passed: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript):
            passed |= set(ast.walk(node.slice))
        elif isinstance(node, ast.Expr):
            passed.add(node.value)
        elif isinstance(node, ast.ClassDef):
            passed |= set(declarations(node))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in passed:
            yield node.lineno, node.value


def test_the_id_of_a_book_stands_only_in_its_declaration(books: list[Ledger]) -> None:
    ids = {book.id for book in books} - {name_of(TaskRow.units)}  # 责任科室 of a task
    found = []
    for file in sorted([*(ROOT / "hazard_desk").rglob("*.py"), *(ROOT / "ui").rglob("*.py")]):
        name = file.relative_to(ROOT).as_posix()
        for line, text in literals(ast.parse(file.read_text(encoding="utf-8"))):
            said = text.partition("/")[0]
            lawful = (said in PARTS_OF_A_PLAN and name in NAMES_FOR_THESE) or (name, said) in FIELDS
            if said in ids and not lawful and "/migrations/" not in name:
                found.append(f"{name}:{line} {text}")
    assert found == []


def test_what_a_book_declares_is_there(desk: Desk) -> None:
    books, papers = desk.ledgers.values(), reports_of(desk.books)
    for book in books:
        assert (resources() / "icons" / f"{book.icon}.svg").is_file(), book.id
        assert papers[book.own_paper].title, book.id


def test_two_books_of_one_id_are_a_bug(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Tips, "id", Hazards.id)
    with pytest.raises(ValueError, match="two books are called hazards"):
        Books(desk.cabinet)
