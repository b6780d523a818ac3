"""One kind of paper about many records: a file each, or one for all; who has none is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hazard_desk.cli import main
from hazard_desk.desk import Desk
from hazard_desk.errors import Refused
from hazard_desk.rules.fields import Row
from hazard_desk.stopping import Stopped, while_wanted
from tests.papers.own.word import lines_of, of_paragraphs, saved
from tests.papers.reading import read_pdf

FIRMS = [f"三星第{number:02}木材厂" for number in range(1, 13)]


@pytest.fixture
def firms(desk: Desk) -> list[str]:
    """The numbers of a dozen firms."""
    rows: list[Row] = [{"name": name, "category": "企业", "sector": "工贸"} for name in FIRMS]
    return [str(desk.enterprises.add(row).ids[0]) for row in rows]


def test_every_firm_gets_a_file_of_its_own(desk: Desk, firms: list[str], tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    files, refused = desk.papers.print_each(
        "responsibility-letter",
        firms,
        tmp_path / "责任书",
        tell=lambda done, of, what: steps.append((done, of)),
    )
    assert [file.name for file in files] == [f"安全生产责任书（{name}）.pdf" for name in FIRMS]
    assert all(name in read_pdf(file.read_bytes())[0].text for file, name in zip(files, FIRMS, strict=True))
    assert refused == {} and steps == [(done, len(FIRMS)) for done in range(len(FIRMS))]
    again, _ = desk.papers.print_each("responsibility-letter", firms[:1], tmp_path / "责任书", "docx")
    twice, _ = desk.papers.print_each("responsibility-letter", firms[:1], tmp_path / "责任书")
    assert again[0].suffix == ".docx" and twice[0].name == "安全生产责任书（三星第01木材厂）(2).pdf"


def test_who_has_no_such_paper_is_told_and_the_others_printed(desk: Desk, tmp_path: Path, found: Row) -> None:
    first, second = (desk.hazards.add(found | {"place": place}).ids[0] for place in ("仓库", "车间"))
    numbers = [str(desk.hazards.get(first).number), str(second), "999"]
    files, refused = desk.papers.print_each("hazard-card", numbers, tmp_path / "卡")
    assert len({file.name for file in files}) == 2 and list(refused) == ["999"]
    with pytest.raises(Refused, match="没有编号为“999”"):
        desk.papers.print_each("hazard-card", ["999"], tmp_path / "空")
    assert not (tmp_path / "空").exists()
    with pytest.raises(Refused, match="不按记录打印"):
        desk.papers.print_each("hazard-ledger", numbers, tmp_path / "空")


def test_stopped_half_way_it_leaves_nothing(desk: Desk, firms: list[str], tmp_path: Path) -> None:
    told: list[str] = []
    with pytest.raises(Stopped), while_wanted(lambda: len(told) < 3):
        desk.papers.print_each(
            "responsibility-letter", firms, tmp_path / "停", tell=lambda done, of, what: told.append(what)
        )
    assert len(told) == 3 and not (tmp_path / "停").exists()
    told.clear()
    with pytest.raises(Stopped), while_wanted(lambda: not told):
        desk.papers.print_each(
            "responsibility-letter", firms[:1], tmp_path / "停", tell=lambda done, of, what: told.append(what)
        )
    assert not (tmp_path / "停").exists(), "stopped while the last was made"


def test_her_own_word_file_for_every_firm(desk: Desk, firms: list[str], tmp_path: Path) -> None:
    own = saved(of_paragraphs("«监管对象.单", "致«监管对象.单位名称»："), tmp_path / "信.docx")
    with pytest.raises(Refused, match="没有对应的“»”"):
        desk.rewording.read_file("致企业的信", own)
    saved(of_paragraphs(["致«监管对象", ".单位名称»："]), own)
    desk.rewording.use_file("致企业的信", desk.rewording.read_file("致企业的信", own))
    files, _ = desk.papers.print_each("致企业的信", firms, tmp_path / "信")
    assert [lines_of(file.read_bytes()) for file in files] == [[f"致{name}："] for name in FIRMS]
    assert [file.name for file in files][:1] == ["致企业的信-三星第01木材厂.docx"]
    one, _ = desk.papers.print_many("致企业的信", firms, tmp_path / "全部.pdf")
    assert len(read_pdf(one.read_bytes())) == len(FIRMS)
    with pytest.raises(Refused, match="不能几份合成一个"):
        desk.papers.print_many("致企业的信", firms, tmp_path / "全部.docx")


def test_on_the_command_line(
    desk: Desk, firms: list[str], folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.close()
    to = tmp_path / "承诺书"
    command = ["--desk", str(folder), "print", "commitment-letter"]
    assert main([*command, "--number", f"{firms[0]},{firms[1]},77", "--to", str(to), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert sorted(map(str, to.iterdir())) == sorted(answer["files"]) and list(answer["refused"]) == ["77"]
    assert main([*command, "--number", "全部", "--to", str(tmp_path / "都2023.10")]) == 0
    assert len(list((tmp_path / "都2023.10").iterdir())) == len(FIRMS)


def test_names_too_long_for_a_file_are_told_apart(desk: Desk, tmp_path: Path) -> None:
    rows: list[Row] = [
        {"name": f"{'长' * 90}{number}", "category": "企业", "sector": "工贸"} for number in range(3)
    ]
    numbers = [str(desk.enterprises.add(row).ids[0]) for row in rows]
    files, refused = desk.papers.print_each("responsibility-letter", numbers, tmp_path / "长")
    assert [file.stem[-3:] for file in files] == ["长长长", "(2)", "(3)"] and not refused
