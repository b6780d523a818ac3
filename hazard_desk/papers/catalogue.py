"""The papers that the desk can print, by the name that the command line uses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial

from hazard_desk.books.catalogue import Books
from hazard_desk.books.checks.book import Checks
from hazard_desk.books.documents.book import DocumentRow
from hazard_desk.books.documents.issuing import kind_of_report
from hazard_desk.books.hazards.book import Hazards
from hazard_desk.books.hazards.steps import step_of_paper
from hazard_desk.books.hazards.tables import Hazard
from hazard_desk.books.kit.query import Query
from hazard_desk.books.rewards import Rewards
from hazard_desk.errors import Refused
from hazard_desk.papers.casefile.binding import case_paper, visit_paper
from hazard_desk.papers.facts.families.kinds import FAMILIES
from hazard_desk.papers.facts.families.ledger import ledger_facts
from hazard_desk.papers.model import Paper
from hazard_desk.papers.order import Order, order_for
from hazard_desk.papers.report import Report as Report
from hazard_desk.papers.telling import happened_of_text, lacks_of_text, tell_text, texts_in_use
from hazard_desk.papers.texts.manual import manual
from hazard_desk.papers.wording.kinds import LEDGER, bundled_texts
from hazard_desk.papers.wording.reading import ABOUT as ABOUT_BOOK
from hazard_desk.papers.wording.reading import BY_HAND, CASE, EMPTY, FORMATS, NAME
from hazard_desk.papers.wording.tree import PaperText
from hazard_desk.rules.dates import show_date
from hazard_desk.rules.fields import Field, Kind
from hazard_desk.rules.identifiers import id_said
from hazard_desk.store.columns import name_of

TEXT = ("pdf", "docx")
TABLE = ("pdf", "docx", "xlsx")
"""The formats of papers that are text, and of those that are one table."""
VISIT = "visit-papers"
"""All papers of one check; in a folder each is a file of its own."""


REPORT_FIELDS = (
    Field("id", "编号"),
    Field("title", "材料"),
    Field("formats", "格式", Kind.NAMES),
)


def _of_text(name: str, text: PaperText) -> Report:
    about = text.head.get(ABOUT_BOOK, "")
    formats = tuple(text.head[FORMATS].split()) if FORMATS in text.head else TEXT
    make, lacks = partial(tell_text, name), partial(lacks_of_text, name)
    signed, blank = BY_HAND in text.head, EMPTY in text.head
    told = Report(name, text.head[NAME], formats, make, about, lacks, signed, blank, words=name)
    return replace(told, case=text.head.get(CASE, ""), happened=partial(happened_of_text, name))


def told_reports(books: Books) -> dict[str, Report]:
    """Return ``REPORTS`` as this desk calls them, and the papers of the office's own."""
    return REPORTS | dict(_of_texts(texts_in_use(books)))


def _of_texts(texts: Mapping[str, PaperText]) -> Iterator[tuple[str, Report]]:
    """Give out the papers that are made from a text by its name; those of a family are not."""
    for name, text in texts.items():
        if text.head.get(ABOUT_BOOK, "") not in FAMILIES:
            yield name, _of_text(name, text)


def _of_rows(name: str, ledger: str, title: str) -> Report:
    """The rows of a ledger: one text tells them all."""

    def make(books: Books, order: Order) -> Paper:
        told = ledger_facts(books.ledger(ledger), order)
        return tell_text(LEDGER, books, replace(order, given={FAMILIES[LEDGER].root: told}))

    return Report(name, title, TABLE, make, words=LEDGER, rows=ledger)


def _of_cases() -> Iterator[Report]:
    """Give out the papers that put the others together."""
    for name, title, ledger in (("hazard", "隐患案卷", Hazards.id), ("check", "检查案卷", Checks.id)):
        make = partial(case_paper, reports=told_reports, ledger=ledger)
        yield Report(f"case-{name}", title, TEXT, make, ledger, bound=True)
    visit = partial(visit_paper, reports=told_reports)
    yield Report(VISIT, "全套检查文书", TEXT, visit, Checks.id, bound=True)


REPORTS = {
    report.id: report
    for report in (
        _of_rows("hazard-ledger", Hazards.id, "隐患台账"),
        *dict(_of_texts(bundled_texts())).values(),
        *_of_cases(),
        Report("manual", "使用手册", TEXT, manual),
    )
}


ABOUT = frozenset(report.about for report in REPORTS.values() if report.about)
"""The ledgers one record of which a paper can be about."""


def reports_of(books: Books) -> dict[str, Report]:
    """Return all papers of a desk: ``REPORTS``, the office's own, every other ledger by its own name."""
    others = [ledger for ledger in books.ledgers.values() if not ledger.paper]
    made = [_of_rows(ledger.id, ledger.id, ledger.title) for ledger in others]
    return told_reports(books) | {report.id: report for report in made}


def find_report(books: Books, name: str) -> Report:
    """Return the report with this id; ``Refused`` with the known ones."""
    reports = reports_of(books)
    if name not in reports:
        known = "、".join(f"{report.id}（{report.title}）" for report in reports.values())
        raise Refused(f"没有“{name}”这种材料，可用的有：{known}")
    return reports[name]


def reports_about(books: Books, ledger: str, number: int) -> list[Report]:
    """Return the papers that can be printed about a record now.

    One whose issue is a step of the hazard is printed once it was issued, with its number.
    """
    found = [report for report in told_reports(books).values() if report.about == ledger and not report.bound]
    row = books.hazards.get(number) if ledger == books.hazards.id else None
    return [report for report in found if _issued_of(row, report) and not report.lacks(books, number)]


def _issued_of(row: Hazard | None, report: Report) -> bool:
    """Whether a paper is no step of a hazard, or its number stands in the hazard."""
    step = step_of_paper(report.id)
    return row is None or step is None or step.number is None or bool(row[name_of(step.number)])


def issuable(books: Books, ledger: str, number: int) -> list[Report]:
    """Return the papers that can be issued about a record now: what is printable.

    One whose issue is a step of the hazard is not among them: it is issued by taking the step.
    """
    return [
        report
        for report in told_reports(books).values()
        if report.about == ledger and kind_of_report(report.id) and step_of_paper(report.id) is None
        if not report.lacks(books, number)
    ]


def order_of(books: Books, report: Report, number: str, query: Query) -> Order:
    """Return the order for a paper whose record ``number`` picks: its number or id, or a document's number.

    Raises ``Refused`` when there is no such record, or when it has no such paper yet.
    """
    if query.columns and not report.rows:
        raise Refused(f"“{report.title}”的栏目是固定的，不能选择；台账才能选栏目")
    if report.rows and query.as_of and query.as_of > books.today:
        raise Refused(f"{show_date(query.as_of)}还没有到，“{report.title}”只能印到今天")
    if number and not report.about and not kind_of_report(report.id):
        raise Refused(f"“{report.title}”写的不是哪一条记录，也不编文号，请去掉编号再打印")
    if not report.about:
        return order_for(query, document=_issued(books, report, number) if number else None)
    if report.blank and not number:
        return order_for(query)
    record = record_of(books, report, number)
    if report.about != books.documents.id and _voided(books, number):
        raise Refused(f"{number}已作废，不再打印；重新编发的请用新的文号")
    documents = books.documents.about_record(f"{report.about}/{record}", report.id)
    if not documents and (sentence := report.lacks(books, record)):  # what was issued is printed again
        raise Refused(sentence)
    named = [document for document in documents if document.number == number]
    document = next(iter(named or documents), None)
    return order_for(query, record, document, "" if document else _number_held(books, report, record))


def _number_held(books: Books, report: Report, record: int) -> str:
    """Return the number of a paper that is not in the register, as its record holds it; no voided one."""
    step = step_of_paper(report.id)
    held = ""
    if step is not None and step.number is not None:
        held = str(books.hazards.get(record)[name_of(step.number)])
    elif report.about == Rewards.id:
        held = str(books.rewards.get(record).number)
    return "" if _voided(books, held) else held


def _voided(books: Books, number: str) -> bool:
    """Whether a number is that of a document that was voided."""
    found = books.documents.find(number) if number else None
    return found is not None and books.documents.get(found).voided_on is not None


def record_of(books: Books, report: Report, number: str) -> int:
    """Return the id of the record that ``number`` picks for a paper, or ``Refused``; 0 for one about all."""
    if not report.about:
        return 0
    if not number:
        noun = books.ledger(report.about).noun
        raise Refused(f"“{report.title}”须写明是哪一条{noun}，请用 --number 加上编号")
    return record_numbered(books, report.about, number)


def record_numbered(books: Books, about: str, number: str) -> int:
    """Return the id of the record that ``number`` picks in the book ``about``, or ``Refused``."""
    ledger = books.ledger(about)
    record = _id_of(books, about, number)
    if not ledger.rows([record]):
        raise Refused(f"没有编号为“{number}”的{ledger.noun}，请核对")
    return record


def _id_of(books: Books, about: str, number: str) -> int:
    """Return the id that a number means: a hazard's, that of a document's record, the id itself; else 0."""
    document = books.documents.find(number)
    if document and about == books.documents.id:
        return document
    ledger, _, record = (books.documents.get(document).record if document else "").partition("/")
    if ledger == about:
        return int(record)
    if about == books.hazards.id and (found := books.hazards.find(number)):
        return found
    return id_said(number)


def _issued(books: Books, report: Report, number: str) -> DocumentRow:
    """Return the document with this number that is such a paper."""
    found = books.documents.find(number)
    row = books.documents.get(found) if found else None
    if row is None or row.report != report.id:
        raise Refused(f"发文登记里没有文号为“{number}”的{report.title}，请核对")
    return row
