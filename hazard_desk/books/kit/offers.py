"""What may be taken into a field, found by any words of it or by pinyin initials."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from hazard_desk.books.kit.ledger import Ledger
from hazard_desk.rules.fields import Field, Kind, Row
from hazard_desk.rules.grams import asked_initials, comparable
from hazard_desk.store.initials import initials_read


@dataclass(frozen=True)
class Offer:
    """One thing to take; ``says`` tells what it is where its ``text`` alone does not (a task's number)."""

    text: str
    says: str = ""
    letters: str = ""
    """The pinyin initials of both, in each reading; '' until ``with_letters``."""

    @property
    def line(self) -> str:
        """How it stands in a list."""
        return f"{self.text}　{self.says}".strip()

    @cached_property
    def key(self) -> str:
        """What typed words are looked for in."""
        return comparable(self.line)


@dataclass(frozen=True)
class Offered:
    """What a form offers for one field; ``strict`` where nothing else may be taken."""

    offers: tuple[Offer, ...]
    strict: bool = False


def fitting_offers(offers: Iterable[Offer], typed: str) -> list[Offer]:
    """Return the offers that hold every typed word, or its initials: first those that begin with it.

    Where none does, those that hold the typed characters in their order: 危化 finds 危险化学品.
    """
    words = comparable(typed).split()
    found = [one for one in offers if all(word in one.key or word in one.letters for word in words)]
    begins = "".join(words)
    if not found and len(begins) > 1 and not begins.isascii():
        found = [one for one in offers if _in_order(begins, one.key)]
    return sorted(found, key=lambda one: (one.text != typed.strip(), not one.key.startswith(begins)))


def _in_order(typed: str, text: str) -> bool:
    """Whether the characters of a word stand in a text one after the other, the first at its head."""
    rest = iter(text)
    return text.startswith(typed[0]) and all(char in rest for char in typed)


def by_letters(typed: str, offers: Sequence[Offer]) -> bool:
    """Whether what was typed can only be meant as pinyin initials of these offers."""
    return bool(asked_initials(typed)[0]) and not any(comparable(typed) in one.key for one in offers)


def with_letters(offers: Iterable[Offer]) -> tuple[Offer, ...]:
    """Return the offers with their initials."""
    return tuple(replace(one, letters=initials_read(one.line)) for one in offers)


def _asked(field: Field) -> bool:
    """Whether earlier entries or other records may be offered; protected ones are never shown."""
    return field.kind in (Kind.TEXT, Kind.NAMES, Kind.INTEGER) and not field.sensitive


def offers_for(fields: Iterable[Field], ledger: Ledger | None, row: Row) -> dict[str, Offered]:
    """Return what a form offers for those of its fields that offer anything, as it stands in ``row``."""
    found: dict[str, Offered] = {}
    own = {} if ledger is None else {field.name: field for field in ledger.fields}
    strict = () if ledger is None else ledger.strict_names()
    for field in fields:
        if field.kind is Kind.CHOICE:
            found[field.name] = Offered(with_letters(map(Offer, field.choices)), strict=True)
        elif ledger is not None and field.name in own and _asked(field):
            texts, says = ledger.options_for(field.name, row), ledger.options_say(field.name)
            if texts:
                offers = with_letters(Offer(text, says.get(text, "")) for text in texts)
                found[field.name] = Offered(offers, field.name in strict)
    return found
