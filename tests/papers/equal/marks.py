"""Marks that make LibreOffice end its lines as Word does, where the two are known to differ.

- A hyphen that ends no line (``noBreakHyphen``) ends one in LibreOffice, and so does a mark like “/” within
  a Latin word: a joiner follows it. A blank that ends no line does, too: another such blank does not.
- After Latin characters it ends a line before a dash, an ellipsis or ㎡, which may begin none: a joiner
  is there.
- Between quotes, brackets or stops and a sign or digit it does not end a line: a mark between them lets it.
"""

from __future__ import annotations

import re

from hazard_desk.papers.lines import NO_BREAK, is_word

JOINER, ALLOWS_BREAK = "\u2060", "\u200b"
_HOLDING_HYPHEN, HOLDING_BLANK = "\u2011", "\u202f"
_WITHIN_WORDS = re.compile("(?<=[!-~À-ÖØ-öø-ӿ])([!-/:-@[-`{-~])(?=[!-~À-ÖØ-öø-ӿ])")
_BEFORE_DASHES = re.compile("(?=[—…～㎡㎥㎜㎝㎞㎏])")
_WORDS = re.escape("".join(filter(is_word, map(chr, range(0x21, 0x2500)))))
_CLOSING, _OPENING, _SIGNS = "”’）》〉】〕」』〗", "“‘（《〈【〔「『〖", "±￥§№≥≤"
_AT_QUOTES = re.compile(
    f"(?<=[{_CLOSING}，。、；：？！％…—])(?=[{_OPENING}{_SIGNS}0-9A-Za-z])|(?<=[{_WORDS}])(?=[{_OPENING}￥§№])"
    "|(?<=[\u2e80-\uffef])(?=[\"'])|(?<=[\"'])(?=[\u2e80-\uffef])"
)


def with_marks(text: str) -> str:
    """Return ``text`` with those marks."""
    plain = text.replace(_HOLDING_HYPHEN, "-").replace(NO_BREAK, HOLDING_BLANK)
    held = _WITHIN_WORDS.sub(rf"\1{JOINER}", plain)
    return _AT_QUOTES.sub(ALLOWS_BREAK, _BEFORE_DASHES.sub(JOINER, held))
