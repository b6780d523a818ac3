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
