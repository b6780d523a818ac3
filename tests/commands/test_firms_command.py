"""The command firms, and what check tells of names."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from hazard_desk.desk import Desk
from tests.commands.conftest import Said
from tests.every_act import SHOP, VISIT


@pytest.fixture
def named(desk: Desk) -> Desk:
    """Two firms that may be one, and checks of a road and of what may be the first."""
    for name in ("甲石料有限公司", "甲石料有限责任公司"):
        desk.enterprises.add(SHOP | {"name": name})
    for name in ("村道三公里处", "甲石料"):
        desk.checks.add(VISIT | {"unit_name": name})
    desk.close()
    return desk


def test_check_and_firms_tell_names_and_firms_sets_them_right(run: Callable[..., Said], named: Desk) -> None:
    day = ("--desk", named.folder, "--today", "2023-06-01")
    told = run(*day, "check", "--json").json
    assert told["faults"] == []
    assert told["twins"] == [["甲石料有限公司", "甲石料有限责任公司"]]
    road = {"name": "村道三公里处", "records": {"checks": [1]}, "like": []}
    assert told["unlinked"] == [
        {"name": "甲石料", "records": {"checks": [2]}, "like": told["twins"][0]},
        road,
    ]
    assert "“村道三公里处”（检查执法1条）没有关联监管对象" in run(*day, "firms").out
    merged = run(
        *day,
        "firms",
        "--merge",
        "甲石料有限责任公司=甲石料有限公司",
        "--same",
        "甲石料=甲石料有限公司",
        "--json",
    ).json
    assert (merged["unlinked"], merged["twins"]) == ([road], [])
    with Desk.open(named.folder, date(2023, 6, 1), lock=False) as desk:
        assert [row.enterprise_id for row in desk.checks.facts()] == [None, 1]
    run(*day, "firms", "--no-firm", "村道三公里处")
    assert "名称请核对" not in run(*day, "check").out


def test_what_is_not_there_is_refused(run: Callable[..., Said], named: Desk) -> None:
    day = ("--desk", named.folder, "--today", "2023-06-01")
    assert "没有“乙厂”" in run(*day, "firms", "--merge", "乙厂=甲石料有限公司").refusal
    assert "--same 名称=监管对象" in run(*day, "firms", "--same", "乙厂").refusal
    assert "请选择监管对象" in run(*day, "firms", "--same", "乙厂=").refusal


def test_where_one_is_refused_none_is_done(run: Callable[..., Said], named: Desk) -> None:
    day = ("--desk", named.folder, "--today", "2023-06-01")
    both = ("--merge", "甲石料有限责任公司=甲石料有限公司", "--same", "甲石料=乙厂")
    assert "没有“乙厂”" in run(*day, "firms", *both).refusal
    assert run(*day, "firms", "--json").json["twins"] == [["甲石料有限公司", "甲石料有限责任公司"]]
