"""What was typed and not saved survives a crash; what is no draft any more is none."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import pytest

from hazard_desk.errors import Trouble
from hazard_desk.store.drafts import Drafts


@pytest.fixture
def drafts(tmp_path: Path) -> Drafts:
    return Drafts(tmp_path)


def kept(folder: Path) -> list[Path]:
    return sorted((folder / "drafts").iterdir())


def test_a_draft_is_kept_until_it_is_dropped(drafts: Drafts, tmp_path: Path) -> None:
    assert drafts.get("hazards/new") is None
    drafts.keep("hazards/new", {"place": "仓库"})
    drafts.keep("hazards/new", {"place": "车间"})
    assert Drafts(tmp_path).get("hazards/new") == {"place": "车间"}
    drafts.drop("hazards/new")
    drafts.drop("hazards/new")
    assert drafts.get("hazards/new") is None


def test_each_form_has_its_own(drafts: Drafts, tmp_path: Path) -> None:
    drafts.keep("hazards/1", {"place": "仓库"})
    drafts.keep("hazards/2", {"place": "车间"})
    assert len(kept(tmp_path)) == 2
    drafts.drop("hazards/2")
    assert drafts.get("hazards/1") == {"place": "仓库"}


def test_it_is_a_whole_file_that_says_which_form_it_is_of(drafts: Drafts, tmp_path: Path) -> None:
    drafts.keep("hazards/new", {"place": "仓库", "half": "\ud83d"})
    (file,) = kept(tmp_path)
    assert file.suffix == ".json"
    assert len(file.stem) == 24
    said = json.loads(file.read_text(encoding="utf-8"))
    assert said == {"key": "hazards/new", "values": {"place": "仓库", "half": "\ud83d"}}


def test_days_and_moments_are_kept_as_text(drafts: Drafts) -> None:
    drafts.keep("a", {"on": date(2023, 5, 18), "at": datetime(2023, 5, 18, 9, 30), "who": ["甲"], "no": None})
    assert drafts.get("a") == {"on": "2023-05-18", "at": "2023-05-18T09:30:00", "who": ["甲"], "no": None}


def test_what_cannot_be_kept_is_a_bug_and_leaves_the_old_one(drafts: Drafts) -> None:
    drafts.keep("a", {"place": "仓库"})
    with pytest.raises(TypeError, match="cannot be kept in a draft"):
        drafts.keep("a", {"place": object()})
    assert drafts.get("a") == {"place": "仓库"}


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"7", b"null", b"{}", b'{"values": []}', b"\xff\xfe"])
def test_a_damaged_draft_is_none(drafts: Drafts, tmp_path: Path, content: bytes) -> None:
    drafts.keep("a", {"place": "仓库"})
    (file,) = kept(tmp_path)
    file.write_bytes(content)
    assert drafts.get("a") is None


def test_a_place_that_takes_nothing_is_named(tmp_path: Path) -> None:
    (tmp_path / "drafts").touch()
    with pytest.raises(Trouble, match="drafts"):
        Drafts(tmp_path).keep("a", {})
    with pytest.raises(Trouble, match="drafts"):
        Drafts(tmp_path).drop("a")
