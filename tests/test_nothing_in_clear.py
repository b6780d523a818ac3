"""Who reported a hazard stands nowhere on the disk in clear: after a whole session, a kill, an upgrade."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import pytest

from hazard_desk.desk import Desk
from hazard_desk.errors import Refused
from hazard_desk.store.tables import Audit
from tests.bytes_kept import forms, found_in
from tests.conftest import ROOT, TODAY

NAMES = ("欧阳示例", "诸葛未名", "司马无踪", "上官不见")
PHONES = ("13812345678", "13987654321", "13711223344", "0839-7654321")
TIP = {"received_on": "2023-05-20", "way": "电话", "content": "某厂消防通道堵塞", "unit_name": "某厂"}

SESSION = """
import os, sys, tempfile
from datetime import date
from pathlib import Path
from hazard_desk.desk import Desk
from tests.test_nothing_in_clear import work
desk = Desk.open(Path(sys.argv[1]), date(2023, 6, 1))
work(desk)
os._exit(9)  # as if killed: nothing is closed, the write-ahead log stays
"""


def told(place: int) -> dict[str, str]:
    return {"informant_name": NAMES[place], "informant_phone": PHONES[place]}


def work(desk: Desk) -> None:
    """Enter, change, take back, remove, erase, print, export, copy, be refused."""
    tips = desk.tips
    first = tips.add(TIP | told(0)).ids[0]
    tips.change(first, told(1) | {"verified": "属实"})
    desk.undo()
    tips.change(first, {"informant_phone": PHONES[2], "verified": "属实"})
    reward = tips.make_reward(first, {"amount": "500"}).ids[0]
    desk.rewards.change(reward, told(2))
    gone = tips.add(TIP | told(3)).ids[0]
    tips.remove(gone)
    desk.undo()
    tips.remove(gone)
    tips.add(TIP | told(1))
    desk.undo()
    tips.reveal(first, "回访")
    desk.drafts.keep("tips/new", {"content": "写了一半"})
    for wrong in ({"informant_phone": "12"}, {"received_on": "错"}):
        with pytest.raises(Refused):
            tips.add(TIP | told(0) | wrong)
    for ledger in (tips.id, desk.rewards.id):
        desk.sheets.export(ledger, desk.out / f"{ledger}.xlsx")
        desk.papers.print(ledger, desk.out / f"{ledger}.pdf")
    desk.papers.print("notice-reward", desk.out / "reward.docx", number=str(reward))
    desk.backup()
    desk.erasing.erase(tips.id, first, "保存期满")
    desk.backup(desk.folder / "backups" / "after.zip")
    last = tips.add(TIP | told(3)).ids[0]
    tips.change(last, told(0))


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for temporary files, so that it can be searched."""
    made = tmp_path / "temp"
    made.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(made))
    for name in ("TMPDIR", "TEMP", "TMP", "SQLITE_TMPDIR"):
        monkeypatch.setenv(name, str(made))
    return made


def test_the_search_finds_what_is_there(tmp_path: Path):
    for place, (_, form) in enumerate(forms(NAMES[0])):
        (tmp_path / f"{place}.bin").write_bytes(b"\0" + form)
    with zipfile.ZipFile(tmp_path / "packed.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inside.txt", PHONES[0])
    assert len(found_in([tmp_path], [NAMES[0], PHONES[0]])) >= 7


def test_after_a_killed_session(blank: Path, folder: Path, scratch: Path):
    shutil.copytree(blank, folder)
    done = subprocess.run(
        [sys.executable, "-c", SESSION, str(folder)],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 9, done.stderr
    assert all(secret not in done.stdout + done.stderr for secret in (*NAMES, *PHONES))
    assert (folder / "desk.db-wal").stat().st_size > 0, "the log is still there"
    assert found_in([folder, scratch], (*NAMES, *PHONES)) == []
    with Desk.open(folder, TODAY) as desk:
        assert [row.informant for row in desk.tips.rows([1, 3])] == ["（已抹去）"]
        assert desk.check() == []
    assert found_in([folder, scratch], (*NAMES, *PHONES)) == []


@pytest.mark.parametrize("version", [2, 3])
def test_after_an_upgrade_from_a_desk_that_kept_them_in_clear(version: int, folder: Path, scratch: Path):
    with zipfile.ZipFile(ROOT / f"tests/data/released/desk-{version}.zip") as archive:
        archive.extractall(folder)
    secrets = ("王示例", "13800001234")
    assert found_in([folder], secrets), "there is something to hide"
    with Desk.open(folder) as desk:
        assert desk.tips.reveal(1, "回访")[0].informant_name == "王示例"
        assert "s1:" not in str(desk.cabinet.rows(Audit.select())), "no key that would outlast erasing"
        assert desk.check() == []
    (copy,) = (folder / "backups").glob("desk-*.zip")
    assert found_in([copy.parent], secrets), "the safety copy is the old desk"
    copy.unlink()
    assert found_in([folder, scratch], secrets) == []


def test_old_copies_are_named_and_written_anew(folder: Path, scratch: Path):
    with zipfile.ZipFile(ROOT / "tests/data/released/desk-3.zip") as archive:
        archive.extractall(folder)
    old = folder / "backups" / "desk-20230501-090000.zip"
    old.parent.mkdir(exist_ok=True)
    shutil.copy(ROOT / "tests/data/released/desk-3.zip", old)
    aside = folder / "before-restore-20230501-090000-000000"
    with zipfile.ZipFile(old) as archive:
        archive.extractall(aside)
    secrets = ("王示例", "13800001234")
    with Desk.open(folder) as desk:
        copies, asides = desk.in_clear()
        assert {copy.file for copy in copies} >= {old} and len(copies) == 2 and asides == [aside]
        assert desk.rewrite_copies() == []
        assert desk.in_clear() == ([], [])
        assert found_in([folder, scratch], secrets) == []
        copy = next(copy for copy in desk.copies.all() if copy.file == old)
    Desk.restore(copy.file, folder)
    with Desk.open(folder) as desk:
        assert desk.tips.reveal(1, "回访")[0].informant_name == "王示例"
        assert desk.check() == []


def test_copies_that_hold_an_erased_one_are_written_anew(desk: Desk, scratch: Path):
    number = desk.tips.add(TIP | told(0)).ids[0]
    kept = desk.tips.add(TIP | told(1)).ids[0]
    file = desk.backup()
    carried = desk.backup(desk.folder.parent / "carried.zip")
    assert desk.in_clear() == ([], [])
    desk.erasing.erase("tips", number, "保存期满")
    assert {copy.file for copy in desk.in_clear()[0]} == {file, carried}
    assert desk.rewrite_copies() == []
    assert desk.in_clear() == ([], [])
    desk.close()
    for copy in (file, carried):
        (desk.folder / "erased.json").unlink()
        Desk.restore(copy, desk.folder)
        with Desk.open(desk.folder, TODAY) as again:
            assert [row.informant for row in again.tips.rows([number, kept])] == ["（已抹去）", "诸**"]
            assert again.check() == []


def test_a_computer_without_the_code_rewrites_no_copy(desk: Desk, tmp_path: Path, monkeypatch):
    monkeypatch.setenv("HAZARD_DESK_USER_FOLDER", str(tmp_path / "other"))
    with pytest.raises(Refused, match="请先输入恢复码，再改写备份"):
        desk.rewrite_copies()
    old = desk.folder / "backups" / "desk-20230501-090000.zip"
    old.parent.mkdir(exist_ok=True)
    shutil.copy(ROOT / "tests/data/released/desk-3.zip", old)
    before = old.read_bytes()
    with pytest.raises(Refused, match="请先输入恢复码"):
        desk.copies.rewrite(next(copy for copy in desk.copies.all() if copy.file == old))
    assert old.read_bytes() == before
