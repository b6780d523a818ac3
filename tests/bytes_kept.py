"""Searches what lies on the disk byte for byte, packed or not, for what must not be there in clear."""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

import pypdfium2


def found_in(folders: Iterable[Path], secrets: Iterable[str]) -> list[str]:
    """Return where one of ``secrets`` stands: file, encoding, secret; [] when nowhere."""
    sought = [(encoding, secret, form) for secret in secrets for encoding, form in forms(secret)]
    return [
        f"{name}: {encoding} {secret}"
        for folder in folders
        for file in sorted(folder.rglob("*"))
        if file.is_file()
        for name, content in layers(str(file), file.read_bytes())
        for encoding, secret, form in sought
        if form in content
    ]


def forms(secret: str) -> Iterator[tuple[str, bytes]]:
    """Yield a text in five encodings."""
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "gb18030"):
        yield encoding, secret.encode(encoding)
    yield "JSON", json.dumps(secret).strip('"').encode()
    yield "JSON, capitals", json.dumps(secret).strip('"').upper().replace("\\U", "\\u").encode()


def layers(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield a content, and all that is packed in it."""
    yield name, content
    if content.startswith(b"%PDF"):
        with closing(pypdfium2.PdfDocument(content)) as pages:
            text = "".join(page.get_textpage().get_text_range() for page in pages)
        yield f"{name}, as read", text.encode()
    elif content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in archive.namelist():
                try:
                    inside = archive.read(member)
                except (zipfile.BadZipFile, zlib.error, RuntimeError):
                    continue
                yield from layers(f"{name}!{member}", inside)
