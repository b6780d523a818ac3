"""The commands that keep a desk safe, and the one that takes its pictures."""

from __future__ import annotations

import argparse
from pathlib import Path

from hazard_desk.commands.answers import Answer, Command, reading, window_of, wrote
from hazard_desk.desk import Desk
from hazard_desk.errors import Refused, Trouble


def register(command: Command) -> None:
    """Make the commands of this family."""
    shots = command("shots", _shots, "打开窗口，逐页截图")
    shots.add_argument("--to", type=Path, required=True, help="截图存放的文件夹")
    shots.add_argument("--size", default="1366x768", help="窗口大小")
    backup = command("backup", _backup, "备份台账")
    backup.add_argument("--to", type=Path, help="备份文件名")
    restore = command("restore", _restore, "用备份恢复台账")
    restore.add_argument("file", type=Path, metavar="备份", help="备份文件")
    command("check", _check, "校验台账")


def _shots(args: argparse.Namespace) -> Answer:
    width, _, height = args.size.partition("x")
    if not (width.isdigit() and height.isdigit()):
        raise Refused("窗口大小请写成 1366x768 的样子")
    shots = window_of(args).take_shots(args.desk, args.to, (int(width), int(height)), args.today)
    return wrote(shots)


def _backup(args: argparse.Namespace) -> Answer:
    with reading(args) as desk:
        return wrote([desk.backup(args.to)])


def _restore(args: argparse.Namespace) -> Answer:
    Desk.restore(args.file, args.desk)
    return Answer({"desk": str(args.desk)}, [f"已从“{args.file}”恢复到“{args.desk}”"])


def _check(args: argparse.Namespace) -> Answer:
    with reading(args) as desk:
        found = desk.check()
    if found:
        raise Trouble("；".join(found))
    return Answer({"faults": []}, ["台账校验通过"])
