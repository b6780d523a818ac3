"""The command that tells which names are no enterprise's yet, and sets that right."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from hazard_desk.books.catalogue import Books
from hazard_desk.commands.answers import Answer, Command, halves, reading, writing
from hazard_desk.desk import Desk
from hazard_desk.rules.fields import Value
from hazard_desk.store.acts import Change


def register(command: Command) -> None:
    """Make the command of this family."""
    firms = command(
        "firms", _firms, "列出没有关联监管对象的名称、可能是同一家的监管对象，可以关联、合并或不再列出"
    )
    firms.add_argument(
        "--same",
        action="append",
        default=[],
        metavar="名称=监管对象",
        help="记录里的这个名称就是这家监管对象",
    )
    firms.add_argument(
        "--merge", action="append", default=[], metavar="甲=乙", help="监管对象甲并入乙，甲的记录都归乙"
    )
    firms.add_argument(
        "--no-firm",
        action="append",
        default=[],
        metavar="名称",
        help="不是监管对象（村道、农户等），不再列出",
    )
    firms.add_argument("--link", action="store_true", help="名称相同而没有关联的记录，全部关联")


def loose_names(books: Books) -> tuple[dict[str, Value], list[str]]:
    """Return names that no enterprise bears, and enterprises that may be one: as JSON, and in lines."""
    unlinked, twins = books.enterprises.unlinked(), books.enterprises.twins()
    told: list[Value] = [
        {
            "name": one.name,
            "records": {book: list(ids) for book, ids in one.records.items()},
            "like": list(one.like),
        }
        for one in unlinked
    ]
    lines = []
    for one in unlinked:
        where = "、".join(f"{books.ledger(book).title}{len(ids)}条" for book, ids in one.records.items())
        like = f"，可能是{'、'.join(f'“{name}”' for name in one.like)}" if one.like else ""
        lines.append(f"“{one.name}”（{where}）没有关联监管对象{like}")
    lines += [f"可能是同一家：{'、'.join(names)}" for names in twins]
    return {"unlinked": told, "twins": [list(names) for names in twins]}, lines


def _firms(args: argparse.Namespace) -> Answer:
    if args.same or args.merge or args.no_firm or args.link:
        with writing(args) as desk:
            with desk.cabinet.together():  # where one is refused, none is done
                done = [change.title for change in _done(desk, args)]
            return Answer({"done": list(done), **loose_names(desk.books)[0]}, done)
    with reading(args) as desk:
        told, lines = loose_names(desk.books)
        return Answer(told, lines or ["记录里的名称都已关联监管对象"])


def _done(desk: Desk, args: argparse.Namespace) -> Iterator[Change]:
    firms = desk.enterprises
    if args.link:
        yield firms.link_all()
    for word in args.merge:
        gone, stays = halves(word, "--merge", "甲=乙")
        yield firms.merge([firms.called(gone)], firms.called(stays))
    for word in args.same:
        name, firm = halves(word, "--same", "名称=监管对象")
        yield firms.also_called(firms.called(firm), name)
    for name in args.no_firm:
        yield firms.no_firm(name)
