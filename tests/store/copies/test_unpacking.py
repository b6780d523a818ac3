"""Copies that are broken or mean harm: each ends in one sentence, and nothing of it is left outside."""

from __future__ import annotations

import hashlib
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest

from hazard_desk.desk import Desk
from hazard_desk.errors import Refused, Trouble
from hazard_desk.store.copies import unpacking
from hazard_desk.store.copies.unpacking import read_manifest, unpack, unpack_database
from tests.store.copies.conftest import packed

PHOTO = b"\xff\xd8photo"
DIGEST = hashlib.sha256(PHOTO).hexdigest()
NAME = f"attachments/{DIGEST[:2]}/{DIGEST}.jpg"


@pytest.fixture
def said(tmp_path):
    """Return the sentence with which unpacking a copy ends; nothing may be left where it was not asked to."""

    def sentence(copy: Path, kind: type[Exception] = Refused, password: str = "") -> str:
        before = {path for path in tmp_path.rglob("*") if "into" not in path.parts}
        with pytest.raises(kind) as caught:
            unpack(copy, tmp_path / "into", password)
        assert {path for path in tmp_path.rglob("*") if "into" not in path.parts} == before
        assert str(copy) in caught.value.message and "\n" not in caught.value.message
        return caught.value.message

    return sentence


def altered(database: bytes, folder: Path, *statements: str) -> bytes:
    """Return the database after somebody else's statements."""
    file = folder / "altered.db"
    file.write_bytes(database)
    with closing(sqlite3.connect(file)) as link:
        for statement in statements:
            link.execute(statement)
        link.commit()
    return file.read_bytes()


class TestWhole:
    def test_files_inside_and_the_manifest(self, database, tmp_path):
        copy = packed(tmp_path / "a.zip", {"desk.db": database, NAME: PHOTO}, format=2, act=3, office="某办")
        manifest = unpack(copy, tmp_path / "into")
        assert (manifest.act, manifest.office, manifest.inside) == (3, "某办", True)
        assert (tmp_path / "into" / NAME).read_bytes() == PHOTO
        with Desk.open(tmp_path / "into") as desk:
            assert len(desk.tasks.all_rows()) == 34

    def test_files_beside_it(self, database, tmp_path, said):
        files = {"desk.db": hashlib.sha256(database).hexdigest(), NAME: DIGEST}
        copy = packed(tmp_path / "a.zip", {"desk.db": database}, format=2, inside=False, files=files)
        assert "缺少1个附件" in said(copy, Trouble)
        beside = unpacking.place_beside(copy, NAME, DIGEST)
        beside.parent.mkdir(parents=True)
        beside.write_bytes(b"other")
        assert "已损坏" in said(copy, Trouble)
        beside.write_bytes(PHOTO)
        unpack(copy, tmp_path / "again")
        assert (tmp_path / "again" / NAME).read_bytes() == PHOTO

    def test_the_database_alone(self, database, tmp_path):
        copy = packed(tmp_path / "a.zip", {"desk.db": database, NAME: PHOTO})
        assert NAME in unpack_database(copy, tmp_path / "into").files
        assert [path.name for path in (tmp_path / "into").iterdir()] == ["desk.db"]


class TestPasswords:
    @pytest.fixture
    def copy(self, database, tmp_path):
        import pyzipper

        plain = packed(tmp_path / "plain.zip", {"desk.db": database, NAME: PHOTO})
        with zipfile.ZipFile(plain) as archive, pyzipper.AESZipFile(tmp_path / "a.zip", "w") as locked:
            locked.setpassword("密码1".encode())
            locked.setencryption(pyzipper.WZ_AES, nbits=256)
            for name in archive.namelist():
                locked.writestr(name, archive.read(name))
        return tmp_path / "a.zip"

    def test_missing_wrong_and_right(self, copy, said, tmp_path):
        assert "请输入密码" in said(copy)
        assert "密码不对" in said(copy, password="2")
        assert NAME in unpack(copy, tmp_path / "into", "密码1").files

    def test_one_that_is_wanted_is_told_by_the_field(self, copy):
        with pytest.raises(Refused) as caught:
            read_manifest(copy)
        assert caught.value.field == "password"

    def test_damage_behind_a_password(self, copy, said):
        whole = bytearray(copy.read_bytes())
        whole[200] ^= 0x55
        copy.write_bytes(whole)
        assert "已损坏" in said(copy, password="密码1")


class TestNames:
    @pytest.mark.parametrize(
        "name",
        [
            "../evil.txt",
            "attachments/../../evil.txt",
            "/tmp/evil.txt",
            "attachments//evil.txt",
            "attachments/./evil.txt",
            "attachments/",
            "attachments\\..\\..\\evil.txt",
            "attachments/a\\evil.txt",
            "attachments/c:evil.txt",
            "C:\\evil.txt",
            "attachments/a\nb",
            "desk.db-wal",
            "desk.head",
            "DESK.DB",
        ],
    )
    def test_one_that_leads_elsewhere(self, database, said, tmp_path, name):
        files = {"desk.db": hashlib.sha256(database).hexdigest(), name: DIGEST}
        assert "不是隐患工作台" in said(
            packed(tmp_path / "a.zip", {"desk.db": database, name: PHOTO}, files=files)
        )

    def test_two_that_are_one_on_windows(self, database, said, tmp_path):
        copy = packed(
            tmp_path / "a.zip", {"desk.db": database, "attachments/a": PHOTO, "attachments/A": PHOTO}
        )
        assert "不是隐患工作台" in said(copy)

    def test_a_member_twice(self, database, said, tmp_path):
        copy = packed(tmp_path / "a.zip", {"desk.db": database})
        with zipfile.ZipFile(copy, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("desk.db", b"other")
        assert "不是隐患工作台" in said(copy)

    def test_a_link(self, database, said, tmp_path):
        link = zipfile.ZipInfo(NAME)
        link.external_attr = 0o120777 << 16
        files = {"desk.db": hashlib.sha256(database).hexdigest(), NAME: DIGEST}
        copy = packed(tmp_path / "a.zip", {"desk.db": database}, files=files)
        with zipfile.ZipFile(copy, "a") as archive:
            archive.writestr(link, "/etc/passwd")
        assert "不是隐患工作台" in said(copy)

    def test_what_the_manifest_does_not_name_stays_in_the_copy(self, database, tmp_path):
        copy = packed(tmp_path / "a.zip", {"desk.db": database})
        with zipfile.ZipFile(copy, "a") as archive:
            archive.writestr("../evil.txt", b"evil")
            archive.writestr("desk.db-wal", b"evil")
        unpack(copy, tmp_path / "into")
        assert [path.name for path in (tmp_path / "into").iterdir()] == ["desk.db"]


class TestSizes:
    def test_one_that_unpacks_to_a_thousand_times_its_size(self, database, said, tmp_path, monkeypatch):
        monkeypatch.setattr(unpacking, "_ALWAYS", 1 << 20)
        bomb = {"desk.db": database, "attachments/a": bytes(300 << 20)}
        assert "展开后太大" in said(packed(tmp_path / "a.zip", bomb))
        assert not (tmp_path / "into").exists()

    def test_one_that_lies_about_its_sizes(self, database, said, tmp_path):
        copy = packed(tmp_path / "a.zip", {"desk.db": database, "attachments/a": bytes(1 << 20)})
        content = bytearray(copy.read_bytes())
        at = content.rfind(b"PK\x01\x02", 0, content.rfind(b"attachments/a"))
        content[at + 24 : at + 28] = (4096).to_bytes(4, "little")
        copy.write_bytes(content)
        assert "已损坏" in said(copy)

    def test_a_manifest_without_end(self, said, tmp_path):
        copy = packed(tmp_path / "a.zip", {"desk.db": b"x"}, office="x" * (17 << 20))
        assert "不是隐患工作台" in said(copy)

    def test_a_manifest_nested_without_end(self, said, tmp_path):
        with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("manifest.json", "[" * 1_000_000)
        assert "已损坏" in said(tmp_path / "a.zip")

    @pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
    def test_packed_in_a_way_that_claims_memory(self, said, tmp_path, method):
        with zipfile.ZipFile(tmp_path / "a.zip", "w", method) as archive:
            archive.writestr("manifest.json", "{}")
        assert "已损坏" in said(tmp_path / "a.zip")

    def test_a_disk_that_is_too_small_is_told_before(self, database, tmp_path, monkeypatch):
        monkeypatch.setattr(unpacking.shutil, "disk_usage", lambda path: SimpleNamespace(free=1 << 20))
        with pytest.raises(Trouble, match=r"into”所在磁盘已满：需要\dMB，只剩1MB"):
            unpack(packed(tmp_path / "a.zip", {"desk.db": database + bytes(1 << 20)}), tmp_path / "into")


class TestManifests:
    @pytest.mark.parametrize(
        "told",
        [
            {"format": 0},
            {"format": "2"},
            {"format": True},
            {"format": None},
            {"act": "3"},
            {"inside": 1},
            {"files": {"desk.db": 3}},
            {"files": {"desk.db": "A" * 64}},
            {"files": []},
        ],
    )
    def test_what_nobody_wrote(self, database, said, tmp_path, told):
        assert "不是隐患工作台" in said(packed(tmp_path / "a.zip", {"desk.db": database}, **told))

    def test_a_newer_format(self, database, said, tmp_path):
        copy = packed(tmp_path / "a.zip", {"desk.db": database}, format=3)
        assert "更新版本" in said(copy, Trouble)

    def test_a_file_that_is_not_in_it(self, database, said, tmp_path):
        files = {"desk.db": hashlib.sha256(database).hexdigest(), NAME: DIGEST}
        copy = packed(tmp_path / "a.zip", {"desk.db": database}, files=files)
        assert f"缺少“{NAME}”" in said(copy, Trouble)


class TestDatabases:
    @pytest.mark.parametrize(
        "statement",
        [
            "CREATE TRIGGER spy AFTER INSERT ON hazard BEGIN DELETE FROM hazard; END",
            "CREATE VIEW spy AS SELECT * FROM informant",
            "CREATE TABLE spy (a)",
            "CREATE INDEX spy ON hazard (lower(unit_name))",
            "CREATE VIRTUAL TABLE spy USING fts5(a)",
            "DROP INDEX hazard_number",
            "DROP TABLE search_entry",
            "ALTER TABLE hazard ADD COLUMN spy TEXT",
        ],
    )
    def test_one_with_more_or_less_than_a_desk_has(self, database, said, tmp_path, statement):
        copy = packed(tmp_path / "a.zip", {"desk.db": altered(database, tmp_path, statement)})
        assert "不属于隐患工作台" in said(copy)

    @pytest.mark.parametrize("pragma", ["application_id = 7", "application_id = 0"])
    def test_one_of_another_program(self, database, said, tmp_path, pragma):
        copy = packed(tmp_path / "a.zip", {"desk.db": altered(database, tmp_path, f"PRAGMA {pragma}")})
        assert "不是隐患工作台" in said(copy, Trouble)

    @pytest.mark.parametrize("version", [0, -1, 1])
    def test_one_whose_version_lies(self, database, said, tmp_path, version):
        content = altered(database, tmp_path, f"PRAGMA user_version = {version}")
        assert "不属于隐患工作台" in said(packed(tmp_path / "a.zip", {"desk.db": content}))

    def test_one_that_is_rubbish_behind_its_head(self, database, said, tmp_path):
        content = database[:100] + bytes(len(database) - 100)
        said(packed(tmp_path / "a.zip", {"desk.db": content}), Trouble)
