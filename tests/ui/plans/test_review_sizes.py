"""The lines of a document are reckoned, not laid out: none is ever higher than it was reckoned."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QTextLayout, QTextOption
from PySide6.QtWidgets import QApplication

from hazard_desk.desk import Desk
from hazard_desk.library.prose.review import begin
from tests.real.plan_layouts import LAYOUTS
from tests.real.sources import NAMES, as_word
from ui.plans.review.lines import paper_lines
from ui.plans.review.sizes import MARGIN, PADDING, Sizes


def needed(text: str, width: float, font: QFont, step: int) -> int:
    layout = QTextLayout(text.replace("\n", "\u2028"), font)
    option = QTextOption(Qt.AlignmentFlag.AlignLeft)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    count = 0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        count += 1
    layout.endLayout()
    return count * step


@pytest.mark.parametrize("name", [*NAMES, *LAYOUTS])
@pytest.mark.parametrize("width", [420, 690, 980])
def test_no_text_is_cut(name: str, width: int, tmp_path: Path, qapp: QApplication) -> None:
    file = as_word(name, tmp_path) if name in NAMES else LAYOUTS[name]().write(tmp_path)
    lines = paper_lines(begin(Desk.plan_document(file), 2024))
    font = QFont(qapp.font())
    font.setPixelSize(13)
    sizes = Sizes(lines, font)
    sizes.fit(width)
    for line in lines:
        if line.table is None:
            assert needed(line.text, width - 2 * MARGIN, font, sizes.step) <= sizes.height(line), line.text
        for cell in line.cells:
            if cell.ends:
                area = QRectF(sizes.area(line, cell))
                room = area.height() - PADDING
                assert needed(cell.text, area.width() - 2 * PADDING, font, sizes.step) <= room, cell.text
