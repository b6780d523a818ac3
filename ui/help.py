"""The help that F1 opens: the keys, and how each page works."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QTextBrowser, QVBoxLayout, QWidget

from ui.keys import FORM_KEYS, PAGE_KEYS, WINDOW_KEYS, Key
from ui.pages.page import Page
from ui.style import INK_SOFT, ROOM
from ui.widgets.basics import button


class HelpDialog(QDialog):
    """Text only; generated from what is declared elsewhere."""

    def __init__(self, pages: Iterable[Page], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("帮助")
        self.text = QTextBrowser(self)
        self.text.setOpenLinks(False)
        self.text.document().setDocumentMargin(12)
        self.text.setHtml(_html(list(pages)))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(ROOM, ROOM, ROOM, ROOM)
        layout.setSpacing(12)
        layout.addWidget(self.text)
        close = button("关闭", self, self.accept)
        close.setDefault(True)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        window = parent.window()
        self.resize(min(720, window.width() - 40), min(640, window.height() - 40))


def _html(pages: list[Page]) -> str:
    parts = ["<h3>各页怎么用</h3>"]
    parts += [f"<p><b>{escape(page.title)}</b>　{escape(page.help)}</p>" for page in pages]
    numbered = [Key(keys, f"转到“{page.title}”") for keys, page in zip(PAGE_KEYS, pages, strict=False)]
    parts += ["<h3>按键：窗口</h3>", _table([*WINDOW_KEYS, *numbered])]
    parts += ["<h3>按键：表单</h3>", _table(FORM_KEYS)]
    parts += [
        "<h3>文件在哪里</h3>",
        "<p>打印和导出的文件在台账文件夹的 out 中，备份在 backups 中，出现意外问题时的日志在 logs 中。</p>",
    ]
    return "".join(parts)


def _table(keys: Iterable[Key]) -> str:
    rows = "".join(
        f'<tr><td style="color:{INK_SOFT}">{escape(key.keys)}</td><td>{escape(key.text)}</td></tr>'
        for key in keys
    )
    return f'<table cellpadding="3" width="100%"><tbody>{rows}</tbody></table>'
