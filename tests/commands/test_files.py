"""Commands that write files: exports, papers, copies; what is put back, and the check."""

from __future__ import annotations

from pathlib import Path

import pytest


class TestFiles:
    def test_export(self, ask, hazards, tmp_path):
        to = tmp_path / "新的 文件夹" / "隐患.xlsx"
        assert ask("export", "hazards", "--to", to, "--where", "级别=重大", "--json").json == {
            "files": [str(to)]
        }
        assert to.stat().st_size > 0

    def test_export_to_another_ending(self, ask, tmp_path):
        assert ask("export", "hazards", "--to", tmp_path / "a.doc").code == 2

    @pytest.mark.parametrize("report", ["task-table", "leading-group", "hazard-ledger"])
    def test_print(self, ask, hazards, report):
        (file,) = ask("print", report, "--json").json["files"]
        assert Path(file).read_bytes().startswith(b"%PDF")

    @pytest.mark.parametrize("report", ["task-table", "leading-group", "hazard-ledger", "activities"])
    def test_print_for_word(self, ask, hazards, tmp_path, report):
        (file,) = ask("print", report, "--to", tmp_path / "材料.docx", "--json").json["files"]
        assert Path(file).read_bytes().startswith(b"PK")

    def test_print_in_a_format_that_is_not_there(self, ask, tmp_path):
        assert ".docx" in ask("print", "leading-group", "--to", tmp_path / "a.xlsx").refusal

    def test_print_nothing_known(self, ask):
        assert "task-table" in ask("print", "nothing").refusal
        assert "print --list" in ask("print").refusal

    def test_a_place_that_cannot_be_written(self, ask, tmp_path):
        (tmp_path / "file").touch()
        for words in (
            ("export", "hazards", "--to", tmp_path / "file" / "a.xlsx"),
            ("print", "task-table", "--to", tmp_path / "file" / "a.pdf"),
            ("backup", "--to", tmp_path / "file" / "a.zip"),
        ):
            said = ask(*words)
            assert said.code == 3
            assert "file" in said.refusal

    def test_backup_restore_and_check(self, ask, run, hazards, tmp_path):
        copy, again = tmp_path / "copy.zip", tmp_path / "again"
        assert ask("backup", "--to", copy, "--json").json == {"files": [str(copy)]}
        assert run("--desk", again, "restore", copy, "--json").json == {"desk": str(again)}
        assert run("--desk", again, "check", "--json").json["faults"] == []
        assert len(run("--desk", again, "list", "hazards", "--json").json) == 2

    def test_copies_are_listed_even_where_no_desk_opens(self, ask, desk, hazards):
        assert ask("copies", "--json").json["at_risk"] > 0
        files = ask("backup", "--json").json["files"]
        told = ask("copies", "--json").json
        assert [copy["file"] for copy in told["copies"]] == files
        assert (told["at_risk"], told["since"], told["sentence"][:5]) == (0, None, "已全部备份")
        assert "校验完好" in ask("copies").out
        desk.close()
        (desk.folder / "desk.db").write_bytes(b"rubbish" * 1000)
        said = ask("copies", "--json")
        assert (said.json["at_risk"], said.json["copies"]) == (None, told["copies"])

    def test_a_copy_behind_a_password(self, ask, run, hazards, tmp_path, monkeypatch):
        copy = tmp_path / "copy.zip"
        assert ask("backup", "--to", copy, "--password").code == 2
        monkeypatch.setenv("HAZARD_DESK_PASSWORD", "三星乡2023")
        said = ask("backup", "--to", copy, "--password")
        assert (said.code, "遗失" in said.err) == (0, True)
        again = tmp_path / "again"
        assert "密码" in run("--desk", again, "restore", copy).refusal
        assert run("--desk", again, "restore", copy, "--password", "错").code == 2
        assert run("--desk", again, "restore", copy, "--password").code == 0

    def test_a_copy_of_a_desk_that_lost_a_photo_says_so(self, ask, desk, hazards):
        desk.attachments.add("hazards", 1, b"photo", "照片.jpg")
        for file in desk.folder.glob("attachments/*/*"):
            file.unlink()
        said = ask("backup")
        assert (said.code, "照片.jpg" in said.err) == (3, True)

    def test_restore_what_is_no_backup(self, run, folder, tmp_path):
        said = run("--desk", folder, "restore", tmp_path / "none.zip")
        assert (said.code, folder.exists()) == (2, False)
        (tmp_path / "copy.zip").write_text("x", encoding="utf-8")
        assert run("--desk", folder, "restore", tmp_path / "copy.zip").code == 2

    def test_restore_over_an_open_desk(self, ask, desk, tmp_path):
        copy = desk.backup(tmp_path / "copy.zip")
        said = ask("restore", copy)
        assert said.code == 3
        assert "正在使用中" in said.refusal

    def test_check_names_every_fault(self, ask, desk, hazards):
        desk.cabinet.db.execute_sql("UPDATE hazard SET place = '别处'")
        said = ask("check")
        assert said.code == 3
        assert said.refusal.count("台账与办理记录不一致") == 2
