"""What the bundle takes with it, what its programs say of themselves; the setup made of it."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any
from xml.etree import ElementTree

import pytest
from PIL import Image

from hazard_desk import __version__
from tests.test_architecture import imported

ROOT = Path(__file__).parents[1]
SETUP = ROOT / "resources" / "setup"


@pytest.fixture
def of_setup(monkeypatch: pytest.MonkeyPatch):
    """The modules of resources/setup, by name."""
    monkeypatch.syspath_prepend(str(SETUP))

    def module(name: str) -> ModuleType:
        return import_module(name)

    yield module
    for name in (file.stem for file in SETUP.glob("*.py")):
        sys.modules.pop(name, None)


@pytest.fixture
def analysed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, of_setup) -> dict[str, Any]:
    """``build.spec`` run without PyInstaller: what it tells that, the programs by their names."""
    monkeypatch.setattr(sys, "path", [*sys.path])
    told: dict[str, Any] = {"programs": {}}

    def analysis(scripts: list[str], **says: Any) -> Any:
        told.update(says)
        return type("Analysis", (), {"pure": [], "scripts": [], "binaries": [], "datas": []})

    def program(*words: Any, **says: Any) -> None:
        told["programs"][says["name"]] = says

    names: dict[str, Any] = {name: lambda *words, **says: None for name in ("PYZ", "COLLECT")}
    names |= {"SPECPATH": str(ROOT), "workpath": str(tmp_path), "Analysis": analysis, "EXE": program}
    text = (ROOT / "build.spec").read_text(encoding="utf-8")
    exec(compile(text, "build.spec", "exec"), names)
    return told


def placed(analysed: dict[str, Any]) -> dict[str, Path]:
    """Return the data of the bundle: place in it -> source, of a file or a whole folder."""
    return {
        f"{place}/{Path(source).name}" if Path(source).is_file() else place: Path(source)
        for source, place in analysed["datas"]
    }


def test_every_source_is_there(analysed):
    found = placed(analysed)
    assert all(source.exists() for source in found.values())
    assert found["resources/plans/sanxiang-2023.toml"].is_file()
    assert {"resources/fonts/hazard-desk-serif.ttf", "resources/fonts/OFL.txt"} <= found.keys()
    assert list(found["hazard_desk/store/migrations"].glob("0001_*.py"))


def test_what_only_building_needs_stays_out(analysed):
    of_resources = [place for place in placed(analysed) if place.startswith("resources/")]
    assert [place for place in of_resources if place.endswith(".py") or "/setup/" in place] == []
    kept = {file.relative_to(ROOT).as_posix() for file in (ROOT / "resources").rglob("*") if file.is_file()}
    out = {place for place in kept if place not in of_resources and "__pycache__" not in place}
    assert {place.split("/")[1] for place in out} == {"setup", "fonts", "initials"}


def test_word_papers_find_their_templates(analysed):
    found = placed(analysed)
    assert (found["docx/templates"] / "default-header.xml").is_file()
    assert "docx/parts/__init__.py" in found, "python-docx asks for docx/parts/../templates"


def test_what_migrations_ask_for_is_there(analysed):
    """They are data to PyInstaller, which does not look what they import."""
    asked = re.compile(r"^from (hazard_desk[\w.]+) import", re.M)
    found = placed(analysed)["hazard_desk/store/migrations"].glob("*.py")
    wanted = {name for file in found for name in asked.findall(file.read_text(encoding="utf-8"))}
    assert wanted and wanted <= set(analysed["hiddenimports"])


@pytest.mark.parametrize(
    "place",
    [
        r"PySide6\Qt6Core.dll",
        r"PySide6\plugins\platforms\qwindows.dll",
        r"PySide6\plugins\imageformats\qjpeg.dll",
        r"PySide6\translations\qtbase_zh_CN.qm",
        r"PIL\_imagingft.cp311-win_amd64.pyd",
        r"Cryptodome\Cipher\_raw_aes.pyd",
        r"tzdata\zoneinfo\Asia\Shanghai",
        r"docx\templates\default.docx",
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/plugins/platforminputcontexts/libibusplatforminputcontextplugin.so",
    ],
)
def test_what_is_of_use_stays(of_setup, place):
    assert of_setup("contents").kept([(place, "", "DATA")])


@pytest.mark.parametrize(
    "place",
    [
        r"PySide6\opengl32sw.dll",
        r"PySide6\Qt6Network.dll",
        r"PySide6\plugins\platforms\qdirect2d.dll",
        r"PySide6\plugins\platforms\qoffscreen.dll",
        r"PySide6\plugins\imageformats\qpdf.dll",
        r"PySide6\plugins\tls\qopensslbackend.dll",
        r"PySide6\translations\qtbase_de.qm",
        r"PIL\_avif.cp311-win_amd64.pyd",
        r"Cryptodome\PublicKey\_ec_ws.pyd",
        r"tzdata\zoneinfo\Europe\Berlin",
        r"docx\templates\default-docx-template\word\styles.xml",
        "libssl-3.dll",
        "libcrypto-3.dll",
    ],
)
def test_what_nobody_asks_for_goes(of_setup, place):
    assert not of_setup("contents").kept([(place, "", "DATA")])


def test_the_program_imports_nothing_that_is_left_out(of_setup):
    unused = of_setup("contents").UNUSED
    files = [*(ROOT / "hazard_desk").rglob("*.py"), *(ROOT / "ui").rglob("*.py")]
    asked = {name for file in files for name in imported(file)}
    assert [one for one in unused for name in asked if f"{name}.".startswith(f"{one}.")] == []


def test_the_program_holds_without_what_is_left_out(of_setup, tmp_path: Path):
    """Every module that stays out is missing; then the program proves itself, password and PIN too."""
    code = (
        "import sys\n"
        f"sys.modules.update(dict.fromkeys({of_setup('contents').UNUSED!r}))\n"
        "from pathlib import Path\n"
        "from hazard_desk.__main__ import main\n"
        "from hazard_desk.desk import Desk\n"
        "from hazard_desk.store.seal.pin import _hashed\n"
        "sys.argv = ['hazard-desk', 'selftest']\n"
        "code = main()\n"
        f"folder = Path({str(tmp_path)!r})\n"
        "with Desk.create(folder / 'desk', 'sanxiang-2023') as desk:\n"
        "    desk.copies.portable(folder / 'copy.zip', 'geheim 7')\n"
        "    desk.papers.print('hazard-ledger', folder / 'a.docx')\n"
        "    desk.sheets.template('hazards', folder / 'a.xlsx')\n"
        "Desk.restore(folder / 'copy.zip', folder / 'other', 'geheim 7')\n"
        "assert _hashed('1234', b'salt')\n"
        "sys.exit(code)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("可以使用")


def test_the_programs_say_who_they_are(analysed):
    window, console = analysed["programs"]["hazard-desk"], analysed["programs"]["hazard-desk-cli"]
    assert (window["console"], console["console"]) == (False, True)
    said = Path(window["version"]).read_text(encoding="utf-8")
    assert '"FileDescription", "隐患工作台"' in said
    assert f'"ProductVersion", "{__version__}"' in said
    assert f"filevers=({__version__.replace('.', ', ')}, 0)" in said
    with Image.open(window["icon"]) as icon:
        assert {(16, 16), (32, 32), (48, 48), (256, 256)} <= icon.info["sizes"]
        assert icon.convert("RGBA").getchannel("A").getextrema() == (0, 255), "drawn on nothing"


def test_the_version_is_what_pyinstaller_reads(of_setup):
    told: dict[str, Any] = {}
    kinds = ("FixedFileInfo", "StringFileInfo", "StringTable", "VarFileInfo", "VarStruct")
    names: dict[str, Any] = {kind: lambda *words, **says: (words, says) for kind in kinds}
    names["StringStruct"] = told.__setitem__
    names["VSVersionInfo"] = lambda ffi, kids: ffi[1]
    fixed = eval(of_setup("identity").version_text("one", "甲", "1.20.3"), names)
    assert fixed["filevers"] == fixed["prodvers"] == (1, 20, 3, 0)
    assert told["OriginalFilename"] == "one.exe"


def test_the_manifest_asks_for_sharp_screens_and_long_paths(of_setup):
    root = ElementTree.fromstring(of_setup("identity").MANIFEST.encode())
    said = {element.tag.partition("}")[2]: (element.text or "").strip() for element in root.iter()}
    assert (said["dpiAwareness"], said["longPathAware"]) == ("PerMonitorV2", "true")
    (level,) = (one for one in root.iter() if one.tag.endswith("requestedExecutionLevel"))
    assert level.get("level") == "asInvoker", "no administrator"


@pytest.fixture
def frozen(tmp_path: Path) -> Path:
    """What a frozen folder looks like from outside."""
    folder = tmp_path / "hazard-desk"
    (folder / "_internal" / "resources").mkdir(parents=True)
    for name in ("hazard-desk.exe", "hazard-desk-cli.exe", "_internal/resources/一.txt"):
        (folder / name).write_bytes(name.encode() * 100)
    return folder


@pytest.mark.skipif(not shutil.which("makensis"), reason="NSIS is not installed")
def test_everything_that_is_handed_out_is_made(of_setup, frozen: Path, tmp_path: Path, capfd):
    icon = of_setup("identity").write_icon(tmp_path / "a.ico")
    setup, packed, sums = of_setup("pack").pack(frozen, icon, "1.2.3", tmp_path / "out")
    assert (setup.name, packed.name) == ("隐患工作台-1.2.3-安装.exe", "隐患工作台-1.2.3-便携.zip")
    assert setup.read_bytes()[:2] == b"MZ"
    told = sums.read_text(encoding="utf-8-sig")
    for file in (setup, packed):
        assert f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}" in told
    assert "warning" not in capfd.readouterr().out.lower()


def test_the_zip_says_that_its_desk_lies_beside_it(of_setup, frozen: Path, tmp_path: Path):
    made = of_setup("pack").make_zip(frozen, tmp_path / "a.zip")
    with zipfile.ZipFile(made) as packed:
        assert packed.testzip() is None
        assert "hazard-desk/_internal/resources/一.txt" in packed.namelist()
        assert "便携" in packed.read("hazard-desk/portable.txt").decode("utf-8-sig")


def test_what_has_grown_is_told_and_ends_the_command(of_setup, frozen: Path, monkeypatch, capsys):
    pack, build = of_setup("pack"), of_setup("build")
    assert (pack.FOLDER_LIMIT, pack.SETUP_LIMIT) == (130, 35)
    setup = frozen / "hazard-desk.exe"
    assert build.told(pack.too_large(frozen, setup)) == 0
    monkeypatch.setattr(pack, "SETUP_LIMIT", 0)
    assert build.told(pack.too_large(frozen, setup)) == 1
    assert "hazard-desk.exe: 0.0 MB, more than 0" in capsys.readouterr().err


def test_the_setup_keeps_to_what_is_its_own():
    """It deletes by name what it brought, whole folders only where nobody keeps a thing."""
    script = (SETUP / "setup.nsi").read_text(encoding="utf-8-sig")
    assert set(re.findall(r'RMDir /r "([^"]+)"', script)) == {
        "$New",
        r"$Old\_internal",
        r"$INSTDIR\${OURS}\_internal",
    }
    assert "RequestExecutionLevel user" in script and "HKLM" not in script
    assert not re.search("taskkill|KillProc", script)


def test_the_wheels_for_windows_are_those_of_the_lock(of_setup):
    pinned = of_setup("wine_machine").wheels((ROOT / "requirements.lock").read_text(encoding="utf-8"))
    there = {re.split("==", line)[0] for line in re.findall(r"^\S+==\S+", pinned, re.M)}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = {re.split("[=;]", one)[0].lower() for one in project["dependencies"]}
    assert asked | {"pyinstaller", "pefile", "pywin32-ctypes"} <= there
    assert "macholib" not in there and "ruff" not in there
    assert ";" not in pinned and pinned.count("--hash") > 100
