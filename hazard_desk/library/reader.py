"""Reads a TOML file into frozen dataclasses: the annotations say what each key must hold.

Whatever is wrong is told in one Chinese sentence that names the file and the line or the key
(``actions[2].key_tasks[0].due``; the first entry is [0]).
"""

from __future__ import annotations

import re
import tomllib
import types
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from hazard_desk.errors import Refused, Trouble
from hazard_desk.rules.fields import Value

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

T = TypeVar("T", bound="DataclassInstance")

_MOST_BYTES = 2 << 20
"""Forty times the largest plan that comes with the program."""
_DEEP_KEY = re.compile(r"""(?<![\w-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){50}""")
"""A key of so many parts: the parser takes a time that grows with the square of them."""

_PLAIN = {
    str: "文字（用英文引号括起）",
    int: "整数",
    bool: "true 或 false",
    date: "日期，如 2023-05-31（不加引号）",
}


@contextmanager
def naming(path: Path, kind: str) -> Iterator[None]:
    """Put the kind and the name of the file in front of what is refused inside."""
    try:
        yield
    except Refused as refused:
        raise Refused(f"{kind} {path.name} {refused.message}", refused.field) from None


def wrong(key: str, sentence: str) -> Refused:
    """Return the refusal of a key."""
    return Refused(f"的 {key}：{sentence}", key)


def list_of_texts(key: str, told: Value) -> tuple[str, ...]:
    """Return the value of a key that must be a list of texts. ``Refused`` when it is none."""
    if not isinstance(told, list) or not told or not all(isinstance(one, str) and one for one in told):
        raise wrong(key, "应为文字的列表。")
    return tuple(str(one) for one in told)


def read_toml(path: Path) -> dict[str, Value]:
    """Return the file's content. ``Refused`` for bad spelling, ``Trouble`` for a file that can't be read."""
    try:
        with path.open("rb") as stream:
            raw = stream.read(_MOST_BYTES + 1)
    except OSError as error:
        raise Trouble(f"无法读取文件 {path}：{error.strerror}") from error
    if len(raw) > _MOST_BYTES:
        raise Refused(f"太大，超过{_MOST_BYTES >> 20}MB，不像方案或台账文件，没有打开。")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise Refused(f"第{line}行：文字不是 UTF-8 编码，请用记事本另存为 UTF-8 后再试。") from None
    return parsed(text)


def parsed(text: str) -> dict[str, Value]:
    """Return what a TOML text says. ``Refused`` for bad spelling and for nests that nobody writes."""
    if _DEEP_KEY.search(text):
        raise Refused("里有层数过多的键名，不像方案或台账文件，没有打开。")
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise Refused("里的括号层数过多，不像方案或台账文件，没有打开。") from None
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found.group(1)) if found else text.count("\n") + 1
        raise Refused(f"第{line}行：写法有误，请检查引号、括号、等号是否成对，键名是否重复。") from None


def build(cls: type[T], table: object, where: str = "") -> T:
    """Return ``cls`` filled from a table; ``where`` is the table's key path. Parts that are built stay.

    ``Refused`` for unknown and missing keys and for values of another type. A key without a default must
    not be an empty text.
    """
    if not isinstance(table, dict):
        raise wrong(where, "应为一组“键 = 值”。")
    known: dict[str, Field[Any]] = {field.name: field for field in fields(cls)}
    for key in table:
        if key not in known:
            raise wrong(_join(where, key), f"没有这一项，可以写的有 {'、'.join(known)}。")
    hints = _hints(cls)
    values = {}
    for name, field in known.items():
        path = _join(where, name)
        required = field.default is MISSING and field.default_factory is MISSING
        if name in table:
            values[name] = _value(hints[name], table[name], path)
        if required and values.get(name, "") == "":
            raise wrong(path, "不能缺少，也不能为空。")
    return cls(**values)


@cache
def _hints(cls: type[DataclassInstance]) -> dict[str, Any]:
    return get_type_hints(cls)


def _value(hint: Any, value: object, path: str) -> Any:
    origin, args = get_origin(hint), get_args(hint)
    if origin is types.UnionType:
        return _value(_alternative(args, value), value, path)
    if origin is Literal:
        if value not in args or isinstance(value, bool):
            raise wrong(path, f"只能是 {'、'.join(str(arg) for arg in args if arg != '')} 之一。")
        return value
    if origin is tuple:
        if not isinstance(value, list | tuple):
            raise wrong(path, "应为方括号括起的一列。")
        return tuple(_value(args[0], item, f"{path}[{index}]") for index, item in enumerate(value))
    if origin is Mapping:
        if not isinstance(value, dict):
            raise wrong(path, "应为花括号括起的“键 = 值”。")
        return {
            _value(args[0], key, _join(path, key)): _value(args[1], item, _join(path, key))
            for key, item in value.items()
        }
    if isinstance(hint, type) and is_dataclass(hint):
        return value if isinstance(value, hint) else build(hint, value, path)
    if type(value) is not hint:  # exactly: true is no number, a moment is no date
        raise wrong(path, f"应为{_PLAIN[hint]}。")
    return value


def _alternative(hints: Sequence[Any], value: object) -> Any:
    """Return which of several types a value is of; the first where it is none of them."""
    kinds = [dict if get_origin(hint) is Mapping else hint for hint in hints]
    return hints[kinds.index(type(value))] if type(value) in kinds else hints[0]


def _join(where: str, key: str) -> str:
    return f"{where}.{key}" if where else key
