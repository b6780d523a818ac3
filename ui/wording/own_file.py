"""A Word file of the office's own as a paper: read, told what is wrong in it, looked at filled, kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QFileDialog, QLineEdit, QListWidget, QPushButton, QSplitter, QWidget

from hazard_desk.errors import Refused, RefusedFields, Trouble
from hazard_desk.papers.own.keeping import OwnFile
from hazard_desk.papers.wording.kinds import OWN
from hazard_desk.printing import Proof
from hazard_desk.rewording import WORD
from hazard_desk.store.files import safe_name
from hazard_desk.store.saving import save
from ui.jobs import Refusal
from ui.office import Office
from ui.papers.paper_view import PaperView
from ui.production import MadeDialog, free_name
from ui.style import ROOM
from ui.widgets.ask import ask
from ui.widgets.basics import button, label, say
from ui.widgets.dialog import Dialog
from ui.widgets.flow import FlowLayout
from ui.widgets.layouts import Stretch, across, down
from ui.wording.names import NameList

_WAY = (
    "在WPS里把栏目写成“«隐患.编号»”或“{{隐患.编号}}”，印的时候换成台账里的内容，字体照栏目开头的样子。"
    "在列表里选一个栏目按Enter，就复制好了，到WPS里粘贴；保存以后回到这里按F5重新检查。"
)
_FOUND = "按栏目判断"
_ALL = "整份材料（不按记录）"


class OwnFileDialog(Dialog):
    """Takes in a Word file for the paper ``report``, '' for a new one. ``kept`` follows on saving."""

    help_key = "print"
    kept = Signal()
    removed = Signal()
    """The paper was the office's own, and is no more."""

    def __init__(self, office: Office, parent: QWidget, report: str = "", title: str = "") -> None:
        super().__init__(f"用自己的Word文件：{title}" if title else "用自己的Word文件", parent)
        self._office, self._report = office, report
        self._words = office.desk.rewording
        self.path: Path | None = None
        self.file: OwnFile | None = None
        self.shown = label("还没有选择文件", self, wrap=True)
        self.called = QLineEdit(title, self)
        self.called.setAccessibleName("名称")
        self.called.setPlaceholderText("这份材料叫什么，列在打印的清单里")
        self.called.setReadOnly(bool(report))
        self.about = QComboBox(self)
        self.about.setAccessibleName("关于哪个台账")
        self.wrong = QListWidget(self)
        self.wrong.setAccessibleName("文件里要修改的地方")
        self.wrong.setWordWrap(True)
        self.wrong.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.wrong.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.names = NameList([], self)
        self.view = PaperView(office, self)
        self.problem = label("", self, "problem", wrap=True)
        self.told = label(_WAY, self, "small", wrap=True)
        self.file_buttons = (self._act("打开文件", self.open_file), self._act("重新检查", self.check))
        self._fill_about()
        self._set_out()
        self.names.chosen.connect(self.copy)
        self.about.activated.connect(self.check)
        self.take_room(1240, self.over.height(), "own-file")
        self._begin()

    # Acts

    def choose(self) -> None:
        """Ask for the file."""
        file, _ = QFileDialog.getOpenFileName(self, "选择Word文件", "", f"Word文档 (*{WORD})")
        if file:
            self.read(Path(file))

    def read(self, path: Path) -> None:
        """Read a file; a paper without a name takes its name."""
        self.path = path
        self.shown.setText(path.name)
        for one in self.file_buttons:
            one.setEnabled(True)
        if not self.called.text():
            self.called.setText(path.stem)
        self.check()

    def check(self) -> None:
        """Read the file anew: it may have been mended meanwhile."""
        if self.path is None:
            return
        about = self.about.currentData()
        read = partial(self._words.read_file, self._report, self.path, about)
        self._office.read(read, self._took, self, self._complain)

    def open_file(self) -> None:
        """Open the file with the program that the system has for it."""
        if self.path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.path)))

    def copy(self, field: str) -> None:
        """Copy a field, to be pasted in WPS."""
        QGuiApplication.clipboard().setText(field)
        say(self.told, f"已复制“{field}”，请到WPS里粘贴，保存以后回到这里按F5重新检查。")

    def save(self) -> None:
        """Keep the file as the paper; stay open with the complaint where it cannot be."""
        file = self.file
        if file is None:
            return
        name = "" if self._report else self.called.text().strip()
        try:
            change = self._office.perform(partial(self._words.use_file, self._report, file, name))
        except (Refused, Trouble) as error:
            say(self.problem, error.message)
            return
        self._office.announce(change)
        self.kept.emit()
        self.accept()

    def give_out(self) -> None:
        """Save the file that is kept, to be changed in WPS, and show where it is."""
        file, out = self._words.word_file(self._report), self._office.desk.out
        if file is None:
            return
        try:
            to = free_name(out / safe_name(file.name, WORD))
            save(file.content, to)
        except Trouble as error:
            say(self.problem, error.message)
            return
        self.read(to)
        MadeDialog(to, self).open()

    def go_back(self) -> None:
        """Ask, then let the paper say again what the program says; one of the office's own goes."""

        def back() -> None:
            own = self._words.state(self._report).state == OWN
            if self._office.attempt(partial(self._words.go_back, self._report), self):
                self.accept()
                (self.removed if own else self.kept).emit()

        ask(self, "不再使用", "不再用这个Word文件，以后可以撤销。确定吗？", "不再使用", "继续使用", back)

    # Inside

    def _begin(self) -> None:
        """Show the file that is kept, and what the paper can say."""
        if self._report:
            self._office.read(partial(self._words.word_file, self._report), self._took_kept, self)
            self._office.read(partial(self._words.about, self._report), self._name_all, self)
        else:
            self._name_all("")

    def _took_kept(self, file: OwnFile | None) -> None:
        for one in (self.out_button, self.back_button):
            one.setVisible(file is not None)
        if file is not None:
            self.shown.setText(f"{file.name}（正在使用）")
            self._took(file)
            self.save_button.setEnabled(False)

    def _took(self, file: OwnFile) -> None:
        self.file = file
        self._accuse([])
        self.about.setItemText(0, f"{_FOUND}：{self._titled(file.about)}")
        self.save_button.setEnabled(True)
        name, number = self.called.text().strip() or file.name, self._words.one_of(file.about)
        look = partial(self._words.proof_of_file, name, file, number)
        self._office.read(look, self._show, self, self._complain)
        self._name_all(file.about)

    def _show(self, proof: Proof) -> None:
        self.view.show_proof(proof)
        say(self.told, f"{proof.advice}{_WAY}")

    def _complain(self, error: Refusal | None) -> None:
        """List what is wrong in the file, paragraph by paragraph."""
        if error is None:
            return
        self.file = None
        self.save_button.setEnabled(False)
        self.view.show_proof(None)
        say(self.told, _WAY)
        many = isinstance(error, RefusedFields)
        self._accuse(list(error.problems.values()) if isinstance(error, RefusedFields) else [error.message])
        say(self.problem, "文件里有要修改的地方，在WPS里改好保存，再按F5重新检查。" if many else "")

    def _accuse(self, sentences: list[str]) -> None:
        self.wrong.clear()
        self.wrong.addItems(sentences)
        self.wrong.setVisible(bool(sentences))
        say(self.problem, "")

    def _name_all(self, about: str) -> None:
        known = partial(self._words.sayable_about, about, self._words.one_of(about))
        self._office.read(known, self.names.show_names, self)

    def _titled(self, about: str) -> str:
        return self._words.titled(about) if about else _ALL

    def _fill_about(self) -> None:
        self.about.addItem(_FOUND, None)
        for one in ("", *self._words.abouts()):
            self.about.addItem(self._titled(one), one)
        self.about.setVisible(not self._report)

    def _set_out(self) -> None:
        self.save_button = self._act("保存", self.save, "primary")
        self.save_button.setEnabled(False)
        self.out_button = self._act("取出这个文件", self.give_out)
        self.back_button = self._act("不再使用…", self.go_back)
        self.out_button.hide()
        self.back_button.hide()
        QShortcut(QKeySequence("Ctrl+S"), self).activated.connect(self.save_button.click)
        QShortcut(QKeySequence("F5"), self).activated.connect(self.check)
        for one in self.file_buttons:
            one.setEnabled(False)  # until there is a file on the disk
        files = across(self._act("选择文件…", self.choose), *self.file_buttons, Stretch())
        acts = FlowLayout()
        for widget in (self.save_button, self.out_button, self.back_button):
            acts.addWidget(widget)
        acts.addWidget(button("关闭", self, self.reject))
        left = QWidget(self)
        about = label("关于", left)
        about.setVisible(not self._report)
        down(
            self.shown,
            files,
            across(label("名称", left), Stretch(self.called)),
            across(about, Stretch(self.about)),
            Stretch(self.wrong),
            Stretch(self.names),
            within=left,
        )
        self.wrong.hide()
        both = QSplitter(Qt.Orientation.Horizontal, self)
        both.addWidget(left)
        both.addWidget(self.view)
        both.setSizes([560, 640])
        down(Stretch(both), self.problem, self.told, acts, within=self, edges=ROOM)

    def _act(self, text: str, does: Callable[[], object], role: str = "") -> QPushButton:
        return button(text, self, does, "", role)
