"""A disk that is full from some moment on, at every stage: it is told, and nothing is half-written."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import Path

from openpyxl import Workbook

from hazard_desk.books.hazards.steps import Steps
from hazard_desk.desk import Desk
from hazard_desk.errors import Trouble
from hazard_desk.figures.progress.filling import fill, submit
from hazard_desk.library.progress_forms import find_progress_form
from hazard_desk.sheets.importing import run_import
from hazard_desk.store.copies.unpacking import unpack
from hazard_desk.store.troubles import full_disk_behind
from tests.every_act import FOUND, RECTIFIED, SHOP, furnish
from tests.harm.cases import Outcome
from tests.harm.events import Harm, Hook, Mode, Shim, in_child, loaded
from tests.harm.kinds import PLAN, TODAY, facts, photo

SAYS = "磁盘已满"
Stage = Callable[[Desk, Path], object]


def _import(desk: Desk, place: Path) -> None:
    run_import(desk.books, desk.sheets.incoming("enterprises", place / "came.xlsx"))


def _form(desk: Desk) -> None:
    submit(desk.books, fill(desk.books, find_progress_form("fangshan-2023"), date(2023, 5, 28)))


STAGES: Mapping[str, Stage] = {
    "register": lambda desk, _: desk.hazards.add(FOUND),
    "step": lambda desk, _: desk.hazards.step(1, Steps.RECTIFIED.kind, RECTIFIED),
    "import": _import,
    "attach": lambda desk, _: desk.attachments.add("hazards", 1, photo(3), "照片.png"),
    "thumbnail": lambda desk, _: desk.attachments.thumbnail(desk.attachments.of("hazards", 2)[0]),
    "setting": lambda desk, _: desk.settings.change({"clerk": "新来的"}),
    "draft": lambda desk, _: desk.drafts.keep("hazards/new", dict(FOUND)),
    "submit": lambda desk, _: _form(desk),
    "issue": lambda desk, _: desk.papers.issue("notice-rectify", "1", {"deadline": "2023-06-10"}),
    "export": lambda desk, place: desk.sheets.export("hazards", place / "out" / "a.xlsx"),
    "template": lambda desk, place: desk.sheets.template("hazards", place / "out" / "a.xlsx"),
    "copy": lambda desk, _: desk.copies.make(),
    "portable": lambda desk, place: desk.copies.portable(place / "out" / "copy.zip"),
}
"""What the clerk does; each with the desk open and a folder beside it."""


class Floor:
    """A desk with something of everything, copied for each case."""

    def __init__(self, root: Path) -> None:
        self._root = root
        place = root / "ready"
        with Desk.create(place / "desk", PLAN, TODAY) as desk:
            furnish(desk)
            desk.attachments.add("hazards", 2, photo(1), "门面.png")
        book = Workbook()
        sheet = book.worksheets[0]
        sheet.append(["单位名称", "类别", "行业领域"])
        for number in range(30):
            sheet.append([f"{SHOP['name']}{number}", "企业", "工贸"])
        book.save(place / "came.xlsx")
        (place / "passing").mkdir()
        self.before = facts(place / "desk")

    def events(self, stage: str) -> int:
        """Return how many file events a stage has. Raises when it fails without any harm."""
        end = in_child(partial(self._harmed, self._copied("count"), stage, Mode.COUNT, 0))
        if end.how != "done":
            raise RuntimeError(f"{stage} without any harm: {end.said}")
        return int(end.said)

    def fault(self, stage: str, at: int) -> str:
        """Let the disk be full from an event on; return what is wrong with how that ended, or ''."""
        place = self._copied("case")
        end = in_child(partial(self._harmed, place, stage, Mode.FULL, at))
        if end.how not in ("done", "told") or (end.how == "told" and SAYS not in end.said):
            return f"{end.how}: {end.said[-800:]}"
        now = in_child(partial(self._judged, place, end.how == "told"))
        return "" if now.how == "done" else f"after “{end.said}”: {now.said[-800:]}"

    def _copied(self, name: str) -> Path:
        place = self._root / name
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(self._root / "ready", place)
        return place

    @staticmethod
    def _harmed(place: Path, stage: str, mode: Mode, at: int) -> str:
        tempfile.tempdir = str(place / "passing")
        harm: Harm = Shim() if loaded() else Hook()
        with Desk.open(place / "desk", TODAY) as desk:
            harm.arm(place, mode, at)
            try:
                STAGES[stage](desk, place)
            except Exception as wrong:  # as the command line and the window do with what nobody foresaw
                if isinstance(wrong, Trouble) or not (said := full_disk_behind(wrong, place)):
                    raise
                raise Trouble(said) from wrong
            finally:
                story = harm.disarm()
        return str(len(story))

    def _judged(self, place: Path, refused: bool) -> str:
        with Desk.open(place / "desk", TODAY) as desk:
            assert desk.check() == []
        if refused:
            assert facts(place / "desk")[0] == self.before[0], "something of it was kept"
            for file in (file for file in (place / "out").rglob("*") if file.is_file()):
                assert file.suffix == ".zip", f"{file} is left"
                unpack(file, place / "looked")  # whole, only not in the list of copies
        return ""


def every_stage(root: Path, wanted: Callable[[str], bool]) -> Iterator[Outcome]:
    """Fill the disk at every file event of each stage that is wanted."""
    stages = [stage for stage in STAGES if wanted(f"full {stage}")]
    floor = Floor(root) if stages else None
    for stage in stages:
        began = time.monotonic()
        outcome = Outcome(f"full {stage}", "full")
        assert floor
        for at in range(1, floor.events(stage) + 1):
            why = floor.fault(stage, at)
            outcome.add(f"{at}", "broken" if why else "before", why)
        outcome.seconds = time.monotonic() - began
        yield outcome
