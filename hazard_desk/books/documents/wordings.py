"""The wording of papers as this office has it: texts that it changed, and papers of its own."""

from __future__ import annotations

import peewee

from hazard_desk.errors import Refused
from hazard_desk.rules.wording import quoted
from hazard_desk.store.acts import Act, Change
from hazard_desk.store.cabinet import Cabinet
from hazard_desk.store.columns import Record

WORDINGS = "wordings"
RECOVERY_CODE = "recovery-code"
"""The paper that is in no list of papers: printing it is an act of its own."""


class WordingRow(Record, table="wording"):
    """The text of one paper. ``original`` is what it was changed from, '' for a paper of the office's own."""

    report = peewee.TextField(unique=True)
    title = peewee.TextField()
    text = peewee.TextField()
    original = peewee.TextField(default="")
    at = peewee.DateTimeField()
    who = peewee.TextField()


class Wordings:
    """The texts that the office keeps. What a text may say is asked by who calls (``papers.telling``)."""

    def __init__(self, cabinet: Cabinet) -> None:
        self.cabinet = cabinet

    def all(self) -> dict[str, WordingRow]:
        """Return every text that is kept, by the name of its paper."""
        rows = self.cabinet.records(WordingRow, WordingRow.select().order_by(WordingRow.id))
        return {row.report: row for row in rows}

    def of(self, report: str) -> WordingRow | None:
        """Return the office's text of a paper; None where it says what the program says."""
        asked = WordingRow.select().where(WordingRow.report == report)
        return next(iter(self.cabinet.records(WordingRow, asked)), None)

    def keep(self, report: str, title: str, text: str, original: str, anew: bool = False) -> Change:
        """Keep the text of a paper; one kept before is replaced, and its file goes.

        Raises ``Refused`` where nothing was changed, unless a file comes ``anew`` with it.
        """
        old = self.of(report)
        if not anew and text == (old.text if old else original):
            raise Refused("措辞没有改动，不用保存")
        row = WordingRow(report=report, title=title, text=text, original=original)
        row.who = self.cabinet.setting("clerk")
        with self.cabinet.act("wordings.keep", WORDINGS) as act:
            row.at = act.at
            if old is None:
                act.insert(WordingRow, row)
            else:
                self._drop_file(act, old.id)
                act.update(WordingRow, old.id, row)
            act.done(f"修改{quoted(title)}的措辞" if original else f"保存自拟材料{quoted(title)}")
        return act.result

    def remove(self, report: str) -> Change:
        """Go back to the program's text, or do away with a paper of the office's own. ``Refused`` if none."""
        old = self.of(report)
        if old is None:
            raise Refused("这份材料用的就是程序自带的措辞")
        with self.cabinet.act("wordings.remove", WORDINGS) as act:
            self._drop_file(act, old.id)
            act.delete(WordingRow, old.id)
            name = quoted(old.title)
            act.done(f"{name}恢复原来的措辞" if old.original else f"删除自拟材料{name}")
        return act.result

    def _drop_file(self, act: Act, number: int) -> None:
        """Take off the Word file of a text that is replaced or goes."""
        for take in self.cabinet.on_remove:
            take(act, WORDINGS, number)
