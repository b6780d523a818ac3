"""A paper whose words are a text: the text in use, told with what the books know."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from hazard_desk.books.catalogue import Books
from hazard_desk.errors import Refused, RefusedFields
from hazard_desk.papers.facts.families.kinds import FAMILIES
from hazard_desk.papers.facts.roots import ABOUTS, OF_BOOKS, facts_for, facts_of_none
from hazard_desk.papers.model import Paper
from hazard_desk.papers.order import Order
from hazard_desk.papers.own.keeping import kept_file, paper_of_file
from hazard_desk.papers.texts.tables import mark_of
from hazard_desk.papers.wording.checking import faults
from hazard_desk.papers.wording.kinds import CHANGED, LEDGER, OURS, OWN, bundled_texts
from hazard_desk.papers.wording.reading import ABOUT, ADDRESSEE, NAME, WORD_FILE, parse_text, words_of_head
from hazard_desk.papers.wording.telling import has_happened, lacks, paper_of
from hazard_desk.papers.wording.tree import PaperText
from hazard_desk.store.acts import Change


@dataclass(frozen=True)
class WordingState:
    """How it stands with the words of a paper; ``renewed``: the program's were changed since.

    ``broken`` says why the office's words cannot be told (any more), '' where they can.
    """

    id: str
    title: str
    state: str
    renewed: bool
    broken: str = ""


@lru_cache(maxsize=64)
def _kept(report: str, title: str, text: str) -> PaperText:
    """Return a text that is kept: what a desk holds from another program need not be readable here."""
    ours = bundled_texts().get(report)
    about = (ours.head if ours else words_of_head(text)).get(ABOUT, "")
    try:
        return _about_known(parse_text(text))
    except Refused as wrong:
        head = {NAME: title, ABOUT: about if about in ABOUTS else ""}
        return PaperText(head, {}, (), (), text, wrong.message)


def _about_known(read: PaperText) -> PaperText:
    """Return the text, if papers can be written about such records."""
    about = read.head.get(ABOUT, "")
    if about and about not in ABOUTS:
        raise Refused(f"“{ABOUT}：{about}”不是可以写文书的台账，可写{'、'.join(OF_BOOKS)}")
    return read


def texts_in_use(books: Books) -> dict[str, PaperText]:
    """Return the texts of all papers as this desk says them, those of the office's own last."""
    kept = books.wordings.all()
    own = {name: _kept(name, row.title, row.text) for name, row in kept.items()}
    return bundled_texts() | own


def text_in_use(books: Books, report: str) -> PaperText:
    """Return the text of a paper as this desk says it. ``Refused`` for a paper that is no text."""
    kept = books.wordings.of(report)
    if kept is not None:
        return _kept(report, kept.title, kept.text)
    return bundled_text(report)


def bundled_text(report: str) -> PaperText:
    """Return the text of a paper as it comes with the program. ``Refused`` for a paper that is no text."""
    if report not in bundled_texts():
        raise Refused(f"“{report}”没有可以修改的措辞；各台账共用“{LEDGER}”，其他见 wording 命令列出的材料")
    return bundled_texts()[report]


def tell_text(report: str, books: Books, order: Order) -> Paper:
    """Return the paper that the text in use, or the office's Word file, makes of the record of the order.

    ``Refused`` where the office's words cannot be told any more: a newer program may know other facts.
    """
    text = text_in_use(books, report)
    try:
        if text.broken:
            raise Refused(text.broken, "1")
        file = kept_file(books, report) if WORD_FILE in text.head else None
        return paper_of_file(books, file, text, order) if file else tell_with(books, text, order)
    except Refused as wrong:
        if books.wordings.of(report) is None or not (wrong.field.isdigit() or WORD_FILE in text.head):
            raise
        way = "点“改措辞”修改，或者恢复原文" if report in bundled_texts() else "点“改措辞”修改"
        raise Refused(f"“{text.head[NAME]}”的措辞现在排不出来，请{way}。{wrong.message}") from None


def tell_with(books: Books, text: PaperText, order: Order) -> Paper:
    """Return the paper that a text makes of the record of the order."""
    return paper_of(text, facts_for(books, text.head.get(ABOUT, ""), order, text), mark_of(books))


def addressee_of(books: Books, report: str, number: int) -> str | None:
    """Return to whom a paper usually goes, '' where nobody is named; None where its text leaves that."""
    text = texts_in_use(books).get(report)
    if text is None or ADDRESSEE not in text.said:
        return None
    facts = facts_for(books, text.head.get(ABOUT, ""), Order(record=number), text)
    return str(facts.part("文书").value("主送"))


def lacks_of_text(report: str, books: Books, number: int) -> str:
    """Return why there is no such paper of a record yet, '' where there is one or nobody can tell."""
    text = text_in_use(books, report)
    if not text.rules:
        return ""
    try:
        return lacks(text, facts_for(books, text.head.get(ABOUT, ""), Order(record=number)))
    except Refused:
        return ""  # printing it tells


def happened_of_text(report: str, books: Books, number: int) -> bool:
    """Whether what a paper tells of a record has happened; not where nobody can tell."""
    text = text_in_use(books, report)
    if text.happened is None:
        return True
    try:
        return has_happened(text, facts_for(books, text.head.get(ABOUT, ""), Order(record=number)))
    except Refused:
        return False


def wording_states(books: Books) -> list[WordingState]:
    """Return how it stands with the words of each paper that is a text."""
    return [wording_state(books, name) for name in texts_in_use(books)]


def wording_state(books: Books, report: str) -> WordingState:
    """Return how it stands with the words of one paper. ``Refused`` for a paper that is no text."""
    row, ours, text = books.wordings.of(report), bundled_texts().get(report), text_in_use(books, report)
    state = OURS if row is None else CHANGED if ours else OWN
    renewed = bool(row and ours and row.original != ours.text)
    return WordingState(report, text.head[NAME], state, renewed, _broken(books, text) if row else "")


def _broken(books: Books, text: PaperText) -> str:
    wrong = faults(text, facts_of_none(books, text.head.get(ABOUT, "")))
    return text.broken or (wrong[0].message if wrong else "")


def checked(books: Books, text: str) -> PaperText:
    """Return a text that can be told. Raises ``RefusedFields``: what is wrong, by the number of its line."""
    try:
        read = _about_known(parse_text(text))
    except Refused as wrong:
        raise RefusedFields({wrong.field or "1": wrong.message}) from None
    if WORD_FILE in read.head:
        raise RefusedFields({"1": f"措辞文本里不写“{WORD_FILE}：”，要用Word文件，请直接选择 .docx 文件"})
    wrong_names = faults(read, facts_of_none(books, read.head.get(ABOUT, "")))
    if wrong_names:
        lines = [one.field or "1" for one in wrong_names]
        told = {line: [one.message for one in wrong_names if one.field == line] for line in lines}
        raise RefusedFields({line: "；".join(dict.fromkeys(some)) for line, some in told.items()})
    return read


def use_wording(books: Books, report: str, text: str) -> Change:
    """Keep the office's text of a paper, or a paper of its own. Raises ``RefusedFields`` as ``checked`` does.

    What a paper is about stays: it is asked for from the records of that book. A family has one text.
    """
    read = checked(books, text)
    ours = bundled_texts().get(report)
    if ours is None and read.head.get(ABOUT, "") in FAMILIES:
        raise RefusedFields({"1": f"{ABOUTS[read.head[ABOUT]]}共用一份措辞，只能修改，不能另存为新材料"})
    if ours and read.head.get(ABOUT, "") != ours.head.get(ABOUT, ""):
        raise RefusedFields({"1": f"“{ABOUT}”这一行不能改，原为“{ours.head.get(ABOUT, '')}”"})
    return books.wordings.keep(report, read.head[NAME], read.text, ours.text if ours else "")
