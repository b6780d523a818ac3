"""What the window shows of the seal on informants: the recovery code, typed or shown; erasing; what waits."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from hazard_desk.books.erasing import InformantCase
from hazard_desk.errors import Refused
from hazard_desk.printing import proof_of
from hazard_desk.rules.dates import show_date
from hazard_desk.rules.fields import Field, Kind, Row
from hazard_desk.store.acts import Change
from ui.forms.form_dialog import FormDialog
from ui.keys import SEAL
from ui.office import NoticeLook, Office
from ui.papers.on_paper import Printing, ask_printer
from ui.production import LongWork
from ui.reader import Reader
from ui.style import GAP, ROOM
from ui.trouble import show_refusal
from ui.widgets.ask import ask
from ui.widgets.basics import button, clear, label
from ui.widgets.dialog import Dialog
from ui.widgets.layouts import Stretch, across, down, lay

TITLE = SEAL.name
_CODE = Field("code", "恢复码", Kind.CODE, required=True, help="纸上的8组字母和数字，大小写都可以")
_WHY = Field("reason", "抹去原因", Kind.LONG, required=True, help="会长期记录在案，请不要写姓名和电话")
_ERASED = (
    "抹去后，这件举报以及相关奖励里登记过的举报人姓名和电话，任何人都不能再查看，也不能撤销。"
    "举报内容、办理情况和奖励金额都保留。"
)


def ask_code(office: Office, parent: QWidget) -> FormDialog:
    """Ask for the recovery code; once it is right, everything shows the informants again."""

    def save(values: Row) -> Change:
        return office.desk.seal.unlock(str(values[_CODE.name]))

    help = "这本台账里举报人的姓名和电话是封存的。请输入保险柜里那张纸上的恢复码，在这台电脑上只需输入一次。"
    dialog = FormDialog(office, "输入恢复码", (_CODE,), save, parent, help=help, keep_draft=False)
    dialog.save_button.setText("确定")
    dialog.saved.connect(office.renew)
    dialog.open()
    return dialog


def ask_erase(office: Office, ledger: str, number: int, parent: QWidget) -> FormDialog:
    """Say what erasing means and ask why; then the informant of a record is erased."""

    def save(values: Row) -> Change:
        return office.desk.erasing.erase(ledger, number, str(values[_WHY.name]))

    dialog = FormDialog(office, "抹去举报人信息", (_WHY,), save, parent, help=_ERASED, keep_draft=False)
    dialog.save_button.setText("抹去")
    dialog.open()
    return dialog


def show_code(office: Office, parent: QWidget) -> None:
    """Show the recovery code to be put in the safe; that it was shown is kept in the audit trail."""
    codes: list[str] = []
    if office.attempt(partial(office.desk.seal.show, codes.append), parent):
        CodeDialog(office, codes[0], parent).open()


def show_new_code(office: Office, parent: QWidget) -> None:
    """Show the code of a desk that got one and never told it; not that of the sample."""
    seal = office.desk.seal
    if not office.desk.sample and seal.never_shown and seal.code:
        show_code(office, parent)


class CodeDialog(Dialog):
    """The recovery code, large, and a way to print it."""

    def __init__(self, office: Office, code: str, parent: QWidget) -> None:
        super().__init__("恢复码", parent)
        self._office = office
        self._code = code
        groups = code.split("-")
        half = len(groups) // 2
        lines = "\n".join("  ".join(part) for part in (groups[:half], groups[half:]))
        self.shown = label(lines, self, "title")
        self.shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.shown.setStyleSheet("font-family: monospace; font-size: 24px; padding: 14px")
        self.shown.setAccessibleName("恢复码")
        about = (
            "台账里举报人的姓名和电话已经封存，在这台电脑上使用不需要输入密码。"
            "换电脑、重装系统，或者在别的电脑上恢复备份以后，要输入这个恢复码，才能看到举报人信息。"
        )
        warning = (
            "请现在就打印出来放进保险柜，不要拍照，不要存在电脑和聊天软件里。"
            "恢复码和这台电脑都没有了，登记过的举报人信息谁也无法找回。"
        )
        self.print_button = button("打印…", self, self.print_out, "print", "primary")
        foot = across(self.print_button, Stretch(), button("关闭", self, self.accept))
        layout = down(label(about, self, wrap=True), within=self, edges=ROOM, gap=12)
        lay(layout, self.shown, label(warning, self, wrap=True), Stretch(), foot)
        self.take_room(560, 300)

    def print_out(self) -> None:
        """Print the sheet for the safe; that it was printed is kept in the audit trail."""
        from hazard_desk.papers.given import recovery_code  # every text of a paper comes with it: late

        proof = proof_of(recovery_code(self._office.desk.books, self._code))
        if order := ask_printer(proof, self):
            printing = Printing(self._office, proof, order, self.over)
            if self._office.attempt(
                partial(self._office.desk.seal.print, lambda code: printing.start()), self
            ):
                self.accept()


class SealDialog(Dialog):
    """Whether the informants can be read on this computer, the code, and those that are due to be erased."""

    def __init__(self, office: Office, parent: QWidget) -> None:
        super().__init__(TITLE, parent)
        self._seen = SealView(office, self)
        down(Stretch(self._seen), across(Stretch(), self.closer()), within=self, edges=ROOM, gap=12)
        self.take_room(620, 420)


@dataclass(frozen=True)
class Sealed:
    """What ``SealView`` shows: is the code here, was it printed, what is old, what is due to be erased."""

    locked: bool
    in_the_safe: bool
    copies: int
    asides: int
    """What restores put aside."""
    due: list[InformantCase]

    @property
    def state(self) -> str:
        """In one sentence how it stands with the code."""
        if self.locked:
            return "这台电脑上没有本台账的恢复码，举报人信息暂时不能查看和登记，其他都能正常使用。"
        if self.in_the_safe:
            return "举报人的姓名和电话已封存，恢复码已打印。"
        return "举报人的姓名和电话已封存。恢复码还没有打印，请打印后放进保险柜。"

    @property
    def old(self) -> str:
        """What still holds informants in clear, or erased since; '' where nothing does."""
        parts = [f"{self.copies}份备份"] * bool(self.copies) + [f"{self.asides}份恢复前的台账"] * bool(
            self.asides
        )
        return f"有{'、'.join(parts)}里还有未封存的，或者已经抹去的举报人信息。" if parts else ""


class RewritingAll(LongWork[list[str]]):
    """Writes anew all that still holds informants in clear, or erased since."""

    def __init__(self, office: Office, parent: QWidget) -> None:
        work = partial(office.desk.rewrite_copies, self.tell)
        super().__init__(office, "正在改写，写好后逐项校验", work, parent)

    def show_made(self, made: list[str]) -> None:
        """Say that it is done, or what was left and why."""
        self._office.renew()
        if made:
            show_refusal(Refused("；".join(made)), self._over)
        else:
            self._office.notice("已全部改写并校验", NoticeLook.DONE)


class SealView(Reader):
    """What ``SealDialog`` shows, read anew whenever it changes."""

    def __init__(self, office: Office, parent: QWidget) -> None:
        super().__init__(parent)
        self._office = office
        self._inside = down(within=self, gap=12)
        office.keep_true(self)

    def refresh(self) -> None:
        """Read whether the code is here, and what is due."""
        self._office.read_anew(self._read, self._show, self)

    def _read(self) -> Sealed:
        desk = self._office.desk
        copies, asides = desk.in_clear()
        due = desk.erasing.proposed(desk.today)
        return Sealed(desk.seal.locked, desk.seal.in_the_safe, len(copies), len(asides), due)

    def _show(self, found: Sealed) -> None:
        clear(self._inside)
        self._inside.addWidget(label(found.state, self, "heading", wrap=True))
        if found.locked:
            enter = button("输入恢复码", self, self.ask_code, role="primary")
            acts = across(enter, button("恢复码找不到了…", self, self.ask_renew, role="quiet"), Stretch())
            enter.show()
            enter.setFocus()
        else:
            acts = across(button("查看和打印恢复码", self, self.show_code, "print"), Stretch())
        self._inside.addLayout(acts)
        if found.old:
            words = label(found.old, self, wrap=True)
            act = button("全部改写", self, self.rewrite)
            act.setEnabled(not found.locked)
            self._inside.addLayout(across(Stretch(words), act))
        due = found.due
        told = f"满保存年限、建议抹去的有{len(due)}条：" if due else "没有满保存年限、建议抹去的举报人信息。"
        self._inside.addWidget(label(told, self, "soft", wrap=True))
        self._list(due)

    def _list(self, due: list[InformantCase]) -> None:
        rows = QWidget(self)
        layout = down(within=rows)
        for case in due:
            closed = f"{show_date(case.closed)}办结" if case.closed else ""
            words = label(f"{case.title}，{closed}", rows, wrap=True)
            erase = button("抹去…", rows, partial(self.erase, case))
            layout.addLayout(across(Stretch(words), erase))
        layout.addStretch()
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setWidget(rows)
        self._inside.addWidget(area, 1)
        area.show()

    def ask_code(self) -> None:
        """Ask for the code."""
        ask_code(self._office, self)

    def show_code(self) -> None:
        """Show the code."""
        show_code(self._office, self)

    def erase(self, case: InformantCase) -> None:
        """Ask whether one is to be erased."""
        ask_erase(self._office, case.ledger, case.number, self)

    def rewrite(self) -> None:
        """Write the old copies anew, in the background."""
        RewritingAll(self._office, self.window()).start()

    def ask_renew(self) -> None:
        """Say what it means to begin with a new code, and ask."""
        text = (
            "只有恢复码确实找不到、原来的电脑也不在了，才需要更换。"
            "更换后可以登记新的举报人，但以前登记的举报人姓名和电话再也不能查看。要更换吗？"
        )
        ask(self, "更换恢复码", text, "更换", "不更换", self._renew)

    def _renew(self) -> None:
        if self._office.attempt(self._office.desk.seal.renew, self):
            self._office.renew()
            show_code(self._office, self)


class SealNotes(Reader):
    """On the first page: what waits about informants; nothing while there is nothing."""

    def __init__(self, office: Office, parent: QWidget) -> None:
        super().__init__(parent)
        self._office = office
        self._lines = down(within=self, gap=0)
        office.keep_true(self)

    def refresh(self) -> None:
        """Read what waits, in the background."""
        desk = self._office.desk
        self._office.read_anew(lambda: desk.erasing.notes(desk.today), self._show, self)

    def _show(self, notes: list[str]) -> None:
        clear(self._lines)
        if notes:
            told = label("".join(notes), self, wrap=True)
            act = button("去处理", self, self.open_dialog, role="quiet")
            self._lines.addLayout(across(Stretch(told), act, edges=(ROOM, GAP, ROOM, 0)))

    def open_dialog(self) -> None:
        """Open the dialog where it is dealt with."""
        SealDialog(self._office, self).open()
