"""Word documents made part by part, so that they hold what no library writes: lists, changes, boxes."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACES = (
    f'xmlns:w="{_W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" xmlns:v="urn:schemas-microsoft-com:vml"'
)
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PARTS = {"document": "document.main", "styles": "styles", "numbering": "numbering"}


def word_file(file: Path, body: str, numbering: str = "", styles: str = "") -> Path:
    """Write a .docx of these parts; return where it is."""
    parts = {
        "document": f"<w:document {SPACES}><w:body>{body}</w:body></w:document>",
        "styles": f"<w:styles {SPACES}>{styles}</w:styles>",
        "numbering": f"<w:numbering {SPACES}>{numbering}</w:numbering>",
    }
    types = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_KIND}.{kind}+xml"/>'
        for name, kind in _PARTS.items()
    )
    links = "".join(
        f'<Relationship Id="r{name}" Type="{_LINK}/{name}" Target="{name}.xml"/>'
        for name in ("styles", "numbering")
    )
    space = "http://schemas.openxmlformats.org/package/2006"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{space}/content-types"><Default Extension="rels" '
            f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{types}</Types>',
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{space}/relationships"><Relationship Id="r1" '
            f'Type="{_LINK}/officeDocument" Target="word/document.xml"/></Relationships>',
        )
        archive.writestr(
            "word/_rels/document.xml.rels",
            f'<Relationships xmlns="{space}/relationships">{links}</Relationships>',
        )
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", content)
    return file


def paragraph(
    text: str, list_: int | str = "", level: int | str = "", style: str = "", more: str = ""
) -> str:
    """A paragraph; in a list where one is named."""
    told = f'<w:pStyle w:val="{style}"/>' if style else ""
    if list_ != "":
        at = f'<w:ilvl w:val="{level}"/>' if level != "" else ""
        told += f'<w:numPr>{at}<w:numId w:val="{list_}"/></w:numPr>'
    return f"<w:p><w:pPr>{told}{more}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def level(at: int, kind: str, text: str, more: str = "", start: int = 1) -> str:
    """One level of a list; ``more`` comes where the schema wants it."""
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def family(number: int, *levels: str, more: str = "") -> str:
    return f'<w:abstractNum w:abstractNumId="{number}">{more}{"".join(levels)}</w:abstractNum>'


def a_list(number: int, of: int, more: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{more}</w:num>'


def restart(at: int, start: int) -> str:
    return f'<w:lvlOverride w:ilvl="{at}"><w:startOverride w:val="{start}"/></w:lvlOverride>'


def table(rows: Iterable[Sequence[str]]) -> str:
    """A table without merged cells. A cell that begins with < is taken as it is."""
    lines = "".join(
        "<w:tr>"
        + "".join(f"<w:tc>{text if text.startswith('<') else paragraph(text)}</w:tc>" for text in row)
        + "</w:tr>"
        for row in rows
    )
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{lines}</w:tbl>"
