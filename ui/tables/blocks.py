"""What is done with a block of cells: copied to a spreadsheet, pasted back, filled down."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from hazard_desk.books.kit.gaps import GAP_WORD
from hazard_desk.books.kit.many import HowFar, ManyDone, ManyTried
from hazard_desk.errors import Refused
from hazard_desk.grid.copied import Cells, Ground, Laid, as_html, as_text, is_single, lay_on
from hazard_desk.rules.fields import Field
from hazard_desk.sheets.reading.pasted import read_pasted
from ui.office import Office
from ui.production import LongWork
from ui.tables.ledger_model import LedgerModel, whole_text
from ui.tables.paste_dialog import PasteDialog
from ui.together.acts import ManyWork

_NOTHING = f"“{GAP_WORD}”不是内容，请填写，没有的留空"


@dataclass(frozen=True)
class Block:
    """The records of the rows that a block of cells covers, and the fields of its columns."""

    ids: list[int]
    fields: list[Field]


@dataclass(frozen=True)
class Copied:
    """What goes to the clipboard, and what is said of it."""

    text: str
    html: str
    told: str


@dataclass(frozen=True)
class TriedBlock:
    """A block laid on the table, and what the book says to each record of it."""

    laid: Laid
    tried: ManyTried


class View(Protocol):
    """The table that shows the block."""

    def block(self) -> Block: ...
    def below(self) -> Block: ...


class Blocks(QObject):
    """Acts on the block of cells that is chosen in ``view``."""

    def __init__(self, view: View, model: LedgerModel, over: QWidget) -> None:
        super().__init__(over)
        self._view, self._model, self._over = view, model, over
        self._office, self._ledger = model.office, model.ledger

    def copy(self) -> None:
        """Put the cells on the clipboard, as text and as a table."""
        block = self._view.block()
        if block.ids:
            self._office.read(partial(self._copy, block), self._copied, self, much=True)

    def paste(self) -> None:
        """Lay what is on the clipboard on the table and show what would come of it, before it does."""
        try:
            cells = _cells(QGuiApplication.clipboard().text())
        except Refused as refused:
            self._office.notice(refused.message)
            return
        block = self._view.block() if is_single(cells) else self._view.below()
        if block.ids:
            work = partial(self._try, cells, block)
            _Trying(self._office, "正在核对要粘贴的内容", work, self._ask, self._over).start()

    def fill_down(self) -> None:
        """Enter what stands in the first row of the block in all its rows, asking only where some refuse."""
        block = self._view.block()
        if len(block.ids) < 2:
            self._office.notice("请先选择要填充的几行，第一行的内容会填到下面各行")
            return
        work = partial(self._try_down, block)
        _Trying(self._office, "正在核对要填充的内容", work, self._fill, self._over).start()

    # Inside

    def _named(self, block: Block) -> list[tuple[int, str, list[str]]]:
        """Return id and name of each record of a block, and what its cells say."""
        rows, name = self._model.read_rows(block.ids), self._ledger.name_of
        return [(row.id, name(row), [whole_text(field, row) for field in block.fields]) for row in rows]

    def _copy(self, block: Block) -> Copied:
        cells = self._shown(block)
        told = f"已复制{len(cells)}行{len(cells[0]) if cells else 0}栏"
        return Copied(as_text(cells), as_html(cells), told)

    def _shown(self, block: Block) -> list[list[str]]:
        return [cells for _, _, cells in self._named(block)]

    def _copied(self, copied: Copied) -> None:
        data = QMimeData()
        data.setText(copied.text)
        data.setHtml(copied.html)
        QGuiApplication.clipboard().setMimeData(data)
        self._office.notice(copied.told)

    def _try(self, cells: Cells, block: Block, tell: HowFar) -> TriedBlock:
        count = len(block.ids) if is_single(cells) else len(cells)
        under = Block(block.ids[:count], block.fields)
        why_not = {field.name: why for field in block.fields if (why := self._model.why_not(field))}
        laid = self._without_same(lay_on(cells, Ground(block.fields, self._named(under), why_not)))
        return TriedBlock(laid, self._ledger.try_many(laid.changes(), tell))

    def _without_same(self, laid: Laid) -> Laid:
        """Leave out what the record holds, written otherwise (2023/5/18); refuse that a gap is pasted."""
        differs = self._ledger.differing(laid.changes())
        cells = (
            replace(cell, refused=_NOTHING) if not cell.refused and cell.after == GAP_WORD else cell
            for cell in laid.cells
        )
        left = (cell for cell in cells if cell.refused or cell.field.name in differs.get(cell.id, {}))
        return replace(laid, cells=tuple(left))

    def _try_down(self, block: Block, tell: HowFar) -> TriedBlock:
        first = self._shown(Block(block.ids[:1], block.fields))[0]
        return self._try([first] * (len(block.ids) - 1), Block(block.ids[1:], block.fields), tell)

    def _ask(self, tried: TriedBlock) -> None:
        dialog = PasteDialog(tried.laid, tried.tried, self._over)
        dialog.accepted.connect(partial(self._enter, tried, "正在粘贴"))
        dialog.open()

    def _fill(self, tried: TriedBlock) -> None:
        if not tried.laid.cells:
            self._office.notice("下面各行的内容已经相同，没有需要填充的")
        elif tried.tried.refused or any(cell.refused for cell in tried.laid.cells):
            self._ask(tried)
        else:
            self._enter(tried, "正在填充")

    def _enter(self, tried: TriedBlock, text: str) -> None:
        done = set(tried.tried.done)
        changes = {number: row for number, row in tried.laid.changes().items() if number in done}

        def enter() -> ManyDone:
            return self._ledger.change_many(changes)

        ManyWork(self._office, text, enter, self._over).start()


def _cells(text: str) -> Cells:
    rows = [[str(cell or "") for cell in row] for row in read_pasted(text).rows]
    return rows[:-1] if not any(rows[-1]) else rows  # the last line is ended, as every other is


class _Trying(LongWork[TriedBlock]):
    """Tries in the background what would be entered, and hands it on; cancelled, it ends with a record."""

    much = True

    def __init__(
        self,
        office: Office,
        text: str,
        make: Callable[[HowFar], TriedBlock],
        then: Callable[[TriedBlock], None],
        over: QWidget,
    ) -> None:
        super().__init__(office, text, partial(make, self._tell), over)
        self._then = then

    def _tell(self, done: int, of: int) -> None:
        self.tell(done, of, f"已核对{done}条，共{of}条")

    def show_made(self, made: TriedBlock) -> None:
        """Hand over what was tried."""
        self._then(made)
