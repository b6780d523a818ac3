"""A ledger has page, form, pane, links, evidence, undo, history, sheets, paper and a place in the binder."""

from __future__ import annotations

from hazard_desk.books.kit.named_links import LinkedLedger
from hazard_desk.desk import Desk
from hazard_desk.figures.links import linked
from tests.recipes.walk import FOLDER, OUT, TODAY, run, text_of, window

FIRM, BOAT = "示例航运公司", "三星一号"

with Desk.create(FOLDER, "sanxiang-2023", today=TODAY) as desk:
    firm = desk.enterprises.add({"name": FIRM, "category": "企业", "sector": "其他"}).ids[0]
    duty = desk.duties.add({"title": "渡口检查", "rule": "每月底", "fulfilled_by": "船只台账"}).ids[0]
    boats = desk.ledgers["boats"]
    assert isinstance(boats, LinkedLedger)
    number = boats.add({"name": BOAT, "unit_name": FIRM, "inspected_on": "2023-05-30"}).ids[0]
    assert desk.undoable() == f"新增船只“{BOAT}”"
    assert [hit.ledger for hit in desk.find(BOAT)] == ["boats"]
    assert [(link.ledger, link.id) for link in linked(desk.books, "boats", number)] == [("enterprises", firm)]
    assert ("boats", number) in [(link.ledger, link.id) for link in linked(desk.books, "enterprises", firm)]
    kept = desk.duties.history(duty)[0]
    assert [one.record for one in kept.evidence] == [f"boats/{number}"]
    assert len(boats.history(number)) == 1
    assert not desk.check()
    with window(desk) as opened:
        opened.open_record(f"boats/{number}")
        page = opened.page
        assert (page.title, page.picture, page.report) == ("船只台账", "registers", "boats")
        assert page.pane.record.name == BOAT
        page.start_new()

assert [row["name"] for row in run("list", "boats")] == [BOAT]
run("export", "boats", "--to", OUT / "boats.xlsx")
assert run("import", "boats", OUT / "boats.xlsx")["refused"] == []
run("template", "boats", "--to", OUT / "blank.xlsx")
assert {"id": "boats", "title": "船只台账", "formats": ["pdf", "docx", "xlsx"]} in run("print", "--list")
for ending in ("pdf", "docx", "xlsx"):
    run("print", "boats", "--to", OUT / f"boats.{ending}")
    assert BOAT in text_of(OUT / f"boats.{ending}")
run("binder", "--to", FOLDER / "binder")
assert list((FOLDER / "binder").glob("*/船只台账.xlsx"))
with Desk.open(FOLDER, TODAY) as desk:
    while "船只" not in desk.undoable():
        desk.undo()
    desk.undo()
    assert desk.ledgers["boats"].rows([number]) == []
print("done")
