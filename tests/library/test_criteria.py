"""The national criteria are there with their numbers, and a bad file is refused by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from hazard_desk.errors import Refused
from hazard_desk.library.criteria import bundled_criteria, load_criteria
from hazard_desk.rules.wording import cited


def test_the_confirmed_standards_with_their_numbers() -> None:
    assert {one.number: one.year for one in bundled_criteria() if one.number} == {
        "应急管理部令第10号": 2023,
        "GB 35181-2025": 2025,
        "安监总管三〔2017〕121号": 2017,
        "建城规〔2023〕4号": 2023,
        "建质规〔2024〕5号": 2024,
        "矿安〔2022〕88号": 2022,
        "矿安〔2024〕41号": 2024,
        "应急管理部令第21号": 2026,
        "工信部安全〔2024〕234号": 2024,
        "国家发展和改革委员会令第41号": 2026,
        "GB 45067-2024": 2024,
        "安监总管四〔2017〕129号": 2017,
        "GB 35181-2017": 2017,
        "建质规〔2022〕2号": 2022,
    }


def test_those_without_a_number_are_marked_as_doubtful() -> None:
    assert all(one.number or one.doubts for one in bundled_criteria())
    assert len({one.title for one in bundled_criteria()}) == len(bundled_criteria())


def test_how_a_standard_is_cited() -> None:
    assert cited("重大火灾隐患判定规则", "GB 35181-2025") == "《重大火灾隐患判定规则》（GB 35181-2025）"
    assert cited("校园重大事故隐患判定标准", "") == "《校园重大事故隐患判定标准》"


def test_a_bad_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text('[[criteria]]\nnumber = "GB 1"\n', encoding="utf-8")
    with pytest.raises(Refused, match=r"判定标准文件 own\.toml 的 criteria\[0\]\.title"):
        load_criteria(file)
