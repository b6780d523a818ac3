"""What every test may ask for: a folder, a desk, a hazard to register; and that nothing warns in silence."""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from hazard_desk.desk import Desk
from hazard_desk.rules.fields import Row
from hazard_desk.store.place import USER_FOLDER

ROOT = Path(__file__).parents[1]
TODAY = date(2023, 6, 1)
OFFSCREEN = "This plugin does not support"
"""What Qt's offscreen platform says about itself is no warning of ours."""

settings.register_profile("desk", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("gate", settings.get_profile("desk"), derandomize=True)
settings.load_profile("gate" if os.environ.get("CI") else "desk")
"""The gate tells of a change, not of the dice; whoever runs the tests by hand tries new examples."""


@pytest.fixture(scope="session", autouse=True)
def _nobody_s_own_folder(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What the program remembers of its user never touches that of whoever runs the tests."""
    os.environ[USER_FOLDER] = str(tmp_path_factory.mktemp("user"))


@pytest.fixture
def user_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a user who never started the program."""
    folder = tmp_path / "用户 user"
    monkeypatch.setenv(USER_FOLDER, str(folder))
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder for a desk, not there yet, whose name has a space and Chinese characters."""
    return tmp_path / "台账 desk"


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a new, empty desk on the 三星乡 plan; to be copied, for making one takes a while."""
    folder = tmp_path_factory.mktemp("blank") / "desk"
    Desk.create(folder, "sanxiang-2023", today=TODAY).close()
    return folder


@pytest.fixture(scope="session")
def year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the sample desk with its year of records; to be copied, for making one takes long."""
    from tests.samples import make_sample

    return make_sample(tmp_path_factory.mktemp("year") / "desk")


@pytest.fixture
def desk(blank: Path, folder: Path) -> Iterator[Desk]:
    """A new, empty desk on the 三星乡 plan, on 1 June 2023."""
    shutil.copytree(blank, folder)
    with Desk.open(folder, TODAY) as opened:
        yield opened


@pytest.fixture
def found() -> Row:
    """What the clerk enters for an ordinary hazard."""
    return {
        "level": "一般",
        "source": "执法检查",
        "sector": "工贸",
        "unit_name": "示例木材加工厂",
        "place": "加工车间",
        "description": "电线私拉乱接，未穿管保护",
        "found_on": "2023-05-20",
        "inspectors": "甲检查、乙检查",
    }


@pytest.fixture
def five() -> Row:
    """The five commitments (五落实), entered on 22 May."""
    return {
        "happened_on": "2023-05-22",
        "responsible": "丙负责",
        "measures": "更换线路并穿管",
        "funds": "1.5",
        "deadline": "2023-05-31",
        "contingency": "断电、撤人、报告",
    }


@pytest.fixture
def program() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run ``python WORDS…`` in a process of its own and return what it said."""

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, *words]
        return subprocess.run(
            command, cwd=ROOT, capture_output=True, encoding="utf-8", timeout=60, check=False
        )

    return run


@pytest.fixture(autouse=True)
def _nothing_warns(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail on a log record of WARNING or above; a test that expects one ends with ``caplog.clear()``."""
    yield
    records = [*caplog.get_records("setup"), *caplog.get_records("call")]
    said = [record.getMessage() for record in records if record.levelno >= logging.WARNING]
    assert [text for text in said if not text.startswith(OFFSCREEN)] == []


class Back(Exception):
    """Ends an example so that nothing of it is kept."""


@pytest.fixture(scope="module")
def furnished(blank: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk with something in every book."""
    from tests.every_act import furnish

    folder = tmp_path_factory.mktemp("furnished") / "desk"
    shutil.copytree(blank, folder)
    with Desk.open(folder, TODAY) as desk:
        furnish(desk)
        yield desk


@pytest.fixture
def kept(furnished: Desk) -> Iterator[Desk]:
    """The desk with everything in it; what a test does to it is gone after it."""
    with suppress(Back), furnished.cabinet.together():
        yield furnished
        raise Back
