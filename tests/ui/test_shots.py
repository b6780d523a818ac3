"""Pictures of every page, the icons, and the first start."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from hazard_desk.books.postponed import PutOff
from hazard_desk.desk import Desk
from hazard_desk.errors import Refused
from hazard_desk.figures.inbox.inbox import inbox
from hazard_desk.library.places import resources
from hazard_desk.rules.fields import Row
from ui.icons import DRAWN_IN, icon
from ui.shots.taking import picture_desk

ICONS = sorted((resources() / "icons").glob("*.svg"))


def test_every_page_form_and_dialog_is_pictured(
    desk: Desk, found: Row, five: Row, tmp_path: Path, qapp: QApplication
) -> None:
    number = desk.hazards.add(found).ids[0]
    desk.hazards.step(number, "committed", five)
    desk.hazards.add(found)
    desk.enterprises.add({"name": "甲厂", "category": "企业", "sector": "工贸"})
    before = (desk.folder / "desk.db").read_bytes()
    files = picture_desk(desk.folder, tmp_path / "shots", (1366, 768), desk.today)
    names = [file.name for file in files]
    assert names == sorted(names)
    assert all(re.fullmatch(r"\d\d\d-[a-z0-9-]+\.png", name) for name in names)
    told = " ".join(names)
    for part in (
        "desk",
        "tasks",
        "groups",
        "hazards",
        "calendar-year",
        "calendar-axis",
        "calendar-day",
        "duty-recurring",
        "duty-tick-form",
        "duty-link",
        "holidays",
        "enterprises",
        "form",
        "step",
        "print",
        "help",
    ):
        assert part in told
    first = QImage(str(files[0]))
    assert (first.width(), first.height()) == (1366, 768)
    assert (desk.folder / "desk.db").read_bytes() == before


def test_a_new_desk_on_which_nothing_waits_is_pictured_too(
    desk: Desk, tmp_path: Path, qapp: QApplication
) -> None:
    waiting = inbox(desk.books)
    items = [*waiting.today, *waiting.week, *waiting.month]
    desk.books.postponed.put_off([PutOff(item.title, item.keys) for item in items], "2030-01-01")
    names = [file.name for file in picture_desk(desk.folder, tmp_path / "shots", (1366, 768), desk.today)]
    assert any("hazards" in name for name in names)


def test_pictures_of_no_desk_are_refused(folder: Path, tmp_path: Path, qapp: QApplication) -> None:
    with pytest.raises(Refused):
        picture_desk(folder, tmp_path / "shots", (1366, 768))


@pytest.mark.parametrize("file", ICONS, ids=lambda file: file.stem)
def test_an_icon_is_drawn_on_the_grid_in_one_stroke(file: Path, qapp: QApplication) -> None:
    text = file.read_text(encoding="utf-8")
    assert 'viewBox="0 0 24 24"' in text
    assert 'stroke-width="1.75"' in text
    assert set(re.findall(r"#[0-9A-Fa-f]{6}", text)) == {DRAWN_IN}
    image = icon(file.stem, "#112233").pixmap(24, 24).toImage()
    points = ((x, y) for x in range(image.width()) for y in range(image.height()))
    assert any(image.pixelColor(x, y).alpha() for x, y in points), "nothing was drawn"
