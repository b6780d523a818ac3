"""The command of the words of papers: given out, taken in, brought back."""

from __future__ import annotations

import argparse
import codecs
from pathlib import Path

from hazard_desk.commands.answers import Answer, Command, reading, table_of, writing, wrote
from hazard_desk.errors import Refused, Trouble
from hazard_desk.rewording import WORD
from hazard_desk.rules.fields import Field, Kind
from hazard_desk.store.saving import save

_FIELDS = (
    Field("id", "编号"),
    Field("title", "材料"),
    Field("state", "措辞"),
    Field("renewed", "原文有更新", Kind.BOOL),
    Field("broken", "现在排不出来", width=20),
)


def register(command: Command) -> None:
    """Make the command of this family."""
    made = command("wording", _wording, "文书的措辞：列出、取出、换用、恢复")
    made.add_argument("report", nargs="?", metavar="材料", help="材料编号，见不带编号时列出的")
    ways = made.add_mutually_exclusive_group()
    ways.add_argument("--to", type=Path, help="把现用的措辞存为文本文件（.txt），自己的Word文件存为 .docx")
    ways.add_argument("--use", type=Path, help="换用这个文本文件（.txt）或Word文件（.docx），先检查")
    ways.add_argument("--reset", action="store_true", help="恢复程序自带的措辞；自拟的材料则删除")


def _wording(args: argparse.Namespace) -> Answer:
    if not args.report:
        if args.to or args.use or args.reset:
            raise Refused("请写明是哪一种材料，可用 wording 列出")
        with reading(args) as desk:
            return table_of(_FIELDS, desk.rewording.states())
    if args.use and args.use.suffix.lower() == WORD:
        with writing(args) as desk:
            file = desk.rewording.read_file(args.report, args.use)
            change = desk.rewording.use_file(args.report, file)
        return Answer({"report": args.report, "title": change.title, "about": file.about}, [change.title])
    if args.use:
        text = _read(args.use)
        with writing(args) as desk:
            change = desk.rewording.use(args.report, text)
        return Answer({"report": args.report, "title": change.title}, [change.title])
    if args.reset:
        with writing(args) as desk:
            change = desk.rewording.go_back(args.report)
        return Answer({"report": args.report, "title": change.title}, [change.title])
    with reading(args) as desk:
        text = desk.rewording.text(args.report)
        own = desk.rewording.word_file(args.report)
    if args.to and own:
        if args.to.suffix.lower() != WORD:
            raise Refused(f"这份材料是自己的Word文件，请用 {WORD} 结尾的文件名，不是“{args.to.name}”")
        save(own.content, args.to)
        return wrote([args.to])
    if args.to:
        if args.to.suffix.lower() != ".txt":
            raise Refused(f"措辞存为文本文件，请用 .txt 结尾的文件名，不是“{args.to.name}”")
        save(text.encode("utf-8"), args.to)
        return wrote([args.to])
    return Answer({"report": args.report, "text": text}, text.splitlines())


def _read(file: Path) -> str:
    try:
        content = file.read_bytes()
    except OSError as error:
        raise Trouble(f"“{file}”读不出来（{error.strerror}）") from None
    told = "utf-16" if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else ""
    for encoding in (told,) if told else ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused(f"“{file.name}”不是文本文件，请用记事本另存为 UTF-8 编码的 .txt")
