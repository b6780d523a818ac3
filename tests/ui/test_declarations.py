"""A field is declared once: form, table, collection sheet, export and ``list --json`` show the same list."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from hazard_desk.books.kit.gaps import without_taken_in
from hazard_desk.books.kit.ledger import TableLedger
from hazard_desk.books.kit.query import Query
from hazard_desk.cli import main
from hazard_desk.desk import Desk
from ui.forms.record_form import RecordForm
from ui.office import Office
from ui.tables.ledger_model import LedgerModel
from ui.window import MainWindow

HEADING_ROWS = 8
"""Rows in which a sheet's headings stand under title and notes."""


def headings(file: Path, wanted: str) -> list[str]:
    """Return the heading row of the first sheet: the one that holds ``wanted``; * marks required fields."""
    book = load_workbook(file)
    for row in book.worksheets[0].iter_rows(max_row=HEADING_ROWS, values_only=True):
        texts = [str(text or "").replace("\n", "").rstrip("*") for text in row]
        if wanted in texts:
            return [text for text in texts if text]
    raise AssertionError(f"{file.name}: no heading {wanted}")


@pytest.fixture
def books(desk: Desk) -> list[TableLedger]:
    return [book for book in desk.ledgers.values() if isinstance(book, TableLedger)]


def test_table_and_form_show_the_declared_fields(
    office: Office, window: MainWindow, books: list[TableLedger]
) -> None:
    for book in books:
        model = LedgerModel(office, book, window)
        open_fields = [field for field in book.fields if not field.sensitive and field.name != "overdue"]
        rest = [field.name for field in open_fields if field.name not in book.first_columns]
        assert [field.name for field in model.choosable] == [*book.first_columns, *rest], book.id
        if entry := book.entry_fields():
            form = RecordForm(entry, office.today, window)
            assert list(form.boxes) == [field.name for field in entry], book.id
            form.deleteLater()


def test_sheets_have_the_declared_fields(desk: Desk, books: list[TableLedger], tmp_path: Path) -> None:
    for book in books:
        fields = [field.heading for field in without_taken_in(book.fields) if not field.sensitive]
        file = desk.sheets.export(book.id, tmp_path / f"{book.id}.xlsx")
        assert headings(file, fields[0]) == fields, book.id
        if book.template_fields():
            asked = [field.heading for field in book.template_fields() if not field.sensitive]
            assert (
                headings(desk.sheets.template(book.id, tmp_path / f"t-{book.id}.xlsx"), asked[0]) == asked
            ), book.id
            assert set(asked) <= set(fields), book.id


def test_the_command_line_lists_the_declared_names(
    desk: Desk, capsys: pytest.CaptureFixture[str], found: dict[str, str]
) -> None:
    desk.hazards.add(found)
    folder = desk.folder
    for name in ("hazards", "tasks", "groups", "duties"):
        assert main(["--desk", str(folder), "--today", "2023-06-01", "list", name, "--json"]) == 0
        rows = json.loads(capsys.readouterr().out)
        declared = ["id", *(field.name for field in desk.ledgers[name].fields)]
        assert rows and list(rows[0]) == declared, name
    assert desk.hazards.count(Query()) == 1
