"""Every paper about a hazard, of every source: no inspection that never was, nor who reported it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from hazard_desk.books.kit.query import Query
from hazard_desk.desk import Desk
from hazard_desk.papers.catalogue import REPORTS, order_of
from hazard_desk.papers.model import Block, Cell, Paper, Table
from hazard_desk.rules.fields import Row
from hazard_desk.rules.states import SOURCES
from tests.papers.office import step
from tests.papers.truth.test_sources import INFORMANT, of_source

CLAIMS = re.compile("检查人员|经检查|进行(?:了)?检查|被检查单位|经查|经排查|现场检查发现|申请收悉")
"""What a paper may say of a hazard that a check found, and of no other."""
FORMS = {"check-list", "sector-check-lists", "check-scheme", "record-check"}
"""Papers to be filled in at a check that is still to come."""


def texts_of(paper: Paper) -> Iterator[str]:
    for block in paper.blocks:
        yield from _texts(block)


def _texts(block: Block) -> Iterator[str]:
    if isinstance(block, Table):
        rows = (*block.header_rows, *block.rows)
        yield from (cell.text for row in rows for cell in row if isinstance(cell, Cell))
    else:
        yield from (told for told in vars(block).values() if isinstance(told, str))


def told_course(desk: Desk, number: int) -> None:
    """Lead a major hazard through everything that papers speak of, as far as an acceptance."""
    desk.hazards.step(
        number,
        "regraded",
        {
            "happened_on": "2023-05-21",
            "level": "重大",
            "regraded_by": "戊批准",
            "criterion": "《判定标准》第三条",
            "note": "重新判定",
        },
    )
    desk.papers.issue("notice-rectify", str(number), {"deadline": "2023-06-20", "issued_on": "2023-05-21"})
    five = {"responsible": "丙负责", "measures": "清理", "funds": 0.5, "deadline": "2023-06-20"}
    step(desk, number, "committed", 22, contingency="断电", **five)
    plan = dict.fromkeys(
        ("plan_goal", "plan_methods", "plan_resources", "plan_people", "plan_safety"), "按规定"
    )
    step(desk, number, "planned", 22, plan_deadline="2023-06-20", **plan)
    step(desk, number, "reported", 22, reports="应急办、乡政府")
    listed = {"supervision_level": "乡镇级", "supervisor": "丁督办", "supervision_deadline": "2023-06-20"}
    desk.papers.issue("notice-supervise", str(number), listed | {"issued_on": "2023-05-23"})
    step(desk, number, "supervision_extended", 24, supervision_deadline="2023-06-25", note="材料未到")


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("far", ["begun", "under way", "mended"])
def test_no_paper_claims_what_never_was(desk: Desk, found: Row, source: str, far: str) -> None:
    number = of_source(desk, found, source)
    if far != "begun":
        told_course(desk, number)
    if far == "mended":
        step(desk, number, "rectified", 25, rectified_by="丙负责")
        people = {"rechecked_by": "甲检查、乙检查", "recheck_finding": "通道已畅通"}
        step(desk, number, "recheck_passed", 26, **people)
        step(desk, number, "supervision_accepted", 27)
        desk.papers.issue("notice-recheck", str(number), {"issued_on": "2023-05-28"})
    printed = 0
    for report in REPORTS.values():
        if report.about != "hazards" or report.id in FORMS or report.lacks(desk.books, number):
            continue
        printed += 1
        text = "".join(texts_of(report.paper(desk.books, order_of(desk.books, report, str(number), Query()))))
        if source != "执法检查":
            assert not CLAIMS.findall(text), report.id
        if source == "群众举报":
            assert not [word for word in INFORMANT[:2] if word in text], report.id
        assert not re.findall(r"(?<![\d.])0\.0+[万元]", text), report.id
    assert printed >= (7 if far == "begun" else 10)
