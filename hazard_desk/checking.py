"""What is wrong with a desk: the file, the chain of acts, every row against it, the events, the files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from hazard_desk.books.catalogue import Books
from hazard_desk.errors import Trouble
from hazard_desk.stopping import stop_if_unwanted
from hazard_desk.store.copies.schema import schema_faults
from hazard_desk.store.dbfile import DATABASE, database_faults
from hazard_desk.store.trail.head import alarm
from hazard_desk.store.trail.replay import chain_faults, replay_faults
from hazard_desk.store.troubles import troubles


def faults_of(folder: Path, books: Books) -> list[str]:
    """Return a Chinese sentence for everything that is wrong with the open desk in ``folder``; [] when sound.

    Reads all of it with bounded memory; ends with ``Stopped`` when nobody waits for it any more.
    """
    db = books.cabinet.db
    parts: tuple[Callable[[], list[str]], ...] = (
        lambda: [said] if (said := alarm(folder)) else [],
        lambda: database_faults(folder / DATABASE),
        lambda: schema_faults(folder / DATABASE),
        lambda: chain_faults(db.link()),
        lambda: replay_faults(db.link(), books.called),
        books.hazards.check,
        books.attachments.check,
    )
    found: list[str] = []
    for part in parts:
        stop_if_unwanted()
        try:
            with troubles(folder / DATABASE):
                found += part()
        except Trouble as error:
            stop_if_unwanted()
            found.append(error.message)
        except (ValueError, TypeError, KeyError):
            if not found:  # else it is what was named already
                raise
    return list(dict.fromkeys(found))
