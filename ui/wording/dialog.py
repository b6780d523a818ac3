"""改措辞: the words of a paper beside the paper that they make."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPlainTextEdit, QSplitter, QWidget

from hazard_desk.errors import Refused, RefusedFields, Trouble
from hazard_desk.papers.wording.blocks import BODY, MARKS
from hazard_desk.papers.wording.editing import (
    HEAD_FIELDS,
    body_of,
    head_told,
    lines_of_head,
    with_body,
    with_head,
)
from hazard_desk.papers.wording.kinds import CHANGED, OURS, OWN
from hazard_desk.papers.wording.saying import FORMATS
from hazard_desk.printing import Proof
from hazard_desk.rewording import Sayable
from hazard_desk.rules.fields import Row
from hazard_desk.store.acts import Change
from ui.forms.form_dialog import FormDialog
from ui.jobs import Job, Refusal
from ui.office import Office
from ui.papers.paper_view import PaperView
from ui.style import ROOM
from ui.widgets.ask import ask
from ui.widgets.basics import button, label, pause, say
from ui.widgets.dialog import Dialog
from ui.widgets.flow import FlowLayout
from ui.widgets.layouts import Stretch, down
from ui.wording.editor import WordsEditor
from ui.wording.names import NameList
from ui.wording.own_file import OwnFileDialog

if TYPE_CHECKING:
    from hazard_desk.papers.telling import WordingState

_PAUSE_MS = 400
_MOST_SAID = 2
_RENEWED = "程序更新了这份材料的原文，您改过的没有变，可以对照原文再改。"
_LEFT = "这是上次改了没有保存的措辞，不要的请点“关闭”，再点“不保存”。"
_WAY = "在栏目列表里选，按 Enter 放到光标处，按 Shift+Enter 放成“有这一项才写”的条件；不用自己打括号。"


class WordingDialog(Dialog):
    """Changes the words of one paper, looked at with the record ``number``. ``kept`` follows on saving."""

    help_key = "print"
    kept = Signal()
    removed = Signal()
    """The paper was the office's own, and is no more."""

    def __init__(self, office: Office, report: str, title: str, number: str, parent: QWidget) -> None:
        super().__init__(f"改措辞：{title}", parent)
        self._office, self._report, self._number = office, report, number
        self._words = office.desk.rewording
        self._kept = self._words.text(report)
        self._text = self._kept
        self._state = OURS
        self._job: Job | None = None
        self.editor = WordsEditor(self)
        marks = [(mark, one.about) for mark, one in MARKS.items() if mark != BODY]
        self.names = NameList(marks, self, list(FORMATS.items()))
        self.view = PaperView(office, self)
        self.problem = label("", self, "problem", wrap=True)
        self.told = label("", self, "small", wrap=True)
        self._set_out()
        left = self._left()
        self._begin(left or self._kept)
        self._pause = pause(_PAUSE_MS, self.look, self)
        self.editor.textChanged.connect(self._pause.start)
        self.names.chosen.connect(self.editor.put_in)
        self.take_room(1320, self.over.height(), "wording")
        self._name_all()
        self.look()
        self._read_state(left not in ("", self._kept))

    @property
    def text(self) -> str:
        """The text as it stands in the editor, under its head."""
        return with_body(self._text, self.editor.toPlainText())

    def look(self) -> None:
        """Make the paper that the words make now, in the background; keep what was typed on disk."""
        if self._job is not None:
            self._job.cancel()
        self._keep_draft()
        look = partial(self._words.proof, self.text, self._number)
        self._job = self._office.read(look, self._show, self, self._complain)

    def save(self) -> None:
        """Keep the words for this office; stay open with the complaints when they cannot be told."""
        try:
            change = self._office.perform(partial(self._words.use, self._report, self.text))
        except (Refused, Trouble) as error:
            self._complain(error)
            return
        self._office.announce(change)
        self._close_kept()

    def go_back(self) -> None:
        """Ask, then let the paper say again what the program says; one of the office's own goes."""
        own = self._state == OWN

        def back() -> None:
            if not self._office.attempt(partial(self._words.go_back, self._report), self):
                return
            if own:
                self._drop_draft()
                self.accept()
                self.removed.emit()
            else:
                self._close_kept()

        if own:
            ask(self, "删除材料", "删除这份自拟的材料，以后可以撤销。要删除吗？", "删除", "不删除", back)
            return
        sentence = "恢复程序自带的措辞，您改过的就不用了；以后可以撤销。要恢复吗？"
        ask(self, "恢复原文", sentence, "恢复", "不恢复", back)

    def see_original(self) -> None:
        """Show what the program says, beside the words in work."""
        OriginalDialog(self._words.original(self._report), self).open()

    def set_kind(self) -> FormDialog:
        """Ask what the office sets of this kind of paper: its name, red head, who signs, copies."""

        def set_head(told: Row) -> Change:
            text = with_head(self.text, told)
            try:
                return self._words.use(self._report, text)
            except RefusedFields as wrong:
                above = lines_of_head(text)
                said = [one for line, one in wrong.problems.items() if line.isdigit() and int(line) <= above]
                told_of = "；".join(one.partition("行：")[2] or one for one in said)
                raise Refused(told_of or "正文里有写错的地方，请先改好再设置") from None

        values, over = head_told(self.text), self.over if self.over is not self else self
        dialog = FormDialog(
            self._office, "这种材料的设置", HEAD_FIELDS, set_head, over, values, keep_draft=False
        )
        dialog.saved.connect(self._kept_now)
        dialog.open()
        return dialog

    def make_own(self) -> FormDialog:
        """Ask for a name, and keep the words as a paper of the office's own; this one stays as it was."""
        field = HEAD_FIELDS[0]

        def make(told: Row) -> Change:
            return self._words.make_own(str(told.get(field.name) or "").strip(), self.text)

        dialog = FormDialog(self._office, "另存为新材料", (field,), make, self, keep_draft=False)
        dialog.saved.connect(self._close_kept)
        dialog.open()
        return dialog

    def use_own_file(self) -> OwnFileDialog:
        """Open the dialog by which a Word file of the office's own says this paper."""
        dialog = OwnFileDialog(
            self._office, self, self._report, str(head_told(self._kept)[HEAD_FIELDS[0].name])
        )
        dialog.kept.connect(self._close_kept)
        dialog.open()
        return dialog

    def reject(self) -> None:
        """Close; ask when something was changed and not saved."""
        if self.text == self._kept:
            super().reject()
            return
        ask(self, "改措辞", "改过的措辞还没有保存，不保存就关闭吗？", "不保存", "继续修改", self._give_up)

    # Inside

    def _begin(self, text: str) -> None:
        self._text = text
        self.editor.setPlainText(body_of(text))

    def _show(self, proof: Proof) -> None:
        page = self.view.page
        self.view.show_proof(proof)
        self.view.go_to(page)
        say(self.problem, "")
        self.editor.accuse([])
        self.save_button.setEnabled(self.text != self._kept)

    def _complain(self, error: Refusal | None) -> None:
        """Say what is wrong, by the lines of the editor, and mark them."""
        if error is None:
            return
        problems = error.problems if isinstance(error, RefusedFields) else {"": error.message}
        above = lines_of_head(self._text)
        told = {int(line): sentence for line, sentence in problems.items() if line.isdigit()}
        lines = {line - above: sentence.removeprefix(f"第{line}行：") for line, sentence in told.items()}
        said = [f"第{line}行：{one}" if line > 0 else one for line, one in sorted(lines.items())]
        said = said or list(problems.values())
        more = len(said) - _MOST_SAID
        say(self.problem, "\n".join([*said[:_MOST_SAID], *([f"还有{more}处，都已标出"] if more > 0 else [])]))
        self.editor.accuse([line for line in lines if line > 0])
        self.save_button.setEnabled(False)

    def _name_all(self) -> None:
        known = partial(self._words.sayable, self._kept, self._number)
        self._office.read(known, self._named, self)

    def _named(self, known: list[Sayable]) -> None:
        self.names.show_names(known)

    def _read_state(self, left: bool = False) -> None:
        """Ask in the background whose words they are; ``left``: they were typed before and not saved."""
        asked = partial(self._words.state, self._report)
        self._office.read(asked, partial(self._say_state, left), self)

    def _say_state(self, left: bool, found: WordingState) -> None:
        self._state = found.state
        renewed = _RENEWED if found.renewed else ""
        say(self.told, f"{_LEFT if left else ''}{renewed}{_WAY}")
        self.back_button.setText("删除这份材料…" if self._state == OWN else "恢复原文…")
        self.back_button.setVisible(self._state != OURS)
        self.original_button.setVisible(self._state == CHANGED)

    def _kept_now(self) -> None:
        self._kept = self._words.text(self._report)
        self._begin(self._kept)
        self._drop_draft()
        self._read_state()
        self.kept.emit()

    def _close_kept(self) -> None:
        self._drop_draft()
        self.kept.emit()
        self.accept()

    def _give_up(self) -> None:
        self._drop_draft()
        super().reject()

    @property
    def _draft_key(self) -> str:
        return f"wording/{self._report}"

    def _left(self) -> str:
        """What was typed and never saved, '' for nothing; told beside the text."""
        left = self._office.desk.drafts.get(self._draft_key)
        return str(left.get("text") or "") if left else ""

    def _keep_draft(self) -> None:
        drafts = self._office.desk.drafts
        try:
            if self.text != self._kept:
                drafts.keep(self._draft_key, {"text": self.text})
            else:
                drafts.drop(self._draft_key)
        except Trouble:
            return  # saving will tell

    def _drop_draft(self) -> None:
        self._pause.stop()
        try:
            self._office.desk.drafts.drop(self._draft_key)
        except Trouble:
            return  # it is offered once more

    def _set_out(self) -> None:
        self.save_button = button("保存措辞", self, self.save, "", "primary")
        QShortcut(QKeySequence("Ctrl+S"), self).activated.connect(self.save_button.click)
        self.save_button.setEnabled(False)
        self.original_button = button("看原文", self, self.see_original)
        self.back_button = button("恢复原文", self, self.go_back)
        for made in (self.original_button, self.back_button):
            made.hide()  # until it is read whose words they are
        acts = FlowLayout()
        for widget in (
            self.save_button,
            self.original_button,
            self.back_button,
            button("这种材料的设置…", self, self.set_kind),
            button("另存为新材料…", self, self.make_own),
            button("改用Word文件…", self, self.use_own_file),
            button("关闭", self, self.reject),
        ):
            acts.addWidget(widget)
        sides = QSplitter(Qt.Orientation.Vertical, self)
        sides.addWidget(self.editor)
        sides.addWidget(self.names)
        sides.setSizes([300, 200])
        both = QSplitter(Qt.Orientation.Horizontal, self)
        both.addWidget(sides)
        both.addWidget(self.view)
        both.setSizes([600, 600])
        down(Stretch(both), self.problem, self.told, acts, within=self, edges=ROOM)


class OriginalDialog(Dialog):
    """Shows the words that come with the program, to be read and copied from."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__("程序自带的措辞", parent)
        shown = QPlainTextEdit(body_of(text), self)
        shown.setReadOnly(True)
        shown.setAccessibleName("程序自带的措辞")
        down(Stretch(shown), self.closer(), within=self, edges=ROOM)
        self.take_room(720, 560)
