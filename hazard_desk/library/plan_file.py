"""A plan as the text of a plan file: what ``resources/plans`` holds, written from a ``Plan``.

Only what a plan can hold is written: texts, numbers, yes/no, dates, lists of them, small mappings, and the
tables of the sections. What has its default is left out. ``plan_of_text`` reads the text back, equal.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, TypeGuard

from hazard_desk.library.plan_checks import check_format
from hazard_desk.library.plans import Head, Plan, Sections, plan_of
from hazard_desk.rules.fields import Value

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_HEAD = "# 专项行动方案文件（格式 1），由隐患工作台写出。格式说明见自带方案文件的开头。\n"


def dump_plan(plan: Plan) -> str:
    """Return the plan as the text of a plan file."""
    lines = [_HEAD, "[plan]", *_keys(plan, fields(Head))]
    for field in fields(Sections):
        lines += _part_tables(field.name, getattr(plan, field.name))
    return "\n".join(lines) + "\n"


@lru_cache(maxsize=8)
def plan_of_text(text: str) -> Plan:
    """Return the plan in the text of a plan file that ``dump_plan`` wrote. Raises ``Refused``."""
    table = tomllib.loads(text)
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
