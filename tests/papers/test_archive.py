"""Every PDF is one for the archive (PDF/A-2b): read as the file stands, object by object."""

from __future__ import annotations

import io
import re
from xml.etree import ElementTree

from PIL import ImageCms

from hazard_desk.papers.fonts import Fonts
from hazard_desk.papers.model import Cell, Column, Heading, Paper, Para, Table
from hazard_desk.papers.pdf.writer import write_pdf

_TITLE = "关于<检查>的通知 & 说明"
_BLOCKS = (
    Heading(1, "一、要求"),
    Para("各村（社区）于2023年5月18日前报送GB 35181与王䶮、陈𬎆名单。"),
    Table((Column("序号"), Column("单位")), ((Cell("1", fill="red"), Cell("红星超市")),)),
)


def written() -> bytes:
    file = io.BytesIO()
    write_pdf(Paper(_TITLE, _BLOCKS), file, Fonts.shipped())
    return file.getvalue()


def object_of(content: bytes, number: bytes) -> bytes:
    """Return an object of the file by its number."""
    found = re.search(rb"(?<!\d)" + number + rb" 0 obj\n(.*?)endobj", content, re.S)
    assert found
    return found[1]


def reference(content: bytes, name: bytes) -> bytes:
    """Return the object that the first entry of a name refers to."""
    found = re.search(rb"/" + name + rb" (\d+) 0 R", content)
    assert found
    return object_of(content, found[1])


def test_the_file_tells_that_it_is_for_the_archive() -> None:
    said = reference(written(), b"Metadata").partition(b"stream\n")[2].partition(b"endstream")[0]
    root = ElementTree.fromstring(said.decode().strip().partition("?>")[2].rpartition("<?")[0])
    told = {element.tag.partition("}")[2]: (element.text or "").strip() for element in root.iter()}
    assert (told["part"], told["conformance"]) == ("2", "B")
    assert (told["li"], told["CreatorTool"]) == (_TITLE, "隐患工作台")


def test_its_colours_mean_those_of_screens() -> None:
    content = written()
    assert b"/S /GTS_PDFA1" in content
    assert b"/N 3" in reference(content, b"DestOutputProfile")
    assert b"DeviceCMYK" not in content


def test_the_profile_of_colours_is_always_the_same_and_can_be_read() -> None:
    from hazard_desk.papers.pdf.archive import _profile

    made = _profile()
    assert ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(io.BytesIO(made))).startswith("sRGB")
    _profile.cache_clear()
    assert _profile() == made


def test_every_font_is_embedded_and_can_be_searched() -> None:
    content = written()
    fonts = re.findall(rb"/BaseFont /(\S+)", content)
    assert fonts
    assert all(re.match(rb"[A-Z]{6}\+", name) for name in fonts), "a subset of its own file"
    assert content.count(b"/FontFile2 ") == content.count(b"/ToUnicode ") == len(fonts)


def test_the_file_names_itself_apart_from_others() -> None:
    content = written()
    assert content.startswith(b"%PDF-1.")
    assert min(content.split(b"\n", 2)[1][1:5]) > 127, "binary, for whoever sends it on"
    assert b"/ID" in content.rpartition(b"trailer")[2]
    assert b"/Encrypt" not in content
    assert content == written()
