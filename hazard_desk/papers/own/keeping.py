"""Word files of the office's own, kept in the desk: taken in when they can be filled, made into papers."""

from __future__ import annotations

from dataclasses import dataclass

from hazard_desk.books.attachments import FILE as FILE_LABEL
from hazard_desk.books.catalogue import Books
from hazard_desk.books.documents.wordings import WORDINGS
from hazard_desk.errors import Refused, RefusedFields
from hazard_desk.papers.facts.roots import OF_BOOKS, facts_for, facts_of_none
from hazard_desk.papers.model import Paper, Space
from hazard_desk.papers.order import Order
from hazard_desk.papers.own.back import blocks_of, is_large, lies_across, not_told
from hazard_desk.papers.own.filling import check_file, file_with_mark, filled_file, word_document
from hazard_desk.papers.texts.tables import mark_of
from hazard_desk.papers.wording.facts import Scope
from hazard_desk.papers.wording.kinds import bundled_texts
from hazard_desk.papers.wording.reading import (
    ABOUT,
    BY_HAND,
    FILE,
    FORMATS,
    NAME,
    STARTS,
    WORD_FILE,
    parse_text,
    words_of_head,
)
from hazard_desk.papers.wording.telling import dated, say_line
from hazard_desk.papers.wording.tree import PaperText
from hazard_desk.rules.wording import quoted
from hazard_desk.store.acts import Change

_AS_FILE = "预览和PDF是按公文版式重新排的，字体、行距和您的文件不同"
_OURS = (ABOUT, FORMATS, WORD_FILE, BY_HAND)
"""Worded of a head that are not the program's for a Word file: it has no place for a code."""
_WORD_ONLY = "只在Word文件里有"


@dataclass(frozen=True)
class OwnFile:
    """A Word file that is to say a paper: its name, its content, the book that it is about ('' for all)."""

    name: str
    content: bytes
    about: str


def own_file(books: Books, report: str, name: str, content: bytes, about: str | None = None) -> OwnFile:
    """Return a Word file that can be filled, with the book that it is ``about``; None is found by its fields.

    A paper of the program stays about its own book, and one of the office's own about that which it is about,
    if the fields allow. Raises ``RefusedFields``: all that is wrong, by the place
    of the paragraph.
    """
    ours = bundled_texts().get(report)
    asked = ours.head.get(ABOUT, "") if ours else about
    row = books.wordings.of(report)
    before = [words_of_head(row.text).get(ABOUT, "")] if row else []
    wrong: list[RefusedFields] = []
    for one in dict.fromkeys([*before, "", *OF_BOOKS]) if asked is None else [asked]:
        try:
            check_file(content, facts_of_none(books, one))
        except RefusedFields as refused:
            wrong.append(refused)
        else:
            return OwnFile(name, content, one)
    raise min(wrong, key=lambda one: one.message.count("；"))


def take_file(books: Books, report: str, file: OwnFile, name: str) -> Change:
    """Let a Word file say a paper, in one act; a new one is called ``name``. ``Refused`` where it does."""
    ours, kept, row = bundled_texts().get(report), kept_file(books, report), books.wordings.of(report)
    text = _head(row.title if row else name, file, ours)
    title = parse_text(text).head[NAME]
    if kept is not None and kept.content == file.content and kept.about == file.about:
        raise Refused(f"“{file.name}”和正在用的完全一样，不用再存")
    with books.cabinet.whole("wordings.take_file", WORDINGS) as act:
        books.wordings.keep(report, title, text, ours.text if ours else "", anew=True)
        row = books.wordings.of(report)
        assert row is not None
        books.attachments.add(WORDINGS, row.id, file.content, file.name, FILE_LABEL)
        act.done(
            f"{quoted(title)}改用自己的Word文件" if ours else f"保存自己的Word文件{quoted(title)}", row.id
        )
    return act.result


def kept_file(books: Books, report: str) -> OwnFile | None:
    """Return the Word file that says a paper here; None for a text. ``Trouble`` when it is lost."""
    row = books.wordings.of(report)
    head = words_of_head(row.text) if row else {}
    if row is None or WORD_FILE not in head:
        return None
    (file,) = books.attachments.of(WORDINGS, row.id)
    return OwnFile(file.name, books.attachments.content(file), head.get(ABOUT, ""))


def paper_of_file(books: Books, file: OwnFile, text: PaperText, order: Order) -> Paper:
    """Return the paper that a Word file makes of the record of the order; ``text`` has its head."""
    facts = facts_for(books, file.about, order, text)
    filled = filled_file(file.content, facts)
    document = word_document(filled)
    missing = not_told(document)
    scope = Scope(facts)
    return Paper(
        say_line(text.said[FILE], scope),
        tuple(blocks_of(document)) or (Space(),),
        landscape=lies_across(document),
        mark=mark_of(books),
        page_size="A3" if is_large(document) else "A4",
        filled=file_with_mark(filled, mark_of(books)),
        beside=f"{_AS_FILE}；{'、'.join(missing)}{_WORD_ONLY}。" if missing else f"{_AS_FILE}。",
        dated=dated(text, scope),
    )


def head_for_file(name: str, file: OwnFile) -> PaperText:
    """Return what stands in the place of a text for a Word file that is not kept yet."""
    return parse_text(_head(name, file, None))


def _head(name: str, file: OwnFile, ours: PaperText | None) -> str:
    """The head of the text that stands for a Word file: that of the program's text, or a new one."""
    before = ours.text.partition(f"{STARTS}：")[0].strip().split("\n") if ours else [f"{NAME}：{name}"]
    kept = [line for line in before if line.partition("：")[0].strip() not in _OURS]
    about = [f"{ABOUT}：{file.about}"] if file.about else []
    return "\n".join([*kept, *about, f"{FORMATS}：docx pdf", f"{WORD_FILE}：{file.name}", f"{STARTS}：", ""])
