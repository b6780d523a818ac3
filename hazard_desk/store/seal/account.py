"""Binds a secret to the account of who is logged in: on Windows by DPAPI; elsewhere the file is hers."""

from __future__ import annotations

import sys

if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    class _Blob(ctypes.Structure):
        _fields_ = (("size", wintypes.DWORD), ("data", ctypes.POINTER(ctypes.c_char)))

    _ASK_NOBODY = 1

    def bind(secret: bytes) -> bytes:
        """Return the secret as only this account can read it. Raises ``OSError``."""
        return _run(ctypes.windll.crypt32.CryptProtectData, secret)

    def unbind(bound: bytes) -> bytes:
        """Return what ``bind`` was given. Raises ``OSError`` for another account or computer."""
        return _run(ctypes.windll.crypt32.CryptUnprotectData, bound)

    def _run(call: ctypes._NamedFuncPointer, given: bytes) -> bytes:
        source = _Blob(len(given), ctypes.create_string_buffer(given, len(given)))
        made = _Blob()
        if not call(ctypes.byref(source), None, None, None, None, _ASK_NOBODY, ctypes.byref(made)):
            raise ctypes.WinError()
        try:
            return ctypes.string_at(made.data, made.size)
        finally:
            ctypes.windll.kernel32.LocalFree(made.data)

else:

    def bind(secret: bytes) -> bytes:
        """Return the secret as it is: the file that holds it is for its owner alone."""
        return secret

    def unbind(bound: bytes) -> bytes:
        """Return what ``bind`` was given."""
        return bound
