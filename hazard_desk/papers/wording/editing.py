"""A text while it is worked on: its head as fields of a form, its body line by line."""

from __future__ import annotations

from hazard_desk.papers.wording.reading import (
    ADDRESSEE,
    AS_ISSUED,
    AS_SET,
    CASE,
    COPIES,
    IN_CASE,
    NAME,
    RED,
    RED_HEADS,
    SEALED,
    SIGNED,
    STARTS,
    lines_above,
    said_in_head,
    words_of_head,
)
from hazard_desk.rules.fields import Field, Kind, Row

NAMED = Field("title", NAME, required=True, width=18, help="这种材料叫什么，列在打印的清单里")
HEAD_FIELDS = (
    NAMED,
    Field(
        "red_head",
        RED,
        Kind.CHOICE,
        choices=RED_HEADS,
        width=6,
        help="随设置：按“设置”里的“套红头”；只有编了文号的才印",
    ),
    Field("signed", SIGNED, width=18, help="署名的单位；留空用设置里的落款单位"),
    Field("sealed", SEALED, Kind.CHOICE, choices=("是", "否"), width=4, help="落款处是否留出盖章的位置"),
    Field("addressee", ADDRESSEE, width=18, help="通常发给谁；发文登记里另写的，以登记的为准"),
    Field("copies", COPIES, width=18, help="通常抄送谁；发文登记里另写的，以登记的为准"),
    Field(
        "case",
        CASE,
        Kind.CHOICE,
        choices=IN_CASE,
        width=8,
        help="关于隐患、检查的材料：编发后（或有签字扫描件）才装进案卷，能印就装，还是只在“出全套”里印",
    ),
)
"""What the office sets of a kind of paper; kept in the head of its text under the same words."""
_USUAL: Row = {"red_head": AS_SET, "sealed": "是", "case": AS_ISSUED}


def body_of(text: str) -> str:
    """Return the text below its head."""
    return "\n".join(text.split("\n")[lines_of_head(text) :])


def lines_of_head(text: str) -> int:
    """Return how many lines stand above the body."""
    return lines_above(text.split("\n"))


def with_body(text: str, body: str) -> str:
    """Return the text with another body under its head."""
    return "\n".join([*text.split("\n")[: lines_of_head(text)], body])


def head_told(text: str) -> Row:
    """Return what the head says of ``HEAD_FIELDS``."""
    head = words_of_head(text)
    return {field.name: head.get(field.label, _USUAL.get(field.name, "")) for field in HEAD_FIELDS}


def with_head(text: str, told: Row) -> str:
    """Return the text with these words in its head; what is usual or empty needs no line."""
    lines = text.split("\n")
    at = lines_above(lines)
    words = {
        field.label: " ".join(str(told.get(field.name) or "").split())
        for field in HEAD_FIELDS
        if field.name in told
    }
    usual = {field.label: _USUAL.get(field.name, "") for field in HEAD_FIELDS}
    kept = [line for line in lines[: max(at - 1, 0)] if said_in_head(line)[0] not in words]
    said = [f"{word}：{value}" for word, value in words.items() if value and value != usual[word]]
    body = lines[at - 1 :] if at else [f"{STARTS}：", *lines]
    return "\n".join([*said[:1], *kept, *said[1:], *body])
