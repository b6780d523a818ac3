"""The PIN that locks the window while the clerk is away. It keeps eyes out, not who takes the disk away.

It is kept as a hash (scrypt, RFC 7914) in the desk's settings and goes with every copy. Who forgot it opens
the window with the recovery code.
"""

from __future__ import annotations

import hmac
import math
import secrets
import time
from collections.abc import Callable

from hazard_desk.errors import Refused
from hazard_desk.store.acts import Change, Undo
from hazard_desk.store.cabinet import Cabinet
from hazard_desk.store.place import user_folder
from hazard_desk.store.seal.keys import CHECK, DESK_ID, Keys

PIN, MINUTES = "pin", "pin_minutes"
"""Settings: the hash, '' for no PIN; after how many minutes without input the window locks itself."""
DEFAULT_MINUTES = 10
SHORTEST = 4
"""Characters."""
_FREE_TRIES, _FIRST_PAUSE, _LONGEST_PAUSE = 3, 5, 300
"""Wrong tries without a pause; seconds of the first pause, which doubles, and of the longest."""
_COST = {"n": 2**14, "r": 8, "p": 1}


class Pin:
    """The PIN of one desk, and how often it was typed wrong since the program started."""

    def __init__(self, cabinet: Cabinet, now: Callable[[], float] = time.monotonic) -> None:
        self._cabinet = cabinet
        self._now = now
        self._wrong = 0
        self._until = 0.0

    @property
    def is_set(self) -> bool:
        """Whether the desk has a PIN."""
        return bool(self._cabinet.setting(PIN))

    @property
    def minutes(self) -> int:
        """After how many minutes without input the window locks itself."""
        kept = self._cabinet.setting(MINUTES)
        return int(kept) if kept.isdecimal() and int(kept) else DEFAULT_MINUTES

    @property
    def pause(self) -> int:
        """How many seconds nothing can be tried for, after wrong tries."""
        return max(0, math.ceil(self._until - self._now()))

    def choose(self, pin: str, again: str, minutes: int = DEFAULT_MINUTES) -> Change:
        """Set the PIN. Raises ``Refused`` for one that is too short or typed differently the second time."""
        if len(pin) < SHORTEST:
            raise Refused(f"锁屏密码至少{SHORTEST}位，数字、字母都可以", "pin")
        if pin != again:
            raise Refused("两次输入的锁屏密码不一样，请重新输入", "again")
        return self._keep(_hashed(pin, secrets.token_bytes(16)), minutes, "设置锁屏密码")

    def remove(self) -> Change:
        """Have no PIN any more."""
        return self._keep("", DEFAULT_MINUTES, "取消锁屏密码")

    def opens(self, typed: str) -> bool:
        """Whether this is the PIN or the recovery code. Raises ``Refused`` while there is a pause.

        Each wrong try after the third makes a longer pause.
        """
        if self.pause:
            raise Refused(f"输错次数多了，请等{self.pause}秒再试", "pin")
        if self._is_pin(typed) or self.is_code(typed):
            self._wrong = 0
            return True
        self._wrong += 1
        if self._wrong >= _FREE_TRIES:
            self._until = self._now() + min(_LONGEST_PAUSE, _FIRST_PAUSE * 2 ** (self._wrong - _FREE_TRIES))
        return False

    def is_code(self, typed: str) -> bool:
        """Whether this is the desk's recovery code; this computer need not have it."""
        try:
            check = Keys(self._cabinet.setting(DESK_ID), user_folder()).check(typed)
        except Refused:
            return False
        return hmac.compare_digest(check, self._cabinet.setting(CHECK))

    def _is_pin(self, typed: str) -> bool:
        kept = self._cabinet.setting(PIN)
        salt = bytes.fromhex(kept.partition(":")[0])
        return bool(kept) and hmac.compare_digest(_hashed(typed, salt), kept)

    def _keep(self, kept: str, minutes: int, title: str) -> Change:
        with self._cabinet.act("pin.change", "settings", Undo.FINAL) as act:
            self._cabinet.set(act, PIN, kept)
            self._cabinet.set(act, MINUTES, str(minutes))
            act.done(title)
        return act.result


def _hashed(pin: str, salt: bytes) -> str:
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt  # when a PIN is set or typed, not before

    # hashlib.scrypt would need a libcrypto beside Python's, which the bundle goes without
    return f"{salt.hex()}:{Scrypt(salt, length=32, **_COST).derive(pin.encode()).hex()}"
