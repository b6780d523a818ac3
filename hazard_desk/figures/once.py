"""What a figure asks of a desk again and again, it reads once."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from hazard_desk.books.catalogue import Books

P = ParamSpec("P")
T = TypeVar("T")


def reading_once(figure: Callable[Concatenate[Books, P], T]) -> Callable[Concatenate[Books, P], T]:
    """Let a figure of the books read settings, plan, duties and the like once, however often it asks."""

    @wraps(figure)
    def counted(books: Books, /, *given: P.args, **named: P.kwargs) -> T:
        with books.cabinet.once():
            return figure(books, *given, **named)

    return counted
