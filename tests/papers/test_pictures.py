"""Photos, charts, grounds and turned pages in the PDF: everything in its place, nothing lost."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from hazard_desk.papers.fonts import Fonts
from hazard_desk.papers.model import (
    FILLS,
    Cell,
    Chart,
    ChartSeries,
    Column,
    PageBreak,
    Paper,
    Para,
    Photos,
    Picture,
    Table,
)
from hazard_desk.papers.pdf.writer import write_pdf
from tests.papers.reading import ReadPage

Printed = Callable[..., list[ReadPage]]


def picture(width: int, height: int, colour: str = "green") -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(file, "PNG")
    return file.getvalue()


def areas(fonts: Fonts, *blocks: object) -> list[tuple[float, float, float, float]]:
    """Where pictures stand on the first page: left, bottom, right, top."""
    file = io.BytesIO()
    write_pdf(Paper("样张", blocks), file, fonts)  # type: ignore[arg-type]
    document = pypdfium2.PdfDocument(file.getvalue())
    found = [part.get_bounds() for part in document[0].get_objects() if part.type == 3]
    document.close()
    return found


def test_photos_stand_side_by_side_in_proportion_with_their_captions(fonts: Fonts, printed: Printed) -> None:
    block = Photos((Picture(picture(400, 300), "整改前"), Picture(picture(300, 400), "整改后")))
    wide, tall = areas(fonts, block)
    assert (wide[2] - wide[0]) / (wide[3] - wide[1]) == pytest.approx(4 / 3, abs=0.02)
    assert (tall[2] - tall[0]) / (tall[3] - tall[1]) == pytest.approx(3 / 4, abs=0.02)
    assert wide[2] < tall[0]
    page = printed(block)[0]
    before = page.find("整改前整改后")
    assert before[0].x > wide[0]
    assert before[-1].y < min(wide[1], tall[1])


@pytest.mark.parametrize("source", [None, b"", b"no picture", Path("missing.jpg"), Path()])
def test_a_photo_that_cannot_be_drawn_leaves_a_framed_note(
    printed: Printed, source: Path | bytes | None
) -> None:
    page = printed(Photos((Picture(source, "配电室"), Picture(picture(30, 30), "厨房"))), Para("后"))[0]
    assert page.find("照片缺失：配电室")
    assert "厨房" in page.text
    assert "后" in page.text


def test_a_lost_photo_without_caption_is_called_by_its_file(printed: Printed) -> None:
    assert printed(Photos((Picture(Path("不在/现场.jpg")),), across=1))[0].find("照片缺失：现场.jpg")


def test_forty_photos_take_as_many_pages_as_they_need(printed: Printed) -> None:
    photos = tuple(Picture(picture(40, 30), f"第{number}张，" + "长" * number * 4) for number in range(1, 41))
    pages = printed(Photos(photos))
    text = "".join("".join(page.text.split()) for page in pages)
    assert len(pages) > 5
    assert [n for n in range(1, 41) if text.count(f"第{n}张") != 1] == []
    for page in pages:
        assert all(glyph.box[1] > 60 for glyph in page.glyphs if glyph.size < 13)


@pytest.mark.parametrize("kind", ["columns", "bars"])
def test_a_chart_has_every_label_and_value(printed: Printed, kind: str) -> None:
    series = (ChartSeries("发现", (12, 0, 33.333)), ChartSeries("整改", (7, 5.5, 0)))
    page = printed(Chart("图1　各村隐患", ("红旗村", "石桥村", "大坪村"), series, kind))[0]  # type: ignore[arg-type]
    for text in ("图1", "红旗村", "石桥村", "大坪村", "发现", "整改", "12", "33.33", "5.5"):
        assert text in page.text


@pytest.mark.parametrize("kind", ["columns", "bars"])
@pytest.mark.parametrize("count", [0, 1, 90])
def test_a_chart_of_any_size_stays_on_its_page(printed: Printed, kind: str, count: int) -> None:
    labels = tuple(f"第{number}村民委员会{'很长' * (number % 20)}" for number in range(count))
    series = (ChartSeries("数", tuple(range(count))),) if count else ()
    pages = printed(Chart("图", labels, series, kind), Para("后"))  # type: ignore[arg-type]
    for page in pages:
        for glyph in page.glyphs:
            assert 0 < glyph.box[0] <= glyph.box[2] < page.width
            assert 0 < glyph.box[1] <= glyph.box[3] < page.height


def test_the_bars_are_as_long_as_their_values(fonts: Fonts) -> None:
    file = io.BytesIO()
    chart = Chart("图", ("甲", "乙"), (ChartSeries("数", (10, 40)),), "bars")
    write_pdf(Paper("样张", (chart,)), file, fonts)
    document = pypdfium2.PdfDocument(file.getvalue())
    boxes = [part.get_bounds() for part in document[0].get_objects() if part.type == 2]
    long = sorted(box[2] - box[0] for box in boxes if box[3] - box[1] > 5 and box[2] - box[0] > 5)
    document.close()
    assert long[1] / long[0] == pytest.approx(4, abs=0.1)


def test_a_series_that_does_not_fit_the_labels_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="2 values, 1 labels"):
        Chart("图", ("甲",), (ChartSeries("数", (1, 2)),))


def test_a_ground_lies_under_the_text_of_its_cell(fonts: Fonts) -> None:
    file = io.BytesIO()
    table = Table((Column("甲"), Column("乙")), ((Cell("一", fill="red"), Cell("二")),))
    write_pdf(Paper("样张", (table,)), file, fonts)
    document = pypdfium2.PdfDocument(file.getvalue())
    image = document[0].render().to_pil().convert("RGB")
    document.close()
    colours = {code for _, code in image.getcolors(1 << 20)}
    assert tuple(bytes.fromhex(FILLS["red"])) in colours
    assert tuple(bytes.fromhex(FILLS["green"])) not in colours


def test_a_table_whose_columns_have_no_labels_has_no_head(printed: Printed) -> None:
    rows = ((Cell("单位", bold=True), Cell("某厂")), (Cell("日期", bold=True), Cell("2023-05-18")))
    page = printed(Table((Column("", 4), Column("", 20)), rows))[0]
    assert page.line_texts(12.0) == ["单位某厂", "日期2023-05-18"]


def test_rows_are_as_high_as_is_asked(printed: Printed) -> None:
    columns, rows = (Column("签名"),), ((Cell("一"),), (Cell("二"),))
    low, high = (printed(Table(columns, rows, row_lines=lines))[0] for lines in (1, 3))
    step = [page.find("一")[0].y - page.find("二")[0].y for page in (low, high)]
    assert step[1] - step[0] == pytest.approx(2 * 12 * 1.3, abs=0.1)


def test_pages_turn_within_a_paper_and_turn_back(printed: Printed) -> None:
    pages = printed(
        Para("一"), PageBreak(landscape=True), Para("二"), PageBreak(), Para("三"), PageBreak(False)
    )
    assert [round(page.width) for page in pages] == [595, 842, 842, 595]
    pages = printed(PageBreak(landscape=True), Para("安" * 60, indent=False))
    assert len(pages) == 1
    assert len(pages[0].lines[0]) > 28


def test_a_record_counts_its_pages(printed: Printed) -> None:
    pages = printed(Para("一"), PageBreak(), Para("二"), counted=True)
    assert "第1页共2页" in pages[0].text.replace(" ", "")
    assert "第2页共2页" in pages[1].text.replace(" ", "")
    assert "—" not in pages[0].text
