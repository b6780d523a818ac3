"""A paper about a record is printed in every format, listed, and offered by the record's own button."""

from __future__ import annotations

from hazard_desk.desk import Desk
from tests.recipes.walk import FOLDER, OUT, TODAY, run, text_of, window

with Desk.create(FOLDER, "sanxiang-2023", today=TODAY) as desk:
    number = desk.enterprises.add({"name": "甲厂", "category": "企业", "sector": "工贸"}).ids[0]
    printed, _ = desk.papers.about("enterprises", number)
    assert "enterprise-card" in [report.id for report in printed]
    with window(desk) as opened:
        from ui.panes.record_papers import PapersButton

        opened.open_record(f"enterprises/{number}")
        (papers,) = opened.page.pane.findChildren(PapersButton)
        papers.fill()
        assert "监管对象卡" in [action.text() for action in papers.papers.actions()]

assert {"id": "enterprise-card", "title": "监管对象卡", "formats": ["pdf", "docx"]} in run("print", "--list")
for ending in ("pdf", "docx"):
    file = OUT / f"card.{ending}"
    run("print", "enterprise-card", "--number", number, "--to", file)
    assert {"甲厂", "企业"} <= set(text_of(file).split()) or "甲厂" in text_of(file)
print("done")
