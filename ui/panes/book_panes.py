"""Panes of the ledgers whose records become other records: checks, reports of the public, penalties."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from hazard_desk.books.checks.book import CheckRow, Checks, FindingRow
from hazard_desk.books.documents.book import VOIDED, DocumentRow, Documents
from hazard_desk.books.documents.together import to_notice
from hazard_desk.books.hazards.steps import Steps
from hazard_desk.books.informants import ENTRY, ERASED, InformantRow, P
from hazard_desk.books.kit.gaps import UNDATED
from hazard_desk.books.kit.ledger import AnyLedger
from hazard_desk.books.kit.protected import ProtectedLedger
from hazard_desk.books.kit.query import Query
from hazard_desk.books.rewards import PENALTY, RewardRow, Rewards
from hazard_desk.books.tips import TRUE, TipRow, Tips
from hazard_desk.books.units.book import Units
from hazard_desk.books.units.sectors import Sectors
from hazard_desk.rules.fields import Field, Kind, Row
from hazard_desk.rules.states import State
from hazard_desk.store.acts import Change
from hazard_desk.store.columns import name_of
from ui.forms.entering import entry_form, finding_form
from ui.forms.form_dialog import FormDialog
from ui.panes.division_panes import SectorPane, UnitPane
from ui.panes.record_pane import AnyPane, RecordPane
from ui.panes.record_papers import issue_paper, preview_record, report_of
from ui.panes.record_view import RecordView
from ui.sealing import ask_code, ask_erase
from ui.widgets.basics import button, card, label
from ui.widgets.chip import Chip
from ui.widgets.layouts import Stretch, across, down


class CheckPane(RecordPane[CheckRow]):
    """A check with what it found; each finding becomes a hazard in one move."""

    def extra(self, layout: QVBoxLayout, body: QWidget, record: CheckRow) -> None:
        frame, inside = card(body, "发现的问题")
        checks = self.office.desk.checks
        for finding in checks.findings(record.id):
            line = across(Chip(finding.level, frame), Stretch(), self._state_of(finding, frame))
            told = label(f"{finding.place}：{finding.description}", frame, wrap=True)
            inside.addLayout(down(line, told, gap=4))
        add = button("登记发现的问题", frame, self.add_finding, "plus", "quiet")
        acts = across(add)
        if waiting := to_notice(self.office.desk.hazards, record.id):
            report = report_of(self.office, Steps.NOTICE_RECTIFY.paper)
            what = f"编发{report.title}（{len(waiting)}条隐患）…"
            acts.addWidget(button(what, frame, partial(issue_paper, self.office, report, waiting[0], self)))
        acts.addStretch(1)
        inside.addLayout(acts)
        layout.addWidget(frame)

    def add_finding(self) -> None:
        """Open the form for one thing that the check found."""
        if self.record is not None:
            finding_form(self.office, self.record.id, self).open()

    def make_hazard(self, finding: int) -> None:
        """Open the form of the hazard that a finding becomes, filled with what the check knows."""
        checks, hazards = self.office.desk.checks, self.office.desk.hazards
        make = partial(checks.make_hazard, finding)
        known = checks.hazard_values(finding)
        entry_form(self.office, hazards, self, known, "登记为隐患", make, about=f"finding/{finding}").open()

    def _state_of(self, finding: FindingRow, frame: QWidget) -> QWidget:
        hazard = self.office.desk.hazards.get(finding.hazard_id) if finding.hazard_id else None
        if hazard is None or hazard.state == State.VOID:
            return button("登记为隐患", frame, partial(self.make_hazard, finding.id))
        open_it = partial(self.open_record.emit, f"{self.office.desk.hazards.id}/{hazard.id}")
        return button(hazard.number, frame, open_it, role="link")


class InformantPane(RecordPane[P]):
    """A record with an informant: masked, shown whole only for a reason that is noted."""

    ledger: ProtectedLedger[P]
    _told: InformantRow
    """The informant, from the look to the dialog."""

    def reveal(self) -> None:
        """Ask why, then show the informant; the look is kept in the audit trail."""
        if self.record is None:
            return
        number = self.record.id
        why = Field("reason", "查看事由", Kind.LONG, required=True, help="查看人、时间和原因都会记录在案")

        def save(values: Row) -> Change:
            self._told, change = self.ledger.reveal(number, str(values[why.name]))
            return change

        dialog = FormDialog(self.office, "查看举报人信息", (why,), save, self, keep_draft=False)
        dialog.saved.connect(self._show_informant)
        dialog.open()

    def _show_informant(self) -> None:
        note = "请注意保密。本次查看已记录在案。"
        RecordView("举报人信息", ENTRY, self._told, self, note).open()
        self._told = InformantRow()

    def erase(self) -> None:
        """Say what it means to erase the informant, ask why, and do it."""
        if self.record is not None:
            ask_erase(self.office, self.ledger.id, self.record.id, self)

    def ask_code(self) -> None:
        """Ask for the recovery code that this computer lacks."""
        ask_code(self.office, self)

    def more_acts(self, acts: QWidget, record: P) -> list[QWidget]:
        if not record.informant_id or record.informant == ERASED:
            return []
        look = (
            button("输入恢复码", acts, self.ask_code)
            if self.office.desk.seal.locked
            else button("查看举报人", acts, self.reveal)
        )
        return [look, button("抹去举报人", acts, self.erase)]


class TipPane(InformantPane[TipRow]):
    """A report of the public; what was found true becomes a hazard and a reward."""

    def more_acts(self, acts: QWidget, record: TipRow) -> list[QWidget]:
        made = super().more_acts(acts, record)
        if record.verified in TRUE:
            made.append(button("登记为隐患", acts, self.make_hazard))
            if not record.rewarded:
                made.append(button("登记举报奖励", acts, self.make_reward))
        return made

    def make_hazard(self) -> None:
        """Open the form of the hazard that was reported."""
        if self.record is not None:
            tips, hazards, number = self.office.desk.tips, self.office.desk.hazards, self.record.id
            make = partial(tips.make_hazard, number)
            known, about = tips.hazard_values(number), f"{tips.id}/{number}"
            entry_form(self.office, hazards, self, known, "登记为隐患", make, about=about).open()

    def make_reward(self) -> None:
        """Open the form of the reward; the informant comes with the report, unseen."""
        if self.record is not None:
            tips, rewards, number = self.office.desk.tips, self.office.desk.rewards, self.record.id
            fields = [field for field in rewards.entry_fields() if not field.sensitive]
            make = partial(tips.make_reward, number)
            self.ask_record("登记举报奖励", rewards, make, tips.reward_values(number), fields)


class RewardPane(InformantPane[RewardRow]):
    """A reward or penalty; two penalties of one case are tied together (一案双罚)."""

    def more_acts(self, acts: QWidget, record: RewardRow) -> list[QWidget]:
        made = super().more_acts(acts, record)
        if record.paired:
            made.append(button("取消一案双罚", acts, self.unpair))
        elif record.kind == PENALTY and record.target_kind in ("单位", "个人"):
            made.append(button("关联一案双罚", acts, self.pair))
        return made

    def pair(self) -> None:
        """Choose the other penalty of the case."""
        if self.record is None:
            return
        rewards, one = self.office.desk.rewards, self.record
        other_kind = "个人" if one.target_kind == "单位" else "单位"
        where = {name_of(RewardRow.kind): PENALTY, name_of(RewardRow.target_kind): other_kind}
        names = {
            f"{row.happened_on or UNDATED} {row.target} {row.number}".strip(): row.id
            for row in rewards.select(Query(where=where))
            if not row.paired
        }
        if not names:
            self.office.notice(f"没有可以关联的对{other_kind}的行政处罚，请先登记")
            return
        choice = Field("other", f"对{other_kind}的处罚", Kind.CHOICE, required=True, choices=tuple(names))

        def save(values: Row) -> Change:
            ids = (one.id, names[str(choice.read(values[choice.name], self.office.today))])
            return rewards.pair(*(ids if one.target_kind == "单位" else ids[::-1]))

        FormDialog(self.office, "一案双罚", (choice,), save, self, keep_draft=False).open()

    def unpair(self) -> None:
        """Untie the two penalties."""
        if self.record is not None:
            self.office.attempt(partial(self.office.desk.rewards.unpair, self.record.id), self)


class DocumentPane(RecordPane[DocumentRow]):
    """A document issued: printed again, or voided; its number is never taken out."""

    removes = False

    def more_acts(self, acts: QWidget, record: DocumentRow) -> list[QWidget]:
        if record.state == VOIDED:
            return []
        made: list[QWidget] = [button("作废", acts, self.void)]
        if record.report:
            made.append(button("再印一份", acts, self.print_again, "print"))
        return made

    def void(self) -> None:
        """Ask why the document is voided."""
        if self.record is not None:
            documents, number = self.office.desk.documents, self.record.id

            def save(values: Row) -> Change:
                return documents.void(number, str(values[name_of(DocumentRow.void_reason)]))

            title = f"{self.record.number} 作废"
            FormDialog(self.office, title, documents.void_fields, save, self, keep_draft=False).open()

    def print_again(self) -> None:
        """Print the document as it was numbered."""
        if self.record is not None:
            report = report_of(self.office, self.record.report)
            preview_record(self.office, report, self.record, self, self.record.number)


PANES: dict[type[AnyLedger], type[AnyPane]] = {
    Checks: CheckPane,
    Tips: TipPane,
    Rewards: RewardPane,
    Documents: DocumentPane,
    Sectors: SectorPane,
    Units: UnitPane,
}
"""The books whose pane does more than show."""
