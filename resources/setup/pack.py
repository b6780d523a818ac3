"""From the frozen folder for Windows what is handed out: the setup, the zip for a memory stick, their sums.

Needs makensis of NSIS 3 (Debian: ``nsis``) with the stub for ``amd64-unicode``.
"""

from __future__ import annotations

import hashlib
import subprocess
import zipfile
from pathlib import Path

from identity import NAME

HERE = Path(__file__).resolve().parent
SCRIPT = HERE / "setup.nsi"
SUMS = "校验.txt"
PORTABLE = "portable.txt"
"""Beside the exe it says that the desk lies there too: see ``hazard_desk/store/place.py``."""
PORTABLE_TEXT = """这是隐患工作台的便携版：台账存放在这个文件夹里的“隐患工作台数据”中，跟着U盘走。
请不要删除本文件；删除以后，程序改用这台电脑上的台账。
"""
FOLDER_LIMIT, SETUP_LIMIT = 130, 35
"""MB (2**20 bytes) that the folder and the setup may have."""


def megabytes(path: Path) -> float:
    """Return the size of a file, or of all files in a folder, in MB."""
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    return sum(file.stat().st_size for file in files) / 2**20


def make_setup(program: Path, icon: Path, version: str, to: Path, quick: bool = False) -> Path:
    """Pack the frozen folder ``program`` into a setup; ``quick`` packs loosely. Raise what makensis ends with."""
    defined = {
        "VERSION": version,
        "PROGRAM": program.resolve(),
        "ICON": icon.resolve(),
        "OUT": to.resolve(),
        "SIZE": round(megabytes(program) * 1024),
    }
    words = [f"-D{name}={value}" for name, value in defined.items()] + ["-DQUICK"] * quick
    subprocess.run(["makensis", "-V2", "-WX", "-INPUTCHARSET", "UTF8", *words, str(SCRIPT)], check=True)
    return to


def make_zip(program: Path, to: Path) -> Path:
    """Pack the frozen folder with the mark that keeps its desk beside the exe."""
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for file in sorted(program.rglob("*")):
            if file.is_file():
                packed.write(file, Path(program.name) / file.relative_to(program))
        packed.writestr(f"{program.name}/{PORTABLE}", PORTABLE_TEXT.replace("\n", "\r\n").encode("utf-8-sig"))
    return to


def write_sums(files: list[Path], to: Path) -> Path:
    """Write the SHA-256 of the files and how she compares them."""
    lines = [f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}" for file in files]
    lines += ["", "核对方法：在文件所在的文件夹里打开命令提示符，输入 certutil -hashfile 文件名 SHA256，与上面的一串相同即可。", ""]
    to.write_bytes("\r\n".join(lines).encode("utf-8-sig"))
    return to


def pack(program: Path, icon: Path, version: str, out: Path) -> list[Path]:
    """Make the setup, the zip and their sums in ``out``; return them, and print their sizes."""
    out.mkdir(parents=True, exist_ok=True)
    setup = make_setup(program, icon, version, out / f"{NAME}-{version}-安装.exe")
    packed = make_zip(program, out / f"{NAME}-{version}-便携.zip")
    for path in (program, setup, packed):
        print(f"{path.name}: {megabytes(path):.1f} MB", flush=True)
    return [setup, packed, write_sums([setup, packed], out / SUMS)]


def too_large(program: Path, setup: Path) -> list[str]:
    """Return a sentence for each of the two that has more than it may."""
    limits = {program: FOLDER_LIMIT, setup: SETUP_LIMIT}
    return [
        f"{path.name}: {megabytes(path):.1f} MB, more than {limit}"
        for path, limit in limits.items()
        if megabytes(path) > limit
    ]
