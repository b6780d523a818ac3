"""Copies made by hand: a zip with these members and this manifest."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest


def packed(to: Path, members: Mapping[str, bytes], **told: object) -> Path:
    """Write a copy: its members, and a manifest that is right but for what is ``told`` otherwise."""
    says = {"format": 1, "files": {name: hashlib.sha256(data).hexdigest() for name, data in members.items()}}
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
        archive.writestr("manifest.json", json.dumps(says | told))
    return to


@pytest.fixture(scope="session")
def database(blank: Path) -> bytes:
    """The database of an empty desk."""
    return (blank / "desk.db").read_bytes()
