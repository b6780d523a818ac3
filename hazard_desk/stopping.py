"""Long work tells how far it is, and ends when nobody wants it any more: it asks between its pieces."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Tell = Callable[[int, int, str], None]
"""Hears before each step how many are done, of how many, and what comes."""


def tell_nobody(done: int, of: int, what: str) -> None:
    """Tell nobody."""


class Stopped(Exception):
    """Nobody wants the work any more. It leaves nothing behind, and there is nothing to be told."""


_wanted: ContextVar[Callable[[], bool]] = ContextVar("wanted", default=lambda: True)


@contextmanager
def while_wanted(wanted: Callable[[], bool]) -> Iterator[None]:
    """What is done inside, on this thread, goes on as long as ``wanted`` says so."""
    outside = _wanted.get()
    before = _wanted.set(lambda: outside() and wanted())
    try:
        yield
    finally:
        _wanted.reset(before)


def stop_if_unwanted() -> None:
    """Raise ``Stopped`` when nobody wants the work under way any more."""
    if not _wanted.get()():
        raise Stopped
