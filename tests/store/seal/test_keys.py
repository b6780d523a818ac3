"""The code as this computer keeps it, and texts sealed by the key that it makes."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazard_desk.errors import Refused, Trouble
from hazard_desk.store.seal.code import new_code
from hazard_desk.store.seal.keys import Keys
from hazard_desk.store.seal.sealing import new_key, seal_row, unsealed_row

TEXTS = {"name": "欧阳示例", "phone": "13800005678", "none": ""}


@pytest.fixture
def keys(tmp_path: Path) -> Keys:
    return Keys("0123abcd", tmp_path / "用户")


class TestKeeping:
    def test_it_is_made_once(self, keys):
        assert keys.code == ""
        code = keys.make()
        assert keys.code == keys.make() == code

    def test_a_typed_one_is_kept(self, keys):
        code = new_code()
        assert keys.unlock(code.lower().replace("-", " ")) == code == keys.code

    def test_a_slip_leaves_what_is_kept(self, keys):
        code = keys.make()
        with pytest.raises(Refused):
            keys.unlock(f"{code[:-1]}")
        assert keys.code == code

    @pytest.mark.skipif(sys.platform == "win32", reason="there it is bound to the account")
    def test_the_file_is_for_its_owner_alone(self, keys):
        keys.make()
        assert stat.S_IMODE(keys.file.stat().st_mode) == 0o600
        assert stat.S_IMODE(keys.file.parent.stat().st_mode) == 0o700

    @pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"ABCD-EFGH"])
    def test_a_damaged_file_is_as_none(self, keys, content):
        keys.make()
        keys.file.write_bytes(content)
        assert keys.code == ""

    def test_where_it_cannot_be_kept_is_said(self, keys):
        keys.file.parent.parent.mkdir()
        keys.file.parent.write_bytes(b"")
        with pytest.raises(Trouble):
            keys.make()

    def test_each_desk_has_a_key_of_its_own(self, tmp_path):
        code = new_code()
        one, other = Keys("1", tmp_path), Keys("2", tmp_path)
        assert one.master(code) != other.master(code)
        assert one.check(code) != other.check(code)
        assert one.check(code) not in one.master(code).hex()


class TestSealing:
    @given(st.dictionaries(st.sampled_from(["a", "b"]), st.text(max_size=60)))
    def test_what_is_sealed_opens_again(self, texts):
        master = new_key()
        key, sealed = seal_row(master, "u", texts)
        assert unsealed_row(master, "u", key, sealed) == texts

    def test_it_opens_nowhere_else(self):
        master = new_key()
        key, sealed = seal_row(master, "u", TEXTS)
        assert unsealed_row(new_key(), "u", key, sealed) is None
        assert unsealed_row(master, "other", key, sealed) is None
        assert unsealed_row(master, "u", "", sealed) is None
        assert unsealed_row(master, "u", "s1:rubbish", sealed) is None

    def test_two_alike_are_sealed_differently_and_no_length_is_told(self):
        master = new_key()
        first, second = (
            seal_row(master, uid, {"name": name})[1]["name"] for uid, name in (("1", "王二"), ("2", "王二"))
        )
        longer = seal_row(master, "3", {"name": "欧阳示例"})[1]["name"]
        assert first != second and len(first) == len(longer)
