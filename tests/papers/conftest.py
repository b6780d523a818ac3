"""What the tests of papers share: the fonts that ship, and papers printed and read back."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import date

import pytest

from hazard_desk.books.kit.query import Query
from hazard_desk.desk import Desk
from hazard_desk.papers.fonts import Fonts
from hazard_desk.papers.model import Block, Paper
from hazard_desk.papers.pdf.writer import write_pdf
from hazard_desk.rules.fields import Row
from tests.papers.office import UNIT, step
from tests.papers.reading import ReadPage, read_pdf


@pytest.fixture(scope="session")
def fonts() -> Fonts:
    """Only the fonts that ship, so that every computer prints the same."""
    return Fonts.shipped()


@pytest.fixture
def printed(fonts: Fonts) -> Callable[..., list[ReadPage]]:
    """Prints blocks as a paper (``landscape``, ``style``, ``mark`` … as for ``Paper``), reads it back."""

    def print_and_read(*blocks: Block, **about: object) -> list[ReadPage]:
        file = io.BytesIO()
        write_pdf(Paper("样张", blocks, **about), file, fonts)  # type: ignore[arg-type]
        return read_pdf(file.getvalue())

    return print_and_read


Read = Callable[..., str]


@pytest.fixture
def pages(desk: Desk) -> Callable[..., list[ReadPage]]:
    """Print a paper and read its pages back."""

    def read(report: str, number: object = "", as_of: date | None = None) -> list[ReadPage]:
        to = desk.folder / "paper.pdf"
        desk.papers.print(report, to, Query(as_of=as_of), str(number))
        return read_pdf(to.read_bytes())

    return read


@pytest.fixture
def told(pages: Callable[..., list[ReadPage]]) -> Read:
    """Print a paper and return its text, without blanks and line ends."""
    return lambda *asked: re.sub(r"\s", "", "".join(page.text for page in pages(*asked)))


@pytest.fixture
def major(desk: Desk, found: Row, five: Row) -> int:
    """A major hazard with notice, commitments and plan, not rectified."""
    number = desk.hazards.add(
        found | {"level": "重大", "criterion": "《判定标准》第三条", "unit_name": UNIT}
    ).ids[0]
    step(desk, number, "notice_rectify", 21, notice_number="责改〔2023〕1号", deadline="2023-05-31")
    desk.hazards.step(number, "committed", five)
    step(
        desk,
        number,
        "planned",
        22,
        plan_goal="消除电气火灾隐患",
        plan_methods="全部重新布线",
        plan_resources="自筹",
        plan_people="丙负责",
        plan_deadline="2023-05-31",
        plan_safety="断电停用",
    )
    return number


@pytest.fixture
def supervised(desk: Desk, major: int) -> int:
    """The same hazard, listed for supervision and its deadline extended."""
    listed = {"supervision_level": "乡镇级", "supervision_number": "三星督〔2023〕1号"}
    step(desk, major, "supervised", 23, supervisor="丁督办", supervision_deadline="2023-05-30", **listed)
    step(desk, major, "supervision_extended", 24, supervision_deadline="2023-06-20", note="材料到货推迟")
    return major
