"""A progress form counts, tells the records behind each cell, and is printed, seen and kept."""

from __future__ import annotations

from hazard_desk.desk import Desk
from tests.recipes.walk import FOLDER, OUT, TODAY, run, text_of, window

CHECK = {"kind": "日常", "inspectors": "甲检查、乙检查"}

with Desk.create(FOLDER, "sanxiang-2023", today=TODAY) as desk:
    for name in ("甲厂", "乙店"):  # who is no 监管对象 is not counted
        desk.enterprises.add({"name": name, "category": "企业", "sector": "工贸"})
    desk.checks.add({**CHECK, "checked_on": "2023-05-20", "unit_name": "甲厂", "leader": "丙乡长"})
    desk.checks.add({**CHECK, "checked_on": "2023-05-21", "unit_name": "乙店"})
    with window(desk) as opened:
        page = next(page for page in opened.pages if page.title == "调度表")
        opened.go(opened.pages.index(page))
        choices = page.choices
        choices.form.setCurrentIndex(choices.form.findData("example-2023"))
        choices.form.activated.emit(choices.form.currentIndex())
        assert page.shown.filled.form.id == "example-2023"

form = run("form", "example-2023", "--as-of", "2023-06-28")
counted = [(cell["value"], len(cell["records"])) for cell in form["cells"]]
assert counted == [(2, 2), (1, 1)], form["cells"]
for ending in ("xlsx", "pdf", "docx"):
    run("form", "example-2023", "--as-of", "2023-06-28", "--to", OUT / f"form.{ending}")
assert "消防检查情况调度表" in text_of(OUT / "form.xlsx")
assert run("form", "example-2023", "--as-of", TODAY, "--submit")["submission"] == 1
print("done")
