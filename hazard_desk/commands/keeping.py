"""The commands that keep a desk safe, and the one that takes its pictures."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from pathlib import Path

from hazard_desk.commands.answers import Answer, Command, reading, window_of, wrote
from hazard_desk.commands.firms import loose_names
from hazard_desk.desk import Desk
from hazard_desk.errors import Refused, Trouble
from hazard_desk.rules.dates import show_moment
from hazard_desk.rules.fields import Value
from hazard_desk.store.copies.copies import FORGET
from hazard_desk.store.copies.list import Copy, copies_of
from hazard_desk.store.copies.unpacking import Incomplete

PASSWORD = "HAZARD_DESK_PASSWORD"
"""The environment variable that may hold the password of a copy, so that no shell remembers it."""


def register(command: Command) -> None:
    """Make the commands of this family."""
    shots = command("shots", _shots, "打开窗口，逐页截图")
    shots.add_argument("--to", type=Path, required=True, help="截图存放的文件夹")
    shots.add_argument("--size", default="1366x768", help="窗口大小")
    backup = command("backup", _backup, "备份台账")
    backup.add_argument("--to", type=Path, help="备份成一个文件，照片和文件都在里面；不写则备份到各备份位置")
    backup.add_argument(
        "--password",
        nargs="?",
        const="",
        help=f"给这个文件加密码；后面不写密码的，取环境变量{PASSWORD}，没有的当场输入。{FORGET}",
    )
    copies = command("copies", _copies, "列出所有备份")
    copies.add_argument("--rewrite", action="store_true", help="改写含有未封存或已抹去的举报人信息的备份")
    restore = command("restore", _restore, "用备份恢复台账")
    restore.add_argument("file", type=Path, metavar="备份", help="备份文件")
    restore.add_argument(
        "--password", nargs="?", const="", help=f"备份的密码；不写密码的，取{PASSWORD}或当场输入"
    )
    restore.add_argument("--incomplete", action="store_true", help="附件不全也恢复其余内容")
    command("check", _check, "校验台账")


def _shots(args: argparse.Namespace) -> Answer:
    width, _, height = args.size.partition("x")
    if not (width.isdigit() and height.isdigit()):
        raise Refused("窗口大小请写成 1366x768 的样子")
    shots = window_of(args).take_shots(args.desk, args.to, (int(width), int(height)), args.today)
    return wrote(shots)


def _backup(args: argparse.Namespace) -> Answer:
    if args.password is not None and args.to is None:
        raise Refused("只有用 --to 备份成一个文件时，才能加密码")
    with reading(args, heed=False) as desk:
        if args.to is None:
            desk.copies.make()
        else:
            password = "" if args.password is None else args.password or password_of()
            desk.copies.portable(args.to, password)
        copies = desk.copies.all()
    made = [copy for copy in copies if copy.at == copies[0].at and copy.portable == bool(args.to)]
    made = made if args.to is None else [copy for copy in made if copy.file == args.to.absolute()]
    answer = wrote([args.to] if args.to else [copy.file for copy in made])
    answer.notes += [FORGET] * (args.password is not None)
    faults = dict.fromkeys(fault for copy in made for fault in copy.faults)
    if faults:
        answer.notes.append(f"备份不完整：{'；'.join(faults)}")
        answer.code = Trouble.exit_code
    return answer


def password_of(twice: bool = True) -> str:
    """Return the password that the environment holds, or ask for it. ``Refused`` without one."""
    found = os.environ.get(PASSWORD, "")
    if not found and sys.stdin.isatty():
        found = getpass.getpass("密码：")
        if twice and found != getpass.getpass("再输入一次："):
            raise Refused("两次输入的密码不一样，请重新输入")
    if not found:
        raise Refused(f"没有密码，请写在 --password 后面，或放在环境变量{PASSWORD}里")
    return found


def _copies(args: argparse.Namespace) -> Answer:
    """Answer with the list of copies, which needs no desk that opens; what is at risk a desk must tell."""
    risk = None
    left: list[str] = []
    if args.rewrite:
        with reading(args) as desk:
            left = desk.rewrite_copies()
    try:
        with reading(args) as desk:
            copies, risk = desk.copies.all(), desk.copies.at_risk()
            sentence, _ = desk.copies.sentence(desk.today)
    except (Refused, Trouble) as wrong:
        copies, sentence = copies_of(args.desk), wrong.message
        if not copies:
            raise
    value: dict[str, Value] = {
        "copies": [shown_copy(copy) for copy in copies],
        "at_risk": risk.count if risk else None,
        "since": risk.since.isoformat() if risk and risk.since else None,
        "sentence": sentence,
    }
    lines = [f"{show_moment(copy.at)}  {copy.records}条记录  {copy.state}  {copy.file}" for copy in copies]
    if clear := sum(copy.holds_clear and copy.there for copy in copies):
        left.append(f"有{clear}份备份含有未封存或已抹去的举报人信息，可用 copies --rewrite 改写")
    return Answer(value, [*lines, sentence], left)


def shown_copy(copy: Copy) -> dict[str, Value]:
    """Return a copy as ``--json`` tells it."""
    return {
        "at": copy.at.isoformat(),
        "file": str(copy.file),
        "place": str(copy.place),
        "act": copy.act,
        "head": copy.head,
        "records": copy.records,
        "files": copy.files,
        "size": copy.size,
        "proved": copy.proved.isoformat() if copy.proved else None,
        "faults": list(copy.faults),
        "holds_clear": copy.holds_clear,
        "portable": copy.portable,
        "locked": copy.locked,
        "there": copy.there,
    }


def _restore(args: argparse.Namespace) -> Answer:
    password = "" if args.password is None else args.password or password_of(twice=False)
    try:
        Desk.restore(args.file, args.desk, password, args.incomplete)
    except Incomplete as lacking:
        raise Trouble(f"{lacking.message}；没有更好的，可加 --incomplete 恢复其余内容") from lacking
    return Answer({"desk": str(args.desk)}, [f"已从“{args.file}”恢复到“{args.desk}”"])


def _check(args: argparse.Namespace) -> Answer:
    with reading(args, heed=False) as desk:
        found = desk.check()
        if found:
            raise Trouble("；".join(found))
        told, names = loose_names(desk.books)
        names += [f"{len(names)}处名称请核对，用 firms 关联、合并，不是监管对象的不再列出"] if names else []
        there = {name: value for name, value in told.items() if value}
        return Answer({"faults": [], **there}, ["台账校验通过", *names])
