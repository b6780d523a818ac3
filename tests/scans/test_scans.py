"""Signed papers that come back as scans: known again by their codes, cut apart, filed; the rest is asked."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from hazard_desk.books.attachments import SIGNED
from hazard_desk.capture.photos import place_photos
from hazard_desk.desk import Desk
from hazard_desk.rules.fields import Row
from hazard_desk.scans.recognising import Recognised, recognise

DOTS = 150


def printed(desk: Desk, report: str, number: object) -> list[Image.Image]:
    """Print a paper and lay its pages on the glass of a scanner."""
    file = desk.papers.print(report, desk.folder / "paper.pdf", None, str(number))
    with pypdfium2.PdfDocument(str(file)) as document:
        return [page.render(scale=DOTS / 72, grayscale=True).to_pil() for page in document]


def scanned(pages: Sequence[Image.Image], to: Path) -> Path:
    """Save what a scanner saw: a PDF of pictures, or one picture."""
    first, *others = pages
    if to.suffix == ".pdf":
        first.save(to, "PDF", save_all=True, append_images=others, resolution=DOTS)
    else:
        first.save(to)
    return to


def blank() -> Image.Image:
    return Image.new("L", (1240, 1754), 250)


def foreign() -> Image.Image:
    """A page of nobody's: some ink, no code."""
    page = blank()
    page.paste(0, (200, 300, 900, 340))
    return page


@pytest.fixture
def check(desk: Desk) -> int:
    values = {
        "checked_on": "2023-05-18",
        "unit_name": "示例木材加工厂",
        "kind": "日常",
        "inspectors": "甲检查、乙检查",
        "reason": "试",
    }
    return desk.checks.add(values).ids[0]


@pytest.fixture
def hazard(desk: Desk, found: Row) -> int:
    return desk.hazards.add(found).ids[0]


def file(desk: Desk, found: Recognised) -> None:
    desk.attachments.add_each(found.signed, found.title)


def sizes(path: Path) -> list[tuple[int, int]]:
    with pypdfium2.PdfDocument(str(path)) as document:
        return [
            (round(width), round(height))
            for width, height in map(document.get_page_size, range(len(document)))
        ]


def test_a_scan_of_one_paper_is_filed_as_it_came(desk, check, tmp_path):
    scan = scanned(printed(desk, "record-check", check), tmp_path / "扫描0001.pdf")
    found = recognise(desk.books, [scan])
    assert (found.asked, found.told) == ([], [])
    file(desk, found)
    (kept,) = desk.attachments.of("checks", check)
    assert (kept.label, kept.paper, kept.document) == (SIGNED, "record-check", None)
    assert kept.note == "现场检查记录（2023-05-18 示例木材加工厂）的签字件"
    assert desk.attachments.content(kept) == scan.read_bytes()
    assert desk.undoable() == "归入1份签字扫描件：现场检查记录（2023-05-18 示例木材加工厂）"
    again = recognise(desk.books, [scan])
    assert again.signed == []
    assert again.told == ["现场检查记录（2023-05-18 示例木材加工厂）的这份扫描件已经归过了，没有再添加"]
    desk.undo()
    assert desk.attachments.of("checks", check) == []


def test_several_papers_in_one_scan_are_cut_apart_and_stand_upright(desk, check, hazard, tmp_path):
    desk.papers.issue("notice-rectify", str(hazard), {"deadline": "2023-06-10"})
    notice = printed(desk, "notice-rectify", hazard)
    record = printed(desk, "record-check", check)
    turned = [page.rotate(-90, expand=True) for page in record]
    scan = scanned([*notice[:1], blank(), *turned, foreign(), *notice[1:]], tmp_path / "一叠.pdf")
    found = recognise(desk.books, [scan])
    file(desk, found)
    (kept,) = desk.attachments.of("hazards", hazard)
    number = desk.hazards.get(hazard).notice_number
    assert kept.note == f"限期整改意见书（{number}）的签字件"
    assert desk.documents.get(kept.document).number == number
    assert len(sizes(desk.attachments.path(kept))) == len(notice) + 1, "the blank back goes with its front"
    (kept,) = desk.attachments.of("checks", check)
    width, height = sizes(desk.attachments.path(kept))[0]
    assert width < height, "what lay across was turned"
    assert [path.name for path in found.asked] == [f"一叠-第{len(record) + 3}页-3.pdf"]
    (placed,) = place_photos(desk.books, found.asked, "", found.near)
    assert placed.places[0].record == f"checks/{check}"
    assert not placed.sure, "it is asked, not guessed"


@pytest.mark.parametrize(("ending", "turn"), [(".jpg", 0), (".png", 90), (".jpg", 180), (".png", 270)])
def test_a_picture_of_a_paper_is_known_however_it_lies(desk, check, tmp_path, ending, turn):
    (page,) = printed(desk, "record-check", check)
    photo = scanned([page.rotate(turn, expand=True)], tmp_path / f"IMG_001{ending}")
    file(desk, recognise(desk.books, [photo]))
    (kept,) = desk.attachments.of("checks", check)
    image = Image.open(io.BytesIO(desk.attachments.content(kept)))
    assert kept.is_photo
    assert image.width < image.height
    grey = image.convert("L")
    left, right = grey.crop((0, 0, 160, 160)), grey.crop((image.width - 160, image.height - 160, *image.size))
    assert sum(right.histogram()[:128]) > sum(left.histogram()[:128]) + 2000, (
        "its code is below, on the right"
    )


def test_what_is_not_known_is_asked(desk, check, tmp_path):
    plain = scanned([foreign()], tmp_path / "合同.pdf")
    broken = tmp_path / "坏.pdf"
    broken.write_bytes(b"%PDF-1.7 nothing")
    pages = printed(desk, "record-check", check)
    gone = scanned(pages, tmp_path / "已删.pdf")
    desk.checks.remove(check)
    found = recognise(desk.books, [plain, broken, gone])
    assert found.signed == []
    assert found.asked == [plain, broken, gone]
    assert found.told == ["“已删.pdf”上的二维码所指的记录已不在台账里，请核对"]


def test_the_same_scan_twice_in_one_drop_is_filed_once(desk, check, tmp_path):
    scan = scanned(printed(desk, "record-check", check), tmp_path / "扫描.pdf")
    copy = tmp_path / "扫描 - 副本.pdf"
    copy.write_bytes(scan.read_bytes())
    found = recognise(desk.books, [scan, copy])
    assert [one.source for one in found.signed] == [scan]
    assert found.told == ["现场检查记录（2023-05-18 示例木材加工厂）的这份扫描件已经归过了，没有再添加"]


def test_a_page_with_the_codes_of_two_papers_is_asked(desk, check, hazard, tmp_path):
    desk.papers.issue("notice-rectify", str(hazard), {"deadline": "2023-06-10"})
    left, right = (printed(desk, *one)[0] for one in (("record-check", check), ("record-recheck", hazard)))
    both = Image.new("L", (left.width + right.width, left.height), 255)
    both.paste(left, (0, 0))
    both.paste(right, (left.width, 0))
    scan = scanned([both], tmp_path / "两份.pdf")
    found = recognise(desk.books, [scan])
    assert (found.signed, found.asked) == ([], [scan])
    assert found.told == ["“两份.pdf”的一页上有几份文书的二维码，请核对后手工添加"]


def test_a_code_of_another_desk_files_nothing(desk, check, tmp_path):
    scan = scanned(printed(desk, "record-check", check), tmp_path / "别家.pdf")
    with Desk.create(tmp_path / "other", "sanxiang-2023") as other:
        found = recognise(other.books, [scan])
    assert (found.signed, found.asked) == ([], [scan])
    assert found.told == ["“别家.pdf”上的二维码是另一套台账的，请核对"]


def test_only_papers_that_are_signed_carry_a_code_and_none_that_tells_who(desk, check, hazard):
    coded = {report.id: report.about for report in desk.papers.reports() if report.signed}
    assert {
        "rectification-plan",
        "notice-rectify",
        "notice-recheck",
        "record-check",
        "sign-in",
    } <= coded.keys()
    assert "tips" not in coded.values()
    assert {name for name, about in coded.items() if about == "rewards-penalties"} == {"record-talk"}
    code = desk.papers.proof("record-check", None, str(check)).paper.code
    assert code == f"HD1:{desk.cabinet.mark}:RECORD-CHECK:{check}:0"
    assert desk.papers.proof("hazard-card", None, str(hazard)).paper.code == ""
    desk.settings.change({"paper_codes": "不印"})
    assert desk.papers.proof("record-check", None, str(check)).paper.code == ""
