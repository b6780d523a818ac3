"""Work outside the GUI thread, and what becomes of its result."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QObject, QThread
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from hazard_desk.errors import Refused
from hazard_desk.stopping import stop_if_unwanted
from ui.jobs import Jobs


@pytest.fixture
def jobs(qapp: QApplication) -> Jobs:
    return Jobs()


def test_work_runs_elsewhere_and_its_result_comes_home(qtbot: QtBot, jobs: Jobs) -> None:
    owner = QObject()
    here: list[tuple[object, bool]] = []
    home = threading.get_ident()

    def then(worker: object) -> None:
        here.append((worker, QThread.currentThread() is owner.thread()))

    jobs.run(threading.get_ident, then, owner)
    jobs.wait()
    assert len(here) == 1
    worker, on_main = here[0]
    assert on_main
    assert worker != home


def test_the_result_is_dropped_when_its_owner_is_gone(qtbot: QtBot, jobs: Jobs) -> None:
    owner, results = QObject(), []
    gate = threading.Event()
    jobs.run(gate.wait, results.append, owner)
    delete(owner)
    gate.set()
    jobs.wait()
    assert results == []


def test_a_cancelled_job_delivers_nothing(qtbot: QtBot, jobs: Jobs) -> None:
    owner, results = QObject(), []
    gate = threading.Event()
    job = jobs.run(gate.wait, results.append, owner)
    job.cancel()
    gate.set()
    jobs.wait()
    assert results == []
    assert job.finished


@pytest.mark.parametrize("way", ["cancelled", "owner gone"])
def test_work_that_nobody_wants_ends(qtbot: QtBot, jobs: Jobs, way: str) -> None:
    owner, results, begun = QObject(), [], threading.Event()

    def work() -> None:
        while True:
            begun.set()
            stop_if_unwanted()

    job = jobs.run(work, results.append, owner, results.append)
    assert begun.wait(10)
    if way == "cancelled":
        job.cancel()
    else:
        delete(owner)
    jobs.wait()
    assert results == []


@pytest.mark.parametrize("synchronous", [True, False])
def test_a_failure_is_told_on_the_main_thread(qtbot: QtBot, synchronous: bool) -> None:
    jobs, owner, errors = Jobs(synchronous=synchronous), QObject(), []

    def fail() -> None:
        raise Refused("不行")

    jobs.run(fail, errors.append, owner, errors.append)
    jobs.wait()
    assert [type(error) for error in errors] == [Refused]


def test_a_failure_that_nobody_awaits_reaches_the_hook(qtbot: QtBot, jobs: Jobs) -> None:
    owner = QObject()

    def fail() -> None:
        raise LookupError("lost")

    with qtbot.capture_exceptions() as caught:
        jobs.run(fail, print, owner)
        jobs.wait()
    assert [kind for kind, *_ in caught] == [LookupError]


def test_stopping_waits_for_the_work_and_delivers_nothing(qtbot: QtBot, jobs: Jobs) -> None:
    owner, done, results = QObject(), [], []
    jobs.run(lambda: done.append(1), results.append, owner)
    jobs.stop()
    assert results == []
