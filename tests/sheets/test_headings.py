"""The names of columns that other offices use, as data."""

from __future__ import annotations

import pytest

from hazard_desk.desk import Desk
from hazard_desk.errors import Refused
from hazard_desk.library import places
from hazard_desk.library.headings import synonyms


def test_every_name_stands_for_a_column_of_some_ledger(desk: Desk) -> None:
    labels = {field.label for book in desk.ledgers.values() for field in book.fields}
    labels |= {field.label for book in desk.ledgers.values() for field in book.entry_fields()}
    assert {key.split("/")[0] for key in synonyms()} - labels == set()
    named = {f"{field.label}/{field.name}" for book in desk.ledgers.values() for field in book.sheet_fields()}
    assert {key for key in synonyms() if "/" in key} - named == set()


def test_no_name_is_said_twice() -> None:
    for label, names in synonyms().items():
        assert len(set(names)) == len(names), label
        assert label not in names


def test_a_wrong_file_is_told(tmp_path, monkeypatch) -> None:
    (tmp_path / "sheets").mkdir()
    (tmp_path / "sheets" / "headings.toml").write_text('"地址" = "住所"\n', encoding="utf-8")
    monkeypatch.setattr(places, "resources", lambda: tmp_path)
    synonyms.cache_clear()
    with pytest.raises(Refused, match=r"headings\.toml 的 地址：应为文字的列表"):
        synonyms()
    synonyms.cache_clear()
