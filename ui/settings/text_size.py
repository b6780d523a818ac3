"""How large the window's text is: chosen in the settings, seen at once, remembered for the desk."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QWidget

from ui.memory import Memory
from ui.style import SCALES, change_scale, scale, set_scale
from ui.widgets.basics import label
from ui.widgets.layouts import Stretch, across, down

_NAME = "text-size"
_USUAL = 100


def take_text_size(memory: Memory) -> None:
    """Draw the window's text as large as was chosen for this desk."""
    kept = memory.text(_NAME)
    set_scale(int(kept) if kept.isdecimal() else _USUAL)


class TextSize(QWidget):
    """The choice of the size."""

    def __init__(self, memory: Memory, parent: QWidget) -> None:
        super().__init__(parent)
        self._memory = memory
        self.choice = QComboBox(self)
        self.choice.setAccessibleName("文字大小")
        for percent in SCALES:
            self.choice.addItem(f"{percent}%", percent)
        self.choice.setCurrentIndex(self.choice.findData(scale()))
        self.choice.currentIndexChanged.connect(self._chosen)
        told = label("选了马上生效。Windows 开了“对比度主题”的，颜色照它的来。", self, "small", wrap=True)
        down(label("文字大小", self), across(self.choice, Stretch()), told, within=self, gap=4)

    def _chosen(self) -> None:
        percent = int(self.choice.currentData())
        self._memory.keep_text(_NAME, str(percent))
        self._memory.flush()
        change_scale(percent)
