"""Reading a sheet where the system itself falls short."""

from __future__ import annotations

import sys

import pytest
from openpyxl import Workbook

from hazard_desk.errors import Trouble
from hazard_desk.sheets.reading.file import read_file


def test_a_system_that_cannot_load_the_reader_is_told_in_one_sentence(tmp_path, monkeypatch):
    Workbook().save(tmp_path / "名单.xlsx")
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    with pytest.raises(Trouble, match="缺少读取表格所需的系统组件"):
        read_file(tmp_path / "名单.xlsx")
