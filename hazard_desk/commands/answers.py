"""What the commands share: what they answer, the desk and the rows that their words name."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Protocol

from hazard_desk.books.kit.query import Query
from hazard_desk.console import shown_table
from hazard_desk.desk import Desk
from hazard_desk.errors import Refused
from hazard_desk.rules.dates import parse_date
from hazard_desk.rules.fields import Field, Row, Value, by_name, field_called
from hazard_desk.store.copies.places import saved_at

BETWEEN = re.compile(r"[\s,，、;；]+")
"""What stands between several records that are named at once."""
_YEARS = range(1950, 2151)
"""What a desk is asked of; its reckonings go some years back and ahead."""


class Window(Protocol):
    """What the command line needs of the window; given from outside, for the core knows no screen."""

    def open_window(self, folder: Path | None, today: date | None, copy: Path | None = None) -> int: ...
    def tell(self, sentence: str) -> None: ...
    def take_shots(self, folder: Path, to: Path, size: tuple[int, int], today: date | None) -> list[Path]: ...


@dataclass
class Answer:
    """What a command found: a JSON value, and the lines that a person reads instead."""

    value: Value
    lines: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """What the person should know besides; on stderr, so that it never mixes with the answer."""
    code: int = 0
    """The exit code: 2 for what was looked at but not done."""


class Command(Protocol):
    """Makes one command: its name, what it runs, what the help says of it; returns its parser."""

    def __call__(
        self, name: str, run: Callable[[argparse.Namespace], Answer], help: str
    ) -> argparse.ArgumentParser: ...


def day_of(text: str) -> date:
    """Return the date that a word names. ``Refused`` when it names none of ``_YEARS``."""
    found = parse_date(text, date.today().year)
    if found is None:
        raise Refused(f"日期“{text}”看不懂，请写成 2023-05-18 的样子")
    if found.year not in _YEARS:
        raise Refused(f"日期“{text}”太早或太晚，年份请写在{_YEARS.start}至{_YEARS.stop - 1}之间")
    return found


def add_filters(parser: argparse.ArgumentParser) -> None:
    """Let a command on rows be told which ones."""
    parser.add_argument("--where", action="append", default=[], metavar="栏目=值", help="筛选，可多次")
    parser.add_argument("--as-of", type=day_of, help="截至哪一天")


def query_of(args: argparse.Namespace, desk: Desk) -> Query:
    """Return which rows ``--where`` and ``--as-of`` ask for, with what the ledger's name itself narrows."""
    fields = desk.books.ledger(args.ledger).fields
    where: dict[str, list[str]] = {}
    for condition in args.where:
        name, value = halves(condition, "--where", "栏目=值")
        where.setdefault(field_called(fields, name).name, []).append(value)
    for name, value in desk.books.place_of(args.ledger)[1].items():
        if set(where.setdefault(name, [value])) != {value}:
            label = by_name(fields, name).label
            raise Refused(f"“{args.ledger}”里只有{label}为“{value}”的记录，请去掉按“{label}”的筛选")
    return Query(where=where, as_of=args.as_of)


def reading(args: argparse.Namespace, heed: bool = True) -> Desk:
    """Open the desk for reading only; without ``heed`` even where acts are missing from it."""
    return Desk.open(args.desk, args.today, lock=False, heed=heed)


def writing(args: argparse.Namespace) -> Desk:
    """Open the desk for an act; what that warns of is told with the answer."""
    desk = Desk.open(args.desk, args.today)
    args.warnings = desk.cabinet.warnings
    return desk


def window_of(args: argparse.Namespace) -> Window:
    """Return the window. ``Refused`` where there is none."""
    if args.window is None:
        raise Refused("这里没有窗口，请用命令，见 hazard-desk --help")
    opened: Window = args.window()
    return opened


def declared_of(row: Row, fields: Sequence[Field]) -> Row:
    """Return the declared fields of a row: what ``--json`` prints."""
    return {field.name: row[field.name] for field in fields}


def table_of(fields: Sequence[Field], things: Iterable[object]) -> Answer:
    """Answer with a table of things that have these fields."""
    rows = [{field.name: getattr(thing, field.name) for field in fields} for thing in things]
    return Answer(rows, shown_table(fields, rows))


def wrote(files: Sequence[Path]) -> Answer:
    """Answer with the files that were written."""
    return Answer({"files": [str(file) for file in files]}, [saved_at(file) for file in files])


def halves(text: str, option: str, shape: str, last: bool = False) -> tuple[str, str]:
    """Return what stands on both sides of the first equals sign, or the ``last``. ``Refused`` without."""
    plain = text.replace("＝", "=")
    at = plain.rfind("=") if last else plain.find("=")
    if not text[: max(at, 0)].strip():
        raise Refused(f"“{option} {text}”请写成 {option} {shape} 的样子")
    return text[:at].strip(), text[at + 1 :].strip()
