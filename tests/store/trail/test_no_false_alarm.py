"""What is sound is never taken for damaged: killed, torn, moved, copied, read beside the writer."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hazard_desk.desk import Desk
from hazard_desk.store.files import sha256_of
from hazard_desk.store.trail.head import HEAD_FILE, alarm, open_for_writing, read
from tests.conftest import TODAY
from tests.store.trail.harming import enter, killed, opens


class TestNoFalseAlarm:
    def test_closed(self, shut):
        assert read(shut).file, "the file is known"
        opens(shut)

    def test_killed(self, busy):
        assert not read(busy).file
        opens(busy)

    @pytest.mark.parametrize("acts_ago", [1, 2, 4])
    def test_killed_before_the_head_was_kept(self, desk, tmp_path, acts_ago):
        """And so after a power cut: the database was flushed, the head was not."""
        enter(desk, 3)
        before = (desk.folder / HEAD_FILE).read_bytes()
        enter(desk, acts_ago)
        folder = killed(desk, tmp_path / "killed")
        (folder / HEAD_FILE).write_bytes(before)
        opens(folder)

    @pytest.mark.parametrize("cut", [0, 1, 17, 60, 200, 511])
    def test_a_head_that_is_torn(self, desk, tmp_path, cut):
        enter(desk)
        before = (desk.folder / HEAD_FILE).read_bytes()
        enter(desk)
        after = (desk.folder / HEAD_FILE).read_bytes()
        assert len(before) == len(after) == 512
        for number, content in enumerate((after[:cut] + before[cut:], after[:cut], b"\xff" * cut)):
            folder = killed(desk, tmp_path / f"torn {number}")
            (folder / HEAD_FILE).write_bytes(content)
            opens(folder)

    @pytest.mark.parametrize("kind", ["shut", "busy"])
    def test_moved_copied_or_without_a_head(self, request, kind, tmp_path):
        folder = request.getfixturevalue(kind)
        copied, bare = tmp_path / "another place" / "台账", tmp_path / "bare"
        shutil.copytree(folder, copied)
        shutil.copytree(folder, bare, ignore=shutil.ignore_patterns("desk.head"))
        opens(copied)
        opens(bare)
        assert read(bare), "it has one again"
        opens(folder.rename(tmp_path / "moved"))

    def test_only_the_database_was_copied(self, shut, tmp_path):
        (tmp_path / "alone").mkdir()
        shutil.copy(shut / "desk.db", tmp_path / "alone")
        opens(tmp_path / "alone")

    def test_a_folder_that_was_copied_while_it_was_open(self, desk, tmp_path):
        enter(desk, 2)
        shutil.copytree(desk.folder, tmp_path / "copied")
        enter(desk)
        opens(tmp_path / "copied")
        assert alarm(desk.folder) == ""

    def test_a_reader_beside_the_writer(self, desk):
        for _ in range(3):
            enter(desk)
            with Desk.open(desk.folder, TODAY, lock=False) as reader:
                enter(desk)
                assert reader.check() == []
            assert alarm(desk.folder) == ""
        reader = Desk.open(desk.folder, TODAY, lock=False)
        desk.close()
        reader.close()
        opens(desk.folder)

    def test_a_reader_brings_in_the_log_of_a_writer_that_was_killed(self, busy):
        with Desk.open(busy, TODAY, lock=False) as reader:
            assert reader.cabinet.checkpoint()
        assert not (busy / "desk.db-wal").exists()
        opens(busy)

    def test_the_desk_as_it_was_closed_with_a_reader_that_stays(self, desk):
        reader = Desk.open(desk.folder, TODAY, lock=False)
        enter(desk)
        with reader.cabinet.db.atomic():
            assert reader.undoable()  # it stands at what it read
            enter(desk)
            desk.close()
        reader.close()
        opens(desk.folder)

    def test_a_writer_that_comes_while_a_reader_compares(self, shut, monkeypatch):
        def meanwhile(file: Path) -> str:
            with monkeypatch.context() as patch:
                patch.setattr("hazard_desk.store.trail.head.sha256_of", sha256_of)
                with Desk.open(shut, TODAY) as writer:
                    enter(writer)
            monkeypatch.undo()
            return sha256_of(file)

        monkeypatch.setattr("hazard_desk.store.trail.head.sha256_of", meanwhile)
        assert alarm(shut) == ""
        opens(shut)

    def test_what_the_file_was_is_taken_out_before_anything_is_written(self, shut):
        before = read(shut)
        open_for_writing(shut)
        assert read(shut) == replace(before, file="")
        opens(shut)

    def test_put_back_from_a_copy(self, desk, tmp_path):
        enter(desk)
        copy = desk.backup(tmp_path / "copy.zip")
        enter(desk, 3)
        desk.close()
        Desk.restore(copy, desk.folder)
        opens(desk.folder)

    def test_acts_that_fail_or_are_given_up(self, desk):
        enter(desk)
        with pytest.raises(RuntimeError), desk.cabinet.together():
            enter(desk, 2)
            raise RuntimeError
        assert read(desk.folder).act == desk.cabinet.head().act
        with desk.cabinet.together():
            enter(desk)
            with pytest.raises(RuntimeError), desk.cabinet.together():
                enter(desk)
                raise RuntimeError
        assert read(desk.folder) == desk.cabinet.head()
        desk.close()
        opens(desk.folder)

    @settings(max_examples=12)
    @given(st.lists(st.sampled_from(["act", "undo", "kill", "close", "read", "checkpoint", "late", "lost"])))
    def test_whatever_happens(self, blank: Path, tmp_path_factory: pytest.TempPathFactory, steps: list[str]):
        place = tmp_path_factory.mktemp("steps")
        folder = place / "0"
        shutil.copytree(blank, folder)
        desk, head = Desk.open(folder, TODAY), b""
        for number, step in enumerate(steps, start=1):
            if step == "act":
                head = (folder / HEAD_FILE).read_bytes()
                enter(desk)
            elif step == "undo" and desk.undoable():
                desk.undo()
            elif step == "checkpoint":
                desk.cabinet.checkpoint()
            elif step == "read":
                Desk.open(folder, TODAY, lock=False).close()
            elif step == "close":
                desk.close()
                desk = Desk.open(folder, TODAY)
            elif step in ("kill", "late", "lost"):
                folder = killed(desk, place / str(number))
                if step == "late" and head:
                    (folder / HEAD_FILE).write_bytes(head)
                if step == "lost":
                    (folder / HEAD_FILE).unlink()
                desk.close()
                desk, head = Desk.open(folder, TODAY), b""
        enter(desk)
        assert desk.check() == []
        desk.close()
        opens(folder)
