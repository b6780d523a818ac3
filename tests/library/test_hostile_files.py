"""Plan and register files that are broken or mean harm: each ends in one sentence, at once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hazard_desk.errors import Refused
from hazard_desk.library.plan_file import find_plan, load_plan, plan_of_text
from hazard_desk.library.reader import read_toml
from hazard_desk.library.registers import load_register

DEEP = 100_000
HEAD = 'format = 1\n[plan]\ntitle = "x"\n'
FILES = {
    "arrays": f"a = {'[' * DEEP}",
    "closed-arrays": f"a = {'[' * DEEP}{']' * DEEP}",
    "tables": "a = " + "{a = " * DEEP,
    "key": ".".join("a" * DEEP) + " = 1",
    "spaced-key": " . ".join("a" * DEEP) + " = 1",
    "quoted-key": ".".join(['"a"'] * DEEP) + " = 1",
    "header": f"[{'.'.join('a' * DEEP)}]",
    "inner-key": "a = {" + ".".join("a" * DEEP) + " = 1}",
    "string": f'{HEAD}about = "{"长" * (50 << 18)}"',
    "headers": HEAD + "[[actions]]\n" * DEEP,
    "open-string": f'{HEAD}a = """' + "x\n" * DEEP,
    "escapes": f'{HEAD}a = "{chr(92)}u4e2d' * 2 + "\\n" * DEEP,
    "words": "a" * (1 << 20),
    "blanks": "a " * (1 << 19),
    "quotes": '"' * (1 << 20),
    "nul": "\0" * 1000,
}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("read", [load_plan, load_register])
def test_each_ends_in_one_sentence(tmp_path: Path, name, read):
    file = tmp_path / f"{name}.toml"
    file.write_text(FILES[name], encoding="utf-8")
    with pytest.raises(Refused) as caught:
        read(file)
    assert file.name in caught.value.message and "\n" not in caught.value.message
    assert re.search(r"[\u4e00-\u9fff]{4}", caught.value.message)
    assert len(caught.value.message) < 2000


def test_a_plan_named_by_its_path_and_one_kept_as_text(tmp_path):
    file = tmp_path / "deep.toml"
    file.write_text(FILES["arrays"], encoding="utf-8")
    with pytest.raises(Refused, match="层数过多"):
        find_plan(str(file))
    with pytest.raises(Refused, match="层数过多"):
        plan_of_text(FILES["tables"])


def test_dots_in_texts_are_no_deep_key(tmp_path):
    file = tmp_path / "a.toml"
    file.write_text('a = "目录……………………1.2.3.4.5.6.7.8.9.10.11.12"\n', encoding="utf-8")
    assert read_toml(file)["a"].startswith("目录")
