"""What the clerk typed and did not save yet, kept on disk so that it survives a crash.

A draft is a small JSON file in the desk's folder; it is dropped when the form is saved or given up.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime
from pathlib import Path

from hazard_desk.rules.fields import Row, Value
from hazard_desk.store.saving import delete_file, save
from hazard_desk.store.troubles import troubles


class Drafts:
    """The drafts of one desk. ``key`` names the form: ledger and record, or ledger and "new"."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "drafts"

    def keep(self, key: str, values: Row) -> None:
        """Keep the raw entries of a form; called while the clerk types. Raises ``Trouble``."""
        told = json.dumps({"key": key, "values": values}, default=_text)  # ASCII: half a pair too
        save(told.encode(), self._file(key), flush=False)

    def get(self, key: str) -> Row | None:
        """Return the kept entries of a form, or None. A damaged draft counts as none."""
        try:
            kept = json.loads(self._file(key).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        values = kept.get("values") if isinstance(kept, dict) else None
        return values if isinstance(values, dict) else None

    def drop(self, key: str) -> None:
        """Forget a draft."""
        with troubles(self._file(key)):
            delete_file(self._file(key))

    def _file(self, key: str) -> Path:
        return self._folder / f"{hashlib.sha256(key.encode()).hexdigest()[:24]}.json"


def _text(value: Value) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"cannot be kept in a draft: {value!r}")
