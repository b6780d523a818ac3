"""What is offered for a hazard's 判定依据: national standards, the office's own, what was entered before."""

from __future__ import annotations

FIRE = "《重大火灾隐患判定规则》（GB 35181-2025）"
OWN = {"title": "农家乐重大隐患判定标准", "number": "县安委〔2023〕9号", "state": "现行"}


def test_the_national_standards_are_offered_and_anything_else_may_be_written(desk, found):
    assert FIRE in desk.hazards.options("criterion")
    written = f"{FIRE}第5.2条"
    desk.hazards.add(found | {"level": "重大", "criterion": written})
    offered = desk.hazards.options("criterion")
    assert offered[-1] == written
    assert len(set(offered)) == len(offered)


def test_the_office_adds_changes_and_repeals_standards(desk):
    register = desk.books.ledger("criteria")
    register.add(OWN)
    assert desk.hazards.options("criterion")[0] == "《农家乐重大隐患判定标准》（县安委〔2023〕9号）"
    newer = {"title": "重大火灾隐患判定规则", "number": "GB 35181-2030", "state": "现行"}
    number = register.add(newer).ids[0]
    offered = desk.hazards.options("criterion")
    assert "《重大火灾隐患判定规则》（GB 35181-2030）" in offered and FIRE not in offered
    register.change(number, {"state": "已废止"})
    assert not any("重大火灾隐患" in one for one in desk.hazards.options("criterion"))


def titles(offered):
    return [one[1 : one.index("》")] for one in offered]


def test_a_form_offers_the_standards_of_the_sector_and_of_the_day(desk):
    in_2022 = titles(desk.hazards.options_for("criterion", {"sector": "工贸", "found_on": "2022-05-01"}))
    assert "工贸行业重大生产安全事故隐患判定标准（2017版）" in in_2022
    assert "重大火灾隐患判定方法" in in_2022, "a standard without a sector is for all"
    assert not {"工贸企业重大事故隐患判定标准", "城镇燃气经营安全重大隐患判定标准"} & {*in_2022}
    of_fire = titles(desk.hazards.options_for("criterion", {"sector": "消防", "found_on": "2023-05-01"}))
    assert of_fire[0] == "重大火灾隐患判定方法", "none is for this sector alone: first those for all"
    assert "校园重大事故隐患判定标准" in of_fire
    in_2026 = titles(desk.hazards.options_for("criterion", {"sector": "工贸", "found_on": "2026-05-01"}))
    assert "工贸企业重大事故隐患判定标准" in in_2026
    assert "工贸行业重大生产安全事故隐患判定标准（2017版）" not in in_2026
    assert "重大火灾隐患判定规则" in in_2026
    assert "重大火灾隐患判定方法" not in in_2026
    everything = titles(desk.hazards.options_for("criterion", {"sector": "自建房", "found_on": "2026-05-01"}))
    assert "城镇燃气经营安全重大隐患判定标准" in everything, "none is for this sector alone"


def test_the_offices_own_standards_are_narrowed_likewise(desk):
    register = desk.books.ledger("criteria")
    register.add(OWN | {"sector": "文化旅游、自建房", "effective_on": "2023-09-01"})
    name = "农家乐重大隐患判定标准"
    for sector, day, there in (
        ("文化旅游", "2023-10-01", True),
        ("自建房", "2023-10-01", True),
        ("工贸", "2023-10-01", False),
        ("文化旅游", "2023-08-01", False),
    ):
        row = {"sector": sector, "found_on": day}
        assert (name in titles(desk.hazards.options_for("criterion", row))) is there, (sector, day)
