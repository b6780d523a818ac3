"""Plan files: where they are, a ``Plan`` read from one, and one written from a ``Plan``.

Only what a plan can hold is written: texts, numbers, yes/no, dates, lists of them, small mappings, and the
tables of the sections. What has its default is left out. ``plan_of_text`` reads the text back, equal.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeGuard

from hazard_desk.errors import Refused
from hazard_desk.library import places
from hazard_desk.library.plan_checks import check_format, check_plan
from hazard_desk.library.plans import Head, Plan, Sections
from hazard_desk.library.reader import build, naming, parsed, read_toml
from hazard_desk.library.task_parts import with_parts
from hazard_desk.rules.fields import Value

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_HEAD = "# 专项行动方案文件（格式 1），由隐患工作台写出。格式说明见自带方案文件的开头。\n"
_PLACE = re.compile("(?:.*?市)?([\u3400-\u9fff]{1,8}?[县区乡镇])")
"""A place within the name of an office, the 市 before it left out."""


def plan_of_office(plans: Iterable[Plan], office: str) -> Plan | None:
    """Return the plan that was issued for the place of an office, or above it, None where there is none.

    A 市 is no place to go by: it has many districts, each with its own plan.
    """
    for plan in plans:
        if office and office == plan.office:
            return plan
    named = ((plan, _PLACE.findall(plan.issuer)) for plan in plans)
    return next((plan for plan, places in named if places and places[-1] in office), None)


def load_plan(path: Path) -> Plan:
    """Return the plan in a file.

    ``Refused`` names the file and the line or key that is wrong; ``Trouble`` when it can't be read.
    """
    with naming(path, "方案文件"):
        table = read_toml(path)
        check_format(table)
        plan = plan_of(table)
        check_plan(plan)
    return plan


def plan_of(table: Mapping[str, Value]) -> Plan:
    """Return the plan in the content of a plan file. ``Refused`` names the key that is wrong."""
    head = build(Head, table["plan"], "plan")
    sections = build(Sections, {name: parts for name, parts in table.items() if name != "plan"})
    return with_parts(Plan(**vars(head), **vars(sections)))


def bundled_plans() -> dict[str, Path]:
    """Return the plans that come with the program: id (the file's name) and file."""
    folder = places.resources() / "plans"
    return {path.stem: path for path in sorted(folder.glob("*.toml"))}


def bundled_plan(plan_id: str) -> Plan | None:
    """Return the plan of this id that comes with the program, or None."""
    file = bundled_plans().get(plan_id)
    return load_plan(file) if file else None


def find_plan(plan_id: str) -> Plan:
    """Return a bundled plan, or the one in a plan file (….toml).

    ``Refused``, listing the bundled ones, for an id that is not known.
    """
    if plan_id.endswith(".toml"):
        return load_plan(Path(plan_id))
    plan = bundled_plan(plan_id)
    if plan is None:
        known = "、".join(bundled_plans())
        raise Refused(f"没有编号为“{plan_id}”的方案，现有方案：{known or '无'}", "plan")
    return plan


def dump_plan(plan: Plan) -> str:
    """Return the plan as the text of a plan file."""
    lines = [_HEAD, "[plan]", *_keys(plan, fields(Head))]
    for field in fields(Sections):
        lines += _part_tables(field.name, getattr(plan, field.name))
    return "\n".join(lines) + "\n"


@lru_cache(maxsize=8)
def plan_of_text(text: str) -> Plan:
    """Return the plan in the text of a plan file that ``dump_plan`` wrote. Raises ``Refused``."""
    table = parsed(text)
    check_format(table)
    return plan_of(table)


def _keys(thing: DataclassInstance, known: Iterable[Field[Value]]) -> Iterator[str]:
    """Yield "key = value" for every field of ``thing`` that holds no parts and is not at its default."""
    for field in known:
        value = getattr(thing, field.name)
        if not _has_parts(value) and value is not None and not _is_default(field, value):
            yield f"{field.name} = {_value(value)}"


def _part_tables(path: str, value: Value | Sequence[DataclassInstance]) -> Iterator[str]:
    """Yield the tables of a field that holds parts of the plan, each headed [[path]]."""
    if not _has_parts(value):
        return
    for part in value:
        yield f"\n[[{path}]]"
        yield from _keys(part, fields(part))
        for field in fields(part):
            yield from _part_tables(f"{path}.{field.name}", getattr(part, field.name))


def _has_parts(value: Value | Sequence[DataclassInstance]) -> TypeGuard[Sequence[DataclassInstance]]:
    return isinstance(value, tuple) and bool(value) and is_dataclass(value[0])


def _is_default(field: Field[Value], value: Value) -> bool:
    return value == (field.default if field.default_factory is MISSING else field.default_factory())


def _value(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Mapping):
        return f"{{ {', '.join(f'{_text(key)} = {_value(item)}' for key, item in value.items())} }}"
    if isinstance(value, tuple):
        return f"[{', '.join(map(_value, value))}]"
    return str(value)


def _text(text: str) -> str:
    """A TOML basic string is a JSON string, but for the one control character that JSON lets stand."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
