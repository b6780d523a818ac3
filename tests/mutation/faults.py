"""The faults that can be planted in a module: those of mutmut's operators, wherever they fit.

mutmut's own run plants them in undecorated functions only; half of the law stands in tables outside of
functions, in properties and in context managers. So its operators are put to every node here, but for what
nobody runs (docstrings, imports, the arguments of a decorator) and what only the type checker reads.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path

import libcst as cst
import libcst.matchers as m
from libcst.metadata import CodeRange, MetadataWrapper, PositionProvider
from mutmut.mutation.mutators import mutation_operators

_ANY = m.ZeroOrMore()
_NOT_RUN = m.Import() | m.ImportFrom() | m.Decorator() | m.Expr(m.SimpleString() | m.ConcatenatedString())
_ALIAS = m.AssignTarget(m.Name(m.MatchRegex(r"[A-Z][A-Za-z]*[a-z]$")))
_FOR_TYPES = (
    m.Annotation()
    | m.If(m.Name("TYPE_CHECKING"))
    | m.FunctionDef(decorators=[_ANY, m.Decorator(m.Name("overload")), _ANY])
    | m.ClassDef(keywords=[_ANY, m.Arg(keyword=m.Name("total")), _ANY])
    | m.Assign([_ALIAS], m.Subscript() | m.BinaryOperation())
    | m.Assign(value=m.Call(m.Name("TypeVar")))
)


@dataclass(frozen=True)
class Fault:
    """One fault in one file. ``lines`` are those from the beginning of its statement to its own end."""

    file: Path
    lines: range
    in_function: bool
    """Else it is run once, when the module is imported."""
    module: cst.Module
    node: cst.CSTNode
    wrong: cst.CSTNode

    @property
    def code(self) -> str:
        """The whole file with the fault."""
        whole = self.module.deep_replace(self.node, self.wrong)
        assert isinstance(whole, cst.Module)
        return whole.code

    @property
    def shown(self) -> str:
        """Where it is, the lines as they were and as they are made."""
        texts = (self.module.code.splitlines(), self.code.splitlines())
        changed = [
            line for line in unified_diff(*texts, lineterm="", n=0) if line[:2] not in ("--", "++", "@@")
        ]
        return "\n    ".join((f"{self.file.as_posix()}:{self.lines[-1]}", *changed))


def faults(file: Path, text: str) -> list[Fault]:
    """Return every fault that can be planted in ``text``, the content of ``file``, in order."""
    tree = MetadataWrapper(cst.parse_module(text))
    reader = _Reader(file, tree.module)
    tree.visit(reader)
    return reader.found


class _Reader(cst.CSTVisitor):
    METADATA_DEPENDENCIES = (PositionProvider,)

    def __init__(self, file: Path, module: cst.Module) -> None:
        super().__init__()
        self.found: list[Fault] = []
        self.file = file
        self.module = module
        self.begins = 1
        self.ends = 1
        self.functions = 0

    def on_visit(self, node: cst.CSTNode) -> bool:
        if m.matches(node, _NOT_RUN | _FOR_TYPES):
            return False
        place = self.get_metadata(PositionProvider, node, None)
        if isinstance(place, CodeRange):
            self.ends = place.end.line
            if isinstance(node, cst.BaseStatement | cst.SimpleStatementLine | cst.ExceptHandler):
                self.begins = place.start.line
        self.functions += isinstance(node, cst.FunctionDef | cst.Lambda)
        for wrong in _wrong(node):
            lines = range(self.begins, max(self.begins, self.ends) + 1)
            self.found.append(Fault(self.file, lines, self.functions > 0, self.module, node, wrong))
        return True

    def on_leave(self, original_node: cst.CSTNode) -> None:
        self.functions -= isinstance(original_node, cst.FunctionDef | cst.Lambda)


def _wrong(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    for kind, operator in mutation_operators:
        if isinstance(node, kind):
            yield from operator(node)
