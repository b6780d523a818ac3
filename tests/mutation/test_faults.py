"""Which faults are planted: every way in which the code can be wrong, none in what nobody runs."""

from __future__ import annotations

from pathlib import Path

from tests.mutation.faults import Fault, faults

TEXT = '''"""A module."""
from __future__ import annotations
import re

LIMIT = 3
Pair = tuple[int, "Pair"]
if TYPE_CHECKING:
    DAYS = 7


@named("it")
def over(day: dict["a", 1], *, strict: bool = True) -> "b":
    """Says nothing."""
    if day > LIMIT:
        return (
            day
            + 1
        )
    return strict
'''


def planted() -> list[Fault]:
    return faults(Path("a.py"), TEXT)


def test_nothing_is_planted_in_what_nobody_runs() -> None:
    wrong = [fault.code for fault in planted()]
    assert all(code != TEXT for code in wrong)
    assert all('Pair = tuple[int, "Pair"]' in code and "DAYS = 7" in code for code in wrong)
    for kept in (
        '"""A module."""',
        '"""Says nothing."""',
        "import re",
        '@named("it")',
        'dict["a", 1]',
        '"b"',
    ):
        assert all(kept in code for code in wrong), kept


def test_every_other_place_has_its_faults() -> None:
    said = [fault.shown for fault in planted()]
    assert [text for text in said if "LIMIT = None" in text]
    assert [text for text in said if "LIMIT = 4" in text]
    assert [text for text in said if "strict: bool = False" in text]
    assert "a.py:14\n    -    if day > LIMIT:\n    +    if day >= LIMIT:" in said


def test_each_fault_is_one() -> None:
    codes = [fault.code for fault in planted()]
    assert len(set(codes)) == len(codes)


def test_a_fault_knows_its_lines_and_whether_a_function_holds_it() -> None:
    minus = next(fault for fault in planted() if "- 1" in fault.code)
    assert (minus.lines, minus.in_function) == (range(15, 18), True)
    limit = next(fault for fault in planted() if "LIMIT = 4" in fault.code)
    assert (limit.lines, limit.in_function) == (range(5, 6), False)
