"""A sentence that appears at the foot of the window and goes by itself; an act's can be taken back there."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from hazard_desk.store.acts import Change
from hazard_desk.store.undo import UNDO
from ui.icons import icon
from ui.office import NoticeLook
from ui.style import BODY, ROOM, SURFACE, px
from ui.widgets.basics import button, label, pause
from ui.widgets.layouts import across

SHOWN_MS = 4000
TURN_MS = 8000
"""One that can be taken back stands longer."""
_WIDE, _EDGE, _BESIDE = 420, 12, 84
"""Pixels: how wide it becomes, how far from the corner, and what stands beside the words and the button."""
_PICTURES = {NoticeLook.DONE: "check", NoticeLook.TOLD: "note", NoticeLook.FAILED: "warning"}


class Notice(QFrame):
    """Lies over the foot of its parent and takes no focus by itself.

    ``turned`` tells that the act which it tells of is to be taken back, or done again.
    """

    turned = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self._about: Change | None = None
        self.setProperty("role", "notice")
        self.mark = NoticeLook.TOLD
        """What the picture beside the sentence says."""
        self._picture = QLabel(self)
        self._text = label("", self, wrap=True)
        self.turn = button("撤销", self, self._turn, role="notice")
        across(self._picture, self._text, self.turn, within=self, edges=(ROOM, 8, ROOM, 8))
        self._timer = pause(SHOWN_MS, self.hide, self)
        parent.installEventFilter(self)
        self.hide()

    @property
    def text(self) -> str:
        """The sentence as shown."""
        return self._text.text()

    def say(self, sentence: str, about: NoticeLook | Change = NoticeLook.TOLD) -> None:
        """Show a sentence for some seconds; of an act with what turns it round."""
        act = about if isinstance(about, Change) else None
        self._about = act if act is not None and not act.fixed else None
        self.mark = about if isinstance(about, NoticeLook) else NoticeLook.DONE
        self._picture.setPixmap(icon(_PICTURES[self.mark], SURFACE).pixmap(QSize(18, 18)))
        back = act is not None and act.act == UNDO
        self.turn.setText("恢复（Ctrl+Y）" if back else "撤销（Ctrl+Z）")
        self.turn.setAccessibleName(f"{'恢复' if back else '撤销'}：{sentence}")
        self.turn.setVisible(self._about is not None)
        self.setProperty("mark", str(self.mark))
        self.style().polish(self)
        room = self._room()
        self._text.setFixedWidth(min(room, self._text.fontMetrics().horizontalAdvance(sentence) + 4))
        self._text.setText(
            self._text.fontMetrics().elidedText(
                sentence, Qt.TextElideMode.ElideRight, 2 * room - px(2 * BODY)
            )
        )
        self._text.setToolTip(sentence)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, self._about is None)
        self._place()
        self.show()
        self.raise_()
        self._timer.start(SHOWN_MS if self._about is None else TURN_MS)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the foot when the window changes its size."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _turn(self) -> None:
        about, self._about = self._about, None
        self.hide()
        if about is not None:
            self.turned.emit(about)

    def _room(self) -> int:
        """Pixels for a line of the sentence: it lies over what stands beside the work, not over its acts."""
        whole = min(px(_WIDE), self._over.width() - 2 * _EDGE)
        turn = self.turn.sizeHint().width() if self._about else 0
        return max(80, whole - turn - _BESIDE)

    def _place(self) -> None:
        self.adjustSize()
        self.move(self._over.width() - self.width() - _EDGE, self._over.height() - self.height() - _EDGE)
