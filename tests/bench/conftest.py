"""Measurements print ratios; they judge nothing, for no two machines are alike."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(scope="session")
def qapp_cls() -> Callable[[list[str]], object]:
    """pytest-qt's application is the program's own, with a watch on its events."""
    from tests.bench.held import Watched
    from ui import application

    def make(arguments: list[str]) -> object:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(application, "QApplication", Watched)
            return application.make_application()

    return make


@pytest.fixture(scope="session")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a desk with 100,000 hazards."""
    from tests.bench.many import make_many

    folder = tmp_path_factory.mktemp("many") / "desk"
    make_many(folder, 100_000)
    return folder
