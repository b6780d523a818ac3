"""Long work ends when nobody wants it any more: who starts it says so, the work asks between its pieces."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar


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
