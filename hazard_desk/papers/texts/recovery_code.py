"""恢复码: the code that opens who reported a hazard, on one sheet for the safe."""

from __future__ import annotations

from hazard_desk.books.catalogue import Books
from hazard_desk.papers.model import Block, Line, Paper, Para, Title
from hazard_desk.papers.texts.phrases import day
from hazard_desk.papers.texts.tables import mark_of

TITLE = "举报人信息恢复码"
_TOLD = (
    "这个台账里举报人的姓名和电话是封存的。平时在本机使用不需要输入任何密码；"
    "更换电脑、重装系统，或者在别的电脑上恢复备份后，须输入上面的恢复码，才能查看和登记举报人信息。",
    "其他内容不受影响，没有恢复码也能正常使用。",
    "恢复码丢失后任何人都无法找回，在别的电脑上就再也看不到举报人信息。请把这张纸放进保险柜，"
    "不要拍照，不要存在电脑、U盘或者聊天软件里。",
    "输入的地方：窗口右上角的“举报人信息保护”，或者命令 hazard-desk unlock 恢复码。",
)


def recovery_code(books: Books, code: str) -> Paper:
    """Return the sheet with the code of this desk."""
    groups = code.split("-")
    half = len(groups) // 2
    blocks: tuple[Block, ...] = (
        Title(TITLE),
        Line(f"台账：{books.office_name}", "center"),
        Line(f"打印日期：{day(books.today)}", "center"),
        Line(""),
        Title("　".join(groups[:half]) + "\n" + "　".join(groups[half:])),
        *map(Para, _TOLD),
    )
    return Paper(TITLE, blocks, mark=mark_of(books))
