"""发文登记: the register of documents issued. A number is drawn from its series and never given twice.

A document is not deleted: it is voided with its reason, and its number stays. Numbers that no row
holds are gaps, shown beside the row after them and listed by ``missing``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from functools import partial

import peewee
from peewee import fn

from hazard_desk.books.documents.articles import articles
from hazard_desk.books.documents.kinds import DOCUMENT_KINDS, SERIES, place_of_issuer
from hazard_desk.books.kit.gaps import TakenIn, odd_day
from hazard_desk.books.kit.judging import Batch, Telling
from hazard_desk.books.kit.ledger import TableLedger
from hazard_desk.books.kit.many import ManyDone, do_each
from hazard_desk.books.kit.numbering import Numbering, Place
from hazard_desk.books.kit.source import Source
from hazard_desk.books.plans.tables import PlanRow
from hazard_desk.errors import Refused
from hazard_desk.rules.dates import read_ledger_date
from hazard_desk.rules.fields import Field, Kind, Row, Value
from hazard_desk.rules.identifiers import serial_number, serial_number_parts
from hazard_desk.store.acts import Act, Change, Undo
from hazard_desk.store.cabinet import Cabinet
from hazard_desk.store.columns import JsonField, Record, column, field_of, fields_of, holds, name_of, names_of
from hazard_desk.store.tables import Noted
from hazard_desk.store.undo import refuse_changed

ISSUED, VOIDED = STATES = ("已印发", "已作废")


class DocumentRow(TakenIn, table="document", indexes=((("series", "year", "seq"), True),)):
    """One document issued, or one number voided.

    ``record`` is ledger/id of what it is about, ``besides`` those of what else it is about,
    ``report`` the paper that prints it.
    """

    year = peewee.IntegerField()
    series = peewee.TextField()
    record = peewee.TextField(default="", index=True)
    besides: JsonField[list[str]] = JsonField(default=list)
    report = peewee.TextField(default="")
    number = column("文号", given=True, unique=True, width=17, searched=True)
    kind = column("文种", Kind.CHOICE, required=True, choices=tuple(DOCUMENT_KINDS), width=8, index=True)
    seq = column(
        "序号", Kind.INTEGER, width=4, help="留空则编下一个号；补登以前印发的文件时填写原来的号", shown=False
    )
    title = column("标题", required=True, width=22, searched=True)
    issued_on = column("印发日期", Kind.DATE, required=True, width=7, index=True, now=True)
    addressee = column("主送", width=12, searched=True)
    copies = column("抄送", width=10, shown=False)
    basis = column(
        "依据条款",
        Kind.NAMES,
        width=14,
        shown=False,
        asks=("issued_on",),
        help="从法律法规的条款中选择，可选多条；空着的，文书里不写具体条款",
    )
    about = column("关联记录", given=True, width=12)
    voided_on = column("作废日期", Kind.DATE, given=True, width=7, shown=False)
    void_reason = column("作废原因", Kind.LONG, given=True, width=12, shown=False)
    remark = column("备注", Kind.LONG, width=10)
    state = column("状态", Kind.CHOICE, choices=STATES, width=5, computed=True)
    gap = column("之前缺号", width=8, computed=True)


_BASIS = name_of(DocumentRow.basis)
SECTOR = "sector"
"""Under what a form tells of which sector the records of a document are."""


class Documents(TableLedger[DocumentRow]):
    """The register of documents issued."""

    id = "documents"
    title = "发文登记"
    noun = "发文"
    why = "编了文号的通报、通知、整改文书记在这里，按年编号，不会重号"
    icon = "file"
    first_columns = names_of(DocumentRow.number, DocumentRow.title)
    evidence: Source | None = Source(
        DocumentRow.issued_on,
        DocumentRow.title,
        "paper",
        DocumentRow.report,
        sorts=lambda: {kind.report: f"印发{kind.title}" for kind in DOCUMENT_KINDS.values() if kind.report},
        valid=DocumentRow.voided_on.is_null(),
    )
    import_undo = Undo.PARTS
    """A number that a row drew stays, voided."""
    numbered_by = name_of(DocumentRow.seq)
    default_sort = f"-{name_of(DocumentRow.issued_on)}"
    table = DocumentRow
    cannot_lack = names_of(DocumentRow.kind, DocumentRow.issued_on)
    void_fields = (replace(field_of(DocumentRow.void_reason), given=False, required=True, width=20),)

    def __init__(self, cabinet: Cabinet, written: Sequence[peewee.Field[str]] = ()) -> None:
        """``written`` are the columns of other books in which the number of a document may stand."""
        super().__init__(cabinet)
        self._written = written
        self._numbering = Numbering(cabinet, DocumentRow, DocumentRow.number, _place)

    def add(self, values: Mapping[str, Value], record: str = "", about: str = "") -> Change:
        """Draw the next number and enter the document; ``record`` (ledger/id) is what it is about.

        A document issued before, outside the desk, is entered with its own ``seq``, and undo takes it out
        again; a number drawn stays, voided. Raises ``RefusedFields``.
        """
        undo = Undo.ROWS if values.get(name_of(DocumentRow.seq)) else Undo.NUMBER
        with self.cabinet.act("documents.add", self.id, undo) as act:
            row = self.read(values, None)
            row.record, row.about, row.besides = record, about, []
            self._draw(act, row)
        return act.result

    def also_about(self, number: int, record: str, about: str) -> Change:
        """Let a document be about another record too (ledger/id), called ``about``."""
        row = self.get(number)
        with self.cabinet.act("documents.also_about", self.id) as act:
            more = DocumentRow()
            more.besides, more.about = [*row.besides, record], f"{row.about}、{about}"
            act.update(DocumentRow, number, more)
            act.done(f"{row.number} 一并写明 {about}", number)
        return act.result

    def _draw(self, act: Act, row: DocumentRow) -> int:
        """Give a row the next number, or its own, and put it in; return its id."""
        self._number_it(row)
        number = act.insert(DocumentRow, row)
        act.done(f"编文号 {row.number}《{row.title}》", number)
        return number

    def wrong(self, row: DocumentRow, number: int | None) -> dict[str, str]:
        if not row.kind or row.issued_on is None:  # a sheet may lack them; it is not numbered then
            return {}
        if odd := odd_day(DocumentRow.issued_on, row, self.cabinet.clock.today, DocumentRow.remark):
            return odd
        return self._otherwise_numbered(row, self.get(number)) if number else self._misnumbered(row)

    def complete(self, row: DocumentRow, old: DocumentRow | None, batch: Batch) -> dict[str, str]:
        if old is not None:
            row.number = old.number
        return {}

    def unique(self, row: DocumentRow) -> Mapping[str, Hashable]:
        if row.seq is None or not row.kind or row.issued_on is None:
            return {}
        place = (DOCUMENT_KINDS[row.kind].series, row.issued_on.year, row.seq)
        return {name_of(DocumentRow.seq): place}

    def _refused(
        self, row: DocumentRow, problems: Mapping[str, str], telling: Telling, old: DocumentRow | None
    ) -> str:
        told = super()._refused(row, problems, telling, old)
        numbered = names_of(DocumentRow.kind, DocumentRow.seq, DocumentRow.issued_on)
        return told or next((problems[name] for name in numbered if name in problems), "")

    def _insert(self, act: Act, rows: Sequence[Record]) -> list[int]:
        """Each is numbered: undo takes out again one that brings its number, and voids one that draws it."""
        ids = []
        for row in map(DocumentRow, rows):
            undo = Undo.NUMBER if row.seq is None else Undo.ROWS
            with self.cabinet.act("documents.add", self.id, undo) as part:
                ids.append(self._draw(part, row))
        return ids

    def void(self, number: int, reason: str) -> Change:
        """Void a document; its number is kept and not given again. Raises ``Refused``."""
        row = self.get(number)
        told = self.void_fields[0].read(reason, self.cabinet.clock.today)
        if row.state == VOIDED:
            raise Refused(f"{row.number} 已经作废")
        with self.cabinet.act("documents.void", self.id) as act:
            voided = DocumentRow()
            voided.voided_on, voided.void_reason = self.cabinet.clock.today, str(told)
            act.update(DocumentRow, number, voided)
            act.done(f"{row.number} 作废", number)
        return act.result

    def void_many(self, ids: Sequence[int], reason: str) -> ManyDone:
        """Void documents in one act with one undo; those that are voided already are told."""
        named, title = self._named_rows(ids), "作废发文{}件".format
        return do_each(
            self.cabinet, self.id, "void_many", named, title, lambda number: self.void(number, reason)
        )

    def take_back(self, rows: Sequence[Noted]) -> None:
        """Void the documents whose numbers an act drew, for an undo. ``Refused`` where they changed since."""
        for row in rows:
            refuse_changed(self.cabinet, row)
            self.void(row["id"], "撤销印发")

    def remove(self, number: int) -> Change:
        raise Refused("文号不能删除，不再使用的请办理“作废”并写明原因")

    # Reading

    def options(self, name: str) -> list[str]:
        entered = super().options(name)
        return list(self._articles({}) | dict.fromkeys(entered, "")) if name == _BASIS else entered

    def options_for(self, name: str, row: Row) -> list[str]:
        """For the basis: the articles in force on the day of issue, for the sector that ``row`` tells."""
        return list(self._articles(row)) if name == _BASIS else super().options_for(name, row)

    def options_say(self, name: str) -> Mapping[str, str]:
        return self._articles({}) if name == _BASIS else super().options_say(name)

    def _articles(self, row: Row) -> dict[str, str]:
        """Return the articles that may be cited, each with its wording in short."""
        day, _ = read_ledger_date(
            str(row.get(name_of(DocumentRow.issued_on)) or ""), self.cabinet.clock.today
        )
        found = articles(self.cabinet, day or self.cabinet.clock.today, str(row.get(SECTOR) or ""))
        return {one.named: one.text for one in found}

    def move_with(self, act: Act, ledger: str, gone: int, stays: int) -> None:
        """Within the act that merges a record into another, take the documents about it over."""
        old, new = f"{ledger}/{gone}", f"{ledger}/{stays}"
        for row in self.cabinet.records(DocumentRow, DocumentRow.select().where(_is_about(old))):
            moved = DocumentRow()
            moved.record = new if row.record == old else row.record
            moved.besides = [new if other == old else other for other in row.besides]
            act.update(DocumentRow, row.id, moved)

    def about_record(self, record: str, report: str = "") -> list[DocumentRow]:
        """Return the standing documents about a record (ledger/id), latest first; of one paper if named."""
        wanted = _is_about(record) & DocumentRow.voided_on.is_null()
        if report:
            wanted &= DocumentRow.report == report
        select = DocumentRow.select().where(wanted)
        return self.finish_all(
            self.cabinet.records(
                DocumentRow, select.order_by(DocumentRow.issued_on.desc(), DocumentRow.id.desc())
            )
        )

    def missing(self) -> list[str]:
        """Return the numbers that no row holds between the first and the last of each series and year."""
        return [
            self._number(series, year, seq)
            for (series, year), seqs in sorted(self._seqs().items())
            for seq in range(min(seqs), max(seqs))
            if seq not in seqs
        ]

    def next_number(self, kind: str, year: int) -> str:
        """Return the number that the next document of this kind and year will get."""
        series = DOCUMENT_KINDS[kind].series
        return self._number(series, year, self._next(series, year))

    def finish_all(self, rows: list[DocumentRow]) -> list[DocumentRow]:
        seqs = self._seqs() if rows else {}
        for row in rows:
            row.state = VOIDED if row.voided_on else ISSUED
            row.gap = _gap(row.seq or 0, seqs[row.series, row.year])
        return rows

    def where(self, field: Field, wanted: Sequence[str]) -> peewee.Expression:
        if field.name != name_of(DocumentRow.state):
            return super().where(field, wanted)
        states = [field.read(state, self.cabinet.clock.today) for state in wanted]
        voided = DocumentRow.voided_on.is_null(False)
        found: peewee.Expression = (voided & (VOIDED in states)) | (~voided & (ISSUED in states))
        return found

    def filter_fields(self) -> tuple[Field, ...]:
        return (*super().filter_fields(), field_of(DocumentRow.state))

    # Inside

    def _misnumbered(self, row: DocumentRow) -> dict[str, str]:
        """Return what is wrong with the place in its series that a new row has or is to be given."""
        series, year = DOCUMENT_KINDS[row.kind].series, row.issued_on.year
        seq = row.seq if row.seq is not None else self._next(series, year)
        if seq < 1:
            return {name_of(DocumentRow.seq): "“序号”从1开始"}
        number = self._number(series, year, seq)
        if seq in self._seqs().get((series, year), set()):
            return {name_of(DocumentRow.seq): f"{number} 已经登记过，请核对序号"}
        if self.find(number) is not None:
            told = f"{number} 已用于另一种文件，请在设置中为各种文件写不同的文号样式"
            return {name_of(DocumentRow.kind): told}
        return {}

    def _number_it(self, row: DocumentRow) -> None:
        """Give a new row its place in its series."""
        kind, row.year = DOCUMENT_KINDS[row.kind], row.issued_on.year
        row.series, row.report = kind.series, kind.report
        row.seq = row.seq if row.seq is not None else self._next(kind.series, row.year)
        row.number = self._number(kind.series, row.year, row.seq)

    def _otherwise_numbered(self, row: DocumentRow, old: DocumentRow) -> dict[str, str]:
        """A number once given stays: what it follows from is not changed."""
        problems = {}
        for field in fields_of(DocumentRow.kind, DocumentRow.seq):
            if row[field.name] != old[field.name]:
                problems[field.name] = f"已编文号，“{field.label}”不能改；编错的请作废后重新编号"
        if row.issued_on.year != old.year:
            problems[name_of(DocumentRow.issued_on)] = f"文号是{old.year}年的，“印发日期”不能改到别的年份"
        return problems

    def _next(self, series: str, year: int) -> int:
        """Return the next serial of a series: past the last one, be it known to other books only."""
        pattern = self._pattern(series)
        elsewhere = {text for column in self._written for text in self._texts(column)}
        parts = [serial_number_parts(pattern, text) for text in elsewhere]
        of_it = (DocumentRow.series == series) & (DocumentRow.year == year)
        last = self.cabinet.scalar(DocumentRow.select(fn.MAX(DocumentRow.seq)).where(of_it)) or 0
        last = max([last, *(part[1] for part in parts if part and part[0] == year)])
        return self._numbering.next((series, year), partial(serial_number, pattern, year), last, elsewhere)

    def _texts(self, column: peewee.Field[str]) -> list[str]:
        return self.cabinet.column(column.model.select(column).where(column != ""))

    def _number(self, series: str, year: int, seq: int) -> str:
        return serial_number(self._pattern(series), year, seq)

    def _pattern(self, series: str) -> str:
        return self.cabinet.setting(SERIES[series].setting) or SERIES[series].pattern(self._place())

    def _place(self) -> str:
        plan = PlanRow.select(PlanRow.issuer).where(PlanRow.id == int(self.cabinet.setting("plan")))
        return place_of_issuer(str(self.cabinet.scalar(plan)))

    def _seqs(self) -> dict[tuple[str, int], set[int]]:
        found: dict[tuple[str, int], set[int]] = defaultdict(set)
        asked = DocumentRow.select(DocumentRow.series, DocumentRow.year, DocumentRow.seq)
        for row in self.cabinet.records(DocumentRow, asked):
            found[row.series, row.year].add(row.seq or 0)
        return found


def _is_about(record: str) -> peewee.Expression:
    """The documents about a record, alone or among others."""
    found: peewee.Expression = (DocumentRow.record == record) | holds(DocumentRow.besides, record)
    return found


def _place(row: DocumentRow) -> Place:
    return row.series, row.year, row.seq or 0


def _gap(seq: int, seqs: set[int]) -> str:
    """Return which numbers are missing right before ``seq``: 缺3号, 缺3—5号; none before the first."""
    before = max((other for other in seqs if other < seq), default=None)
    if before is None or before == seq - 1:
        return ""
    return f"缺{before + 1}号" if before == seq - 2 else f"缺{before + 1}—{seq - 1}号"
