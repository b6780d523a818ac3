"""What the clients register with the system: the folders that they keep in step, whatever their names.

On Windows they register with the Cloud Files API, in the registry, in the environment; Dropbox writes a file.
Whatever cannot be asked tells nothing: a name or a mark may still tell.
"""

from __future__ import annotations

import ctypes
import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Protocol, TypeAlias

_ONEDRIVE = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")
"""Environment variables that OneDrive sets, each the path of a folder."""
_ENGINES = r"Software\SyncEngines\Providers"
"""Of the user: provider, account, and there ``MountPoint``. SharePoint libraries are among them."""
_ROOTS = r"SOFTWARE\Microsoft\Windows\CurrentVersion\Explorer\SyncRootManager"
"""Of the machine: ``provider!user!account``, and there ``UserSyncRoots``, user to folder."""
_RECALLED = 0x00040000 | 0x00400000
"""FILE_ATTRIBUTE_RECALL_ON_OPEN and _ON_DATA_ACCESS: the content is fetched from afar when it is read."""
_PROVIDER_INFO = 2
"""CF_SYNC_ROOT_INFO_PROVIDER: a status, then name and version as 256 characters of two bytes each."""
_NAME_CHARS = 256


Buffer: TypeAlias = "ctypes.Array[ctypes.c_char]"


class Registry(Protocol):
    """As much of ``winreg`` as is asked; a key that is missing raises ``OSError``."""

    HKEY_CURRENT_USER: int
    HKEY_LOCAL_MACHINE: int

    def OpenKey(self, key: int, sub_key: str) -> int: ...
    def EnumKey(self, key: int, index: int) -> str: ...
    def EnumValue(self, key: int, index: int) -> tuple[str, str, int]: ...


class CloudFiles(Protocol):
    """As much of ``cldapi.dll`` as is asked. Returns 0 where the path is below a registered root."""

    def CfGetSyncRootInfoByPath(self, path: str, kind: int, into: Buffer, size: int, took: None) -> int: ...


def registered_client(folder: Path) -> str:
    """Return the name of the client that has registered ``folder`` or one above it; '' where none has."""
    for root, client in [*dropbox_roots(Path.home()), *onedrive_roots(os.environ), *_windows_roots()]:
        if _is_within(folder, root):
            return client
    return _windows_provider(folder)


def onedrive_roots(environment: Mapping[str, str]) -> Iterator[tuple[Path, str]]:
    """Yield what OneDrive tells in the environment."""
    for name in _ONEDRIVE:
        if environment.get(name):
            yield Path(environment[name]), "OneDrive"


def dropbox_roots(home: Path) -> Iterator[tuple[Path, str]]:
    """Yield the folders in Dropbox's ``info.json``, which it keeps for other programs."""
    places = [
        Path(os.environ[name]) / "Dropbox" for name in ("APPDATA", "LOCALAPPDATA") if name in os.environ
    ]
    for place in (*places, home / ".dropbox"):
        with suppress(OSError, ValueError, AttributeError, KeyError, TypeError):
            told = json.loads((place / "info.json").read_text(encoding="utf-8"))
            for account in told.values():
                yield Path(account["path"]), "Dropbox"


def registry_roots(registry: Registry) -> Iterator[tuple[Path, str]]:
    """Yield the folders that the registry names, each with its provider."""
    user, machine = registry.HKEY_CURRENT_USER, registry.HKEY_LOCAL_MACHINE
    for provider in _keys(registry, user, _ENGINES):
        for account in _keys(registry, user, rf"{_ENGINES}\{provider}"):
            for name, value in _values(registry, user, rf"{_ENGINES}\{provider}\{account}"):
                if name.casefold() == "mountpoint" and value:
                    yield Path(value), provider
    for root in _keys(registry, machine, _ROOTS):
        for _, value in _values(registry, machine, rf"{_ROOTS}\{root}\UserSyncRoots"):
            if value:
                yield Path(value), root.partition("!")[0]


def provider_of(cloud: CloudFiles, folder: Path) -> str:
    """Return the provider that the Cloud Files API names for a folder that is there; '' for none."""
    info = ctypes.create_string_buffer(4 + 4 * _NAME_CHARS)
    if cloud.CfGetSyncRootInfoByPath(str(folder), _PROVIDER_INFO, info, len(info), None) != 0:
        return ""
    return info.raw[4 : 4 + 2 * _NAME_CHARS].decode("utf-16-le", "replace").partition("\0")[0] or "云盘"


def recalls(attributes: Callable[[Path], int], folder: Path) -> bool:
    """Whether ``folder`` or one above it is a placeholder of a cloud; ``attributes`` are those of Windows."""
    for place in (folder, *folder.parents):
        with suppress(OSError):
            if attributes(place) & _RECALLED:
                return True
    return False


def _windows_roots() -> list[tuple[Path, str]]:
    if sys.platform != "win32":
        return []
    import winreg

    with suppress(OSError):
        return list(registry_roots(winreg))
    return []


def _windows_provider(folder: Path) -> str:
    if sys.platform != "win32":
        return ""
    there = next((place for place in (folder, *folder.parents) if place.exists()), folder)
    with suppress(OSError, AttributeError):  # Windows before 10 has no cldapi.dll
        if client := provider_of(ctypes.WinDLL("cldapi"), there):
            return client
    return "云盘" if recalls(lambda place: place.stat().st_file_attributes, there) else ""


def _keys(registry: Registry, key: int, path: str) -> Iterator[str]:
    with suppress(OSError):
        opened = registry.OpenKey(key, path)
        for index in range(1000):
            yield registry.EnumKey(opened, index)


def _values(registry: Registry, key: int, path: str) -> Iterator[tuple[str, str]]:
    with suppress(OSError):
        opened = registry.OpenKey(key, path)
        for index in range(1000):
            name, value, _ = registry.EnumValue(opened, index)
            yield name, str(value)


def _is_within(folder: Path, root: Path) -> bool:
    """Whether ``folder`` lies in ``root``; a root that is no whole path or a whole disk tells nothing."""
    if not root.is_absolute() or root == Path(root.anchor):
        return False
    return folder.is_relative_to(root) or _lower(folder).is_relative_to(_lower(root))


def _lower(path: Path) -> Path:
    """Windows knows no case."""
    return Path(str(path).casefold()) if sys.platform == "win32" else path
