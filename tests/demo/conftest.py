"""A sample desk without its papers, which take longest."""

from __future__ import annotations

import pytest

from hazard_desk import demo


@pytest.fixture
def no_papers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "print_papers", lambda desk: [])
