"""What the tests of papers share: the fonts that ship, and papers printed and read back."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest

from hazard_desk.papers.fonts import Fonts
from hazard_desk.papers.model import Block, Paper
from hazard_desk.papers.pdf import write_pdf
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
