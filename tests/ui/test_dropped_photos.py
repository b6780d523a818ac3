"""Photos dropped anywhere in the window find their records; nothing is added before she says so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent

from hazard_desk.books.attachments import BEFORE
from hazard_desk.desk import Desk
from hazard_desk.rules.fields import Row
from tests.capture.test_photos import take
from tests.scans.test_scans import foreign, printed, scanned
from tests.ui.conftest import Seen, turn
from tests.ui.hands import Hands
from ui.capture.photos_dialog import PhotosDialog
from ui.pages.desk_page import DeskPage
from ui.widgets.chip import Chip
from ui.window import MainWindow

Drop = Callable[..., PhotosDialog]


@pytest.fixture
def drop(window: MainWindow, seen: Seen) -> Drop:
    """Drop files on the first page."""

    def dropped(*files: Path) -> PhotosDialog:
        let_fall(window, *files)
        return seen(window, PhotosDialog)

    return dropped


def let_fall(window: MainWindow, *files: Path) -> None:
    turn(window, DeskPage)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(300, 300), copy, data, left, none)
    QCoreApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    QCoreApplication.sendEvent(window, QDropEvent(QPointF(300, 300), copy, data, left, none))


def test_photos_are_added_where_she_says(desk: Desk, hazard: int, drop: Drop, tmp_path: Path):
    dialog = drop(take(tmp_path, "出口.jpg", "2023-05-20"), take(tmp_path, "别处.jpg"))
    assert dialog.records[0].currentText().startswith("隐患台账　三星隐患〔2023〕001号 示例木材加工厂")
    assert dialog.whys[0].text() == "当天发现"
    assert dialog.labels[0].currentText() == BEFORE
    assert dialog.records[1].currentText() == "不添加", "nothing speaks for any record"
    assert desk.attachments.of("hazards", hazard) == []
    Hands().press("Return")
    (added,) = desk.attachments.of("hazards", hazard)
    assert (added.name, added.label) == ("出口.jpg", BEFORE)


def test_what_is_unsure_is_said_so(hazard: int, drop: Drop, tmp_path: Path):
    dialog = drop(take(tmp_path, "出口.jpg", "2023-05-20"))
    assert [chip.word for chip in dialog.findChildren(Chip)] == ["请核对"], "the day alone is not enough"


def test_escape_adds_nothing(desk: Desk, hazard: int, drop: Drop, tmp_path: Path):
    drop(take(tmp_path, "出口.jpg", "2023-05-20"))
    Hands().press("Escape")
    assert desk.attachments.of("hazards", hazard) == []


def test_the_record_that_is_open_is_offered(
    window: MainWindow, desk: Desk, found: Row, seen: Seen, tmp_path: Path
):
    number = desk.hazards.add(found).ids[0]
    window.office.renew()
    window.open_record(f"hazards/{number}")
    window.dropping.take([take(tmp_path, "无日期.jpg")])
    dialog = seen(window, PhotosDialog)
    assert dialog.whys[0].text() == "正打开着"


def test_a_signed_paper_files_itself_and_undo_takes_it_back(
    desk: Desk, hazard: int, window: MainWindow, tmp_path: Path
):
    desk.papers.issue("notice-rectify", str(hazard), {"deadline": "2023-06-10"})
    scan = scanned(printed(desk, "notice-rectify", hazard), tmp_path / "扫描.pdf")
    let_fall(window, scan)
    (kept,) = desk.attachments.of("hazards", hazard)
    assert kept.note.startswith("限期整改意见书（")
    assert window.findChild(PhotosDialog) is None, "nothing is asked"
    Hands().press("Ctrl+Z")
    assert desk.attachments.of("hazards", hazard) == []


def test_of_a_scan_only_what_is_not_known_is_asked(desk: Desk, hazard: int, drop: Drop, tmp_path: Path):
    desk.papers.issue("notice-rectify", str(hazard), {"deadline": "2023-06-10"})
    pages = [*printed(desk, "notice-rectify", hazard), foreign()]
    dialog = drop(scanned(pages, tmp_path / "扫描.pdf"))
    assert len(desk.attachments.of("hazards", hazard)) == 1
    assert dialog.labels[0].currentText() == "签字扫描件"
    assert dialog.whys[0].text() == "同一份扫描件里，前一页是这条记录的文书"
    Hands().press("Return")
    assert len(desk.attachments.of("hazards", hazard)) == 2
