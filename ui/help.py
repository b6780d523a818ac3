"""The help that F1 opens: the manual in a window of its own beside the work, and the keys."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QCloseEvent, QIcon, QImage, QKeyEvent, QTextCursor, QTextDocument
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from hazard_desk.books.catalogue import Books
from hazard_desk.library.manual import Chapter, chapter_of, folder
from hazard_desk.rules.fields import Field
from ui.focus.reading_order import move_on
from ui.icons import icon
from ui.keys import FORM_KEYS, PAGE_KEYS, TABLE_KEYS, WINDOW_KEYS, Key
from ui.memory import Memory
from ui.pages.places import Place
from ui.style import INK_SOFT, ROOM, sized
from ui.widgets.basics import ReadingText, label, pause
from ui.widgets.layouts import Stretch, across, down

_KEYS = "按键一览"
_MARGINS = 64
"""What stands beside a picture in the text, pixels."""
_SIZE = QSize(980, 660)
_LIST = 250
_TYPING_MS = 150
_AT = Qt.ItemDataRole.UserRole
_WORDS = Qt.ItemDataRole.UserRole + 1


class ManualText(ReadingText):
    """A chapter; its pictures are never wider than the text."""

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Read a picture of the manual and fit it to the width."""
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return super().loadResource(kind, name)
        picture = QImage(str(folder() / (name if isinstance(name, str) else name.toString())))
        room = self.viewport().width() - _MARGINS
        if picture.isNull() or picture.width() <= room:
            return picture
        return picture.scaledToWidth(room, Qt.TransformationMode.SmoothTransformation)

    def show_words(self, words: str) -> None:
        """Bring words into sight, marked; '' begins at the top."""
        self.moveCursor(QTextCursor.MoveOperation.Start)
        if words and self.find(words):
            self.ensureCursorVisible()


class HelpWindow(QWidget):
    """The chapters on the left, the chosen one beside them; work goes on behind it.

    It has no parent, so that an open form does not lock it: who made it closes it.
    """

    def __init__(self, pages: Sequence[Place], books: Books, memory: Memory) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setWindowTitle("使用手册")
        self._pages = list(pages)
        self._memory = memory
        from hazard_desk.papers.texts.manual import field_chapter, manual_chapters  # all texts come with it

        self._chapters = [*manual_chapters(), field_chapter(books)]
        self.box = QLineEdit(self)
        self.box.setPlaceholderText("在手册中查找")
        self.box.setAccessibleName("在手册中查找")
        self.box.addAction(QIcon(icon("search")), QLineEdit.ActionPosition.LeadingPosition)
        self.box.setClearButtonEnabled(True)
        self.list = QListWidget(self)
        self.list.setAccessibleName("章节")
        self.told = label("", self, "small")
        self.text = ManualText(self, "手册内容")
        side = QWidget(self)
        sized(side, width=_LIST)
        down(self.box, Stretch(self.list), self.told, within=side)
        across(side, Stretch(self.text), within=self, edges=ROOM, gap=12)
        self.pause = pause(_TYPING_MS, self.search, self)
        self.box.textChanged.connect(self.pause.start)
        self.box.returnPressed.connect(self.list.setFocus)
        self.list.currentItemChanged.connect(self._chosen)
        memory.place_window(self, _SIZE, "help")

    def show_page(self, key: str) -> None:
        """Show the chapter that names ``key``, a page or a dialog, in front of all else."""
        self.box.clear()
        wanted = chapter_of(key).id
        self.search(next(at for at, one in enumerate(self._chapters) if one.id == wanted))
        self._come()

    def show_field(self, field: Field) -> None:
        """Show the line about a field; one of a form that is no book's is added to its chapter."""
        from hazard_desk.papers.texts.manual import field_line

        line, last = field_line(field), self._chapters[-1]
        if line not in last.body:
            self._chapters[-1] = Chapter(last.id, last.title, (), f"{last.body}\n\n## 其他表单\n\n- {line}")
        self.box.clear()
        self.search(len(self._chapters) - 1)
        self.text.show_words(line[:40])
        self._come()

    def search(self, row: int = 0) -> None:
        """List the places where what stands in the box is spoken of, all chapters for nothing; show one."""
        self.pause.stop()
        words = self.box.text().strip()
        self.list.clear()
        for at, chapter in enumerate(self._chapters):
            if not words:
                self._list_item(f"{at + 1}　{chapter.title}", at)
            for piece in chapter.pieces() if words else ():
                if words.casefold() in piece.text.casefold():
                    self._list_item(f"{chapter.title}：{_around(piece.text, words)}", at, words)
        if not words:
            self._list_item(f"{len(self._chapters) + 1}　{_KEYS}", len(self._chapters))
        found = self.list.count()
        self.told.setText("" if not words else f"找到{found}处" if found else "手册里没有找到，换个说法试试")
        self.list.setCurrentRow(row)

    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab goes on in reading order."""
        return move_on(self, next)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes it."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember where it stood."""
        self._memory.keep_window(self, "help")
        super().closeEvent(event)

    def _come(self) -> None:
        self.show()
        self.raise_()
        self.activateWindow()
        self.text.setFocus()

    def _list_item(self, text: str, at: int, words: str = "") -> None:
        item = QListWidgetItem(text, self.list)
        item.setData(_AT, at)
        item.setData(_WORDS, words)
        item.setToolTip(text)

    def _chosen(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        at, words = item.data(_AT), item.data(_WORDS)
        if at < len(self._chapters):
            chapter = self._chapters[at]
            self.text.setMarkdown(f"# {chapter.title}\n\n{chapter.body}")
        else:
            self.text.setHtml(_keys(self._pages))
        passage = item.text().partition("：")[2].strip("…") if words else ""
        self.text.show_words(passage)


def _around(text: str, words: str) -> str:
    """Return the part of a passage that holds the words."""
    at = text.casefold().index(words.casefold())
    start, end = max(0, at - 6), at + len(words) + 20
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"


def _keys(pages: Sequence[Place]) -> str:
    numbered = [Key(keys, f"转到“{page.title}”") for keys, page in zip(PAGE_KEYS, pages, strict=False)]
    return "".join(
        (
            f"<h2>{_KEYS}</h2>",
            "<h3>窗口</h3>",
            _table([*WINDOW_KEYS, *numbered]),
            "<h3>台账的表格</h3>",
            _table(TABLE_KEYS),
            "<h3>表单</h3>",
            _table(FORM_KEYS),
        )
    )


def _table(keys: Iterable[Key]) -> str:
    rows = "".join(
        f'<tr><td style="color:{INK_SOFT}">{escape(key.keys)}</td><td>{escape(key.text)}</td></tr>'
        for key in keys
    )
    return f'<table cellpadding="3" width="100%"><tbody>{rows}</tbody></table>'
