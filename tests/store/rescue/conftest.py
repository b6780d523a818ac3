"""A desk with a year of records, to be damaged; made once, for it takes seconds."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import TODAY
from tests.samples import make_sample

PAGE = 4096


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the sample desk; to be copied."""
    return make_sample(tmp_path_factory.mktemp("sample") / "台账", TODAY)


@pytest.fixture
def harmed(sample: Path, folder: Path) -> Callable[[Callable[[bytes], bytes]], Path]:
    """Copy the sample desk, do something to the bytes of its database, return the folder."""

    def harm(to: Callable[[bytes], bytes]) -> Path:
        shutil.copytree(sample, folder)
        file = folder / "desk.db"
        file.write_bytes(to(file.read_bytes()))
        return folder

    return harm


def print_of(folder: Path) -> dict[str, str]:
    """Return the digest of every file below a folder."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
