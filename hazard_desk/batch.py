"""One kind of paper about many records: one file for all of them, or a file each in a folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from hazard_desk.books.catalogue import Books
from hazard_desk.books.kit.query import Query
from hazard_desk.errors import Refused
from hazard_desk.rewording import WORD
from hazard_desk.stopping import Tell, stop_if_unwanted, tell_nobody
from hazard_desk.store.files import safe_name
from hazard_desk.store.saving import make_folder
from hazard_desk.store.troubles import troubles

if TYPE_CHECKING:
    from hazard_desk.papers.model import Paper

ALL = "全部"
"""In the place of the numbers of records: all of the book."""


class PaperBatch:
    """The papers of one kind about several records (``ALL``: every one of the book); ``make`` makes each.

    ``refused`` holds, once they are printed, why there is none of a number: number to sentence.
    Raises ``Refused`` for a paper that is about no record.
    """

    def __init__(
        self,
        books: Books,
        report: str,
        numbers: Sequence[str],
        make: Callable[[str, str], Paper],
        tell: Tell = tell_nobody,
    ) -> None:
        from hazard_desk.papers.catalogue import find_report  # reportlab comes with it: heavy

        self.report = find_report(books, report)
        if not self.report.about:
            raise Refused(f"“{self.report.title}”是整份材料，不按记录打印，请不写编号")
        self._ledger = books.ledger(self.report.about)
        wanted = map(str, self._ledger.ids(Query())) if ALL in numbers else numbers
        self._numbers = list(dict.fromkeys(wanted))
        self._books, self._make, self._tell = books, make, tell
        self.refused: dict[str, str] = {}

    def in_one(self, folder: Path, to: Path | None = None) -> Path:
        """Print them into one file, each with page numbers of its own: ``to``, else a PDF in ``folder``.

        Raises ``Refused`` where there is none of any.
        """
        from hazard_desk.papers.model import bound_together
        from hazard_desk.printing import print_paper

        as_word = to is not None and to.suffix.lower() == WORD
        # her own file may hold pictures, and only a Word file needs it
        papers = [paper if as_word else replace(paper, filled=b"") for _, paper in self._papers()]
        whole = bound_together(f"{self.report.title}（{len(papers)}份）", papers)
        self._tell(len(self._numbers), len(self._numbers), f"{len(papers)}份合成一个文件")
        return print_paper(self.report, whole, to or folder / safe_name(whole.title, ".pdf"))

    def apart(self, folder: Path, ending: str = "") -> list[Path]:
        """Print a file each into ``folder``, which is made; return them. No file there is overwritten.

        A file is called by the paper and its record. ``ending`` is the format, the first that the paper has
        where none is named. Stopped or failed half way, it leaves no file behind.
        Raises ``Refused`` where there is none of any.
        """
        from hazard_desk.printing import print_paper

        files: list[Path] = []
        there = folder.exists()
        with troubles(folder):
            make_folder(folder)
        try:
            for number, paper in self._papers():
                title, called = paper.title.replace("\n", ""), self._named(number)
                stem = title if called in title else f"{title}-{called}"
                to = _untaken(folder, stem, f".{ending or self.report.formats[0]}")
                files.append(print_paper(self.report, paper, to))
            stop_if_unwanted()
        except BaseException:
            with suppress(OSError):  # what failed first is told
                for file in files:
                    file.unlink(missing_ok=True)
                if not there:
                    folder.rmdir()
            raise
        return files

    def _named(self, number: str) -> str:
        from hazard_desk.papers.catalogue import record_of

        return self._ledger.name_of(self._ledger.get(record_of(self._books, self.report, number)))

    def _papers(self) -> Iterator[tuple[str, Paper]]:
        made = 0
        for done, number in enumerate(self._numbers):
            stop_if_unwanted()
            self._tell(done, len(self._numbers), f"第{done + 1}份，共{len(self._numbers)}份")
            try:
                paper = self._make(self.report.id, number)
            except Refused as wrong:
                self.refused[number] = wrong.message
            else:
                made += 1
                yield number, paper
        if not made:
            raise Refused("；".join(dict.fromkeys(self.refused.values())) or "请写明是哪几条")


def _untaken(folder: Path, stem: str, suffix: str) -> Path:
    """Return a name in the folder that no file has: 名称, 名称(2) …"""
    first = to = folder / safe_name(f"{stem}{suffix}", suffix)
    number = 2
    while to.exists():
        to = first.with_stem(f"{first.stem}({number})")  # a long name is cut before it is counted
        number += 1
    return to
