"""Puts a finished paper or sheet on disk: whole, or not at all."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from hazard_desk.errors import Trouble


def save(content: bytes, to: Path) -> None:
    """Write ``content`` beside ``to`` and put it in its place at once.

    Raises ``Trouble`` naming the file; what stood there before is then untouched.
    """
    beside = to.with_name(f".{to.name}.part")
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(content)
        beside.replace(to)
    except OSError as wrong:
        with suppress(OSError):  # the first trouble is the one to tell; a leftover .part harms nobody
            beside.unlink(missing_ok=True)
        if isinstance(wrong, PermissionError):
            raise Trouble(f"无法写入“{to}”，请先关闭正在打开的这个文件，或换一个位置保存") from wrong
        raise Trouble(f"无法写入“{to}”（{wrong.strerror or wrong}），请检查文件夹和磁盘") from wrong
