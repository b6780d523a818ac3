"""Tables of any number of columns: printing ends, nothing leaves its cell, the keys stand in every part."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from hazard_desk.papers.fonts import FontRole, Fonts
from hazard_desk.papers.lines import HALF_AT_END
from hazard_desk.papers.model import Block, Cell, Column, Paper, Table, TableRow, Title
from hazard_desk.papers.pdf.flow import pages_of
from hazard_desk.papers.pdf.pen import BLACK, Area, Colour, Pen, Segment
from hazard_desk.papers.word.writer import write_docx
from tests.papers.reading import ReadPage

Printed = Callable[..., list[ReadPage]]
LATIN = "Electroencephalographs"


class Watcher(Pen):
    """Draws nothing; remembers where texts and rules would stand."""

    def __init__(self, fonts: Fonts) -> None:
        super().__init__(Canvas(io.BytesIO()), fonts)
        self.fonts = fonts
        self.texts: list[tuple[str, float, float, float, float]] = []
        """Text, its left and right, its top and bottom."""
        self.segments: list[Segment] = []

    def text(
        self,
        x: float,
        y: float,
        text: str,
        role: FontRole,
        size: float,
        spacing: float = 0,
        colour: Colour = BLACK,
    ) -> None:
        width = sum(self.fonts.widths(text, role)) - (text[-1] in HALF_AT_END) / 2
        self.texts.append((text, x, x + width * size, y + 0.7 * size, y))

    def rules(self, segments: Iterable[Segment], width: float, colour: Colour = BLACK) -> None:
        self.segments += segments

    def fill(self, area: Area, colour: Colour) -> None:
        """Grounds may lie anywhere."""

    def crossed(self) -> list[str]:
        """The texts that a rule runs through."""
        return [
            text
            for text, left, right, top, bottom in self.texts
            for x1, y1, x2, y2 in self.segments
            if min(x1, x2) < right - 0.1
            and max(x1, x2) > left + 0.1
            and min(y1, y2) < top - 0.1
            and max(y1, y2) > bottom + 0.1
        ]


def wide(columns: int, rows: int, text: str = "电线私拉乱接，未穿管") -> Table:
    """A table whose keys are a number and a name."""
    heads = (
        Column("序号", 3, "center"),
        Column("编号", 8),
        *(Column(f"第{n}栏") for n in range(3, columns + 1)),
    )
    lines = [
        (Cell(str(row)), Cell(f"甲{row:03}"), *(Cell(f"{text}{row}之{n}") for n in range(3, columns + 1)))
        for row in range(1, rows + 1)
    ]
    return Table(heads, tuple(lines), keys=2)


@pytest.mark.parametrize(("columns", "parts"), [(7, 1), (16, 1), (25, 2), (40, 3)])
def test_more_columns_than_a_sheet_holds_go_on_in_parts_with_the_keys(
    printed: Printed, columns: int, parts: int
) -> None:
    text = "\n".join(page.text for page in printed(wide(columns, 3), landscape=True, style="ledger"))
    flat = "".join(text.split())
    assert flat.count("续表（第") == parts - 1
    assert [flat.count(f"甲{row:03}") for row in (1, 2, 3)] == [parts] * 3
    assert all(flat.count(f"第{n}栏") == 1 for n in range(3, columns + 1))
    assert all(f"3之{n}" in flat for n in range(3, columns + 1))


def test_long_latin_words_are_broken_before_texts_fall_to_a_character_a_line(printed: Printed) -> None:
    words = [Cell(LATIN)] * 4
    cells = (*words, *[Cell("消防通道被占用，责令立即整改并复查")] * 9)
    table = Table(tuple(Column("栏", 10) for _ in cells), (cells,))
    (page,) = printed(table, landscape=True, style="ledger")
    assert page.find("消防通")
    assert "".join(page.text.split()).count("Electroen") == 4


def test_a_head_over_several_columns_is_cut_with_them(printed: Printed) -> None:
    columns = tuple(Column(f"第{n}栏") for n in range(30))
    head: tuple[TableRow, ...] = (
        (Cell("单位", rowspan=2), Cell("整改情况", colspan=29), *[None] * 28),
        (None, *(Cell(f"第{n}栏") for n in range(1, 30))),
    )
    rows = (
        (Cell("三星村"), *(Cell("电线私拉乱接") for _ in range(29))),
        (Cell("合计", colspan=30), *[None] * 29),
    )
    text = "".join(page.text for page in printed(Table(columns, rows, head), landscape=True, style="ledger"))
    parts = text.count("续表") + 1
    assert parts > 1
    for word in ("整改情况", "三星村", "合计"):
        assert text.count(word) == parts, word


def test_a_head_higher_than_a_page_is_printed_once(printed: Printed) -> None:
    label = "".join(f"{n:04}，" for n in range(900))
    pages = printed(Table((Column(label, 4), Column("乙")), ((Cell("甲"), Cell("末行")),)), style="ledger")
    text = "".join("".join(page.text.split()) for page in pages)
    assert all(text.count(f"{n:04}，") == 1 for n in range(900))
    assert "末行" in pages[-1].text


@pytest.mark.parametrize("columns", [16, 40])
def test_word_has_the_same_parts(fonts: Fonts, columns: int) -> None:
    file = io.BytesIO()
    write_docx(
        Paper("样张", (Title("台账"), wide(columns, 2, LATIN)), landscape=True, style="ledger"), file, fonts
    )
    document = docx.Document(file)
    heads = [[cell.text for cell in table.rows[0].cells] for table in document.tables]
    assert all(head[:2] == ["序号", "编号"] for head in heads)
    assert [label for head in heads for label in head[2:]] == [f"第{n}栏" for n in range(3, columns + 1)]
    for table in document.tables:
        widths = [column.width.pt for column in table.columns if column.width]
        assert sum(widths) == pytest.approx(document.sections[0].page_width.pt - 2 * 42.52, abs=2)
        assert min(widths) > 2 * 9


pieces = st.sampled_from(
    (
        "",
        "安",
        "安全生产责任制",
        "，",
        "（",
        "2023-05-18",
        "91500240MA5U0XXX9N",
        LATIN * 3,
        " ",
        "\n",
        "、张三",
        "“",
    )
)
texts = st.lists(pieces, max_size=6).map("".join)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    count = draw(st.integers(1, 40))
    aligns = st.sampled_from(("left", "center", "right"))
    columns = tuple(Column(draw(texts), draw(st.integers(1, 40)), draw(aligns)) for _ in range(count))
    rows: list[TableRow] = [
        tuple(Cell(draw(texts)) for _ in range(count)) for _ in range(draw(st.integers(0, 4)))
    ]
    rows.append((Cell(draw(texts), colspan=count), *[None] * (count - 1)))
    return Table(columns, tuple(rows), keys=draw(st.integers(0, 3)))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(table=tables(), landscape=st.booleans(), ledger=st.booleans())
def test_any_table_ends_and_nothing_leaves_its_cell(
    fonts: Fonts, table: Table, landscape: bool, ledger: bool
) -> None:
    blocks: tuple[Block, ...] = (Title("台账"), table)
    paper = Paper("样张", blocks, landscape=landscape, style="ledger" if ledger else "official")
    for page in pages_of(paper, fonts):
        layout, watcher = page.setter.layout, Watcher(fonts)
        for strip, top in page.strips:
            strip.draw(watcher, top)
        assert watcher.crossed() == []
        for text, left, right, top, bottom in watcher.texts:
            assert layout.left <= left + 0.1 and right - 0.1 <= layout.left + layout.width, text
            assert layout.bottom <= bottom + 0.1 and top - 0.1 <= layout.top, text
