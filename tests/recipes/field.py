"""A field is in form, table, filter, search, sheets, paper, history and on the command line."""

from __future__ import annotations

from hazard_desk.books.kit.query import Query
from hazard_desk.desk import Desk
from tests.recipes.walk import FOLDER, OUT, TODAY, run, text_of, window

NAME, LABEL, SAID = "email", "电子邮箱", "jiachang@example.com"

with Desk.create(FOLDER, "sanxiang-2023", today=TODAY) as desk:
    units = desk.enterprises
    number = units.add({"name": "甲厂", "category": "企业", "sector": "工贸"}).ids[0]
    assert units.get(number)[NAME] == "", "nothing entered"
    units.change(number, {**units.get(number), NAME: SAID})
    assert units.ids(Query(where={NAME: [SAID]})) == [number]
    assert [hit.record for hit in desk.find(SAID)] == [number]
    told = [line for past in units.history(number) for line in past.lines]
    assert any(LABEL in str(line) and SAID in str(line) for line in told), told
    with window(desk) as opened:
        from PySide6.QtCore import Qt

        from ui.forms.form_dialog import FormDialog

        opened.open_record(f"{units.id}/{number}")
        page = opened.page
        model = page.model
        shown = [model.headerData(column, Qt.Orientation.Horizontal) for column in range(model.columnCount())]
        assert LABEL in "".join(map(str, shown)), shown
        page.pane.edit()
        (form,) = (one for one in page.findChildren(FormDialog) if one.isVisible())
        assert form.form.editor(NAME).raw() == SAID
        form.reject()

(row,) = run("list", "enterprises")
assert row[NAME] == SAID
run("template", "enterprises", "--to", OUT / "blank.xlsx")
run("export", "enterprises", "--to", OUT / "units.xlsx")
assert LABEL in text_of(OUT / "blank.xlsx")
assert {LABEL, SAID} <= set(text_of(OUT / "units.xlsx").split("\n"))
changed = run("import", "enterprises", OUT / "units.xlsx", "--on-existing", "update")
assert LABEL not in changed["ignored_columns"]
run("print", "enterprises", "--to", OUT / "units.pdf")
assert LABEL[:2] in text_of(OUT / "units.pdf")
print("done")
