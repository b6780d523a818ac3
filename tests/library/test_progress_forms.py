"""The bundled forms are the annexes' own; a wrong file is told by its key."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from hazard_desk.errors import Refused
from hazard_desk.figures.progress.indicators import INDICATORS
from hazard_desk.library.places import resources
from hazard_desk.library.progress_forms import (
    bundled_progress_forms,
    find_progress_form,
    load_progress_form,
    progress_form_from,
)

TYPED = tomllib.loads((Path(__file__).parents[1] / "data" / "forms.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", TYPED)
def test_a_form_says_what_the_annex_says(name):
    form = find_progress_form(name)
    assert form.title == TYPED[name]["title"]
    assert [section.title for section in form.sections] == TYPED[name]["sections"]
    assert {number: item.label for number, item in form.items()} == TYPED[name]["items"]


def test_as_many_items_as_the_annexes_have():
    counts = {
        form.id: [len(section.items) for section in form.sections]
        for form in bundled_progress_forms().values()
    }
    assert counts == {
        "fangshan-2023": [10, 8, 10, 8],
        "chongming-2023": [6, 8, 10, 8],
        "zhiben-2024-2026": [10, 8, 4],
    }


@pytest.mark.parametrize("form", bundled_progress_forms().values(), ids=bundled_progress_forms())
def test_every_cell_names_a_figure_and_is_kept_whole(form):
    for _, item in form.items():
        assert set(item.indicators.values()) <= set(INDICATORS)
    assert progress_form_from(json.loads(json.dumps(form.plain()))) == form


def test_what_the_notes_say_is_what_the_form_does():
    fangshan, chongming = find_progress_form("fangshan-2023"), find_progress_form("chongming-2023")
    assert "自 6 月份开始上报，每月 28 日前上报截至当月 28 日的累计情况" in fangshan.notes[0]
    assert (fangshan.first.month, fangshan.due_day, fangshan.reading) == (6, 28, "累计")
    assert "自5月份开始上报，每月28日前上报当月的累计情况" in chongming.notes[0]
    assert (chongming.first.month, chongming.due_day) == (5, 28)


def test_an_unknown_form_is_told_with_the_known_ones():
    with pytest.raises(Refused, match=r"没有“x”这张调度表，可用的有：.*fangshan-2023（"):
        find_progress_form("x")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('id = "fangshan-2023"', 'id = "other"', "的 id：应与文件名相同"),
        ("due_day = 28", "due_day = 31", "的 due_day：应为1至28之间的整数"),
        ("due_day = 28", 'due_day = "28"', "的 due_day：应为整数"),
        ('reading = "累计"', 'reading = "全年"', "的 reading：只能是 累计、当月 之一"),
        ("{unit}专项", "专项", "的 unit_line：应含有 {unit}"),
        ('within = "1.1"', 'within = "9.9"', r"的 sections\[0\].items\[1\].within：没有编号为“9.9”的一项"),
        (', indicator = "lectures"', "", r"的 sections\[3\].items\[3\].indicator：indicator 和 parts"),
        ('"{停产}(停产) {关闭}(关闭)"', '"{停产}"', r"items\[5\].shown：应把 停产、关闭 各写一次"),
        ("first = 2023-06-28", "first = 2023-06-31", "第.*行"),
        ("label = ", "lable = ", "没有这一项"),
    ],
)
def test_a_wrong_file_is_told(tmp_path, old, new, says):
    text = (resources() / "forms" / "fangshan-2023.toml").read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / "fangshan-2023.toml"
    file.write_text(text.replace(old, new, 1) if old != "label = " else text.replace(old, new), "utf-8")
    with pytest.raises(Refused, match=f"调度表文件 fangshan-2023.toml .*{says}"):
        load_progress_form(file)
