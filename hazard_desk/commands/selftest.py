"""The command that proves a program that was just set up, on a desk of its own that is thrown away."""

from __future__ import annotations

import argparse
import os
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from hazard_desk import __version__
from hazard_desk.books.enterprises import Enterprise
from hazard_desk.commands.answers import Answer, Command, window_of
from hazard_desk.desk import Desk
from hazard_desk.errors import Refused, Trouble
from hazard_desk.rules.fields import Row
from hazard_desk.store.place import USER_FOLDER
from hazard_desk.store.saving import save

_PLAN = "sanxiang-2023"
_FIRM = "自检用监管对象"
_PAPER = "task-table"
_DARK, _DOTS = 128, 50


def register(command: Command) -> None:
    """Make the command."""
    selftest = command("selftest", _selftest, "检查装好的程序能不能使用，不涉及任何台账")
    selftest.add_argument("--to", type=Path, metavar="文件.txt", help="把结果写进这个文件")


def _selftest(args: argparse.Namespace) -> Answer:
    """Answer 可以使用, or raise ``Trouble`` that says what did not hold; the file says the same."""
    held: list[str] = []
    fault = trace = ""
    with TemporaryDirectory(prefix="hazard-desk-", ignore_cleanup_errors=True) as folder:
        try:
            with _user_folder(Path(folder) / "user"):
                for name in _steps(args, Path(folder)):
                    held.append(name)
        except Exception as wrong:  # whatever a damaged program ends with is the answer
            fault, trace = _told(held, wrong), traceback.format_exc()
    sentence = (
        f"不能使用：{fault}" if fault else f"可以使用。隐患工作台{__version__}：{'、'.join(held)}，都正常"
    )
    if args.to:
        save("\r\n".join((sentence, *trace.splitlines(), "")).encode("utf-16"), args.to)  # as NSIS reads it
    if fault:
        raise Trouble(sentence)
    value: Row = {"version": __version__, "held": list(held)}
    return Answer(value, [sentence])


_STEPS = ("装载窗口", "新建台账", "登记一条", "打印成PDF", "备份", "从备份恢复", "校验")


def _steps(args: argparse.Namespace, folder: Path) -> Iterator[str]:
    """Take the steps one by one; yield the name of each that held."""
    names = iter(_STEPS)
    if args.window is not None:  # without the window's libraries nothing else is of use to her
        window_of(args)
    yield next(names)
    copy, other = folder / "备份.zip", folder / "恢复的台账"
    with Desk.create(folder / "台账", _PLAN) as desk:
        yield next(names)
        firm = Enterprise()
        firm.name, firm.category, firm.sector = _FIRM, "企业", "其他"
        desk.enterprises.add(firm)
        yield next(names)
        _print(desk, folder / "材料.pdf")
        yield next(names)
        desk.copies.portable(copy)
        yield next(names)
    Desk.restore(copy, other)
    with Desk.open(other) as desk:
        if desk.enterprises.find(_FIRM) is None:
            raise Trouble("恢复的台账里缺少登记的内容")
        yield next(names)
        if faults := desk.check():
            raise Trouble("；".join(faults))
        yield next(names)


def _print(desk: Desk, to: Path) -> None:
    from hazard_desk.papers.pixels import page_pixels

    pdf = desk.papers.print(_PAPER, to).read_bytes()
    if min(page_pixels(pdf, 0, _DOTS).content) > _DARK:
        raise Trouble("印出的一页是空白的")


def _told(held: list[str], wrong: Exception) -> str:
    """Return which step did not hold and why."""
    why = wrong.message if isinstance(wrong, Refused | Trouble) else f"{type(wrong).__name__}: {wrong}"
    return f"“{_STEPS[len(held)]}”没有完成（{' '.join(why.split())}）"


@contextmanager
def _user_folder(folder: Path) -> Iterator[None]:
    """Keep out of the user's own folder meanwhile: keys and lists of desks go elsewhere."""
    before = os.environ.get(USER_FOLDER)
    os.environ[USER_FOLDER] = str(folder)
    try:
        yield
    finally:
        del os.environ[USER_FOLDER]
        if before is not None:
            os.environ[USER_FOLDER] = before
