"""What the programs say of themselves to Windows: version, name, icon, manifest."""

from __future__ import annotations

import io
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NAME = "隐患工作台"
ICON_SIZES = (16, 20, 24, 32, 40, 48, 64, 96, 128, 256)

_VERSION = """VSVersionInfo(
    ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3F, flags=0, OS=0x40004, fileType=1),
    kids=[
        StringFileInfo([StringTable("080404B0", [
            StringStruct("CompanyName", "{name}"),
            StringStruct("FileDescription", "{title}"),
            StringStruct("FileVersion", "{version}"),
            StringStruct("InternalName", "{program}"),
            StringStruct("OriginalFilename", "{program}.exe"),
            StringStruct("ProductName", "{name}"),
            StringStruct("ProductVersion", "{version}"),
        ])]),
        VarFileInfo([VarStruct("Translation", [0x0804, 0x04B0])]),
    ],
)
"""

MANIFEST = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<assembly xmlns="urn:schemas-microsoft-com:asm.v1" manifestVersion="1.0">
  <trustInfo xmlns="urn:schemas-microsoft-com:asm.v3">
    <security><requestedPrivileges>
      <requestedExecutionLevel level="asInvoker" uiAccess="false"/>
    </requestedPrivileges></security>
  </trustInfo>
  <compatibility xmlns="urn:schemas-microsoft-com:compatibility.v1">
    <application><supportedOS Id="{8e0f7a12-bfb3-4fe8-b9a5-48fd50a15a9a}"/></application>
  </compatibility>
  <application xmlns="urn:schemas-microsoft-com:asm.v3">
    <windowsSettings>
      <dpiAware xmlns="http://schemas.microsoft.com/SMI/2005/WindowsSettings">true/pm</dpiAware>
      <dpiAwareness xmlns="http://schemas.microsoft.com/SMI/2016/WindowsSettings">PerMonitorV2</dpiAwareness>
      <longPathAware xmlns="http://schemas.microsoft.com/SMI/2016/WindowsSettings">true</longPathAware>
    </windowsSettings>
  </application>
  <dependency><dependentAssembly>
    <assemblyIdentity type="win32" name="Microsoft.Windows.Common-Controls" version="6.0.0.0"
        processorArchitecture="*" publicKeyToken="6595b64144ccf1df" language="*"/>
  </dependentAssembly></dependency>
</assembly>
"""
"""Sharp on every screen, and paths longer than 260 characters where Windows 10 was told to allow them."""


def version() -> str:
    """Return the version of the program: 0.3.0."""
    sys.path.insert(0, str(ROOT))
    from hazard_desk import __version__

    return __version__


def version_text(program: str, title: str, version: str) -> str:
    """Return the version resource of a program, as PyInstaller reads it."""
    numbers = tuple([*map(int, version.split(".")), 0, 0, 0][:4])
    return _VERSION.format(numbers=numbers, name=NAME, title=title, version=version, program=program)


def write_icon(to: Path) -> Path:
    """Write the program's own drawing (resources/icons/app.svg) as an .ico in every size; return the file."""
    sys.path.insert(0, str(ROOT))
    from PIL import Image
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    from ui.icons import DRAWN_IN
    from ui.style import ACCENT

    drawn = (ROOT / "resources" / "icons" / "app.svg").read_text(encoding="utf-8").replace(DRAWN_IN, ACCENT)
    renderer = QSvgRenderer(QByteArray(drawn.encode()))
    pictures = []
    for size in ICON_SIZES:
        image = QImage(size, size, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        renderer.render(painter)
        painter.end()
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")
        pictures.append(Image.open(io.BytesIO(buffer.data().data())))
    to.parent.mkdir(parents=True, exist_ok=True)
    sizes = [(size, size) for size in ICON_SIZES]
    pictures[-1].save(to, format="ICO", sizes=sizes, append_images=pictures[:-1])
    return to


if __name__ == "__main__":  # apart from whoever asks: Qt stays out of its process
    write_icon(Path(sys.argv[1]))
