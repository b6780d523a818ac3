"""A plan as the text of a plan file: what ``resources/plans`` holds, written from a ``Plan``.

Only what a plan can hold is written: texts, numbers, yes/no, dates, lists of them, small mappings, and the
tables of the sections. What has its default is left out. ``plan_of_text`` reads the text back, equal.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from hazard_desk.library.plan_checks import check_format
from hazard_desk.library.plans import Head, Plan, Sections, plan_of

_HEAD = "# 专项行动方案文件（格式 1），由隐患工作台写出。格式说明见自带方案文件的开头。\n"


def dump_plan(plan: Plan) -> str:
    """Return the plan as the text of a plan file."""
    lines = [_HEAD, "[plan]", *_keys(plan, fields(Head))]
    for field in fields(Sections):
        lines += _field_tables(field.name, getattr(plan, field.name))
    return "\n".join(lines) + "\n"


@lru_cache(maxsize=8)
def plan_of_text(text: str) -> Plan:
    """Return the plan in the text of a plan file that ``dump_plan`` wrote. Raises ``Refused``."""
    table = tomllib.loads(text)
    check_format(table)
    return plan_of(table)


def _keys(thing: Any, known: tuple[Field[Any], ...]) -> Iterator[str]:
    """Yield "key = value" for every field of ``thing`` that is no table and not at its default."""
    for field in known:
        value = getattr(thing, field.name)
        if not _is_table(value) and value is not None and value != _default(field):
            yield f"{field.name} = {_value(value)}"


def _field_tables(path: str, value: Any) -> Iterator[str]:
    """Yield the tables of a field, headed [path] for one and [[path]] for each of several."""
    if not _is_table(value):
        return
    several = isinstance(value, tuple)
    for thing in value if several else (value,):
        yield f"\n[[{path}]]" if several else f"\n[{path}]"
        yield from _keys(thing, fields(thing))
        for field in fields(thing):
            yield from _field_tables(f"{path}.{field.name}", getattr(thing, field.name))


def _is_table(value: Any) -> bool:
    return is_dataclass(value) or (isinstance(value, tuple) and bool(value) and is_dataclass(value[0]))


def _default(field: Field[Any]) -> Any:
    if field.default_factory is not MISSING:
        return field.default_factory()
    return field.default


def _value(value: Any) -> str:
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
