"""What goes into the folder that the clerk gets, and what of the libraries stays out of it.

``build.spec`` asks this. Everything here was looked at in the folder that PyInstaller makes without it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

Entry = tuple[str, str, str]
"""What PyInstaller collects: place in the folder, source, kind."""

NOT_OF_THE_PROGRAM = ("setup", "initials")
"""Folders of resources that only building needs."""

UNUSED = [
    *("tkinter", "matplotlib", "numpy", "setuptools", "pkg_resources", "distutils", "_distutils_hack"),
    *("PySide6.QtNetwork", "PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtPdf", "PySide6.QtOpenGL"),
    *("_ssl", "ssl", "_hashlib"),  # nothing is sent anywhere; hashlib has its own SHA-256 without OpenSSL
    *("PIL._avif", "PIL.AvifImagePlugin", "PIL.ImageTk", "PIL.ImageQt"),
    *("lxml.objectify", "lxml.html", "lxml.isoschematron"),  # Word files take ``lxml.etree`` alone
    *("pydoc", "pydoc_data", "unittest", "doctest", "pdb", "lib2to3", "xmlrpc"),
    *("cffi", "pycparser", "pytz"),
]
"""Modules that nothing here imports, though a library would if they were there."""

PLUGINS = {
    "platforms": ("qwindows", "qxcb", "qwayland", "qoffscreen"),
    "imageformats": ("qjpeg", "qgif", "qwebp", "qtiff", "qsvg", "qico"),
    "iconengines": ("qsvgicon",),
    "styles": ("qmodernwindowsstyle",),
    "platforminputcontexts": ("ibusplatforminputcontext", "composeplatforminputcontext"),
    "xcbglintegrations": ("",),
    "wayland-shell-integration": ("",),
    "printsupport": ("",),
}
"""The plugins of Qt that are of use, by their folder; ('',) for all of one."""

_WINDOWS_ONLY_WINDOWS = ("qoffscreen",)
_OUT = (
    r"opengl32sw\.dll|d3dcompiler_\d+\.dll",  # software OpenGL: the window is drawn without
    r"(lib)?Qt6(Network|Qml\w*|Quick\w*|Pdf\w*|VirtualKeyboard\w*|OpenGL\w*)\.(dll|so.*)",
    r"lib(ssl|crypto)[-.].*",
    r"_avif\.\S+|_imagingtk\.\S+",
)
_OUT_OF = re.compile(
    r"Cryptodome/(PublicKey|Math)/.*"  # the zip with a password takes AES, HMAC and PBKDF2
    r"|docx/templates/default-docx-template/.*"  # what default.docx was zipped from
    r"|tzdata/zoneinfo/(?!(Asia|Etc)/|UTC$|__init__|tzdata\.zi).*"
    r"|[\w.-]+\.dist-info/(?!METADATA|LICENSE|licenses).*"
)
_TRANSLATION = "qtbase_zh_CN.qm"


def data_of(root: Path) -> list[tuple[str, str]]:
    """Return the data of the program, source and place: what lies in resources, but how it was built."""
    found = []
    for file in sorted((root / "resources").rglob("*")):
        inside = file.relative_to(root / "resources")
        if inside.parts[0] in NOT_OF_THE_PROGRAM or file.is_dir() or file.suffix in (".py", ".pyc"):
            continue
        found.append((str(file), (Path("resources") / inside).parent.as_posix()))
    return found


def kept(collected: Iterable[Entry]) -> list[Entry]:
    """Return what is of use of that which PyInstaller collected, on Windows and on Linux."""
    return [entry for entry in collected if is_of_use(entry[0].replace("\\", "/"))]


def is_of_use(place: str) -> bool:
    """Whether a file of a library is of use to the program; ``place`` is that in the folder."""
    *folders, name = place.split("/")
    if any(re.fullmatch(out, name) for out in _OUT) or _OUT_OF.fullmatch(place):
        return False
    if "translations" in folders and "PySide6" in folders:
        return name == _TRANSLATION
    if "plugins" in folders and "PySide6" in folders:
        stem = name.removeprefix("lib").partition(".")[0]
        if name.endswith(".dll") and stem in _WINDOWS_ONLY_WINDOWS:
            return False
        return any(stem.startswith(wanted) for wanted in PLUGINS.get(folders[-1], ()))
    return True
