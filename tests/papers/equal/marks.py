"""Marks that make LibreOffice end its lines as Word does, where the two are known to differ.

- A hyphen that ends no line (``noBreakHyphen``) ends one in LibreOffice, and so does a mark like “/” within
  a Latin word: a joiner follows it.
- Between quotes or brackets and a digit LibreOffice does not end a line: a mark between them lets it.
"""

from __future__ import annotations

import re

JOINER, ALLOWS_BREAK = "\u2060", "\u200b"
_HOLDING_HYPHEN = "\u2011"
_WITHIN_WORDS = re.compile("(?<=[!-~À-ÖØ-öø-ӿ])([!-/:-@[-`{-~])(?=[!-~À-ÖØ-öø-ӿ])")
_AT_QUOTES = re.compile(
    "(?<=[”’）》〉】〕」』〗])(?=[0-9A-Za-z])|(?<=[0-9A-Za-z])(?=[“‘（《〈【〔「『〖])"
    "|(?<=[\u2e80-\uffef])(?=[\"'])|(?<=[\"'])(?=[\u2e80-\uffef])"
)


def with_marks(text: str) -> str:
    """Return ``text`` with those marks."""
    held = _WITHIN_WORDS.sub(rf"\1{JOINER}", text.replace(_HOLDING_HYPHEN, "-"))
    return _AT_QUOTES.sub(ALLOWS_BREAK, held)
