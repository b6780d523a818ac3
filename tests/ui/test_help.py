"""F1 opens the manual where the page is explained."""

from __future__ import annotations

from hazard_desk.library.manual import chapter_of
from ui.window import MainWindow


def test_every_page_has_a_chapter_that_names_it(window: MainWindow) -> None:
    lost = [page.title for page in window.pages if page.help_key not in chapter_of(page.help_key).pages]
    assert lost == []


def test_every_page_is_spoken_of_by_its_title(window: MainWindow) -> None:
    lost = []
    for page in window.pages:
        chapter = chapter_of(page.help_key)
        if page.title not in f"{chapter.title}\n{chapter.body}":
            lost.append(page.title)
    assert lost == []
