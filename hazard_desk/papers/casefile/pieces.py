"""What belongs in a case file, piece by piece in order, and what it lacks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from hazard_desk.books.attachments import AFTER, BEFORE, SIGNED, AttachmentRow
from hazard_desk.books.catalogue import Books
from hazard_desk.books.checks.book import CheckRow
from hazard_desk.books.documents.book import DocumentRow
from hazard_desk.books.hazards.lamps import missing
from hazard_desk.books.hazards.law import on_the_spot
from hazard_desk.books.hazards.steps import step_of_paper
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.books.kit.query import Query
from hazard_desk.books.rewards import REPORT_REWARD, RewardRow
from hazard_desk.papers.model import Paper, Photos, Signature
from hazard_desk.papers.order import order_for
from hazard_desk.papers.report import Report
from hazard_desk.papers.texts.phrases import BLANK_DATE, day, signing_office
from hazard_desk.papers.wording.reading import AS_PRINTED, OF_VISIT
from hazard_desk.rules.fields import Kind
from hazard_desk.rules.states import State
from hazard_desk.store.columns import fields_of, name_of
from hazard_desk.store.files import FileState

CARD, NOTICE, RECHECK = "hazard-card", "notice-rectify", "notice-recheck"
_DRAWN = (".pdf",)
_DATED = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")

Reports = Mapping[str, Report]


@dataclass(frozen=True)
class CasePiece:
    """One piece of a case file (一件): a paper, the signed copies of one, photos, or files that came.

    ``paper`` is printed where there is no file that takes its place.
    """

    title: str
    on: date | None
    maker: str
    number: str = ""
    paper: Paper | None = None
    files: tuple[AttachmentRow, ...] = ()
    photos: bool = False

    @property
    def told(self) -> str:
        """What the contents remark of it."""
        if self.photos:
            return f"照片{len(self.files)}张"
        return "扫描件" if self.files else "打印件"


@dataclass(frozen=True)
class Lacking:
    """What a case file lacks; where it is a signed copy, of which record (ledger/id), paper and document."""

    told: str
    record: str = ""
    report: str = ""
    document: int | None = None
    called: str = ""
    """How the paper is called."""


@dataclass
class CaseFile:
    """A case file before it is bound."""

    title: str
    facts: tuple[tuple[str, str], ...]
    """What the cover says of it: label and words."""
    pieces: list[CasePiece] = field(default_factory=list)
    lacking: list[Lacking] = field(default_factory=list)
    apart: list[AttachmentRow] = field(default_factory=list)
    """Files that cannot be bound: sheets, texts, what is lost."""

    @property
    def papers(self) -> list[Paper]:
        """The papers among the pieces."""
        return [piece.paper for piece in self.pieces if piece.paper]


def visit_of(books: Books, reports: Reports, record: int) -> CaseFile:
    """Return all papers that one visit (a check) yields now, to be signed, and what is not issued yet.

    Signed copies, photos and files are not among them.
    """
    return _Gathering(books, reports).of_visit(books.checks.get(record))


def case_of(books: Books, reports: Reports, ledger: str, record: int) -> CaseFile:
    """Return the case file of a hazard or a check. ``Refused`` where there is none."""
    gathering = _Gathering(books, reports)
    if ledger == books.checks.id:
        return gathering.of_check(books.checks.get(record))
    return gathering.of_hazard(books.hazards.get(record))


class _Gathering:
    def __init__(self, books: Books, reports: Reports) -> None:
        self._books = books
        self._reports = reports
        self._office = signing_office(books)
        self._used: set[int] = set()
        """Attachments that have their place."""
        self._documents: set[int] = set()

    def of_hazard(self, row: Hazard) -> CaseFile:
        """The case of one hazard, with the check that found it."""
        found = CaseFile(_hazard_title(row), tuple(_hazard_facts(row)))
        check = self._books.checks.rows([row.check_id]) if row.check_id else []
        records = [(self._books.checks.id, one.id) for one in check]
        dated = [piece for record in records for piece in self._papers_of(*record, found)]
        dated += self._hazard_papers(row, found)
        self._add(found, dated, [*records, (self._books.hazards.id, row.id)])
        if row.state != State.CLOSED:
            found.lacking.append(Lacking(f"{row.number}现为“{row.state}”，还没有销号"))
        return found

    def of_check(self, row: CheckRow) -> CaseFile:
        """The case of one check, with all hazards that it found."""
        found = CaseFile(_check_title(row), tuple(_check_facts(row)))
        dated = self._papers_of(self._books.checks.id, row.id, found)
        hazards = self.hazards_of(row)
        for hazard in hazards:
            dated += self._hazard_papers(hazard, found)
        records = [(self._books.hazards.id, one.id) for one in hazards]
        self._add(found, dated, [(self._books.checks.id, row.id), *records])
        for hazard in hazards:
            if hazard.state != State.CLOSED:
                found.lacking.append(Lacking(f"{hazard.number}现为“{hazard.state}”，还没有销号"))
        return found

    def of_visit(self, row: CheckRow) -> CaseFile:
        """The papers of a check and of the hazards that it found, each once."""
        found = CaseFile(f"{row.unit_name}检查文书", ())
        found.pieces += self._all_papers(self._books.checks.id, row.id)
        for hazard in self.hazards_of(row):
            found.pieces += self._all_papers(self._books.hazards.id, hazard.id)
            of = f"{self._books.hazards.id}/{hazard.id}"
            found.lacking += [Lacking(told, of, report) for report, told in self._not_issued(hazard)]
        return found

    def _all_papers(self, ledger: str, record: int) -> Iterator[CasePiece]:
        """What can be printed about a record now; of what was issued each document."""
        issued = self._books.documents.about_record(f"{ledger}/{record}")[::-1]
        for report in self._reports.values():
            if report.about != ledger or report.id == CARD or report.bound:
                continue
            documents: list[DocumentRow | None] = [row for row in issued if row.report == report.id]
            wanted = ledger == self._books.checks.id or report.case in (AS_PRINTED, OF_VISIT)
            ready = wanted and _ready(self._books, report, record)
            for document in documents or ([None] if ready else []):
                if document is None or document.id not in self._documents:
                    self._documents |= {document.id} if document else set()
                    yield self._piece(report, record, document)

    def hazards_of(self, row: CheckRow) -> list[Hazard]:
        """The hazards that a check found, those that were void left out."""
        ids = [one.hazard_id for one in self._books.checks.findings(row.id) if one.hazard_id]
        return [one for one in self._books.hazards.rows(ids) if one.state not in (State.VOID, State.MERGED)]

    def _add(self, found: CaseFile, pieces: list[CasePiece], records: Sequence[tuple[str, int]]) -> None:
        """Put pieces in order: cards first, papers by their day, then photos and files."""
        cards = self._reports[CARD].title
        pieces.sort(key=lambda piece: (not piece.title.startswith(cards), piece.on or date.max))
        found.pieces += pieces
        for ledger, record in records:
            found.pieces += self._photos(ledger, record, found)
        for ledger, record in records:
            found.pieces += self._files(ledger, record, found)

    # Papers

    def _hazard_papers(self, row: Hazard, found: CaseFile) -> list[CasePiece]:
        ledger = self._books.hazards.id
        pieces = [_without_photos(self._piece(self._reports[CARD], row.id, None))]
        pieces += self._papers_of(ledger, row.id, found)
        for penalty in self._penalties(row):
            pieces += self._papers_of(self._books.rewards.id, penalty.id, found)
        found.lacking += [Lacking(told) for told in self._not_done(row)]
        return pieces

    def _penalties(self, row: Hazard) -> list[RewardRow]:
        """What was written to others for this hazard; never what was paid to an informant."""
        rewards = self._books.rewards
        rows = rewards.select(Query(where={name_of(RewardRow.hazard_number): row.number}))
        return [one for one in rows if one.kind != REPORT_REWARD and not one.tip_id and not one.informant_id]

    def _papers_of(self, ledger: str, record: int, found: CaseFile) -> list[CasePiece]:
        """The papers about a record: those issued, those that can be printed, those that came back signed."""
        issued = self._books.documents.about_record(f"{ledger}/{record}")[::-1]
        kept = self._signed(f"{ledger}/{record}", issued)
        pieces = []
        for report in self._reports.values():
            if report.about != ledger or report.id == CARD or report.bound:
                continue
            documents: list[DocumentRow | None] = [row for row in issued if row.report == report.id]
            ready = report.case == AS_PRINTED and _ready(self._books, report, record)
            came = any(row.paper == report.id for row in kept)
            for document in documents or ([None] if ready or came else []):
                if document is None or document.id not in self._documents:
                    pieces.append(self._signed_or_printed(report, record, document, kept, found))
        for row in issued:
            if not row.report:
                found.lacking.append(
                    Lacking(f"{row.number}《{row.title}》不是这里生成的，请把扫描件加到附件")
                )
        return pieces

    def _signed(self, record: str, issued: Sequence[DocumentRow]) -> list[AttachmentRow]:
        """The signed copies on a record, and those of its documents that lie on another one named there."""
        names = dict.fromkeys((record, *(name for row in issued for name in (row.record, *row.besides))))
        documents = {row.id for row in issued}
        found = []
        for name in names:
            ledger, _, number = name.partition("/")
            rows = self._books.attachments.of(ledger, int(number)) if number else []
            found += [row for row in rows if row.paper and (name == record or row.document in documents)]
        return found

    def _signed_or_printed(
        self,
        report: Report,
        record: int,
        document: DocumentRow | None,
        kept: Iterable[AttachmentRow],
        found: CaseFile,
    ) -> CasePiece:
        """A paper: its signed copies where they are kept; else it is printed, and they are missing."""
        number = document.id if document else None
        if number:
            self._documents.add(number)
        copies = tuple(
            row for row in kept if row.paper == report.id and row.document in (number, None) and _there(row)
        )
        self._used |= {row.id for row in copies}
        piece = self._piece(report, record, document, copies)
        if report.signed and not copies:
            called = piece.title if piece.number in ("", piece.title) else f"{piece.title}（{piece.number}）"
            told, of = f"{called}没有签字扫描件", f"{report.about}/{record}"
            found.lacking.append(Lacking(told, of, report.id, number, called))
        return piece

    def _piece(
        self,
        report: Report,
        record: int,
        document: DocumentRow | None,
        copies: tuple[AttachmentRow, ...] = (),
    ) -> CasePiece:
        books = self._books
        paper = report.paper(books, order_for(Query(), record, document))
        maker, on = _signed_by(paper)
        if report.about == books.checks.id:
            on = on or books.checks.get(record).checked_on
        number = document.number if document else ""
        on = document.issued_on if document else on
        title = paper.title.replace("\n", "")
        return CasePiece(title, on, maker or self._office, number, paper, copies)

    def _not_done(self, row: Hazard) -> Iterator[str]:
        """What should have been done or issued by now."""
        for lamp in missing(row.state, row, self._books.hazards.asks()):
            yield f"{row.number}缺“{lamp.label}”{lamp.said}"
        yield from (told for _, told in self._not_issued(row))

    def _not_issued(self, row: Hazard) -> Iterator[tuple[str, str]]:
        """Which notice should have been issued by now, and the sentence that says so."""
        if on_the_spot(row):
            return
        if not row.notice_number and not row.handed_to:
            yield NOTICE, f"{row.number}没有编发{self._reports[NOTICE].title}"
        if row.rechecked_on and not row.recheck_number:
            yield RECHECK, f"{row.number}已复查，没有编发{self._reports[RECHECK].title}"

    # Photos and files

    def _photos(self, ledger: str, record: int, found: CaseFile) -> Iterator[CasePiece]:
        rows = self._books.attachments.of(ledger, record)
        photos = [row for row in rows if row.is_photo and row.label != SIGNED and row.id not in self._used]
        self._used |= {row.id for row in photos}
        if ledger == self._books.hazards.id:
            hazard = self._books.hazards.get(record)
            called = f"整改前后照片（{hazard.number}）"
            labels = {row.label for row in photos}
            for label, asked in ((BEFORE, True), (AFTER, hazard.rectified_on is not None)):
                if asked and label not in labels:
                    found.lacking.append(Lacking(f"{hazard.number}没有{label}"))
        else:
            called = "现场照片"
        there = tuple(row for row in photos if _there(row))
        found.apart += [row for row in photos if not _there(row)]
        if there:
            yield CasePiece(called, _last_day(there), self._office, files=there, photos=True)

    def _files(self, ledger: str, record: int, found: CaseFile) -> Iterator[CasePiece]:
        for row in self._books.attachments.of(ledger, record):
            if row.id in self._used:
                continue
            if _there(row) and (row.suffix in _DRAWN or row.is_photo):
                title = row.note or row.name.rpartition(".")[0] or row.name
                yield CasePiece(title, _last_day((row,)), "", files=(row,))
            else:
                found.apart.append(row)


def _ready(books: Books, report: Report, record: int) -> bool:
    """Whether a paper can be printed now, and what it tells of has happened."""
    if report.lacks(books, record) or not report.happened(books, record):
        return False
    step = step_of_paper(report.id) if report.about == books.hazards.id else None
    return step is None or step.number is None or bool(books.hazards.get(record)[name_of(step.number)])


def _without_photos(card: CasePiece) -> CasePiece:
    """The photos are a piece of their own; a card need not show them again."""
    if card.paper is None:
        return card
    blocks = tuple(block for block in card.paper.blocks if not isinstance(block, Photos))
    return replace(card, paper=replace(card.paper, blocks=blocks))


def _there(row: AttachmentRow) -> bool:
    return row.state == FileState.SOUND


def _last_day(rows: Sequence[AttachmentRow]) -> date | None:
    days = [(row.taken_on or row.added_at) for row in rows]
    return max((day.date() for day in days if day), default=None)


def _signed_by(paper: Paper) -> tuple[str, date | None]:
    """Who signs a paper, and its date, as its last signature says, or else the paper itself."""
    signatures = [block for block in paper.blocks if isinstance(block, Signature)]
    issuer, told = (signatures[-1].issuer, signatures[-1].date) if signatures else ("", paper.dated)
    dated = _DATED.search(told)
    return issuer.strip("＿"), date(*map(int, dated.groups())) if dated else None


def _hazard_title(row: Hazard) -> str:
    return f"{row.unit_name or row.place}{row.level}事故隐患整治案卷"


def _hazard_facts(row: Hazard) -> Iterator[tuple[str, str]]:
    for shown in _OF_HAZARD:
        yield shown.label, shown.show(row[shown.name])
    until = day(row.signed_off_on) if row.signed_off_on else BLANK_DATE
    yield "起止日期", f"{day(row.found_on)}至{until}"


def _check_title(row: CheckRow) -> str:
    return f"{row.unit_name}{row.kind}检查案卷"


def _check_facts(row: CheckRow) -> Iterator[tuple[str, str]]:
    for shown in _OF_CHECK:
        on = row.checked_on if shown.kind is Kind.DATE else None
        yield shown.label, day(on) if on else shown.show(row[shown.name])


_OF_HAZARD = fields_of(
    Hazard.unit_name,
    Hazard.number,
    Hazard.place,
    Hazard.level,
    Hazard.source,
    Hazard.state,
)
_OF_CHECK = fields_of(CheckRow.unit_name, CheckRow.checked_on, CheckRow.kind, CheckRow.inspectors)
