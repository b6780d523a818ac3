"""The sync clients that an office meets, and how their folders are called: the one list of them.

A name counts for a part of a path, whatever its case:

- with Chinese characters: anywhere in it (我的坚果云, 坚果云同步);
- in Latin letters: alone or at its beginning, no letter after it (Dropbox (个人), not Dropboxes);
- after ``=``: alone; after ``~``: alone and straight in a user's own folder; after ``$``: at its end.

What is only downloaded to is not kept in step: a name that ends in 下载 or Download is nobody's.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Client:
    """A sync client: what the clerk knows it as, its folders' names, and what it leaves in its folders."""

    title: str
    names: tuple[str, ...]
    marks: tuple[str, ...] = ()
    """Files or folders, relative to the folder that is kept in step."""


CLIENTS = (
    Client("坚果云", ("坚果云", "Nutstore", "NutstoreFiles", "Jianguoyun")),
    Client(
        "百度网盘",
        (
            "百度网盘",
            "百度云",
            "BaiduNetdisk",
            "BaiduNetdiskWorkspace",
            "BaiduSyncdisk",
            "BaiduSync",
            "BaiduYun",
            "BaiduYunSync",
            "BaiduCloud",
        ),
    ),
    Client("腾讯微云", ("腾讯微云", "微云同步", "=微云", "=我的微云", "Weiyun", "WeiyunSync")),
    Client("企业微信微盘", ("WeDrive", "企业微信微盘", "=微盘", "=我的微盘", "微盘同步", "=企业微盘")),
    Client("新浪微盘", ("新浪微盘", "VDisk", "SinaVDisk")),
    Client("阿里云盘", ("阿里云盘", "阿里网盘", "aDrive", "AliyunDrive", "AliDrive", "alipan")),
    Client("天翼云盘", ("天翼云盘", "天翼云", "eCloud", "eCloudSync", "189Cloud", "Cloud189")),
    Client("移动云盘", ("移动云盘", "和彩云", "mCloud", "Caiyun", "139Cloud")),
    Client("联通云盘", ("联通云盘", "沃云盘", "沃家云盘", "WoCloud")),
    Client(
        "联想云盘",
        ("联想云", "联想企业网盘", "联想网盘", "Lenovo Cloud", "LenovoCloud", "LenovoBox", "Filez"),
    ),
    Client(
        "华为云盘", ("华为云盘", "华为云空间", "HuaweiDrive", "Huawei Drive", "HuaweiCloud", "Huawei Cloud")
    ),
    Client("荣耀云空间", ("荣耀云", "HonorCloud")),
    Client("小米云服务", ("小米云", "MiCloud", "MiDrive", "Mi Drive", "XiaomiCloud", "Xiaomi Cloud")),
    Client(
        "115网盘", ("115网盘", "115云盘", "115同步", "115生活", "115云", "115Sync", "115Cloud", "115Drive")
    ),
    Client(
        "夸克网盘",
        (
            "夸克网盘",
            "夸克云盘",
            "夸克同步",
            "=夸克",
            "QuarkPan",
            "QuarkDrive",
            "Quark Drive",
            "QuarkCloudDrive",
        ),
    ),
    Client("迅雷云盘", ("迅雷云盘", "XunleiCloud", "ThunderCloud", "PikPak")),
    Client("360云盘", ("360云盘", "360安全云盘", "360企业云盘", "360Cloud", "360CloudDisk")),
    Client("亿方云", ("亿方云", "Fangcloud", "FangcloudSync", "YiFangYun", "360FangCloud")),
    Client("够快云库", ("够快", "Gokuai", "GokuaiSync")),
    Client("钉盘", ("钉盘", "钉钉云盘", "DingDrive", "DingTalkDrive", "DingTalk Drive", "DingDisk")),
    Client("飞书", ("飞书云", "飞书同步", "=飞书", "FeishuDrive", "Feishu Drive", "LarkDrive", "Lark Drive")),
    Client(
        "WPS云盘",
        (
            "WPS云",
            "WPS网盘",
            "金山云盘",
            "金山快盘",
            "金山文档",
            "=云文档",
            "WPSDrive",
            "WPS Drive",
            "WPSCloud",
            "WPS Cloud",
            "WPSCloudFiles",
            "KuaiPan",
            "KDocs",
        ),
    ),
    Client("爱数", ("爱数云盘", "AnyShare")),
    Client("燕麦云", ("燕麦云", "OATOS")),
    Client("可道云", ("可道云", "KodBox", "KodCloud")),
    Client("巴别鸟", ("巴别鸟",)),
    Client("云盒子", ("云盒子",)),
    Client("OneDrive", ("OneDrive", "SkyDrive"), (".849C9593-D756-4E56-8D6E-42412F2A707B",)),
    Client("Dropbox", ("Dropbox",), (".dropbox.cache",)),
    Client(
        "Google云端硬盘",
        ("Google Drive", "GoogleDrive", "云端硬盘", "=My Drive", "=My Drives"),
        (".tmp.driveupload", ".tmp.drivedownload"),
    ),
    Client("iCloud云盘", ("iCloud", "iCloudDrive", "iCloud云", "=com~apple~CloudDocs")),
    Client("Box", ("~Box", "=Box Sync", "=Box-Box", "=Box Drive")),
    Client("MEGA", ("=MEGA", "MEGAsync", "=MEGA Sync"), (".megaignore",)),
    Client("pCloud", ("pCloud", "pCloudDrive", "pCloudSync")),
    Client("Nextcloud", ("Nextcloud",), (".nextcloudsync.log",)),
    Client("ownCloud", ("ownCloud",), (".owncloudsync.log",)),
    Client("Seafile", ("Seafile", "SeaDrive"), (".seafile-data",)),
    Client("Syncthing", ("Syncthing",), (".stfolder",)),
    Client("Resilio Sync", ("Resilio", "ResilioSync", "BTSync", "BitTorrent Sync"), (".sync/ID",)),
    Client(
        "群晖",
        ("群晖", "SynologyDrive", "Synology Drive", "CloudStation", "Cloud Station"),
        (".SynologyWorkingDirectory",),
    ),
    Client("威联通Qsync", ("Qsync", "威联通")),
    Client("极空间", ("极空间", "ZSpace")),
    Client("Yandex Disk", ("Yandex.Disk", "YandexDisk", "Yandex Disk")),
    Client("Amazon Drive", ("Amazon Drive",)),
    Client("Proton Drive", ("Proton Drive", "ProtonDrive")),
    Client("Zoho WorkDrive", ("Zoho WorkDrive", "ZohoWorkDrive")),
    Client("Jottacloud", ("Jottacloud",)),
    Client("Tresorit", ("Tresorit",)),
    Client("Sync.com", ("~Sync",)),
    Client("CloudDrive", ("CloudDrive", "RaiDrive")),
    Client("云盘", ("$云盘", "$网盘", "$同步盘", "$同步空间", "$同步文件夹")),
)
"""The last one holds for whatever calls itself so and is not among the others."""

_DOWNLOADED = re.compile(r"(下载|downloads?)\Z")
_USERS = ("users", "home", "用户")
"""What the folder of the users' own folders is called."""


def client_named(parts: Sequence[str]) -> tuple[Client, str] | None:
    """Return the first client whose name is among the parts of a path, and that part; or None."""
    plain = [_plain(part) for part in parts]
    for place, part in enumerate(plain):
        own = place >= 2 and plain[place - 2] in _USERS
        if part and not _DOWNLOADED.search(part):
            for client in CLIENTS:
                if any(_is_called(part, _plain(name), own) for name in client.names):
                    return client, parts[place]
    return None


def _plain(name: str) -> str:
    return unicodedata.normalize("NFKC", name).strip().casefold()


def _is_called(part: str, name: str, own: bool) -> bool:
    """Whether a part is called so; ``own``: it lies straight in a user's folder. 云南 is a province."""
    how, bare = name[0], name[1:]
    if how in "=~":
        return part == bare and (own or how == "=")
    if how == "$":
        return part.endswith(bare)
    if name.isascii():
        return re.match(rf"{re.escape(name)}(?![a-z])", part) is not None
    return re.search(rf"{re.escape(name)}{'(?!南)' if name.endswith('云') else ''}", part) is not None
