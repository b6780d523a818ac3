"""The recovery code of a desk as this computer keeps it for this user: nobody types it daily."""

from __future__ import annotations

import logging
import os
from pathlib import Path

from hazard_desk.errors import Refused
from hazard_desk.store.place import make_own_folder
from hazard_desk.store.saving import make_folder, put_in_place
from hazard_desk.store.seal.account import bind, unbind
from hazard_desk.store.seal.code import code_of, new_code, secret_of
from hazard_desk.store.seal.sealing import derived
from hazard_desk.store.troubles import troubles

DESK_ID, CHECK = "desk_id", "seal_check"
"""Settings: which desk it is, and what it knows its code by."""
NO_CODE = "这台电脑上没有本台账的恢复码，请先输入恢复码"
_log = logging.getLogger(__name__)


class Keys:
    """What this computer knows of the key of one desk; ``folder`` is the user's own."""

    def __init__(self, desk_id: str, folder: Path) -> None:
        self._desk = desk_id
        self.file = folder / "keys" / desk_id

    @property
    def code(self) -> str:
        """The recovery code, '' where this computer or this account does not have it."""
        try:
            return code_of(secret_of(unbind(self.file.read_bytes()).decode()))
        except (OSError, UnicodeDecodeError, Refused) as wrong:
            _log.info("no recovery code is kept here: %s", type(wrong).__name__)
            return ""

    def make(self) -> str:
        """Return the code that is kept, else a new one, kept now. Raises ``Trouble``."""
        return self.code or self.unlock(new_code())

    @property
    def can_keep(self) -> bool:
        """Whether this computer has the code, or there is a folder to keep it in."""
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
        except OSError:
            return False
        return True

    def unlock(self, code: str) -> str:
        """Keep a code that was typed on this computer; return it. Raises ``Refused`` and ``Trouble``."""
        code = code_of(secret_of(code))
        unfinished = self.file.with_suffix(".part")
        with troubles(self.file):
            make_own_folder(self.file.parent.parent)
            make_folder(self.file.parent)
            self.file.parent.chmod(0o700)
            unfinished.unlink(missing_ok=True)
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
            with os.fdopen(os.open(unfinished, flags, 0o600), "wb") as stream:
                stream.write(bind(code.encode()))
            put_in_place(unfinished, self.file)
        return code

    def master(self, code: str) -> bytes:
        """Return the key that a code makes for this desk."""
        return derived(secret_of(code), self._desk, "master")

    def check(self, code: str) -> str:
        """Return what the desk keeps to know its code again; it tells nothing of the code itself."""
        return derived(secret_of(code), self._desk, "check").hex()[:32]
