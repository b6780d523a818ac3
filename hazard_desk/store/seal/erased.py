"""The informants that were erased for good, by their random ids, in a small file beside the database.

It is written before the act is committed, and into every place of copies: whatever is put back, they are
erased again. An id tells nothing of a person.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable
from pathlib import Path

from hazard_desk.store.saving import save

FILE = "erased.json"
_KEY = "erased"
_log = logging.getLogger(__name__)


def erased_in(*folders: Path) -> set[str]:
    """Return the ids that the files in these folders name; one that is not there or damaged names none."""
    found: set[str] = set()
    for folder in folders:
        try:
            told = json.loads((folder / FILE).read_text(encoding="utf-8"))[_KEY]
            found |= {one for one in told if isinstance(one, str)}
        except FileNotFoundError:
            continue
        except (OSError, ValueError, TypeError, KeyError) as wrong:
            _log.info("the list of the erased is not read: %s", wrong)
    return found


def note_erased(uids: Iterable[str], folder: Path) -> None:
    """Have the file in ``folder`` name these too. Raises ``Trouble``."""
    before = erased_in(folder)
    named = before | set(uids)
    if named != before:
        save(json.dumps({_KEY: sorted(named)}, indent=1).encode(), folder / FILE)
