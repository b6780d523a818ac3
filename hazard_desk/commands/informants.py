"""The commands about who reported a hazard: the recovery code typed on another computer, erasing for good."""

from __future__ import annotations

import argparse

from hazard_desk.commands.answers import Answer, Command, reading, table_of
from hazard_desk.desk import Desk
from hazard_desk.errors import Refused
from hazard_desk.rules.fields import Field, Kind

_CASES = (
    Field("ledger", "台账"),
    Field("number", "序号", Kind.INTEGER),
    Field("title", "记录", width=24),
    Field("closed", "办结日期", Kind.DATE),
)


def register(command: Command) -> None:
    """Make the commands of this family."""
    unlock = command("unlock", _unlock, "在这台电脑上输入恢复码，打开封存的举报人信息")
    unlock.add_argument("code", nargs="?", default="", metavar="恢复码", help="纸上的恢复码")
    unlock.add_argument("--lost", action="store_true", help="恢复码丢失：换新的，以前的举报人信息不能再查看")
    erase = command("erase", _erase, "抹去举报人的姓名和电话，不能恢复；不写台账则列出到期的")
    erase.add_argument("ledger", nargs="?", default="", metavar="台账", help="tips 或 rewards-penalties")
    erase.add_argument("number", nargs="?", type=int, default=0, metavar="序号", help="记录的序号")
    erase.add_argument("--reason", default="", help="抹去的原因，会记录在案")


def _unlock(args: argparse.Namespace) -> Answer:
    if not args.code and not args.lost:
        raise Refused("请写上恢复码，例如 hazard-desk unlock ABCD-EFGH-…")
    with Desk.open(args.desk, args.today) as desk:
        change = desk.seal.renew() if args.lost else desk.seal.unlock(args.code)
    notes = ["请用 print recovery-code 打印新的恢复码，放进保险柜"] if args.lost else []
    return Answer({"done": change.title}, [change.title], notes)


def _erase(args: argparse.Namespace) -> Answer:
    if not args.ledger:
        with reading(args) as desk:
            return table_of(_CASES, desk.erasing.proposed(desk.today))
    with Desk.open(args.desk, args.today) as desk:
        change = desk.erasing.erase(args.ledger, args.number, args.reason)
    return Answer({"done": change.title}, [change.title])
