"""Files that are broken or mean harm, made here: at least 200 of them, by name."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable, Iterator
from functools import partial

import xlwt
from openpyxl import Workbook

Change = Callable[[bytes], bytes]
BOMB = 12 << 20
"""Bytes to which a bomb unpacks; the tests lower what the reader takes."""
SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
ROWS = (("单位名称", "类别", "行业领域"), ("示例一厂", "企业", "工贸"), ("示例二厂", "企业", "工贸"))


def good_xlsx() -> bytes:
    book = Workbook()
    page = book.active
    assert page is not None
    for row in ROWS:
        page.append(row)
    page["D2"] = 2.5
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def good_xls() -> bytes:
    book = xlwt.Workbook()
    page = book.add_sheet("a")
    for at, row in enumerate(ROWS):
        for place, value in enumerate(row):
            page.write(at, place, value)
    stream = io.BytesIO()
    book.save(stream)
    return bytes(stream.getvalue())


XLSX, XLS = good_xlsx(), good_xls()


def with_part(name: str, change: Change, base: bytes = XLSX, **says: int) -> bytes:
    """The workbook with one part changed; added where it has none of that name."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(base)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        for one in names:
            content = old.read(one)
            new.writestr(one, change(content) if one == name else content)
        if name not in names:
            new.writestr(name, change(b""))
    return out.getvalue()


def replaced(name: str, old: bytes, new: bytes) -> bytes:
    content = with_part(name, lambda text: text.replace(old, new))
    assert content != XLSX
    return content


def rows_of(count: int, cells: bytes = b"") -> Change:
    """Replace the data by so many rows."""

    def change(text: bytes) -> bytes:
        many = b"".join(b'<row r="%d">%s</row>' % (at, cells) for at in range(1, count + 1))
        return re.sub(
            rb"<sheetData>.*</sheetData>", b"<sheetData>" + many + b"</sheetData>", text, flags=re.S
        )

    return change


def bombs() -> Iterator[tuple[str, bytes]]:
    big = b"<!-- " + b" " * BOMB + b" -->"
    for part in (SHEET, STRINGS, "xl/styles.xml", "xl/workbook.xml"):
        yield f"bomb-{part}", with_part(part, lambda text: text + big)
    many = b"".join(b"<si><t>%s</t></si>" % (b"x" * 1000) for _ in range(BOMB // 1000))
    yield "bomb-strings", with_part(STRINGS, lambda text: text.replace(b"<si>", many + b"<si>", 1))
    lying = bytearray(with_part(SHEET, lambda text: text + b" " * BOMB))
    at = lying.rfind(SHEET.encode())
    size = lying.rfind(b"PK\x01\x02", 0, at)
    lying[size + 24 : size + 28] = (4096).to_bytes(4, "little")
    yield "bomb-that-lies-about-its-size", bytes(lying)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as many_parts:
        for number in range(6000):
            many_parts.writestr(f"xl/worksheets/sheet{number}.xml", "<a/>")
    yield "bomb-of-parts", out.getvalue()


ENTITIES = (
    b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
OUTSIDE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def after_head(text: bytes, more: bytes) -> bytes:
    head, mark, rest = text.partition(b"?>")
    return head + mark + more + rest if mark else more + text


def under_head(head: bytes, text: bytes) -> bytes:
    return head + text.partition(b"?>")[2]


def entities() -> Iterator[tuple[str, bytes]]:
    for part in (SHEET, STRINGS, "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"):
        yield f"entities-{part}", with_part(part, lambda text: after_head(text, ENTITIES))
        yield f"outside-{part}", with_part(part, lambda text: after_head(text, OUTSIDE))


def cells() -> Iterator[tuple[str, bytes]]:
    there = b'r="D2"'
    for name in ("XFD1048576", "ZZZZZZZ1", "D0", "-", "D99999999", "1D", "", "Đ2", "XFD2", "D1048576"):
        yield f"place-{name}", replaced(SHEET, there, f'r="{name}"'.encode())
    for value in ("NaN", "1e999", "-1e999", "x", "", "0x10", "1" * 400, "9" * 30):
        yield f"value-{value[:8]}", replaced(SHEET, b"<v>2.5</v>", f"<v>{value}</v>".encode())
    for kind in ("e", "b", "d", "str", "inlineStr", "s", "zzz"):
        yield f"kind-{kind}", replaced(SHEET, there, there + f' t="{kind}"'.encode())
    for formula in ("1+1", "WEBSERVICE(&quot;http://x&quot;)", "cmd|'/c calc'!A1", "A1"):
        yield f"formula-{formula[:4]}", replaced(SHEET, b"<v>2.5</v>", f"<f>{formula}</f>".encode())
        yield (
            f"formula-value-{formula[:4]}",
            replaced(SHEET, b"<v>2.5</v>", f"<f>{formula}</f><v>2</v>".encode()),
        )
    dimension = re.compile(rb'<dimension ref="[^"]*"')
    for ref in ("A1:XFD1048576", "A1:ZZZZ99999999999", "x", ""):
        yield (
            f"dimension-{ref[:9]}",
            with_part(SHEET, partial(dimension.sub, f'<dimension ref="{ref}"'.encode())),
        )
    for merge in ("A1:XFD1048576", "ZZ:1", "A1:A1048576", "C9:A1", "x"):
        block = f'<mergeCells count="99999999999"><mergeCell ref="{merge}"/></mergeCells>'.encode()
        yield f"merge-{merge[:6]}", replaced(SHEET, b"</sheetData>", b"</sheetData>" + block)


def shapes() -> Iterator[tuple[str, bytes]]:
    yield "many-empty-cells", with_part(SHEET, rows_of(20_000, b"<c/><c/><c/>"))
    yield "no-rows", with_part(SHEET, rows_of(0))
    deep = b"<r>" * 20_000 + b"</r>" * 20_000
    yield "deep-strings", with_part(STRINGS, lambda text: text.replace(b"<si>", b"<si>" + deep, 1))
    yield "deep-sheet", with_part(SHEET, lambda text: text.replace(b"<sheetData>", deep + b"<sheetData>"))
    count = b'uniqueCount="99999999999" count="99999999999"'
    yield "count-that-lies", with_part(STRINGS, lambda text: re.sub(rb'uniqueCount="\d+"', count, text))
    yield "strings-gone", with_part(STRINGS, lambda text: b"")
    yield (
        "sheet-elsewhere",
        with_part(
            "xl/_rels/workbook.xml.rels", lambda text: text.replace(b"sheet1.xml", b"../../../etc/passwd")
        ),
    )
    yield "no-relations", with_part("xl/_rels/workbook.xml.rels", lambda text: b"")
    yield "no-types", with_part("[Content_Types].xml", lambda text: b"")
    yield "no-sheets", with_part("xl/workbook.xml", lambda text: re.sub(rb"<sheets>.*</sheets>", b"", text))
    yield "style-that-is-not-there", replaced(SHEET, b'r="D2"', b'r="D2" s="99999999"')
    for code in ("GB2312", "UTF-16", "UTF-7", "x-unknown"):
        head = f'<?xml version="1.0" encoding="{code}"?>'.encode()
        yield f"encoding-{code}", with_part(SHEET, partial(under_head, head))
    wide = XLSX and re.sub(rb"^<\?xml[^>]*\?>", b"", zipfile.ZipFile(io.BytesIO(XLSX)).read(SHEET))
    yield "utf-16", with_part(SHEET, lambda text: wide.decode().encode("utf-16"))
    yield "macros", with_part("xl/vbaProject.bin", lambda text: b"\0" * 5000)
    yield "not-xml", with_part(SHEET, lambda text: b"\0\1\2 no xml")
    yield "half-xml", with_part(SHEET, lambda text: text[: len(text) // 2])
    yield "wrong-sheet", with_part(STRINGS, lambda text: text.replace("单位名称".encode(), b"Foo"))
    yield "path-out", with_part("../../outside.xml", lambda text: b"<a/>")


def others() -> Iterator[tuple[str, bytes]]:
    yield "empty", b""
    yield "one-byte", b"P"
    yield "only-head", b"PK\x03\x04"
    yield "empty-zip", b"PK\x05\x06" + b"\0" * 18
    heads = (
        b"%PDF-1.7\n",
        b"{\\rtf1 x}",
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff\xe0",
        b"GIF89a",
        b"Rar!\x1a\x07",
    )
    for head in (*heads, b"7z\xbc\xaf\x27\x1c", b"SQLite format 3\0"):
        yield f"other-{head[:4]!r}", head + b"\0" * 200
    page = "<html><table><tr><td>单位名称</td></tr></table></html>"
    for code in ("utf-8", "gb18030"):
        yield f"page-{code}", page.encode(code)
    yield "page-doctype", b"<!DOCTYPE html><html></html>"
    yield "page-xml", b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
    yield "old-head", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    yield "locked", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    for name in ("word/document.xml", "ppt/presentation.xml", "content.xml", "xl/workbook.bin", "a.txt"):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr(name, b"<x/>")
        yield f"zip-{name}", out.getvalue()


def texts() -> Iterator[tuple[str, bytes]]:
    table = "单位名称,类别,行业领域\n示例一厂,企业,工贸\n"
    yield "text-nul", table.encode() + b"\0\0"
    yield "text-latin", b"\xff\xfe\xfd,\x80\x81\xff\xff"
    yield "text-odd-utf16", b"\xff\xfea"
    yield "text-one-column", "单位名称\n示例一厂\n".encode()
    yield "text-only-heading", "单位名称,类别,行业领域\n".encode()
    yield "text-open-quote", (table + '"' + "x" * 200_000).encode()
    yield "text-wide", (",".join("甲" * 1 for _ in range(100_000)) + "\n").encode() * 3
    yield "text-no-heading", "甲,乙,丙\n丁,戊,己\n".encode()
    yield "text-quote-mess", '单位名称,类别\n"a"b"c,"d\n'.encode()
    yield "text-blank", b"\n\n\n   \n"
    yield "text-bad-row", (table + "x,y,z\n").encode()


def torn() -> Iterator[tuple[str, bytes]]:
    """Good files cut off or with bytes changed, always in the same places."""
    chance = random.Random(2023)
    for number in range(60):
        cut = chance.randrange(1, len(XLSX) - 30)
        yield f"cut-xlsx-{number}", XLSX[:cut]
    for number in range(40):
        content = bytearray(XLSX)
        for _ in range(chance.choice((1, 4, 40))):
            content[chance.randrange(len(content))] = chance.randrange(256)
        yield f"torn-xlsx-{number}", bytes(content)
    for number in range(8):
        content = bytearray(XLS)
        if number % 2:
            content = content[: chance.randrange(600, len(content))]
        for _ in range(40):
            content[chance.randrange(512, len(content)) if len(content) > 520 else 8] = chance.randrange(256)
        yield f"torn-xls-{number}", bytes(content)
    far = xlwt.Workbook()
    page = far.add_sheet("a")
    page.write(0, 0, "单位名称")
    page.write(65535, 255, "x")
    stream = io.BytesIO()
    far.save(stream)
    yield "far-xls", stream.getvalue()


def corpus() -> dict[str, bytes]:
    """Return all files by name."""
    found: dict[str, bytes] = {}
    for family in (entities, cells, shapes, others, texts, torn, bombs):
        for name, content in family():
            assert name not in found, name
            found[name] = content
    return found
