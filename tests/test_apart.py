"""Work in a process of its own: what it returns, and what happens where it is lost."""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from types import SimpleNamespace

import pytest

from hazard_desk import apart
from hazard_desk.apart import Ended, JobLimits, be_apart, do_apart, in_job

HERE = "tests.test_apart"


def returns(number: str) -> int:
    return int(number)


def dies() -> int:
    os.kill(os.getpid(), 11)
    return 0


def fills_the_memory() -> int:
    return len([bytes(1 << 20) for _ in range(3_000)]) * 0


def never_comes_back() -> int:
    while True:
        pass


def digs_without_end() -> int:
    return digs_without_end()


def finds_the_disk_full() -> int:
    raise OSError(errno.ENOSPC, "full")


@pytest.mark.parametrize("number", [0, 2, 7])
def test_the_number_that_it_returns(number):
    assert do_apart(f"{HERE}:returns", str(number)) == number


@pytest.mark.parametrize("work", ["dies", "fills_the_memory", "digs_without_end", "is_not_there"])
@pytest.mark.skipif(sys.platform == "win32", reason="the bound is another there")
def test_one_that_is_lost(work):
    assert do_apart(f"{HERE}:{work}") == Ended.BROKEN


def test_one_that_is_late(monkeypatch):
    monkeypatch.setattr(apart, "_SECONDS", 1)
    assert do_apart(f"{HERE}:never_comes_back") == Ended.LATE


def test_a_full_disk_is_told_as_one():
    with pytest.raises(OSError) as caught:
        do_apart(f"{HERE}:finds_the_disk_full")
    assert caught.value.errno == errno.ENOSPC


def test_an_alarm_that_is_no_exception_is_lost_too(monkeypatch):
    monkeypatch.setattr(apart, "_bound_memory", lambda: None)
    assert be_apart("sys:exit", "0") == Ended.BROKEN


def test_on_windows_it_is_put_into_a_job_that_ends_with_the_program():
    done: list[tuple[object, ...]] = []

    def told(name, answer=1):
        def call(*words):
            done.append((name, *(getattr(word, "value", word) for word in words)))
            return answer

        return call

    kernel = SimpleNamespace(
        CreateJobObjectW=told("make", 1 << 40),
        SetInformationJobObject=told("limit"),
        AssignProcessToJobObject=told("take in"),
        CloseHandle=told("close"),
    )
    with in_job(kernel) as bound:
        bound(SimpleNamespace(_handle=77))
    made, limit, taken, closed = done
    assert (made, taken, closed) == (("make", None, None), ("take in", 1 << 40, 77), ("close", 1 << 40))
    limits = limit[3]._obj
    assert (limits.flags, limits.memory) == (0x2100, 500 << 20)
    if ctypes.sizeof(ctypes.c_void_p) == 8:
        assert ctypes.sizeof(JobLimits) == 144, "as the header of Windows says"
