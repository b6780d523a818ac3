"""The month's form, from the page on which she stands to the draft of the e-mail: six keys."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from hazard_desk.desk import Desk
from hazard_desk.figures.closing import ClosingStep, forms_to_close, month_closing
from hazard_desk.figures.inbox.item import Opens
from hazard_desk.figures.progress.filling import fill
from hazard_desk.rules.fields import Row
from tests.ui.conftest import turn
from tests.ui.hands import Hands
from ui.figures.correction_dialog import CorrectionDialog
from ui.keys import CLOSE_MONTH, WINDOW_ACTS
from ui.month.dialog import MonthDialog
from ui.month.steps import UnitsPage
from ui.pages.desk_page import DeskPage
from ui.pages.hazard_page import HazardPage
from ui.pages.progress_form_page import ProgressFormPage
from ui.settings.dialog import SettingsDialog
from ui.window import MainWindow

JUNE, JULY = date(2023, 6, 28), date(2023, 7, 28)
Open = Callable[[], MonthDialog]


class SureHands(Hands):
    """Off the screen nobody gives the keyboard back to the window below a dialog that closed."""

    def under(self) -> QWidget:
        if QApplication.activeWindow() is None:
            seen = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
            max(seen, key=lambda one: one.isModal()).activateWindow()
        return super().under()


@pytest.fixture
def month(desk: Desk, found: Row) -> Desk:
    """A desk at the end of July with a doubt, a gap, changes since June and a unit that has not sent."""
    major = found | {"level": "重大", "source": "企业自查", "criterion": "判定标准", "office": "应急办"}
    desk.cabinet.clock.set(JUNE)
    desk.hazards.add(major)
    (form,) = forms_to_close(desk.books)
    desk.papers.send_form(fill(desk.books, form, JUNE))
    desk.cabinet.clock.set(JULY)
    desk.hazards.add(major | {"found_on": "2023-07-20"})
    desk.books.units.add({"name": "能源小组", "kind": "专项小组", "form_day": "25"})
    key: Row = {"form": form.id, "as_of": JULY, "item": "1.2", "group": "", "reading": form.reading}
    desk.submissions.override(key | {"value": 9, "reason": "补报"})
    desk.settings.change({"mail_to": "county@example.com"})
    return desk


@pytest.fixture
def drafts(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The drafts that were handed to the mail program."""
    opened: list[Path] = []

    def take(url: QUrl) -> bool:
        opened.append(Path(url.toLocalFile()))
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", take)
    return opened


@pytest.fixture
def guide(month: Desk, window: MainWindow, seen) -> Open:
    def find() -> MonthDialog:
        return seen(window, MonthDialog)

    return find


def test_six_keys_to_the_draft_with_something_at_every_step(
    month: Desk, window: MainWindow, guide: Open, drafts: list[Path]
) -> None:
    turn(window, DeskPage)
    hands, steps = SureHands(), []
    hands.press("Ctrl+M")
    for _ in range(5):
        steps.append(guide().step)
        hands.press("Ctrl+Return")
    assert steps == list(ClosingStep)[:5]
    assert hands.keys <= 6
    message = message_from_bytes(drafts[0].read_bytes(), policy=default)
    assert message["To"] == "county@example.com"
    names = [part.get_filename() for part in message.iter_attachments()]
    assert [Path(name).suffix for name in names if name] == [".pdf", ".xlsx"]
    row = month.submissions.rows()[0]
    assert (row.as_of, row.submitted_on) == (JULY, JULY)
    kept = {one.name: month.attachments.content(one) for one in month.attachments.of("submissions", row.id)}
    for part in message.iter_attachments():
        assert part.get_content() == kept[str(part.get_filename())], "byte for byte as it was sent"
    assert guide().step is ClosingStep.FILED
    assert "邮件草稿已打开" in guide().said.text()
    hands.press("Ctrl+Return")
    assert not window.findChildren(MonthDialog) or not window.findChildren(MonthDialog)[0].isVisible()
    assert month.check() == []


def test_it_is_left_and_taken_up_again_where_it_stands(
    month: Desk, window: MainWindow, guide: Open, drafts: list[Path]
) -> None:
    hands = SureHands()
    hands.press("Ctrl+M", "Ctrl+Return", "Ctrl+Return", "Ctrl+Return", "Ctrl+Return", "Escape")
    assert len(month.submissions.rows()) == 2
    hands.press("Ctrl+M")
    assert guide().step is ClosingStep.DRAFT, "it was sent, the draft was not made"
    hands.press("Ctrl+Return", "Escape", "Ctrl+M")
    assert guide().step is ClosingStep.FILED
    assert [guide().closing.told(step) for step in ClosingStep][3:] == [  # type: ignore[union-attr]
        "已报（第1次）",
        "已做好",
        "已存3个文件",
    ]


def test_what_changed_after_it_was_sent_is_sent_again_with_a_reason(
    month: Desk, window: MainWindow, guide: Open, drafts: list[Path], found: Row, seen
) -> None:
    (form,) = forms_to_close(month.books)
    month.papers.send_form(fill(month.books, form, JULY))
    month.hazards.add(found | {"level": "重大", "source": "企业自查", "criterion": "判定标准"})
    hands = SureHands()
    hands.press("Ctrl+M", "Ctrl+Return", "Ctrl+Return", "Ctrl+Return")
    assert guide().on_button.text() == "更正重报"
    hands.press("Ctrl+Return")
    seen(guide(), CorrectionDialog)
    hands.write("补报一条")
    hands.press("Ctrl+Return")
    assert [row.version for row in month.submissions.rows()][:2] == [2, 1]
    assert guide().step is ClosingStep.DRAFT


def test_a_line_leads_to_what_it_tells_of(month: Desk, window: MainWindow, guide: Open, found: Row) -> None:
    month.cabinet.db.execute_sql("UPDATE hazard SET source = '', gaps = '[\"source\"]' WHERE id = 2")
    hands = SureHands()
    hands.press("Ctrl+M")
    page = guide().pages[ClosingStep.CHECK]
    lines = [page.list.item(row).text() for row in range(page.list.count())]  # type: ignore[attr-defined]
    assert lines[0].startswith("疑点　第1.2项") and lines[-1].startswith("待补　")
    page.list.setFocus()  # type: ignore[attr-defined]
    hands.press("Return")
    assert isinstance(window.page, ProgressFormPage)
    hands.press("Ctrl+M")
    guide().pages[ClosingStep.CHECK].list.setFocus()  # type: ignore[attr-defined]
    hands.press("End", "Return")
    assert isinstance(window.page, HazardPage)


def test_a_sentence_reminds_the_units_that_are_missing(month: Desk, guide: Open) -> None:
    hands = SureHands()
    hands.press("Ctrl+M", "Ctrl+Return", "Ctrl+Return")
    page = guide().pages[ClosingStep.UNITS]
    assert isinstance(page, UnitsPage)
    page.copy_button.setFocus()
    hands.press("Return")
    text = QGuiApplication.clipboard().text()
    assert text.startswith("能源小组：截至2023年7月28日的“") and "2023年7月25日前应报，请尽快报" in text


def test_the_sum_of_what_the_units_sent_is_refused_where_none_was(month: Desk, guide: Open) -> None:
    hands = SureHands()
    hands.press("Ctrl+M")
    guide().by.setCurrentIndex(1)
    guide().by.activated.emit(1)
    assert "还没有单位上报" in guide().problem.text()
    assert not guide().on_button.isEnabled()
    guide().by.setCurrentIndex(0)
    guide().by.activated.emit(0)
    assert guide().step is ClosingStep.CHECK


def test_without_a_form_in_use_the_way_is_to_the_settings(desk: Desk, window: MainWindow, seen) -> None:
    desk.settings.change({"form_in_use": ""})
    hands = SureHands()
    hands.press("Ctrl+M")
    dialog = seen(window, MonthDialog)
    assert "请先在“设置”里选" in dialog.problem.text()
    hands.press("Ctrl+Return")
    seen(window, SettingsDialog).reject()


def test_it_is_summed_as_it_was_the_last_time(month: Desk) -> None:
    (form,) = forms_to_close(month.books)
    closing = month_closing(month.books, month.out, form, JULY)
    assert (closing.first(), closing.sent) == (ClosingStep.CHECK, False)
    assert closing.told(ClosingStep.UNITS) == "1张没有报"


def test_the_line_of_the_inbox_opens_it_on_the_day_that_is_due(month: Desk, window: MainWindow, guide: Open):
    month.cabinet.clock.set(date(2023, 7, 27))
    page = turn(window, DeskPage)
    line = next(item for item in month.inbox().today if item.next.opens is Opens.REPORT)
    page.inbox.acts.take([line])
    assert guide().reader.day == JULY
    assert guide().closing is not None


def test_ctrl_k_offers_it_and_the_beginning(window: MainWindow) -> None:
    assert "起步" in [words for words, _ in turn(window, DeskPage).acts()]
    assert CLOSE_MONTH in WINDOW_ACTS


def test_where_nothing_was_sent_the_last_step_leads_back(
    month: Desk, window: MainWindow, guide: Open
) -> None:
    hands = SureHands()
    hands.press("Ctrl+M")
    begun = guide().step
    guide().turn(ClosingStep.FILED)
    assert guide().on_button.text() == "回到该办的一步"
    hands.press("Ctrl+Return")
    assert guide().isVisible()
    assert guide().step is begun
