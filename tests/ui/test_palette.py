"""Ctrl+K: pages, acts, papers, records and what can be done with them are found by a few words, and done."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QWidget

from hazard_desk.desk import Desk
from hazard_desk.rules.fields import Row
from tests.ui.conftest import Seen, turn
from tests.ui.hands import Hands
from ui.capture.sentence_dialog import SentenceDialog
from ui.casefile.case_dialog import CaseDialog
from ui.forms.form_dialog import FormDialog
from ui.keys import WINDOW_ACTS, WINDOW_KEYS
from ui.pages.desk_page import DeskPage
from ui.pages.hazard_page import HazardPage
from ui.pages.papers import PrintDialog
from ui.palette.dialog import PaletteDialog
from ui.papers.preview_dialog import PreviewDialog
from ui.window import MainWindow

Ask = Callable[[str], list[str]]


@pytest.fixture
def to_recheck(desk: Desk, found: Row, five: Row) -> int:
    """A hazard of 红星超市 that waits for its recheck, beside one that does not."""
    desk.hazards.add(found)
    number = desk.hazards.add({**found, "unit_name": "红星超市"}).ids[0]
    desk.hazards.step(number, "committed", five)
    desk.hazards.step(number, "rectified", {"happened_on": "2023-05-25", "rectified_by": "丙负责"})
    return number


@pytest.fixture
def ask(window: MainWindow, seen: Seen) -> Ask:
    """Press Ctrl+K, write, and return the lines that come."""

    def begin(words: str) -> list[str]:
        turn(window, DeskPage)
        window.activateWindow()
        hands = Hands()
        hands.press("Ctrl+K")
        dialog = seen(window, PaletteDialog)
        hands.write(words)
        dialog.search()
        return [dialog.list.item(row).text() for row in range(dialog.list.count())]

    return begin


def test_a_page_is_gone_to(window: MainWindow, ask: Ask):
    for words in ("隐患台账", "页面 yhtz"):
        assert ask(words)[0] == "页面　隐患台账　Ctrl+6"
        Hands().press("Return")
        assert isinstance(window.page, HazardPage)


def test_a_record_is_begun(window: MainWindow, ask: Ask, form: Callable[[], FormDialog]):
    assert ask("新增 检查")[0] == "操作　新增检查　检查执法"
    Hands().press("Return")
    assert form().windowTitle() == "新增检查"
    assert window.page.ledger_id == "checks"


def test_a_record_of_a_register_is_begun(ask: Ask, form: Callable[[], FormDialog]):
    assert ask("新增 来文")[0].startswith("操作　新增")
    Hands().press("Return")
    assert form().isVisible()


@pytest.mark.parametrize("words", ["打印 通报", "通报 打印", "dy tb"])
def test_a_paper_is_printed(window: MainWindow, ask: Ask, seen: Seen, words: str):
    assert ask(words)[0] == "文书　打印通报"
    Hands().press("Return")
    assert seen(window, PrintDialog).report.id == "bulletin"


@pytest.mark.parametrize("words", ["复查 红星", "红星 复查", "复查"])
def test_the_next_step_of_a_record_is_taken(
    desk: Desk, to_recheck: int, ask: Ask, form: Callable[[], FormDialog], words: str
):
    lines = [line for line in ask(words) if line.startswith("办理")]
    assert [line.split("　")[1] for line in lines][:2] == ["复查通过", "复查未通过"]
    assert all("红星超市" in line for line in lines), "only where it is lawful"
    Hands().press("Return")
    assert form().windowTitle().endswith("复查通过")


def test_a_paper_of_a_record_is_shown(window: MainWindow, to_recheck: int, ask: Ask, seen: Seen):
    assert ask("整治卡 红星")[0].startswith("文书　打印隐患整治卡")
    Hands().press("Return")
    assert "隐患整治卡" in seen(window, PreviewDialog).windowTitle()


def test_the_case_file_of_a_record_is_put_together(window: MainWindow, to_recheck: int, ask: Ask, seen: Seen):
    assert ask("案卷 红星")[0].startswith("文书　出隐患案卷")
    Hands().press("Return")
    assert seen(window, CaseDialog).lacking.rowCount()


def test_records_stand_behind_what_can_be_done(to_recheck: int, ask: Ask):
    kinds = [line.split("　")[0] for line in ask("红星")]
    assert kinds == ["隐患台账"], "no act is called so"


def test_the_records_of_late_come_first_of_all(window: MainWindow, desk: Desk, to_recheck: int, ask: Ask):
    window.open_record(f"hazards/{to_recheck}")
    assert ask("")[0].startswith("最近　")
    assert "红星超市" in ask_again(window)[0]


def ask_again(window: MainWindow) -> list[str]:
    """The lines of the palette that is open."""
    dialog = next(one for one in window.findChildren(PaletteDialog) if one.isVisible())
    return [dialog.list.item(row).text() for row in range(dialog.list.count())]


def test_what_was_written_last_is_recent(window: MainWindow, ask: Ask, found: Row):
    window.office.perform(lambda: window.office.desk.hazards.add(found))
    assert "示例木材加工厂" in ask("")[0]


def test_a_sentence_goes_on_to_its_line(window: MainWindow, ask: Ask, seen: Seen):
    assert ask("红星超市 安全出口堵塞")[-1] == "登记　一句话登记：红星超市 安全出口堵塞"
    Hands().press("Return")
    assert seen(window, SentenceDialog).box.text() == "红星超市 安全出口堵塞"


def test_enter_waits_for_what_was_typed_last(window: MainWindow, ask: Ask):
    ask("日历")
    hands = Hands()
    hands.write("不存在")  # 日历不存在: nothing is called so, and the page found before is not gone to
    hands.press("Return")
    assert isinstance(window.page, DeskPage)


def test_every_declared_act_is_there(window: MainWindow):
    for key in (*WINDOW_KEYS, *WINDOW_ACTS):
        on: QWidget = window if key.of_window else window.page.seen
        assert callable(getattr(on, key.does)), key
    assert all(key.of_window and key.name for key in WINDOW_ACTS)
