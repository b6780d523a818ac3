"""The command for a desk that does not open."""

from __future__ import annotations

import argparse
from pathlib import Path

from hazard_desk.commands.answers import Answer, Command, wrote
from hazard_desk.commands.keeping import password_of, shown_copy
from hazard_desk.desk import Desk
from hazard_desk.errors import Refused
from hazard_desk.rescue import parcel, parcel_name, salvage, salvage_folder
from hazard_desk.rules.dates import show_moment
from hazard_desk.rules.fields import Row
from hazard_desk.store.copies.list import Copy, copies_of
from hazard_desk.store.rescue.situation import Plight, Situation, Way, situation

_SAID = {
    Way.RETRY: "排除原因后再打开一次",
    Way.RESTORE: "恢复一份备份：rescue --list 看有哪些，rescue --from 备份",
    Way.SALVAGE: "抢救还能读出的内容，另存成一本新的台账：rescue --salvage",
    Way.ACCEPT: "按现状继续使用，缺少的不再找：rescue --accept",
}


def register(command: Command) -> None:
    """Make the command."""
    rescue = command("rescue", _rescue, "台账打不开时，看看出了什么事、能怎么办")
    what = rescue.add_mutually_exclusive_group()
    what.add_argument("--list", action="store_true", help="列出可以恢复的备份")
    what.add_argument("--from", dest="copy", type=Path, metavar="备份", help="恢复这份备份")
    what.add_argument("--salvage", action="store_true", help="抢救还能读出的内容，存成一本新的台账")
    what.add_argument("--parcel", action="store_true", help="生成不含台账内容的诊断包，发给技术支持")
    what.add_argument("--accept", action="store_true", help="缺少操作的台账，按现状继续使用，并记下一笔")
    rescue.add_argument("--password", nargs="?", const="", help="备份的密码，写法与 restore 相同")
    rescue.add_argument("--to", type=Path, metavar="位置", help="抢救出的台账或诊断包放在哪里")


def _rescue(args: argparse.Namespace) -> Answer:
    folder: Path = args.desk
    if args.to and not (args.salvage or args.parcel):
        raise Refused("“--to”和“--salvage”或“--parcel”一起使用")
    if args.copy:
        password = "" if args.password is None else args.password or password_of(twice=False)
        Desk.restore(args.copy, folder, password)
        return Answer({"desk": str(folder)}, [f"已从“{args.copy}”恢复到“{folder}”"])
    if args.accept:
        if situation(folder).kind is Plight.SOUND:
            raise Refused(f"“{folder}”里的台账不缺少操作，不用确认，可以直接打开")
        Desk.open(folder, args.today, accept=True).close()
        return Answer({"desk": str(folder)}, [f"“{folder}”可以继续使用，已记下这次确认"])
    if args.parcel:
        return wrote([parcel(folder, args.to or Path.cwd() / parcel_name())])
    if args.salvage:
        made = salvage(folder, args.to or salvage_folder(folder), args.today)
        value: Row = {"desk": str(made.folder), "counts": made.counts, "lost": made.lost}
        counts = [f"　{title} {count}条" for title, count in made.counts.items() if count]
        return Answer(value, [made.sentence, *counts], made.lost)
    return _told(situation(folder), copies_of(folder), args.list)


def _told(said: Situation, copies: list[Copy], listing: bool) -> Answer:
    value: Row = {
        "situation": {"kind": said.kind, "sentence": said.sentence, "ways": list(said.ways)},
        "copies": [shown_copy(copy) for copy in copies],
    }
    if listing:
        return Answer(value, [_line(copy) for copy in copies] or ["没有找到备份"])
    return Answer(value, [said.sentence, *(f"　{_SAID[way]}" for way in said.ways)])


def _line(copy: Copy) -> str:
    size = f"{copy.size / 2**20:.1f}MB"
    return f"{show_moment(copy.at)}　{copy.records}条记录　{size}　{copy.state}　{copy.file}"
