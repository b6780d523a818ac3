"""What speed is measured with: large desks are as the program makes them, the table tells what it should."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from hazard_desk.books.kit.query import Query
from hazard_desk.demo import SAMPLE_DAY
from hazard_desk.desk import Desk
from tests.bench import run
from tests.bench.jobs import Bed, Job, growth, measure
from tests.bench.many import multiply, ten_years
from tests.bench.run import JOBS, put_into_readme


@pytest.fixture
def large(year: Path, tmp_path: Path) -> Path:
    """The folder of the sample desk with twice its hazards."""
    folder = Path(shutil.copytree(year, tmp_path / "large"))
    with Desk.open(folder, SAMPLE_DAY) as desk:
        multiply(desk, 2 * desk.hazards.count(Query()))
    return folder


def test_copies_of_hazards_are_made_by_acts(large: Path, year: Path) -> None:
    with Desk.open(large, SAMPLE_DAY) as desk, Desk.open(year, SAMPLE_DAY, lock=False) as before:
        assert desk.check() == []
        states = before.hazards.count_by("state")
        assert desk.hazards.count_by("state") == {state: 2 * count for state, count in states.items()}
        past = Query(as_of=SAMPLE_DAY.replace(month=8))
        assert desk.hazards.count(past) == 2 * before.hazards.count(past)
        last = desk.hazards.ids(Query())[-1]
        assert len(desk.hazards.history(last)) == len(before.hazards.history(before.hazards.ids(Query())[-1]))


def test_ten_years_are_made_by_acts_and_closed(year: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(year, tmp_path / "ten"))
    with Desk.open(folder, SAMPLE_DAY) as desk:
        standing = desk.hazards.count(Query(where={"state": "整改中"}))
        ten_years(desk, 5_000)
        assert desk.cabinet.head().act == pytest.approx(5_000, rel=0.1)
        assert desk.hazards.count(Query(where={"state": "整改中"})) == standing
        assert min(row.found_on for row in desk.hazards.select(Query())).year <= SAMPLE_DAY.year - 5
        assert desk.check() == []


def test_a_job_tells_its_ratio_and_how_it_grows(tmp_path: Path) -> None:
    def taking(times: int):
        return lambda bed: lambda: times * bed.size**2

    job = Job("squares", taking(1), taking(3), {10: 2}, (10, 100, 1_000), unit="MB")
    small, *rest = (measure(job, Bed(size, lambda size: tmp_path, tmp_path)) for size in job.sizes)
    assert (small.floor, small.ours, small.missed) == (100, 300, 1.5)
    assert [one.floor for one in rest] == [None, None]
    assert growth([small, *rest]) == "**n^2.00, at most n^2.00**"


def test_the_table_keeps_what_was_not_measured_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "README.md"
    file.write_text("before\n<!-- bench -->\n<!-- /bench -->\nafter\n", encoding="utf-8")
    monkeypatch.setattr(run, "_README", file)
    jobs = [Job(name, None, lambda bed: int, {1: 1}) for name in ("a", "b")]
    put_into_readme(["| b; 1 | 2 |"], jobs)
    put_into_readme(["| a; 1 | 1 |"], jobs)
    put_into_readme(["| b; 1 | 3 |"], jobs)
    assert "| a; 1 | 1 |\n| b; 1 | 3 |\n<!-- /bench -->\nafter" in file.read_text(encoding="utf-8")


def test_no_two_jobs_have_one_name() -> None:
    assert len({job.name for job in JOBS}) == len(JOBS)
