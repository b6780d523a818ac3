"""The command line: one call into the core per command.

``--json`` prints one JSON value and nothing else; messages go to stderr, one Chinese line each. Without a
command a person wants the window, and may see no stderr: what keeps it from opening is shown and logged.
Exit codes: 0 done, 2 refused or wrong usage, 3 trouble, 1 a bug.
"""

from __future__ import annotations

import argparse
import gc
import json
import logging
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from datetime import date
from functools import partial
from pathlib import Path
from typing import NoReturn

from hazard_desk import __version__
from hazard_desk.commands import (
    filling,
    firms,
    informants,
    keeping,
    ledgers,
    obligations,
    papers,
    plans,
    progress_forms,
    rescuing,
    selftest,
    sheets,
    steps,
    today,
    units,
    wordings,
)
from hazard_desk.commands.answers import Answer, Window, day_of, window_of
from hazard_desk.errors import Refused, Trouble
from hazard_desk.store.log import LOG, logging_to
from hazard_desk.store.place import default_folder, user_folder
from hazard_desk.store.troubles import full_disk_behind

_FAMILIES = (
    *(plans, ledgers, today, obligations, steps, sheets, filling, papers, wordings),
    *(keeping, firms, informants, rescuing, selftest, progress_forms, units),
)
"""In the order of the help."""

_DESK, _TODAY = "--desk", "--today"
_COPY = ".zip"
"""How a copy ends; no command does."""
_BUG = "程序出现了意外问题，请把以上内容发给技术支持"
_BUG_SHOWN = "程序出现了意外问题，没能打开。详情记在“{}”里，请发给技术支持"
_log = logging.getLogger(__name__)
_log.addHandler(logging.NullHandler())  # where no log can be written, none is: it is not for stderr

_WRONG_USE = (
    ("the following arguments are required:", "缺少"),
    ("unrecognized arguments:", "不认识"),
    ("expected one argument", "后面缺少内容"),
    ("ignored explicit argument", "后面不应有"),
    ("invalid choice:", "没有"),
    ("invalid int value:", "不是整数"),
    ("not allowed with argument", "不能同时用"),
    ("argument ", ""),
)


class Parser(argparse.ArgumentParser):
    """argparse that helps and refuses in Chinese."""

    def speak_chinese(self) -> None:
        """Give the parser, made without a help of its own, a Chinese one."""
        self.add_argument("-h", "--help", action="help", help="显示用法")
        self._positionals.title = "内容"
        self._optionals.title = "选项"

    def format_help(self) -> str:
        return super().format_help().replace("usage:", "用法：", 1)

    def error(self, message: str) -> NoReturn:
        message = message.partition(" (choose from")[0]
        for english, chinese in _WRONG_USE:
            message = message.replace(english, chinese)
        raise Refused(f"命令写法不对（{message.strip()}），用法见 hazard-desk --help")


def main(argv: Sequence[str] | None = None, window: Callable[[], Window] | None = None) -> int:
    """Run one command and return its exit code. Without a command, open the window."""
    _chinese_output()
    words = list(sys.argv[1:] if argv is None else argv)
    copy = _copy_among(words)
    if copy is not None:
        words.remove(copy)
    if window is None or _bare(words):
        return _run(words, window, _say)
    with ExitStack() as while_open:
        with suppress(Trouble):
            while_open.enter_context(logging_to(user_folder()))
        return _run(words, window, partial(_show, window), Path(copy) if copy else None)


def _bare(words: Sequence[str]) -> list[str]:
    """Return what stands among the words besides the options of the program itself."""
    before = ["", *words]
    return [
        word
        for last, word in zip(before, words, strict=False)
        if not word.startswith("-") and last not in (_DESK, _TODAY)
    ]


def _copy_among(words: Sequence[str]) -> str | None:
    """Return the copy that the program is to open: its file is double-clicked, or drawn onto the program."""
    bare = _bare(words)
    return bare[0] if len(bare) == 1 and bare[0].lower().endswith(_COPY) else None


def _run(
    words: Sequence[str],
    window: Callable[[], Window] | None,
    tell: Callable[[str], None],
    copy: Path | None = None,
) -> int:
    named: list[Path] = []
    try:
        args = _parser().parse_args(words)
        args.window = window
        if copy is not None and not copy.is_file():
            raise Refused(f"没有备份文件“{copy}”，请检查路径")
        if args.command is None:
            return window_of(args).open_window(args.desk, args.today, copy)
        args.desk = args.desk or default_folder()
        named.append(args.desk)
        answer: Answer = args.run(args)
    except (Refused, Trouble) as wrong:
        tell(wrong.message.replace("\n", " "))
        return wrong.exit_code
    except Exception as wrong:
        full = full_disk_behind(wrong, *named)
        if full:
            _let_go(wrong)
            tell(full)
            return Trouble.exit_code
        traceback.print_exc()  # a bug: the trace is for whoever mends it
        tell(_BUG)
        return 1
    _print(answer, args.json)
    for note in (*answer.notes, *args.warnings):
        _say(note)
    return answer.code


def _print(answer: Answer, as_json: bool) -> None:
    """Print the answer, as far as whoever reads wants it: ``| head`` may have enough before the end."""
    try:
        if as_json:
            print(json.dumps(answer.value, ensure_ascii=False, default=_as_json))
        else:
            for line in answer.lines:
                print(line)
        if sys.stdout is not None:  # the exe of the window has none
            sys.stdout.flush()
    except BrokenPipeError:  # what Python still holds goes nowhere, or it would complain at its end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _let_go(wrong: Exception) -> None:
    """Close what an error broke off in the middle: on a full disk it would complain once more, in English."""
    told, sys.unraisablehook = sys.unraisablehook, lambda _: None
    try:
        traceback.clear_frames(wrong.__traceback__)
        gc.collect()
    finally:
        sys.unraisablehook = told


def _chinese_output() -> None:
    """A Chinese console may be GBK: what it cannot show becomes a question mark, never a crash."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, ValueError):
            stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]


def _say(message: str) -> None:
    if sys.stderr is not None:
        print(message, file=sys.stderr)


def _show(window: Callable[[], Window], sentence: str) -> None:
    """Tell what went wrong to a person: in the log, on stderr, and in a message box but at a terminal."""
    _log.error("%s", sentence, exc_info=True)
    _say(sentence)
    if sys.stderr is None or not sys.stderr.isatty():
        with suppress(Trouble):  # there is no screen
            window().tell(_BUG_SHOWN.format(user_folder() / LOG) if sentence == _BUG else sentence)


def _as_json(value: date | Path) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _parser() -> Parser:
    parser = Parser("hazard-desk", description="隐患工作台", add_help=False, allow_abbrev=False)
    parser.speak_chinese()
    parser.add_argument("--version", action="version", version=__version__, help="显示版本")
    parser.add_argument(_DESK, type=Path, help="台账所在文件夹")
    parser.add_argument(_TODAY, type=day_of, help="以这一天为今天")
    parser.set_defaults(command=None, json=False, warnings=())
    commands = parser.add_subparsers(dest="command", metavar="命令")

    def command(name: str, run: Callable[[argparse.Namespace], Answer], help: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=help, description=help, add_help=False, allow_abbrev=False)
        made.speak_chinese()
        made.add_argument("--json", action="store_true", help="输出JSON")
        made.set_defaults(run=run)
        return made

    for family in _FAMILIES:
        family.register(command)
    return parser
