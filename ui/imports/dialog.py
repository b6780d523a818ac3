"""The import dialog: choose or drop a file, see what was understood and what will happen, take it in."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QSplitter, QWidget

from hazard_desk.books.kit.ledger import Ledger
from hazard_desk.errors import Refused
from hazard_desk.sheets.endings import TABLES, patterns
from hazard_desk.sheets.importing import Fate, OnExisting, Result, TellProgress, run_import
from hazard_desk.sheets.incoming import Incoming
from ui.imports.columns import ColumnsTable
from ui.imports.preview import PreviewTable
from ui.imports.sheet_dialog import SheetDialog
from ui.office import Office
from ui.production import Production, free_name
from ui.style import ROOM
from ui.widgets.basics import Elided, button, label, say
from ui.widgets.layouts import Stretch, across, down

PATTERN = f"表格 ({patterns(TABLES)})"
_EXISTING = (("跳过", OnExisting.SKIP), ("按表格更新", OnExisting.UPDATE), ("仍作新增", OnExisting.NEW))


class ImportDialog(SheetDialog):
    """Takes rows of a sheet into a ledger; nothing is kept before the clerk says so."""

    def __init__(self, office: Office, ledger: Ledger, parent: QWidget) -> None:
        super().__init__(office, f"导入{ledger.title}", parent)
        self._ledger = ledger
        self._understood: Incoming | None = None
        self.incoming: Incoming | None = None
        self.outcome: Result | None = None
        self.file = Elided("请选择文件，或把文件拖到这里", self, "soft")
        self.columns = ColumnsTable(self)
        self.preview = PreviewTable(self)
        self.existing = QComboBox(self)
        for words, way in _EXISTING:
            self.existing.addItem(words, way)
        self.good_rows = QCheckBox("有问题的行不导入，其余照常导入", self)
        self.only_refused = QCheckBox("只看有问题的行", self)
        self.choose_button = button("选择文件", self, self.choose, "folder")
        self.mark_button = button("保存标注后的表格", self, self.save_marked, "export")
        self.undo_button = button("撤销导入", self, self.undo, "undo")
        self.stop_button = button("停止", self, self.stop)
        self.import_button = button("导入", self, self.take_in, role="primary")
        self.close_button = button("关闭", self, self.reject)
        self._set_out()
        self._connect()
        self._show_state()
        self.take_room(1180, 660)

    def choose(self) -> None:
        """Ask for the file."""
        chosen, _ = QFileDialog.getOpenFileName(self, "选择要导入的表格", "", PATTERN)
        if chosen:
            self.open_file(Path(chosen))

    def open_file(self, file: Path) -> None:
        """Read a file and try what would happen."""
        self.incoming = self.outcome = self._understood = None
        self.file.setText(str(file))
        self._begin("正在读取…", partial(self._read, file), self._opened)

    def open_text(self, text: str) -> None:
        """Read a block copied from a spreadsheet and try what would happen; its good rows come in."""
        self.setWindowTitle(f"粘贴到{self._ledger.title}")
        self.file.setText("从表格中复制的内容")
        self.choose_button.hide()
        self.good_rows.setChecked(True)
        self._begin("正在读取…", partial(self._read, text), self._opened)

    def take_in(self) -> None:
        """Take the rows in, as one act."""
        if self.incoming is None:
            return
        self._begin("正在导入…", partial(self._run, self.incoming, False), self._taken_in)

    def undo(self) -> None:
        """Take the import back."""
        if self._office.attempt(self._office.desk.undo, self):
            self._try()

    def stop(self) -> None:
        """Stop what is under way; nothing of it is kept."""
        self.work.cancel()
        self.told.setText("已停止，没有导入任何内容")
        self._show_state()

    def save_marked(self) -> None:
        """Write the file back with its refused cells marked."""
        if self.outcome is None:
            return
        from hazard_desk.sheets.marking import write_marked  # openpyxl comes with it: heavy

        file = self.outcome.incoming.file
        name = f"{file.stem if file else self.outcome.incoming.grid.called}-标注.xlsx"
        make = partial(write_marked, self.outcome, free_name(self._office.desk.out / name))
        Production(self._office, "正在标注表格", make, self).start()

    def take_files(self, files: list[Path]) -> None:
        """Take one sheet at a time."""
        self.open_file(files[0])

    # Inside

    def _read(self, brought: Path | str, progress: TellProgress) -> Result:
        return self._run(self._office.desk.sheets.incoming(self._ledger.id, brought), True, progress)

    def _run(self, incoming: Incoming, trial: bool, progress: TellProgress) -> Result:
        books = self._office.desk.books
        return run_import(books, incoming, self._way, self.good_rows.isChecked(), trial, progress)

    @property
    def _way(self) -> OnExisting:
        return OnExisting(self.existing.currentData())

    def _begin(
        self, words: str, work: Callable[[TellProgress], Result], then: Callable[[Result], None]
    ) -> None:
        self._then = then
        self.told.setText(words)
        self.problem.hide()
        self.progress.setRange(0, 0)
        self.work.start(work)
        self._show_state()

    def _done(self, result: Result) -> None:
        self._then(result)
        self._show_state()

    def _opened(self, result: Result) -> None:
        self._understood = result.incoming
        self.columns.show_incoming(result.incoming)
        self._tried(result)

    def _tried(self, result: Result) -> None:
        self.incoming, self.outcome = result.incoming, result
        heading = result.incoming.heading
        row = f"表头在第{heading.last + 1}行" if heading.last >= heading.first else "没有表头，按栏目的顺序"
        where = f"{result.incoming.grid.called}，{row}"
        known = "，栏目按上次的选择对应" if heading.remembered else ""
        self.told.setText(f"{where}{known}。将{self._counts(result)}")
        self.preview.show_result(result, self.only_refused.isChecked())

    def _taken_in(self, result: Result) -> None:
        self._tried(result)
        if result.change is None:
            self.told.setText(f"没有导入任何内容：{self._counts(result)}")
            return
        self._office.tell(result.change)
        self._office.notice(result.change.title)
        self.told.setText(f"已导入：{self._counts(result)}")

    def _counts(self, result: Result) -> str:
        counted = ((fate, result.count(fate)) for fate in Fate)
        return "，".join(f"{fate}{count}行" for fate, count in counted if count) or "没有行"

    def _try(self) -> None:
        """Try anew with the columns and the way that are chosen now."""
        if self._understood is None:
            return
        try:
            incoming = self._understood.answered(self.columns.chosen())
        except Refused as wrong:
            self._failed(wrong.message)
            return
        self._begin("正在检查…", partial(self._run, incoming, True), self._tried)

    def _failed(self, sentence: str) -> None:
        self.told.setText("")
        say(self.problem, sentence)
        self._show_state()

    def _show_state(self) -> None:
        busy, result = self.work.busy, self.outcome
        done = result is not None and result.change is not None
        wanted = 0 if result is None else result.count(Fate.NEW) + result.count(Fate.UPDATED)
        hindered = result is not None and bool(result.refused) and not self.good_rows.isChecked()
        self.progress.setVisible(busy)
        self.stop_button.setVisible(busy)
        self.undo_button.setVisible(done and not busy)
        self.mark_button.setVisible(result is not None and bool(result.refused) and not busy)
        self.import_button.setVisible(not done)
        self.import_button.setEnabled(not busy and wanted > 0 and not hindered)
        for box in (self.choose_button, self.existing, self.good_rows, self.columns):
            box.setEnabled(not busy and (not done or box is self.choose_button))
        self.only_refused.setVisible(result is not None and bool(result.refused))

    def _connect(self) -> None:
        self.work.finished.connect(self._done)
        self.work.failed.connect(self._failed)
        self.columns.changed.connect(self._try)
        self.existing.currentIndexChanged.connect(self._try)
        self.good_rows.toggled.connect(self._show_state)
        self.only_refused.toggled.connect(self._filter)

    def _filter(self) -> None:
        self.preview.show_result(self.outcome, self.only_refused.isChecked())

    def _set_out(self) -> None:
        head = across(self.choose_button, Stretch(self.file))
        existing = across(label("台账中已有的", self), self.existing)
        ways = across(existing, self.good_rows, Stretch(), self.only_refused, gap=ROOM)
        split = QSplitter(self)
        split.addWidget(self.columns)
        split.addWidget(self.preview)
        split.setStretchFactor(1, 1)
        split.setSizes([330, 800])
        foot = across(
            Stretch(self.progress),
            self.stop_button,
            Stretch(),
            self.mark_button,
            self.undo_button,
            self.close_button,
            self.import_button,
        )
        down(head, ways, self.told, self.problem, Stretch(split), foot, within=self, edges=ROOM)
