"""Measurements print ratios; they judge nothing, for no two machines are alike."""

from __future__ import annotations

import os
from collections.abc import Callable

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
