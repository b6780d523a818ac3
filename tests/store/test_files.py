"""Files kept by their content, and names that every system takes."""

from __future__ import annotations

import hashlib
import os
import re
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazard_desk.errors import Refused, Trouble
from hazard_desk.store import files
from hazard_desk.store.files import (
    FileStore,
    copy_out,
    file_state,
    is_dangerous,
    is_sound,
    refuse_unfit,
    safe_name,
    short_name,
    suffix_of,
)

TEXT = "整改方案".encode()
DIGEST = hashlib.sha256(TEXT).hexdigest()
TAKEN = datetime(2023, 5, 20, 9, 30)


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path)


def everything(folder: Path) -> set[str]:
    return {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}


class TestKeeping:
    def test_a_file_stands_under_its_digest(self, store, tmp_path):
        kept = store.keep(TEXT, ".docx")
        assert (kept.sha256, kept.size) == (DIGEST, len(TEXT))
        assert everything(tmp_path) == {f"attachments/{DIGEST[:2]}/{DIGEST}.docx"}
        assert store.path(DIGEST, ".docx").read_bytes() == TEXT

    def test_bytes_and_a_file_of_the_same_content_stand_once(self, store, tmp_path):
        store.keep(TEXT, ".docx")
        source = tmp_path / "方案.docx"
        source.write_bytes(TEXT)
        assert store.keep(source, ".docx").sha256 == DIGEST
        assert everything(tmp_path) == {f"attachments/{DIGEST[:2]}/{DIGEST}.docx", "方案.docx"}

    def test_the_given_moment_is_the_files_date(self, store):
        kept = store.keep(TEXT, ".jpg", TAKEN)
        assert store.path(kept.sha256, ".jpg").stat().st_mtime == TAKEN.timestamp()

    def test_a_damaged_copy_is_mended(self, store):
        store.keep(TEXT, ".docx")
        store.path(DIGEST, ".docx").write_bytes(b"rubbish")
        store.keep(TEXT, ".docx")
        assert is_sound(store.path(DIGEST, ".docx"), DIGEST)

    def test_a_full_disk_leaves_nothing(self, store, tmp_path, monkeypatch):
        def full(number: int) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(files.os, "fsync", full)
        with pytest.raises(Trouble, match="磁盘已满"):
            store.keep(TEXT, ".docx")
        assert everything(tmp_path) == set()

    def test_it_is_on_disk_before_it_has_its_name_and_the_name_too(self, store, monkeypatch):
        done = []
        fsync, replace = os.fsync, Path.replace
        monkeypatch.setattr(files.os, "fsync", lambda number: (done.append("fsync"), fsync(number)))
        monkeypatch.setattr(Path, "replace", lambda file, to: (done.append("rename"), replace(file, to)))
        store.keep(TEXT, ".docx")
        assert done[-3:] == ["fsync", "rename", "fsync"]

    def test_a_source_that_went_away_is_named(self, store, tmp_path):
        with pytest.raises(Trouble, match="不见了"):
            store.keep(tmp_path / "不见了.docx", ".docx")


class TestState:
    def test_there_missing_and_of_another_size(self, store):
        store.keep(TEXT, "")
        path = store.path(DIGEST, "")
        assert file_state(path, len(TEXT)) == "正常"
        assert file_state(path, len(TEXT) + 1) == "大小不符"
        path.unlink()
        assert file_state(path, len(TEXT)) == "缺失"
        assert not is_sound(path, DIGEST)


class TestWhatIsNoAttachment:
    def test_bytes_that_are_something_pass(self):
        refuse_unfit(b"x", "a.txt")

    @pytest.mark.parametrize(
        ("make", "match"),
        [
            (lambda file: file.touch(), r"附件\.txt.*是空的"),
            (lambda file: file.mkdir(), r"附件\.txt.*文件夹"),
            (lambda file: None, r"没有找到.*附件\.txt"),
            (getattr(os, "mkfifo", Path.touch), r"附件\.txt.*不是普通文件"),
        ],
    )
    def test_it_is_refused_by_name(self, tmp_path, make, match):
        if match.endswith("普通文件") and not hasattr(os, "mkfifo"):
            pytest.skip("this system has no pipes in folders")
        file = tmp_path / "附件.txt"
        make(file)
        with pytest.raises(Refused, match=match):
            refuse_unfit(file, file.name)

    def test_what_is_too_large_is_refused(self, tmp_path):
        film = tmp_path / "录像.mp4"
        with film.open("wb") as stream:
            stream.truncate(files.LIMIT)
        refuse_unfit(film, film.name)
        with film.open("ab") as stream:
            stream.truncate(files.LIMIT + 50 * 2**20)
        with pytest.raises(Refused, match=r"录像\.mp4.*有250MB.*最大200MB"):
            refuse_unfit(film, film.name)


class TestSweeping:
    def test_only_what_nothing_refers_to_goes(self, store, tmp_path):
        wanted = store.path(store.keep(TEXT, ".docx").sha256, ".docx")
        other = store.keep(b"other", ".txt").sha256
        store.keep_thumb(DIGEST, 160, b"small")
        store.keep_thumb(other, 160, b"small")
        assert store.sweep({wanted}) == 1
        assert everything(tmp_path) == {
            wanted.relative_to(tmp_path).as_posix(),
            f"thumbs/{DIGEST}-160.jpg",
        }

    def test_what_the_desk_did_not_put_there_stays(self, store, tmp_path):
        mine = tmp_path / "attachments" / "ab" / "我放的.txt"
        mine.parent.mkdir(parents=True)
        mine.write_text("x", encoding="utf-8")
        assert store.sweep(set()) == 0
        assert mine.exists()

    def test_a_desk_without_attachments(self, store):
        assert store.sweep(set()) == 0

    def test_what_acts_that_are_lost_told_of_is_set_aside(self, store, tmp_path):
        wanted = store.path(store.keep(TEXT, ".docx").sha256, ".docx")
        other = store.keep(b"other", ".txt").sha256
        store.set_aside({wanted}, tmp_path / "unknown")
        assert (tmp_path / "unknown" / f"{other}.txt").read_bytes() == b"other"
        assert wanted.exists()

    def test_a_file_open_elsewhere_stays_until_the_next_time(self, store, monkeypatch):
        store.keep(TEXT, ".docx")

        def busy(file: Path, missing_ok: bool = False) -> None:
            raise PermissionError(13, "in use", str(file))

        with monkeypatch.context() as windows:
            windows.setattr(Path, "unlink", busy)
            assert store.sweep(set()) == 0
        assert store.sweep(set()) == 1


class TestCopyingOut:
    def test_content_name_and_date(self, store, tmp_path):
        store.keep(TEXT, ".docx", TAKEN)
        copy = copy_out(store.path(DIGEST, ".docx"), DIGEST, tmp_path / "迎检" / "方案.docx")
        assert (copy.name, copy.read_bytes()) == ("方案.docx", TEXT)
        assert copy.stat().st_mtime == TAKEN.timestamp()
        assert everything(tmp_path / "迎检") == {"方案.docx"}

    @pytest.mark.parametrize(("name", "second"), [("方案.docx", "方案(2).docx"), ("5.18", "5.18(2)")])
    def test_a_name_that_is_taken_is_numbered(self, store, tmp_path, name, second):
        store.keep(TEXT, "")
        names = [copy_out(store.path(DIGEST, ""), DIGEST, tmp_path / "out" / name).name for _ in range(2)]
        assert names == [name, second]

    def test_a_damaged_file_is_not_handed_out(self, store, tmp_path):
        store.keep(TEXT, ".docx")
        store.path(DIGEST, ".docx").write_bytes(b"rubbish")
        with pytest.raises(Trouble, match=r"方案\.docx.*已损坏"):
            copy_out(store.path(DIGEST, ".docx"), DIGEST, tmp_path / "out" / "方案.docx")
        assert everything(tmp_path / "out") == set()


class TestNames:
    @pytest.mark.parametrize(
        ("name", "suffix"),
        [
            ("照片.JPG", ".jpg"),
            ("病毒.exe. ", ".exe"),
            ("a.tar.gz", ".gz"),
            ("压缩.7z", ".7z"),
            ("检查2023.5.18", ""),
            ("检查.五月", ""),
            ("无后缀", ""),
            ("a.\u212aey", ""),
            ("", ""),
        ],
    )
    def test_suffix(self, name, suffix):
        assert suffix_of(name) == suffix

    @pytest.mark.parametrize("name", ["a.EXE", "a.bat", "a.js", "a.vbs", "a.lnk", "a.com", "a.scr", "a.msi"])
    def test_programs_are_dangerous(self, name):
        assert is_dangerous(suffix_of(name))

    @pytest.mark.parametrize("name", ["a.ps1", "a.docm", "a.xlsm", "a.pdf.exe", "a.exe .", "a.HTA"])
    def test_macros_and_disguises_too(self, name):
        assert is_dangerous(suffix_of(name))

    @pytest.mark.parametrize(
        "name", ["a.pdf", "a.docx", "a.xlsx", "a.jpg", "a.wps", "a.et", "a.zip", "exe", ""]
    )
    def test_papers_are_not(self, name):
        assert not is_dangerous(suffix_of(name))

    @pytest.mark.parametrize(
        ("name", "suffix", "safe"),
        [
            ("整改前 照片.jpg", ".jpg", "整改前 照片.jpg"),
            ("整改前.JPEG", ".jpg", "整改前.jpg"),
            ("IMG_1.JPG", ".jpg", "IMG_1.JPG"),
            ("扫描.bmp", ".jpg", "扫描.jpg"),
            ("检查2023.5.18", ".jpg", "检查2023.5.18.jpg"),
            ('甲/乙\\丙:丁*?"<>|.pdf', ".pdf", "甲_乙_丙_丁______.pdf"),
            ("CON.txt", ".txt", "_CON.txt"),
            ("com1.2023.docx", ".docx", "_com1.2023.docx"),
            ("console.txt", ".txt", "console.txt"),
            ("nul", "", "_nul"),
            ("..", "", "附件"),
            (".pdf", ".pdf", "附件.pdf"),
            ("方案.docx. ", ".docx", "方案.docx"),
            ("照片\u202egpj.exe", ".exe", "照片gpj.exe"),
            ("𬎆堃.jpg", ".jpg", "𬎆堃.jpg"),
        ],
    )
    def test_safe(self, name, suffix, safe):
        assert safe_name(name, suffix) == safe

    @given(st.text(max_size=300), st.sampled_from(["", ".jpg", ".docx"]))
    def test_every_name_becomes_one_that_windows_takes(self, name, suffix):
        safe = safe_name(name, suffix)
        assert safe
        assert not set(safe) & set('<>:"/\\|?*\0\n')
        assert not safe.endswith((".", " "))
        assert safe.partition(".")[0].strip().upper() not in {"CON", "PRN", "AUX", "NUL", "COM1", "LPT9"}
        assert len(safe.encode()) <= 255
        assert not suffix or safe.lower().endswith(suffix)
        assert safe_name(safe, suffix) == safe


class TestSmallPictures:
    def test_one_for_each_size(self, store, tmp_path):
        assert store.thumb(DIGEST, 160) is None
        store.keep_thumb(DIGEST, 160, b"small")
        store.keep_thumb(DIGEST, 320, b"larger")
        assert (store.thumb(DIGEST, 160), store.thumb(DIGEST, 320)) == (b"small", b"larger")
        assert everything(tmp_path) == {f"thumbs/{DIGEST}-160.jpg", f"thumbs/{DIGEST}-320.jpg"}

    def test_an_empty_one_is_made_anew(self, store):
        store.keep_thumb(DIGEST, 160, b"")
        assert store.thumb(DIGEST, 160) is None

    def test_where_the_disk_takes_none_nothing_happens(self, store, tmp_path):
        (tmp_path / "thumbs").touch()
        store.keep_thumb(DIGEST, 160, b"small")
        assert store.thumb(DIGEST, 160) is None


class TestSentences:
    @pytest.mark.parametrize(
        ("make", "message"),
        [
            (lambda file: file.touch(), "文件“附件.txt”是空的，请检查后重新选择"),
            (lambda file: file.mkdir(), "“{}”是文件夹，请选择其中的文件"),
            (lambda file: None, "没有找到文件“{}”，请检查路径"),
        ],
    )
    def test_what_is_refused(self, tmp_path, make, message):
        make(tmp_path / "附件.txt")
        with pytest.raises(Refused) as caught:
            refuse_unfit(tmp_path / "附件.txt", "附件.txt")
        assert caught.value.message == message.format(tmp_path / "附件.txt")

    def test_bytes_are_weighed_too(self, monkeypatch):
        monkeypatch.setattr(files, "LIMIT", 2 * 2**20)
        refuse_unfit(bytes(2 * 2**20), "a.bin")
        with pytest.raises(Refused) as caught:
            refuse_unfit(bytes(3 * 2**20), "a.bin")
        assert caught.value.message == "文件“a.bin”有3MB，附件最大2MB，请压缩或拆分后再添加"
        with pytest.raises(Refused, match="是空的"):
            refuse_unfit(b"", "a.bin")

    def test_a_damaged_one_is_named_by_its_name(self, store, tmp_path):
        store.keep(TEXT, ".docx")
        with pytest.raises(Trouble) as caught:
            copy_out(store.path(DIGEST, ".docx"), "0" * 64, tmp_path / "方案.docx")
        assert caught.value.message == "附件“方案.docx”已损坏，请用备份恢复"
        assert everything(tmp_path) == {f"attachments/{DIGEST[:2]}/{DIGEST}.docx"}


@pytest.mark.parametrize(
    ("text", "suffix", "short"),
    [
        ("1.2 检查", "", "1．2 检查"),
        ("一\n二", "", "一二"),
        ("字" * 50, ".docx", "字" * 40 + ".docx"),
        ("字" * 40, "", "字" * 40),
        ("a/b:c", ".pdf", "a_b_c.pdf"),
    ],
)
def test_short_names_of_folders_and_files(text, suffix, short):
    assert short_name(text, suffix) == short


def test_a_large_file_is_copied_whole(store, tmp_path):
    """Larger than what is read at once."""
    film = tmp_path / "录像.mp4"
    film.write_bytes(os.urandom(2**20) + b"end")
    kept = store.keep(film, ".mp4")
    assert kept.size == 2**20 + 3
    assert store.path(kept.sha256, ".mp4").read_bytes() == film.read_bytes()


def test_the_third_of_a_name_is_numbered_on(store, tmp_path):
    store.keep(TEXT, ".docx")
    names = [copy_out(store.path(DIGEST, ".docx"), DIGEST, tmp_path / "方案.docx").name for _ in range(3)]
    assert names == ["方案.docx", "方案(2).docx", "方案(3).docx"]


PROGRAMS = """
.exe .com .scr .pif .bat .cmd .msi .msp .msc .msix .appx .cpl .dll .jar .ps1 .psm1 .vbs .vbe .js .jse
.ws .wsf .wsh .sct .hta .reg .inf .lnk .url .scf .rdp .chm .iso .img .vhd .vhdx
.docm .dotm .xlsm .xlsb .xltm .xlam .xll .pptm .potm .ppsm .ppam
"""


@pytest.mark.parametrize(
    "suffix",
    PROGRAMS.split(),
)
def test_whatever_runs_a_program_is_dangerous(suffix):
    assert is_dangerous(suffix)
    assert not is_dangerous(f"{suffix}x0")
    assert not is_dangerous(suffix[1:])


def test_half_a_file_stands_in_the_desks_folder_where_no_backup_takes_it(store, tmp_path, monkeypatch):
    seen: list[set[str]] = []
    fsync = os.fsync
    monkeypatch.setattr(files.os, "fsync", lambda number: (seen.append(everything(tmp_path)), fsync(number)))
    store.keep(TEXT, ".docx")
    copy_out(store.path(DIGEST, ".docx"), DIGEST, tmp_path / "迎检" / "方案.docx")
    half = sorted({name for names in seen for name in names if name.endswith(".part")})
    assert len(half) == 2
    assert any(re.fullmatch(r"scratch/attachment-[^/]+\.part", name) for name in half)
    assert re.fullmatch(r"迎检/attachment-[^/]+\.part", half[1])


@pytest.mark.parametrize("ending", ["library-ms", "settingcontent-ms", "application", "appref-ms", "a_b"])
def test_an_ending_that_is_none_to_us_is_none_to_windows(ending):
    assert suffix_of(f"通知.{ending}") == ""
    assert safe_name(f"通知.{ending}", "") == f"通知．{ending}"


def test_a_date_at_the_end_stays():
    assert safe_name("检查2023.5.18", "") == "检查2023.5.18"


@pytest.mark.parametrize("suffix", [".msixbundle", ".wsc", ".ps1xml", ".pyw", ".iqy", ".xla", ".jnlp"])
def test_more_that_runs_a_program(suffix):
    assert is_dangerous(suffix)
