"""Texts sealed by AES-GCM. A sealed text is plain letters, says so by its beginning, and hides its length."""

from __future__ import annotations

import base64
import os
from collections.abc import Mapping

_MARK = "s1:"
_NONCE, _PAD = 12, 48


def new_key() -> bytes:
    """Return a random key."""
    return os.urandom(32)


def derived(secret: bytes, desk_id: str, purpose: str) -> bytes:
    """Return the key for one purpose that a secret makes in one desk (HKDF)."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    info = f"hazard-desk {purpose}".encode()
    return HKDF(algorithm=SHA256(), length=32, salt=desk_id.encode(), info=info).derive(secret)


def seal(key: bytes, text: bytes, about: str) -> str:
    """Return ``text`` sealed; ``about`` says whose it is: put elsewhere it does not open. '' stays ''."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if not text:
        return ""
    nonce = os.urandom(_NONCE)
    padded = len(text).to_bytes(2, "big") + text
    padded += bytes(-len(padded) % _PAD)
    return _MARK + base64.b64encode(nonce + AESGCM(key).encrypt(nonce, padded, about.encode())).decode()


def unsealed(key: bytes, sealed: str, about: str) -> bytes | None:
    """Return what was sealed; None where key or ``about`` are others, or the text is damaged."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if not sealed:
        return b""
    try:
        kept = base64.b64decode(sealed.removeprefix(_MARK), validate=True)
        padded = AESGCM(key).decrypt(kept[:_NONCE], kept[_NONCE:], about.encode())
    except (InvalidTag, ValueError):
        return None
    return padded[2 : 2 + int.from_bytes(padded[:2], "big")]


def seal_row(master: bytes, uid: str, texts: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """Return a new key for one row, sealed by ``master``, and its texts by column, sealed by that key."""
    key = new_key()
    kept = {name: seal(key, text.encode(), f"{uid}/{name}") for name, text in texts.items()}
    return seal(master, key, uid), kept


def unsealed_row(master: bytes, uid: str, key: str, texts: Mapping[str, str]) -> dict[str, str] | None:
    """Return what ``seal_row`` was given; None where it was erased, or sealed by another ``master``."""
    found = unsealed(master, key, uid)
    if not found:
        return None
    clear = {name: unsealed(found, text, f"{uid}/{name}") for name, text in texts.items()}
    return {name: (text or b"").decode() for name, text in clear.items()}
