"""The pages of the guide through a month's form: what is seen at each step, and what it leads to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from hazard_desk.figures.closing import ClosingStep, MonthClosing, reminder
from hazard_desk.figures.progress.left_out import LeftOut
from hazard_desk.figures.progress.sheets import SENT
from hazard_desk.rules.dates import show_date
from ui.figures.changes_dialog import ChangesTable
from ui.figures.gaps_line import records_of
from ui.office import NoticeLook, Office
from ui.widgets.basics import button, label
from ui.widgets.layouts import Stretch, across, down

TITLES = {
    ClosingStep.CHECK: "核对疑点和缺项",
    ClosingStep.CHANGES: "与上次相比",
    ClosingStep.UNITS: "各单位报了没有",
    ClosingStep.SEND: "上报",
    ClosingStep.DRAFT: "文件和邮件草稿",
    ClosingStep.FILED: "归档",
}
_KEPT = Qt.ItemDataRole.UserRole


class StepPage(QWidget):
    """One step: a sentence that says what it is for, and below it what there is to see."""

    open_ledger = Signal(str, object)
    sent_wanted = Signal(int)
    """Asks for a form that was sent, or with 0 for the one that is being filled in."""

    def __init__(self, office: Office, told: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.office = office
        self.told = label(told, self, wrap=True)

    def show_closing(self, closing: MonthClosing) -> None:
        """Show the step as it stands."""
        raise NotImplementedError


class _Lines(StepPage):
    """A step that is a list of lines, each of which may lead somewhere by Enter or a click."""

    def __init__(self, office: Office, told: str, name: str, parent: QWidget) -> None:
        super().__init__(office, told, parent)
        self.list = QListWidget(self)
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(name)
        self.acts = across(Stretch())
        down(self.told, Stretch(self.list), self.acts, within=self, gap=10)

    def put(self, lines: Sequence[str], nothing: str) -> None:
        """Show these lines, or that there are none."""
        self.list.clear()
        self.list.addItems(list(lines) or [nothing])
        self.list.setCurrentRow(0)


class CheckPage(_Lines):
    """疑点和缺项: a doubt leads to the form, what is not counted to its records."""

    def __init__(self, office: Office, parent: QWidget) -> None:
        told = "先看看有没有疑点，有没有因为缺项没有统计进去的。按回车打开，改好以后回到这里接着办。"
        super().__init__(office, told, "疑点和缺项", parent)
        self.list.itemActivated.connect(self._open)

    def show_closing(self, closing: MonthClosing) -> None:
        doubts = [f"疑点　{one.sentence}" for one in closing.standing.doubts]
        left_out = closing.standing.filled.left_out
        left = [f"{'不在册' if one.called else '待补'}　{one.sentence}" for one in left_out]
        self.put([*doubts, *left], "没有疑点，也没有缺项。")
        for place, kept in enumerate([*(0 for _ in doubts), *left_out]):
            self.list.item(place).setData(_KEPT, kept)

    def _open(self, item: QListWidgetItem) -> None:
        kept = item.data(_KEPT)
        if isinstance(kept, LeftOut):
            self.open_ledger.emit(*records_of(kept))
        elif kept == 0:
            self.sent_wanted.emit(0)


class ChangesPage(StepPage):
    """与上次相比: the cells that say another thing than the last form."""

    def __init__(self, office: Office, parent: QWidget) -> None:
        super().__init__(office, "", parent)
        self.table = ChangesTable(self)
        down(self.told, Stretch(self.table), within=self, gap=10)

    def show_closing(self, closing: MonthClosing) -> None:
        last, changes = closing.standing.last, closing.changes
        self.table.show_changes(changes)
        self.table.setVisible(bool(changes))
        if last is None:
            self.told.setText("以前没有上报过这张表，没有可以比较的。")
        else:
            told = f"{len(changes)}项有变化，看看增减对不对" if changes else "各项都没有变化"
            self.told.setText(f"上次截至{last.as_of}。与上次相比，{told}。")


class UnitsPage(_Lines):
    """各单位报了没有: each sheet with its day, and a sentence to remind those that are missing."""

    def __init__(self, office: Office, parent: QWidget) -> None:
        super().__init__(office, "", "各单位的表", parent)
        self._closing: MonthClosing | None = None
        self.list.itemActivated.connect(self._open)
        self.copy_button = button("复制催报的话", self, self.copy, "paste")
        self.copy_button.setToolTip("复制以后，粘贴到工作群或短信里")
        self.acts.addWidget(self.copy_button)

    def show_closing(self, closing: MonthClosing) -> None:
        self._closing = closing
        lines = []
        for one in closing.sheets:
            there = one.state == SENT and one.sent_on
            sent = f"（{show_date(there)}，第{one.version}次）" if there else ""
            lines.append(f"{one.state}　{one.group}　期限{show_date(one.due)}{sent}")
        self.put(lines, "“报送单位”里没有写明要报这张表的单位。")
        self.told.setText(
            f"还有{len(closing.unsent)}张没有报。" if closing.unsent else "该报的都报了。" if lines else ""
        )
        for place, one in enumerate(closing.sheets):
            self.list.item(place).setData(_KEPT, one.number)
        self.copy_button.setVisible(bool(closing.unsent))

    def _open(self, item: QListWidgetItem) -> None:
        if number := item.data(_KEPT):
            self.sent_wanted.emit(number)

    def copy(self) -> None:
        """Put the reminder into the clipboard."""
        if self._closing is not None:
            QGuiApplication.clipboard().setText(reminder(self._closing, self.office.today))
            self.office.notice("催报的话已复制", NoticeLook.DONE)


class SendPage(StepPage):
    """上报: what will be kept as sent, and what is still open."""

    def __init__(self, office: Office, parent: QWidget) -> None:
        super().__init__(office, "", parent)
        down(self.told, Stretch(), within=self)

    def show_closing(self, closing: MonthClosing) -> None:
        stands = closing.standing
        lines = [f"{stands.state}。"]
        if not closing.sent:
            lines.append("上报后原样留存，表格、PDF、Word各一份，数字从此不变。")
            open_ = [f"疑点和缺项{closing.lacking}处"] if closing.lacking else []
            open_ += [f"{len(closing.unsent)}张单位的表没有报"] if closing.unsent else []
            lines += [f"还有{'，'.join(open_)}，仍可以上报。"] if open_ else []
        self.told.setText("\n".join(lines))


class DraftPage(StepPage):
    """文件和邮件草稿: PDF and sheet as they were sent, attached to a draft."""

    def __init__(self, office: Office, parent: QWidget) -> None:
        super().__init__(office, "", parent)
        self.folder_button = button("打开所在文件夹", self, self.open_folder, "folder")
        down(self.told, across(self.folder_button, Stretch()), Stretch(), within=self, gap=10)

    def show_closing(self, closing: MonthClosing) -> None:
        recipient = self.office.desk.cabinet.setting("mail_to") or "还没有填，可以在“设置”里填“收件人邮箱”"
        lines = [f"收件人：{recipient}", "附件：上报的PDF和表格，与留存的一模一样。"]
        if closing.standing.same is None:
            lines.append("还没有上报，上报以后才能做。")
        elif closing.draft is not None:
            lines.append(f"草稿已存为 {closing.draft}")
        self.told.setText("\n".join(lines))
        self.folder_button.setVisible(closing.draft is not None)

    def open_folder(self) -> None:
        """Open the folder of the draft."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.office.desk.out)))


class FiledPage(_Lines):
    """归档: what is kept of the form as it was sent, among the forms that were sent."""

    def __init__(self, office: Office, parent: QWidget) -> None:
        super().__init__(office, "", "留存的文件", parent)
        self._number = 0
        self.look_button = button("查看上报的一份", self, self._look, "file")
        self.acts.addWidget(self.look_button)

    def show_closing(self, closing: MonthClosing) -> None:
        same = closing.standing.same
        self._number = same.number or 0 if same else 0
        self.look_button.setVisible(bool(self._number))
        self.put([file.name for file in closing.files], "还没有上报，没有留存的文件。")
        if same is not None:
            self.told.setText(f"{closing.standing.told_same}，已归入报送记录，随时可以查看、再打印。")

    def _look(self) -> None:
        self.sent_wanted.emit(self._number)


def step_pages(office: Office, parent: QWidget) -> Mapping[ClosingStep, StepPage]:
    """Return the page of each step."""
    kinds = {
        ClosingStep.CHECK: CheckPage,
        ClosingStep.CHANGES: ChangesPage,
        ClosingStep.UNITS: UnitsPage,
        ClosingStep.SEND: SendPage,
        ClosingStep.DRAFT: DraftPage,
        ClosingStep.FILED: FiledPage,
    }
    return {step: kind(office, parent) for step, kind in kinds.items()}
