"""What the bundle takes with it: everything that is read as a file at run time."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]


def collected() -> dict[str, Path]:
    """Return the data of the bundle: place in it -> source."""
    return {place: Path(source) for source, place in analysed()["datas"]}


def analysed() -> dict[str, Any]:
    """Run ``build.spec`` without PyInstaller; return what it tells that."""
    told: dict[str, Any] = {}

    def analysis(scripts: list[str], **says: Any) -> Any:
        told.update(says)
        return type("Analysis", (), {"pure": [], "scripts": [], "binaries": [], "datas": []})

    names = {name: lambda *words, **says: None for name in ("PYZ", "EXE", "COLLECT")}
    text = (ROOT / "build.spec").read_text(encoding="utf-8")
    exec(compile(text, "build.spec", "exec"), {"SPECPATH": str(ROOT), "Analysis": analysis, **names})
    return told


def test_every_source_is_there():
    found = collected()
    assert all(source.exists() for source in found.values())
    assert (found["resources"] / "plans").is_dir()
    assert list(found["hazard_desk/store/migrations"].glob("0001_*.py"))


def test_word_papers_find_their_templates():
    found = collected()
    assert (found["docx/templates"] / "default-header.xml").is_file()
    assert "docx/parts" in found, "python-docx asks for docx/parts/../templates"


def test_what_migrations_ask_for_is_there():
    """They are data to PyInstaller, which does not look what they import."""
    asked = re.compile(r"^from (hazard_desk[\w.]+) import", re.M)
    found = collected()["hazard_desk/store/migrations"].glob("*.py")
    wanted = {name for file in found for name in asked.findall(file.read_text(encoding="utf-8"))}
    assert wanted and wanted <= set(analysed()["hiddenimports"])
