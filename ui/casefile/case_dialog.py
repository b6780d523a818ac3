"""What a case file holds and what it lacks, before it is looked at, printed or saved."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from hazard_desk.books.attachments import SIGNED
from hazard_desk.books.kit.placed_file import PlacedFile
from hazard_desk.papers.casefile.pieces import CaseFile, CasePiece, Lacking
from hazard_desk.papers.model import Paper
from hazard_desk.printing import print_apart, proof_together
from hazard_desk.store.files import safe_name
from ui.office import Office
from ui.panes.record_papers import issue_paper, report_of
from ui.papers.preview import Chosen
from ui.papers.preview_dialog import PreviewDialog
from ui.production import LongProduction, free_name
from ui.style import BODY, ROOM
from ui.widgets.basics import button, label, say
from ui.widgets.dialog import Dialog
from ui.widgets.layouts import Stretch, across, down
from ui.widgets.rows import by_rows

_SCANS = "扫描件 (*.pdf *.jpg *.jpeg *.png)"
_HEADS = ("题名", "文号", "日期", "形式")
_WIDTHS = (0, 11, 6, 5)
"""Characters of the columns; the first takes what is left."""


class BoundDialog(Dialog):
    """Lists what is missing above what is there. ``report`` is the paper that puts the others together."""

    help_key = "print"

    def __init__(self, office: Office, report: str, record: int, parent: QWidget) -> None:
        self.kind = report_of(office, report)
        super().__init__(self.kind.title, parent)
        self._office = office
        self.record = record
        self.case: CaseFile | None = None
        self.told = label("", self, "heading", wrap=True)
        self.lacking = _table(self, "还缺的", ("还缺（不印在里面）",), (0,))
        self.pieces = _table(self, "里面的文书", _HEADS, _WIDTHS)
        self.look_button = button("预览、打印…", self, self.look, "print", "primary")
        self.look_button.setDefault(True)
        self.set_out()
        self.take_room(860, 640, report)
        self.read()

    def set_out(self) -> None:
        """Put the tables and buttons in their places."""
        raise NotImplementedError

    def read(self) -> None:
        """Gather the case anew."""
        self.look_button.setEnabled(False)
        self._office.read(partial(self._office.desk.papers.case, self.kind.id, self.record), self._show, self)

    def _show(self, case: CaseFile) -> None:
        self.case = case
        lacking = f"，还缺{len(case.lacking)}项" if case.lacking else ""
        say(self.told, f"{case.title}：{len(case.pieces)}件{lacking}")
        self.lacking.setRowCount(len(case.lacking))
        for row, one in enumerate(case.lacking):
            self.lacking.setItem(row, 0, _item(one.told))
        self.lacking.setVisible(bool(case.lacking))
        self.pieces.blockSignals(True)
        self.pieces.setRowCount(len(case.pieces))
        for row, piece in enumerate(case.pieces):
            for column, text in enumerate(self.texts_of(piece)):
                self.pieces.setItem(row, column, _item(text))
        for table in (self.lacking, self.pieces):
            if table.rowCount():
                table.selectRow(0)
        self.look_button.setEnabled(bool(case.pieces))
        self.shown()
        self.pieces.blockSignals(False)

    def texts_of(self, piece: CasePiece) -> tuple[str, ...]:
        """Return what the columns say of a piece."""
        on = piece.on.isoformat() if piece.on else ""
        return piece.title, piece.number, on, piece.told

    def shown(self) -> None:
        """The case is shown: put the focus where the work begins."""
        (self.lacking if self.lacking.rowCount() else self.look_button).setFocus()

    def missing(self) -> Lacking | None:
        """Return the chosen line of what is missing."""
        row = self.lacking.currentRow()
        return self.case.lacking[row] if self.case and 0 <= row < len(self.case.lacking) else None

    def look(self) -> None:
        """Show the whole as it will be."""
        raise NotImplementedError

    def preview(self, chosen: Chosen) -> None:
        """Open the preview."""
        PreviewDialog(self._office, chosen, self).open()


class CaseDialog(BoundDialog):
    """案卷: what is missing can be added here, then the whole is looked at."""

    def set_out(self) -> None:
        self.add_button = button("添加扫描件…", self, self.choose, "clip")
        self.add_button.setEnabled(False)
        self.lacking.currentCellChanged.connect(self._suit)
        foot = across(self.add_button, Stretch(), button("关闭", self, self.reject), self.look_button)
        down(self.told, Stretch(self.lacking), Stretch(self.pieces), foot, within=self, edges=ROOM)

    def look(self) -> None:
        if self.case is not None:
            name = safe_name(f"{self.case.title}-{self._office.today.isoformat()}", "")
            make = partial(self._office.desk.papers.proof, self.kind.id, None, str(self.record))
            self.preview(Chosen(self.case.title, self.kind.formats, name, make))

    def choose(self) -> None:
        """Let the clerk choose the scan of the chosen paper."""
        if (one := self.missing()) is not None and one.report:
            file, _ = QFileDialog.getOpenFileName(self, f"选择{one.called}的签字扫描件", "", _SCANS)
            if file:
                self.add(one, Path(file))

    def add(self, one: Lacking, file: Path) -> None:
        """Put the scan on its record, and gather anew."""
        ledger, _, number = one.record.partition("/")
        name, note = f"{one.called}签字扫描件", f"{one.called}的签字件"
        placed = PlacedFile(ledger, int(number), file, SIGNED, name, note, one.report, one.document)
        title = f"归入1份签字扫描件：{one.called}"
        if self._office.attempt(partial(self._office.desk.attachments.add_each, [placed], title), self):
            self.read()

    def _suit(self) -> None:
        one = self.missing()
        self.add_button.setEnabled(one is not None and bool(one.report))


class VisitDialog(BoundDialog):
    """全套文书 of one check: which are wanted, in one file or one for each."""

    def set_out(self) -> None:
        self.issue_button = button("编发这份文书…", self, self.issue)
        self.folder_button = button("每份存一个文件", self, self.save_each, "folder")
        self.issue_button.setVisible(False)
        self.pieces.itemChanged.connect(self._suit)
        foot = across(
            self.issue_button,
            Stretch(),
            button("关闭", self, self.reject),
            self.folder_button,
            self.look_button,
        )
        down(self.told, self.lacking, Stretch(self.pieces), foot, within=self, edges=ROOM)

    def shown(self) -> None:
        for item in self._ticks():
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)
        self.issue_button.setVisible(self.missing() is not None)
        self._suit()
        self.look_button.setFocus()

    @property
    def wanted(self) -> list[Paper]:
        """The papers that are ticked."""
        papers = self.case.papers if self.case else []
        on = Qt.CheckState.Checked
        return [paper for paper, item in zip(papers, self._ticks(), strict=True) if item.checkState() is on]

    def _ticks(self) -> list[QTableWidgetItem]:
        """The cells that are ticked or not."""
        cells = [self.pieces.item(row, 0) for row in range(self.pieces.rowCount())]
        return [cell for cell in cells if cell is not None]

    def look(self) -> None:
        if self.case is not None and self.wanted:
            make = partial(proof_together, self.case.title, self.wanted)
            name = safe_name(f"{self.case.title}-{self._office.today.isoformat()}", "")
            self.preview(Chosen(self.case.title, self.kind.formats, name, make))

    def save_each(self) -> None:
        """Make a folder with a file for each of them."""
        if self.case is not None and self.wanted:
            desk = self._office.desk
            to = free_name(desk.out / safe_name(f"{self.case.title}-{self._office.today.isoformat()}", ""))
            make = partial(print_apart, self.wanted, to)
            self.accept()
            LongProduction(self._office, "正在生成全套文书", make, self.over).start()

    def issue(self) -> None:
        """Issue the notice that is missing; its form proposes the other hazards of the check."""
        if (one := self.missing()) is not None:
            hazard = self._office.desk.hazards.get(int(one.record.partition("/")[2]))
            form = issue_paper(self._office, report_of(self._office, one.report), hazard, self)
            form.saved.connect(self.read)

    def _suit(self) -> None:
        some = bool(self.wanted)
        self.look_button.setEnabled(some)
        self.folder_button.setEnabled(some)


def _table(parent: QWidget, name: str, heads: tuple[str, ...], widths: tuple[int, ...]) -> QTableWidget:
    made = QTableWidget(0, len(heads), parent)
    made.setAccessibleName(name)
    made.setHorizontalHeaderLabels(list(heads))
    by_rows(made)
    for column, width in enumerate(widths):
        made.setColumnWidth(column, width * BODY + 22)
    made.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    return made


def _item(text: str) -> QTableWidgetItem:
    made = QTableWidgetItem(text)
    made.setToolTip(text)
    return made
