"""Makes the table of pinyin initials that ships with the program, beside the fonts: a second, once.

    .venv/bin/python resources/initials/build.py

The readings are pypinyin's, whose dictionaries take 0.3 s and 50 MB to load where a first letter is wanted.
The table has four lines: the letters of all characters from ``FIRST`` on, a blank for one without; the same
of phrases, sorted; the phrases whose letters are not those of their characters; and their letters.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from pypinyin import Style, lazy_pinyin, load_single_dict
from pypinyin.constants import PHRASES_DICT

FONTS = Path(__file__).resolve().parents[1] / "fonts"
FIRST, LAST = 0x3005, 0x3FFFF

NAMES = {"曾": "zēng", "翟": "zhái", "覃": "qín", "晟": "shèng"}
"""Characters that ledgers hold as names nearly always, where the dictionary puts another reading first."""


def letters(text: str) -> str:
    """Return the first letters of a text, of the same length; a blank for what has none."""
    read = lazy_pinyin(text, style=Style.FIRST_LETTER, errors=lambda unknown: [" "] * len(unknown))
    return "".join(letter if len(letter) == 1 and letter.isascii() else " " for letter in read)


def main() -> int:
    load_single_dict({ord(char): reading for char, reading in NAMES.items()})
    characters = "".join(letters(chr(code)) for code in range(FIRST, LAST + 1)).rstrip()
    phrases = sorted(phrase for phrase in PHRASES_DICT if " " not in phrase)
    plain = {char: letter for char, letter in zip(map(chr, range(FIRST, LAST)), characters)}
    said = {phrase: letters(phrase) for phrase in phrases}
    odd = [phrase for phrase in phrases if said[phrase] != "".join(plain.get(char, " ") for char in phrase)]
    table = (characters, " ".join(phrases), " ".join(odd), " ".join(said[phrase] for phrase in odd))
    part = FONTS / "initials.part"
    part.write_text("\n".join(table), encoding="utf-8")
    os.replace(part, FONTS / "initials.txt")
    return 0


if __name__ == "__main__":
    sys.exit(main())
