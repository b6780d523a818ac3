"""What is harmed has a user's folder of its own; the tests that follow have theirs again."""

from __future__ import annotations

import os

import pytest

from hazard_desk.store.place import USER_FOLDER


@pytest.fixture(autouse=True)
def _user_folder_put_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(USER_FOLDER, os.environ[USER_FOLDER])
