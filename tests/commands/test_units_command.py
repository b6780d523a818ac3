"""Sectors and units on the command line."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.commands.conftest import TODAY, Said


@pytest.fixture
def bureau(tmp_path, run: Callable[..., Said]) -> Callable[..., Said]:
    """Commands on a desk on S2's plan."""
    folder = tmp_path / "s2"
    run("--desk", folder, "--today", TODAY, "new", "--plan", "fangshan-2023")
    return lambda *words: run("--desk", folder, "--today", TODAY, *words)


def test_a_sector_added_renamed_and_merged(bureau):
    for words in (("渔业", "--add"), ("渔业", "--rename", "渔业船舶"), ("渔业船舶", "--into", "其他")):
        assert bureau("sector", *words).code == 0
    rows = {row["name"]: row["now"] for row in bureau("list", "sectors", "--json").json}
    assert (rows["渔业"], rows["渔业船舶"], rows["粮食"]) == ("其他", "其他", "")


def test_one_that_is_not_there(bureau):
    assert "没有“航天”这个行业领域，可用的有：" in bureau("sector", "航天", "--rename", "航空").refusal


def test_what_each_unit_is_to_send(bureau):
    sheets = bureau("sheets", "fangshan-2023", "--json").json
    assert len(sheets) == 8
    assert (sheets[0]["unit"], sheets[0]["group"]) == ("能源小组", "能源小组（本股室）")
    assert {(one["due"], one["state"]) for one in sheets} == {("2023-06-28", "未报")}


def test_a_form_of_a_unit_is_sent(bureau):
    group = "粮食小组（所属行业领域）"
    sent = bureau("form", "fangshan-2023", "--as-of", "2023-06-02", "--group", group, "--submit", "--json")
    assert sent.json["group"] == group
    sheets = bureau("sheets", "fangshan-2023", "--as-of", "2023-06-02", "--json").json
    assert [one["group"] for one in sheets if one["state"] == "已报"] == [group]
    typed = bureau("form", "fangshan-2023", "--sent", "--group", "粮食小组 (所属行业领域)", "--json")
    assert typed.json["group"] == group


def test_the_sum_of_the_units(bureau):
    day = "2023-06-02"
    for group in ("粮食小组（本股室）", "能源小组（本股室）"):
        bureau("form", "fangshan-2023", "--as-of", day, "--group", group, "--submit")
    whole = bureau("form", "fangshan-2023", "--as-of", day, "--sum", "--json")
    assert {source["unit"] for source in whole.json["cells"][0]["sources"]} == {
        "粮食小组（本股室）",
        "能源小组（本股室）",
    }
