"""Saved filters: a query of a ledger that the clerk gave a name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hazard_desk.books.kit.query import Query
from hazard_desk.errors import Refused
from hazard_desk.rules.fields import Row, clean, names_in
from hazard_desk.store.acts import Change
from hazard_desk.store.cabinet import Cabinet
from hazard_desk.store.tables import SavedView


class Views:
    """The saved filters of all ledgers."""

    def __init__(self, cabinet: Cabinet) -> None:
        self.cabinet = cabinet

    def of(self, ledger: str) -> dict[str, Query]:
        """Return the saved filters of a ledger by name."""
        select = SavedView.select().where(SavedView.ledger == ledger).order_by(SavedView.name)
        return {row.name: _query(row.query) for row in self.cabinet.records(SavedView, select)}

    def save(self, ledger: str, name: str, query: Query) -> Change:
        """Save a filter under a name; one of the same name is replaced."""
        name = clean(name)
        if not name:
            raise Refused("请给这个筛选起一个名称", "name")
        row = SavedView()
        row.ledger, row.name = ledger, name
        row.query = {
            "where": dict(query.where),
            "text": query.text,
            "sort": query.sort,
            "descending": query.descending,
        }
        old = self._id(ledger, name)
        with self.cabinet.act("views.save", ledger) as act:
            if old is None:
                act.insert(SavedView, row)
            else:
                act.update(SavedView, old, row)
            act.done(f"保存筛选“{name}”")
        return act.result

    def remove(self, ledger: str, name: str) -> Change:
        """Forget a saved filter."""
        old = self._id(ledger, name)
        if old is None:
            raise Refused(f"没有名为“{name}”的筛选")
        with self.cabinet.act("views.remove", ledger) as act:
            act.delete(SavedView, old)
            act.done(f"删除筛选“{name}”")
        return act.result

    def _id(self, ledger: str, name: str) -> int | None:
        found = self.cabinet.scalar(
            SavedView.select(SavedView.id).where((SavedView.ledger == ledger) & (SavedView.name == name))
        )
        return None if found is None else int(found)


def _query(kept: Row) -> Query:
    wanted = kept["where"] if isinstance(kept["where"], Mapping) else {}
    where: dict[str, str | Sequence[str]] = {
        name: one if isinstance(one, str) else names_in(one) for name, one in wanted.items()
    }
    return Query(where, str(kept["text"]), str(kept["sort"]), bool(kept["descending"]))
