"""Copies given out to be opened: read-only, under their own names, until what was made of them is kept."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from hazard_desk.errors import Trouble
from hazard_desk.store.files import FileStore
from hazard_desk.store.opened import OpenedCopies

TEXT = "整改方案".encode()
DIGEST = hashlib.sha256(TEXT).hexdigest()
OTHER = hashlib.sha256(b"other").hexdigest()


@pytest.fixture
def copies(tmp_path: Path) -> OpenedCopies:
    return OpenedCopies(tmp_path)


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    store = FileStore(tmp_path)
    return store.path(store.keep(TEXT, ".docx").sha256, ".docx")


def writable(file: Path) -> bool:
    return bool(file.stat().st_mode & 0o222)


def over(file: Path, content: bytes) -> None:
    """Save over a copy as WPS does: another file takes its name."""
    file.chmod(0o644)
    file.write_bytes(content)


def test_a_copy_is_read_only_and_has_its_name(copies: OpenedCopies, kept: Path, tmp_path: Path) -> None:
    copy = copies.give(kept, DIGEST, "方案.docx")
    assert copy == tmp_path / "opened" / DIGEST[:8] / "方案.docx"
    assert copy.read_bytes() == TEXT
    assert not writable(copy)
    assert os.access(copy, os.R_OK)
    assert writable(kept)
    assert copies.changed(DIGEST) == []


def test_the_copy_that_stands_is_given_again(copies: OpenedCopies, kept: Path) -> None:
    one = copies.give(kept, DIGEST, "方案.docx")
    assert copies.give(kept, DIGEST, "方案.docx") == one
    assert copies.give(kept, DIGEST, "另一名.docx").name == "另一名.docx"
    assert copies.give(kept, DIGEST, "方案.docx") == one
    assert len(list(one.parent.iterdir())) == 2


def test_what_was_saved_over_it_stays_and_a_fresh_one_is_given(copies: OpenedCopies, kept: Path) -> None:
    one = copies.give(kept, DIGEST, "方案.docx")
    over(one, b"changed")
    two = copies.give(kept, DIGEST, "方案.docx")
    assert (two.name, two.read_bytes()) == ("方案(2).docx", TEXT)
    assert one.read_bytes() == b"changed"
    assert copies.give(kept, DIGEST, "方案.docx") == two
    assert copies.changed(DIGEST) == [one]


@pytest.mark.parametrize("name", ["a.b(c).docx", "方案+*.docx", "无后缀"])
def test_marks_of_a_name_are_only_marks(copies: OpenedCopies, kept: Path, name: str) -> None:
    one = copies.give(kept, DIGEST, name)
    assert copies.give(kept, DIGEST, name) == one
    assert one.name == name


def test_what_was_saved_beside_it_the_newest_first(copies: OpenedCopies, kept: Path) -> None:
    folder = copies.give(kept, DIGEST, "方案.docx").parent
    for number, name in enumerate(("旧.docx", "新.docx", "中.docx")):
        (folder / name).write_bytes(name.encode())
        day = (1, 3, 2)[number] * 86_400
        os.utime(folder / name, (day, day))
    for name in ("~$方案.docx", ".~lock.方案.docx#", "attachment-x.part"):
        (folder / name).write_bytes(b"lock")
    (folder / "文件夹").mkdir()
    assert [file.name for file in copies.changed(DIGEST)] == ["新.docx", "中.docx", "旧.docx"]
    assert copies.changed(OTHER) == []


def test_what_is_kept_is_put_away_and_work_stays(copies: OpenedCopies, kept: Path, tmp_path: Path) -> None:
    one = copies.give(kept, DIGEST, "方案.docx")
    over(one, b"other")
    two = copies.give(kept, DIGEST, "方案.docx")
    copies.put_away({DIGEST})
    assert (one.exists(), two.exists()) == (True, False)
    copies.put_away({DIGEST, OTHER})
    assert list((tmp_path / "opened").iterdir()) == []
    copies.put_away({DIGEST})


def test_a_copy_that_is_open_stays(copies: OpenedCopies, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = copies.give(kept, DIGEST, "方案.docx")

    def busy(file: Path, missing_ok: bool = False) -> None:
        raise PermissionError(13, "in use", str(file))

    with monkeypatch.context() as windows:
        windows.setattr(Path, "unlink", busy)
        copies.put_away({DIGEST})
    assert one.exists()


def test_a_damaged_file_is_not_given_out(copies: OpenedCopies, kept: Path) -> None:
    kept.write_bytes(b"rubbish")
    with pytest.raises(Trouble, match=r"方案\.docx.*已损坏"):
        copies.give(kept, DIGEST, "方案.docx")
