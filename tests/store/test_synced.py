"""Synced folders: known by their clients' names anywhere in a path, and by what the clients register."""

from __future__ import annotations

import ctypes
import json
import sys
from pathlib import Path, PureWindowsPath

import pytest

from hazard_desk.store.synced import system
from hazard_desk.store.synced.clients import CLIENTS, client_named
from hazard_desk.store.synced.system import (
    Buffer,
    dropbox_roots,
    onedrive_roots,
    provider_of,
    recalls,
    registered_client,
    registry_roots,
)

SYNCED = {
    r"D:\坚果云\台账": "坚果云",
    r"D:\我的坚果云\应急办\台账": "坚果云",
    r"C:\Users\li\Nutstore\1\我的坚果云": "坚果云",
    r"C:\Users\li\Nutstore Files\台账": "坚果云",
    r"D:\BaiduSyncdisk\台账": "百度网盘",
    r"D:\BaiduNetdiskWorkspace\台账": "百度网盘",
    r"C:\Users\li\Documents\百度网盘同步空间\台账": "百度网盘",
    r"E:\百度云同步盘\台账": "百度网盘",
    r"D:\WeDrive\三星乡人民政府\台账": "企业微信微盘",
    r"D:\微盘\台账": "企业微信微盘",
    r"D:\企业微信微盘\台账": "企业微信微盘",
    r"D:\腾讯微云\台账": "腾讯微云",
    r"D:\微云同步助手\123456\台账": "腾讯微云",
    r"C:\Users\li\Weiyun\台账": "腾讯微云",
    r"D:\阿里云盘\台账": "阿里云盘",
    r"D:\aDrive\台账": "阿里云盘",
    r"D:\aliyundrive\台账": "阿里云盘",
    r"D:\天翼云盘\台账": "天翼云盘",
    r"D:\ecloud\台账": "天翼云盘",
    r"D:\天翼云盘同步盘\台账": "天翼云盘",
    r"D:\和彩云\台账": "移动云盘",
    r"D:\沃云盘\台账": "联通云盘",
    r"D:\联想云盘\台账": "联想云盘",
    r"D:\Lenovo Cloud\台账": "联想云盘",
    r"D:\华为云盘\台账": "华为云盘",
    r"D:\小米云盘\台账": "小米云服务",
    r"D:\115网盘\台账": "115网盘",
    r"D:\夸克网盘\台账": "夸克网盘",
    r"D:\迅雷云盘\台账": "迅雷云盘",
    r"D:\360云盘\台账": "360云盘",
    r"D:\360亿方云\台账": "亿方云",
    r"D:\够快云库\台账": "够快云库",
    r"D:\钉盘\台账": "钉盘",
    r"D:\DingDrive\台账": "钉盘",
    r"D:\飞书云文档\台账": "飞书",
    r"D:\WPS云盘\台账": "WPS云盘",
    r"C:\Users\li\WPSDrive\123\WPS云文档\台账": "WPS云盘",
    r"D:\WPS Cloud Files\台账": "WPS云盘",
    r"D:\金山云盘\台账": "WPS云盘",
    r"C:\Users\li\OneDrive\台账": "OneDrive",
    r"C:\Users\li\OneDrive - 三星乡人民政府\台账": "OneDrive",
    r"C:\Users\li\OneDrive备份\台账": "OneDrive",
    r"C:\Users\li\DROPBOX (个人)\台账": "Dropbox",
    r"C:\Users\li\Google Drive\台账": "Google云端硬盘",
    r"G:\My Drive\台账": "Google云端硬盘",
    r"G:\我的云端硬盘\台账": "Google云端硬盘",
    r"D:\GoogleDrive\台账": "Google云端硬盘",
    r"C:\Users\li\iCloudDrive\台账": "iCloud云盘",
    r"C:\Users\li\Box\台账": "Box",
    r"C:\Users\li\Documents\MEGA\台账": "MEGA",
    r"P:\pCloud Drive\台账": "pCloud",
    r"C:\Users\li\Nextcloud\台账": "Nextcloud",
    r"C:\Users\li\Nextcloud2\台账": "Nextcloud",
    r"C:\Users\li\ownCloud\台账": "ownCloud",
    r"C:\Users\li\Seafile\私人资料库\台账": "Seafile",
    r"C:\Users\li\Syncthing\台账": "Syncthing",
    r"D:\Resilio Sync\台账": "Resilio Sync",
    r"D:\SynologyDrive\台账": "群晖",
    r"D:\群晖同步\台账": "群晖",
    r"D:\Qsync\台账": "威联通Qsync",
    r"D:\县政务云盘\台账": "云盘",
    r"D:\单位同步盘\台账": "云盘",
}
INNOCENT = [
    r"C:\Users\li\AppData\Local\HazardDesk\desk",
    r"C:\Users\li\Documents\台账",
    r"C:\Users\云南\台账",
    r"D:\云南\台账",
    r"D:\天翼云南分公司\台账",
    r"D:\小米云南店检查\台账",
    r"D:\备份盘\台账",
    r"E:\移动硬盘\台账",
    r"F:\U盘\台账",
    r"D:\dropboxes\台账",
    r"D:\我的Dropbox说明\台账",
    r"D:\Omega\台账",
    r"D:\megabytes\台账",
    r"D:\Box\台账",
    r"D:\工具箱 Toolbox\台账",
    r"C:\Users\li\Documents\Box\台账",
    r"D:\sync\台账",
    r"D:\BaiduNetdiskDownload\台账",
    r"D:\百度网盘下载\台账",
    r"D:\阿里\台账",
    r"D:\adriver\台账",
    r"D:\小微盘活资产\台账",
    r"D:\微盘点\台账",
    r"D:\图书微云台\台账",
    r"D:\云盘村\台账",
    r"D:\云盘龙社区\台账",
    r"D:\飞书下载\台账",
    r"D:\钉子\台账",
    r"D:\夸克资料\台账",
    r"D:\115\台账",
    r"D:\1150号企业\台账",
    r"D:\坚果\台账",
    r"D:\联想电脑\台账",
    r"D:\华为\台账",
    r"D:\Huawei\台账",
    r"D:\Lenovo\台账",
    r"D:\Mi\台账",
    r"D:\WPS\台账",
    r"D:\WPS模板\台账",
    r"D:\金山工业园\台账",
    r"D:\OneDriver\台账",
    r"D:\One Drive\台账",
    r"D:\Google\台账",
    r"D:\Drive\台账",
    r"D:\Clouds\台账",
    r"D:\同步整治行动\台账",
    r"D:\网盘点\台账",
    r"D:\Seafood\台账",
    r"D:\Resilient\台账",
    r"D:\隐患台账 2023",
]


@pytest.mark.parametrize("path", SYNCED)
def test_a_synced_folder_is_known_by_its_client_s_name(path):
    found = client_named(PureWindowsPath(path).parts)
    assert found is not None
    assert found[0].title == SYNCED[path]
    assert found[1] in path


@pytest.mark.parametrize("path", INNOCENT)
def test_an_ordinary_folder_is_nobody_s(path):
    assert client_named(PureWindowsPath(path).parts) is None


def test_there_are_enough_of_both():
    assert len(SYNCED) >= 40
    assert len(INNOCENT) >= 40
    assert len({client.title for client in CLIENTS}) == len(CLIENTS)


class FakeRegistry:
    """Keys as nested mappings, values as texts."""

    HKEY_CURRENT_USER, HKEY_LOCAL_MACHINE = 1, 2

    def __init__(self, user: dict[str, dict[str, str]], machine: dict[str, dict[str, str]]) -> None:
        self._under = {1: user, 2: machine}
        self._opened: list[tuple[list[str], dict[str, str]]] = []

    def OpenKey(self, key: int, sub_key: str) -> int:
        under = [path[len(sub_key) + 1 :] for path in self._under[key] if path.startswith(sub_key + "\\")]
        values = self._under[key].get(sub_key)
        if values is None and not under:
            raise FileNotFoundError(sub_key)
        self._opened.append((sorted({path.partition("\\")[0] for path in under}), values or {}))
        return len(self._opened) - 1

    def EnumKey(self, key: int, index: int) -> str:
        if index >= len(self._opened[key][0]):
            raise OSError("no more")
        return self._opened[key][0][index]

    def EnumValue(self, key: int, index: int) -> tuple[str, str, int]:
        values = list(self._opened[key][1].items())
        if index >= len(values):
            raise OSError("no more")
        return (*values[index], 1)


def test_what_the_registry_tells(tmp_path):
    library, box = tmp_path / "三星乡人民政府" / "文件", tmp_path / "x"
    roots = r"SOFTWARE\Microsoft\Windows\CurrentVersion\Explorer\SyncRootManager"
    registry = FakeRegistry(
        {r"Software\SyncEngines\Providers\OneDrive\abc": {"MountPoint": str(library), "UrlNamespace": "u"}},
        {rf"{roots}\坚果云!S-1-5!0\UserSyncRoots": {"S-1-5": str(box)}},
    )
    assert list(registry_roots(registry)) == [(library, "OneDrive"), (box, "坚果云")]
    assert list(registry_roots(FakeRegistry({}, {}))) == []


class FakeCloudFiles:
    """Answers as ``cldapi.dll`` does."""

    def __init__(self, name: str | None) -> None:
        self._name = name

    def CfGetSyncRootInfoByPath(self, path: str, kind: int, into: Buffer, size: int, took: None) -> int:
        if self._name is None:
            return -2147024584  # 0x80070178: not below a sync root
        told = (0).to_bytes(4, "little") + self._name.encode("utf-16-le")
        assert size == len(into) == 4 + 4 * 256
        ctypes.memmove(into, told, len(told))
        return 0


def test_what_the_cloud_files_api_tells(tmp_path):
    assert provider_of(FakeCloudFiles("坚果云"), tmp_path) == "坚果云"
    assert provider_of(FakeCloudFiles(""), tmp_path) == "云盘"
    assert provider_of(FakeCloudFiles(None), tmp_path) == ""


def test_a_placeholder_of_a_cloud_is_known_by_its_attributes(tmp_path):
    inside = tmp_path / "资料" / "台账"
    assert not recalls(lambda place: 0x10, inside)
    assert recalls(lambda place: 0x400010 if place.name == "资料" else 0x10, inside)

    def missing(place: Path) -> int:
        raise FileNotFoundError(place)

    assert not recalls(missing, inside)


def test_what_onedrive_tells_in_the_environment(tmp_path, monkeypatch):
    moved = tmp_path / "我的文件"
    assert list(onedrive_roots({"OneDriveCommercial": str(moved), "OneDrive": ""})) == [(moved, "OneDrive")]
    monkeypatch.setenv("OneDriveCommercial", str(moved))
    assert registered_client(moved / "台账") == "OneDrive"
    assert registered_client(tmp_path / "我的文件夹") == ""
    monkeypatch.setenv("OneDriveCommercial", Path(tmp_path.anchor).as_posix())
    assert registered_client(moved) == "", "a whole disk says nothing"


def test_what_dropbox_writes_down(tmp_path, monkeypatch):
    monkeypatch.delenv("APPDATA", raising=False)
    monkeypatch.delenv("LOCALAPPDATA", raising=False)
    monkeypatch.setattr(system.Path, "home", lambda: tmp_path)
    assert registered_client(tmp_path / "共享" / "台账") == ""
    (tmp_path / ".dropbox").mkdir()
    told = {"personal": {"path": str(tmp_path / "共享"), "host": 1}}
    (tmp_path / ".dropbox" / "info.json").write_text(json.dumps(told), encoding="utf-8")
    assert registered_client(tmp_path / "共享" / "台账") == "Dropbox"
    for damaged in ("[]", "{", '{"personal": 3}'):
        (tmp_path / ".dropbox" / "info.json").write_text(damaged, encoding="utf-8")
        assert list(dropbox_roots(tmp_path)) == []


@pytest.mark.skipif(sys.platform == "win32", reason="there it asks the real system")
def test_other_systems_are_not_asked_for_what_windows_knows(tmp_path):
    assert system._windows_roots() == []
    assert system._windows_provider(tmp_path) == ""
