"""监管对象: the ledger page as it comes, with a way to a unit's hazards."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hazard_desk.books.enterprises import Enterprise, Enterprises
from hazard_desk.books.hazards.book import Hazards
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.figures.check_overview import firm_checks
from hazard_desk.store.columns import name_of
from ui.office import Office
from ui.pages.firm_names import FirmNames
from ui.pages.ledger_page import LedgerPage
from ui.panes.detail_pane import Pieces
from ui.panes.record_pane import RecordPane
from ui.widgets.basics import button, label


class EnterprisePage(LedgerPage):
    """The ledger of the objects of supervision."""

    ledgers = (Enterprises.id,)

    def __init__(self, office: Office, parent: QWidget) -> None:
        super().__init__(office, office.desk.enterprises, parent)

    def more_acts(self) -> list[tuple[str, Callable[[], object]]]:
        return [*super().more_acts(), ("核对名称", self.check_names)]

    def check_names(self) -> None:
        """Open the dialog of names that no enterprise bears and of enterprises that may be one."""
        FirmNames(self.office, self).open()

    def make_pane(self) -> EnterprisePane:
        return EnterprisePane(self.office, self.office.desk.enterprises, self)


class EnterprisePane(RecordPane[Enterprise]):
    """The facts of a unit and the way to its hazards."""

    def fill(self, layout: QVBoxLayout, body: QWidget, record: Enterprise) -> Pieces:
        yield from super().fill(layout, body, record)
        yield
        layout.addWidget(label(self._checks(record), body, "soft", wrap=True))
        link = button("查看该单位的隐患", body, self._show_hazards, Hazards.icon, "quiet")
        layout.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)

        merge = button("并入另一家", body, self.merge, role="quiet")
        merge.setToolTip("这家与另一家登记重复的，把它的记录都归到另一家")
        layout.addWidget(merge, 0, Qt.AlignmentFlag.AlignLeft)

    def merge(self) -> None:
        """Ask for the enterprise that this one is to be merged into."""
        if self.record is not None:
            FirmNames(self.office, self, self.record).open()

    def _checks(self, record: Enterprise) -> str:
        """How often the unit was checked this year, how often it may be, and when it was last."""
        office = self.office
        found = firm_checks(office.desk.books, record, office.today)
        told = f"今年已检查{found.counted}次"
        if found.cap:
            told += f"，每年额度{found.cap.most}次（{found.cap.cited}），还可检查{found.left}次"
        return f"{told}；最近一次{found.last}" if found.last else f"{told}；没有检查记录"

    def _show_hazards(self) -> None:
        if self.record is not None:
            self.open_ledger.emit(Hazards.id, {name_of(Hazard.unit_name): self.record.name})
