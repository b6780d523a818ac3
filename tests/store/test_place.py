"""Where a desk may lie."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from hazard_desk.desk import Desk
from hazard_desk.errors import Refused
from hazard_desk.store import place
from hazard_desk.store.place import refuse_bad_place
from hazard_desk.store.synced.clients import CLIENTS

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


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("OneDrive", "OneDrive"),
        ("dropbox", "dropbox"),
        ("Nutstore Files", "坚果云：Nutstore Files"),
        ("我的坚果云", "我的坚果云"),
        ("BaiduSyncdisk", "百度网盘：BaiduSyncdisk"),
        ("iCloudDrive", "iCloud云盘：iCloudDrive"),
    ],
)
def test_a_synced_folder_and_its_client_are_named_in_the_sentence(tmp_path, name, told):
    bad = tmp_path / name / "desk"
    with pytest.raises(Refused) as caught:
        refuse_bad_place(bad)
    assert caught.value.message == (
        f"“{bad}”在同步盘（{told}）里，容易损坏台账，请改放本机其他文件夹；备份可以放在那里"
    )


@pytest.mark.skipif(sys.platform == "win32", reason="Windows asks for a right to make links")
def test_a_link_into_a_synced_folder(tmp_path):
    (tmp_path / "坚果云").mkdir()
    (tmp_path / "台账").symlink_to(tmp_path / "坚果云", target_is_directory=True)
    with pytest.raises(Refused, match="坚果云"):
        refuse_bad_place(tmp_path / "台账" / "desk")


@pytest.mark.parametrize("mark", [mark for client in CLIENTS for mark in client.marks])
def test_what_a_client_leaves_in_its_folder_tells(tmp_path, mark):
    refuse_bad_place(tmp_path / "资料" / "隐患" / "desk")
    left = tmp_path / "资料" / mark
    left.parent.mkdir(parents=True, exist_ok=True)
    left.write_bytes(b"")
    with pytest.raises(Refused, match=r"同步盘（.+：资料）"):
        refuse_bad_place(tmp_path / "资料" / "隐患" / "desk")


def test_a_network_drive_is_named_in_the_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr(place, "_on_network", lambda folder: True)
    with pytest.raises(Refused) as caught:
        refuse_bad_place(tmp_path)
    assert caught.value.message == f"“{tmp_path}”在网络盘上，容易损坏台账，请改放本机磁盘；备份可以放在那里"


linux = pytest.mark.skipif(sys.platform == "win32", reason="mount points are not how Windows names drives")


@linux
@pytest.mark.parametrize("kind", ["nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "davfs"])
def test_every_kind_of_network_drive(tmp_path, monkeypatch, kind):
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/sda1 / ext4 rw 0 0\nserver /mnt/share {kind} rw 0 0\n", encoding="utf-8")
    monkeypatch.setattr(place, "Path", lambda text: mounts if text == "/proc/mounts" else Path(text))
    with pytest.raises(Refused, match="网络盘"):
        refuse_bad_place(Path("/mnt/share/desk"))
    refuse_bad_place(Path("/mnt/other/desk"))


@linux
def test_a_later_mount_over_the_same_point_decides(tmp_path, monkeypatch):
    mounts = tmp_path / "mounts"
    mounts.write_text(
        "server /mnt/a nfs rw 0 0\n/dev/sdb1 /mnt/a ext4 rw 0 0\n/dev/sda1 / ext4 rw 0 0\n", encoding="utf-8"
    )
    monkeypatch.setattr(place, "Path", lambda text: mounts if text == "/proc/mounts" else Path(text))
    refuse_bad_place(Path("/mnt/a/desk"))


@linux
def test_a_system_that_tells_no_mount_points(tmp_path, monkeypatch):
    monkeypatch.setattr(
        place, "Path", lambda text: tmp_path / "none" if text == "/proc/mounts" else Path(text)
    )
    refuse_bad_place(Path("/mnt/share/desk"))


def test_a_relative_folder_is_judged_where_it_lies(tmp_path, monkeypatch):
    (tmp_path / "Dropbox").mkdir()
    monkeypatch.chdir(tmp_path / "Dropbox")
    with pytest.raises(Refused, match="同步盘"):
        refuse_bad_place(Path("desk"))


def test_where_the_users_own_things_lie(tmp_path, monkeypatch):
    monkeypatch.delenv(place.USER_FOLDER, raising=False)
    assert place.user_folder().name == "HazardDesk"
    assert place.default_folder().parts[-2:] == ("HazardDesk", "desk")
    monkeypatch.setenv("HAZARD_DESK_USER_FOLDER", str(tmp_path / "我的"))
    assert place.user_folder() == tmp_path / "我的"
    assert place.default_folder() == tmp_path / "我的" / "desk"


def test_the_folder_of_the_sample_is_named_in_chinese():
    assert place.SAMPLE == "示例台账"
