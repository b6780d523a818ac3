"""The words of papers, changed: given out, tried on a record, taken in, brought back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hazard_desk.books.catalogue import Books
from hazard_desk.books.kit.query import Query
from hazard_desk.errors import Refused, RefusedFields
from hazard_desk.store.acts import Change
from hazard_desk.store.archives import LOCKED
from hazard_desk.store.troubles import troubles

if TYPE_CHECKING:
    from hazard_desk.papers.order import Order
    from hazard_desk.papers.own.keeping import OwnFile
    from hazard_desk.papers.telling import WordingState
    from hazard_desk.papers.wording.facts import PaperFacts
    from hazard_desk.printing import Proof

_LONGEST = 40
_ID = re.compile("[a-z0-9_\\-\u4e00-\u9fff（）〔〕]{1,40}")
_ODD = re.compile("[^a-z0-9_\\-\u4e00-\u9fff（）〔〕]+")
"""What the id of a paper of the office's own is made of: it stands in codes and on the command line."""


WORD = ".docx"
"""How a Word file of the office's own ends."""


@dataclass(frozen=True)
class Sayable:
    """A name that a text can say: how it is inserted, what it is, and what it says of the record looked at.

    ``inside`` is the list whose items alone know it, '' where it can stand anywhere.
    """

    name: str
    insert: str
    now: str
    inside: str = ""


_ANYWHERE = (
    Sayable("换行", "«换行»", "在这里换行，不另起一段"),
    Sayable("否则", "«否则»", "放在条件里面，不符合的写后面的"),
)


class Rewording:
    """What can be done with the texts of papers of one desk."""

    def __init__(self, books: Books) -> None:
        self.books = books

    def states(self) -> list[WordingState]:
        """Return how it stands with the words of each paper that is a text."""
        from hazard_desk.papers.telling import wording_states  # reportlab comes with it: heavy

        return wording_states(self.books)

    def state(self, report: str) -> WordingState:
        """Return how it stands with the words of one paper. ``Refused`` for a paper that is no text."""
        from hazard_desk.papers.telling import wording_state

        return wording_state(self.books, report)

    def text(self, report: str) -> str:
        """Return the words of a paper in use here. ``Refused`` for a paper that is no text."""
        from hazard_desk.papers.telling import text_in_use

        return text_in_use(self.books, report).text

    def original(self, report: str) -> str:
        """Return the words of a paper as the program has them. ``Refused`` for one that it does not have."""
        from hazard_desk.papers.telling import bundled_text

        return bundled_text(report).text

    def use(self, report: str, text: str) -> Change:
        """Keep the office's words of a paper. Raises ``RefusedFields``: what is wrong, by number of line.

        Raises ``Refused`` for what cannot be the id of a paper of the office's own, or is that of a paper
        which is no text.
        """
        from hazard_desk.papers.telling import use_wording
        from hazard_desk.papers.wording.reading import NAME, words_of_head

        self._refuse_unfit(report)
        self._refuse_taken(report, words_of_head(text).get(NAME, ""))
        return use_wording(self.books, report, text)

    def about(self, report: str) -> str:
        """Return the book one record of which a paper is about, '' for all."""
        from hazard_desk.papers.wording.reading import ABOUT, words_of_head

        return words_of_head(self.text(report)).get(ABOUT, "")

    def is_file(self, report: str) -> bool:
        """Whether the office's own Word file says a paper."""
        from hazard_desk.papers.wording.reading import WORD_FILE, words_of_head

        return WORD_FILE in words_of_head(self.text(report))

    def word_file(self, report: str) -> OwnFile | None:
        """Return the office's own Word file that says a paper; None for one that is a text."""
        from hazard_desk.papers.own.keeping import kept_file

        return kept_file(self.books, report)

    def read_file(self, report: str, file: Path, about: str | None = None) -> OwnFile:
        """Return a Word file that is to say a paper, with the book that it is ``about``, '' for all.

        None is found by its fields. Raises ``RefusedFields``: what is wrong, by the place of the paragraph,
        ``Refused`` for what is no .docx, ``Trouble``.
        """
        from hazard_desk.papers.own.keeping import own_file
        from hazard_desk.sheets.reading.file import is_compound, is_sealed
        from hazard_desk.sheets.reading.word import look_through_word

        if file.suffix.lower() != WORD:
            raise Refused(f"“{file.name}”不是 {WORD} 文件，请用WPS或Word打开后另存为 {WORD} 再试")
        with troubles(file):
            if is_compound(file):
                what = (
                    LOCKED
                    if is_sealed(file)
                    else "其实是旧格式的文档（.doc），请用WPS或Word打开后另存为 .docx 再试"
                )
                raise Refused(f"“{file.name}”{what}")
            try:
                look_through_word(file)
            except Refused as wrong:
                raise Refused(f"“{file.name}”{wrong.message}") from None
            content = file.read_bytes()
        return own_file(self.books, report, file.name, content, about)

    def use_file(self, report: str, file: OwnFile, name: str = "") -> Change:
        """Let a Word file say a paper, with the file kept in the desk.

        A new one without an id is called ``name``. Raises ``Refused`` where the file says it already, for
        what cannot be an id, and for a name that is another's.
        """
        from hazard_desk.papers.own.keeping import take_file

        if not report and not name:
            raise Refused("请填写名称")
        report = report or self._new_id(name)
        self._refuse_unfit(report)
        self._refuse_taken(report, name or report)
        return take_file(self.books, report, file, name or report)

    def proof_of_file(self, name: str, file: OwnFile, number: str = "") -> Proof:
        """Return the paper that a Word file would make of a record, to be looked at; nothing is kept."""
        from hazard_desk.papers.own.keeping import head_for_file, paper_of_file
        from hazard_desk.printing import proof_of

        head = head_for_file(name, file)
        return proof_of(paper_of_file(self.books, file, head, self._order(head.text, number)))

    def make_own(self, name: str, text: str) -> Change:
        """Keep a text as a new paper of the office's own. Raises ``RefusedFields`` as ``use`` does."""
        from hazard_desk.papers.catalogue import reports_of
        from hazard_desk.papers.wording.editing import NAMED, with_head

        known = reports_of(self.books)
        try:
            return self.use(self._new_id(name), with_head(text, {NAMED.name: name}))
        except RefusedFields as wrong:
            if name not in {one.title for one in known.values()}:
                raise
            raise RefusedFields({NAMED.name: wrong.message}) from None

    def abouts(self) -> list[str]:
        """Return the books one record of which a paper can be about."""
        from hazard_desk.papers.facts.roots import OF_BOOKS

        return list(OF_BOOKS)

    def one_of(self, about: str) -> str:
        """Return a record of a book to look at a paper with, '' where there is none: the latest."""
        from hazard_desk.papers.facts.families.kinds import FAMILIES

        if about in FAMILIES:
            return FAMILIES[about].usual(self.books)
        return str(max(self.books.ledger(about).ids(Query()), default="")) if about else ""

    def titled(self, about: str) -> str:
        """Return what papers can be about by its name: that of a book, or of all that one text tells."""
        from hazard_desk.papers.facts.families.kinds import FAMILIES

        return FAMILIES[about].title if about in FAMILIES else self.books.ledger(about).title

    def go_back(self, report: str) -> Change:
        """Let a paper say again what the program says; a paper of the office's own goes. ``Refused``."""
        return self.books.wordings.remove(report)

    def proof(self, text: str, number: str = "") -> Proof:
        """Return the paper that a text would make of a record, ready to be looked at; nothing is kept.

        Raises ``RefusedFields`` as ``use`` does, and ``Refused`` for a record that is not there.
        """
        from hazard_desk.papers.telling import checked, tell_with
        from hazard_desk.printing import proof_of

        read = checked(self.books, text)
        return proof_of(tell_with(self.books, read, self._order(text, number)))

    def sayable(self, text: str, number: str = "") -> list[Sayable]:
        """Return what a text about such records can say, with what it says of the record ``number``."""
        from hazard_desk.papers.wording.reading import ABOUT, words_of_head

        return self.sayable_about(words_of_head(text).get(ABOUT, ""), number)

    def sayable_about(self, about: str, number: str = "") -> list[Sayable]:
        """Return what a paper about a record of a book can say, and what it says of the record ``number``."""
        from hazard_desk.papers.facts.roots import ABOUTS, facts_for

        if about and about not in ABOUTS:
            return []  # saving tells what it can be about
        return list(_sayable(facts_for(self.books, about, self._order_about(about, number))))

    def _refuse_unfit(self, report: str) -> None:
        from hazard_desk.papers.wording.kinds import bundled_texts

        known = report in bundled_texts() or self.books.wordings.of(report) is not None
        if not known and not _ID.fullmatch(report):
            raise Refused(f"“{report}”不能作材料编号，请用40个字以内的汉字、小写字母、数字和“-”“_”")

    def _new_id(self, name: str) -> str:
        """Return an id that no paper has for one that is to be called ``name``."""
        from hazard_desk.papers.catalogue import reports_of

        known = reports_of(self.books)
        called = _ODD.sub("_", name.lower())[:_LONGEST].strip("_") or "_"
        number, report = 2, called
        while report in known:
            report, number = f"{called[: _LONGEST - 4]}_{number}", number + 1
        return report

    def _refuse_taken(self, report: str, name: str) -> None:
        from hazard_desk.papers.catalogue import reports_of

        known = reports_of(self.books)
        if report in known and (words := known[report].words) != report:
            way = f"各台账共用的措辞是“{words}”" if words else "自拟的材料请换一个编号"
            raise Refused(f"“{known[report].title}”没有可以修改的措辞；{way}")
        if name in {one.title for one in known.values() if one.id != report}:
            raise RefusedFields({"1": f"已有名为“{name}”的材料，请换一个名称"})

    def _order(self, text: str, number: str) -> Order:
        from hazard_desk.papers.wording.reading import ABOUT, words_of_head

        return self._order_about(words_of_head(text).get(ABOUT, ""), number)

    def _order_about(self, about: str, number: str) -> Order:
        from hazard_desk.papers.catalogue import record_numbered
        from hazard_desk.papers.facts.families.kinds import FAMILIES
        from hazard_desk.papers.order import Order

        if about in FAMILIES:
            family = FAMILIES[about]
            return Order(given={family.root: family.facts(self.books, number or family.usual(self.books))})
        return Order(record=record_numbered(self.books, about, number) if about and number else 0)


def _sayable(facts: PaperFacts, inside: str = "") -> Iterator[Sayable]:
    from hazard_desk.papers.wording.checking import names_of_facts
    from hazard_desk.papers.wording.facts import Each, Put
    from hazard_desk.papers.wording.saying import Where, say_fact

    yield from (Sayable("序", "«序»", "第几条", inside),) if inside else _ANYWHERE
    for name, holder, tell in names_of_facts(facts):
        if isinstance(tell, Each):
            count = "" if inside else f"{len(holder.items(name.rpartition('.')[2]))}条"
            yield Sayable(name, f"«每条 {name}»", count, inside)
            if not inside:
                yield from _sayable(tell.like(), name)
        elif isinstance(tell, Put):
            yield Sayable(name, f"【插入】{name}", tell.about, inside)
        else:
            value = None if inside else holder.value(name.rpartition(".")[2])
            yield Sayable(name, f"«{name}»", say_fact(tell, value, ("空0",), Where.SENTENCE), inside)
