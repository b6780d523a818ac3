"""Lines of Chinese text: what may stand at their ends, and that nothing is lost."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hazard_desk.papers.lines import BLANKS, NO_END, NO_START, break_lines, printable

TEXT = (
    "严格落实安全生产“十五条硬措施”，以“遏较大、减总量”为目标（到2023年12月31日止），"
    "深入排查《重大事故隐患判定标准》所列情形：一是企业自查；二是执法检查……整改率应达100%——不打折扣！"
)


def measure(text: str) -> list[float]:
    return [0.5 if char < "\u0100" else 1.0 for char in text]


def texts_of(text: str, width: float, **how: object) -> list[str]:
    return [line.text for line in break_lines(text, measure, width, **how)]  # type: ignore[arg-type]


def long_chain_of_marks(text: str) -> bool:
    """Marks that together are longer than a line have to be broken somewhere."""
    return re.search(f"[{re.escape(''.join(NO_START | NO_END))}]{{8}}", text) is not None


sentences = st.lists(
    st.one_of(
        st.text(alphabet="安全生产重大事故隐患排查整治三星乡", min_size=1, max_size=9),
        st.from_regex(r"[A-Za-z0-9]{1,6}", fullmatch=True),
        st.sampled_from(
            ["，", "。", "、", "；", "：“一案一策”", "（试行）", "《方案》", "……", "——", "100%", " "]
        ),
    ),
    max_size=60,
).map("".join)


@given(sentences, st.integers(min_value=12, max_value=40))
def test_no_mark_stands_where_it_may_not(text: str, width: int) -> None:
    assume(not long_chain_of_marks(text))
    lines = texts_of(text, width)
    for line in lines[1:]:
        assert line[:1] not in NO_START or not line
    for line in lines[:-1]:
        assert line[-1:] not in NO_END or not line


@given(sentences, st.integers(min_value=3, max_value=40), st.booleans())
def test_nothing_is_lost_and_no_line_is_too_long(text: str, width: int, half_ends: bool) -> None:
    lines = break_lines(text, measure, width, half_ends=half_ends)
    joined = "".join(line.text for line in lines)
    assert joined.replace(" ", "") == text.replace(" ", "")
    assert all(line.width <= width + (0.5 if half_ends else 0) + 0.02 for line in lines)


@given(sentences, st.integers(min_value=12, max_value=40))
def test_a_word_that_fits_a_line_is_not_torn(text: str, width: int) -> None:
    assume(not long_chain_of_marks(text))
    lines = texts_of(text, width)
    for word in re.findall("[!-~]+", text):
        assert sum(measure(word)) > width or any(word in line for line in lines)


def test_a_mark_is_pushed_down_with_the_character_before_it() -> None:
    assert texts_of("一二三四五六七八九十，十二", 10) == ["一二三四五六七八九", "十，十二"]


def test_an_opening_mark_goes_with_what_it_opens() -> None:
    assert texts_of("一二三四五六七八九（十一）", 10) == ["一二三四五六七八九", "（十一）"]


def test_in_a_narrow_cell_a_mark_at_the_end_needs_only_half_its_width() -> None:
    assert texts_of("一二三四，六七八", 4.5, half_ends=True) == ["一二三四，", "六七八"]


def test_a_number_moves_to_the_next_line_as_a_whole() -> None:
    assert texts_of("整改期限为2023-06-30前", 8) == ["整改期限为", "2023-06-30前"]


@pytest.mark.parametrize(
    "held",
    ["GB 35181-2025", "GB/T 9704-2012", "AQ 3013", "DB50/T 867", "36 ℃", "0.4 MPa", "5 mm", "12.5 kg/m3"],
)
def test_a_standard_and_its_number_a_number_and_its_unit_hold_together(held: str) -> None:
    text = f"各单位应当按照{held}的要求整改"
    lines = [texts_of(text, width) for width in range(9, 16)]
    assert any(len(broken) > 1 for broken in lines)
    assert all(any(held in line for line in broken) for broken in lines)


@pytest.mark.parametrize(
    "held",
    [
        *("3×5", "4kg×2", "600×400×300mm", "12÷4", "20±0.5", "10~20m", "5·12", "1∶500", "a≥5", "≈3", "A→B"),
        *("36.5℃", "36°C", "0.5‰", "25m²", "CO₂", "mg/m³", "2×10⁵Pa", "120㎡", "№ 7", "Ⅱa", "①②"),
    ],
)
def test_no_line_ends_within_a_measure(held: str) -> None:
    text = f"各单位应当按照{held}的要求整改"
    lines = [texts_of(text, width) for width in range(9, 16)]
    assert any(len(broken) > 1 for broken in lines)
    assert all(any(held in line for line in broken) for broken in lines)


def test_a_line_may_end_at_a_sign_between_characters() -> None:
    assert texts_of("长×宽×高", 2) == ["长×", "宽×", "高"]
    assert texts_of("6–8月", 1.5) == ["6–", "8月"]


def test_what_holds_together_is_parted_at_its_blank_where_a_line_is_too_short() -> None:
    assert texts_of("GB 35181-2025", 5) == ["GB", "35181-2025"]
    assert texts_of("see figure 5 above the table", 7) == ["see figure 5", "above the", "table"]


def test_no_sign_of_a_unit_begins_a_line() -> None:
    assert texts_of("不得超过36℃，50㎡", 5.5) == ["不得超过", "36℃，50㎡"]


def test_a_word_longer_than_a_line_is_broken_where_the_line_ends() -> None:
    assert texts_of("网址" + "x" * 30, 10) == ["网址" + "x" * 16, "x" * 14]


def test_the_first_line_is_indented_and_only_the_first() -> None:
    assert texts_of("一二三四五六七八九十", 5, first_indent=2) == ["一二三", "四五六七八", "九十"]


def test_a_line_break_is_kept() -> None:
    lines = break_lines("甲\n乙丙\n", measure, 10)
    assert [(line.text, line.last) for line in lines] == [("甲", True), ("乙丙", True), ("", True)]


def test_blanks_hang_over_the_end_of_a_line_and_never_begin_one() -> None:
    lines = texts_of("安全 生产　隐患 排查 整治", 4)
    assert not any(line[:1] in BLANKS or line[-1:] in BLANKS for line in lines if line)


@pytest.mark.parametrize("width", range(4, 30))
def test_real_text_keeps_the_rules_at_every_width(width: int) -> None:
    lines = texts_of(TEXT * 2, width)
    assert "".join(lines) == TEXT * 2
    assert not [line for line in lines[1:] if line[0] in NO_START]
    assert not [line for line in lines[:-1] if line[-1] in NO_END]


def test_what_cannot_be_printed_is_taken_out() -> None:
    assert printable("甲\t乙\r\n丙\x07\u200b丁\ufe0f\udc00\x0b戊") == "甲 乙\n丙丁\n戊"


@given(st.text())
def test_cleaned_text_has_no_controls_but_line_breaks(text: str) -> None:
    assert not [char for char in printable(text) if char != "\n" and (char < " " or "\x7f" <= char < "\xa0")]


@pytest.mark.parametrize("sign", "±≥≤§№￥")
def test_a_sign_stays_with_its_number(sign: str) -> None:
    text = f"允许偏差不得超过{sign}30"
    for width in range(9, 12):
        lines = [line.text for line in break_lines(text, lambda part: [1.0] * len(part), width)]
        assert f"{sign}30" in lines[-1]
