"""A register has a page, a form, sheets, search and a paper, and comes back through export and import."""

from __future__ import annotations

from hazard_desk.desk import Desk
from tests.recipes.walk import FOLDER, OUT, TODAY, run, text_of, window

with Desk.create(FOLDER, "sanxiang-2023", today=TODAY) as desk:
    ladders = desk.ledgers["ladders"]
    number = ladders.add({"unit_name": "甲厂", "height": "12", "tested_on": "2023-05-20"}).ids[0]
    assert ("ladders", number) in [(hit.ledger, hit.record) for hit in desk.find("甲厂")]
    with window(desk) as opened:
        opened.open_record(f"ladders/{number}")
        page = opened.page.current
        assert page.pane.record["height"] == 12
        page.start_new()

run("export", "ladders", "--to", OUT / "ladders.xlsx")
assert run("import", "ladders", OUT / "ladders.xlsx")["refused"] == []
run("template", "ladders", "--to", OUT / "blank.xlsx")
run("print", "ladders", "--to", OUT / "ladders.docx")
assert "登高设备" in text_of(OUT / "ladders.docx")
print("done")
