"""Every label, unit, help and choice of every book is plain Chinese."""

from __future__ import annotations

import importlib
import pkgutil
import re

import pytest

import hazard_desk.books
from hazard_desk.rules.fields import Field
from hazard_desk.store.columns import Record, computed, declared, table_name, tables

for module in pkgutil.walk_packages(hazard_desk.books.__path__, "hazard_desk.books."):
    importlib.import_module(module.name)

TABLES = {table_name(table): table for table in tables() if declared(table)}
CHINESE = re.compile(r"[\u4e00-\u9fff（）“”、，；：。\d:— ]+")


def words(field: Field) -> list[str]:
    return [field.label, *filter(None, (field.unit, field.help, *field.choices))]


@pytest.mark.parametrize("name", sorted(TABLES))
def test_what_is_declared_is_said_in_chinese(name: str) -> None:
    table: type[Record] = TABLES[name]
    fields = (*declared(table), *computed(table))
    assert [word for field in fields for word in words(field) if not CHINESE.fullmatch(word)] == []


@pytest.mark.parametrize("name", sorted(TABLES))
def test_no_two_facts_of_a_table_are_called_alike(name: str) -> None:
    labels = [field.label for field in (*declared(TABLES[name]), *computed(TABLES[name]))]
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("name", sorted(TABLES))
def test_a_column_is_neither_too_narrow_nor_too_wide_to_read(name: str) -> None:
    widths = {field.name: field.width for field in (*declared(TABLES[name]), *computed(TABLES[name]))}
    assert {column: width for column, width in widths.items() if not 3 <= width <= 40} == {}
