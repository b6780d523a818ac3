"""Where a desk may lie."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from hazard_desk.desk import Desk
from hazard_desk.errors import Refused
from hazard_desk.store import place
from hazard_desk.store.place import refuse_bad_place

SYNCED = ["OneDrive", "OneDrive - 三星乡人民政府", "Dropbox", "坚果云", "BaiduNetdiskWorkspace", "WPS云盘"]


@pytest.mark.parametrize("name", SYNCED)
def test_synced_folders_are_refused(tmp_path, name):
    bad = tmp_path / name / "隐患" / "desk"
    with pytest.raises(Refused, match=r"同步盘.*备份可以放在那里"):
        refuse_bad_place(bad)
    with pytest.raises(Refused, match="同步盘"):
        Desk.create(bad, "sanxiang-2023")
    assert not bad.exists()


def test_a_desk_that_was_moved_into_a_synced_folder_is_not_opened(desk, tmp_path):
    desk.close()
    moved = tmp_path / "OneDrive" / "desk"
    moved.parent.mkdir()
    desk.folder.rename(moved)
    with pytest.raises(Refused, match="同步盘"):
        Desk.open(moved)


def test_a_backup_may_lie_in_a_synced_folder(desk, tmp_path):
    assert desk.backup(tmp_path / "OneDrive" / "desk.zip").is_file()


def test_restore_is_refused_into_a_synced_folder(desk, tmp_path):
    copy = desk.backup()
    with pytest.raises(Refused, match="同步盘"):
        Desk.restore(copy, tmp_path / "OneDrive" / "desk")
    assert not (tmp_path / "OneDrive").exists()


def test_network_drives_are_refused(folder, monkeypatch):
    monkeypatch.setattr(place, "_on_network", lambda folder: True)
    with pytest.raises(Refused, match=r"网络盘.*备份可以放在那里"):
        Desk.create(folder, "sanxiang-2023")
    assert not folder.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="mount points are not how Windows names drives")
@pytest.mark.parametrize(
    ("folder", "bad"),
    [("/mnt/share/desk", True), ("/mnt/share", True), ("/mnt/sharedesk", False), ("/mnt/my share/d", True)],
)
def test_the_longest_mount_point_decides(tmp_path, monkeypatch, folder, bad):
    mounts = tmp_path / "mounts"
    mounts.write_text(
        "/dev/sda1 / ext4 rw 0 0\n//srv/s /mnt/share cifs rw 0 0\n//srv/t /mnt/my\\040share nfs4 rw 0 0\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(place, "Path", lambda text: mounts if text == "/proc/mounts" else Path(text))
    assert place._on_network(Path(folder)) is bad


def test_the_default_place_is_the_users_own_and_lawful():
    assert place.default_folder().is_absolute()
    refuse_bad_place(place.default_folder())


def test_an_ordinary_folder_is_welcome(tmp_path):
    refuse_bad_place(tmp_path / "我的台账 OneDrive 之外")
