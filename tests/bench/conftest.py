"""Measurements print ratios; they judge nothing, for no two machines are alike."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(scope="session")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a desk with 100,000 hazards."""
    from tests.bench.many import make_many

    folder = tmp_path_factory.mktemp("many") / "desk"
    make_many(folder, 100_000)
    return folder
