"""Files of other programs and broken ones of ours, made here and always the same: over a hundred, by name."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import random
import tarfile
import zipfile
from collections.abc import Iterator, Mapping

import docx
from openpyxl import Workbook
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from tests.conftest import ROOT
from tests.sheets.hostile import ROWS, XLS, XLSX, with_part

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TABLE = "\r\n".join(",".join(row) for row in ROWS) + "\r\n"
Files = Iterator[tuple[str, bytes]]


def zipped(parts: Mapping[str, str | bytes], stored: bool = False) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def good_docx() -> bytes:
    document = docx.Document()
    document.add_paragraph("填报单位：示例村")
    table = document.add_table(len(ROWS), len(ROWS[0]))
    for at, row in enumerate(ROWS):
        for place, text in enumerate(row):
            table.cell(at, place).text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


DOCX = good_docx()
BODY = "word/document.xml"


def torn(name: str, base: bytes, cut: int, changed: int) -> Files:
    """So many files that are cut off, and so many with bytes changed."""
    chance = random.Random(name)
    for number in range(cut):
        yield f"{name}-cut-{number}", base[: chance.randrange(9, len(base) - 1)]
    for number in range(changed):
        content = bytearray(base)
        for _ in range(chance.choice((1, 8, 60))):
            content[chance.randrange(8, len(content))] = chance.randrange(256)
        yield f"{name}-changed-{number}", bytes(content)


def words() -> Files:
    yield from torn("docx", DOCX, 12, 12)
    yield from torn("doc", (ROOT / "tests" / "data" / "word" / "plan.doc").read_bytes(), 3, 5)
    yield "docx-no-body", with_part(BODY, lambda text: b"", DOCX)
    yield "docx-half", with_part(BODY, lambda text: text[: len(text) // 2], DOCX)
    yield "docx-other-root", with_part(BODY, lambda text: b"<a/>", DOCX)
    yield "docx-no-cells", with_part(BODY, lambda text: text.replace(b"<w:tc>", b"<w:tx>"), DOCX)
    spans = b'<w:tcPr><w:gridSpan w:val="99999999"/></w:tcPr>'
    yield "docx-wide-span", with_part(BODY, lambda text: text.replace(b"<w:tc>", b"<w:tc>" + spans), DOCX)
    minus = b'<w:tcPr><w:gridSpan w:val="-3"/><w:vMerge w:val="x"/></w:tcPr>'
    yield (
        "docx-span-below-none",
        with_part(BODY, lambda text: text.replace(b"<w:tc>", b"<w:tc>" + minus), DOCX),
    )
    yield "docx-no-links", with_part("word/_rels/document.xml.rels", lambda text: b"", DOCX)
    yield "docx-no-types", with_part("[Content_Types].xml", lambda text: b"<Types/>", DOCX)


def noise() -> Files:
    chance = random.Random(11)
    heads = {"": 6, "old": 5, "zip": 4, "pdf": 3, "page": 3, "mark": 2}
    begin = {
        "old": OLD,
        "zip": b"PK\x03\x04",
        "pdf": b"%PDF-1.4\n",
        "page": b"<html>",
        "mark": b"\xef\xbb\xbf",
    }
    for head, count in heads.items():
        for number in range(count):
            size = chance.choice((3, 512, 4096, 70_000))
            yield f"noise-{head}-{number}", begin.get(head, b"") + chance.randbytes(size)
    yield "noise-nul", b"\0" * 5000
    yield "noise-ff", b"\xff" * 5000


def pictures() -> Files:
    chance = random.Random(12)
    heads = {
        "png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        "jpeg": b"\xff\xd8\xff\xe1\x10\0Exif",
        "bmp": b"BM\x36\x10\0\0\0\0\0\0",
        "tiff": b"II*\0\x08\0\0\0",
        "webp": b"RIFF\x10\x10\0\0WEBPVP8 ",
        "heic": b"\0\0\0\x18ftypheic\0\0\0\0",
        "ico": b"\0\0\1\0\1\0\x10\x10",
        "mp4": b"\0\0\0\x18ftypmp42\0\0\0\0",
        "mp3": b"ID3\x03\0\0\0\0\x10\x10",
        "exe": b"MZ\x90\0\x03\0\0\0",
    }
    for name, head in heads.items():
        yield f"picture-{name}", head + chance.randbytes(3000)
    yield "picture-svg", b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><text>a</text></svg>'


def archives() -> Files:
    yield "archive-gzip", gzip.compress(XLSX, mtime=0)
    yield "archive-bzip2", bz2.compress(XLSX)
    yield "archive-xz", lzma.compress(XLSX)
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        info = tarfile.TarInfo("a.xlsx")
        info.size = len(XLSX)
        archive.addfile(info, io.BytesIO(XLSX))
    yield "archive-tar", out.getvalue()
    yield "archive-zip-of-sheets", zipped({"甲村.xlsx": XLSX, "乙村.xlsx": XLSX})
    kinds: dict[str, dict[str, str | bytes]] = {
        "ods": {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"},
        "odt": {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"},
        "ofd": {
            "OFD.xml": "<ofd:OFD xmlns:ofd='http://www.ofdspec.org/2016'/>",
            "Doc_0/Document.xml": "<a/>",
        },
        "pptx": {"[Content_Types].xml": "<Types/>", "ppt/presentation.xml": "<a/>"},
        "xlsb": {"[Content_Types].xml": "<Types/>", "xl/workbook.bin": b"\x83\1\0"},
        "vsdx": {"[Content_Types].xml": "<Types/>", "visio/document.xml": "<a/>"},
        "xps": {"FixedDocSeq.fdseq": "<a/>"},
        "epub": {"mimetype": "application/epub+zip", "META-INF/container.xml": "<a/>"},
        "apk": {"AndroidManifest.xml": b"\3\0\x08\0", "classes.dex": b"dex\n035"},
    }
    for name, parts in kinds.items():
        yield f"archive-{name}", zipped(parts, stored=name in ("ods", "odt", "epub"))
    far = zipped({"xl/workbook.xml": "<workbook/>", "word/document.xml": "<w:document/>"})
    yield "archive-both", far
    yield "archive-same-name-twice", XLSX + XLSX
    yield "archive-after-other", b"x" * 1000 + XLSX


def texts() -> Files:
    for code in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "big5", "hz", "utf-7", "gbk"):
        yield f"text-{code}", TABLE.encode(code, errors="replace")
    yield "text-shift-jis", "会社,種類\nあ,い\n".encode("shift-jis")
    yield "text-latin-1", "Société,Café\nà,é\n".encode("latin-1")
    yield "text-mixed", TABLE.encode("utf-8") + TABLE.encode("gbk")
    yield "text-cut-character", TABLE.encode("utf-8")[:-4]
    others = {
        "json": '{"单位名称": ["示例一厂"], "类别": ["企业"]}',
        "ini": "[单位名称]\n类别=企业\n",
        "mail": "From: a@b.c\nSubject: 单位名称\n\n类别,行业领域\n",
        "calendar": "BEGIN:VCALENDAR\nSUMMARY:单位名称\nEND:VCALENDAR\n",
        "card": "BEGIN:VCARD\nFN:张甲\nTEL:13800000001\nEND:VCARD\n",
        "code": "import os\nprint(os.name)\n",
        "prose": "本年度安全生产形势总体平稳。" * 300,
        "bars": "\n".join("|".join(row) for row in ROWS),
        "spaces": "\n".join("    ".join(row) for row in ROWS),
        "blank-lines": "\n\n\n" + TABLE.replace("\r\n", "\r\n\r\n"),
        "old-mac": TABLE.replace("\r\n", "\r"),
        "only-marks": ",,,,\n,,,,\n" * 50,
        "long-line": "单位名称," + "甲" * 300_000,
        "many-columns": ",".join(f"列{n}" for n in range(20_000)) + "\n1,2\n",
        "formula": "单位名称,类别,行业领域\n=cmd|'/c calc'!A1,@SUM(1),+1\n",
        "odd-space": "单位名称\u3000,\u200b类别,行业\ufeff领域\n\u202e一厂,企业,工贸\n",
    }
    for name, text in others.items():
        yield f"text-{name}", text.encode()


def pages() -> Files:
    row = "<tr>" + "".join(f"<td>{text}</td>" for text in ROWS[1]) + "</tr>"
    yield "page-unclosed", ("<html><table><tr><td>单位名称<td>类别<tr><td>一厂" + row * 3).encode()
    yield "page-script", b"<html><script>while(1){}</script></html>"
    yield "page-frames", b"<html><frameset><frame src='a.htm'></frameset></html>"
    yield "page-nested", ("<html>" + "<table><tr><td>" * 400 + "x").encode()
    yield "page-spans", "<table><tr><td rowspan=99999999 colspan=99999999>单位名称</td></tr></table>".encode()
    yield "page-spans-odd", "<table><tr><td rowspan=-1 colspan=x>单位名称</td></tr></table>".encode()
    yield "page-many", ("<html><table>" + row * 3000 + "</table>").encode()
    yield "page-login", "<!DOCTYPE html><html><body><form>请登录<input name=a></form></body></html>".encode()
    mhtml = (
        "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/html\n\n"
    )
    yield "page-mhtml", (mhtml + "<table>" + row + "</table>\n--x--").encode()


def drawn(encrypt: StandardEncryption | None = None, pages: int = 1, text: str = "") -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, encrypt=encrypt, invariant=1)
    for _ in range(pages):
        canvas.drawString(72, 700, text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def printed() -> Files:
    yield "pdf-empty", drawn()
    yield "pdf-text", drawn(text="name kind sector")
    yield "pdf-locked", drawn(StandardEncryption("a", "b"), text="name")
    yield from torn("pdf", drawn(text="name", pages=3), 2, 2)


def sheets() -> Files:
    book = Workbook()
    page = book.worksheets[0]
    for row in ROWS[:1]:
        page.append(row)
    page.append(["=A1&B1", "=1/0", "=NOW()"])
    yield "sheet-formulas-only", saved(book)
    book = Workbook()
    for number in range(300):
        book.create_sheet(f"表{number}").append(["a"])
    yield "sheet-many", saved(book)
    book = Workbook()
    book.worksheets[0].append([f"列{number}" for number in range(16_000)])
    yield "sheet-all-columns", saved(book)
    book = Workbook()
    book.create_chartsheet("图")
    yield "sheet-chart", saved(book)
    book = Workbook()
    book.worksheets[0].sheet_state = "hidden"
    for row in ROWS:
        book.worksheets[0].append(row)
    book.create_sheet("空")
    yield "sheet-hidden", saved(book)
    locked = bytearray(XLS)
    at = locked.find(b"\x09\x08")
    locked[at + 20 : at + 20] = b"\x2f\0\x06\0\0\0\1\2\3\4"
    yield "sheet-old-locked", bytes(locked)
    yield "sheet-old-locked-new", OLD + bytes(1000) + "EncryptedPackage".encode("utf-16-le") + bytes(2000)
    yield "sheet-old-word-name", OLD + bytes(1000) + "WordDocument".encode("utf-16-le") + bytes(2000)


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def foreign() -> dict[str, bytes]:
    """Return all files by name."""
    found: dict[str, bytes] = {}
    for family in (words, noise, pictures, archives, texts, pages, printed, sheets):
        for name, content in family():
            assert name not in found, name
            found[name] = content
    return found
