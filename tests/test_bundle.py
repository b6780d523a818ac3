"""What the bundle takes with it: everything that is read as a file at run time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]


def collected() -> dict[str, Path]:
    """Run ``build.spec`` without PyInstaller; return its data: place in the bundle -> source."""
    told: dict[str, Any] = {}

    def analysis(scripts: list[str], **says: Any) -> Any:
        told.update(says)
        return type("Analysis", (), {"pure": [], "scripts": [], "binaries": [], "datas": []})

    names = {name: lambda *words, **says: None for name in ("PYZ", "EXE", "COLLECT")}
    text = (ROOT / "build.spec").read_text(encoding="utf-8")
    exec(compile(text, "build.spec", "exec"), {"SPECPATH": str(ROOT), "Analysis": analysis, **names})
    return {place: Path(source) for source, place in told["datas"]}


def test_every_source_is_there():
    found = collected()
    assert all(source.exists() for source in found.values())
    assert (found["resources"] / "plans").is_dir()
    assert list(found["hazard_desk/store/migrations"].glob("0001_*.py"))


def test_word_papers_find_their_templates():
    found = collected()
    assert (found["docx/templates"] / "default-header.xml").is_file()
    assert "docx/parts" in found, "python-docx asks for docx/parts/../templates"
