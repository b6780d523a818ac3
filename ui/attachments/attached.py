"""附件 of one record: photos before and after side by side, other files below; added, dropped or pasted."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMimeData, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QMenu, QVBoxLayout, QWidget

from hazard_desk.books.attachments import AFTER, BEFORE, LABELS, AttachmentRow
from hazard_desk.rules.fields import Row
from hazard_desk.store.acts import Change
from hazard_desk.store.columns import name_of
from hazard_desk.store.copies.places import saved_at
from hazard_desk.store.files import FileState
from ui.attachments.photo import PhotoDialog, Thumb
from ui.forms.form_dialog import FormDialog
from ui.office import NoticeLook, Office
from ui.widgets.ask import ask
from ui.widgets.basics import button, clear, label
from ui.widgets.layouts import Stretch, across, down

_PAIR = (BEFORE, AFTER)
Shown = list[tuple[AttachmentRow, bytes | None]]


class Attached(QWidget):
    """The files of one record. Reads and decodes off the GUI thread.

    Its dialogs open over the window, which outlives it: an act has the pane around it drawn anew.
    """

    def __init__(self, office: Office, ledger: str, record: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._office = office
        self._of = (ledger, record)
        self._over = parent.window()
        self.rows: list[AttachmentRow] = []
        self.setAcceptDrops(True)
        head = across(
            label("附件", self, "heading"),
            Stretch(),
            button("添加", self, self.choose, "clip", "quiet"),
            button("粘贴", self, self.paste, "paste", "quiet"),
        )
        self._body = down()
        down(head, self._body, within=self)
        self.refresh()

    def refresh(self) -> None:
        """Read the attachments anew."""
        self._office.read(self._read, self._show, self)

    def choose(self) -> None:
        """Let the clerk choose files."""
        names, _ = QFileDialog.getOpenFileNames(self._over, "选择要添加的附件")
        if names:
            self.add([Path(name) for name in names])

    def paste(self) -> None:
        """Take the picture or the files of the clipboard."""
        found = sources_in(QGuiApplication.clipboard().mimeData())
        if found:
            self.add(found)
        else:
            self._office.notice("剪贴板里没有图片或文件，请先复制")

    def add(self, sources: Sequence[Path | bytes]) -> None:
        """Ask what the files are and put them on the record."""
        attachments = self._office.desk.attachments
        ledger, record = self._of

        def save(values: Row) -> Change:
            return attachments.add_all(ledger, record, sources, *_told(values))

        told = "、".join(source.name if isinstance(source, Path) else "剪贴板图片" for source in sources[:3])
        more = f"等{len(sources)}个文件" if len(sources) > 3 else ""
        fields, values = attachments.entry_fields(), {name_of(AttachmentRow.label): self._likely(sources)}
        help = f"{told}{more}。照片会自动转正、缩小，并去除拍摄位置。"
        FormDialog(self._office, "添加附件", fields, save, self._over, values, help).open()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and pictures may be dropped here."""
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take what was dropped."""
        if found := sources_in(event.mimeData()):
            event.acceptProposedAction()
            self.add(found)

    def _likely(self, sources: Sequence[Path | bytes]) -> str:
        """Before comes first, then after; what is no picture is a file."""
        photos = all(isinstance(s, bytes) or self._office.desk.attachments.is_picture(s) for s in sources)
        if not photos:
            return LABELS[3]
        return AFTER if any(row.label == BEFORE for row in self.rows) else BEFORE

    def _read(self) -> Shown:
        attachments = self._office.desk.attachments
        return [(row, attachments.thumbnail(row, Thumb.PX)) for row in attachments.of(*self._of)]

    def _show(self, shown: Shown) -> None:
        self.rows = [row for row, _ in shown]
        clear(self._body)
        if not shown:
            self._body.addWidget(label("没有附件。可以把照片或文件拖到这里。", self, "soft", wrap=True))
            return
        pair = across()
        for word in _PAIR:
            side = [(row, picture) for row, picture in shown if row.label == word]
            if side:
                pair.addLayout(self._side(word, side), 1)
        if pair.count():
            self._body.addLayout(pair)
        for row, picture in shown:
            if row.label not in _PAIR:
                self._body.addWidget(self._thumb(row, picture, row.label))

    def _side(self, word: str, shown: Shown) -> QVBoxLayout:
        side = down(label(word.removesuffix("照片"), self, "soft"))
        for row, picture in shown:
            side.addWidget(self._thumb(row, picture, ""))
        side.addStretch(1)
        return side

    def _thumb(self, row: AttachmentRow, picture: bytes | None, kind: str) -> Thumb:
        made = Thumb(row, picture, kind, self)
        made.opened.connect(partial(self.open, row))
        made.menu_wanted.connect(partial(self._menu, row, made))
        return made

    def open(self, row: AttachmentRow) -> None:
        """Show a photo; hand a copy of any other file to the system, a dangerous kind only after asking."""
        if row.state != FileState.SOUND:
            self._office.notice(f"“{row.name}”文件{row.state}，请用备份恢复", NoticeLook.FAILED)
        elif row.is_photo:
            photos = [one for one in self.rows if one.is_photo]
            PhotoDialog(photos, row.id, self._office.desk.attachments, self._over).open()
        elif row.dangerous:
            text = f"“{row.name}”可能含有会运行的内容，来历不明请不要打开。确定要打开吗？"
            ask(self._over, "打开附件", text, "打开", "不打开", partial(self._hand_over, row))
        else:
            self._hand_over(row)

    def keep_version(self, row: AttachmentRow, file: Path) -> None:
        """Take a changed copy in as a new version of an attachment."""
        self._office.attempt(partial(self._office.desk.attachments.add_version, row.id, file), self._over)

    def choose_version(self, row: AttachmentRow) -> None:
        """Ask for the changed copy; one that was saved beside the opened one is proposed."""
        attachments = self._office.desk.attachments
        proposed = next(iter(attachments.changed_copies(row)), attachments.copies_of(row))
        chosen, _ = QFileDialog.getOpenFileName(self._over, "选择修改后的文件", str(proposed))
        if chosen:
            self.keep_version(row, Path(chosen))

    def _hand_over(self, row: AttachmentRow) -> None:
        self._office.read(partial(self._office.desk.attachments.copy_to_open, row), self._copy_made, self)

    def _copy_made(self, copy: Path) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(copy)))
        self._office.notice("打开的是只读副本；要修改的，改后另存，再右键点这个附件，选“存为新版本”")

    def _menu(self, row: AttachmentRow, at: QWidget) -> None:
        menu = QMenu(at)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("打开").triggered.connect(partial(self.open, row))
        menu.addAction("另存到…").triggered.connect(partial(self._save_copy, row))
        if not row.is_photo:
            menu.addAction("存为新版本…").triggered.connect(partial(self.choose_version, row))
        menu.addAction("修改类别和说明").triggered.connect(partial(self._relabel, row))
        menu.addAction("删除").triggered.connect(partial(self._ask_remove, row))
        menu.popup(at.mapToGlobal(at.rect().bottomLeft()))

    def _save_copy(self, row: AttachmentRow) -> None:
        folder = QFileDialog.getExistingDirectory(self._over, "存放到哪个文件夹")
        if folder:
            copy = partial(self._office.desk.attachments.export_to, row, Path(folder))
            self._office.read(copy, self._copied, self)

    def _copied(self, file: Path) -> None:
        self._office.notice(saved_at(file), NoticeLook.DONE)

    def _relabel(self, row: AttachmentRow) -> None:
        attachments = self._office.desk.attachments

        def save(values: Row) -> Change:
            return attachments.relabel(row.id, *_told(values))

        fields = attachments.entry_fields()
        FormDialog(self._office, "修改附件", fields, save, self._over, values=row, help=row.name).open()

    def _ask_remove(self, row: AttachmentRow) -> None:
        text = f"要删除附件“{row.name}”吗？删除后可用“撤销上一步”恢复。"
        ask(self._over, "删除附件", text, "删除", "不删除", partial(self._remove, row.id))

    def _remove(self, number: int) -> None:
        self._office.attempt(partial(self._office.desk.attachments.remove, number), self._over)


def _told(values: Row) -> tuple[str, str]:
    """Return what the form says of a file: label and note."""
    return str(values[name_of(AttachmentRow.label)]), str(values[name_of(AttachmentRow.note)])


def sources_in(data: QMimeData | None) -> list[Path | bytes]:
    """Return the files, else the picture, that were dropped or copied."""
    if data is None:
        return []
    files: list[Path | bytes] = [
        Path(url.toLocalFile())
        for url in data.urls()
        if url.isLocalFile() and Path(url.toLocalFile()).is_file()
    ]
    if files or not data.hasImage():
        return files
    return [_png(data.imageData())]


def _png(picture: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImage(picture).save(buffer, b"PNG")
    return bytes(buffer.data().data())
