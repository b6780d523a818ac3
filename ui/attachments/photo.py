"""A photo small in a pane, and large in a dialog where before and after stand side by side."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from hazard_desk.books.attachments import AFTER, BEFORE, AttachmentRow, Attachments
from hazard_desk.rules.dates import show_moment
from hazard_desk.store.files import FileState
from ui.icons import icon
from ui.style import GAP, ROOM
from ui.widgets.basics import Elided, button, label
from ui.widgets.dialog import Dialog
from ui.widgets.layouts import Stretch, across, down


class Thumb(QWidget):
    """One attachment: its picture or an icon, its name, its state when it is not sound."""

    PX = 160
    opened = Signal()
    menu_wanted = Signal()

    def __init__(self, row: AttachmentRow, picture: bytes | None, kind: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(f"附件 {row.name}")
        self.setToolTip(_told(row))
        layout = QVBoxLayout(self) if picture else QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2 if picture else GAP)
        if picture:
            layout.addWidget(PictureLabel(picture, self))
        else:
            mark = QLabel(self)
            mark.setPixmap(icon("clip").pixmap(QSize(18, 18)))
            layout.addWidget(mark)
        words = down(Elided(f"{kind}　{row.name}" if kind else row.name, self, "small"), gap=0)
        if row.version_of:
            words.addWidget(Elided(f"是{row.version_of}", self, "small"))
        layout.addLayout(words, 1)
        if row.state != FileState.SOUND:
            layout.addWidget(label(f"文件{row.state}", self, "problem"))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.opened.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The right button, or its key, offers everything else."""
        self.menu_wanted.emit()


class PictureLabel(QLabel):
    """A picture as large as its place allows, never larger than it is."""

    def __init__(self, content: bytes | QPixmap, parent: QWidget) -> None:
        super().__init__(parent)
        self._whole = content if isinstance(content, QPixmap) else QPixmap()
        if isinstance(content, bytes):
            self._whole.loadFromData(content)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(min(120, max(24, self._whole.height())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the picture."""
        super().resizeEvent(event)
        room = event.size().boundedTo(self._whole.size())
        ratio = Qt.AspectRatioMode.KeepAspectRatio
        smooth = Qt.TransformationMode.SmoothTransformation
        if not self._whole.isNull() and not room.isEmpty():
            self.setPixmap(self._whole.scaled(room, ratio, smooth))


class PhotoDialog(Dialog):
    """The photos of a record, large: a pair of before and after together, else one at a time."""

    def __init__(self, rows: Sequence[AttachmentRow], first: int, kept: Attachments, parent: QWidget) -> None:
        super().__init__("照片", parent)
        self._kept = kept
        self._sheets = _sheets(rows)
        self._at = next((n for n, sheet in enumerate(self._sheets) if first in _ids(sheet)), 0)
        self._body = across(gap=ROOM)
        self._back = button("上一张", self, self._previous, "chevron-left")
        self._on = button("下一张", self, self._next, "chevron-right")
        foot = across(self._back, self._on, Stretch(), button("关闭", self, self.accept))
        down(Stretch(self._body), foot, within=self, edges=ROOM)
        self.resize(self.over.size() * 0.86)
        self._show()

    def _previous(self) -> None:
        self._at -= 1
        self._show()

    def _next(self) -> None:
        self._at += 1
        self._show()

    def _show(self) -> None:
        while item := self._body.takeAt(0):
            if (old := item.widget()) is not None:
                old.deleteLater()
        for row in self._sheets[self._at]:
            self._body.addWidget(self._one(row), 1)
        self._back.setEnabled(self._at > 0)
        self._on.setEnabled(self._at + 1 < len(self._sheets))

    def _one(self, row: AttachmentRow) -> QWidget:
        side = QWidget(self)
        layout = down(label(row.label, side, "heading"), within=side)
        whole = QPixmap(str(self._kept.path(row)))
        if whole.isNull():
            layout.addWidget(label("这张照片的文件缺失或已损坏，请用备份恢复", side, "problem"), 1)
        else:
            picture = PictureLabel(whole, side)
            picture.setMinimumHeight(0)
            picture.setMaximumHeight(16_777_215)
            picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
            picture.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
            layout.addWidget(picture, 1)
        layout.addWidget(label(_told(row), side, "soft", wrap=True))
        return side


def _sheets(rows: Sequence[AttachmentRow]) -> list[list[AttachmentRow]]:
    """Pair the first photo before with the first after, the second with the second; the rest stand alone."""
    before = [row for row in rows if row.label == BEFORE]
    after = [row for row in rows if row.label == AFTER]
    pairs = [list(pair) for pair in zip(before, after, strict=False)]
    paired = {row.id for pair in pairs for row in pair}
    return [*pairs, *([row] for row in rows if row.id not in paired)]


def _ids(sheet: Sequence[AttachmentRow]) -> set[int]:
    return {row.id for row in sheet}


def _told(row: AttachmentRow) -> str:
    """What is known of an attachment, in one line."""
    when = f"拍摄于{show_moment(row.taken_on)}" if row.taken_on else ""
    if not when and row.added_at:
        when = f"添加于{show_moment(row.added_at)}"
    return "　".join(word for word in (row.name, row.version_of, when, row.note) if word)
