"""The help that F1 opens: the manual at the chapter of the page that is seen, and the keys."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtWidgets import QListWidget, QWidget

from hazard_desk.library.manual import chapter_of, chapters, folder
from hazard_desk.papers.texts.manual import manual_chapters
from ui.keys import FORM_KEYS, PAGE_KEYS, WINDOW_KEYS, Key
from ui.pages.page import Page
from ui.style import INK_SOFT, ROOM
from ui.widgets.basics import ReadingText
from ui.widgets.dialog import Dialog
from ui.widgets.layouts import Stretch, across, down

_KEYS = "按键一览"
_MARGINS = 64
"""What stands beside a picture in the text, pixels."""


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


class HelpDialog(Dialog):
    """The chapters on the left, the chosen one beside them."""

    def __init__(self, pages: Sequence[Page], key: str, parent: QWidget) -> None:
        """The chapter that names ``key``, a page or a dialog, is shown first."""
        super().__init__("使用手册", parent)
        self._pages = list(pages)
        self.list = QListWidget(self)
        self.list.addItems([f"{at}　{one.title}" for at, one in enumerate(chapters(), start=1)])
        self.list.addItem(f"{len(chapters()) + 1}　{_KEYS}")
        self.list.setFixedWidth(190)
        self.text = ManualText(self)
        both = across(self.list, Stretch(self.text))
        down(Stretch(both), across(Stretch(), self.closer()), within=self, edges=ROOM, gap=12)
        self.take_room(980, 660)
        self.list.currentRowChanged.connect(self.show_chapter)
        self.list.setCurrentRow(chapters().index(chapter_of(key)))

    def open_manual(self, key: str, over: QWidget) -> None:
        """It is open."""

    def show_chapter(self, place: int) -> None:
        """Show a chapter, or behind the last one the keys."""
        if place < len(chapters()):
            chapter = manual_chapters()[place]
            self.text.setMarkdown(f"# {chapter.title}\n\n{chapter.body}")
        else:
            self.text.setHtml(_keys(self._pages))


def _keys(pages: Sequence[Page]) -> str:
    numbered = [Key(keys, f"转到“{page.title}”") for keys, page in zip(PAGE_KEYS, pages, strict=False)]
    return "".join(
        (
            f"<h2>{_KEYS}</h2>",
            "<h3>窗口</h3>",
            _table([*WINDOW_KEYS, *numbered]),
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
