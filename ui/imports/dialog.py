"""The import dialog: a file is dropped, a few questions are answered, rows are put right, all is taken in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QFileDialog, QStackedWidget, QWidget

from hazard_desk.books.kit.ledger import Ledger
from hazard_desk.sheets.endings import TABLES, patterns
from hazard_desk.sheets.importing import OnExisting, TellProgress
from hazard_desk.sheets.incoming import Cell
from hazard_desk.sheets.questions import MOST, Answers, Question
from hazard_desk.store.acts import Change
from ui.imports.conversation import Conversation
from ui.imports.mending import Mending
from ui.imports.sheet_dialog import SheetDialog
from ui.imports.trying import Said, Taken, Tried, open_and_try, take_in, try_out, undo_import
from ui.office import Office
from ui.production import Production, free_name
from ui.style import ROOM
from ui.widgets.ask import ask
from ui.widgets.basics import Elided, button, label, say
from ui.widgets.layouts import Stretch, across, down

PATTERN = f"表格 ({patterns(TABLES)})"
_EXISTING = (("跳过", OnExisting.SKIP), ("按表格更新", OnExisting.UPDATE), ("仍作新增", OnExisting.NEW))
Found = Tried | Taken | Change
"""What work brings: a sheet tried, taken in, or taken back."""
_NOTHING, _ASKING, _MENDING = range(3)
_INVITATION = (
    "把表格拖到这里，或者点“选择文件”\n\nExcel、WPS表格、CSV和Word里的表格都可以，导入前可以逐行核对"
)


class ImportDialog(SheetDialog):
    """Takes rows of a sheet into a ledger; nothing is kept before the clerk says so."""

    help_key = "import"
    gaps_wanted = Signal()
    """She wants to see the records that lack something."""

    def __init__(self, office: Office, ledger: Ledger, parent: QWidget) -> None:
        super().__init__(office, f"导入{ledger.title}", parent)
        self._ledger = ledger
        self._said = Said()
        self._then: Callable[[Tried], None] = self._arrived
        self._writing = False
        self._asked: set[str] = set()
        self._before = Answers()
        """What was answered on pages of questions before the one that is seen."""
        self.tried: Tried | None = None
        self.taken: Taken | None = None
        self.file = Elided("还没有选择文件", self, "soft")
        self.choose_button = button("选择文件", self, self.choose, "folder")
        self.existing = QComboBox(self)
        self.existing.setAccessibleName("台账中已有的")
        for words, way in _EXISTING:
            self.existing.addItem(words, way)
        self.pages = QStackedWidget(self)
        self.conversation = Conversation(self)
        self.mending = Mending(self)
        self.back_button = button("返回提问", self, self.go_back)
        self.mark_button = button("保存标注后的表格", self, self.save_marked, "export")
        self.gaps_button = button("查看待补的记录", self, self.show_gaps)
        self.undo_button = button("撤销导入", self, self.undo, "undo")
        self.stop_button = button("停止", self, self.stop)
        self.on_button = button("继续", self, self.go_on, role="primary")
        self.import_button = button("导入", self, self.take_in, role="primary")
        self.close_button = button("关闭", self, self.reject)
        self._set_out()
        self._connect()
        self._show_state()
        self.take_room(1240, 680, "import")

    def choose(self) -> None:
        """Ask for the file."""
        chosen, _ = QFileDialog.getOpenFileName(self, "选择要导入的表格", "", PATTERN)
        if chosen:
            self.open_file(Path(chosen))

    def open_file(self, file: Path) -> None:
        """Read a file and see what is to be asked about it."""
        self.file.setText(file.name)
        self._open(file)

    def open_text(self, text: str) -> None:
        """Read a block copied from a spreadsheet and see what is to be asked about it."""
        self.setWindowTitle(f"粘贴到{self._ledger.title}")
        self.file.setText("从表格中复制的内容")
        self.choose_button.hide()
        self._open(text)

    def take_files(self, files: list[Path]) -> None:
        """Take one sheet at a time."""
        self.open_file(files[0])

    def go_on(self) -> None:
        """From the questions to the rows, with what was answered; the rest stays open."""
        answers = self._before | self.conversation.answers()
        self._try(replace(self._said, answers=answers), self._arrived)

    def go_back(self) -> None:
        """To the questions again."""
        self._turn(_ASKING)

    def take_in(self) -> None:
        """Take the rows in, as one act."""
        if self.tried is not None and self.tried.result is not None:
            work = partial(take_in, self._office.desk.books, self.tried.result)
            self._begin("正在导入…", work, writing=True)

    def _act_on(self) -> None:
        """Do what the blue button does."""
        for act in (self.on_button, self.import_button):
            if act.isVisible():
                act.setFocus()  # what is being typed in a cell is taken over first
                act.click()
                return

    def undo(self) -> None:
        """Take the import back; the rows may be put right and taken in again."""
        self._begin("正在撤销…", partial(undo_import, self._office.desk), writing=True)

    def show_gaps(self) -> None:
        """Close, and have the records shown that lack something."""
        self.gaps_wanted.emit()
        self.accept()

    def stop(self) -> None:
        """Stop what is under way: the rows stay as they were judged last."""
        self.work.cancel()
        self._fall_back()
        self._show_state("已停止，没有导入任何内容")

    def save_marked(self) -> None:
        """Write the file back with its doubtful cells marked."""
        if self.tried is None or self.tried.result is None:
            return
        from hazard_desk.sheets.marking import write_marked  # openpyxl comes with it: heavy

        result = self.tried.result
        file = result.incoming.file
        name = f"{file.stem if file else result.incoming.grid.called}-标注.xlsx"
        make = partial(write_marked, result, free_name(self._office.desk.out / name))
        Production(self._office, "正在标注表格", make, self).start()

    def reject(self) -> None:
        """Close, but not while something is written; cells put right are not thrown away unasked."""
        if self._writing:
            return
        if self._said.cells and self.taken is None:
            text = f"改过的{len(self._said.cells)}格还没有导入，关闭后不会保留。"
            ask(self, "还没有导入", text, "关闭", "继续核对", super().reject)
        else:
            super().reject()

    # Inside

    def _open(self, brought: Path | str) -> None:
        self.tried = self.taken = None
        self._asked, self._before = set(), Answers()
        self._said = Said(way=self._said.way)
        self._turn(_NOTHING)
        desk = self._office.desk
        self._then = self._arrived
        self._begin("正在读取…", partial(open_and_try, desk, self._ledger.id, brought, self._said))

    def _try(self, said: Said, then: Callable[[Tried], None]) -> None:
        """Judge the sheet anew by what was said of it."""
        if self.tried is not None:
            self._said = said
            work = partial(try_out, self._office.desk.books, self.tried.opened, said)
            self._then = then
            self._begin("正在核对…", work)

    def _begin(self, words: str, work: Callable[[TellProgress], Found], writing: bool = False) -> None:
        """Begin; what writes to the desk comes to its end, so that nobody has to guess what was kept."""
        self._writing = writing
        self.begin(work)
        if self.work.busy:
            self._show_state(words)

    def _arrived(self, tried: Tried) -> None:
        """A sheet was opened, or questions about it were answered."""
        self.tried = tried
        new = [one for one in tried.questions if one.id not in self._asked][: MOST - len(self._asked)]
        if new:
            self._ask(new, tried)
        elif tried.rows is None:
            self._turn(_ASKING if self._asked else _NOTHING)
            say(self.problem, tried.refused)
        else:
            self.mending.show_rows(tried.rows)
            self._turn(_MENDING if tried.rows.rows else _NOTHING)

    def _ask(self, questions: list[Question], tried: Tried) -> None:
        self._before = self._said.answers
        self._asked.update(one.id for one in questions)
        self._turn(_ASKING)
        self.conversation.ask(questions, tried.incoming)

    def _renewed(self, tried: Tried) -> None:
        """A cell was put right, a column was told, or known records are to be treated otherwise."""
        if tried.rows is None:
            self._failed(tried.refused)
            return
        self.tried = tried
        self.mending.renew(tried.rows)
        self.mending.lock(False)

    def _taken_in(self, taken: Taken) -> None:
        self.taken = taken
        self.mending.lock(True)
        if (change := taken.result.change) is not None:
            self._office.announce(change)
        self._show_state()
        (self.gaps_button if taken.lacking else self.close_button).setFocus()

    def _taken_back(self, change: Change) -> None:
        """The rows may be put right and taken in again."""
        self.taken = None
        self._office.announce(change)
        self._try(self._said, self._renewed)

    def _failed(self, sentence: str) -> None:
        self._writing = False
        self._fall_back()
        self._show_state()
        say(self.problem, sentence)

    def _fall_back(self) -> None:
        """What was said last and could not be judged is taken back."""
        if self.tried is not None:
            self._said = self.tried.said
            self.mending.table.rows.forget()
            self.existing.setCurrentIndex(self.existing.findData(self._said.way))

    def _mended(self, cell: Cell, text: str) -> None:
        self._try(self._said.with_cell(cell, text), self._renewed)

    def _told_column(self, heading: str, field: str) -> None:
        self._try(self._said.with_column(heading, field), self._renewed)

    def _chose_way(self) -> None:
        self._try(replace(self._said, way=OnExisting(self.existing.currentData())), self._renewed)

    def _done(self, found: Found) -> None:
        self._writing = False
        if isinstance(found, Tried):
            self._then(found)
        elif isinstance(found, Taken):
            self._taken_in(found)
        else:
            self._taken_back(found)
        self._show_state()

    def _turn(self, page: int) -> None:
        self.pages.setCurrentIndex(page)
        self._show_state()
        if page == _MENDING:
            self.mending.table.setFocus()

    def _show_state(self, words: str = "") -> None:
        busy, page = self.work.busy, self.pages.currentIndex()
        tried, taken = self.tried, self.taken
        done = taken is not None
        mending = page == _MENDING and tried is not None
        self.progress.setVisible(busy)
        self.stop_button.setVisible(busy and not self._writing)
        self.close_button.setEnabled(not self._writing)
        self.on_button.setVisible(page == _ASKING)
        self.on_button.setEnabled(not busy)
        self.back_button.setVisible(mending and not done and bool(self.conversation.cards))
        self.undo_button.setVisible(done and not busy)
        self.gaps_button.setVisible(done and not busy and bool(taken and taken.lacking))
        self.mark_button.setVisible(mending and bool(tried and tried.markable) and not busy)
        self.import_button.setVisible(page == _MENDING and not done)
        self.import_button.setEnabled(not busy and bool(tried and tried.worth))
        self.existing_line.setVisible(mending and not done)
        self.choose_button.setEnabled(not busy)
        for made, main in ((self.on_button, page == _ASKING), (self.import_button, page == _MENDING)):
            made.setDefault(main)
        self.told.setText(words or self._sentence())

    def _sentence(self) -> str:
        if self.work.busy:
            return self.told.text()
        if self.taken is not None:
            return self.taken.told
        if self.tried is None:
            return ""
        if self.pages.currentIndex() == _ASKING:
            return f"先问{len(self.conversation.cards)}个问题。不清楚的点“以后再说”，不会替您填写"
        return self.tried.told

    def _connect(self) -> None:
        self.work.finished.connect(self._done)
        self.work.failed.connect(self._failed)
        self.conversation.decided.connect(self.on_button.setFocus)
        self.existing.activated.connect(self._chose_way)
        self.mending.table.told.connect(self._told_column)
        self.mending.table.rows.mended.connect(self._mended)

    def _set_out(self) -> None:
        invitation = label(_INVITATION, self, "soft", wrap=True)
        invitation.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for page in (invitation, self.conversation, self.mending):
            self.pages.addWidget(page)
        self.existing_line = QWidget(self)
        across(label("台账中已有的", self), self.existing, within=self.existing_line)
        head = across(self.choose_button, Stretch(self.file), self.existing_line)
        acts = (
            self.back_button,
            self.mark_button,
            self.undo_button,
            self.gaps_button,
            self.close_button,
            self.on_button,
            self.import_button,
        )
        foot = across(Stretch(self.progress), self.stop_button, Stretch(), *acts)
        for keys in ("Ctrl+S", "Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self._act_on)
        down(head, self.told, self.problem, Stretch(self.pages), foot, within=self, edges=ROOM)
