"""A step has its button and form, sets its facts, is undone, and its row comes back through a sheet."""

from __future__ import annotations

from hazard_desk.books.hazards.steps import LATER, STEPS
from hazard_desk.desk import Desk
from tests.recipes.walk import FOLDER, OUT, TODAY, run, text_of, window

FOUND = {
    "level": "一般",
    "source": "执法检查",
    "sector": "工贸",
    "unit_name": "甲厂",
    "place": "加工车间",
    "description": "电线私拉乱接",
    "found_on": "2023-05-20",
}
URGED = {"happened_on": "2023-05-25", "urged_by": "丁督促"}
LABEL = STEPS["urged"].label


def urged(desk: Desk, number: int) -> tuple[object, object]:
    row = desk.hazards.get(number)
    return row["urged_on"], row["urged_by"]


with Desk.create(FOLDER, "sanxiang-2023", today=TODAY) as desk:
    number = desk.hazards.add(FOUND).ids[0]
    assert {"urged_by"} <= LATER, "registering does not ask for it"
    assert "urged_by" not in [field.name for field in desk.hazards.entry_fields()]
    (form,) = (form for form in desk.hazards.steps(number) if form.kind == "urged")
    assert [field.name for field in form.fields] == ["happened_on", "urged_by", "note"]
    before = desk.hazards.get(number)
    desk.hazards.step(number, "urged", URGED)
    after = desk.hazards.get(number)
    assert after == before | {"urged_on": TODAY.replace(month=5, day=25), "urged_by": "丁督促"}
    assert desk.hazards.rows_on([number], TODAY.replace(month=5, day=24))[0]["urged_by"] == ""
    assert not desk.check()
    desk.undo()
    assert urged(desk, number) == (None, "")
    desk.hazards.step(number, "urged", URGED)
    with window(desk) as opened:
        from PySide6.QtGui import QAction

        from ui.forms.form_dialog import FormDialog

        opened.open_record(f"hazards/{number}")
        pane = opened.page.pane
        (offered,) = (one for one in pane.findChildren(QAction) if one.text() == LABEL)
        assert offered.toolTip() == STEPS["urged"].help
        offered.trigger()
        (form,) = (one for one in opened.findChildren(FormDialog) if one.isVisible())
        assert form.form.editor("urged_by").raw() == "丁督促", "it carries who urged before"
        form.reject()

run("print", "manual", "--to", OUT / "manual.docx")
assert STEPS["urged"].help in text_of(OUT / "manual.docx"), "its sentence"
run("export", "hazards", "--to", OUT / "hazards.xlsx")
FOLDER = FOLDER.with_name("另一本")
with Desk.create(FOLDER, "sanxiang-2023", today=TODAY) as desk:
    from hazard_desk.sheets.importing import OnExisting, run_import

    result = run_import(desk.books, desk.sheets.incoming("hazards", OUT / "hazards.xlsx"), OnExisting.SKIP)
    assert result.told() == []
    assert urged(desk, 1) == (TODAY.replace(month=5, day=25), "丁督促")
    assert LABEL in [event.kind_label for event in desk.hazards.events(1)]
    assert not desk.check()
print("done")
