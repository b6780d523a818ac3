"""Unfinished files stand in the desk's own folder, and what killed programs left goes at the next start."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

import pytest

from hazard_desk.books.attachments import KEPT_DAYS
from hazard_desk.desk import Desk
from hazard_desk.store.place import make_own_folder
from hazard_desk.store.scratch import clear_leftovers, clear_scratch, libraries_write_to, scratch_folder
from tests.conftest import ROOT, TODAY

LEFT = [
    "scratch/copy-1234/desk.db",
    "scratch/attachment-x.part",
    "attachment-old.part",
    ".copies.json.part",
    "desk.db.new",
    "desk.db.new-wal",
    "restore-abcd/desk.db",
    "thumbs/attachment-y.part",
    "opened/abcd1234/attachment-z.part",
    "drafts/.0123.json.part",
    "out/.通报.pdf.part",
    "backups/desk-20230501-080000.zip.part",
]


def entries(folder: Path) -> set[str]:
    return {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}


@pytest.fixture
def closed(blank: Path, folder: Path) -> Path:
    return Path(shutil.copytree(blank, folder))


def leave(desk: Path) -> None:
    for name in LEFT:
        (desk / name).parent.mkdir(parents=True, exist_ok=True)
        (desk / name).write_bytes(b"half")


def test_what_killed_programs_left_goes_at_the_next_start(closed):
    kept = entries(closed)
    leave(closed)
    (closed / "out" / "通报.part").write_bytes(b"hers")
    Desk.open(closed, TODAY).close()
    assert not entries(closed) & set(LEFT)
    assert entries(closed) >= kept | {"out/通报.part"}
    assert not (closed / "scratch").exists()


def test_a_reader_clears_nothing_away(closed):
    leave(closed)
    Desk.open(closed, TODAY, lock=False).close()
    assert entries(closed) >= set(LEFT)


def test_what_another_process_works_on_stays(closed):
    script = (
        "import sys; from pathlib import Path; from hazard_desk.store.scratch import scratch_folder\n"
        "with scratch_folder(Path(sys.argv[1])) as made:\n"
        "    (made / 'half').write_bytes(b'x'); print(made, flush=True); sys.stdin.readline()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(closed)],
        cwd=ROOT,
        text=True,
        encoding="utf-8",
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    ) as other:
        assert other.stdout is not None
        made = Path(other.stdout.readline().strip())
        clear_scratch(closed)
        assert (made / "half").exists()
        other.kill()
    clear_scratch(closed)
    assert not made.exists()
    assert not (closed / "scratch").exists()


def test_a_scratch_folder_is_gone_after_its_block(tmp_path):
    with scratch_folder(tmp_path) as made:
        assert made.parent == tmp_path / "scratch"
        (made / "x").write_bytes(b"x")
        with scratch_folder(tmp_path) as other:
            assert other != made
    assert list(tmp_path.iterdir()) == []


def test_what_libraries_write_in_passing_lies_in_the_desk(closed, tmp_path, monkeypatch):
    elsewhere = tmp_path / "system"
    elsewhere.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(elsewhere))
    seen = []
    real = tempfile.NamedTemporaryFile

    with Desk.open(closed, TODAY) as desk:
        assert Path(tempfile.gettempdir()).is_relative_to(closed / "scratch")

        def look(*args, **kwargs):
            made = real(*args, **kwargs)
            seen.append(Path(made.name))
            return made

        monkeypatch.setattr(tempfile, "NamedTemporaryFile", look)
        desk.sheets.export("enterprises", tmp_path / "a.xlsx")
        desk.sheets.template("hazards", tmp_path / "b.xlsx")
    assert all(file.is_relative_to(closed) for file in seen)
    assert tempfile.gettempdir() == str(elsewhere)
    assert list(elsewhere.iterdir()) == []
    assert not (closed / "scratch").exists()


def test_desks_that_are_closed_in_any_order(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", None)
    first, second = libraries_write_to(tmp_path / "a"), libraries_write_to(tmp_path / "b")
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert Path(tempfile.gettempdir()).is_relative_to(tmp_path / "b")
    second.__exit__(None, None, None)
    assert tempfile.tempdir is None


def test_the_photo_of_one_removed_goes_with_its_small_pictures_after_its_days(closed):
    with Desk.open(closed, TODAY) as desk:
        number = desk.attachments.add("hazards", 1, b"text", "a.txt").ids[0]
        desk.attachments.remove(number)
    file = next((closed / "attachments").glob("*/*"))
    Desk.open(closed, TODAY + timedelta(days=KEPT_DAYS)).close()
    assert file.exists()
    Desk.open(closed, TODAY + timedelta(days=KEPT_DAYS + 1), lock=False).close()
    assert file.exists()
    Desk.open(closed, TODAY + timedelta(days=KEPT_DAYS + 1)).close()
    assert not file.exists()


def test_a_binder_under_way_stays_and_one_left_behind_goes(closed):
    binder = closed / "out" / "迎检档案.未完成"
    binder.mkdir(parents=True)
    (binder / "x.pdf").write_bytes(b"x")
    clear_leftovers(closed)
    assert binder.exists()
    long_ago = time.time() - 3600
    for path in (binder / "x.pdf", binder):
        os.utime(path, (long_ago, long_ago))
    clear_leftovers(closed)
    assert not binder.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="there the profile's own rights hold")
class TestForHerAlone:
    def test_a_new_desk_s_folder(self, folder, user_folder):
        Desk.create(folder, "sanxiang-2023", TODAY).close()
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert stat.S_IMODE((folder / "desk.db").stat().st_mode) == 0o600
        make_own_folder(user_folder)
        assert stat.S_IMODE(user_folder.stat().st_mode) == 0o700

    def test_a_folder_of_others_stays_as_it_is_and_what_is_made_in_it_is_hers(self, folder):
        folder.mkdir(mode=0o775)
        folder.chmod(0o775)
        (folder / "名单.txt").write_text("x", encoding="utf-8")
        (folder / "名单.txt").chmod(0o664)
        with Desk.create(folder, "sanxiang-2023", TODAY) as desk:
            desk.attachments.add("hazards", 1, b"text", "a.txt")
        Desk.open(folder, TODAY).close()
        assert stat.S_IMODE(folder.stat().st_mode) == 0o775
        assert stat.S_IMODE((folder / "名单.txt").stat().st_mode) == 0o664
        assert stat.S_IMODE((folder / "desk.db").stat().st_mode) == 0o600
        assert stat.S_IMODE((folder / "attachments").stat().st_mode) == 0o700

    def test_what_a_restore_puts_there_and_aside(self, folder):
        folder.mkdir(mode=0o775)
        with Desk.create(folder, "sanxiang-2023", TODAY) as desk:
            copy = desk.copies.make().file
        Desk.restore(copy, folder)
        assert stat.S_IMODE((folder / "desk.db").stat().st_mode) == 0o600
        (aside,) = folder.glob("before-restore-*")
        assert stat.S_IMODE(aside.stat().st_mode) == 0o700
