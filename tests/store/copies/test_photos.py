"""Photos in copies: missing, damaged, mended from the desk; going back without one."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from hazard_desk.desk import Desk
from hazard_desk.store.copies.unpacking import Incomplete
from tests.store.copies.drilling import SHOP, START, files, photo, rows


class TestPhotos:
    @pytest.mark.parametrize("thorough", [True, False])
    def test_a_missing_one_is_named(self, desk, stick, thorough):
        photo(desk).unlink()
        made = desk.copies.make(thorough=thorough)
        assert made.faults == ("附件“照片.jpg”（其他）的文件缺失",)
        assert not made.sound

    def test_a_flipped_bit_is_named(self, desk, stick):
        file = photo(desk)
        file.write_bytes(bytes([file.read_bytes()[0] ^ 1]) + file.read_bytes()[1:])
        for thorough in (False, True):
            assert desk.copies.make(thorough=thorough).faults == (
                "附件“照片.jpg”（其他）的文件已损坏（与添加时不一致）",
            )

    def test_what_the_place_has_is_never_replaced_by_a_broken_one(self, desk, stick, tmp_path):
        file = photo(desk)
        good = desk.copies.make()
        content = file.read_bytes()
        file.write_bytes(b"x" * len(content))
        bad = desk.copies.make()
        said = "附件“照片.jpg”（其他）的文件已损坏（与添加时不一致），备份里的是完好的"
        assert bad.faults == (said,)
        for copy in (good, bad):
            Desk.restore(copy.file, tmp_path / copy.file.stem)
            (again,) = (tmp_path / copy.file.stem).rglob("*.jpg")
            assert again.read_bytes() == content

    def test_copies_with_faults_thin_no_good_one_away(self, desk, stick, a_day):
        file = photo(desk)
        good = a_day(START)
        file.unlink()
        for number in range(1, 30):
            desk.enterprises.add(SHOP | {"name": f"第{number}家"})
            a_day(START + timedelta(days=number))
        assert [copy.file.name for copy in desk.copies.all() if copy.sound and copy.file == good.file]
        assert desk.copies.at_risk().count == 0

    def test_a_removed_one_is_no_fault_when_its_file_is_gone(self, desk, stick):
        file = photo(desk)
        desk.attachments.remove(1)
        file.unlink()
        assert desk.copies.make().faults == ()

    def test_a_flipped_bit_in_the_place_is_mended_from_the_desk(self, desk, stick, a_day):
        file = photo(desk)
        a_day(START)
        beside = stick / "files" / file.parent.name / file.name
        beside.write_bytes(b"x" * file.stat().st_size)
        a_day(START + timedelta(days=1))
        assert beside.read_bytes() != file.read_bytes()  # trusted by its size until all is read
        a_day(START + timedelta(days=31))
        assert beside.read_bytes() == file.read_bytes()
        assert all(copy.sound for copy in desk.copies.all())

    def test_where_the_desk_has_none_either_every_copy_says_so(self, desk, stick, a_day):
        file = photo(desk)
        a_day(START)
        beside = stick / "files" / file.parent.name / file.name
        beside.write_bytes(b"x" * file.stat().st_size)
        file.write_bytes(b"y" * file.stat().st_size)
        found = desk.copies.prove(datetime(2023, 7, 10))
        assert found == ["2023-06-01 09:00的备份：附件“照片.jpg”（其他）在备份里缺失或已损坏"]
        assert not beside.exists() and beside.with_name(f"{file.name}.damaged").exists()
        (on_stick,) = [copy for copy in desk.copies.all() if copy.place == stick]
        assert not on_stick.sound and on_stick.proved


class TestGoingBackWithoutAPhoto:
    """One bad file in a place is a part of all its copies: it must not keep all else from coming back."""

    @pytest.fixture
    def copy(self, desk, stick) -> Path:
        file = photo(desk)
        desk.copies.make()
        for place in desk.copies.places:
            (place / "files" / file.parent.name / file.name).write_bytes(b"damaged")
        desk.close()
        return next(stick.glob("*.zip"))

    def test_the_desk_that_stood_there_may_have_it(self, desk, copy):
        before = files(desk.folder)
        Desk.restore(copy, desk.folder)
        assert files(desk.folder) == before != {}

    def test_elsewhere_it_is_named_and_the_rest_comes_when_it_is_wanted(self, desk, copy, tmp_path):
        with pytest.raises(Incomplete, match="缺少1个附件"):
            Desk.restore(copy, tmp_path / "again")
        assert not (tmp_path / "again" / "desk.db").exists()
        Desk.restore(copy, tmp_path / "again", incomplete=True)
        assert files(tmp_path / "again") == {}
        assert rows(tmp_path / "again" / "desk.db")["enterprise"]
