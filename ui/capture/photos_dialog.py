"""Photos that were dropped somewhere in the window: where each may belong, and why; she says where."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QScrollArea, QWidget

from hazard_desk.books.attachments import LABELS
from hazard_desk.books.hazards.book import Hazards
from hazard_desk.books.kit.placed_file import PlacedFile
from hazard_desk.capture.photos import PlacedPhoto
from ui.icons import icon
from ui.office import Office
from ui.style import GAP, ROOM, sized
from ui.widgets.basics import Elided, button, label
from ui.widgets.chip import Chip
from ui.widgets.dialog import Dialog
from ui.widgets.layouts import Stretch, across, down

_PX = 72
_NOWHERE = "不添加"
_ABOUT = (
    "按拍摄日期、文件名里的单位、正打开着的记录，找到下面的记录，请核对。"
    "照片会自动转正、缩小，并去除拍摄位置。"
)
_NONE = "没有找到对应的记录。先打开那条记录，再把照片拖进来"


class PhotosDialog(Dialog):
    """One line for each file. Added are those for which a record is chosen, all in one act."""

    help_key = Hazards.id

    def __init__(
        self,
        office: Office,
        placed: Sequence[PlacedPhoto],
        pictures: Sequence[bytes | None],
        parent: QWidget,
        told: Sequence[str] = (),
    ) -> None:
        """``told`` is what the clerk should know besides, a sentence each."""
        super().__init__("文件放到哪条记录", parent)
        self._office = office
        self.placed = list(placed)
        self.records: list[QComboBox] = []
        self.labels: list[QComboBox] = []
        self.whys: list[QLabel] = []
        body = QWidget(self)
        body.setProperty("role", "page")
        self._grid = QGridLayout(body)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(ROOM)
        self._grid.setVerticalSpacing(GAP)
        self._grid.setColumnStretch(1, 1)
        for row, (photo, shown) in enumerate(zip(placed, pictures, strict=True)):
            self._put_line(row, photo, shown, body)
        self._grid.setRowStretch(len(self.placed), 1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setWidget(body)
        cancel, add = button("取消", self, self.reject), button("添加", self, self.add, role="primary")
        add.setDefault(True)
        foot = across(Stretch(), cancel, add)
        about = label("\n".join((_ABOUT, *told)), self, "soft", wrap=True)
        down(about, Stretch(area), foot, within=self, edges=ROOM, gap=10)
        self.take_room(820, 140 + (_PX + 36) * min(5, len(self.placed)))
        if self.records:
            self.records[0].setFocus()

    def add(self) -> None:
        """Put the files on the chosen records and close; stay open when it is refused."""
        chosen = [
            PlacedFile(*_parted(str(record.currentData())), photo.file, label_.currentText())
            for photo, record, label_ in zip(self.placed, self.records, self.labels, strict=True)
            if record.currentData()
        ]
        if not chosen:
            self.reject()
        elif self._office.attempt(partial(self._office.desk.attachments.add_each, chosen), self):
            self.accept()

    def _put_line(self, row: int, photo: PlacedPhoto, shown: bytes | None, body: QWidget) -> None:
        name, record, kind = photo.file.name, QComboBox(body), QComboBox(body)
        record.setAccessibleName(f"{name}放到哪条记录")
        kind.setAccessibleName(f"{name}的附件类别")
        for place in photo.places:
            record.addItem(place.title, place.record)
        record.addItem(_NOWHERE, "")
        record.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        kind.addItems(list(LABELS))
        sized(kind, width=130)
        self.records.append(record)
        self.labels.append(kind)
        self.whys.append(label("", body, "small"))
        record.currentIndexChanged.connect(partial(self._suit, row))
        self._suit(row)
        day = f"拍摄于{photo.day.isoformat()}" if photo.day else "没有拍摄日期"
        sure = [Chip("推定" if photo.sure else "请核对", body)] if photo.places else []
        head = across(Elided(f"{name}　{day}", body), *sure)
        self._grid.addWidget(_picture(shown, body), row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addLayout(down(head, across(Stretch(record), kind), self.whys[row], gap=4), row, 1)

    def _suit(self, row: int) -> None:
        """The kind of the photo follows from the record, and why it may belong there."""
        at = self.records[row].currentIndex()
        places = self.placed[row].places
        self.labels[row].setEnabled(at < len(places))
        self.whys[row].setText(places[at].why if at < len(places) else "" if places else _NONE)
        if 0 <= at < len(places):
            self.labels[row].setCurrentText(places[at].label)


def _parted(record: str) -> tuple[str, int]:
    ledger, _, number = record.partition("/")
    return ledger, int(number)


def _picture(shown: bytes | None, parent: QWidget) -> QLabel:
    made, picture = QLabel(parent), QPixmap()
    if shown and picture.loadFromData(shown):
        size = QSize(_PX, _PX)
        picture = picture.scaled(
            size, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
    else:
        picture = icon("clip").pixmap(QSize(24, 24))
    made.setPixmap(picture)
    made.setFixedWidth(_PX)
    return made


def read_pictures(files: Sequence[Path]) -> list[bytes | None]:
    """Return a small picture of each file, None of one that cannot be drawn here."""
    from hazard_desk.store.photos.reading import picture

    found: list[bytes | None] = []
    for file in files:
        with file.open("rb") as stream:
            found.append(picture(stream, 2 * _PX))
    return found
