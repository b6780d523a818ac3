"""A year of hazards through the command line and through the window: every state is the same on every day."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from hazard_desk.books.kit.query import Query
from hazard_desk.cli import main
from hazard_desk.desk import Desk
from hazard_desk.rules.fields import Row
from hazard_desk.sheets.export import export_ledger
from ui.forms.form_dialog import FormDialog
from ui.pages.hazard_page import HazardPage
from ui.window import MainWindow

Form = Callable[[], FormDialog]
LAST = date(2023, 12, 20)
DAYS = ("2023-05-20", "2023-06-15", "2023-07-03", "2023-08-28", "2023-09-30", "2023-12-20")
"""Not between “五落实” and 整改完成: a sheet has no day of the former (``hazards/incoming/replay.py``)."""

FIVE = {
    "responsible": "丙负责",
    "measures": "更换线路",
    "funds": "1.5",
    "deadline": "2023-09-30",
    "contingency": "断电撤人",
}
PLAN_FREE = {"level": "一般", "source": "执法检查", "sector": "工贸", "unit_name": "示例木材加工厂"}
COURSES: tuple[tuple[Row, tuple[tuple[str, str, Row], ...]], ...] = (
    (
        {"place": "车间", "description": "电线私拉乱接", "found_on": "2023-05-20"},
        (
            ("committed", "2023-05-22", FIVE),
            ("rectified", "2023-06-10", {"rectified_by": "丙负责", "spent": "1.2"}),
            ("recheck_passed", "2023-06-20", {"rechecked_by": "甲检查", "recheck_finding": "符合要求"}),
            ("signed_off", "2023-07-01", {"signed_off_by": "丁审批"}),
        ),
    ),
    (
        {"place": "仓库", "description": "通道堵塞", "found_on": "2023-07-05"},
        (("committed", "2023-07-05", FIVE), ("rectified", "2023-08-01", {"rectified_by": "丙负责"})),
    ),
    ({"place": "配电房", "description": "门未上锁", "found_on": "2023-09-01"}, ()),
)


def states(folder: Path, capsys: pytest.CaptureFixture[str], day: str) -> list[tuple[str, str]]:
    """What the command line lists of a day: place and state of every hazard."""
    words = ["--desk", str(folder), "--today", LAST.isoformat(), "list", "hazards", "--as-of", day, "--json"]
    assert main(words) == 0
    return sorted((row["place"], row["state"]) for row in json.loads(capsys.readouterr().out))


def test_both_ways_agree_on_every_state(
    window: MainWindow,
    desk: Desk,
    blank: Path,
    tmp_path: Path,
    form: Form,
    capsys: pytest.CaptureFixture[str],
) -> None:
    desk.cabinet.clock.set(LAST)
    for registered, steps in COURSES:
        _through_the_window(window, registered, steps, form)
    sheet = export_ledger(desk.books, desk.hazards, Query(), tmp_path / "隐患.xlsx")
    other = tmp_path / "other"
    shutil.copytree(blank, other)
    words = ["--desk", str(other), "--today", LAST.isoformat(), "import", "hazards", str(sheet), "--json"]
    assert main(words) == 0
    assert json.loads(capsys.readouterr().out)["new"] == len(COURSES)
    for day in DAYS:
        seen = states(desk.folder, capsys, day)
        assert seen == states(other, capsys, day), day
    assert [state for _, state in states(other, capsys, DAYS[-1])] == ["待复查", "已销号", "待整改"]


def test_a_second_round_takes_over_people_and_no_verdict(window: MainWindow, desk: Desk, form: Form) -> None:
    desk.cabinet.clock.set(LAST)
    registered = {"place": "车间", "description": "电线私拉乱接", "found_on": "2023-05-20"}
    first = (
        ("reported", "2023-05-21", {"reports": "监管单位"}),
        ("committed", "2023-05-22", FIVE),
        ("rectified", "2023-06-10", {"rectified_by": "丙负责", "spent": "1.2"}),
        ("recheck_failed", "2023-06-20", {"rechecked_by": "甲检查", "recheck_finding": "未穿管"}),
    )
    _through_the_window(window, registered, first, form)
    pane = window.page.pane
    for kind, kept, asked in (
        ("reported", {}, ("reports",)),
        ("extended", {}, ("deadline",)),
        ("rectified", {"rectified_by": "丙负责", "spent": "1.2"}, ()),
        ("recheck_passed", {"rechecked_by": "甲检查"}, ("recheck_finding",)),
    ):
        if kind == "recheck_passed":
            desk.hazards.step(1, "rectified", {"happened_on": "2023-06-25", "rectified_by": "丙负责"})
            window.page.show_record(1)
            QCoreApplication.processEvents()
        pane.take_step(next(one for one in pane.hazards.steps(1) if one.kind == kind))
        begun = form().form.raw()
        assert {name: begun[name] for name in kept} == kept, kind
        assert not any(begun[name] for name in asked), kind
        form().reject()
        QCoreApplication.processEvents()


def _through_the_window(
    window: MainWindow, registered: Row, steps: tuple[tuple[str, str, Row], ...], form: Form
) -> None:
    window.open_ledger("hazards", {})
    page: QWidget = window.page
    assert isinstance(page, HazardPage)
    page.start_new()
    _fill(form(), PLAN_FREE | {"inspectors": "甲检查、乙检查"} | registered)
    number = max(page.ledger.ids(Query()))
    for kind, day, values in steps:
        page.show_record(number)
        QCoreApplication.processEvents()
        step = next(one for one in page.pane.hazards.steps(number) if one.kind == kind)
        page.pane.take_step(step)
        _fill(form(), values | {"happened_on": day})


def _fill(dialog: FormDialog, values: Row) -> None:
    for name, value in values.items():
        dialog.form.editor(name).put_raw(value)
    dialog.save()
    assert not dialog.isVisible(), dialog.banner.text()
